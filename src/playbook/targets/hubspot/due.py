"""Offsets as HubSpot's workflows count them: whole days, with or without the weekend."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playbook.language.calendar import Weekday
from playbook.plans.template import Offset, TaskTemplate, Template
from playbook.targets.files.offsets import business_days_of, counts_business_days, days_of, whole

_WEEK: dict[Weekday, str] = {
    "mon": "MONDAY",
    "tue": "TUESDAY",
    "wed": "WEDNESDAY",
    "thu": "THURSDAY",
    "fri": "FRIDAY",
    "sat": "SATURDAY",
    "sun": "SUNDAY",
}
_LEAD = 7
"""How many days before its due date a task is made, where its work has no start ahead of that."""


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days from an anchor on: ``business`` says of which kind, ``exact`` that nothing was rounded."""

    count: int
    business: bool
    exact: bool

    def calendar(self, working_days: int) -> int:
        """About as many days of the calendar; never later than the business days."""
        if not self.business:
            return self.count
        return math.floor(self.count * 7 / max(working_days, 1))


def whole_days_of(template: Template, offset: Offset) -> Days:
    """An offset in whole days, business days where it counts in them or in business hours."""
    business = counts_business_days(offset)
    amount = round((business_days_of if business else days_of)(template, offset), 6)
    # Before an anchor, the earlier day is the safe one.
    count = whole(amount)
    return Days(count, business, offset.unit not in ("bh", "mo") and count == amount)


def week_of(template: Template) -> list[str]:
    """The days that are worked, as HubSpot calls them; empty where all are."""
    return [_WEEK[day] for day in template.week] if template.working_days < len(_WEEK) else []


def is_before(task: TaskTemplate) -> bool:
    """Whether a task is due before its anchor."""
    return task.due is not None and task.due.amount < 0


def wake_and_due(template: Template, task: TaskTemplate) -> tuple[int, int]:
    """For a task that is due before its anchor: when it is made and when it is due, in days of the calendar."""
    assert task.due is not None
    due = whole_days_of(template, task.due).calendar(template.working_days)
    if task.start is not None and task.start.anchor == task.due.anchor:
        start = whole_days_of(template, task.start).calendar(template.working_days)
        if start < due:
            return start, due
    return due - _LEAD, due
