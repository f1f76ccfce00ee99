"""Where timers lead: the worked examples of ``docs/calendars.md``, and the walk day by day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.calendars.counting import add_months, moved
from playbook.calendars.days import NOT_KNOWN, date_of, day_number
from playbook.calendars.hours import OfficeHours
from playbook.calendars.working_calendar import Closed, Counting, Roll, WorkingCalendar
from playbook.text.quantities import parse_timing

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def at(timing: str, day: str, counting: Counting = "day_0", roll: Roll = "forward", **keys: object) -> str:
    calendar = WorkingCalendar(counting=counting, rule=roll, **keys)  # type: ignore[arg-type]
    read = parse_timing(f"{timing} anchor")
    assert read.offset is not None
    assert read.offset.low is not None
    direction: Literal["after", "before"] = "after" if read.direction == "after" else "before"
    start = np.array([day_number(date.fromisoformat(day))])
    found = date_of(int(moved(calendar, start, read.offset.low, read.offset.unit, direction)[0]))
    return found.strftime("%a %d %b %Y") if found else "not known"


@pytest.mark.parametrize(
    ("timing", "anchor", "day_0", "day_1"),
    [
        # 2026-11-20 is a Friday, 21 and 22 are the weekend.
        ("0bd after", "2026-11-20", "Fri 20 Nov 2026", "Fri 20 Nov 2026"),
        ("1bd after", "2026-11-20", "Mon 23 Nov 2026", "Fri 20 Nov 2026"),
        ("5bd after", "2026-11-20", "Fri 27 Nov 2026", "Thu 26 Nov 2026"),
        ("1bd after", "2026-11-21", "Mon 23 Nov 2026", "Mon 23 Nov 2026"),
        ("5bd after", "2026-11-21", "Fri 27 Nov 2026", "Fri 27 Nov 2026"),
        ("0bd after", "2026-11-21", "Mon 23 Nov 2026", "Mon 23 Nov 2026"),
        ("5d after", "2026-11-18", "Mon 23 Nov 2026", "Mon 23 Nov 2026"),
        ("5d after", "2026-11-19", "Tue 24 Nov 2026", "Mon 23 Nov 2026"),
        ("1w after", "2026-11-18", "Wed 25 Nov 2026", "Wed 25 Nov 2026"),
        ("1mo after", "2026-01-30", "Mon 02 Mar 2026", "Mon 02 Mar 2026"),
        ("5bd before", "2026-11-20", "Fri 13 Nov 2026", "Fri 13 Nov 2026"),
        ("5bd before", "2026-11-21", "Mon 16 Nov 2026", "Mon 16 Nov 2026"),
        ("0d after", "2026-11-21", "Mon 23 Nov 2026", "Mon 23 Nov 2026"),
        ("4bh after", "2026-11-20", "Fri 20 Nov 2026", "Fri 20 Nov 2026"),
        ("8bh after", "2026-11-20", "Mon 23 Nov 2026", "Fri 20 Nov 2026"),
        ("12bh after", "2026-11-20", "Mon 23 Nov 2026", "Mon 23 Nov 2026"),
        ("2h after", "2026-11-20", "Fri 20 Nov 2026", "Fri 20 Nov 2026"),
        ("4bh after", "2026-11-21", "Mon 23 Nov 2026", "Mon 23 Nov 2026"),
        ("4bh before", "2026-11-21", "Fri 20 Nov 2026", "Fri 20 Nov 2026"),
        ("2h before", "2026-11-20", "Fri 20 Nov 2026", "Fri 20 Nov 2026"),
        ("48h after", "2026-11-18", "Fri 20 Nov 2026", "Thu 19 Nov 2026"),
    ],
)
def test_what_the_counting_rules_say(timing: str, anchor: str, day_0: str, day_1: str) -> None:
    assert at(timing, anchor) == day_0
    assert at(timing, anchor, "day_1") == day_1


@pytest.mark.parametrize(
    ("roll", "found"),
    [("forward", "Mon 04 Jan 2027"), ("backward", "Thu 31 Dec 2026"), ("none", "Sat 02 Jan 2027")],
)
def test_a_date_on_a_weekend_is_rolled_by_the_rule(roll: Roll, found: str) -> None:
    """Two weeks before Saturday, the 16th of January; New Year's Day is a Friday."""
    assert at("14d before", "2027-01-16", roll=roll, country="US") == found


