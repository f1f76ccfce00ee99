"""Anything shown → JSON, version 1: ``{version, shape, name, title, …}``.

A table has its rows as objects by column key. Every other shape has its own fields under their own names.
"""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from playbook.shapes.shown import Shown, shape_of
from playbook.shapes.table import Cell, Table


def write(shown: Shown) -> bytes:
    """What is shown as a JSON object. Lists stay lists; nothing is escaped that need not be."""
    content = {"version": 1, "shape": shape_of(shown), **_content(shown)}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def _content(value: Any) -> Any:
    if isinstance(value, Table):
        return _table(value)
    if is_dataclass(value):
        return {field.name: _content(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_part(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _content(each) for key, each in value.items()}
    return value


def _part(value: Any) -> Any:
    """One of several: where they may be of different shapes, it says which one it is."""
    content = _content(value)
    return {"shape": type(value).__name__.lower(), **content} if type(value).__name__ in _MIXED else content


_MIXED = ("Diagram", "Figures", "Paragraphs", "Table", "Timeline")
"""What a section of a document is made of."""


def _table(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]

    def objects(rows: tuple[tuple[Cell, ...], ...]) -> list[dict[str, Cell]]:
        return [dict(zip(keys, row, strict=True)) for row in rows]

    return {
        "name": table.name,
        "title": table.title,
        "columns": [
            {"key": column.key, "title": column.title, "align": column.align, "kind": column.kind}
            for column in table.columns
        ],
        "section": table.section,
        "rows": objects(table.rows),
        "summary": objects(table.summary),
        "notes": list(table.notes),
    }
