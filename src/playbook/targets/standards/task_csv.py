"""``task-csv``: a plain table of tasks for spreadsheets and for import maps of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan, PlannedTask
from playbook.plans.template import TaskTemplate, Template
from playbook.targets.files.notes import checklist_line, facts
from playbook.targets.files.rows import Row, Sheet, sheet_files
from playbook.targets.target import FULL, Evidence, File, Settings, Target, part

TARGET = Target(
    name="task-csv",
    title="Tasks as CSV",
    tool="any tool",
    what="A plain table of tasks, for spreadsheets and for import maps of one's own.",
    form="CSV",
    group="Standards",
    modes=("template", "plan"),
    carries={
        "stages": FULL,
        "offsets": FULL,
        "business_days": FULL,
        "start_dates": FULL,
        "durations": FULL,
        "roles": FULL,
        "people": FULL,
        "raci": FULL,
        "dependencies": FULL,
        "conditions": part("in words"),
        "checklists": part("in one cell, a line each"),
        "descriptions": FULL,
        "means": FULL,
        "custom_fields": part("as the names of the fields that a step fills"),
        "approvals": part("in words"),
        "slas": part("in words"),
        "variants": FULL,
        "for_each": part("in words; in a plan, a row for each"),
        "repeats": part("in words; in a plan, a row for each occurrence up to the horizon"),
        "keys": FULL,
    },
    updates=True,
    how=("Open it in a spreadsheet, or map its columns in the import of your tool.",),
    evidence=(
        Evidence("RFC 4180, UTF-8, dates as 2026-12-01", "proven", "read back by Python's csv module in the tests"),
    ),
    keys={"template": "column Key", "plan": "column Key"},
)

_TASK = ("Key", "Stage", "Task", "Accountable", "Responsible", "Consulted", "Informed")
_MORE = (
    *("After", "Only if", "Need", "Touch", "System", "Checklist", "Description"),
    *("Uses", "Fills", "Produces", "Automation", "Approval by", "Promised", "For each of", "Again"),
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """One row a task, with its offset."""
    del settings
    columns = (*_TASK, "Anchor", "Starts", "Due", "Unit", "Working days", *_MORE)
    sheet = Sheet(f"{template.name}.tasks", columns, rows=_rows)
    rows = (_template_row(template, task) for task in template.tasks)
    yield File(f"{sheet.name}.csv", sheet.head + sheet.written(rows))


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """One row a task of an account, with its dates."""
    yield from sheet_files(sheet(settings), plans)


def sheet(settings: Settings) -> Sheet:
    """All that is written of plans."""
    del settings
    return SHEET


def _rows(plan: Plan) -> Iterator[Row]:
    return (_planned_row(plan.template, planned) for planned in plan.tasks)


SHEET = Sheet(
    "tasks",
    ("Account id", "Account", *_TASK, "Assigned to", "Starts", "Due", *_MORE),
    rows=_rows,
    fast=True,
)


def _template_row(template: Template, task: TaskTemplate) -> Row:
    due, start = task.due, task.start
    told = due or start
    anchor = told.anchor if told else None
    return (
        task.key,
        *_what(template, task, task.title),
        template.anchors[anchor].title if anchor else "",
        start.amount if start and start.anchor == anchor else None,
        due.amount if due else None,
        due.unit if due else "",
        task.work,
        *_more(template, task, "; ".join(f"{template.id}/{step}" for step in task.after)),
    )


def _planned_row(template: Template, planned: PlannedTask) -> Row:
    task = planned.task
    return (
        planned.account.id,
        planned.account.name,
        planned.key,
        *_what(template, task, planned.title),
        (planned.owner.email or planned.owner.name) if planned.owner else "",
        planned.starts,
        planned.due,
        *_more(template, task, "; ".join(planned.after)),
    )


def _what(template: Template, task: TaskTemplate, title: str) -> Row:
    letters = ("; ".join(template.role_title(role) for role in task.letters.get(letter, ())) for letter in "ARCI")  # type: ignore[call-overload]
    return (template.stages[task.stage].title, title, *letters)


def _more(template: Template, task: TaskTemplate, after: str) -> Row:
    known = facts(template, task)
    checklist = "\n".join(f"{'– ' * line.depth}{checklist_line(line)}" for line in task.checklist)
    return (
        *(after, task.condition, task.need, task.touch or "", known["Done in"], checklist, task.description),
        *(known[name] for name in ("Uses", "Fills", "Produces")),
        task.automation,
        *(known[name] for name in ("Needs approval by", "Promised", "For each of", "Again")),
    )
