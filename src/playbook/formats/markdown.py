"""Table → Markdown, as GitHub's tables have it (GitHub Flavored Markdown, 4.10)."""

from __future__ import annotations

import re

from playbook.shapes.table import Cell, Table

_RULES = {"left": ":---", "center": ":---:", "right": "---:"}
# What would mean something to Markdown, or to HTML inside of it, in a table cell.
_MEANING = re.compile(r"[\\`*_{}\[\]<>|~#!&$]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def write(table: Table) -> bytes:
    """A heading, the table with a bold row per section, and the notes."""
    section = next((at for at, column in enumerate(table.columns) if column.key == table.section), None)
    shown = [at for at in range(len(table.columns)) if at != section]
    lines = [f"# {_text(table.title)}", ""]
    lines.append(_row([_text(table.columns[at].title) for at in shown]))
    lines.append(_row([_RULES[table.columns[at].align] for at in shown]))
    before: Cell = None
    for row in table.rows:
        if section is not None and row[section] != before:
            before = row[section]
            lines.append(_row([f"**{_text(_words(before))}**", *[""] * (len(shown) - 1)]))
        lines.append(_row([_text(_words(row[at])) for at in shown]))
    for note in table.notes:
        lines += ["", _text(note)]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "; ".join(cell) if isinstance(cell, tuple) else str(cell)


def _text(text: str) -> str:
    """A text that shows as itself: escaped, on one line."""
    text = _CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = _MEANING.sub(lambda match: "&lt;" if match[0] == "<" else "\\" + match[0], text.strip())
    # A number with a dot, a dash or a plus at the start would begin a list.
    escaped = re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", escaped)
    return re.sub(r"\s*\n\s*", "<br>", escaped).replace("\t", " ")
