"""A table: columns and rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cell = str | int | float | bool | None | tuple[str, ...]
"""A tuple is a list of texts; formats join it with "; " or keep it as a list."""

ColumnKind = Literal["text", "letters", "level", "severity"]
"""What the values mean, so that formats with colours can colour them: ``letters`` are ``R``, ``A``, ``C``, ``I``
or several as ``R/A``; ``level`` is a maturity from 0 to 4; ``severity`` is ``error``, ``warning`` or ``info``."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``key`` names it to machines (JSON, CSV header of APIs), ``title`` to people."""

    key: str
    title: str
    align: Literal["left", "center", "right"] = "left"
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length under ``columns``.

    ``section`` is the key of a column whose value heads a block of rows: formats made for reading
    print it once as a heading row and drop the column, formats made for machines keep it. ``summary`` are
    rows below all others that add up or count: for readers only.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    section: str | None = None
    notes: tuple[str, ...] = ()
    summary: tuple[tuple[Cell, ...], ...] = ()
