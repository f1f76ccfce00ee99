"""``guidecx``: a build sheet for a phase template of GUIDEcx.

No file and no call that writes templates was found. GUIDEcx's Open API 3.0 creates projects from templates; what
others send to it (Autohive-AI/autohive-integrations) has projects, phases, milestones, tasks and dependencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playbook.plans.template import Template
from playbook.shapes.table import Cell
from playbook.targets.files.build_sheet import COUNT, BuildSheet, Field, Line, build_sheet_files
from playbook.targets.success import fields
from playbook.targets.success.carried import KEY, SHEET
from playbook.targets.target import Evidence, File, Loss, Settings, Target, none, part

_SIDES = {"customer": "Customer", "partner": "Third party"}

TARGET = Target(
    name="guidecx",
    title="GUIDEcx phase template (build sheet)",
    tool="GUIDEcx",
    what="What an administrator types in to build the phase template: stages as milestones, steps as tasks.",
    form="XLSX and Markdown",
    group="Project tools",
    modes=("template",),
    carries={
        **SHEET,
        "offsets": part("in words: dates follow from durations and dependencies, not from a number of days"),
        "business_days": part("a duration counts in business days, unless count=calendar is set"),
        "start_dates": none("a task starts when what it depends on is done"),
        "durations": part("in whole days, at least 1"),
        "roles": part("as the responsibility of a side; the role itself is in the description"),
        "people": none("a template names no people"),
        "dependencies": part("as the numbers of the steps ahead, to be set by hand"),
        "lags": none("a task starts as soon as what it depends on is done"),
        "checklists": part("as sub-tasks, listed in the sheet"),
        "variants": part("as a phase template of its own"),
    },
    updates=False,
    how=(
        "Create what the first lists name: roles and custom fields.",
        "Open the Template Library and make a phase template; add a milestone for each stage.",
        "Add the tasks below it: name, instructions, duration, responsibility.",
        "Copy the instructions of each: the last line is the key. GUIDEcx sends them to the assignee, so leave "
        "out of a customer's task what is for your team alone.",
        "Set the dependencies last, by the numbers of the sheet.",
    ),
    evidence=(
        Evidence(
            "project, phase, milestone, task, sub-task; phase templates in the Template Library",
            "documented",
            "help.guidecx.com: Template Library (GUIDE 2.0)",
        ),
        Evidence(
            "dependencies and durations of templates decide the dates",
            "documented",
            "help.guidecx.com: Dependencies & Durations in GUIDEcx 2.0",
        ),
        Evidence("a duration is in business days", "documented", "help.guidecx.com: Guide - User Overview"),
        Evidence(
            "a task has instructions, a duration and a responsibility: internal, customer or third party",
            "documented",
            "help.guidecx.com: Create a Task",
        ),
        Evidence(
            "API version 3 makes phases, milestones, tasks and dependencies of projects, of templates none",
            "reported",
            "Autohive-AI/autohive-integrations, guidecx",
        ),
        Evidence("no file of templates is imported", "recalled", "no source: nothing was found"),
    ),
    options=(replace(COUNT, default="working"),),
    keys=KEY,
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The sheet as a workbook and as Markdown."""
    return build_sheet_files(TARGET, _SHEET, template, settings)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Dates that count back from a planned day, and sides that GUIDEcx does not know."""
    del settings
    back = tuple(task.step for task in template.tasks if task.due and task.due.stated and task.due.amount < 0)
    if back:
        why = (
            "GUIDEcx counts forward from the start of a project; see whether the end that it tells is early enough"
        )
        yield Loss("due dates before a planned day", why, back, part=True)
    joint = tuple(task.step for task in template.tasks if task.party == "joint")
    if joint:
        yield Loss(
            "steps of both sides", "a task is of one side; these are of the side that owns them", joint, part=True
        )


def _settings(template: Template) -> tuple[tuple[str, str], ...]:
    return (("Name", template.title), ("Used when", fields.trigger(template)))


def _responsibility(line: Line) -> Cell:
    """The side that does it, as GUIDEcx names it: of a joint step the owner's; what a system does is internal."""
    party, owner = line.task.party, line.task.owner
    if party == "joint" and owner:
        party = line.template.roles[owner].party
    return _SIDES.get(party, "Internal")


def _sub_tasks(line: Line) -> Cell:
    return len(line.task.checklist) or ""


_SHEET = BuildSheet(
    made="phase template",
    group="Milestone",
    steps="Tasks",
    settings=_settings,
    fields=(
        Field("Task", fields.name),
        Field("Responsibility", _responsibility),
        Field("Role", fields.owner_role),
        Field("Duration (days)", fields.duration_days, "right"),
        Field("Depends on no.", fields.depends_on),
        Field("Sub-tasks", _sub_tasks, "right"),
        Field("Only if", fields.condition),
        Field("In the playbook", fields.due_words),
    ),
    text="Instructions",
)
