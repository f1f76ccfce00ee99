"""Working days, compared with a walk day by day, with numpy's own, and with holidays that everybody can look up."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.calendars.days import FIRST_DAY, LAST_DAY, NOT_KNOWN, date_of, day_number, days_of
from playbook.calendars.public_holidays import is_country, public_holidays, subdivision_codes, subdivisions
from playbook.calendars.working_calendar import Closed, WorkingCalendar
from playbook.language.calendar import Calendar

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
COUNTS = st.integers(-400, 400)


def number(day: str) -> int:
    return day_number(date.fromisoformat(day))


def day(value: object) -> str:
    found = date_of(int(np.asarray(value)))
    assert found is not None
    return found.isoformat()


@cache
def worked_in(weekdays: tuple[int, ...], closed: tuple[date, ...]) -> WorkingCalendar:
    week = tuple(at in weekdays for at in range(7))
    return WorkingCalendar(week=week, closures=tuple(Closed(day_number(at), day_number(at)) for at in closed))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[WorkingCalendar, tuple[int, ...], tuple[date, ...]]:
    """A calendar, with the days of the week and the closed days that it is made of."""
    weekdays = tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1))))
    closed = tuple(sorted(draw(st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=6))))
    return worked_in(weekdays, closed), weekdays, closed


def walked(start: date, count: int, weekdays: tuple[int, ...], closed: tuple[date, ...]) -> date:
    """So many worked days from a day, which does not count itself."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        start += step
        if start.weekday() in weekdays and start not in closed:
            count += -1 if count > 0 else 1
    return start


@settings(max_examples=200, deadline=None)
@given(calendars(), st.dates(date(2025, 11, 1), date(2026, 5, 31)), st.integers(-60, 60).filter(bool))
def test_adding_working_days_is_walking_from_day_to_day(
    made: tuple[WorkingCalendar, tuple[int, ...], tuple[date, ...]], start: date, count: int
) -> None:
    calendar, weekdays, closed = made
    assert date_of(int(calendar.add_working_days(day_number(start), count))) == walked(
        start, count, weekdays, closed
    )


@settings(max_examples=100, deadline=None)
@given(calendars(), st.dates(date(2025, 11, 1), date(2026, 5, 31)), st.sampled_from(("forward", "backward")))
def test_rolling_is_walking_to_the_next_worked_day(
    made: tuple[WorkingCalendar, tuple[int, ...], tuple[date, ...]], start: date, direction: str
) -> None:
    calendar, weekdays, closed = made
    found = start
    while found.weekday() not in weekdays or found in closed:
        found += timedelta(days=1 if direction == "forward" else -1)
    assert date_of(int(calendar.roll(day_number(start), direction))) == found  # type: ignore[arg-type]
    assert int(calendar.roll(day_number(start), "none")) == day_number(start)


@settings(max_examples=100, deadline=None)
@given(calendars(), DAYS, DAYS)
def test_working_days_between_lead_there(
    made: tuple[WorkingCalendar, tuple[int, ...], tuple[date, ...]], one: date, other: date
) -> None:
    calendar = made[0]
    first, last = day_number(one), int(calendar.roll(day_number(other), "forward"))
    between = int(calendar.working_days_between(first, last))
    assert between == 0 or int(calendar.add_working_days(first, between)) == last
    if calendar.is_worked(first):
        assert int(calendar.working_days_between(last, first)) == -between


@settings(max_examples=100, deadline=None)
@given(calendars(), st.lists(DAYS, min_size=1, max_size=20), COUNTS)
def test_numpy_counts_the_same_from_worked_days(
    made: tuple[WorkingCalendar, tuple[int, ...], tuple[date, ...]], starts: list[date], count: int
) -> None:
    calendar, weekdays, closed = made
    mask = [at in weekdays for at in range(7)]
    theirs = np.busdaycalendar(weekmask=mask, holidays=[np.datetime64(at) for at in closed])
    given_days = days_of(starts)
    roll = "preceding" if count > 0 else "following"  # numpy has the trigger rolled by hand
    expected = np.busday_offset(given_days.astype("datetime64[D]"), count, roll=roll, busdaycal=theirs)
    found = calendar.add_working_days(given_days, count)
    if count:
        assert found.tolist() == expected.astype(np.int64).tolist()
    later = calendar.roll(given_days + abs(count), "forward")
    counted = np.busday_count(
        (given_days + 1).astype("datetime64[D]"), (later + 1).astype("datetime64[D]"), busdaycal=theirs
    )
    assert calendar.working_days_between(given_days, later).tolist() == counted.tolist()


