"""Working time as a line on which moments are numbers, so that chains of work are sums.

A worked day begins at its position among all worked days and ends where the next begins: 3.5 is the middle of the
fourth. ``NaN`` is a moment of which nothing is said, infinity one that hangs on a date that is not known.

With the counting rule ``day_0`` an anchor stands at the beginning of its day, and work that takes one working day
is over some time on the next. With ``day_1`` the day itself is the first: such work is over when the day is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from playbook.calendars.counting import add_months
from playbook.calendars.day_table import slots
from playbook.calendars.days import NOT_KNOWN, Days
from playbook.calendars.working_calendar import WorkingCalendar
from playbook.text.quantities import CALENDAR_DAYS, Unit

Moments = NDArray[np.float64]

SAME: Final = 1e-6
"""Moments nearer than this are one."""

_DAY_END = 1 - 1e-4
"""The last moment of a day that is not yet the next one."""


@dataclass(frozen=True)
class Axis:
    """The line of a calendar's working time."""

    calendar: WorkingCalendar

    @cached_property
    def _last(self) -> Moments:
        return _moments(self.calendar.table.last)

    @cached_property
    def _first(self) -> Moments:
        return _moments(self.calendar.table.first)

    @property
    def counts_first(self) -> bool:
        """Whether the day that something starts on is the first day of it."""
        return self.calendar.counting == "day_1"

    # -- from days to moments --------------------------------------------------------------------

    def anchor(self, days: Days) -> Moments:
        """When work begins that an anchor starts. One day of work after a weekend's anchor is over on Monday, as
        what is due one working day after it is due on Monday."""
        return (self._first if self.counts_first else self._last)[slots(days)]

    def begun(self, days: Days) -> Moments:
        """When work begins that starts on a day."""
        return self._first[slots(days)]

    def over(self, days: Days) -> Moments:
        """When work begins that follows what is over on a day."""
        return self._last[slots(days)] + 1 if self.counts_first else self._first[slots(days)]

    def limit(self, days: Days) -> Moments:
        """The last moment at which work may be over that is due on a day."""
        return self._last[slots(days)] + (1 if self.counts_first else _DAY_END)

    # -- from moments to days --------------------------------------------------------------------

    def start_day(self, moments: Moments) -> Days:
        """The day on which work begins."""
        return self._day(np.floor(moments + SAME))

    def end_position(self, moments: Moments) -> Moments:
        """The position of the day on which work is over."""
        return np.ceil(moments - SAME) - 1 if self.counts_first else np.floor(moments + SAME)

    def end_day(self, moments: Moments, since: Moments | None = None) -> Days:
        """The day on which work is over. Where a day ends when the next begins, what takes no time from the
        beginning of the day ``since`` on is over on that day."""
        ends = self.end_position(moments)
        if since is None or not self.counts_first:
            return self._day(ends)
        return self._day(np.where(moments >= since - SAME, np.fmax(ends, since), ends))

    def settled(self, limits: Moments) -> Moments:
        """When work begins that follows what is over on the day of a limit."""
        return self.end_position(limits) + (1 if self.counts_first else 0)

    def _day(self, positions: Moments) -> Days:
        days = self.calendar.table.days
        slot = np.fmax(np.fmin(positions + 1, len(days) - 1), 0)
        return days[slot.astype(np.int64)]

    # -- work ------------------------------------------------------------------------------------

    def ahead(self, moments: Moments, amount: float, unit: Unit) -> Moments:
        """When work is over that begins at some moments."""
        return self._moved(moments, amount, unit, 1)

    def ahead_of_day(self, days: Days, amount: float, unit: Unit) -> Moments:
        """When work is over that begins on a day, be it worked or not, and goes by the calendar."""
        whole = 0 if unit == "mo" else math.floor(amount * CALENDAR_DAYS[unit] + SAME)
        target = _plus(days, whole) if whole else add_months(days, amount)
        return self._first[slots(_plus(target, -1))] + 1 if self.counts_first else self._first[slots(target)]

    def back(self, moments: Moments, amount: float, unit: Unit) -> Moments:
        """When work begins at the latest that is over at some moments."""
        return self._moved(moments, amount, unit, -1)

    def _moved(self, moments: Moments, amount: float, unit: Unit, sign: int) -> Moments:
        if unit == "bd" or amount == 0:
            return moments + sign * amount
        if unit == "bh":
            return moments + sign * amount / self.calendar.hours_a_day
        if unit == "mo":
            return self._by_calendar(moments, None, amount, sign)
        days = amount * CALENDAR_DAYS[unit]
        whole = math.floor(days + SAME)
        moved = self._by_calendar(moments, whole, 0, sign) if whole else moments
        part = max(days - whole, 0.0)
        return moved + sign * part if part > SAME else moved

    def _by_calendar(self, moments: Moments, days: int | None, months: float, sign: int) -> Moments:
        """Moments moved by days of the calendar. Work that would end on a day that is not worked is over on the
        next one; counted back, it must begin before the last one has ended."""
        unknown = np.isinf(moments)
        known = np.where(unknown, np.nan, moments)
        whole = np.floor(known + SAME)
        within = known - whole
        # Where a day ends when the next begins, a moment at that limit is the end of the day before.
        at_limit = (within <= SAME) & self.counts_first
        given = np.where(at_limit & (sign < 0), _plus(self._day(whole - 1), 1), self._day(whole))
        target = add_months(given, sign * months) if days is None else _plus(given, sign * days)
        first, last = self._first[slots(target)], self._last[slots(target)]
        if sign > 0:
            found = np.where(at_limit, self._first[slots(_plus(target, -1))] + 1, first)
            found = found + np.where((first == last) & ~at_limit, within, 0)
        else:
            found = last + np.where(first == last, within, _DAY_END)
        return np.where(unknown, moments, found)


def _moments(positions: Days) -> Moments:
    return np.where(positions == NOT_KNOWN, np.nan, positions.astype(np.float64))


def _plus(days: Days, count: int) -> Days:
    return np.where(days == NOT_KNOWN, NOT_KNOWN, days + count)
