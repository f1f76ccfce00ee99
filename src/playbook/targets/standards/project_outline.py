"""Where the tasks of a project stand: numbers, levels and outline numbers, known before the tasks are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from playbook.targets.standards.project_parts import Row


@dataclass(frozen=True, slots=True)
class Place:
    """The number of a task in its file, its level from 1 on, and its number in the outline (``2.1``)."""

    uid: int
    level: int
    outline: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A task to be written; ``key`` is its name within the file, by which others find its place."""

    key: str
    row: Callable[[Place], Row]
    below: tuple[Entry, ...] = ()


def places(entries: Sequence[Entry]) -> dict[str, Place]:
    """The place of every entry by its key, in the order of the file."""
    found: dict[str, Place] = {}

    def put(some: Sequence[Entry], level: int, head: str) -> None:
        for number, entry in enumerate(some, 1):
            found[entry.key] = Place(len(found) + 1, level, f"{head}{number}")
            put(entry.below, level + 1, f"{head}{number}.")

    put(entries, 1, "")
    return found


def rows(entries: Sequence[Entry], found: dict[str, Place]) -> Iterator[Row]:
    """The tasks in the order of the file."""
    for entry in entries:
        yield entry.row(found[entry.key])
        yield from rows(entry.below, found)
