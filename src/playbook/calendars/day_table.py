"""The worked days of a calendar as tables, so that counting them is looking them up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from playbook.calendars.days import FIRST_DAY, LAST_DAY, NOT_KNOWN, Days

_SIZE = LAST_DAY - FIRST_DAY + 1


def weekday(days: Days) -> Days:
    """The day of the week, Monday is 0 (the first of January 1970 was a Thursday)."""
    return (days + 3) % 7


@dataclass(frozen=True, eq=False)
class DayTable:
    """All days that are counted, with ``worked`` for each of them from ``FIRST_DAY`` on.

    Worked days have positions 0, 1, 2 … in order. Lookups give ``NOT_KNOWN`` for what is not known or lies outside.
    """

    worked: NDArray[np.bool_]

    @cached_property
    def days(self) -> Days:
        """The worked days in order, with ``NOT_KNOWN`` ahead of the first and behind the last."""
        return _framed(np.flatnonzero(self.worked).astype(np.int64) + FIRST_DAY)

    @cached_property
    def last(self) -> Days:
        """For each slot, the position of the last worked day up to it."""
        return _known(np.cumsum(self.worked, dtype=np.int64) - 1, len(self))

    @cached_property
    def first(self) -> Days:
        """For each slot, the position of the first worked day from it on."""
        counted = np.cumsum(self.worked, dtype=np.int64)
        return _known(counted - self.worked, len(self))

    def __len__(self) -> int:
        """How many days are worked."""
        return int(np.count_nonzero(self.worked))

    def is_worked(self, days: Days) -> NDArray[np.bool_]:
        """Whether days are worked; what is not known is not."""
        return self._worked[slots(days)]

    @cached_property
    def _worked(self) -> NDArray[np.bool_]:
        return np.concatenate(([False], self.worked, [False]))

    def position_up_to(self, days: Days) -> Days:
        """The position of the last worked day that is not after a day."""
        return self.last[slots(days)]

    def position_from(self, days: Days) -> Days:
        """The position of the first worked day that is not before a day."""
        return self.first[slots(days)]

    def count_up_to(self, days: Days) -> Days:
        """How many days are worked up to a day."""
        return self._counted[1:][slots(days)]

    def count_before(self, days: Days) -> Days:
        """How many days are worked before a day."""
        return self._counted[:-1][slots(days)]

    @cached_property
    def _counted(self) -> Days:
        """The worked days before each slot, and after all of them."""
        return np.concatenate(([0, 0], np.cumsum(self.worked, dtype=np.int64), [len(self)]))

    def day_at(self, positions: Days) -> Days:
        """The worked days of positions."""
        return self.days[np.clip(positions, -1, len(self)) + 1]


def slots(days: Days) -> Days:
    """Where days stand in tables with a frame for what is not known."""
    return np.clip(days, FIRST_DAY - 1, LAST_DAY + 1) - (FIRST_DAY - 1)


def _known(positions: Days, count: int) -> Days:
    """Positions with a frame; those of no worked day are not known."""
    return _framed(np.where((positions >= 0) & (positions < count), positions, NOT_KNOWN))


def _framed(values: Days) -> Days:
    return np.concatenate(([NOT_KNOWN], values, [NOT_KNOWN])).astype(np.int64)


def week_table(week: tuple[bool, ...], off: Days) -> DayTable:
    """The table of a working week (from Monday on) without the days ``off``."""
    worked = np.array(week)[weekday(np.arange(FIRST_DAY, LAST_DAY + 1, dtype=np.int64))]
    within = off[(off >= FIRST_DAY) & (off <= LAST_DAY)]
    worked[within - FIRST_DAY] = False
    return DayTable(worked)
