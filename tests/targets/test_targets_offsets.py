"""Offsets in the days that tools count: one arithmetic for all, on the week and the hours of the calendar."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.targets.samples import sample_template

from playbook.plans.template import Offset
from playbook.plans.templating import template_of
from playbook.schedule.working_time import working_time
from playbook.targets.files.offsets import business_days_of, days_of, seconds_of, whole_days
from playbook.targets.files.xml_text import xml_bytes
from playbook.targets.standards.project_calendar import calendars
from playbook.text.quantities import UNITS
from subjects import subject_from

SHORT_WEEK = """
calendar: c
country: IL
working_days: [sun, mon, tue, wed, thu]
working_hours: 09:00-15:00
"""
PLAYBOOK = """
playbook: p
calendar: c
anchors: {won: {start: true}}
stages:
  - id: one
    steps:
      - {id: a, due: 12bh after won}
"""


def test_a_template_has_the_week_and_the_hours_of_its_calendar() -> None:
    playbook = subject_from({"p.yaml": PLAYBOOK, "c.yaml": SHORT_WEEK}).playbook
    template = template_of(playbook)
    assert template.week == ("mon", "tue", "wed", "thu", "sun")
    assert (template.working_days, template.hours_a_day) == (5, 6.0)
    assert template.tasks[0].due == Offset("won", 12, "bh")
    assert business_days_of(template, Offset("won", 12, "bh")) == 2


@pytest.mark.parametrize("unit", UNITS)
def test_an_offset_has_as_many_business_days_as_in_the_schedule(unit: str) -> None:
    playbook = subject_from({"p.yaml": PLAYBOOK, "c.yaml": SHORT_WEEK}).playbook
    template, time = template_of(playbook), working_time(playbook)
    for amount in (0, 1, 2.5, 30):
        offset = Offset("won", amount, unit)  # type: ignore[arg-type]
        assert business_days_of(template, offset) == pytest.approx(time.days(amount, offset.unit))
        assert days_of(template, offset) == pytest.approx(business_days_of(template, offset) * 7 / 5)


@pytest.mark.parametrize(
    ("offset", "days", "seconds"),
    [
        (Offset("a", 5, "bd"), 7, 7 * 86_400),
        (Offset("a", -1, "bd"), -2, -2 * 86_400),
        (Offset("a", 1, "mo"), 31, 31 * 86_400),
        (Offset("a", 12, "mo"), 366, 366 * 86_400),
        (Offset("a", 90, "min"), 1, 5_400),
        (Offset("a", 0, "d"), 0, 0),
    ],
)
def test_whole_days_go_away_from_the_anchor(offset: Offset, days: int, seconds: int) -> None:
    template = replace(sample_template(), week=("mon", "tue", "wed", "thu", "fri"))
    assert whole_days(template, offset) == days
    assert seconds_of(template, offset) == seconds


def test_the_calendar_of_a_project_has_the_days_that_are_worked() -> None:
    written = ElementTree.fromstring(xml_bytes(calendars(("mon", "tue", "wed", "thu", "sun"))))
    worked = {day.findtext("DayType"): day.findtext("DayWorking") for day in written.iter("WeekDay")}
    assert worked == {"1": "1", "2": "1", "3": "1", "4": "1", "5": "1", "6": "0", "7": "0"}
