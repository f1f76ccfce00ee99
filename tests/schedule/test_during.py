"""``during:`` of a routine: what can be read, and on which days it is then done."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_recurrence import dated

from playbook.calendars.days import day_number
from playbook.calendars.working_calendar import WorkingCalendar
from playbook.schedule.during import DuringError, parse_during
from playbook.text.quantities import parse_cadence

FIRST, LAST = date(2027, 1, 5), date(2027, 7, 31)


def days(text: str, every: str, first: date = FIRST, last: date = LAST) -> list[str]:
    cadence = parse_cadence(every)
    found = parse_during(text, cadence).days(
        day_number(first), day_number(last), int(cadence.count), WorkingCalendar()
    )
    return [dated(day).isoformat()[5:] for day in found.tolist()]


@pytest.mark.parametrize(
    ("text", "every", "expected"),
    [
        ("first week", "month", "02-01 03-01 04-01 05-03 06-01 07-01"),
        ("in the second week of every month", "1mo", "01-08 02-08 03-08 04-08 05-10 06-08 07-08"),
        ("last week", "month", "01-25 02-22 03-25 04-26 05-25 06-24 07-26"),
        ("first week", "quarter", "04-01 07-01"),
        ("second monday", "2mo", "01-11 03-08 05-10 07-12"),
        ("fifth friday", "month", "01-29 04-30 07-30"),
        ("first day", "month", "02-01 03-01 04-01 05-03 06-01 07-01"),
        ("last working day", "quarterly", "03-31 06-30"),
        ("third business day of the month", "quarter", None),
        ("third month", "quarter", "03-01 06-01"),
        (
            "on Mondays",
            "2w",
            "01-11 01-25 02-08 02-22 03-08 03-22 04-05 04-19 05-03 05-17 05-31 06-14 06-28 07-12 07-26",
        ),
        ("mid month", "month", None),
        ("first week of every fiscal quarter", "quarter", None),
        ("monday", "month", None),
        ("first week", "week", None),
        ("first week", "5d", None),
        ("", "month", None),
    ],
)
def test_forms(text: str, every: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(DuringError):
            parse_during(text, parse_cadence(every))
    else:
        assert days(text, every) == expected.split()


@given(st.text(max_size=30), st.sampled_from(["week", "month", "quarter", "year", "5d", "1..2w", "2h"]))
def test_any_text_is_read_or_refused(text: str, every: str) -> None:
    with suppress(DuringError):
        found = parse_during(text, parse_cadence(every))
        assert found.days(day_number(FIRST), day_number(LAST), 1, WorkingCalendar()).tolist()


@given(
    st.sampled_from(["first", "second", "third", "fourth", "fifth", "last"]),
    st.sampled_from(["week", "day", "working day", "tuesday", "sunday"]),
    st.sampled_from([("month", 31), ("quarter", 92), ("year", 366)]),
    st.dates(date(2020, 1, 1), date(2035, 1, 1)),
)
def test_a_day_in_each_period(ordinal: str, part: str, every: tuple[str, int], first: date) -> None:
    cadence = parse_cadence(every[0])
    last = day_number(first) + 4 * every[1]
    found = parse_during(f"{ordinal} {part}", cadence).days(day_number(first), last, 1, WorkingCalendar()).tolist()
    assert found == sorted(set(found))
    assert all(day_number(first) <= day <= last for day in found)
    assert all(dated(day).weekday() < 5 for day in found)
    assert 1 <= len(found) <= 5 if ordinal != "fifth" or every[0] != "month" else len(found) <= 5
