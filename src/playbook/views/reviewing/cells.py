"""What tables of a review have in common."""

from __future__ import annotations

from dataclasses import replace

from playbook.shapes.table import Table


def capitalized(text: str) -> str:
    """Words that stand alone in a cell, with a capital letter. What follows keeps its own."""
    return text[:1].upper() + text[1:]


def without_empty_columns(table: Table, besides: frozenset[str] = frozenset()) -> Table:
    """The table without the columns in which nothing stands, and without those of certain keys."""
    kept = [
        at
        for at, column in enumerate(table.columns)
        if column.key not in besides and any(row[at] not in ("", None, ()) for row in table.rows)
    ]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        summary=tuple(tuple(row[at] for at in kept) for row in table.summary),
        section=table.section if any(table.columns[at].key == table.section for at in kept) else None,
    )
