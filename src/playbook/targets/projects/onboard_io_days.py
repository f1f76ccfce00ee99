"""Due dates and estimates as Onboard.io counts them: positive numbers of days from one of four moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from playbook.plans.template import Offset, Template
from playbook.targets.files.offsets import business_days_of, days_of, start_anchor, whole
from playbook.targets.projects.work import Work
from playbook.targets.target import Settings
from playbook.text.quantities import Duration

_UNITS = {"min": "minutes", "bh": "hours", "h": "hours", "bd": "days", "d": "days"}

Moment: TypeAlias = Literal["created_date", "target_launch_date"]


@dataclass(frozen=True, slots=True)
class Due:
    """When a task is due: so many days, and the name that Onboard.io has for what they count from."""

    type: str
    days: int


def anchors_of(template: Template, settings: Settings) -> dict[str, Moment]:
    """The dates of a playbook that a map has too.

    The target launch date is the one that is chosen, else the first that is planned and may move; the map is
    created on the date that the journey starts with.
    """
    chosen = settings["launch"]
    planned = (anchor.id for anchor in template.anchors.values() if anchor.moves and not anchor.start)
    launch = None if chosen == "none" else chosen if chosen in template.anchors else next(planned, None)
    found: dict[str, Moment] = {launch: "target_launch_date"} if launch else {}
    start = start_anchor(template)
    if start and start not in found:
        found[start] = "created_date"
    return found


def due_of(template: Template, work: Work, above: Work | None, settings: Settings) -> Due | None:
    """When a task is due; ``None`` where Onboard.io cannot tell. ``above`` is the task above it in its section.

    A date that only follows from the order of work counts from the task above, if that is the one waited for and it
    is known how long the work takes.
    """
    task = work.task
    if task is None:
        return None
    stated = task.due is not None and task.due.stated
    if not stated and task.work and above is not None and work.after == (above.key,):
        return Due("days_after_previous_task_completed", _whole(template, Offset("", task.work, "bd"), settings))
    known = anchors_of(template, settings)
    if task.due is None or task.due.anchor not in known or not (stated or task.due.amount):
        return None
    days = _whole(template, task.due, settings)
    moment = known[task.due.anchor]
    before = days < 0 or (days == 0 and moment == "target_launch_date")
    return Due(f"{'before' if before else 'after'}_{moment}", abs(days) or 1)


def estimate_of(takes: Duration | None, work: float | None) -> tuple[float | None, str]:
    """How long a task takes by the upper end of what is written, with its unit; weeks as working days."""
    if takes is None:
        return None, ""
    unit = _UNITS.get(takes.unit)
    amount = (takes.high if takes.high is not None else takes.low) if unit else work
    if not amount:
        return None, ""
    rounded = round(amount, 2)
    return (int(rounded) if rounded == int(rounded) else rounded), unit or "days"


def _whole(template: Template, offset: Offset, settings: Settings) -> int:
    """An offset in whole days, away from the anchor."""
    counted = days_of if settings["count"] == "calendar" else business_days_of
    return whole(counted(template, offset))
