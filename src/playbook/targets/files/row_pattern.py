"""The rows of an account with gaps for what is its own, made from a plan with marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from operator import itemgetter

from playbook.plans import marks
from playbook.plans.plan import Plan, PlanNote
from playbook.targets.files.rows import Cell, Sheet

_MARK = re.compile(f"({marks.BEGIN}=?[a-z_]+[0-9]*@?{marks.END})".encode())
_WHOLE = "="
"""Stands in a mark that is all of a cell."""


class RowPattern:
    """Rows with gaps. ``text`` is a format of bytes, ``gaps`` are the places of its values.

    Gaps of ``in_parts`` lie within longer cells: only plain texts may be filled in there.
    """

    __slots__ = ("_get", "count", "in_parts", "is_tried", "notes", "rows", "text")

    def __init__(self, rows: int, text: bytes, gaps: list[int], in_parts: frozenset[int]) -> None:
        self.rows = rows
        self.text = text
        self.in_parts = in_parts
        self.notes: Counter[PlanNote] = Counter()
        """What is noted of every account of the outline."""
        self.is_tried = False
        """Whether it was compared with rows that were written in full."""
        self.count = 0
        """How many accounts were written by it."""
        # An itemgetter of one place gives a value and no tuple.
        self._get: Callable[[list[bytes]], tuple[bytes, ...]] = (
            itemgetter(*gaps) if len(gaps) > 1 else lambda values: tuple(values[gap] for gap in gaps)
        )

    def filled(self, values: list[bytes]) -> bytes:
        """The rows with texts in the gaps."""
        return self.text % self._get(values)


def row_pattern(sheet: Sheet, marked: Plan, places: Mapping[str, int]) -> RowPattern | None:
    """The pattern of a plan with marks; ``None`` if the sheet has not left them as they are.

    ``places`` are those of the values by the names of marks; of whole cells they begin with ``=``.
    """
    rows = [tuple(_whole(cell) for cell in row) for row in sheet.rows(marked)]
    parts = _MARK.split(sheet.written(rows))
    names = [part.decode()[1:-1].rstrip("@") for part in parts[1::2]]
    if any(name not in places for name in names) or any(_is_torn(part) for part in parts[0::2]):
        return None
    gaps = [places[name] for name in names]
    parts[0::2] = [part.replace(b"%", b"%%") for part in parts[0::2]]
    parts[1::2] = [b"%b"] * len(names)
    in_parts = frozenset(places[name] for name in names if not name.startswith((_WHOLE, "day")))
    return RowPattern(len(rows), b"".join(parts), gaps, in_parts)


def _whole(cell: Cell) -> Cell:
    """A cell; if all of it is one mark, this says so."""
    if isinstance(cell, str) and cell.startswith(marks.BEGIN) and cell.find(marks.END) == len(cell) - 1:
        return f"{marks.BEGIN}{_WHOLE}{cell[1:]}"
    return cell


def _is_torn(text: bytes) -> bool:
    """Whether there is a piece of a mark in a text."""
    return marks.BEGIN.encode() in text or marks.END.encode() in text
