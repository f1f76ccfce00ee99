"""The axis of a timeline: weeks and working days, or weeks by their dates, as many named as there is room for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.formats.layout import style
from playbook.formats.layout.measure import width
from playbook.shapes.timeline import TimelinePanel

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKS = (1, 2, 4, 13, 26, 52)
"""So many weeks may be one cell of the axis: a week, a month, a quarter, half a year, a year."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Some weeks, from one day to another, with the number of the first."""

    first: float
    last: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from ``first`` to ``last`` on ``width`` points."""

    first: float
    last: float
    width: float
    week: int
    weeks: int
    """How many weeks a cell has; 0 where all is on one day and nothing is measured."""
    first_day: date | None = None
    """The date of day 0, where the days have dates."""

    def at(self, day: float) -> float:
        """How far to the right a day lies."""
        return (day - self.first) / (self.last - self.first) * self.width

    def cells(self) -> Iterator[Cell]:
        """The cells from left to right."""
        size = self.week * self.weeks
        for number in range(math.floor(self.first / size), math.ceil(self.last / size)):
            first, last = max(number * size, self.first), min((number + 1) * size, self.last)
            yield Cell(first, last, _week(math.floor(first / self.week), self.first_day))

    @property
    def rows(self) -> tuple[str, str]:
        """What the cells and what the days below them tell."""
        return ("week", "day") if self.first_day is None else ("week of", "year")

    def day_name(self, day: float) -> str:
        """A day as it stands at the axis; of a date, its year."""
        if self.first_day is None:
            return f"{day:.0f}".replace("-", "–")
        return str((self.first_day + timedelta(days=math.floor(day))).year)

    def days(self) -> Iterator[float]:
        """The days that are named: each one if there is room, else where cells begin and end; or the years."""
        if self.first_day is not None:
            yield from self._years(self.first_day)
            return
        widest = max(width(self.day_name(day), style.DETAIL) for day in (self.first, self.last)) + 6
        if (self.last - self.first) <= 6 * self.week and self.width / (self.last - self.first) >= widest:
            yield from (float(day) for day in range(math.ceil(self.first), math.floor(self.last) + 1))
            return
        named = -math.inf
        for day in (self.first, *(cell.last for cell in self.cells())):
            if self.at(day) - named >= widest or day == self.first:
                yield day
                named = self.at(day)

    def _years(self, first_day: date) -> Iterator[float]:
        """Where the axis begins, and the first days of the years after that."""
        yield self.first
        year = (first_day + timedelta(days=self.first)).year + 1
        while (day := (date(year, 1, 1) - first_day).days) < self.last:
            if self.at(day) >= width("2027", style.DETAIL) + 6:
                yield float(day)
            year += 1


def axis_of(panel: TimelinePanel, wide: float, week: int) -> Axis:
    """The axis that has room for all bars and stages of a panel and for its anchor, in whole weeks."""
    week = max(1, week)
    days = [0.0] if panel.first_day is None else []
    for bar in panel.bars:
        days += [bar.starts, bar.ends_latest] + ([bar.due] if bar.due is not None else [])
    days += [day for group in panel.groups for day in (group.starts, group.ends) if day is not None]
    if not days or min(days) == max(days):
        return Axis(0.0, float(week), wide, week, 0, panel.first_day)
    first, last = math.floor(min(days) / week), math.ceil(max(days) / week)
    last = last if last > first else first + 1
    weeks = next((each for each in _sizes() if _fits(first, last, each, wide, panel.first_day)), 1)
    return Axis(float(first * week), float(last * week), wide, week, weeks, panel.first_day)


def _sizes() -> Iterator[int]:
    yield from _WEEKS
    size = _WEEKS[-1]
    while size < 10**8:
        size *= 2
        yield size


def _fits(first: int, last: int, weeks: int, wide: float, first_day: date | None) -> bool:
    """Whether the names of cells of so many weeks can stand beside each other."""
    room = wide * min(1.0, weeks / (last - first))
    names = [_week(first, first_day), _week(last, first_day)]
    names += ["30 Mar"] if first_day else [f"{first * 5}".replace("-", "–"), f"{last * 5}".replace("-", "–")]
    return max(width(name, style.DETAIL) for name in names) + 8 <= room


def _week(number: int, first_day: date | None) -> str:
    """The name of a week: they are counted from 1, those before the anchor back from -1; or its Monday."""
    if first_day is None:
        return f"{number if number < 0 else number + 1}".replace("-", "–")
    monday = first_day + timedelta(days=7 * number)
    return f"{monday.day} {_MONTHS[monday.month - 1]}"
