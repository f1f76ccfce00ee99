"""Texts of GitHub issues: Markdown in which nobody is told and nothing is linked by chance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.files.notes import checklist_line
from playbook.targets.files.short_text import one_line, shortened
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work

TITLE_LENGTH = 256
BODY_LENGTH = 65_536
LABEL_LENGTH = 50

# What GitHub takes for the name of a user or a team, who would be told, and for the number of an issue.
_LINKED = re.compile(r"(?<![\w/])(@(?=[A-Za-z0-9])|#(?=\d))")


def label(text: str) -> str:
    """A text as the name of a label."""
    return shortened(one_line(text), LABEL_LENGTH)


def body(template: Template, work: Work, after: tuple[str, ...] = (), most: int | None = None) -> str:
    """All that is known of a task, in Markdown: its dates, its text, its checklist; the last line is its key."""
    told, _, _ = description(template, work, checklist=False, after=after).rpartition("\n")
    # As code, since two ~~ in a key would strike out what is between them.
    key = f"Key: `{work.key}`"
    blocks = ("\n".join(_dates(work)), quiet(told), "\n".join(_tasks(work)))
    text = "\n\n".join(filter(None, blocks))
    if most is not None:
        text = shortened(text, max(most - len(key) - 2, 1))
    return f"{text}\n\n{key}" if text else key


def quiet(text: str) -> str:
    """A text in which no ``@name`` is told and no ``#1`` is linked: a comment, which is not shown, is between."""
    return _LINKED.sub(r"\1<!-- -->", text)


def _dates(work: Work) -> Iterator[str]:
    if work.starts:
        yield f"Starts: {work.starts.isoformat()}"
    if work.due:
        yield f"Due: {work.due.isoformat()}"


def _tasks(work: Work) -> Iterator[str]:
    for line in work.task.checklist if work.task else ():
        yield f"{'  ' * line.depth}- [ ] {quiet(checklist_line(line))}"
