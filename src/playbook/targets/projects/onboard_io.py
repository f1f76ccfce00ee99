"""``onboard-io``: the CSV of tasks that Onboard.io imports, with sections and due dates relative to the map.

Source: "Technical Specifications Guide for Importing Tasks into Onboard" (learn.onboard.io), read as far as the
units of the estimated time; it names no column for the task that a due date depends on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playbook.plans.template import Template
from playbook.targets.files.rows import Row, Sheet
from playbook.targets.files.short_text import one_line, shortened
from playbook.targets.projects.account_files import template_sheet
from playbook.targets.projects.carried import IN_WORDS, long_names
from playbook.targets.projects.customer_text import shared_text
from playbook.targets.projects.onboard_io_days import anchors_of, due_of, estimate_of
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, template_work
from playbook.targets.success.rich_text import as_html
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

NAME_LENGTH = 200
_GUIDE = "learn.onboard.io/technical-spec-guide-importing-tasks"

_INTERNAL = "; of tasks that customers see only with shared=all"
_IN_WORDS = {
    feature: replace(carried, how=f"{carried.how.partition(';')[0]}{_INTERNAL}")
    if carried.extent == "part" and feature != "checklists"
    else carried
    for feature, carried in IN_WORDS.items()
}

TARGET = Target(
    name="onboard-io",
    title="Onboard.io, CSV import",
    tool="Onboard.io",
    what="The tasks of a map or template: sections, internal and optional tasks, relative due dates.",
    form="CSV",
    group="Project tools",
    modes=("template",),
    carries={
        **_IN_WORDS,
        "raci": part(f"named in the description{_INTERNAL}"),
        "stages": part("as a section, in the order in which the stages begin"),
        "offsets": part("counted from the creation of the map or from its target launch date; else in words"),
        "business_days": part("turned into calendar days (5 of them are 7), unless count=working is set"),
        "start_dates": part(f"in words in the description{_INTERNAL}"),
        "durations": part("as estimated time, by the upper end of what is written"),
        "roles": part(f"in words in the description, the import assigns nobody{_INTERNAL}"),
        "people": none("the import assigns nobody"),
        "dependencies": part(f"as a due date after the task above; else in words{_INTERNAL}"),
        "lags": part("as the days after the task above, where it counts from that"),
        "milestones": none("a map has tasks only"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "In Onboard.io open the map or template, choose to import tasks, and upload the file.",
        "Look at the due dates: they count from the creation of the map, and from its target launch date.",
        "Assign the tasks: the line 'Responsible' of a description names the role.",
        "Import a file once only: what a second import does with tasks that are there is not documented.",
    ),
    limits=(Limit("name of a task", NAME_LENGTH, "characters", "documented", _GUIDE),),
    evidence=(
        Evidence(
            "names of the columns, TRUE and FALSE, types of due dates, HTML in descriptions", "documented", _GUIDE
        ),
        Evidence(
            "due_date_days and estimated_time are positive numbers; minutes, hours, days", "documented", _GUIDE
        ),
        Evidence("a section row has the tasks below it", "documented", _GUIDE),
        Evidence("whether days are calendar days or working days", "recalled", "no source"),
        Evidence("the task of days_after_specific_task_completed: no column is named", "documented", _GUIDE),
    ),
    options=(
        Option("launch", "id of the date that is the target launch date, or none; else the first that is planned"),
        Option("shared", "what tasks that customers see hold: the text alone, or all", "text", ("text", "all")),
        Option("count", "whether Onboard.io counts calendar or working days", "calendar", ("calendar", "working")),
    ),
    keys={"template": "last line of description"},
)

SHEET = Sheet(
    "onboard-io",
    (
        "name",
        "description",
        "is_internal",
        "is_optional",
        "is_section",
        "due_date_enabled",
        "due_date_type",
        "due_date_days",
        "estimated_time",
        "estimated_time_unit",
    ),
    rows=lambda _: (),
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """One file: a row for each stage, and below it one for each of its tasks."""
    yield from template_sheet(SHEET, template, _rows(template, settings))


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Long names; due dates that count from something else, or that must be a day off."""
    yield from long_names(template, NAME_LENGTH, "Onboard.io")
    known = anchors_of(template, settings)
    others: dict[str, list[str]] = {}
    moved = []
    for task in template.tasks:
        if task.due and task.due.stated and task.due.anchor not in known:
            others.setdefault(task.due.anchor, []).append(task.step)
        elif task.due and task.due.stated and not task.due.amount:
            moved.append(task.step)
    for anchor, steps in others.items():
        what = f"due dates counted from {template.anchors[anchor].title}"
        yield Loss(
            what, "a map knows its creation and its target launch date only; in words", tuple(steps), part=True
        )
    if moved:
        why = "Onboard.io takes no 0 days; they are due 1 day after the creation of the map or before its launch"
        yield Loss("due dates on the day itself", why, tuple(moved), part=True)


def _rows(template: Template, settings: Settings) -> Iterator[Row]:
    works = template_work(template)
    names = {work.key: work.name for work in works}
    by_stage: dict[str, list[Work]] = {}
    for work in works:
        by_stage.setdefault(work.task.stage if work.task else "", []).append(work)
    for stage, listed in by_stage.items():
        yield _section(template.stages[stage].goal, listed, settings)
        above = None
        for work in listed:
            yield _row(template, work, [names[key] for key in work.after], above, settings)
            above = work


def _section(goal: str, works: list[Work], settings: Settings) -> Row:
    """A section; the goal of a stage is for the team, so it stands where customers do not see it."""
    internal = all(work.task and work.task.is_internal for work in works)
    told = as_html(goal) if internal or settings["shared"] == "all" else ""
    name = shortened(works[0].stage, NAME_LENGTH)
    return (name, told, _flag(internal), "FALSE", "TRUE", "FALSE", "", None, None, "")


def _row(template: Template, work: Work, after: list[str], above: Work | None, settings: Settings) -> Row:
    task, due = work.task, due_of(template, work, above, settings)
    amount, unit = estimate_of(task.takes, task.work) if task else (None, "")
    return (
        shortened(one_line(work.name), NAME_LENGTH),
        as_html(_text(template, work, after, settings)),
        _flag(bool(task and task.is_internal)),
        _flag(bool(task and task.need != "required")),
        "FALSE",
        _flag(due is not None),
        due.type if due else "",
        due.days if due else None,
        amount,
        unit,
    )


def _text(template: Template, work: Work, after: list[str], settings: Settings) -> str:
    """All that is known of a task; of one that customers see, what is theirs to read."""
    if settings["shared"] == "all" or (work.task and work.task.is_internal):
        return description(template, work, after=after)
    return "\n\n".join(filter(None, (shared_text(work), f"Key: {work.key}")))


def _flag(value: bool) -> str:
    return "TRUE" if value else "FALSE"
