"""Table → JSON, version 1: ``{version, name, title, columns, rows}``, each row an object by column key."""

from __future__ import annotations

import json

from playbook.shapes.table import Table


def write(table: Table) -> bytes:
    """The table as a JSON object. Lists stay lists; nothing is escaped that need not be."""
    keys = [column.key for column in table.columns]
    content = {
        "version": 1,
        "name": table.name,
        "title": table.title,
        "columns": [{"key": column.key, "title": column.title} for column in table.columns],
        "rows": [dict(zip(keys, row, strict=True)) for row in table.rows],
        "notes": list(table.notes),
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")
