"""A table as rows of measured cells, which are then put on pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.pages.columns import (
    HIGHEST_TITLE,
    TURNED_LINES,
    Measured,
    in_parts,
    measured,
    shared_out,
    turned,
)
from playbook.formats.layout.pages.look import LEADING, Look
from playbook.formats.layout.pages.marks import mark_of
from playbook.formats.layout.pages.words import in_words, shortened
from playbook.shapes.table import Cell, Table

RowKind = Literal["header", "section", "body", "summary"]
Align = Literal["left", "center", "right"]

_MANY = 5
"""More columns of letters have turned titles."""
_DENSE = 0.6
"""The rows of such a matrix stand closer to each other: it is read across."""
_TITLED = 3.2
"""So much room the title of a page and of a table take above it, in sizes of the title."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its lines as measured, and how it is shown. A ``turned`` one reads from bottom to top."""

    lines: tuple[str, ...]
    fill: str | None
    ink: str
    bold: bool
    align: Align
    turned: bool = False
    stands: Literal["top", "middle", "bottom"] = "top"
    paragraphs: tuple[str, ...] = ()
    """The same text before it was broken into lines."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row. A ``section`` has one cell, as wide as the table."""

    kind: RowKind
    height: float
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or some columns of one, as wide as the page. All rows are below the ``header``."""

    title: str
    widths: tuple[float, ...]
    size: float
    padding: float
    header: GridRow
    rows: tuple[GridRow, ...]

    @property
    def height(self) -> float:
        """How high it is as a whole."""
        return self.header.height + sum(row.height for row in self.rows)


def grids(table: Table, look: Look) -> list[Grid]:
    """The table in as few grids as its columns need: one, but for very wide tables."""
    if [column.key for column in table.columns] == [table.section]:
        # Nothing would be left below the headings.
        table = replace(table, section=None)
    letters = sum(column.kind in ("letters", "level") for column in table.columns)
    padding = look.padding * (_DENSE if letters > _MANY else 1)
    chosen: list[Measured] = []
    found: list[Grid] = []
    for size in look.cells:
        plain = measured(table, size, padding)
        narrow = turned(table, plain, size, padding)
        for chosen in (narrow,) if letters > _MANY else (plain, narrow):
            if sum(column.least for column in chosen) <= look.inner:
                found.append(_grid(table, chosen, size, padding, look.inner))
                break
        # Smaller type is only taken where it saves from going on on a second page.
        if found and found[-1].height <= look.floor - look.top - _TITLED * look.title:
            return [found[-1]]
    if found:
        # A matrix is read across its pages, so it has as few as it can; texts are set as large as they can be.
        room = look.floor - look.top - _TITLED * look.title
        return [min(found, key=lambda grid: _pages(grid, room)) if letters > _MANY else found[0]]
    size = look.cells[-1]
    return [_grid(table, part, size, padding, look.inner) for part in in_parts(chosen, look.inner)]


def _pages(grid: Grid, room: float) -> int:
    """About so many pages it needs."""
    return ceil(sum(row.height for row in grid.rows) / max(1.0, room - grid.header.height))


def _grid(table: Table, columns: Sequence[Measured], size: float, padding: float, room: float) -> Grid:
    widths = shared_out(columns, room) if columns else []
    maker = _Maker(table, columns, widths, size, padding)
    return Grid(table.title, tuple(widths), size, padding, maker.header(), tuple(maker.rows()))


@dataclass(frozen=True)
class _Maker:
    table: Table
    columns: Sequence[Measured]
    widths: Sequence[float]
    size: float
    padding: float

    def header(self) -> GridRow:
        cells = []
        for column, wide in zip(self.columns, self.widths, strict=True):
            title = in_words(self.table.columns[column.at].title)
            room = HIGHEST_TITLE if column.turned else wide - 2 * self.padding
            cells.append(
                GridCell(
                    tuple(shortened(wrap(title, self.size, room, bold=True), TURNED_LINES if column.turned else 8)),
                    style.HEADER,
                    style.INK,
                    bold=True,
                    align="left" if column.turned else self.table.columns[column.at].align,
                    turned=column.turned,
                    stands="bottom",
                    paragraphs=(title,),
                )
            )
        return GridRow("header", max((self._height(cell) for cell in cells), default=0), tuple(cells))

    def rows(self) -> Iterator[GridRow]:
        section = next((at for at, each in enumerate(self.table.columns) if each.key == self.table.section), None)
        before: Cell = None
        for row in self.table.rows:
            if section is not None and row[section] != before:
                before = row[section]
                yield self.section(in_words(before))
            yield self._row("body", row)
        for row in self.table.summary:
            yield self._row("summary", row)

    def section(self, text: str) -> GridRow:
        lines = wrap(text, self.size, sum(self.widths) - 2 * self.padding, bold=True)
        cell = GridCell(tuple(lines), style.CARD, style.INK, True, "left", paragraphs=(text,))
        return GridRow("section", self._height(cell), (cell,))

    def _row(self, kind: RowKind, row: Sequence[Cell]) -> GridRow:
        cells = [self._cell(kind, column, row[column.at], wide) for column, wide in self._placed()]
        return GridRow(kind, max((self._height(cell) for cell in cells), default=0), tuple(cells))

    def _placed(self) -> Iterator[tuple[Measured, float]]:
        return zip(self.columns, self.widths, strict=True)

    def _cell(self, kind: RowKind, column: Measured, value: Cell, wide: float) -> GridCell:
        shown = self.table.columns[column.at]
        # Sums of letters are numbers, which have no colour of their own.
        mark = mark_of(shown.kind, value) if kind == "body" else None
        bold = mark.bold if mark else kind == "summary"
        text = in_words(value)
        padding = self.padding / 2 if column.turned else self.padding
        return GridCell(
            tuple(wrap(text, self.size, wide - 2 * padding, bold=bold)),
            mark.fill if mark else style.HEADER if kind == "summary" else None,
            mark.ink if mark else style.INK,
            bold,
            shown.align,
            stands="middle" if shown.align == "center" else "top",
            paragraphs=tuple(text.split("\n")),
        )

    def _height(self, cell: GridCell) -> float:
        if cell.turned:
            return max(width(line, self.size, bold=True) for line in cell.lines) + 2 * self.padding
        return len(cell.lines) * self.size * LEADING + 2 * self.padding


def split(row: GridRow, room: float, grid: Grid) -> tuple[GridRow, GridRow]:
    """A row that is higher than a page, in a part that fits into ``room`` and the rest."""
    leading = grid.size * LEADING
    most = max(1, int((room - 2 * grid.padding) / leading))

    def part(first: bool) -> GridRow:
        cells = []
        for cell in row.cells:
            lines = cell.lines[:most] if first else cell.lines[most:]
            cells.append(replace(cell, lines=lines or ("",), paragraphs=lines or ("",)))
        return GridRow(row.kind, max(len(cell.lines) for cell in cells) * leading + 2 * grid.padding, tuple(cells))

    return part(True), part(False)
