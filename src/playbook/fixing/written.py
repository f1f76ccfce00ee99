"""Where key paths stand in a document as it is written, and what an edit there would touch beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from playbook.formatting.comments import Attached, attach
from playbook.formatting.shapes import MERGE, UNKNOWN, Shape, place_of, shape_of_kind
from playbook.language.documents import KINDS
from playbook.reader.compose import compose
from playbook.reader.composition import Composition
from playbook.reader.concrete import ALIAS, Collection, Comment, Concrete, Entry, Leaf, Part
from playbook.reader.limits import MAX_CHARACTERS
from playbook.reader.transcribe import rebuild, transcribe
from playbook.text.paths import KeyPath
from playbook.text.spans import SourceText


class CannotEditError(Exception):
    """A change cannot be made exactly here, or would change more than was asked."""


@dataclass(frozen=True, slots=True)
class Found:
    """The end of a walk along a path: ``part`` in ``home``, and what of the path does not exist below it.

    ``entry`` and ``home`` are ``None`` for the document as a whole; ``shape`` is what may stand there.
    """

    part: Part
    entry: Entry | None
    home: Collection | None
    rest: KeyPath
    shape: Shape


class Written:
    """A document with its comments and with the way to every path."""

    def __init__(self, document: Concrete, *, has_aliases: bool) -> None:
        self.document = document
        self.source = document.source
        self.text = self.source.text
        self.newline = (
            "\r\n" if "\r\n" in self.text else "\n" if "\n" in self.text or "\r" not in self.text else "\r"
        )
        self._aliased = {leaf.value for leaf in self._leaves() if leaf.style == ALIAS} if has_aliases else set()

    @cached_property
    def attached(self) -> Attached:
        """All comments, by what they are about."""
        return attach(self.document)

    @cached_property
    def owner(self) -> dict[Collection, tuple[Entry, Collection]]:
        """The entry of each collection, and what that is in."""
        entries = self.document.entries()
        return {entry.value: (entry, home) for entry, home in entries if isinstance(entry.value, Collection)}

    def find(self, path: KeyPath) -> Found:
        """What stands at a path, or at its nearest ancestor.

        Raises :class:`CannotEditError` where an alias or two keys alike make it stand elsewhere too.
        """
        part = self.document.root
        if part is None:
            raise CannotEditError
        found = Found(part, None, None, (), self._root_shape(part))
        for index, step in enumerate(path):
            self._own(found.part)
            part, shape = found.part, found.shape
            if isinstance(part, Leaf):
                return Found(part, found.entry, found.home, path[index:], shape)
            if part.is_mapping and step == 0 and isinstance(step, int):
                continue  # one value may stand without brackets where a list is meant
            entry = entry_of(part, step)
            if entry is None:
                return Found(part, found.entry, found.home, path[index:], shape)
            found = Found(entry.value, entry, part, (), self.shape_below(part, shape, step))
        self._own(found.part)
        return found

    def _own(self, part: Part) -> None:
        """Make sure that an edit in a part changes this place alone."""
        if part.anchor in self._aliased and not (isinstance(part, Leaf) and part.style == ALIAS):
            raise CannotEditError

    def has_aliased_inside(self, part: Part) -> bool:
        """Whether a part holds an anchor that something names."""
        return any(each.anchor in self._aliased for each in _parts(part) if not _is_alias(each))

    def comments_in(self, start: int, end: int) -> list[Comment]:
        """The comments in a stretch of the text."""
        return [comment for comment in self.document.comments if start <= comment.start < end]

    def end_of(self, entry: Entry) -> int:
        """Where an entry of a block ends, with the comments that are about it or about something in it."""
        end = len(self.text[: entry.end].rstrip(" \t\r\n"))
        for inner in [entry, *_entries(entry.value)]:
            comments = list(self.attached.inline.get(inner, ()))
            if inner is not entry:
                comments += self.attached.leading.get(inner, ())
            if isinstance(inner.value, Collection):
                comments += self.attached.trailing.get(inner.value, ())
            for comment in comments:
                end = max(end, comment.start + len(comment.text))
        return self.line_end(end)

    def keeps_line_ends(self, entry: Entry) -> bool:
        """Whether the blank lines below an entry belong to its text."""
        value = entry.value
        while isinstance(value, Collection) and value.entries and not value.flow:
            value = value.entries[-1].value
        header = self.text[value.start : value.start + 4] if isinstance(value, Leaf) and value.is_block else ""
        return "+" in header.partition("\n")[0]

    def is_set_apart(self, entry: Entry) -> bool:
        """Whether a blank line stands above an entry, or above its comments."""
        comments = self.attached.leading.get(entry)
        return comments[0].after_blank if comments else self.document.after_blank(entry.start)

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, before its break."""
        ends = [at for at in (self.text.find("\n", offset), self.text.find("\r", offset)) if at >= 0]
        return min(ends, default=len(self.text))

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        position = self.source.position(offset)
        return position.offset - position.column + 1

    def behind_break(self, offset: int) -> int:
        """Behind the line break at an offset."""
        return offset + 2 if self.text.startswith("\r\n", offset) else min(offset + 1, len(self.text))

    # -- the order of the language ---------------------------------------------------------------

    def _root_shape(self, root: Part) -> Shape:
        keys = [key_of(entry) for entry in root.entries] if isinstance(root, Collection) else []
        kind = next((key for key in keys if key in KINDS), None)
        return shape_of_kind(kind) if kind else UNKNOWN

    def shape_below(self, part: Collection, shape: Shape, step: str | int) -> Shape:
        """The shape of what stands under a key; an item has that of its list."""
        if not part.is_mapping:
            return shape
        keys = [key for entry in part.entries if (key := key_of(entry)) is not None]
        return shape.inside(str(step), shape.model_for(keys))

    def before(self, part: Collection, shape: Shape, key: str) -> Entry | None:
        """The entry of a mapping behind which a new key belongs; ``None`` if it comes first."""
        keys = [key_of(entry) or "" for entry in part.entries]
        model = shape.model_for([*keys, key])
        if model is None:
            return part.entries[-1]
        own = place_of(key, model)
        places = [-1 if other == MERGE else place_of(other, model) for other in keys]
        earlier = [(place, index) for index, place in enumerate(places) if place <= own]
        return part.entries[max(earlier)[1]] if earlier else None

    def _leaves(self) -> Iterator[Leaf]:
        root = self.document.root
        yield from (part for part in _parts(root) if isinstance(part, Leaf)) if root is not None else ()


