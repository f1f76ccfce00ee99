"""The colours of values in tables: letters, levels and severities.

Each value is a word or a letter as well, so that no colour carries a meaning alone, and the fills differ in
lightness, so that they can be told apart in grey. Text on them has a contrast of 4.5:1 or more (WCAG 2.2, AA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from playbook.formats.layout import style
from playbook.shapes.table import Cell, ColumnKind


@dataclass(frozen=True, slots=True)
class Mark:
    """How a value is shown."""

    fill: str
    ink: str
    bold: bool = True


LETTERS: dict[str, Mark] = {
    "A": Mark("#00629b", "#ffffff"),
    "R": Mark("#a9d6f2", style.INK),
    "C": Mark("#ffe9b8", style.INK, bold=False),
    "I": Mark("#eef1f4", style.INK, bold=False),
}
"""The weightiest first: a cell with several letters has the colour of the first of these."""

LEVELS: tuple[Mark, ...] = (
    Mark("#f1f4f6", style.INK),
    Mark("#d3e8f5", style.INK),
    Mark("#9fcdea", style.INK),
    Mark("#2577ad", "#ffffff"),
    Mark("#004a75", "#ffffff"),
)
"""From level 0 to 4: the higher, the darker."""

SEVERITIES: dict[str, Mark] = {
    "error": Mark("#f0a985", style.INK),
    "warning": Mark("#ffe9b8", style.INK),
    "info": Mark("#eef6fc", style.INK, bold=False),
}


def mark_of(kind: ColumnKind, value: Cell) -> Mark | None:
    """The colours of a value; ``None`` for one that has none."""
    if value is None or value == "" or kind == "text":
        return None
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    if kind == "letters":
        held = set(re.findall(r"[RACI]", text)) if re.fullmatch(r"[RACI*/ ]+", text) else set()
        return next((mark for letter, mark in LETTERS.items() if letter in held), None)
    if kind == "severity":
        return SEVERITIES.get(text.lower())
    digit = re.match(r"[0-4](?!\d)", text)
    return LEVELS[int(digit[0])] if digit else None
