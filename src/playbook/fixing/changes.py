"""What is to change, told in key paths: a rule says it without knowing how the file is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from playbook.diagnostics import Edit, Fix
from playbook.text.paths import KeyPath


@dataclass(frozen=True, slots=True)
class Put:
    """The value at a path, instead of the one that is there, or where there is none yet.

    What lacks on the way to it is made. ``value`` is of mappings, lists, texts, numbers, booleans or ``None``.
    """

    path: KeyPath
    value: object


@dataclass(frozen=True, slots=True)
class Add:
    """One more item at the end of the list at a path. A single value without brackets becomes a list."""

    path: KeyPath
    value: object


@dataclass(frozen=True, slots=True)
class Remove:
    """The entry or item at a path goes, with the comments that are about it."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class Rename:
    """The key at the end of a path is called otherwise."""

    path: KeyPath
    key: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The text at a path gets quotes: it is then a text, whatever it looks like."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class Reword:
    """Characters of the text at a path: ``old``, which stands at ``within`` or is the whole, becomes ``new``.

    Where something else stands there, nothing changes. A path may go on below a text that is the short
    form of a mapping or a list.
    """

    path: KeyPath
    old: str
    new: str
    within: tuple[int, int] | None = None


Change = Put | Add | Remove | Rename | Quote | Reword


class Editable(Protocol):
    """Turns changes of one document into edits of its text."""

    def edits(self, changes: tuple[Change, ...]) -> tuple[Edit, ...] | None:
        """The edits that make just these changes; ``None`` where that cannot be done exactly."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way to mend a finding. ``title`` says what it does, as a menu would.

    ``changes`` are of the document of the finding, ``elsewhere`` of others (by their locators); all are
    made or none. Only a ``safe`` one keeps the meaning of the playbook.
    """

    title: str
    changes: tuple[Change, ...]
    safe: bool = True
    elsewhere: tuple[tuple[Editable, tuple[Change, ...]], ...] = ()


def offered(document: Editable, remedy: Remedy | None) -> tuple[Fix, ...]:
    """The fix that a remedy comes to in the files as they are written; none where it cannot be made exactly."""
    if remedy is None:
        return ()
    edits: list[Edit] = []
    for editable, changes in ((document, remedy.changes), *remedy.elsewhere):
        made = editable.edits(changes)
        if made is None:
            return ()
        edits += made
    return (Fix(remedy.title, tuple(edits), remedy.safe),) if edits else ()
