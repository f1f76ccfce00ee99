"""The rows of Jira's CSV by level, and names that its import and its API share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from playbook.plans.keys import key_part
from playbook.plans.plan import Plan
from playbook.targets.files.notes import checklist_line
from playbook.targets.files.rows import Cell, Row, Sheet
from playbook.targets.files.short_text import shortened
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, links, unlinked
from playbook.targets.target import File, Settings
from playbook.text.digests import digest

SUMMARY_LENGTH = 255
DESCRIPTION_LENGTH = 32_767
LABEL_LENGTH = 255

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
class Batch:
    """The rows of one file by level, each with the keys that it blocks; ``ids`` are the Issue Ids by key."""

    levels: tuple[list[tuple[Row, list[str]]], ...] = field(default_factory=lambda: ([], [], []))
    ids: dict[str, int] = field(default_factory=dict)

    def id_of(self, key: str) -> int:
        """The Issue Id of a key, a new one if it has none."""
        return self.ids.setdefault(key, len(self.ids) + 1)

    def add(self, level: int, row: Row, blocked: Iterable[str] = ()) -> None:
        """A row of the epics (level 0), tasks (1) or sub-tasks (2)."""
        self.levels[level].append((row, list(blocked)))


def label(text: str) -> str:
    """A text as a label, which cannot have spaces; one that is too long ends with a digest of all of it."""
    told = "_".join(text.split())
    return told if len(told) <= LABEL_LENGTH else f"{told[: LABEL_LENGTH - 9]}-{digest(told)[:8]}"


def count_of(works: tuple[Work, ...], settings: Settings) -> int:
    """How many rows an account has."""
    lines = settings["checklists"] == "subtasks"
    return 1 + sum(1 + (len(work.task.checklist) if lines and work.task else 0) for work in works)


def fill(batch: Batch, plan: Plan, works: tuple[Work, ...], settings: Settings) -> None:
    """Put the rows of an account into a file; its epic, unless the tool has it."""
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
    unlinked_to = unlinked(plan.template, works)
    for work in works:
        row = _task(batch, plan, work, unlinked_to[work.key], settings)
        batch.add(1, row, blocked.get(work.key, ()))
        if settings["checklists"] == "subtasks" and work.task:
            for number, line in enumerate(work.task.checklist, 1):
                told = checklist_line(line) or "Line"
                batch.add(2, _line(batch, work, f"{work.key}/checklist/{number}", told, settings))


def _task(batch: Batch, plan: Plan, work: Work, after: tuple[str, ...], settings: Settings) -> Row:
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


def _line(batch: Batch, work: Work, key: str, told: str, settings: Settings) -> Row:
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


def written(batch: Batch, number: int) -> File:
    """The file of that number, with as many columns for links as it needs."""
    rows = [each for level in batch.levels for each in level]
    most = max((len(blocked) for _, blocked in rows), default=0)
    sheet = Sheet(
        f"jira{f'-{number}' if number > 1 else ''}", (*_COLUMNS, *["Link blocks"] * most), rows=lambda _: ()
    )
    cells = ((*row, *_padded([batch.ids[key] for key in blocked], most)) for row, blocked in rows)
    return File(f"{sheet.name}.csv", sheet.head + sheet.written(cells))


def _padded(ids: list[int], most: int) -> tuple[Cell, ...]:
    return (*ids, *[None] * (most - len(ids)))
