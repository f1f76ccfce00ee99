"""What cells say, in words that people read."""

from __future__ import annotations

from playbook.formats.layout.measure import width
from playbook.shapes.table import Cell
from playbook.text.markup import for_xml

_SHORT = 45
"""An entry of a list that is longer than so many characters has a line of its own."""


def clean(text: str) -> str:
    """A text without characters that XML forbids, or that would turn the text around them."""
    return for_xml(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ")


def in_words(cell: Cell) -> str:
    """The text of a cell. The entries of a list follow each other; long ones have a line each."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, tuple):
        if len(cell) > 1 and any(len(entry) > _SHORT for entry in cell):
            return clean("\n".join(f"• {entry}" for entry in cell))
        return clean("; ".join(cell))
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return clean(str(cell))


def shortened(lines: list[str], most: int) -> list[str]:
    """At most so many lines; where some are left out, the last one ends in an ellipsis and is no wider for it."""
    if len(lines) <= most:
        return lines
    kept = last = lines[most - 1]
    while kept and width(f"{kept}…", 1, bold=True) > width(last, 1, bold=True):
        kept = kept[:-1]
    return [*lines[: most - 1], kept.rstrip(" .,;") + "…"]