@settings(max_examples=50, deadline=None)
@given(DAYS, COUNTS)
def test_many_days_at_once_are_each_alone(start: date, count: int) -> None:
    calendar = WorkingCalendar(country="DE", subdivision="BY")
    starts = np.arange(day_number(start), day_number(start) + 20)
    together = calendar.add_working_days(starts, count)
    assert together.tolist() == [int(calendar.add_working_days(each, count)) for each in starts]


# -- holidays ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "subdivision", "off", "worked"),
    [
        ("US", None, "2026-07-03", "2026-07-06"),  # the 4th of July 2026 is a Saturday, kept on Friday
        ("US", None, "2026-11-26", "2026-11-27"),  # Thanksgiving
        ("DE", "BY", "2027-01-06", "2027-01-07"),  # Epiphany
        ("DE", None, "2026-04-03", "2027-01-06"),  # Good Friday; Epiphany is no holiday of the whole country
        ("GB", "ENG", "2026-04-06", "2026-11-30"),  # Easter Monday; St Andrew's Day is not kept
        ("GB", "SCT", "2026-11-30", "2026-04-06"),  # the other way round
        ("GB", "SCT", "2026-01-02", "2026-01-05"),
        ("JP", None, "2026-05-06", "2026-05-07"),  # a substitute: Constitution Day is on a Sunday
        ("DE", "Bayern", "2026-01-06", "2026-01-07"),  # a subdivision by its name
    ],
)
def test_holidays_that_everybody_can_look_up(country: str, subdivision: str | None, off: str, worked: str) -> None:
    calendar = WorkingCalendar(country=country, subdivision=subdivision)
    assert not calendar.is_worked(number(off))
    assert calendar.is_worked(number(worked))


def test_holidays_have_names_that_do_not_depend_on_the_language_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    public_holidays.cache_clear()
    calendar = WorkingCalendar(country="DE")
    shown = {day: name for day, name in calendar.holidays.items() if day.year == 2026 and day.month > 10}
    assert shown == {
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 26): "Second Day of Christmas",
    }
    public_holidays.cache_clear()


def test_countries_have_tables() -> None:
    for country in ("US", "DE", "GB", "JP", "CH", "IN", "SA", "BR", "TH", "NZ"):
        assert is_country(country)
        assert 60_000 < len(WorkingCalendar(country=country).table) < 78_000
    assert "BY" in subdivision_codes("DE")
    assert {"BY", "Bayern"} <= set(subdivisions("DE"))


def test_an_unknown_country_or_subdivision_raises_nothing() -> None:
    assert not is_country("XX")
    assert public_holidays("XX") == {}
    assert public_holidays("DE", "XX") == public_holidays("DE")
    assert subdivisions("XX") == subdivision_codes("XX") == ()


# -- what a document says ------------------------------------------------------------------------------


def written(**keys: object) -> WorkingCalendar:
    return WorkingCalendar.of(Calendar.model_validate({"calendar": "office", **keys}))


def test_a_document_says_what_is_worked() -> None:
    calendar = written(
        working_days=["sun", "mon", "tue", "wed", "thu"],
        closures=["2026-11-23", {"from": "2026-12-24", "until": "2026-12-31", "title": "Year end"}],
        windows={"deploy": ["tue", "thu"]},
        counting="day_1",
        roll="backward",
        working_hours="08:30-17:00",
        time_zone="Asia/Jerusalem",
    )
    assert [bool(each) for each in calendar.is_worked(number("2026-11-20") + np.arange(5))] == [
        False,
        False,
        True,
        False,
        True,
    ]
    assert not calendar.is_worked(number("2026-12-31"))
    assert calendar.hours_a_day == 8.5
    assert (calendar.counting, calendar.rule, str(calendar.zone)) == ("day_1", "backward", "Asia/Jerusalem")
    assert day(calendar.roll(number("2026-11-21"))) == "2026-11-19"


