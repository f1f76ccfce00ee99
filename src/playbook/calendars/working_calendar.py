"""A working calendar: which days are worked, and where a number of working days leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playbook.calendars import hours
from playbook.calendars.day_table import DayTable, week_table, weekday
from playbook.calendars.days import FIRST_DAY, LAST_DAY, NOT_KNOWN, Days, days_of, is_known
from playbook.calendars.hours import FULL_DAY, OfficeHours
from playbook.calendars.public_holidays import public_holidays
from playbook.language.calendar import Calendar, Weekday

Counting = Literal["day_0", "day_1"]
Roll = Literal["forward", "backward", "none"]

WEEKDAYS: tuple[str, ...] = get_args(Weekday)
"""The days of the week as they are written, from Monday on."""

_MONDAY_TO_FRIDAY = (True, True, True, True, True, False, False)


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which nobody works, beside the public holidays; both ends are closed."""

    first: int
    last: int
    title: str = ""


@dataclass(frozen=True)
class WorkingCalendar:
    """When work is done; by default Monday to Friday, eight hours, no holidays.

    Days are whole numbers since 1970-01-01 (:mod:`playbook.calendars.days`), one or an array of them. Days outside
    the years 1900 to 2200 are not known, and what is counted from them is not either: nothing raises.
    """

    id: str = ""
    week: tuple[bool, ...] = _MONDAY_TO_FRIDAY
    country: str | None = None
    subdivision: str | None = None
    closures: tuple[Closed, ...] = ()
    windows: Mapping[str, tuple[bool, ...]] = field(default_factory=dict)
    counting: Counting = "day_0"
    rule: Roll = "forward"
    """Where a date goes that falls on a day that is not worked."""
    hours: OfficeHours | None = None
    """``None`` where they are not written: a working day then has eight hours, nobody knows which."""
    zone: ZoneInfo | None = None

    @classmethod
    def of(cls, model: Calendar | None) -> WorkingCalendar:
        """The calendar of a document. What cannot be (an unknown country, hours that end before they begin) is as
        if it were not written; rules CAL001 to CAL004 tell it."""
        if model is None:
            return cls()
        return cls(
            id=model.calendar,
            week=_week(model.working_days) if model.working_days else _MONDAY_TO_FRIDAY,
            country=model.country,
            subdivision=model.subdivision,
            closures=tuple(
                Closed(first, last, closure.title or "")
                for closure in model.closures
                for first, last in [_closed(closure.since, closure.until or closure.since)]
                if first <= last
            ),
            windows={id_: _week(days) for id_, days in model.windows.items()},
            counting=model.counting,
            rule=model.roll,
            hours=hours.office_hours(model.working_hours),
            zone=hours.zone(model.time_zone),
        )

    @cached_property
    def table(self) -> DayTable:
        """The worked days; made when first asked for."""
        off = [days_of(self.holidays)]
        off += [np.arange(closed.first, closed.last + 1, dtype=np.int64) for closed in self.closures]
        return week_table(self.week, np.concatenate(off))

    @property
    def holidays(self) -> Mapping[date, str]:
        """The public holidays of all years, in order, with their names."""
        return public_holidays(self.country, self.subdivision)

    @property
    def hours_a_day(self) -> float:
        """The length of a working day."""
        return self.hours.length if self.hours else FULL_DAY

    # -- days ------------------------------------------------------------------------------------

    def is_worked(self, days: ArrayLike) -> NDArray[np.bool_]:
        """Whether days are worked: in the working week, no public holiday, no closure."""
        return self.table.is_worked(_array(days))

    def roll(self, days: ArrayLike, direction: Roll | None = None) -> Days:
        """Days that are not worked, moved to the next or last worked one; if not said, by the calendar's rule."""
        moved = _array(days)
        direction = direction or self.rule
        if direction == "none":
            return np.where(is_known(moved), moved, NOT_KNOWN)
        table = self.table
        return table.day_at(table.position_from(moved) if direction == "forward" else table.position_up_to(moved))

    def add_working_days(self, days: ArrayLike, count: ArrayLike) -> Days:
        """The worked day that is ``count`` worked days after each day (before it if negative).

        The day itself is not counted, be it worked or not: one working day after a Friday, a Saturday and a Sunday
        all are the Monday. Without any days to add, a day that is not worked is rolled by the calendar's rule.
        """
        given, counts = np.broadcast_arrays(_array(days), _array(count))
        table = self.table
        ahead = _stepped(table.position_up_to(given), counts, len(table))
        back = _stepped(table.position_from(given), counts, len(table))
        found = table.day_at(np.where(counts > 0, ahead, back))
        return np.where(counts == 0, self.roll(given), found)

    def working_days_between(self, first: ArrayLike, last: ArrayLike) -> Days:
        """How many worked days come after ``first`` up to ``last``; negative if ``last`` is earlier.

        Adding so many to ``first`` leads to ``last``, if that is worked.
        """
        one, other = np.broadcast_arrays(_array(first), _array(last))
        table = self.table
        ahead = table.count_up_to(other) - table.count_up_to(one)
        back = table.count_before(other) - table.count_before(one)
        known = is_known(one) & is_known(other)
        return np.where(known, np.where(other >= one, ahead, back), NOT_KNOWN)

    def next_in_window(self, days: ArrayLike, window: str, *, backward: bool = False) -> Days:
        """The next day (or the last one) in a change window; the day itself if it is in it.

        A window is open on worked days only. An unknown window, and one that is never open, moves nothing.
        """
        opens = self._windows.get(window)
        given = _array(days)
        if opens is None or not len(opens):
            return given
        return opens.day_at(opens.position_up_to(given) if backward else opens.position_from(given))

    @cached_property
    def _windows(self) -> dict[str, DayTable]:
        every = np.arange(FIRST_DAY, LAST_DAY + 1, dtype=np.int64)
        return {
            id_: DayTable(self.table.worked & np.array(week)[weekday(every)]) for id_, week in self.windows.items()
        }

    # -- hours -----------------------------------------------------------------------------------

    def add_working_hours(self, moment: datetime, hours_: float) -> datetime | None:
        """See :func:`playbook.calendars.hours.add_working_hours`."""
        return hours.add_working_hours(self, moment, hours_)

    def working_hours_between(self, first: datetime, last: datetime) -> float:
        """See :func:`playbook.calendars.hours.working_hours_between`."""
        return hours.working_hours_between(self, first, last)


def _array(days: ArrayLike) -> Days:
    return np.asarray(days, dtype=np.int64)


def _stepped(positions: Days, counts: Days, size: int) -> Days:
    """Positions moved by counts; what is not known stays so, and counts beyond all days lead out of the table."""
    return np.where(positions == NOT_KNOWN, -1, positions + np.clip(counts, -size - 1, size + 1))


def _week(days: tuple[str, ...]) -> tuple[bool, ...]:
    return tuple(day in days for day in WEEKDAYS)


def _closed(first: date, last: date) -> tuple[int, int]:
    """A closure in day numbers, cut to the years that are counted."""
    ends = [each.toordinal() - date(1970, 1, 1).toordinal() for each in (first, last)]
    return max(ends[0], FIRST_DAY), min(ends[1], LAST_DAY)
