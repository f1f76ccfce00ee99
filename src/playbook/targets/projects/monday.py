"""``monday``: a table that monday.com makes a board of, or adds to one.

Sources: "Importing items in bulk", "Long Text" and "Text" of developer.monday.com. The import in the app maps
columns by hand; its help could not be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.rows import Row, Sheet, sheet_files
from playbook.targets.files.short_text import shortened
from playbook.targets.projects.account_files import template_sheet
from playbook.targets.projects.carried import IN_WORDS, NO_DATES, guests, long_names, long_texts
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, names_in, plan_work, template_work
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Settings, Target, none, part

MOST_ROWS = 10_000
TEXT_LENGTH = 2_000
NAME_LENGTH = 255
_BULK = "developer.monday.com, Importing items in bulk"

TARGET = Target(
    name="monday",
    title="monday.com, board import",
    tool="monday.com",
    what="A board with an item for each step: of all accounts, or one to save as a board template.",
    form="CSV",
    group="Project tools",
    modes=("template", "plan"),
    carries={
        **IN_WORDS,
        **NO_DATES,
        "stages": part("as a column; group the board by it"),
        "dependencies": part("in words in the description; the import has no dependency column"),
        "lags": none("the import has no dependency column"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "In monday.com: Add, Import data, Excel / CSV; the first column is the name of the item.",
        "Map Owner to a people column, Start and Due to dates, Stage to a status, Description to a long text, and "
        "Playbook key to a text column.",
        "Import a file once only; or use ingest_items of the API (2026-07 and later) with on_match on the column "
        "Playbook key, which changes the items that are there.",
    ),
    limits=(
        Limit("items in a job of ingest_items", MOST_ROWS, "rows", "documented", _BULK),
        Limit("long text", TEXT_LENGTH, "characters", "documented", "developer.monday.com, Long Text"),
        Limit("name of an item", NAME_LENGTH, "characters", "recalled", "no source found"),
    ),
    evidence=(
        Evidence("CSV with columns for people, dates, status, text and long text", "documented", _BULK),
        Evidence("ingest_items can change items that match", "documented", _BULK),
        Evidence(
            "the import in the app: the first row as column names, dates as 2026-12-01", "recalled", "no source"
        ),
    ),
    keys={"template": "column Playbook key", "plan": "column Playbook key"},
)

COLUMNS = ("Name", "Stage", "Owner", "Start", "Due", "Account", "Account id", "Description", "Playbook key")

SHEET = Sheet(
    "monday",
    COLUMNS,
    rows=lambda plan: _rows(plan.template, plan_work(plan), (plan.account.name, plan.account.id)),
    most_rows=MOST_ROWS,
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The items without dates and people."""
    del settings
    yield from template_sheet(SHEET, template, _rows(template, template_work(template), ("", "")))


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Files with the items of all accounts."""
    del settings
    yield from sheet_files(SHEET, plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Long names and long texts."""
    del settings
    yield from guests(template, "monday.com")
    yield from long_names(template, NAME_LENGTH, "monday.com")
    called = names_in(template, template_work(template))
    yield from long_texts(template, TEXT_LENGTH, "monday.com", lambda of, work: _text(of, work, called, None))


def _rows(template: Template, works: tuple[Work, ...], account: tuple[str, str]) -> Iterator[Row]:
    called = names_in(template, works)
    for work in works:
        yield (
            shortened(work.name, NAME_LENGTH),
            work.stage,
            work.address,
            work.starts,
            work.due,
            *account,
            _text(template, work, called, TEXT_LENGTH),
            work.key,
        )


def _text(template: Template, work: Work, called: Callable[[str], str], most: int | None) -> str:
    return description(template, work, after=map(called, work.after), most=most)
