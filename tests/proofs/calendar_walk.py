"""An independent oracle for amounts of time: a walk through a real calendar, day by day and hour by hour."""

from __future__ import annotations

import calendar
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from playbook.text.quantities import Unit

UNITS: tuple[Unit, ...] = ("bd", "bh", "mo", "w", "d", "h", "min")

_EXACT = {"w": timedelta(weeks=1), "d": timedelta(days=1), "h": timedelta(hours=1), "min": timedelta(minutes=1)}


@dataclass(frozen=True)
class WorkCalendar:
    """The weekdays that are worked, the hours from the opening on, and single days off."""

    weekdays: frozenset[int]
    opens: int
    hours: int
    off: frozenset[date] = frozenset()

    def is_worked(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.off

    def is_open(self, moment: datetime) -> bool:
        return self.is_worked(moment.date()) and self.opens <= moment.hour < self.opens + self.hours

    def after(
        self, start: datetime, amounts: Iterable[tuple[Unit, float]], order: tuple[Unit, ...] = UNITS
    ) -> datetime:
        """Where one comes to from a moment, unit by unit in some order; only whole amounts."""
        moment = start
        parts = dict(amounts)
        for unit in order:
            amount = int(parts.get(unit, 0))
            if unit in _EXACT:
                moment += amount * _EXACT[unit]
            elif unit == "mo":
                moment = _months_after(moment, amount)
            else:
                for _ in range(amount):
                    moment = self._next_day(moment) if unit == "bd" else self._next_hour(moment)
        return moment

    def _next_day(self, moment: datetime) -> datetime:
        moment += timedelta(days=1)
        while not self.is_worked(moment.date()):
            moment += timedelta(days=1)
        return moment

    def _next_hour(self, moment: datetime) -> datetime:
        while not self.is_open(moment):
            moment += timedelta(hours=1)
        return moment + timedelta(hours=1)


def _months_after(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))


def random_calendar(choose: random.Random, working: int) -> WorkCalendar:
    """So many days of the week are worked, and a few days of the year are not."""
    hours = choose.randint(1, 24)
    days = frozenset(date(2026, 1, 1) + timedelta(days=choose.randrange(900)) for _ in range(12))
    weekdays = frozenset(range(5)) if working == 5 and choose.random() < 0.7 else None
    return WorkCalendar(
        weekdays or frozenset(choose.sample(range(7), working)), choose.randint(0, 24 - hours), hours, days
    )


def random_start(choose: random.Random) -> datetime:
    """A moment of 2026: a day of work or not."""
    return datetime(2026, 1, 1, choose.randrange(24)) + timedelta(days=choose.randrange(365))
