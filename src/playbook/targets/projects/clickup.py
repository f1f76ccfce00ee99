"""``clickup``: the spreadsheet that ClickUp imports: a list for each account, a task for each step.

Source: "Prepare a spreadsheet for import" (help.clickup.com, article 6310821748759).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.notes import checklist_line
from playbook.targets.files.rows import Row, Sheet, sheet_files
from playbook.targets.projects.account_files import template_sheet
from playbook.targets.projects.carried import IN_WORDS, NO_DATES, guests
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, names_in, plan_work, template_work
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Settings, Target, none, part

MOST_ROWS = 10_000
BETWEEN = "|"
_HELP = "help.clickup.com, article 6310821748759"

TARGET = Target(
    name="clickup",
    title="ClickUp, spreadsheet import",
    tool="ClickUp",
    what="A list for each account, or one to save as a list template, with a task for each step.",
    form="CSV",
    group="Project tools",
    modes=("template", "plan"),
    carries={
        **IN_WORDS,
        **NO_DATES,
        "stages": part("as a custom field"),
        "dependencies": part("in words in the description; the import has no relationships"),
        "lags": none("the import has no relationships"),
        "checklists": part("as one checklist without levels"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "In ClickUp: Settings, Imports / Exports, Spreadsheet; only owners and admins can, and only in a browser.",
        "Choose | as the separator of several values.",
        "Map List to the list, Checklist to a checklist, Stage and Playbook key to custom fields of text.",
        "Import a file once only: each import makes all tasks anew.",
    ),
    limits=(Limit("tasks in a file", MOST_ROWS, "rows", "documented", _HELP),),
    evidence=(
        Evidence("a header with unique names, one task a row, only Task Name is needed", "documented", _HELP),
        Evidence("a column that names the list of each task", "documented", f"{_HELP}, in an older version"),
        Evidence("several assignees or lines of a checklist in a cell, with | between them", "documented", _HELP),
        Evidence("assignees as e-mail addresses, descriptions as plain text", "reported", "manual.dxable.com"),
        Evidence(
            "an import never changes tasks that are there", "reported", "importcsv.com/blog/clickup-csv-import"
        ),
        Evidence("dates as 2026-12-01", "recalled", "look at the dates before you start the import"),
    ),
    keys={"template": "column Playbook key", "plan": "column Playbook key"},
)

COLUMNS = (
    "Task Name",
    "Description",
    "List",
    "Stage",
    "Assignees",
    "Start Date",
    "Due Date",
    "Checklist",
    "Account",
    "Playbook key",
)

SHEET = Sheet(
    "clickup",
    COLUMNS,
    rows=lambda plan: _rows(plan.template, plan_work(plan), _list_of(plan), plan.account.id),
    most_rows=MOST_ROWS,
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The tasks without dates and people."""
    del settings
    rows = _rows(template, template_work(template), template.title, "")
    yield from template_sheet(SHEET, template, rows)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Files with the tasks of all accounts, each in its own list."""
    del settings
    yield from sheet_files(SHEET, plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Lines of checklists with the character that separates them."""
    del settings
    yield from guests(template, "ClickUp")
    where = tuple(
        task.step for task in template.tasks if any(BETWEEN in checklist_line(line) for line in task.checklist)
    )
    if where:
        yield Loss("| in checklists", "it separates the lines; a slash stands there", where, part=True)


def _list_of(plan: Plan) -> str:
    return f"{plan.account.name}: {plan.template.title}"


def _rows(template: Template, works: tuple[Work, ...], list_: str, account: str) -> Iterator[Row]:
    called = names_in(template, works)
    for work in works:
        after = map(called, work.after)
        yield (
            work.name,
            description(template, work, checklist=False, after=after),
            list_,
            work.stage,
            work.address,
            work.starts,
            work.due,
            BETWEEN.join(_lines(work)),
            account,
            work.key,
        )


def _lines(work: Work) -> Iterator[str]:
    for line in work.task.checklist if work.task else ():
        # The separator has to stand without spaces around it.
        yield checklist_line(line).replace(BETWEEN, "/")