def read_written(source: SourceText, composition: Composition | None = None) -> Written | None:
    """A text as it is written; ``None`` if something is wrong with it, so that no edit of it is sure.

    So it is of a text that is longer than anybody writes. ``composition`` is its careful reading, if there is
    one already.
    """
    if len(source.text) > MAX_CHARACTERS:
        return None
    composition = composition or compose(source)
    if composition.findings or composition.failed or composition.root is None:
        return None
    document = rebuild(source, composition.root)
    if document is not None:
        return Written(document, has_aliases=False)
    return Written(transcribe(source), has_aliases=True)


def entry_of(part: Collection, step: str | int) -> Entry | None:
    """The entry under a key or at an index."""
    if not part.is_mapping:
        return part.entries[step] if isinstance(step, int) and 0 <= step < len(part.entries) else None
    found = [entry for entry in part.entries if key_of(entry) == str(step)]
    if len(found) > 1:
        raise CannotEditError
    return found[0] if found else None


def key_of(entry: Entry) -> str | None:
    """The key of an entry as a text; ``None`` for what is none."""
    return entry.key.value if isinstance(entry.key, Leaf) and entry.key.style != ALIAS else None


def has_merge(part: Collection) -> bool:
    """Whether a mapping takes keys over from another."""
    return any(key_of(entry) == MERGE for entry in part.entries)


def _is_alias(part: Part) -> bool:
    return isinstance(part, Leaf) and part.style == ALIAS


def _parts(part: Part) -> Iterator[Part]:
    yield part
    if isinstance(part, Collection):
        for entry in part.entries:
            if entry.key is not None:
                yield from _parts(entry.key)
            yield from _parts(entry.value)


def _entries(part: Part) -> Iterator[Entry]:
    if isinstance(part, Collection):
        for entry in part.entries:
            yield entry
            yield from _entries(entry.value)
