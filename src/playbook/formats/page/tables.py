"""A table as a page shows it: blocks of rows under headings, cells with what they mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from playbook.shapes.table import Cell, Column, Table

if TYPE_CHECKING:
    from markupsafe import Markup


_LEVEL = "level_"
"""How the columns are called that say what each level of maturity means."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: its texts, and the column that it stands in."""

    column: Column
    texts: tuple[str, ...]
    claimed: bool = False
    """Whether it says what the level means that the row claims."""

    @property
    def letters(self) -> tuple[tuple[str, str], ...]:
        """The letters with what follows them: ``R*`` is ``R`` and ``*``."""
        parts = [part for text in self.texts for part in text.split("/")]
        return tuple((part[:1], part[1:]) for part in parts if part)

    @property
    def level(self) -> str:
        """The digit of a maturity level, if there is one."""
        if self.claimed:
            return self.column.key.removeprefix(_LEVEL)
        first = self.texts[0][:1] if self.texts else ""
        return first if first in "01234" else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with the anchor by which it is linked to."""

    entries: tuple[Entry, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under a heading; without one where the table has no sections."""

    title: str
    rows: tuple[Row, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Linking:
    """How the rows of a table are linked to: the id in the column ``key`` behind ``prefix``.

    ``blocks`` are the anchors of the blocks by their titles, ``groups`` the groups of columns (teams of
    roles) by the keys of the columns.
    """

    key: str = ""
    prefix: str = ""
    blocks: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


NO_LINKS = Linking()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table ready to be written."""

    table: Table
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    summary: tuple[Row, ...]
    header: int
    """The column whose cells head their rows."""
    linking: Linking

    @property
    def many_letters(self) -> bool:
        """Whether there are so many narrow columns that their heads are written upright."""
        return sum(column.kind == "letters" for column in self.columns) > 4

    @property
    def section(self) -> str:
        """The title of the column that heads the blocks, if there is one."""
        return next((each.title for each in self.table.columns if each.key == self.table.section), "")

    @property
    def rows(self) -> int:
        """How many rows there are, without the summary."""
        return sum(len(block.rows) for block in self.blocks)


def grid_of(table: Table, linking: Linking = NO_LINKS, without: Collection[str] = ()) -> Grid:
    """A table in blocks, less the column that heads the blocks and those ``without``."""
    keys = [column.key for column in table.columns]
    section = keys.index(table.section) if table.section in keys else None
    shown = [at for at, key in enumerate(keys) if at != section and key not in without]
    columns = tuple(table.columns[at] for at in shown)
    levels = [at for at, column in enumerate(table.columns) if column.kind == "level"]
    anchor_at = keys.index(linking.key) if linking.key in keys else None

    def row(cells: tuple[Cell, ...], *, anchored: bool = True) -> Row:
        claimed = _LEVEL + "".join(text for at in levels for text in texts_of(cells[at]))
        entries = tuple(
            Entry(table.columns[at], texts_of(cells[at]), table.columns[at].key == claimed) for at in shown
        )
        id_ = "".join(texts_of(cells[anchor_at])) if anchor_at is not None and anchored else ""
        return Row(entries, linking.prefix + id_ if id_ else "")

    blocks = []
    for title, rows in groupby(table.rows, key=lambda cells: _heading(cells, section)):
        blocks.append(Block(title, tuple(row(cells) for cells in rows), linking.blocks.get(title, "")))
    summary = tuple(row(cells, anchored=False) for cells in table.summary)
    header = next((at for at, column in enumerate(columns) if column.kind == "text"), 0)
    return Grid(table, columns, tuple(blocks), summary, header, linking)


def table_markup(grid: Grid, prefix: str, *, caption: bool = True) -> Markup:
    """The table; ids in it begin with ``prefix``."""
    from playbook.formats.page.engine import markup

    return markup("table.html", grid=grid, prefix=prefix, caption=caption)


def texts_of(cell: Cell) -> tuple[str, ...]:
    """The texts of a cell."""
    if cell is None or cell == "":
        return ()
    if isinstance(cell, bool):
        return ("yes" if cell else "no",)
    return cell if isinstance(cell, tuple) else (str(cell),)


def _heading(cells: tuple[Cell, ...], section: int | None) -> str:
    return "; ".join(texts_of(cells[section])) if section is not None else ""
