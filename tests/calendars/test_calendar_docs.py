"""The worked examples of ``docs/calendars.md`` are what the code says."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from playbook.calendars.counting import moved
from playbook.calendars.days import date_of, day_number
from playbook.calendars.working_calendar import Counting, Roll, WorkingCalendar
from playbook.text.quantities import parse_timing

PAGE = (Path(__file__).parents[2] / "docs" / "calendars.md").read_text(encoding="utf-8")
DAY = r"\w{3} \d\d \w{3} \d{4}"
COUNTED = re.findall(rf"^\| `([^`]+)` \| ({DAY}) \| ({DAY}) \| ({DAY}) \|$", PAGE, re.MULTILINE)
ROLLED = re.findall(rf"^\| `(forward|backward|none)` \| ({DAY}) \|$", PAGE, re.MULTILINE)


def read(day: str) -> date:
    found = datetime.strptime(day, "%a %d %b %Y").date()
    assert f"{found:%a}" == day[:3], f"{day} is no such day of the week"
    return found


def counted(timing: str, start: date, calendar: WorkingCalendar) -> date | None:
    parsed = parse_timing(f"{timing} trigger")
    assert parsed.offset is not None
    direction: Literal["after", "before"] = "after" if parsed.direction == "after" else "before"
    days = moved(calendar, np.array([day_number(start)]), parsed.offset.low or 0, parsed.offset.unit, direction)
    return date_of(int(days[0]))


def test_there_are_examples() -> None:
    assert len(COUNTED) == 18
    assert len(ROLLED) == 3


@pytest.mark.parametrize(("timing", "start", "day_0", "day_1"), COUNTED)
def test_counting(timing: str, start: str, day_0: str, day_1: str) -> None:
    rules: dict[Counting, str] = {"day_0": day_0, "day_1": day_1}
    for rule, day in rules.items():
        assert counted(timing, read(start), WorkingCalendar(counting=rule)) == read(day)


@pytest.mark.parametrize(("rule", "day"), ROLLED)
def test_rolling(rule: Roll, day: str) -> None:
    assert counted("14d before", date(2027, 1, 16), WorkingCalendar(country="US", rule=rule)) == read(day)
