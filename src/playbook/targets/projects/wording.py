"""Names and descriptions of tasks as project tools take them: what has no field of its own is told in words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from playbook.plans.template import Template
from playbook.targets.files.notes import Told, note_lines, notes_within
from playbook.targets.files.offsets import offset_in_words
from playbook.targets.files.short_text import shortened

if TYPE_CHECKING:
    from playbook.targets.projects.work import Work


def distinct(names: Iterable[str], most: int = sys.maxsize) -> Iterator[str]:
    """The names, each different from those before it, whatever its case: ``Call``, ``Call (2)``."""
    taken: set[str] = set()
    for name in names:
        number, told = 1, shortened(name, most)
        while told.casefold() in taken:
            number += 1
            end = f" ({number})"
            told = f"{shortened(name, most - len(end))}{end}"
        taken.add(told.casefold())
        yield told


def description(
    template: Template, work: Work, *, checklist: bool = True, after: Iterable[str] = (), most: int | None = None
) -> str:
    """All that is known of a task, in lines; the last one is ``Key: `` and its stable key.

    ``after`` are the names of the tasks that it waits for, where the tool has no links between tasks.
    """
    body = "\n".join(_lines(template, work, checklist, tuple(after))).strip("\n")
    text = f"{body}\nKey: {work.key}" if body else f"Key: {work.key}"
    return text if most is None else notes_within(text, most)


def _lines(template: Template, work: Work, checklist: bool, after: tuple[str, ...]) -> Iterator[str]:
    undated = work.starts is None and work.due is None
    if work.task is not None:
        told = Told(checklist=checklist, due=undated, times=undated, after=after)
        yield from note_lines(template, work.task, work.people, told)
        return
    yield "Milestone"
    if undated and work.offset is not None:
        yield f"Due: {offset_in_words(template, work.offset)}"
