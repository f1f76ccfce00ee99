"""The plan of an account as a project: every task at its dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import get_args

from playbook.language.calendar import Weekday
from playbook.plans.keys import key_part
from playbook.plans.plan import Plan, PlannedTask
from playbook.plans.template import MilestoneTemplate, StageTemplate
from playbook.targets.files.notes import planned_notes
from playbook.targets.files.xml_text import Element
from playbook.targets.standards.project_outline import Entry, Place, places, rows
from playbook.targets.standards.project_parts import Link, Row, own_fields, project
from playbook.targets.standards.project_resources import Resources

_DAY = timedelta(days=1)


def planned_project(plan: Plan, *, linked: bool) -> Element:
    """The file of an account. ``linked`` tasks follow what is ahead of them; others are kept at their dates."""
    key = f"{plan.template.id}/{key_part(plan.account.id)}"
    days = [day for task in plan.tasks for day in (task.starts, task.due) if day]
    start = min(days or plan.anchors.values(), default=None)
    written = _Project(plan, Resources(key), linked)
    tasks = written.tasks()
    return project(
        plan.template, key, f"{plan.template.title}: {plan.account.name}", start, tasks, written.resources
    )


class _Project:
    def __init__(self, plan: Plan, resources: Resources, linked: bool) -> None:
        self.resources = resources
        self._plan = plan
        self._linked = linked
        self._account = key_part(plan.account.id)
        self._works = [day in plan.template.week for day in get_args(Weekday)]
        self._by_key = {task.key: task for task in plan.tasks}
        self._places: dict[str, Place] = {}

    def tasks(self) -> list[Row]:
        """The stages with their tasks and milestones below them, then the milestones of no stage."""
        entries = [*self._stages(), *self._milestones(None)]
        self._places = places(entries)
        return list(rows(entries, self._places))

    def _stages(self) -> Iterator[Entry]:
        for stage in self._plan.template.stages.values():
            tasks = tuple(self._plan.of_stage(stage.id))
            below = (
                *(Entry(task.key, partial(self._task, task)) for task in tasks),
                *self._milestones(stage.id),
            )
            if below:
                yield Entry(self._key(stage.id, "stage"), partial(self._stage, stage, tasks), below)

    def _milestones(self, stage: str | None) -> Iterator[Entry]:
        for each in self._plan.template.milestones:
            of = each.stage if each.stage in self._plan.template.stages else None
            if of == stage and each.id in self._plan.milestones:
                yield Entry(self._key(each.id, "milestone"), partial(self._milestone, each))

    def _key(self, id_: str, kind: str = "") -> str:
        """A key that tells a stage and a milestone from a step of the same id."""
        return f"{self._plan.template.id}/{id_}/{self._account}{f'#{kind}' if kind else ''}"

    def _stage(self, stage: StageTemplate, tasks: tuple[PlannedTask, ...], place: Place) -> Row:
        days = [day for task in tasks for day in (task.starts, task.due) if day]
        days += [
            self._plan.milestones[each.id]
            for each in self._plan.template.milestones
            if each.stage == stage.id and each.id in self._plan.milestones
        ]
        return Row(
            *(place.uid, self._key(stage.id, "stage"), stage.title, place.level, place.outline),
            starts=min(days, default=None),
            ends=max(days, default=None),
            summary=True,
            notes=stage.goal,
            fields=(("Key", self._key(stage.id)),),
        )

    def _milestone(self, milestone: MilestoneTemplate, place: Place) -> Row:
        day = self._plan.milestones[milestone.id]
        return Row(
            *(place.uid, self._key(milestone.id, "milestone"), milestone.title, place.level, place.outline),
            starts=day,
            ends=day,
            deadline=day,
            not_before=day,
            milestone=True,
            fields=(("Key", self._key(milestone.id)),),
        )

    def _task(self, planned: PlannedTask, place: Place) -> Row:
        template = self._plan.template
        self._assign(planned, place.uid)
        starts, ends = planned.starts or planned.due, planned.due or planned.starts
        if starts and ends:
            starts = min(starts, ends)
        links = tuple(self._link(planned, key) for key in planned.after if key in self._places)
        return Row(
            *(place.uid, planned.key, planned.title, place.level, place.outline),
            days=max(1, self._worked(starts, ends)) if starts and ends else planned.task.work or 1,
            starts=starts,
            ends=ends,
            deadline=planned.due,
            not_before=None if self._linked and links else starts,
            notes=planned_notes(template, planned),
            fields=own_fields(template, planned.task, planned.key),
            links=links,
        )

    def _assign(self, planned: PlannedTask, uid: int) -> None:
        if planned.owner:
            self.resources.assign(uid, planned.owner.name, planned.owner.email or "")
        elif planned.task.owner:
            self.resources.assign(uid, self._plan.template.role_title(planned.task.owner), role=True)

    def _link(self, planned: PlannedTask, key: str) -> Link:
        """What lies between the two in working days is a lag where dates are linked; an overlap always is one,
        since Project would move the later task."""
        earlier, uid = self._by_key[key], self._places[key].uid
        if planned.starts is None or earlier.due is None:
            return Link(uid)
        if planned.starts <= earlier.due:
            return Link(uid, -self._worked(planned.starts, earlier.due))
        return Link(uid, self._worked(earlier.due + _DAY, planned.starts - _DAY) if self._linked else 0)

    def _worked(self, first: date, last: date) -> int:
        """The days of the file's week from one day to another, both counted."""
        weeks, rest = divmod(max(0, (last - first).days + 1), 7)
        return weeks * sum(self._works) + sum(self._works[(first.weekday() + day) % 7] for day in range(rest))
