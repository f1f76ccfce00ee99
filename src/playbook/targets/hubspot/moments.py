"""Due dates as the moments of HubSpot: a time of day in a time zone, written in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from playbook.plans.plan import Plan, PlannedTask
from playbook.plans.template import Template
from playbook.targets.files.rows import Row
from playbook.targets.target import Loss, Option, Settings

TIME_OPTION = Option("time", "The time of day at which tasks are due, such as 17:00.", "09:00")
ZONE_OPTION = Option("time_zone", "The time zone of that time, such as Europe/Berlin.", "UTC")


@dataclass(frozen=True, slots=True)
class DueTime:
    """When on a day a task is due."""

    at: time
    zone: str

    def moment(self, day: date) -> str:
        """That time of a day in UTC, as ``2026-12-01T09:00:00Z``."""
        return _moment(day, self.at, self.zone)


def due_time(settings: Settings) -> DueTime:
    """The chosen time of day; what cannot be read is 09:00 in UTC, and a loss says so."""
    at, zone = time_of_day(settings["time"]), settings["time_zone"]
    return DueTime(at or time(9), zone if _is_zone(zone) else "UTC")


def wrong_times(settings: Settings) -> Iterator[Loss]:
    """What is wrong with the chosen time and zone."""
    if time_of_day(settings["time"]) is None:
        yield Loss("the time of day", f"'{settings['time']}' is no time such as 09:00", ("time",), refused=True)
    if not _is_zone(settings["time_zone"]):
        why = f"'{settings['time_zone']}' is no time zone such as Europe/Berlin"
        yield Loss("the time zone", why, ("time_zone",), refused=True)


def due_day(plan: Plan, planned: PlannedTask) -> tuple[date | None, str]:
    """The day of a task, and a line that says where it is from if it is not its due date.

    HubSpot takes no task without a date. One of which nothing says when it is due gets the day on which its work
    starts, else the first date of the account. One that hangs on a date which is not known gets none.
    """
    if planned.due is not None:
        return planned.due, ""
    if planned.starts is not None:
        return planned.starts, "No due date: this is the day on which the work can start.\n"
    if planned.task.due is not None:
        return None, ""
    return min(plan.anchors.values(), default=None), "No due date: this is the first date of the account.\n"


def undated_row(plan: Plan, planned: PlannedTask) -> Row:
    """What is told of a task that has no day."""
    return (planned.key, planned.title, plan.account.name, planned.task.when)


def never_due(template: Template) -> Iterator[Loss]:
    """The loss of tasks of which nothing says when they are due."""
    where = tuple(task.step for task in template.tasks if task.due is None)
    if where:
        why = (
            "HubSpot takes no task without a date; they get the day on which their work starts, else the first day"
        )
        yield Loss("that nothing is due", why, where, part=True)


@lru_cache(maxsize=4096)
def _moment(day: date, at: time, zone: str) -> str:
    moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def time_of_day(text: str) -> time | None:
    """``09:30`` as a time; ``None`` for what is none."""
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
