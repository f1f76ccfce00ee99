"""``jira``: the CSV of Jira Cloud's importer: an epic for each account, its tasks, sub-tasks for checklists, links.

Sources: "Import data from a CSV file" (support.atlassian.com) for the header row, quoting and repeated columns;
"CSV import Parent-child mapping" (Atlassian's knowledge base) for Issue ID, Parent and the order of levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from playbook.plans.keys import key_part
from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.notes import checklist_line
from playbook.targets.files.rows import Cell, Row, Sheet
from playbook.targets.files.short_text import shortened
from playbook.targets.projects.carried import IN_WORDS, NO_DATES, circles, guests, long_names, long_texts, too_many
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, links, plan_work, unlinked
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

SUMMARY_LENGTH = 255
DESCRIPTION_LENGTH = 32_767
_GUIDE = "support.atlassian.com/jira-cloud-administration/docs/import-data-from-a-csv-file"
_LEVELS = "Atlassian's knowledge base, CSV import Parent-child mapping"
_OTHERS = "importcsv.com/blog/jira-csv-import"

TARGET = Target(
    name="jira",
    title="Jira, CSV import",
    tool="Jira Cloud",
    what="An epic for each account with a task for each step, sub-tasks for checklists, and links 'blocks'.",
    form="CSV",
    group="Project tools",
    modes=("plan",),
    carries={
        **IN_WORDS,
        **NO_DATES,
        "offsets": FULL,
        "business_days": FULL,
        "stages": part("as a label, the id of the stage"),
        "durations": part("as start and due dates"),
        "raci": part("the owner is assigned; the others are named in the description"),
        "start_dates": part("in the column Start Date, to be mapped to the field of that name"),
        "checklists": part("as sub-tasks of one level; --set checklists=description for lines of text"),
        "dependencies": FULL,
        "lags": none("a link has no waiting time"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "In Jira: Filters, View all work items, Import work items from CSV; or, as an administrator, External "
        "system import, CSV, which takes larger files (--set rows=1000).",
        "Set the date format to yyyy-MM-dd.",
        "Map Issue Id, Parent and Labels to the fields of these names, and each column Link blocks to the link "
        "'blocks'.",
        "Import a file once only: each import makes all work items anew. The key of a task is its label.",
        "In an export of what is new, tasks of an account that has its epic have no parent: put them below it.",
    ),
    limits=(
        Limit("work items in a file, for who is no administrator", 250, "rows", "reported", _OTHERS),
        Limit("work items in a file, for administrators, as a rule", 10_000, "rows", "documented", _GUIDE),
        Limit("summary", SUMMARY_LENGTH, "characters", "recalled", "no source found"),
        Limit("description", DESCRIPTION_LENGTH, "characters", "recalled", "no source found"),
    ),
    evidence=(
        Evidence(
            "a header without punctuation, with Summary; the same number of cells in each row", "documented", _GUIDE
        ),
        Evidence(
            "the highest level first, sub-tasks last; Parent is the Issue Id of the parent", "documented", _LEVELS
        ),
        Evidence("a column for each label", "documented", _GUIDE),
        Evidence("Assignee as an e-mail address", "documented", _GUIDE),
        Evidence("descriptions are shown as Jira's markup", "recalled", "no source found"),
        Evidence("a repeated column of links with the Issue Ids that are blocked", "reported", "guides on GitHub"),
    ),
    options=(
        Option("rows", "most rows of a file; an account is never split", "250", ("250", "1000", "10000")),
        Option("checklists", "where checklists go", "subtasks", ("subtasks", "description")),
        Option("epic_type", "name of the type of the parent", "Epic"),
        Option("task_type", "name of the type of a step", "Task"),
        Option("subtask_type", "name of the type of a line of a checklist", "Sub-task"),
    ),
    keys={"plan": "first Labels, and last line of Description"},
)

_COLUMNS = (
    "Summary",
    "Issue Type",
    "Issue Id",
    "Parent",
    "Assignee",
    "Start Date",
    "Due Date",
    "Labels",
    "Labels",
    "Description",
)


@dataclass
class _Batch:
    """The rows of one file by level, each with the keys that it blocks; ``ids`` are the Issue Ids by key."""

    levels: tuple[list[tuple[Row, list[str]]], ...] = field(default_factory=lambda: ([], [], []))
    ids: dict[str, int] = field(default_factory=dict)

    def id_of(self, key: str) -> int:
        return self.ids.setdefault(key, len(self.ids) + 1)

    def add(self, level: int, row: Row, blocked: Iterable[str] = ()) -> None:
        self.levels[level].append((row, list(blocked)))


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Files of whole accounts, of about so many rows as the importer takes."""
    batch, number, most = _Batch(), 0, int(settings["rows"])
    for each in plans:
        works = plan_work(each)
        if batch.ids and len(batch.ids) + _count(works, settings) > most:
            number += 1
            yield _written(batch, number)
            batch = _Batch()
        _fill(batch, each, works, settings)
    if batch.ids or not number:
        yield _written(batch, number + 1)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Too many rows, long titles and circles."""
    rows = 1 + len(template.tasks)
    if settings["checklists"] == "subtasks":
        rows += sum(len(task.checklist) for task in template.tasks)
    yield from too_many(template, rows, int(settings["rows"]), "rows of an account", "a file")
    yield from long_names(template, SUMMARY_LENGTH, "Jira")
    yield from long_texts(template, DESCRIPTION_LENGTH, "Jira")
    yield from guests(template, "Jira")
    yield from circles(template, "the link that would close it is left out")


def label(text: str) -> str:
    """A text as a label, which cannot have spaces."""
    return "_".join(text.split())


def _count(works: tuple[Work, ...], settings: Settings) -> int:
    lines = settings["checklists"] == "subtasks"
    return 1 + sum(1 + (len(work.task.checklist) if lines and work.task else 0) for work in works)


def _fill(batch: _Batch, plan: Plan, works: tuple[Work, ...], settings: Settings) -> None:
    top = top_of(plan)
    title = shortened(f"{plan.account.name}: {plan.template.title}", SUMMARY_LENGTH)
    if not plan.continued:
        batch.add(
            0, (title, settings["epic_type"], batch.id_of(top), None, "", None, None, label(top), "", f"Key: {top}")
        )
    blocked: dict[str, list[str]] = {}
    for work, above in links(works):
        for key in above:
            blocked.setdefault(key, []).append(work.key)
    unlinked_to = unlinked(works)
    for work in works:
        row = _task(batch, plan, work, unlinked_to[work.key], settings)
        batch.add(1, row, blocked.get(work.key, ()))
        if settings["checklists"] == "subtasks" and work.task:
            for number, line in enumerate(work.task.checklist, 1):
                told = checklist_line(line) or "Line"
                batch.add(2, _line(batch, work, f"{work.key}/checklist/{number}", told, settings))


def _task(batch: _Batch, plan: Plan, work: Work, after: tuple[str, ...], settings: Settings) -> Row:
    lines = settings["checklists"] == "description"
    return (
        shortened(work.name, SUMMARY_LENGTH),
        settings["task_type"],
        batch.id_of(work.key),
        None if plan.continued else batch.id_of(top_of(plan)),
        _user(work),
        work.starts,
        work.due,
        label(work.key),
        label(work.task.stage) if work.task else "",
        description(plan.template, work, checklist=lines, after=after, most=DESCRIPTION_LENGTH),
    )


def _line(batch: _Batch, work: Work, key: str, told: str, settings: Settings) -> Row:
    summary = shortened(told, SUMMARY_LENGTH)
    text = f"Key: {key}" if summary == told else f"{told}\nKey: {key}"
    kind, above = settings["subtask_type"], batch.id_of(work.key)
    return (summary, kind, batch.id_of(key), above, _user(work), None, work.due, label(key), "", text)


def top_of(plan: Plan) -> str:
    """The key of the epic of an account."""
    return f"{plan.template.id}/{key_part(plan.account.id)}"


def _user(work: Work) -> str:
    owner = work.owner
    return (owner.email or owner.ids.get("jira_account") or owner.name) if owner else ""


def _written(batch: _Batch, number: int) -> File:
    rows = [each for level in batch.levels for each in level]
    most = max((len(blocked) for _, blocked in rows), default=0)
    sheet = Sheet(
        f"jira{f'-{number}' if number > 1 else ''}", (*_COLUMNS, *["Link blocks"] * most), rows=lambda _: ()
    )
    cells = ((*row, *_padded([batch.ids[key] for key in blocked], most)) for row, blocked in rows)
    return File(f"{sheet.name}.csv", sheet.head + sheet.written(cells))


def _padded(ids: list[int], most: int) -> tuple[Cell, ...]:
    return (*ids, *[None] * (most - len(ids)))
