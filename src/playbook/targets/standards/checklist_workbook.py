"""A checklist as a workbook: what it is about, the list, the people."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.xlsx import write
from playbook.shapes.document import Document, Figures, Paragraphs, Section
from playbook.shapes.table import Cell, Column, Table
from playbook.targets.files.build_lists import TICK
from playbook.targets.standards.checklist_entries import Checklist, Entry


def workbook(checklist: Checklist) -> bytes:
    """The workbook."""
    glance = Section(
        "At a glance",
        (
            Figures(checklist.facts),
            Paragraphs(("Put an x or a date into the column Done.", "Filter by stage, by who, or by what is due.")),
        ),
    )
    people = Table(
        "people",
        "People",
        (Column("role", "Role"), Column("who", "Person" if checklist.dated else "Team")),
        checklist.people,
    )
    sections = [glance, Section("Checklist", (_table(checklist),))]
    if checklist.people:
        sections.append(Section("People", (people,)))
    return write(Document(checklist.name, checklist.title, checklist.subtitle, tuple(sections)))


def _table(checklist: Checklist) -> Table:
    columns = [
        Column("stage", "Stage"),
        Column("done", "Done", "center"),
        Column("task", "Task"),
        Column("who", "Who"),
        *([Column("starts", "Starts")] if checklist.dated else []),
        Column("due", "Due"),
        Column("after", "After"),
        Column("condition", "Only if"),
        Column("accountable", "Accountable"),
        Column("notes", "Notes"),
        Column("key", "Key"),
    ]
    rows = [
        row
        for stage, _, entries in checklist.stages
        for entry in entries
        for row in _rows(stage, entry, checklist.dated)
    ]
    filled = [
        at
        for at, column in enumerate(columns)
        if column.key in _ALWAYS or any(row[at] not in ("", ()) for row in rows)
    ]
    return Table(
        "checklist",
        checklist.title,
        tuple(columns[at] for at in filled),
        tuple(tuple(row[at] for at in filled) for row in rows),
        section="stage",
    )


_ALWAYS = ("stage", "done", "task", "who", "due", "key")


def _rows(stage: str, entry: Entry, dated: bool) -> Iterator[tuple[Cell, ...]]:
    """The entry, then its own lines to tick off, which are set in."""
    yield (
        stage,
        TICK,
        f"Milestone: {entry.title}" if entry.milestone else entry.title,
        entry.who,
        *([entry.starts] if dated else []),
        entry.due,
        entry.after,
        entry.condition,
        entry.accountable,
        entry.notes,
        entry.key,
    )
    for number, line in enumerate(entry.lines, 1):
        task = f"{'    ' * line.depth}– {line.do}"
        need = (line.need.capitalize(),) if line.need != "required" else ()
        empty = [""] * (2 if dated else 1)
        key = f"{entry.key}/checklist/{number}"
        yield (stage, TICK, task, entry.who, *empty, (), line.condition, "", need, key)
