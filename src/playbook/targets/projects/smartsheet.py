"""``smartsheet``: a project sheet for Smartsheet, with durations and predecessors by row number.

Sources: "Enable Dependencies and Use Predecessors" (help.smartsheet.com, article 765727) for what a project sheet
computes; "Limitations" and "Import sheet" of developers.smartsheet.com for limits, and for what an import ignores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.rows import Row, Sheet
from playbook.targets.files.short_text import shortened
from playbook.targets.projects.account_files import account_sheets, template_sheet
from playbook.targets.projects.carried import IN_WORDS, NO_DATES, circles, guests, long_names, long_texts, too_many
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, links, plan_work, template_work, unlinked
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, part

CELL_LENGTH = 4_000
MOST_CELLS = 500_000
_LIMITS = "developers.smartsheet.com, Limitations"
_IMPORT = "developers.smartsheet.com, Import sheet"
_PROJECT = "help.smartsheet.com, article 765727"
_WEEKEND = 5

TARGET = Target(
    name="smartsheet",
    title="Smartsheet, project sheet",
    tool="Smartsheet",
    what="A project sheet for each account, or one without dates: durations and predecessors make the schedule.",
    form="CSV",
    group="Project tools",
    modes=("template", "plan"),
    carries={
        **IN_WORDS,
        **NO_DATES,
        "stages": part("as a column; an import has no levels of rows"),
        "durations": part("in working days from Monday to Friday"),
        "dependencies": FULL,
        "lags": part("in a plan, in working days from Monday to Friday; in a template, none"),
        "milestones": part("as rows of no duration, without predecessors"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "In Smartsheet: Create, Import, CSV; the first row has the column names, Task Name is the primary column.",
        "Make Start and Finish date columns and Assigned To a contact list; then in Project Settings switch on "
        "dependencies, with Predecessors and Duration as their columns.",
        "Look at the dates after that: the holidays have to be in the settings of the sheet as well.",
        "Import a file once only: each import makes a new sheet. Copy the rows of an export of what is new into "
        "the account's sheet. Do not sort before dependencies are switched on, "
        "since predecessors are row numbers.",
    ),
    limits=(
        Limit("a cell", CELL_LENGTH, "characters", "documented", _LIMITS),
        Limit("a sheet", MOST_CELLS, "cells", "documented", _LIMITS),
    ),
    evidence=(
        Evidence("levels of rows are not imported", "documented", _IMPORT),
        Evidence("dependencies take a column for predecessors and one for durations", "documented", _PROJECT),
        Evidence(
            "start, finish and duration: two give the third; durations are working days", "documented", _PROJECT
        ),
        Evidence("predecessors by row number, such as 3FS +2d; dates as 2026-12-01", "recalled", "no source found"),
    ),
    options=(Option("lags", "keep waiting times between tasks", "yes", ("yes", "no")),),
    keys={"template": "column Playbook key", "plan": "column Playbook key"},
)

COLUMNS = (
    "Task Name",
    "Stage",
    "Duration",
    "Start",
    "Finish",
    "Predecessors",
    "Assigned To",
    "Description",
    "Playbook key",
)

SHEET = Sheet("smartsheet", COLUMNS, rows=lambda _: ())


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The tasks with durations and predecessors, without dates and people."""
    del settings
    works = template_work(template, milestones=True)
    yield from template_sheet(SHEET, template, _rows(template, works, lags=False))


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A file for each account."""
    lags = settings["lags"] == "yes"
    sheet = replace(SHEET, rows=lambda plan: _rows(plan.template, plan_work(plan, milestones=True), lags=lags))
    return account_sheets(sheet, plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """What is too large for a sheet or a cell, and circles."""
    del settings
    cells = len(COLUMNS) * (len(template.tasks) + len(template.milestones))
    yield from too_many(template, cells, MOST_CELLS, "cells", "a sheet")
    yield from long_names(template, CELL_LENGTH, "a cell of Smartsheet")
    yield from long_texts(template, CELL_LENGTH, "a cell of Smartsheet")
    yield from guests(template, "Smartsheet")
    yield from circles(template, "Smartsheet takes no circle of predecessors")


def _rows(template: Template, works: tuple[Work, ...], *, lags: bool) -> Iterator[Row]:
    # Row 1 is the first below the header.
    numbers = {work.key: number for number, work in enumerate(works, 1)}
    by_key = {work.key: work for work in works}
    unlinked_to = unlinked(template, works)
    for work, above in links(works):
        ahead = [by_key[key] for key in above]
        yield (
            shortened(work.name, CELL_LENGTH),
            work.stage,
            _duration(work),
            work.starts if work.task else work.due,
            work.due,
            ", ".join(f"{numbers[each.key]}FS{_lag(work, each, ahead) if lags else ''}" for each in ahead),
            work.address,
            description(template, work, after=unlinked_to[work.key], most=CELL_LENGTH),
            work.key,
        )


def _duration(work: Work) -> str:
    """Working days from the first to the last, both counted; ``0`` makes a milestone."""
    if work.task is None:
        return "0"
    if work.starts and work.due:
        return f"{max(_weekdays(work.starts, work.due + timedelta(1)), 1)}d"
    days = work.task.work
    return f"{days:g}d" if days is not None and work.due is None else ""


def _lag(work: Work, ahead: Work, all_ahead: list[Work]) -> str:
    """How much later, or earlier, a task starts than on the next working day after one ahead of it.

    Only the one that ends last makes a task wait; to hold it to the others as well would take away their slack.
    """
    if work.starts is None or ahead.due is None:
        return ""
    days = _weekdays(ahead.due + timedelta(1), work.starts)
    if days < 0:
        return f" -{-days}d"
    last = max(each.due for each in all_ahead if each.due)
    return f" +{days}d" if days and ahead.due == last else ""


def _weekdays(first: date, end: date) -> int:
    """The days from Monday to Friday from ``first`` on and before ``end``; negative if ``end`` is earlier."""
    if end < first:
        return -_weekdays(end, first)
    weeks, rest = divmod((end - first).days, 7)
    return weeks * _WEEKEND + sum((first.weekday() + day) % 7 < _WEEKEND for day in range(rest))
