"""A document as it is written: every entry with its place, style, anchor and tag, and all comments.

Where ``nodes.py`` holds what a document means, this tree holds how it looks. Nothing is shared and nothing
is merged: an alias is a leaf.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playbook.text.spans import SourceText

ALIAS = "*"
"""The style of a leaf that is an alias."""


@dataclass(slots=True, eq=False)
class Leaf:
    """A scalar or an alias.

    ``[start, end)`` is the text as written, quotes and the header of a block text included, anchor and tag
    not. ``style`` is ``""`` (plain), ``'``, ``"``, ``|``, ``>`` or ``*``; ``value`` what the text means.
    """

    start: int
    end: int
    style: str
    value: str
    properties: tuple[str, ...] = ()
    anchor: str | None = None

    @property
    def is_block(self) -> bool:
        """Whether it is a block text, which begins with ``|`` or ``>``."""
        return self.style in {"|", ">"}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written, but perhaps an anchor or a tag."""
        return self.start == self.end


@dataclass(slots=True, eq=False)
class Collection:
    """A mapping or a list, in block style or with brackets (``flow``)."""

    start: int
    end: int
    flow: bool
    is_mapping: bool
    properties: tuple[str, ...] = ()
    anchor: str | None = None
    entries: list[Entry] = field(default_factory=list)
    column: int = 0
    """Where the entries of a block begin, counted from 0."""


Part = Leaf | Collection


@dataclass(slots=True, eq=False)
class Entry:
    """A key with its value, or an item of a list, which has no key.

    ``start`` is at the key, at its anchor or ``?``, or at the item's ``-``.
    """

    start: int
    end: int
    key: Part | None
    value: Part


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as written, from its ``#``; ``own_line`` if nothing stands before it on its line."""

    start: int
    text: str
    column: int
    own_line: bool
    after_blank: bool


@dataclass(slots=True)
class Concrete:
    """A whole text. ``opened`` is behind ``---`` and ``closed`` at ``...``, where they are written."""

    source: SourceText
    root: Part | None
    comments: list[Comment]
    opened: int | None = None
    closed: int | None = None

    def after_blank(self, offset: int) -> bool:
        """Whether the line above that of an offset is blank."""
        number = self.source.position(offset).line
        return number > 1 and not self.source.line(number - 1).strip(" \t")

    def entries(self) -> Iterator[tuple[Entry, Collection]]:
        """Every entry with the collection it is in, as written."""
        if isinstance(self.root, Collection):
            yield from _entries(self.root)


def _entries(collection: Collection) -> Iterator[tuple[Entry, Collection]]:
    for entry in collection.entries:
        yield entry, collection
        if isinstance(entry.value, Collection):
            yield from _entries(entry.value)
