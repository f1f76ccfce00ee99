"""A template → action plans: one for each date that tasks count from, in whole days after its start."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playbook.plans.template import Offset, TaskTemplate, Template
from playbook.targets.files.offsets import business_days_of, counts_business_days, days_of

Days = Literal["working", "calendar"]
"""How an action plan counts: ``working`` is what it does when it is started with Skip Nonwork Days."""


@dataclass(frozen=True, slots=True)
class Item:
    """A task of an action plan.

    ``days`` after the start of the plan it is due; ``None`` where nothing says when. ``after`` are the steps of the
    same plan that it waits for, less those that others among them wait for already.
    """

    task: TaskTemplate
    days: int | None
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An action plan: it starts so many days ``before`` the anchor, since no item is due before the start."""

    anchor: str | None
    before: int
    items: tuple[Item, ...]


def parts_of(template: Template, days: Days = "working") -> tuple[Part, ...]:
    """The action plans of a template: the one of the start first, with the steps that have no due date."""
    anchors = [anchor.id for anchor in template.anchors.values() if anchor.start]
    anchors += [task.due.anchor for task in template.tasks if task.due]
    groups: dict[str | None, list[TaskTemplate]] = {anchor: [] for anchor in anchors}
    used = [task.due.anchor for task in template.tasks if task.due]
    first = next((anchor for anchor in groups if anchor in used), None)
    for task in template.tasks:
        groups.setdefault(task.due.anchor if task.due else first, []).append(task)
    return tuple(_part(template, anchor, tasks, days) for anchor, tasks in groups.items() if tasks)


def in_days(template: Template, offset: Offset, days: Days) -> tuple[int, bool]:
    """An offset in whole days, and whether that is exact. Parts of a day end with that day."""
    amount = (business_days_of if days == "working" else days_of)(template, offset)
    exact = counts_business_days(offset) == (days == "working")
    # Four hours after the start of a day are still that day; half a day before it is the day before.
    within = offset.unit in ("min", "h", "bh") and amount > 0
    whole = math.floor(amount) if within or amount < 0 else math.ceil(amount - 1e-9)
    weeks = offset.unit in ("w", "d") and (offset.amount * (7 if offset.unit == "w" else 1)) % 7 == 0
    return whole, whole == amount and (exact or weeks or amount == 0)


def _part(template: Template, anchor: str | None, tasks: list[TaskTemplate], days: Days) -> Part:
    steps = {task.step: task for task in tasks}
    due = {task.step: in_days(template, task.due, days)[0] for task in tasks if task.due}
    before = max(0, *(-each for each in due.values())) if due else 0
    items = (
        Item(
            task,
            due[task.step] + before if task.step in due else None,
            tuple(_waits_for(task, steps)),
        )
        for task in tasks
    )
    return Part(anchor, before, tuple(items))


def _waits_for(task: TaskTemplate, steps: dict[str, TaskTemplate]) -> Iterator[str]:
    direct = [step for step in task.after if step in steps]
    for step in direct:
        if not any(other != step and step in _ahead(other, steps, {task.step}) for other in direct):
            yield step


def _ahead(step: str, steps: dict[str, TaskTemplate], without: set[str]) -> set[str]:
    """All steps that come before a step, not looking past those that are left out."""
    seen: set[str] = set()
    left = [step]
    while left:
        for each in steps[left.pop()].after:
            if each in steps and each not in seen and each not in without:
                seen.add(each)
                left.append(each)
    return seen
