"""A template as a project without dates: a task for each anchor, and links that count from it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from playbook.plans.template import AnchorTemplate, MilestoneTemplate, Offset, StageTemplate, TaskTemplate, Template
from playbook.targets.files.notes import template_notes
from playbook.targets.files.xml_text import Element
from playbook.targets.standards.project_outline import Entry, Place, places, rows
from playbook.targets.standards.project_parts import (
    FINISH_TO_FINISH,
    START_TO_START,
    Link,
    Row,
    own_fields,
    project,
)
from playbook.targets.standards.project_resources import Resources


def template_project(template: Template) -> Element:
    """The file of a template."""
    written = _Project(template)
    return project(template, template.name, template.title, None, written.tasks(), written.resources)


class _Project:
    def __init__(self, template: Template) -> None:
        self.resources = Resources(template.name)
        self._template = template
        self._places: dict[str, Place] = {}

    def tasks(self) -> list[Row]:
        """The anchors, then the stages with their tasks and milestones, then the milestones of no stage."""
        entries = [*self._anchors(), *self._stages(), *self._milestones(None)]
        self._places = places(entries)
        return list(rows(entries, self._places))

    def _anchors(self) -> Iterator[Entry]:
        anchors = self._template.anchors.values()
        if anchors:
            below = tuple(Entry(self._key(each.id, "anchor"), partial(self._anchor, each)) for each in anchors)
            yield Entry(self._key("", "anchors"), self._head, below)

    def _stages(self) -> Iterator[Entry]:
        for stage in self._template.stages.values():
            below = (
                *(Entry(task.key, partial(self._task, task)) for task in self._template.of_stage(stage.id)),
                *self._milestones(stage.id),
            )
            if below:
                yield Entry(self._key(stage.id, "stage"), partial(self._stage, stage), below)

    def _milestones(self, stage: str | None) -> Iterator[Entry]:
        for each in self._template.milestones:
            of = each.stage if each.stage in self._template.stages else None
            if of == stage and each.due is not None:
                yield Entry(self._key(each.id, "milestone"), partial(self._milestone, each))

    def _key(self, id_: str, kind: str) -> str:
        """A key that tells a stage, a milestone and an anchor from a step of the same id."""
        return f"{self._template.id}/{id_}#{kind}"

    def _guid_key(self, key: str) -> str:
        """Variants are projects of their own."""
        return f"{key}#{self._template.variant}" if self._template.variant else key

    def _head(self, place: Place) -> Row:
        key = self._guid_key(self._key("", "anchors"))
        return Row(place.uid, key, "Dates to set", place.level, place.outline, summary=True)

    def _anchor(self, anchor: AnchorTemplate, place: Place) -> Row:
        """A milestone that takes its day, so that what is due at the end of a day counts from the end of one."""
        key = self._guid_key(self._key(anchor.id, "anchor"))
        return Row(
            *(place.uid, key, anchor.title, place.level, place.outline),
            days=1,
            milestone=True,
            fields=(("Key", f"{self._template.id}/{anchor.id}"),),
        )

    def _stage(self, stage: StageTemplate, place: Place) -> Row:
        key = self._guid_key(self._key(stage.id, "stage"))
        return Row(
            *(place.uid, key, stage.title, place.level, place.outline),
            summary=True,
            notes=stage.goal,
            fields=(("Key", f"{self._template.id}/{stage.id}"),),
        )

    def _milestone(self, milestone: MilestoneTemplate, place: Place) -> Row:
        key = self._guid_key(self._key(milestone.id, "milestone"))
        return Row(
            *(place.uid, key, milestone.title, place.level, place.outline),
            milestone=True,
            fields=(("Key", milestone.key),),
            links=(self._until(milestone.due),) if milestone.due else (),
        )

    def _task(self, task: TaskTemplate, place: Place) -> Row:
        template = self._template
        if task.owner:
            self.resources.assign(place.uid, template.role_title(task.owner), role=True)
        return Row(
            *(place.uid, self._guid_key(task.key), task.title, place.level, place.outline),
            days=task.work if task.work is not None else 1,
            notes=template_notes(template, task),
            fields=own_fields(template, task, task.key),
            links=tuple(self._links(task)),
        )

    def _links(self, task: TaskTemplate) -> Iterator[Link]:
        """To the anchor where a time is stated, or where nothing else says when it can start."""
        ahead = [self._template.task(step).key for step in task.after]
        if task.due is not None and task.due.stated:
            yield self._until(task.due)
        elif task.start is not None and not ahead:
            anchor = self._places[self._key(task.start.anchor, "anchor")].uid
            yield Link(anchor, task.start.amount, task.start.unit, START_TO_START)
        yield from (Link(self._places[key].uid) for key in ahead if key in self._places)

    def _until(self, due: Offset) -> Link:
        return Link(self._places[self._key(due.anchor, "anchor")].uid, due.amount, due.unit, FINISH_TO_FINISH)
