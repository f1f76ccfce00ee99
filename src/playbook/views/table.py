"""The neutral table: columns and rows, without a word on how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | bool | None | tuple[str, ...]
"""A tuple is a list of texts; formats join it with "; " or keep it as a list."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` names it to machines (JSON, CSV header of APIs), ``title`` to people."""

    key: str
    title: str
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length under ``columns``.

    ``section`` is the key of a column whose value heads a block of rows: formats made for reading
    print it once as a heading row and drop the column, formats made for machines keep it.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    section: str | None = None
    notes: tuple[str, ...] = ()
