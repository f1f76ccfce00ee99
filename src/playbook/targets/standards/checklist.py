"""``checklist``: a list to tick off, as a workbook and as Markdown, for each account or for a playbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.stable import account_file
from playbook.targets.standards.checklist_entries import Checklist, planned_checklist, template_checklist
from playbook.targets.standards.checklist_markdown import markdown
from playbook.targets.standards.checklist_workbook import workbook
from playbook.targets.target import FULL, Evidence, File, Option, Settings, Target, none, part

TARGET = Target(
    name="checklist",
    title="Checklist",
    tool="spreadsheets, wikis and paper",
    what="A list to tick off, by stage, with who does what by when.",
    form="XLSX, Markdown",
    group="Standards",
    modes=("template", "plan"),
    carries={
        "stages": FULL,
        "offsets": part("in words"),
        "business_days": part("in words"),
        "start_dates": part("in a plan; a template tells when steps are due"),
        "durations": none("it tells when, not how long"),
        "roles": FULL,
        "people": FULL,
        "raci": part("who is responsible and accountable; who is consulted and informed is left out"),
        "dependencies": part("as names of what comes before"),
        "lags": none("it tells when, not how long it waits"),
        "conditions": part("in words"),
        "checklists": FULL,
        "descriptions": FULL,
        "means": part("in words"),
        "custom_fields": part("the fields that a step fills are named"),
        "approvals": part("in words"),
        "milestones": FULL,
        "handoffs": none("a list to tick off has steps only"),
        "routines": none("they have no end at which to tick them off"),
        "for_each": part("in words; in a plan, a line for each"),
        "repeats": part("in words; in a plan a line for each occurrence up to the horizon"),
        "slas": part("in words"),
        "variants": FULL,
        "keys": FULL,
    },
    updates=False,
    how=(
        "Workbook: put an x or a date into the column Done; filter by stage or by who.",
        "Markdown: paste it into an issue, a page or a chat that shows `- [ ]` as a box.",
        "What is ticked stays in your copy: a later export is a new list.",
    ),
    options=(Option("format", "Which files are written.", "both", ("both", "xlsx", "markdown")),),
    evidence=(
        Evidence(
            "Workbooks can be opened, with all texts as texts", "proven", "read back by openpyxl in the tests"
        ),
        Evidence("`- [ ]` is a box to tick", "documented", "GitHub Flavored Markdown, task list items (extension)"),
    ),
    keys={
        "template": "column Key; in Markdown a comment behind the task",
        "plan": "column Key; in Markdown a comment behind the task",
    },
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The list of a playbook."""
    yield from _files(template.name, template_checklist(template), settings)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A list for each account."""
    for each in plans:
        yield from _files(account_file(each, ""), planned_checklist(each), settings)


def _files(name: str, checklist: Checklist, settings: Settings) -> Iterator[File]:
    if settings["format"] in ("both", "xlsx"):
        yield File(f"{name}.checklist.xlsx", workbook(checklist))
    if settings["format"] in ("both", "markdown"):
        yield File(f"{name}.checklist.md", markdown(checklist))
