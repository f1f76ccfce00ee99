"""Rows → CSV as an importer wants it, split where a file would become too large for it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeAlias, TypeVar

from playbook.plans.plan import Plan
from playbook.targets.target import File
from playbook.text.formulas import harmless

Cell: TypeAlias = str | int | float | date | None
Row: TypeAlias = tuple[Cell, ...]


class Written(Protocol):
    """What is written into, such as a file."""

    def write(self, data: bytes, /) -> object:
        """Add some bytes."""


Out = TypeVar("Out", bound=Written)


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
    fast: bool = False
    """Whether rows depend on nothing of an account but which tasks it has, and put its id, its name, keys, dates,
    and the e-mail addresses and names of those who are assigned as they are into cells."""

    def written(self, rows: Iterable[Row]) -> bytes:
        """Some rows as text. What a spreadsheet would run as a formula is made harmless."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.separator, lineterminator=self.line_end)
        writer.writerows([self._cell(cell) for cell in row] for row in rows)
        return out.getvalue().encode("utf-8", "backslashreplace")

    def cell(self, cell: Cell) -> bytes:
        """One cell as it stands in a row."""
        return self.written([(cell, None)])[: -len(self.separator) - len(self.line_end)]

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
    for name, out in filled(sheet, plans, lambda _: io.BytesIO()):
        yield File(name, out.getvalue())


def filled(sheet: Sheet, plans: Iterable[Plan], begin: Callable[[str], Out]) -> Iterator[tuple[str, Out]]:
    """The same without holding files in memory: what ``begin`` gives for each name, filled with its bytes."""
    head = sheet.head
    number, count, size = 1, 0, len(head)
    out = begin(_name(sheet, number))
    out.write(head)
    for rows, data in _written(sheet, plans):
        too_many = sheet.most_rows is not None and count + rows > sheet.most_rows
        too_big = sheet.most_bytes is not None and size + len(data) > sheet.most_bytes
        if count and (too_many or too_big):
            yield _name(sheet, number), out
            number, count, size = number + 1, 0, len(head)
            out = begin(_name(sheet, number))
            out.write(head)
        out.write(data)
        count, size = count + rows, size + len(data)
    yield _name(sheet, number), out


def _written(sheet: Sheet, plans: Iterable[Plan]) -> Iterator[tuple[int, bytes]]:
    """What stays together in a file: how many rows, and their text."""
    if sheet.fast:
        from playbook.plans.planning import Plans
        from playbook.targets.files.fast_rows import fast_rows

        if isinstance(plans, Plans):
            yield from fast_rows(sheet, plans)
            return
    for plan in plans:
        yield from written_plan(sheet, plan)


def written_plan(sheet: Sheet, plan: Plan) -> Iterator[tuple[int, bytes]]:
    """The rows of an account in one block, or in several if they are too many for one file."""
    rows = list(sheet.rows(plan))
    most = sheet.most_rows or len(rows) or 1
    for at in range(0, len(rows), most):
        block = rows[at : at + most]
        yield len(block), sheet.written(block)


def _name(sheet: Sheet, number: int) -> str:
    return f"{sheet.name}{f'-{number}' if number > 1 else ''}{sheet.suffix}"
