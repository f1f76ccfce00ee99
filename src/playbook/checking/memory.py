"""What is known of the documents of a workspace from an earlier run, and when it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playbook.checking.plain_form import ShapeError, from_plain, to_plain
from playbook.compiler.assembly import Part
from playbook.compiler.opening import Text
from playbook.compiler.outlines import Outline
from playbook.compiler.surroundings import Surroundings
from playbook.diagnostics import Diagnostic
from playbook.lint.yields import Yields


@dataclass(frozen=True, slots=True)
class Unit:
    """What was found in a playbook.

    It holds as long as the playbook's text does, what all documents share (``common``) and the answers to
    what was ``asked`` about other playbooks. ``names`` is what it names, by kind; ``checked`` says that all
    rules have seen it, and not only those that gather facts for the workspace.
    """

    common: str
    asked: tuple[tuple[tuple[str, ...], str], ...]
    diagnostics: tuple[Diagnostic, ...]
    names: Mapping[str, tuple[str, ...]]
    yields: Yields
    checked: bool = True

    @property
    def used(self) -> set[tuple[str, str]]:
        """The kind and id of every symbol that it names."""
        return {(kind, id_) for kind, ids in self.names.items() for id_ in ids}

    def holds(self, common: str, surroundings: Surroundings) -> bool:
        """Whether all that it depends on, beside its own text, is as it was."""
        return self.common == common and all(
            surroundings.answer(question) == answer for question, answer in self.asked
        )


def unit_of(part: Part, yields: Yields, common: str, *, checked: bool) -> Unit:
    """What was found in a playbook that has been compiled."""
    names: dict[str, list[str]] = {}
    for kind, id_ in sorted(part.used):
        names.setdefault(kind, []).append(id_)
    return Unit(
        common,
        part.view.asked,
        part.diagnostics,
        {kind: tuple(ids) for kind, ids in names.items()},
        yields,
        checked,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one text: its outline (``None`` if it is none of ours), and of a playbook its unit."""

    digest: str
    outline: Outline | None
    unit: Unit | None = None


class Memory:
    """What is known of the texts of a workspace, by their names."""

    def __init__(self, entries: Mapping[str, Entry] | None = None) -> None:
        self.entries: dict[str, Entry] = dict(entries or {})

    def outline(self, text: Text) -> Outline | bool:
        """The outline of the document in a text; ``False`` if it is none of ours, ``True`` if it must be read."""
        entry = self.entries.get(text.name)
        if entry is None or entry.digest != text.digest:
            return True
        # Whoever asks for a file by its name wants it to be checked, whatever it looks like.
        return entry.outline or text.explicit

    def unit(self, text: Text) -> Unit | None:
        """What was found in a playbook of exactly this text."""
        entry = self.entries.get(text.name)
        return entry.unit if entry is not None and entry.digest == text.digest else None

    def keep(self, text: Text, outline: Outline | None, unit: Unit | None = None) -> None:
        """Note what is known of a text."""
        self.entries[text.name] = Entry(text.digest, outline, unit)


def as_plain(entries: Mapping[str, Entry]) -> Any:
    """The entries as plain data."""
    return to_plain(entries, dict[str, Entry])


def from_kept(data: Any) -> Memory:
    """What was kept; nothing if it has not the shape of it."""
    try:
        return Memory(from_plain(data, dict[str, Entry]))
    except ShapeError:
        return Memory()
