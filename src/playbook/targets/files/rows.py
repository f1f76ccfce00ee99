"""Rows → CSV as an importer wants it, split where a file would become too large for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from playbook.plans.plan import Plan
from playbook.targets.target import File
from playbook.text.formulas import harmless

Cell: TypeAlias = str | int | float | date | None
Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file of planned tasks: its header, and the rows of one account.

    A file has at most ``most_rows`` rows (without the header) and ``most_bytes`` bytes; the rows of an account stay
    together unless they alone are more. ``first`` are rows that stand below the header of every file.
    """

    name: str
    """The name of the file, without ``.csv``."""
    columns: tuple[str, ...]
    rows: Callable[[Plan], Iterable[Row]]
    first: tuple[Row, ...] = ()
    most_rows: int | None = None
    most_bytes: int | None = None
    date_format: str = "%Y-%m-%d"
    line_end: str = "\r\n"
    separator: str = ","
    suffix: str = ".csv"

    def written(self, rows: Iterable[Row]) -> bytes:
        """Some rows as text. What a spreadsheet would run as a formula is made harmless."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.separator, lineterminator=self.line_end)
        writer.writerows([self._cell(cell) for cell in row] for row in rows)
        return out.getvalue().encode("utf-8", "backslashreplace")

    @property
    def head(self) -> bytes:
        """What every file begins with."""
        return self.written([self.columns, *self.first])

    def _cell(self, cell: Cell) -> str | int | float:
        if cell is None:
            return ""
        if isinstance(cell, date):
            return cell.strftime(self.date_format)
        return harmless(cell) if isinstance(cell, str) else cell


def sheet_files(sheet: Sheet, plans: Iterable[Plan]) -> Iterator[File]:
    """The files of some plans: ``<name>.csv``, then ``<name>-2.csv`` …"""
    number, count, size = 1, 0, len(sheet.head)
    parts = [sheet.head]
    for rows in map(sheet.rows, plans):
        for block in _blocks(sheet, list(rows)):
            data = sheet.written(block)
            too_many = sheet.most_rows is not None and count + len(block) > sheet.most_rows
            too_big = sheet.most_bytes is not None and size + len(data) > sheet.most_bytes
            if count and (too_many or too_big):
                yield File(_name(sheet, number), b"".join(parts))
                number, count, size, parts = number + 1, 0, len(sheet.head), [sheet.head]
            parts.append(data)
            count, size = count + len(block), size + len(data)
    if count or number == 1:
        yield File(_name(sheet, number), b"".join(parts))


def _blocks(sheet: Sheet, rows: list[Row]) -> Iterator[list[Row]]:
    """The rows of an account in one block, or in several if they are too many for one file."""
    most = sheet.most_rows or len(rows) or 1
    return (rows[at : at + most] for at in range(0, len(rows), most))


def _name(sheet: Sheet, number: int) -> str:
    return f"{sheet.name}{f'-{number}' if number > 1 else ''}{sheet.suffix}"
