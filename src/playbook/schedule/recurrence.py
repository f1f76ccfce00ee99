"""Work that recurs: on which days it is due, from a first day to a horizon.

``repeat:`` of a step and ``every:`` of a routine are rhythms. A rhythm begins on its first day. Each further day
is counted from that first day and not from the one before (the 31st of January, then the 28th of February, then
the 31st of March), and goes to a worked day as the calendar says. If that is half an interval away or more, it is
left out: ``every: day`` is every working day, and what is weekly is not done twice after a closure of a week.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from playbook.calendars.counting import add_months
from playbook.calendars.days import LAST_DAY, Days, date_of, day_number
from playbook.calendars.working_calendar import WorkingCalendar
from playbook.language.step import Repeat
from playbook.text.quantities import CALENDAR_DAYS, DAYS_A_MONTH, Cadence, Duration

_DAYS: dict[str, float] = {
    **{str(unit): days for unit, days in CALENDAR_DAYS.items()},
    "bh": 1 / 8,
    "bd": 1.0,
    "quarter": 3 * DAYS_A_MONTH,
    "year": 12 * DAYS_A_MONTH,
}
_MONTHS: dict[str, int] = {"mo": 1, "quarter": 3, "year": 12}
_LEAST = np.iinfo(np.int64).min


Reached = Callable[[str], date | None]
"""The day on which a condition such as ``live.reached`` is planned to become true; ``None`` if nobody knows."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The days of recurring work, the first one included; strictly increasing.

    ``goes_on`` says whether it goes on behind the horizon. ``until`` are the conditions that would end it
    and of which nobody knows when. ``unread`` says why there are no (further) days, where that is so.
    """

    days: tuple[date, ...]
    goes_on: bool = False
    until: tuple[str, ...] = ()
    unread: str = ""


def nobody_knows(condition: str) -> date | None:
    """No condition has a day."""
    del condition
    return None


def occurrences(
    repeat: Repeat, first: date, horizon: date, calendar: WorkingCalendar, reached: Reached = nobody_knows
) -> Occurrences:
    """The days of a rhythm and of those that follow it (``then``), up to and with the ``horizon``.

    ``first`` is the day of the first one, and is kept as it is. ``at_most`` counts the days of its own rhythm.
    ``lasts`` is counted from the first day of its rhythm, its last day not included: weekly for two weeks is
    twice. What follows begins when ``lasts`` is over, or else one interval of its own after the last day.
    ``until`` ends a rhythm with the day that it is planned for.
    """
    start, last = day_number(first), min(day_number(horizon), LAST_DAY)
    found: list[int] = []
    open_ends: list[str] = []
    for rhythm in _rhythms(repeat):
        if start > last:
            break
        if not is_by_the_day(rhythm.every):
            return Occurrences(
                _dates(found or [start]), until=tuple(open_ends), unread=more_than_daily(rhythm.every)
            )
        end = _end(rhythm, start, reached, calendar)
        open_ends += [rhythm.until] if rhythm.until and reached(rhythm.until) is None else []
        counted, kept = _kept(rhythm, start, min(end.day, last), calendar, found[-1] if found else None)
        found += kept
        full = rhythm.at_most is not None and len(kept) >= rhythm.at_most
        if not full and end.day > last:
            start = last + 1
        elif rhythm.then is None:
            return Occurrences(_dates(found), until=tuple(open_ends))
        elif not full and end.over is not None:
            start = end.over
        else:
            start = int(counted_from(counted[-1] if counted else start, rhythm.then.every, [1], calendar)[0])
    return Occurrences(_dates(found), start > last, tuple(open_ends))


def _dates(days: list[int]) -> tuple[date, ...]:
    return tuple(day for number in days if (day := date_of(number)) is not None)


def is_by_the_day(every: Cadence) -> bool:
    """Whether an interval is at least a day, so that dates can tell it."""
    return every.unit != "bh" and _DAYS[every.unit] * interval_of(every) >= 1


def more_than_daily(every: Cadence) -> str:
    """Why a rhythm within the day has no days."""
    return f"every {every.in_words()} is more often than once a day, which dates cannot tell"


def interval_of(every: Cadence) -> float:
    """The length of an interval in its unit. Of a range (every 1 to 2 weeks) the longer one: so often at least."""
    return every.most if every.most is not None else every.count


def series(every: Cadence, start: int, last: int, calendar: WorkingCalendar) -> Days:
    """The days of a rhythm from ``start`` up to and with ``last``, as they are counted, worked or not."""
    count = int((last - start) / (_DAYS[every.unit] * interval_of(every) * 0.9)) + 2 if last >= start else 0
    days = counted_from(start, every, range(count), calendar)
    return days[(days >= start) & (days <= last)]


def counted_from(start: int, every: Cadence, numbers: range | list[int], calendar: WorkingCalendar) -> Days:
    """The days that are so many intervals after the first one, which itself stays where it is."""
    interval = interval_of(every)
    if every.unit in _MONTHS:
        months = [_months_later(start, number * interval * _MONTHS[every.unit]) for number in numbers]
        return np.array(months, dtype=np.int64)
    times = np.array(numbers, dtype=np.int64)
    if every.unit == "bd":
        later = calendar.add_working_days(start, np.rint(times * interval).astype(np.int64))
        return np.asarray(np.where(times == 0, start, later), dtype=np.int64)
    return np.asarray(start + np.rint(times * (interval * _DAYS[every.unit])), dtype=np.int64)


def _months_later(start: int, months: float) -> int:
    return int(add_months(np.array([start], dtype=np.int64), months)[0])


def _rhythms(repeat: Repeat | None) -> Iterator[Repeat]:
    while repeat is not None:
        yield repeat
        repeat = repeat.then


class _End(NamedTuple):
    """The last day that a rhythm may have, and the day after its time where ``lasts`` says that."""

    day: int
    over: int | None = None


def _end(rhythm: Repeat, start: int, reached: Reached, calendar: WorkingCalendar) -> _End:
    end = _End(LAST_DAY)
    if rhythm.lasts is not None:
        over = start + _length(rhythm.lasts, start, calendar)
        end = _End(over - 1, over)
    until = reached(rhythm.until) if rhythm.until is not None else None
    return _End(day_number(until)) if until is not None and day_number(until) < end.day else end


def _kept(
    rhythm: Repeat, start: int, last: int, calendar: WorkingCalendar, before: int | None
) -> tuple[list[int], list[int]]:
    """The days of one rhythm as they are counted and as they are worked, without those that go too far."""
    counted = series(rhythm.every, start, last, calendar)
    days = np.asarray(calendar.roll(counted), dtype=np.int64)
    if before is None and len(days):
        # The very first day is the step as it is planned: it has been rolled, if it is to be.
        days = np.concatenate((counted[:1], days[1:]))
    near = np.abs(days - counted) * 2 < max(_DAYS[rhythm.every.unit] * interval_of(rhythm.every), 1)
    counted, days = counted[near], days[near]
    ahead = np.concatenate(([_LEAST if before is None else before], days[:-1]))
    new = (days > np.maximum.accumulate(ahead)) & (days <= last)
    return counted[new][: rhythm.at_most].tolist(), days[new][: rhythm.at_most].tolist()


def _length(lasts: Duration, start: int, calendar: WorkingCalendar) -> int:
    """How many days a rhythm goes on, by the upper end of what is written."""
    amount = float(lasts.high if lasts.high is not None else lasts.low or 0)
    if lasts.unit == "bd":
        return int(calendar.add_working_days(start, round(amount))) - start
    if lasts.unit == "mo":
        return _months_later(start, amount) - start
    return max(1, round(_DAYS[lasts.unit] * amount))
