"""Work that recurs: rhythms, what follows them, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.calendars.days import date_of, day_number
from playbook.calendars.working_calendar import Closed, WorkingCalendar
from playbook.language.step import Repeat
from playbook.schedule.recurrence import occurrences
from playbook.text.quantities import parse_cadence, parse_duration

MONDAY = date(2027, 1, 4)


def dated(number: int) -> date:
    day = date_of(number)
    assert day is not None
    return day


def rhythm(
    every: str,
    *,
    until: str | None = None,
    at_most: int | None = None,
    lasts: str | None = None,
    then: Repeat | None = None,
) -> Repeat:
    return Repeat.model_construct(
        every=parse_cadence(every),
        until=until,
        at_most=at_most,
        lasts=parse_duration(lasts) if lasts else None,
        then=then,
    )


def rhythms(repeat: Repeat | None) -> Iterator[Repeat]:
    while repeat is not None:
        yield repeat
        repeat = repeat.then


def days(repeat: Repeat, first: date = MONDAY, horizon: date = date(2027, 12, 31)) -> list[str]:
    return [day.isoformat()[5:] for day in occurrences(repeat, first, horizon, WorkingCalendar()).days]


@pytest.mark.parametrize(
    ("repeat", "expected"),
    [
        (rhythm("1w", at_most=3), ["01-04", "01-11", "01-18"]),
        (rhythm("week", lasts="2w"), ["01-04", "01-11"]),
        (rhythm("day", at_most=6), ["01-04", "01-05", "01-06", "01-07", "01-08", "01-11"]),
        (rhythm("3bd", at_most=3), ["01-04", "01-07", "01-12"]),
        (rhythm("monthly", at_most=4), ["01-04", "02-04", "03-04", "04-05"]),
        (rhythm("quarterly", at_most=3), ["01-04", "04-05", "07-05"]),
        (rhythm("1..2w", at_most=2), ["01-04", "01-18"]),
        (
            rhythm("1mo", lasts="3mo", then=rhythm("quarterly", at_most=2)),
            ["01-04", "02-04", "03-04", "04-05", "07-05"],
        ),
        (rhythm("2w", at_most=2, then=rhythm("1mo", at_most=2)), ["01-04", "01-18", "02-18", "03-18"]),
        (rhythm("1w", lasts="2w", then=rhythm("2w", at_most=2)), ["01-04", "01-11", "01-18", "02-01"]),
    ],
)
def test_rhythms(repeat: Repeat, expected: list[str]) -> None:
    assert days(repeat) == expected


def test_the_end_of_a_month_does_not_drift() -> None:
    found = occurrences(rhythm("1mo", at_most=5), date(2027, 8, 31), date(2028, 12, 31), WorkingCalendar()).days
    assert [day.isoformat() for day in found] == [
        "2027-08-31",
        "2027-09-30",
        "2027-11-01",
        "2027-11-30",
        "2027-12-31",
    ]


def test_what_falls_into_a_closure_is_left_out() -> None:
    closed = WorkingCalendar(closures=(Closed(day_number(date(2026, 12, 24)), day_number(date(2027, 1, 1))),))
    found = occurrences(rhythm("1w", at_most=4), date(2026, 12, 15), date(2027, 3, 1), closed).days
    assert [day.isoformat()[5:] for day in found] == ["12-15", "12-22", "01-05", "01-12"]


def test_the_29th_of_february() -> None:
    found = occurrences(rhythm("year", at_most=5), date(2028, 2, 29), date(2033, 1, 1), WorkingCalendar()).days
    assert [day.isoformat() for day in found] == [
        "2028-02-29",
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
        "2032-03-01",
    ]


def test_what_goes_on_behind_the_horizon_says_so() -> None:
    endless = occurrences(rhythm("1w", until="live.reached"), MONDAY, date(2027, 1, 20), WorkingCalendar())
    assert (len(endless.days), endless.goes_on, endless.until) == (3, True, ("live.reached",))
    ended = occurrences(rhythm("1w", at_most=3), MONDAY, date(2027, 1, 18), WorkingCalendar())
    assert (len(ended.days), ended.goes_on) == (3, False)
    cut = occurrences(rhythm("1w", at_most=4), MONDAY, date(2027, 1, 18), WorkingCalendar())
    assert (len(cut.days), cut.goes_on) == (3, True)
    followed = occurrences(
        rhythm("1w", at_most=3, then=rhythm("1mo")), MONDAY, date(2027, 1, 18), WorkingCalendar()
    )
    assert (len(followed.days), followed.goes_on) == (3, True)
    later = occurrences(rhythm("1w"), MONDAY, date(2027, 1, 3), WorkingCalendar())
    assert (later.days, later.goes_on) == ((), True)


def test_a_condition_whose_day_is_planned_ends_it_with_that_day() -> None:
    repeat = rhythm("1w", until="live.reached", then=rhythm("2w", at_most=2))
    found = occurrences(repeat, MONDAY, date(2027, 12, 31), WorkingCalendar(), lambda _: date(2027, 1, 18))
    assert [str(day) for day in found.days] == [
        "2027-01-04",
        "2027-01-11",
        "2027-01-18",
        "2027-02-01",
        "2027-02-15",
    ]
    assert found.until == ()


def test_more_often_than_daily_is_said_and_not_guessed() -> None:
    found = occurrences(rhythm("4h"), MONDAY, date(2027, 12, 31), WorkingCalendar())
    assert found.days == (MONDAY,)
    assert found.unread == "every 4 hours is more often than once a day, which dates cannot tell"


CADENCES = st.sampled_from(
    ["day", "2d", "1w", "1..2w", "10d", "1bd", "3bd", "0.5mo", "1mo", "2mo", "quarter", "year"]
)
RHYTHMS = st.recursive(
    st.builds(rhythm, CADENCES, at_most=st.none() | st.integers(1, 12)),
    lambda then: st.builds(
        rhythm,
        CADENCES,
        at_most=st.none() | st.integers(1, 12),
        lasts=st.none() | st.sampled_from(["3d", "2w", "1..3mo", "10bd", "~6w"]),
        until=st.none() | st.just("live.reached"),
        then=then,
    ),
    max_leaves=3,
)
DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(RHYTHMS, DATES, st.integers(-5, 900), st.booleans(), st.none() | st.integers(-30, 500))
def test_every_rhythm(repeat: Repeat, first: date, length: int, forward: bool, until: int | None) -> None:
    calendar = WorkingCalendar(rule="forward" if forward else "backward")
    horizon = first + timedelta(days=length)
    reached = first + timedelta(days=until) if until is not None else None
    found = occurrences(repeat, first, horizon, calendar, lambda _: reached)
    assert all(one < other for one, other in zip(found.days, found.days[1:], strict=False))
    assert all(first <= day <= horizon for day in found.days)
    assert all(day.weekday() < 5 for day in found.days[1:])
    limits = [each.at_most for each in rhythms(repeat)]
    assert None in limits or len(found.days) <= sum(limit for limit in limits if limit)
    if not found.goes_on:
        later = occurrences(repeat, first, horizon + timedelta(days=400), calendar, lambda _: reached)
        assert later.days == found.days


@given(RHYTHMS, DATES, st.integers(0, 400), st.integers(0, 400))
def test_a_later_horizon_only_adds(repeat: Repeat, first: date, length: int, more: int) -> None:
    short = occurrences(repeat, first, first + timedelta(days=length), WorkingCalendar())
    long = occurrences(repeat, first, first + timedelta(days=length + more), WorkingCalendar())
    assert long.days[: len(short.days)] == short.days
