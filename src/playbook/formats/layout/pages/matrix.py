"""Large matrices: a table per block of rows, each with the columns that it needs."""

from __future__ import annotations

from playbook.shapes.table import Cell, Table

_MARKS = ("letters", "level")


def divided(table: Table, most: int) -> list[Table]:
    """A matrix of more than ``most`` columns of letters as a table per block of rows; any other as it is.

    A block shows only those columns in which it has letters, and its title is that of the block.
    """
    at = next((at for at, column in enumerate(table.columns) if column.key == table.section), None)
    if at is None or sum(column.kind in _MARKS for column in table.columns) <= most:
        return [table]
    blocks: dict[Cell, list[tuple[Cell, ...]]] = {}
    for row in table.rows:
        blocks.setdefault(row[at], []).append(row)
    divided_ = [_block(table, at, str(title), rows) for title, rows in blocks.items()]
    if table.summary:
        divided_.append(_block(table, at, "In all", list(table.summary)))
    return divided_


def _block(table: Table, section: int, title: str, rows: list[tuple[Cell, ...]]) -> Table:
    kept = [
        at
        for at, column in enumerate(table.columns)
        if at != section and (column.kind not in _MARKS or any(row[at] not in ("", None) for row in rows))
    ]
    return Table(
        table.name,
        title,
        tuple(table.columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
    )
