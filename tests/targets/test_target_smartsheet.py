"""Smartsheet's project sheet: predecessors by row number, read back, and the dates that it would compute."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.targets.project_tools import files_of, is_golden, plans, records, sample, templates, unguarded

from playbook.targets.projects.smartsheet import _lag, _weekdays
from playbook.targets.projects.work import Work

LINK = re.compile(r"(?P<row>\d+)FS(?: (?P<sign>[+-])(?P<days>\d+)d)?\Z")


@pytest.mark.parametrize("lags", ["yes", "no"])
@pytest.mark.parametrize("name", templates())
def test_a_plan_is_read_back(name: str, lags: str) -> None:
    plan = plans()[name]
    (file,) = files_of("smartsheet", "plan", plan.template, lags=lags)
    rows = records(file.data)
    keys = [row["Playbook key"] for row in rows]
    by_key = dict(zip(keys, rows, strict=True))
    for planned in plan.tasks:
        row = by_key[planned.key]
        found = [LINK.match(each) for each in row["Predecessors"].split(", ")] if row["Predecessors"] else []
        assert all(found)
        assert {keys[int(each["row"]) - 1] for each in found if each} == set(planned.after)
        assert lags == "yes" or all(each and each["sign"] is None for each in found)
        assert (date.fromisoformat(row["Start"]), date.fromisoformat(row["Finish"])) == (
            planned.starts,
            planned.due,
        )
        assert re.fullmatch(r"[1-9]\d*d", row["Duration"])
        assert len(row["Description"]) <= 4_001
        assert unguarded(row["Assigned To"]) == (planned.owner.key if planned.owner else "")
    assert sum(row["Duration"] == "0" for row in rows) == len(plan.template.milestones)


@pytest.mark.parametrize("name", templates())
def test_a_template_has_durations_and_predecessors_only(name: str) -> None:
    template = templates()[name]
    (file,) = files_of("smartsheet", "template", template)
    rows = records(file.data)
    assert sum(len(row["Predecessors"].split(", ")) for row in rows if row["Predecessors"]) == sum(
        len(task.after) for task in template.tasks
    )
    assert not [row for row in rows if row["Start"] or row["Finish"] or row["Assigned To"]]


def following(day: date, days: int) -> date:
    """The day that so many working days from Monday to Friday follow, counted one by one."""
    step = 1 if days >= 0 else -1
    while days or day.weekday() > 4:
        day += timedelta(step if days else 1)
        if day.weekday() < 5 and days:
            days -= step
    return day


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31)).filter(lambda day: day.weekday() < 5)


@given(st.lists(DAYS, min_size=1, max_size=4), DAYS)
def test_lags_give_the_start_back(dues: list[date], start: date) -> None:
    """A task starts on the working day after each one ahead of it ends, later by its lag; the last one counts."""
    ahead = [Work(str(number), "", "", None, due=due) for number, due in enumerate(dues)]
    task = Work("t", "", "", None, starts=start)
    starts = []
    for each in ahead:
        lag = _lag(task, each, ahead)
        days = int(lag.strip().rstrip("d")) if lag else 0
        assert each.due
        starts.append(following(following(each.due, 1), days) if days >= 0 else following(each.due, days + 1))
    assert max(starts) == start


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(-40, 40))
def test_weekdays_are_counted_as_one_by_one(first: date, days: int) -> None:
    end = first + timedelta(days)
    low, high = min(first, end), max(first, end)
    count = sum((low + timedelta(day)).weekday() < 5 for day in range((high - low).days))
    assert _weekdays(first, end) == (count if days >= 0 else -count)


@pytest.mark.parametrize("mode", ["template", "plan"])
def test_golden(mode: str) -> None:
    is_golden(f"smartsheet.{mode}.csv", files_of("smartsheet", mode, sample()))  # type: ignore[arg-type]
