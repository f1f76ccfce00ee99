"""Tables, as GitHub's Markdown has them (GitHub Flavored Markdown, 4.10)."""

from __future__ import annotations

from playbook.formats.wiki.text import bold, text
from playbook.shapes.table import Cell, Column, Table
from playbook.shapes.timeline import TimelineBar, TimelinePanel

_RULES = {"left": ":---", "center": ":---:", "right": "---:"}


def table_lines(table: Table) -> str:
    """A table with a bold row per section, and its summary in bold below."""
    section = next((at for at, column in enumerate(table.columns) if column.key == table.section), None)
    shown = [at for at in range(len(table.columns)) if at != section]
    lines = [_row([text(table.columns[at].title) for at in shown])]
    lines.append(_row([_RULES[table.columns[at].align] for at in shown]))
    before: Cell = None
    for row in table.rows:
        if section is not None and row[section] != before:
            before = row[section]
            lines.append(_row([f"**{text(_words(before))}**", *[""] * (len(shown) - 1)]))
        lines.append(_row([text(_words(row[at])) for at in shown]))
    for row in table.summary:
        cells = [bold(_words(row[at])) for at in shown]
        if section is not None and cells and not cells[0]:
            # What the row is about may be said in the column that is not shown.
            cells[0] = bold(_words(row[section]))
        lines.append(_row(cells))
    return "\n".join(lines)


def bars_as_table(panel: TimelinePanel) -> Table:
    """The bars of a timeline as a table: from which working day to which."""
    columns = (
        Column("group", "Stage"),
        Column("label", "Step"),
        Column("owner", "Who"),
        Column("starts", "From day", "right"),
        Column("ends", "To day", "right"),
        Column("due", "Due on day", "right"),
        Column("critical", "Critical", "center"),
    )
    return Table(panel.anchor, panel.label, columns, tuple(_bar(bar) for bar in panel.bars), section="group")


def _bar(bar: TimelineBar) -> tuple[Cell, ...]:
    return (
        bar.group,
        f"{bar.label} (milestone)" if bar.milestone else bar.label,
        bar.owner,
        _days(bar.starts, bar.starts_latest),
        _days(bar.ends, bar.ends_latest),
        _days(bar.due, bar.due) if bar.due is not None else None,
        "yes" if bar.critical else None,
    )


def _days(first: float, last: float) -> str:
    """A day, or the days between which it is."""
    return f"{first:g}" if first == last else f"{first:g} to {last:g}"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "; ".join(cell) if isinstance(cell, tuple) else str(cell)
