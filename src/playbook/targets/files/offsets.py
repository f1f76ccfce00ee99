"""Offsets as tools count them: in days of the calendar or in business days, in seconds, in English."""

from __future__ import annotations

from math import ceil, copysign

from playbook.plans.template import Offset, TaskTemplate, Template
from playbook.text.quantities import CALENDAR_DAYS, in_words

_SECONDS_A_DAY = 86_400
_ROUNDING = 1e-6


def counts_business_days(offset: Offset) -> bool:
    """Whether an offset counts in business days or hours, and not by the calendar."""
    return offset.unit in ("bd", "bh")


def days_of(template: Template, offset: Offset) -> float:
    """An offset in calendar days, not rounded.

    In a week of 5 working days, 5 business days are 7 calendar days. This is the mean over the days of the week on
    which counting may begin, and knows no holidays.
    """
    if counts_business_days(offset):
        return business_days_of(template, offset) * 7 / template.working_days
    return offset.amount * CALENDAR_DAYS[offset.unit]


def business_days_of(template: Template, offset: Offset) -> float:
    """The same in business days."""
    if offset.unit == "bd":
        return offset.amount
    if offset.unit == "bh":
        return offset.amount / template.hours_a_day
    return days_of(template, offset) * template.working_days / 7


def whole(days: float) -> int:
    """So many days in whole ones, away from the anchor: later after it, earlier before it."""
    return int(copysign(ceil(abs(days) - _ROUNDING), days))


def whole_days(template: Template, offset: Offset) -> int:
    """An offset in whole calendar days."""
    return whole(days_of(template, offset))


def seconds_of(template: Template, offset: Offset) -> int:
    """An offset in seconds: minutes and hours as they are, all else in whole calendar days."""
    if offset.unit in ("min", "h"):
        return round(days_of(template, offset) * _SECONDS_A_DAY)
    return whole_days(template, offset) * _SECONDS_A_DAY


def offset_in_words(template: Template, offset: Offset | None) -> str:
    """``5 business days after Closed won``; empty where nothing says when."""
    if offset is None:
        return ""
    anchor = template.anchors[offset.anchor].title
    if not offset.amount:
        return f"on the day of {anchor}"
    side = "after" if offset.amount > 0 else "before"
    return f"{in_words(abs(offset.amount), offset.unit)} {side} {anchor}"


def due_in_words(template: Template, task: TaskTemplate) -> str:
    """When a task is due: as the playbook says it, else as it follows from the order of work."""
    return task.when or offset_in_words(template, task.due)


def start_anchor(template: Template) -> str | None:
    """The anchor that the journey starts with, else the one that most tasks are due by; ``None`` without any."""
    for anchor in template.anchors.values():
        if anchor.start:
            return anchor.id
    counts: dict[str, int] = {}
    for task in template.tasks:
        if task.due is not None:
            counts[task.due.anchor] = counts.get(task.due.anchor, 0) + 1
    return max(counts, key=lambda anchor: counts[anchor]) if counts else None
