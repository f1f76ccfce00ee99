"""Working hours on the clock, compared with a walk minute by minute, and on days on which the clock is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.calendars.days import day_number
from playbook.calendars.hours import OfficeHours, office_hours, zone
from playbook.calendars.working_calendar import WorkingCalendar

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
EVERY_DAY = (True,) * 7


def office(zone_: ZoneInfo, hours: str = "09:00-17:00", week: tuple[bool, ...] | None = None) -> WorkingCalendar:
    return WorkingCalendar(zone=zone_, hours=office_hours(hours), week=week or WorkingCalendar().week)


def local(text: str, zone_: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone_)


@pytest.mark.parametrize(
    ("start", "hours", "found"),
    [
        ("2026-11-20T10:00", 2, "2026-11-20T12:00:00+01:00"),
        ("2026-11-20T10:00", 7, "2026-11-20T17:00:00+01:00"),
        ("2026-11-20T10:00", 7.5, "2026-11-23T09:30:00+01:00"),
        ("2026-11-20T19:00", 1, "2026-11-23T10:00:00+01:00"),
        ("2026-11-21T12:00", 0, "2026-11-23T09:00:00+01:00"),
        ("2026-11-20T10:00", 0, "2026-11-20T10:00:00+01:00"),
        ("2026-11-23T10:00", -2, "2026-11-20T16:00:00+01:00"),
        ("2026-11-21T12:00", -1, "2026-11-20T16:00:00+01:00"),
        ("2026-11-20T10:00", 40, "2026-11-27T10:00:00+01:00"),
    ],
)
def test_hours_go_through_nights_and_weekends(start: str, hours: float, found: str) -> None:
    moment = office(BERLIN).add_working_hours(local(start), hours)
    assert moment is not None
    assert moment.isoformat() == found


def test_the_hour_that_does_not_exist_is_not_worked() -> None:
    """On the 28th of March 2027, clocks in Berlin go from 2:00 to 3:00."""
    whole = office(BERLIN, "00:00-24:00", EVERY_DAY)
    assert whole.working_hours_between(local("2027-03-28T00:00"), local("2027-03-29T00:00")) == 23
    found = whole.add_working_hours(local("2027-03-28T01:30"), 1)
    assert found is not None
    assert found.isoformat() == "2027-03-28T03:30:00+02:00"
    early = office(BERLIN, "02:30-10:00", EVERY_DAY)
    opens = early.add_working_hours(local("2027-03-28T00:00"), 0)
    assert opens is not None
    assert opens.isoformat() == "2027-03-28T03:00:00+02:00", "it opens when the clock has jumped"
    assert early.working_hours_between(local("2027-03-28T00:00"), local("2027-03-29T00:00")) == 7


def test_the_hour_that_exists_twice_is_worked_twice() -> None:
    """On the 1st of November 2026, clocks in New York go from 2:00 to 1:00."""
    whole = office(NEW_YORK, "00:00-24:00", EVERY_DAY)
    first, last = local("2026-11-01T00:00", NEW_YORK), local("2026-11-02T00:00", NEW_YORK)
    assert whole.working_hours_between(first, last) == 25
    found = whole.add_working_hours(first, 2)
    assert found is not None
    assert found.isoformat() == "2026-11-01T01:00:00-05:00"
    again = found.astimezone(UTC) - first.astimezone(UTC)
    assert again == timedelta(hours=2)
    night = office(NEW_YORK, "01:30-09:00", EVERY_DAY)
    opens = night.add_working_hours(first, 0)
    assert opens is not None
    assert opens.isoformat() == "2026-11-01T01:30:00-04:00", "the first of the two counts"


def test_working_days_around_a_change_of_the_clock_are_eight_hours() -> None:
    calendar = office(BERLIN)
    found = calendar.add_working_hours(local("2027-03-26T12:00"), 8)
    assert found is not None
    assert found.isoformat() == "2027-03-29T12:00:00+02:00"


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2026, 10, 20), datetime(2026, 11, 10)),
    st.integers(-50, 50),
    st.sampled_from(("09:00-17:00", "00:00-24:00", "01:30-12:15")),
)
def test_hours_are_walked_minute_by_minute(start: datetime, quarters: int, hours: str) -> None:
    calendar = office(NEW_YORK, hours)
    first = start.replace(second=0, microsecond=0, minute=start.minute // 15 * 15, tzinfo=NEW_YORK)
    found = calendar.add_working_hours(first, quarters / 4)
    assert found is not None
    assert _walked(calendar, first, found) == abs(quarters) * 15
    assert calendar.working_hours_between(first, found) == quarters / 4


def _walked(calendar: WorkingCalendar, first: datetime, last: datetime) -> int:
    """The worked minutes between two moments, counted one by one."""
    span = calendar.hours
    assert span is not None
    now, end = sorted((first.astimezone(UTC), last.astimezone(UTC)))
    count = 0
    while now < end:
        there = now.astimezone(NEW_YORK)
        minute = there.hour * 60 + there.minute
        # What exists twice is worked from its first time on.
        opened = minute >= span.opens or (there.date() == date(2026, 11, 1) and there.fold == 1)
        worked = bool(calendar.is_worked(day_number(there.date())))
        count += worked and opened and minute < span.closes
        now += timedelta(minutes=1)
    return count


def test_hours_as_they_are_written() -> None:
    assert office_hours("09:00-17:00") == OfficeHours(540, 1020)
    assert office_hours("00:00-24:00") == OfficeHours(0, 1440)
    assert office_hours("17:00-09:00") is None
    assert office_hours("09:00-24:30") is None
    assert office_hours(None) is None
    assert zone("Europe/Berlin") == BERLIN
    assert zone("Europe/Berlni") is None


def test_without_hours_and_zone_there_is_nine_to_five_where_the_moment_is() -> None:
    found = WorkingCalendar().add_working_hours(local("2026-11-20T16:00", NEW_YORK), 2)
    assert found is not None
    assert found.isoformat() == "2026-11-23T10:00:00-05:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        office(BERLIN).add_working_hours(datetime(2026, 11, 20, 10), 1)


def test_outside_the_years_that_are_counted_there_is_no_moment() -> None:
    assert office(BERLIN).add_working_hours(local("2200-12-31T16:00"), 100) is None
    assert office(BERLIN).add_working_hours(local("1900-01-02T09:00"), -100) is None
