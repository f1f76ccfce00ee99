"""``during:`` of a routine: on which day of its month, quarter, year or week it is done.

What can be read, in a small grammar; everything else is said to be unreadable, and nothing is guessed::

    [in|on] [the] first|second|third|fourth|fifth|last  week|day|working day|monday|...|month
            [of the|of each|of every  week|month|quarter|year]
    [on] monday                                      for a routine that is done every week

A week of a month, quarter or year is seven days of it: the first week is its first seven days, the last week
its last seven. A week or month stands for its first worked day; if none of its days is worked, the routine is
left out that once. A single day goes to a worked day as the calendar says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playbook.calendars.days import Days
from playbook.calendars.working_calendar import WorkingCalendar
from playbook.text.quantities import Cadence
from playbook.text.quote import quoted

Part = Literal["week", "day", "working day", "weekday", "month"]

EXPECTED = (
    '"first week", "last week", "second monday", "last working day" or "third month", or a day such as "monday"'
)
"""The forms in short, for who wrote another one."""

_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "fifth": 4}
_ORDINALS |= {"5th": 4, "last": -1}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"),
            ("tuesday", "tue"),
            ("wednesday", "wed"),
            ("thursday", "thu"),
            ("friday", "fri"),
            ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}
_PERIODS = {"w": ("week", 0), "mo": ("month", 1), "quarter": ("quarter", 3), "year": ("year", 12)}
"""The name of a period and how many months it has."""
_FORM = re.compile(
    r"(?:(?:in|on) )?(?:the )?(?:(?P<ordinal>\w+) )?(?P<part>week|day|(?:working|business) day|month|[a-z]+?)s?"
    r"(?: of (?:the|each|every|a) (?P<period>week|month|quarter|year))?"
)
_THURSDAY = 3
"""The weekday of 1970-01-01, where Monday is 0."""


class DuringError(ValueError):
    """Why ``during`` cannot be read, to follow its text."""


@dataclass(frozen=True, slots=True)
class During:
    """One day of each period: the ``number``-th part of it from 0 on, -1 for the last one."""

    period: str
    part: Part
    number: int
    weekday: int = 0

    def days(self, first: int, last: int, count: int, calendar: WorkingCalendar) -> Days:
        """The days from ``first`` to ``last`` in every ``count``-th period, from that of the first day on."""
        found: list[int] = []
        at = _index(self.period, first)
        while True:
            begins, ends = _limits(self.period, at)
            if begins > last:
                return np.array(found, dtype=np.int64)
            day = self._day(begins, ends, calendar)
            if day is not None and first <= day <= last and (not found or day > found[-1]):
                found.append(day)
            # The periods are counted from the first one in which there is a day.
            at += count if found else 1

    def _day(self, begins: int, ends: int, calendar: WorkingCalendar) -> int | None:
        """The day in a period from its first to its last day; ``None`` where it has none."""
        if self.part == "weekday":
            offset = (self.weekday - (begins + _THURSDAY)) % 7
            return self._rolled(np.arange(begins + offset, ends + 1, 7), calendar)
        days = np.arange(begins, ends + 1)
        if self.part == "day":
            return self._rolled(days, calendar)
        if self.part == "working day":
            return _at(days[calendar.is_worked(days)], self.number)
        chosen = self._month(begins, days) if self.part == "month" else self._week(days)
        return _at(chosen[calendar.is_worked(chosen)], 0) if len(chosen) else None

    def _rolled(self, days: Days, calendar: WorkingCalendar) -> int | None:
        day = _at(days, self.number)
        return int(calendar.roll(np.array([day], dtype=np.int64))[0]) if day is not None else None

    def _week(self, days: Days) -> Days:
        return days[-7:] if self.number < 0 else days[self.number * 7 : self.number * 7 + 7]

    def _month(self, begins: int, days: Days) -> Days:
        months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        wanted = int(months[-1]) if self.number < 0 else _month_of(begins) + self.number
        return np.asarray(days[months == wanted], dtype=np.int64)


def parse_during(text: str, every: Cadence) -> During:
    """Read ``during`` of a routine with its rhythm. Raises :class:`DuringError` for what cannot be read."""
    period = _PERIODS.get(every.unit, ("", 0))[0]
    if not period or every.count != int(every.count) or every.most is not None:
        raise DuringError(f"goes with every week, month, quarter or year, not with every {every.in_words()}")
    words = " ".join(text.lower().split())
    if "fiscal" in words.split():
        raise DuringError("hangs on when the fiscal year begins, which nobody says")
    match = _FORM.fullmatch(words)
    part = match["part"].replace("business", "working") if match else ""
    if match is None or (match["ordinal"] is not None and match["ordinal"] not in _ORDINALS):
        raise DuringError(f"cannot be read: expected {EXPECTED}")
    if match["period"] is not None and match["period"] != period:
        raise DuringError(f"is about a {match['period']}, but it is done every {every.in_words()}")
    ordinal = match["ordinal"]
    if part in _WEEKDAYS and (ordinal is None) == (period == "week"):
        return During(period, "weekday", _ORDINALS[ordinal] if ordinal else 0, _WEEKDAYS[part])
    if ordinal is None or part not in _PARTS[period]:
        raise DuringError(f"cannot be read for every {every.in_words()}: expected {EXPECTED}")
    return During(period, _PARTS[period][part], _ORDINALS[ordinal])


_OF_MONTHS: dict[str, Part] = {"week": "week", "day": "day", "working day": "working day"}
_PARTS: dict[str, dict[str, Part]] = {
    "week": {"day": "day", "working day": "working day"},
    "month": _OF_MONTHS,
    "quarter": {**_OF_MONTHS, "month": "month"},
    "year": {**_OF_MONTHS, "month": "month"},
}


def told(text: str, error: DuringError) -> str:
    """The text with what is wrong with it."""
    return f"during {quoted(text)} {error}"


def _at(days: Days, number: int) -> int | None:
    return int(days[number]) if len(days) > max(number, -number - 1) else None


def _index(period: str, day: int) -> int:
    """The number of the period that a day lies in."""
    months = next(count for name, count in _PERIODS.values() if name == period)
    return _month_of(day) // months if months else (day + _THURSDAY) // 7


def _limits(period: str, index: int) -> tuple[int, int]:
    """The first and the last day of a period."""
    months = next(count for name, count in _PERIODS.values() if name == period)
    if not months:
        return index * 7 - _THURSDAY, index * 7 - _THURSDAY + 6
    begins, after = _first_of_month(np.array([index * months, (index + 1) * months]))
    return int(begins), int(after) - 1


def _month_of(day: int) -> int:
    """The month of a day, counted since January 1970."""
    return int(np.datetime64(day, "D").astype("datetime64[M]").astype(np.int64))


def _first_of_month(months: Days) -> Days:
    """The first days of months that are counted since January 1970."""
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