def test_what_cannot_be_is_as_if_it_were_not_written() -> None:
    calendar = written(
        country="XX",
        time_zone="Mars/Olympus",
        working_hours="17:00-09:00",
        working_days=[],
        closures=[{"from": "2026-12-31", "until": "2026-12-24"}],
    )
    assert calendar.is_worked(number("2026-12-24"))
    assert not calendar.is_worked(number("2026-11-21"))
    assert (calendar.zone, calendar.hours, calendar.hours_a_day) == (None, None, 8.0)


def test_without_a_document_there_are_five_days_of_eight_hours() -> None:
    calendar = WorkingCalendar.of(None)
    assert [bool(each) for each in calendar.is_worked(number("2026-11-23") + np.arange(7))] == [True] * 5 + [
        False
    ] * 2
    assert calendar.hours_a_day == 8.0


# -- windows -------------------------------------------------------------------------------------------


def test_a_window_is_open_on_worked_days_only() -> None:
    calendar = WorkingCalendar(country="US", windows={"deploy": (False, True, False, True, False, False, False)})
    assert day(calendar.next_in_window(number("2026-11-20"), "deploy")) == "2026-11-24"
    assert day(calendar.next_in_window(number("2026-11-25"), "deploy")) == "2026-12-01", "not on Thanksgiving"
    assert day(calendar.next_in_window(number("2026-11-26"), "deploy", backward=True)) == "2026-11-24"
    assert day(calendar.next_in_window(number("2026-11-24"), "deploy")) == "2026-11-24"


def test_a_window_that_is_unknown_or_never_open_moves_nothing() -> None:
    calendar = WorkingCalendar(windows={"weekend": (False,) * 5 + (True, True)})
    assert day(calendar.next_in_window(number("2026-11-20"), "deploy")) == "2026-11-20"
    assert day(calendar.next_in_window(number("2026-11-20"), "weekend")) == "2026-11-20"


# -- limits --------------------------------------------------------------------------------------------


def test_outside_the_years_that_are_counted_nothing_is_known() -> None:
    calendar = WorkingCalendar()
    assert day_number(date(1899, 12, 31)) == NOT_KNOWN
    assert date_of(NOT_KNOWN) is None
    assert date_of(LAST_DAY) == date(2200, 12, 31)
    edges = np.array([NOT_KNOWN, FIRST_DAY, LAST_DAY, FIRST_DAY - 1, LAST_DAY + 1])
    assert calendar.add_working_days(edges, 1)[[0, 3, 4]].tolist() == [NOT_KNOWN] * 3
    assert calendar.add_working_days(LAST_DAY, 1) == NOT_KNOWN
    assert calendar.add_working_days(FIRST_DAY, -1) == NOT_KNOWN
    assert calendar.add_working_days(number("2026-11-20"), 10**12) == NOT_KNOWN
    assert calendar.working_days_between(NOT_KNOWN, number("2026-11-20")) == NOT_KNOWN
    assert calendar.roll([NOT_KNOWN, LAST_DAY + 5], "none").tolist() == [NOT_KNOWN, NOT_KNOWN]
    assert not calendar.is_worked(NOT_KNOWN)


def test_a_calendar_on_which_nothing_is_ever_worked_gives_no_days() -> None:
    calendar = WorkingCalendar(closures=(Closed(FIRST_DAY, LAST_DAY),))
    assert calendar.add_working_days(number("2026-11-20"), 1) == NOT_KNOWN
    assert calendar.roll(number("2026-11-20")) == NOT_KNOWN
    assert calendar.working_days_between(number("2026-11-20"), number("2026-12-20")) == 0