@pytest.mark.parametrize(
    ("start", "count", "closed", "found"),
    [
        # The examples of WORKDAY in the manuals of two spreadsheets; the second one starts on a Saturday.
        ("2008-10-01", 151, (), "2009-04-30"),
        ("2008-10-01", 151, ("2008-11-26", "2008-12-04", "2009-01-21"), "2009-05-05"),
        ("2001-12-01", 17, ("2001-12-24", "2001-12-25", "2001-12-26", "2001-12-31", "2002-01-01"), "2001-12-28"),
    ],
)
def test_spreadsheets_count_the_same(start: str, count: int, closed: tuple[str, ...], found: str) -> None:
    days = [day_number(date.fromisoformat(day)) for day in closed]
    calendar = WorkingCalendar(closures=tuple(Closed(day, day) for day in days))
    first = np.array([day_number(date.fromisoformat(start))])
    assert str(date_of(int(moved(calendar, first, count, "bd", "after")[0]))) == found


def test_an_anchor_on_a_holiday_is_no_working_day() -> None:
    """Thanksgiving is Thursday, the 26th of November 2026."""
    assert at("1bd after", "2026-11-26", country="US") == "Fri 27 Nov 2026"
    assert at("1bd after", "2026-11-25", country="US") == "Fri 27 Nov 2026"
    assert at("1bd before", "2026-11-26", country="US") == "Wed 25 Nov 2026"


@pytest.mark.parametrize(
    ("start", "months", "found"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2028-02-29", -12, "2027-02-28"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", 0.5, "2026-01-30"),
        ("1899-12-31", 1, None),
        ("2200-12-31", 1, None),
    ],
)
def test_months_keep_the_day_or_take_the_last(start: str, months: float, found: str | None) -> None:
    day = date_of(int(add_months(np.array([day_number(date.fromisoformat(start))]), months)[0]))
    assert (day.isoformat() if day else None) == found


@settings(max_examples=200, deadline=None)
@given(DAYS, st.integers(1, 300), st.sampled_from(("day_0", "day_1")))
def test_working_days_after_are_walked(start: date, count: int, counting: Counting) -> None:
    calendar = WorkingCalendar(country="GB", subdivision="SCT", counting=counting)

    def works(day: date) -> bool:
        return bool(calendar.is_worked(day_number(day)))

    day, left = start, count
    if counting == "day_1" and works(day):
        left -= 1
    while left:
        day += timedelta(days=1)
        left -= works(day)
    assert date_of(int(moved(calendar, np.array([day_number(start)]), count, "bd", "after")[0])) == day


@settings(max_examples=100, deadline=None)
@given(
    DAYS,
    st.floats(0, 500),
    st.sampled_from(("min", "bh", "h", "bd", "d", "w", "mo")),
    st.sampled_from(("after", "before")),
    st.sampled_from(("day_0", "day_1")),
    st.sampled_from(("forward", "backward")),
)
def test_what_is_due_is_on_a_worked_day(
    start: date, amount: float, unit: str, direction: str, counting: Counting, roll: Roll
) -> None:
    calendar = WorkingCalendar(country="US", counting=counting, rule=roll, hours=OfficeHours(540, 1050))
    found = moved(calendar, np.array([day_number(start)]), amount, unit, direction)  # type: ignore[arg-type]
    assert calendar.is_worked(found).all()


def test_what_is_not_known_stays_so() -> None:
    nothing = np.array([NOT_KNOWN])
    for unit in ("min", "bh", "h", "bd", "d", "w", "mo"):
        for direction in ("after", "before"):
            for counting in ("day_0", "day_1"):
                calendar = WorkingCalendar(counting=counting)  # type: ignore[arg-type]
                for amount in (0, 0.25, 7, 1_000_000):
                    assert moved(calendar, nothing, amount, unit, direction).tolist() == [NOT_KNOWN]  # type: ignore[arg-type]
