"""Changes of a document into edits of its text: comments, style and everything else stay as they are."""

from __future__ import annotations

import re

from playbook.diagnostics import Edit
from playbook.fixing.changes import Add, Change, Put, Quote, Remove, Rename, Reword
from playbook.fixing.insertions import add, put
from playbook.fixing.removals import remove
from playbook.fixing.stretches import Stretch, collide
from playbook.fixing.values import in_style
from playbook.fixing.written import CannotEditError, Found, Written, entry_of, has_merge, key_of, read_written
from playbook.reader.columns import characters
from playbook.reader.composition import Composition
from playbook.reader.concrete import ALIAS, Leaf
from playbook.reader.nodes import Scalar
from playbook.text.emit import scalar
from playbook.text.scalars import resolve_plain
from playbook.text.spans import SourceText

_HARMLESS = re.compile(r"\w(?:[\w. -]*\w)?\Z")
"""What can stand in any text over several lines without being read as something else."""


class Manuscript:
    """The text of one document, ready to be edited. It is read when the first change is asked for."""

    def __init__(self, source: SourceText, composition: Composition | None = None) -> None:
        self._source = source
        self._composition = composition
        self._written: Written | None = None
        self._is_read = False

    def edits(self, changes: tuple[Change, ...]) -> tuple[Edit, ...] | None:
        """The edits that make just these changes; ``None`` where that cannot be done exactly."""
        if not self._is_read:
            self._written, self._is_read = read_written(self._source, self._composition), True
        written = self._written
        if written is None:
            return None
        try:
            stretches = [stretch for change in changes for stretch in _stretches(written, change)]
        except CannotEditError:
            return None
        stretches = list(dict.fromkeys(stretches))
        if collide(stretches):
            return None
        return tuple(Edit(self._source.name, *stretch) for stretch in stretches)


def _stretches(written: Written, change: Change) -> list[Stretch]:
    match change:
        case Put(path, value):
            return put(written, path, value)
        case Add(path, value):
            return add(written, path, value)
        case Remove(path):
            return remove(written, path)
        case Rename(path, key):
            return [_renamed(written, path, key)]
        case Quote(path):
            return [_quoted(written, written.find(path))]
        case Reword(path, old, new, within):
            return [_reworded(written, written.find(path), old, new, within)]


def _renamed(written: Written, path: tuple[str | int, ...], key: str) -> Stretch:
    home = written.find(path[:-1])
    part = home.part
    if home.rest or isinstance(part, Leaf) or not part.is_mapping or has_merge(part):
        raise CannotEditError
    if entry_of(part, key) is not None:
        raise CannotEditError
    entry = entry_of(part, path[-1])
    leaf = entry.key if entry is not None else None
    if not isinstance(leaf, Leaf) or leaf.properties or leaf.is_block or key_of(entry) is None:  # type: ignore[arg-type]
        raise CannotEditError
    return leaf.start, leaf.end, in_style(key, leaf.style, in_brackets=part.flow)


def _quoted(written: Written, found: Found) -> Stretch:
    leaf = found.part
    if found.rest or not isinstance(leaf, Leaf) or leaf.style or leaf.is_empty:
        raise CannotEditError
    if written.text[leaf.start : leaf.end] != leaf.value:
        raise CannotEditError
    return leaf.start, leaf.end, in_style(leaf.value, '"', in_brackets=False)


def _reworded(written: Written, found: Found, old: str, new: str, within: tuple[int, int] | None) -> Stretch:
    leaf = found.part
    if not isinstance(leaf, Leaf) or leaf.style == ALIAS or leaf.is_empty:
        raise CannotEditError
    start, end = within or (0, len(leaf.value))
    if leaf.value[start:end] != old or start == end:
        raise CannotEditError
    text = leaf.value[:start] + new + leaf.value[end:]
    raw = written.text[leaf.start : leaf.end]
    in_brackets = found.home is not None and found.home.flow
    if leaf.style in {"", "'", '"'} and "\n" not in raw and "\r" not in raw:
        return _on_its_line(written, leaf, (start, end), new, text, in_brackets=in_brackets)
    place = characters(written.text, _as_node(leaf), start, end)
    if place is None or written.text[slice(*place)] != old or not (_HARMLESS.match(new) and _HARMLESS.match(old)):
        raise CannotEditError
    return (*place, new)


def _on_its_line(
    written: Written, leaf: Leaf, within: tuple[int, int], new: str, text: str, *, in_brackets: bool
) -> Stretch:
    """Only the characters themselves, if what comes out can be written in the same style."""
    if not leaf.style and (scalar(text, in_brackets) != text or _is_no_text(leaf.value)):
        return leaf.start, leaf.end, scalar(text, in_brackets)
    place = characters(written.text, _as_node(leaf), *within)
    inner = in_style(new, leaf.style, in_brackets=in_brackets) if leaf.style else new
    quotes = len(leaf.style)
    if place is None or inner[:quotes] != leaf.style:
        return leaf.start, leaf.end, in_style(text, leaf.style, in_brackets=in_brackets)
    return (*place, inner[quotes : len(inner) - quotes])


def _is_no_text(value: str) -> bool:
    return resolve_plain(value) is None


def _as_node(leaf: Leaf) -> Scalar:
    return Scalar(leaf.start, leaf.end, leaf.value, leaf.style)
