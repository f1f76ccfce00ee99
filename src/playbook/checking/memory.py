"""What is known of the documents of a workspace from an earlier run, and when it still holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from playbook.checking.plain_form import ShapeError, from_plain, to_plain
from playbook.compiler.opening import Text
from playbook.compiler.outlines import Outline
from playbook.compiler.part import Part
from playbook.compiler.surroundings import Surroundings
from playbook.diagnostics import Diagnostic
from playbook.lint.yields import Yields

T = TypeVar("T")

Values = Mapping[str, tuple[str, str]]
"""By the names of files: the digest of a text, and the text of the plain value in it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What was found in a playbook.

    It holds as long as the playbook's text does, what all documents share (``common``) and the answers to
    what was ``asked`` about other playbooks. ``names`` is what it names, by kind; ``checked`` says that it
    has been held to the rules.
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

    def __init__(
        self,
        entries: Mapping[str, Entry] | None = None,
        values: Callable[[], Values] = dict,
        *,
        keeps_values: bool = False,
    ) -> None:
        self.entries: dict[str, Entry] = dict(entries or {})
        self._read_values = values
        self.keeps_values = keeps_values

    @cached_property
    def values(self) -> Values:
        """The plain values; read when the first is asked for."""
        return self._read_values()

    def value(self, text: Text) -> str | None:
        """The text of the plain value of the document in a text."""
        entry = self.entries.get(text.name)
        if entry is None or entry.digest != text.digest:
            return None
        digest, value = self.values.get(text.name, ("", ""))
        return value if digest == text.digest else None

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


def entries_as_plain(memory: Memory) -> Any:
    """What is known of the documents as plain data."""
    return to_plain(memory.entries, dict[str, Entry])


def from_kept(entries: Any, values: Callable[[], Any]) -> Memory:
    """What was kept; nothing if it has not the shape of it. ``values`` reads the plain values."""
    return Memory(_shaped(entries, dict[str, Entry]), lambda: _shaped(values(), _VALUES), keeps_values=True)


_VALUES = dict[str, tuple[str, str]]


def _shaped(data: Any, form: type[dict[str, T]]) -> dict[str, T]:
    try:
        return from_plain(data, form)
    except ShapeError:
        return {}
