"""What goes into the fields of the screens of customer success platforms, for their build sheets."""

from __future__ import annotations

from collections import Counter
from math import ceil

from playbook.plans.template import Offset, Template
from playbook.shapes.table import Cell
from playbook.targets.files.build_sheet import Line
from playbook.targets.files.offsets import (
    business_days_of,
    days_of,
    due_in_words,
    offset_in_words,
    start_anchor,
    whole,
)


def name(line: Line) -> Cell:
    """The title of the step."""
    return line.task.title


def owner_role(line: Line) -> Cell:
    """The role that the step is assigned to."""
    return line.template.role_title(line.task.owner)


def due_days(line: Line) -> Cell:
    """Days from the start of the template; another date that they count from is named."""
    return _told(line, line.task.due)


def start_days(line: Line) -> Cell:
    """Days until it can start, from the start of the template; another date is named."""
    return _told(line, line.task.start)


def days_in_group(line: Line) -> Cell:
    """Days from the begin of the stage, where the step counts from the same date as the stage; else empty."""
    due = line.task.due
    begins = stage_begins(line.template, line.task.stage)
    if due is None or begins is None or due.anchor != begins.anchor:
        return "by hand" if due else ""
    return max(0, whole(_days(line, due) - _days(line, begins)))


def duration_days(line: Line) -> Cell:
    """Days from the start to the due date, where both count from the same date; else how long the work takes."""
    start, due = line.task.start, line.task.due
    if start is not None and due is not None and start.anchor == due.anchor:
        begin, end = _counted(line, start), _counted(line, due)
        return max(1, end - begin)
    if line.task.work is None:
        return 1
    days = line.task.work if line.count == "working" else line.task.work * 7 / line.template.working_days
    return max(1, ceil(round(days, 6)))


def due_words(line: Line) -> Cell:
    """When it is due, in English."""
    return due_in_words(line.template, line.task)


def depends_on(line: Line) -> Cell:
    """The numbers of the steps right ahead."""
    return ", ".join(str(line.template.task(step).position) for step in line.task.after)


def condition(line: Line) -> Cell:
    """Under which condition it is done at all."""
    return line.task.condition


def required(line: Line) -> Cell:
    """Whether it has to be done."""
    return "Yes" if line.task.need == "required" else "No"


def channel(line: Line) -> Cell:
    """How it reaches people."""
    return (line.task.touch or "").replace("_", " ")


def stage_begins(template: Template, stage: str) -> Offset | None:
    """When the first step of a stage can start; ``None`` where its steps have no times.

    Steps that count from different dates cannot be compared: those of the date that most of them count from do.
    """
    starts = [task.start for task in template.of_stage(stage) if task.start is not None]
    counts = Counter(start.anchor for start in starts)
    of_most = [start for start in starts if counts[start.anchor] == max(counts.values())]
    comparable = [start for start in of_most if start.anchor == of_most[0].anchor]
    return min(comparable, key=lambda start: days_of(template, start), default=None)


def begins_words(template: Template, stage: str, before: str) -> str:
    """When a stage begins if all goes as planned, in English: days within the stage are counted from it."""
    del before
    return offset_in_words(template, stage_begins(template, stage))


def trigger(template: Template) -> str:
    """What the template is started by."""
    start = start_anchor(template)
    return template.anchors[start].title if start else "by hand"


def _told(line: Line, offset: Offset | None) -> Cell:
    if offset is None:
        return ""
    days = _counted(line, offset)
    if offset.anchor == start_anchor(line.template):
        return days
    return f"{days} from {line.template.anchors[offset.anchor].title}"


def _counted(line: Line, offset: Offset) -> int:
    return whole(_days(line, offset))


def _days(line: Line, offset: Offset) -> float:
    return (days_of if line.count == "calendar" else business_days_of)(line.template, offset)
