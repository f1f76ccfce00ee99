"""What a task of HubSpot says: its notes as HTML, its type and its priority."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from playbook.plans.plan import PlannedTask
from playbook.plans.template import TaskTemplate, Template
from playbook.targets.files.notes import planned_notes, template_notes
from playbook.targets.files.short_text import in_one_line
from playbook.targets.target import Evidence, Limit, Loss

MOST_NOTES = 65_536

NOTES_LIMIT = Limit(
    "notes of a task", MOST_NOTES, "characters", "recalled", "HubSpot's guide to notes, from memory; tasks untold"
)

NOTES_EVIDENCE = Evidence(
    "The notes of a task are HTML",
    "reported",
    "public scripts that write hs_task_body and the body of the workflow action with <p> and <br>",
)

TASK_VALUES = Evidence(
    "Values of a task: type CALL, EMAIL or TODO; priority LOW, MEDIUM or HIGH; status NOT_STARTED",
    "documented",
    "developers.hubspot.com, guide to the tasks API",
)

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

_TYPES = {"call": "CALL", "email": "EMAIL"}


def one_line(text: str) -> str:
    """A text as a subject or a label: on one line, without control characters."""
    return _CONTROLS.sub("\ufffd", in_one_line(text))


def task_type(task: TaskTemplate) -> str:
    """The kind of task that HubSpot has for how people are reached."""
    return _TYPES.get(task.touch or "", "TODO")


def priority(task: TaskTemplate) -> str:
    """``HIGH`` on the critical path, ``MEDIUM`` for what is required, else ``LOW``."""
    if task.need != "required":
        return "LOW"
    return "HIGH" if task.critical else "MEDIUM"


def template_body(template: Template, task: TaskTemplate) -> str:
    """The notes of a task without dates and people."""
    return _html(_template_text(template, task))


def planned_body(template: Template, planned: PlannedTask, before: str = "") -> str:
    """The notes of a task of an account; ``before`` are lines that stand above all others."""
    stage = template.stages[planned.task.stage].title
    return _html(f"{before}Stage: {stage}\n{planned_notes(template, planned)}")


def shortened(template: Template) -> Iterator[Loss]:
    """The loss of the notes that are too long, if there are any."""
    where = tuple(task.step for task in template.tasks if len(_lines(_template_text(template, task))) > MOST_NOTES)
    if where:
        why = f"the notes of a task are cut to {MOST_NOTES:,} characters"
        yield Loss("the end of long notes", why, where, part=True)


def _template_text(template: Template, task: TaskTemplate) -> str:
    return f"Stage: {template.stages[task.stage].title}\n{template_notes(template, task)}"


def _html(text: str) -> str:
    """Lines as HTML; what is too long is cut before its last line, which holds the key."""
    written = _lines(text)
    if len(written) <= MOST_NOTES:
        return written
    head, _, key = text.rpartition("\n")
    # A character becomes six at most (&quot;, &nbsp;), a line end four.
    return _lines(f"{head[: MOST_NOTES // 6 - len(key) - 2]}…\n{key}")


def _lines(text: str) -> str:
    return "<br>".join(map(_indented, text.splitlines()))


def _indented(line: str) -> str:
    text = line.lstrip(" ")
    return "&nbsp;" * (len(line) - len(text)) + escape(_CONTROLS.sub("\ufffd", text))
