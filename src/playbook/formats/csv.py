"""Table → CSV as RFC 4180 has it: UTF-8 without a byte order mark, lines ended by CRLF.

A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection"). The rows of
``summary`` are left out: who adds up the rows of a file must not count them too.
"""

from __future__ import annotations

import csv
import io

from playbook.shapes.table import Cell, Table
from playbook.text.formulas import harmless


def write(table: Table) -> bytes:
    """The table with a header row of column titles. Lists are joined with ``; ``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8", "backslashreplace")


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return cell
    return harmless("; ".join(cell) if isinstance(cell, tuple) else cell)
