"""A checklist as Markdown with boxes to tick."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.wiki.text import bold, heading, text
from playbook.plans.template import ChecklistLine
from playbook.targets.files.notes import checklist_line
from playbook.targets.standards.checklist_entries import Checklist, Entry


def markdown(checklist: Checklist) -> bytes:
    """The page."""
    return ("\n".join(_lines(checklist)).rstrip("\n") + "\n").encode("utf-8", "backslashreplace")


def _lines(checklist: Checklist) -> Iterator[str]:
    yield heading(checklist.title, 1)
    yield ""
    yield text(checklist.subtitle)
    yield ""
    yield " · ".join(
        f"{text(value)} {text(name)}" if value.isdigit() else f"{text(name)}: {bold(value)}"
        for name, value in checklist.facts
    )
    yield ""
    for title, goal, entries in checklist.stages:
        yield heading(title, 2)
        yield ""
        if goal:
            yield text(goal)
            yield ""
        for entry in entries:
            yield from _entry(entry)
        yield ""
    if checklist.people:
        yield heading("People", 2)
        yield ""
        yield from (f"- {text(role)}: {text(person) or '–'}" for role, person in checklist.people)


def _entry(entry: Entry) -> Iterator[str]:
    mark = "◆ " if entry.milestone else ""
    facts = [text(entry.who), f"by {text(entry.due)}" if entry.due[:4].isdigit() else text(entry.due)]
    told = " · ".join(fact for fact in facts if fact)
    title = f"{mark}{bold(entry.title) or '–'}"
    yield f"- [ ] {title}{f' — {told}' if told else ''} <!-- {_comment(entry.key)} -->"
    for fact, words in (
        ("Only if", entry.condition),
        ("Accountable", entry.accountable),
        ("After", ", ".join(entry.after)),
    ):
        if words:
            yield f"  - {fact}: {text(words)}"
    yield from (f"  - {text(note)}" for note in entry.notes if text(note))
    yield from map(_line, entry.lines)


def _line(line: ChecklistLine) -> str:
    return f"{'  ' * (line.depth + 1)}- [ ] {text(checklist_line(line))}"


def _comment(key: str) -> str:
    """A key within a comment, which two dashes would end for some readers."""
    return key.replace("--", "-\u2010").replace(">", "")
