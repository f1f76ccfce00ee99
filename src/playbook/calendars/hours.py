"""Working hours on the clock: from a moment so many hours on, through nights, weekends and changes of the clock.

Hours are real ones: on the day on which the clock is put forward, a working day from midnight to midnight has 23.
A wall-clock time that does not exist on a day begins when the clock has jumped over it; of one that exists twice,
the first counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, available_timezones

from playbook.calendars.years import FIRST_DAY, LAST_DAY, date_of, day_number

if TYPE_CHECKING:
    from playbook.calendars.working_calendar import WorkingCalendar

FULL_DAY: Final = 8.0
"""The hours of a working day where they are not written."""

_HOUR = timedelta(hours=1)
_NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """From when until when a day is worked, in minutes since midnight; the end may be midnight (1440)."""

    opens: int
    closes: int

    @property
    def length(self) -> float:
        """Hours on an ordinary day."""
        return (self.closes - self.opens) / 60


_USUAL = OfficeHours(9 * 60, 17 * 60)
"""Which hours are taken where none are written and one has to be."""


def office_hours(text: str | None) -> OfficeHours | None:
    """Read ``09:00-17:00``; ``None`` for hours that end before they begin, or after midnight."""
    if not text:
        return None
    opens, closes = (int(part[:2]) * 60 + int(part[3:5]) for part in text.split("-"))
    return OfficeHours(opens, closes) if opens < closes <= 24 * 60 else None


@lru_cache(maxsize=1)
def time_zones() -> frozenset[str]:
    """The names of the time zones that are known."""
    return frozenset(available_timezones())


def zone(name: str | None) -> ZoneInfo | None:
    """The time zone of a name; ``None`` if there is no such zone."""
    return ZoneInfo(name) if name is not None and name in time_zones() else None


def add_working_hours(calendar: WorkingCalendar, moment: datetime, hours: float) -> datetime | None:
    """The moment that is so many working hours after ``moment`` (before it if negative), in the calendar's zone.

    Without a zone, that of the moment counts; without working hours, nine to five. Hours that are used up just when
    the day closes end there, not on the next morning. ``None`` outside the years that are counted. Raises
    ``ValueError`` for a moment without a time zone: where a clock hangs is nothing to guess.
    """
    now, rest = _in_utc(moment), timedelta(hours=abs(hours))
    local = calendar.zone or moment.tzinfo
    for opens, closes in _spans(calendar, now, local, backward=hours < 0):
        if hours < 0:
            there = min(now, closes)
            if there > opens and there - opens >= rest:
                return (there - rest).astimezone(local)
            rest -= max(there - opens, _NOTHING)
        else:
            there = max(now, opens)
            if there < closes and closes - there >= rest:
                return (there + rest).astimezone(local)
            rest -= max(closes - there, _NOTHING)
    return None


def working_hours_between(calendar: WorkingCalendar, first: datetime, last: datetime) -> float:
    """The working hours from one moment to another; negative if ``last`` is earlier."""
    begins, ends = _in_utc(first), _in_utc(last)
    if ends < begins:
        return -working_hours_between(calendar, last, first)
    total = _NOTHING
    for opens, closes in _spans(calendar, begins, calendar.zone or first.tzinfo):
        if opens >= ends:
            break
        total += max(min(closes, ends) - max(opens, begins), _NOTHING)
    return total / _HOUR


def _spans(
    calendar: WorkingCalendar, since: datetime, local: tzinfo | None, *, backward: bool = False
) -> Iterator[tuple[datetime, datetime]]:
    """From when until when the days from a moment on (or back) are worked, in UTC."""
    hours, table = calendar.hours or _USUAL, calendar.table
    number = day_number(since.astimezone(local).date())
    while FIRST_DAY <= number <= LAST_DAY:
        day = date_of(number)
        if day is not None and table.worked[number - FIRST_DAY]:
            yield _at(day, hours.opens, local), _at(day, hours.closes, local)
        number += -1 if backward else 1


def _at(day: date, minutes: int, local: tzinfo | None) -> datetime:
    """The moment of a wall-clock time, in UTC."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    moment = wall.replace(tzinfo=local, fold=0).astimezone(UTC)
    if moment.astimezone(local).replace(tzinfo=None) == wall:
        return moment
    return _jump(wall, local)


def _jump(wall: datetime, local: tzinfo | None) -> datetime:
    """When the clock jumps over a wall-clock time that does not exist."""
    early = wall.replace(tzinfo=local, fold=1).astimezone(UTC)
    late = wall.replace(tzinfo=local, fold=0).astimezone(UTC)
    before = early.astimezone(local).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(local).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)
