"""A playbook as workflows of HubSpot: one for each anchor, and one for what is due before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from playbook.plans.template import TaskTemplate, Template
from playbook.targets.hubspot.actions import chain, create_task, delay_until, due_after, due_in
from playbook.targets.hubspot.due import is_before, wake_and_due, whole_days_of
from playbook.targets.hubspot.moments import due_time
from playbook.targets.hubspot.naming import date_name, internal_name
from playbook.targets.hubspot.records import RECORDS, Record
from playbook.targets.hubspot.task_text import one_line
from playbook.targets.target import Settings


@dataclass(frozen=True, slots=True)
class Flow:
    """A workflow: the name of its file, what it is called, the records that it enrolls, and its actions."""

    id: str
    name: str
    record: Record
    actions: tuple[dict[str, Any], ...]

    @property
    def type(self) -> str:
        """HubSpot keeps the workflows of contacts apart from all others."""
        return "CONTACT_FLOW" if self.record.object_type == "0-1" else "PLATFORM_FLOW"

    @property
    def graph(self) -> dict[str, Any]:
        """The actions, and which of them is the first."""
        return {
            "startActionId": "1",
            "nextAvailableActionId": str(len(self.actions) + 1),
            "actions": list(self.actions),
        }

    @property
    def body(self) -> dict[str, Any]:
        """The body that makes it, turned off and without anything that enrolls records."""
        return {
            "name": self.name,
            "type": self.type,
            "flowType": "WORKFLOW",
            "objectTypeId": self.record.object_type,
            "isEnabled": False,
            **self.graph,
            "blockedDates": [],
            "timeWindows": [],
            "suppressionListIds": [],
            "dataSources": [],
            "customProperties": {},
            "canEnrollFromSalesforce": False,
        }


def flows(template: Template, settings: Settings) -> Iterator[Flow]:
    """The workflows of a playbook, in the order of its anchors; an anchor that nothing hangs on has none."""
    hour = due_time({**settings, "time_zone": "UTC"}).at
    record, prefix = RECORDS[settings["record"]], settings["prefix"]
    taken: set[str] = set()
    for at, anchor in enumerate(template.anchors.values()):
        # What has no date hangs on nothing, and is made with what hangs on the first anchor.
        hung = [task for task in template.tasks if (task.due.anchor == anchor.id if task.due else at == 0)]
        after = [task for task in hung if not is_before(task)]
        before = [task for task in hung if is_before(task)]
        stem = _free(internal_name(template.name, anchor.id), taken)
        if after:
            made = [
                ("0-3", create_task(template, task, record, prefix) | due_after(template, task, hour))
                for task in sorted(after, key=partial(_due, template))
            ]
            name = one_line(f"{template.title}: from {anchor.title}")
            yield Flow(stem, name, record, tuple(chain(made)))
        if before and settings["before"] == "delay":
            waits = list(_waiting(template, before, date_name(prefix, anchor.id), settings))
            name = one_line(f"{template.title}: before {anchor.title}")
            yield Flow(_free(f"{stem}_before", taken), name, record, tuple(chain(waits)))


def _free(name: str, taken: set[str]) -> str:
    """A name that no other workflow has."""
    free = next(each for number in count(1) if (each := name if number == 1 else f"{name}_{number}") not in taken)
    taken.add(free)
    return free


def _due(template: Template, task: TaskTemplate) -> int:
    return whole_days_of(template, task.due).count if task.due else 0


def _waiting(
    template: Template, tasks: list[TaskTemplate], date_property: str, settings: Settings
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Wait until the work of the next tasks starts, and make them."""
    hour = due_time({**settings, "time_zone": "UTC"}).at
    times = {task.step: wake_and_due(template, task) for task in tasks}
    waited: int | None = None
    for task in sorted(tasks, key=lambda task: times[task.step]):
        wake, due = times[task.step]
        if wake != waited:
            yield "0-35", delay_until(date_property, wake, hour)
            waited = wake
        fields = create_task(template, task, RECORDS[settings["record"]], settings["prefix"])
        yield "0-3", fields | due_in(due - wake, (), hour)
