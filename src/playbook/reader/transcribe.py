"""A text into the tree of what is written, from the same events as the careful reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from playbook.reader.concrete import ALIAS, Collection, Comment, Concrete, Entry, Leaf, Part
from playbook.reader.dialect import Disguise
from playbook.reader.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    problem_of,
)
from playbook.reader.nodes import Mapping, Node, Scalar
from playbook.reader.pause import collector_paused
from playbook.reader.properties import property_spans
from playbook.text.spans import SourceText

_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_BEYOND_NODES = re.compile(r"^(?:---|\.\.\.|%)|(?:^|[\s,\[{(:?-])(?:[&*][^\s,\[\]{}]|!(?!=))", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TO_LINE_END = re.compile(r"[^\r\n]*")
_BLANKS = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*")


def transcribe(source: SourceText) -> Concrete:
    """How a text is written.

    Only for texts in which the careful reading finds nothing wrong; raises the parser's error otherwise.
    """
    with collector_paused():
        disguise = Disguise(source.text)
        try:
            return _Transcript(source).read(disguise)
        except Exception as error:  # any class: the C parser's errors are not all of one family
            if not disguise.helps(problem_of(error)):
                raise
        return _Transcript(source).read(disguise)


def rebuild(source: SourceText, root: Node) -> Concrete | None:
    """The same from nodes that have been read already, which takes a third of the time.

    ``None`` where they don't know all that is written: anchors, aliases, tags, directives and marks of documents.
    """
    if _BEYOND_NODES.search(source.text):
        return None
    with collector_paused():
        return _Transcript(source).retell(root)


class _Transcript:
    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._text = source.text
        self._root: Part | None = None
        self._open: list[tuple[Collection, list[Part]]] = []
        self._solid: list[tuple[int, int]] = []  # what can hold a "#" that begins no comment
        self._opened: int | None = None
        self._closed: int | None = None

    def read(self, disguise: Disguise) -> Concrete:
        next_event = disguise.next_events()
        while True:
            event = next_event()
            if event.__class__ is StreamEndEvent:
                break
            self._take(event)
        return self._told()

    def retell(self, root: Node) -> Concrete:
        self._take_node(root)
        return self._told()

    def _told(self) -> Concrete:
        comments = list(self._comments())
        return Concrete(self._source, self._root, comments, self._opened, self._closed)

    def _take_node(self, node: Node) -> None:
        if isinstance(node, Scalar):
            self._attach(self._leaf(node.start, node.end, node.style, node.text))
            return
        collection = Collection(node.start, node.start, node.flow, isinstance(node, Mapping))
        collection.column = self._source.position(node.start).column - 1
        self._attach(collection)
        self._open.append((collection, []))
        for child in node.children:
            self._take_node(child)
        self._close(node.end)

    def _take(self, event: Any) -> None:
        kind = event.__class__
        start, end = event.start_mark.index, event.end_mark.index
        if kind is ScalarEvent:
            self._attach(self._scalar(event))
        elif kind is AliasEvent:
            self._solid.append((start, end))
            self._attach(Leaf(start, end, ALIAS, event.anchor))
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self._collection(event, is_mapping=kind is MappingStartEvent)
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self._close(end)
        elif kind is DocumentStartEvent and event.explicit:
            self._opened = end
            self._solid.extend(_directives(self._text, end))
        elif kind is DocumentEndEvent and event.explicit:
            self._closed = start

    def _scalar(self, event: Any) -> Leaf:
        spans, start = property_spans(self._text, event)
        self._solid.extend(spans)
        end = max(start, event.end_mark.index)
        leaf = self._leaf(start, end, event.style or "", event.value)
        leaf.properties, leaf.anchor = self._written(spans), event.anchor
        return leaf

    def _leaf(self, start: int, end: int, style: str, value: str) -> Leaf:
        if style in {"|", ">"}:
            header = _BLOCK_HEADER.match(self._text, start)
            behind = header.end() if header else start
            self._solid.append((start, behind))
            content = _LINE.match(self._text, behind)
            first = content.end() if content else behind
            end = max(behind, end)
            self._solid.append((min(first, end), end))
        else:
            self._solid.append((start, end))
        return Leaf(start, end, style, value)

    def _collection(self, event: Any, *, is_mapping: bool) -> None:
        spans, start = property_spans(self._text, event)
        self._solid.extend(spans)
        node = Collection(start, start, bool(event.flow_style), is_mapping, self._written(spans), event.anchor)
        node.column = self._source.position(start).column - 1
        self._attach(node)
        self._open.append((node, []))

    def _written(self, spans: list[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(self._text[start:end] for start, end in spans)

    def _attach(self, part: Part) -> None:
        if self._open:
            self._open[-1][1].append(part)
        else:
            self._root = part

    def _close(self, end: int) -> None:
        node, parts = self._open.pop()
        bracket = node.flow and self._text[node.start : node.start + 1] == ("{" if node.is_mapping else "[")
        at = node.start + bracket
        pairs = zip(parts[::2], parts[1::2], strict=True) if node.is_mapping else ((None, part) for part in parts)
        for key, value in pairs:
            at = self._skip(at)
            if node.flow and self._text[at : at + 1] == ",":
                at = self._skip(at + 1)
            entry = Entry(at, at, key, value)
            at = entry.end = self._end_of(entry, node)
            node.entries.append(entry)
        node.end = end if bracket else at

    def _end_of(self, entry: Entry, node: Collection) -> int:
        value, key = entry.value, entry.key
        if not (isinstance(value, Leaf) and value.is_empty) or value.properties:
            return value.end
        # The parser places what is not written at the next thing that is.
        if key is not None:
            colon = self._skip(key.end)
            end = colon + 1 if self._text[colon : colon + 1] == ":" else key.end
        else:
            end = entry.start + (not node.flow)
        value.start = value.end = end
        return end

    def _skip(self, at: int) -> int:
        blanks = _BLANKS.match(self._text, at)
        return blanks.end() if blanks else at

    def _comments(self) -> Iterator[Comment]:
        for start, end in _gaps(self._solid, len(self._text)):
            at = self._text.find("#", start, end)
            while at >= 0:
                match = _TO_LINE_END.match(self._text, at)
                text = match[0] if match else ""
                place = self._source.position(at)
                before = self._text[at - place.column + 1 : at]
                above = self._source.line(place.line - 1)
                blank = place.line > 1 and not above.strip(" \t")
                yield Comment(at, text.rstrip(" \t"), place.column - 1, not before.strip(" \t"), blank)
                at = self._text.find("#", at + len(text), end)


def _directives(text: str, end: int) -> Iterator[tuple[int, int]]:
    """The lines that begin with ``%`` before ``---``."""
    at = 0
    while at < end - 3:
        match = _LINE.match(text, at)
        stop = match.end() if match else end
        if text[at] == "%":
            yield at, stop
        at = stop


def _gaps(solid: Iterable[tuple[int, int]], end: int) -> Iterator[tuple[int, int]]:
    """What lies between the stretches."""
    at = 0
    for start, stop in sorted(solid):
        if start > at:
            yield at, start
        at = max(at, stop)
    if end > at:
        yield at, end
