"""Offsets as tools count them: in calendar days, in seconds, in English."""

from __future__ import annotations

from math import ceil, copysign

from playbook.plans.template import Offset, TaskTemplate, Template
from playbook.text.quantities import Unit, in_words

_DAYS: dict[Unit, float] = {"min": 1 / 1440, "h": 1 / 24, "d": 1, "w": 7, "mo": 365 / 12}
_HOURS_A_DAY = 8
"""Business hours of a working day, where an offset counts in them."""
_SECONDS_A_DAY = 86_400
_ROUNDING = 1e-6


def days_of(offset: Offset, working_days: int) -> float:
    """An offset in calendar days, not rounded.

    ``working_days`` is how many days of a week are worked: 5 business days are then 7 calendar days. This is the
    mean over the days of the week on which counting may begin, and knows no holidays.
    """
    if offset.unit in ("bd", "bh"):
        worked = offset.amount / (_HOURS_A_DAY if offset.unit == "bh" else 1)
        return worked * 7 / working_days
    return offset.amount * _DAYS[offset.unit]


def whole_days(offset: Offset, working_days: int) -> int:
    """An offset in whole calendar days, rounded away from the anchor: later after it, earlier before it."""
    days = days_of(offset, working_days)
    return int(copysign(ceil(abs(days) - _ROUNDING), days))


def seconds_of(offset: Offset, working_days: int) -> int:
    """An offset in seconds: minutes and hours as they are, all else in whole calendar days."""
    if offset.unit in ("min", "h"):
        return round(days_of(offset, working_days) * _SECONDS_A_DAY)
    return whole_days(offset, working_days) * _SECONDS_A_DAY


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
