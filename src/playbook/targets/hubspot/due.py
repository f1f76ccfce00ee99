"""Offsets as HubSpot's workflows count them: whole days, with or without the weekend."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playbook.plans.template import Offset, TaskTemplate

_WEEK = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
_HOURS_A_DAY = 8
"""Business hours of a business day, where they must be counted in days."""
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


def days_of(offset: Offset) -> Days:
    """An offset in days: business hours eight to a day, months of 30 days, parts of a day as a whole one."""
    factor, business, exact = {
        "bd": (1.0, True, True),
        "bh": (1 / _HOURS_A_DAY, True, False),
        "d": (1.0, False, True),
        "w": (7.0, False, True),
        "mo": (30.0, False, False),
        "h": (1 / 24, False, True),
        "min": (1 / 1440, False, True),
    }[offset.unit]
    amount = round(offset.amount * factor, 6)
    # Before an anchor, the earlier day is the safe one.
    count = math.ceil(amount) if amount >= 0 else math.floor(amount)
    return Days(count, business, exact and count == amount)


def week_of(working_days: int) -> list[str]:
    """The days of a working week, from Monday on."""
    return list(_WEEK[:working_days])


def is_before(task: TaskTemplate) -> bool:
    """Whether a task is due before its anchor."""
    return task.due is not None and task.due.amount < 0


def wake_and_due(task: TaskTemplate, working_days: int) -> tuple[int, int]:
    """For a task that is due before its anchor: when it is made and when it is due, in days of the calendar."""
    assert task.due is not None
    due = days_of(task.due).calendar(working_days)
    if task.start is not None and task.start.anchor == task.due.anchor:
        start = days_of(task.start).calendar(working_days)
        if start < due:
            return start, due
    return due - _LEAD, due
