"""Events into nodes with offsets, and what is wrong with them into findings.

After a syntax error the nodes read so far remain.
"""

from __future__ import annotations

from typing import Any

from playbook.diagnostics import Diagnostic
from playbook.reader.dialect import Disguise
from playbook.reader.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    Problem,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    problem_of,
)
from playbook.reader.findings import finding
from playbook.reader.limits import MAX_DEPTH, MAX_FINDINGS, MAX_NODES
from playbook.reader.mappings import close_mapping
from playbook.reader.nodes import UNREADABLE, Mapping, Node, Scalar, Sequence
from playbook.reader.properties import properties, tag_finding
from playbook.text.spans import SourceText


class Composition:
    """What a careful reading gives: the root node (``None`` for an empty document) and the findings.

    ``failed`` is true where the nodes are not what the author meant: a syntax error, an alias that leads
    nowhere, a limit.
    """

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.root: Node | None = None
        self.findings: list[Diagnostic] = []
        self.failed = False
        self._open: list[Sequence | Mapping] = []
        self._anchors: dict[str, Node] = {}
        self._count = 0
        self.bracket: int | None = None  # the innermost bracket open where the parser stopped
        self.quoted: tuple[int, int] | None = None  # the last quoted text, if it goes over several lines

    def read(self, disguise: Disguise) -> Problem | None:
        """Read all events; the parser's complaint where it stops early."""
        problem = None
        try:
            next_event = disguise.next_events()
        except Exception as error:  # libyaml takes no surrogates
            return problem_of(error)
        while True:
            try:
                event = next_event()
            except Exception as error:  # any class: the C parser's errors are not all of one family
                self.bracket = self._open[-1].start if self._open and self._open[-1].flow else None
                problem = problem_of(error)
                break
            if not self._take(event):
                break
            if len(self.findings) >= MAX_FINDINGS:
                last = self.findings[-1].place.span.end.offset
                self._stop("too many mistakes; the rest of the file is not read", last)
                break
        while self._open:
            self._close(self._open[-1].end)
        return problem

    def _take(self, event: Any) -> bool:
        kind = event.__class__
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            return self._collection(event)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            self._close(event.end_mark.index if self._open[-1].flow else self._open[-1].end)
        elif kind is AliasEvent:
            return self._alias(event)
        elif kind is DocumentStartEvent and self.root is not None:
            at = event.start_mark.index
            message = "a second document begins here; one document per file"
            hint = "move it into a file of its own"
            self.findings.append(finding(self.source, message, at, at + 3, suggestion=hint))
            return False
        return kind is not StreamEndEvent

    def _scalar(self, event: Any) -> bool:
        start, tag = properties(self.source.text, event)
        end = max(event.end_mark.index, start)
        style = event.style or ""
        if style in {"|", ">"}:
            end = trimmed(self.source.text, start, end, event.value)
        elif style and "\n" in self.source.text[start:end]:
            self.quoted = start, end
        node = Scalar(start, end, event.value, style, tag is not None and tag.forces_text)
        if tag is not None and not tag.forces_text:
            self.findings.append(tag_finding(self.source, tag))
        return self._attach(node, event.anchor, end)

    def _collection(self, event: Any) -> bool:
        start, tag = properties(self.source.text, event)
        flow = bool(event.flow_style)
        is_mapping = event.__class__ is MappingStartEvent
        node = Mapping(start, start, flow) if is_mapping else Sequence(start, start, flow)
        if tag is not None:
            self.findings.append(tag_finding(self.source, tag))
        if len(self._open) >= MAX_DEPTH:
            return self._too_deep(start)
        if not self._attach(node, event.anchor, start):
            return False
        self._open.append(node)
        return True

    def _attach(self, node: Node, anchor: str | None, end: int) -> bool:
        if anchor is not None:
            self._anchors[anchor] = node
        self._count += 1
        if self._count > MAX_NODES:
            return self._too_many(node.start)
        if self._open:
            self._open[-1].children.append(node)
            self._open[-1].end = end
        elif self.root is None:
            self.root = node
        return True

    def _close(self, end: int) -> None:
        node = self._open.pop()
        if not node.flow and node.children:
            node.start = min(node.start, node.children[0].start) if node.start > end else node.start
        node.end = max(end, node.start)
        for child in node.children:
            node.size += child.size
            node.height = max(node.height, child.height + 1)
        if isinstance(node, Mapping):
            close_mapping(self.source, node, self.findings)
        if self._open:
            self._open[-1].end = node.end

    def _alias(self, event: Any) -> bool:
        start, end = event.start_mark.index, event.end_mark.index
        node = self._anchors.get(event.anchor)
        if node is None or node in self._open:
            self._bad_alias(event.anchor, start, end, node)
            node = Scalar(start, end, "", UNREADABLE)
        elif len(self._open) + node.height > MAX_DEPTH:
            return self._too_deep(start)
        self._count += node.size
        if self._count > MAX_NODES:
            return self._too_many(start)
        if not self._open:
            self.root = node
            return True
        parent = self._open[-1]
        if isinstance(parent, Mapping) and len(parent.children) % 2 == 0 and isinstance(node, Scalar):
            node = Scalar(start, end, node.text, node.style, node.is_text)  # a key has a place of its own
        parent.children.append(node)
        parent.end = end
        return True

    def _bad_alias(self, anchor: str, start: int, end: int, node: Node | None) -> None:
        if node is None:
            message = f'alias "*{anchor}" has no anchor "&{anchor}" before it'
            hint = f'if it is a text, quote it: "*{anchor}"'
        else:
            message = f'alias "*{anchor}" stands inside its own anchor "&{anchor}"'
            hint = "an alias can only repeat something that is complete"
        self.failed = True
        self.findings.append(finding(self.source, message, start, end, suggestion=hint))

    def _too_deep(self, at: int) -> bool:
        message = f"more than {MAX_DEPTH} mappings and lists inside one another"
        return self._stop(message, at, f"at most {MAX_DEPTH} levels")

    def _too_many(self, at: int) -> bool:
        message = f"the document has more than {MAX_NODES:,} values, those behind aliases included"
        return self._stop(message, at, f"at most {MAX_NODES:,} values")

    def _stop(self, message: str, at: int, expected: str | None = None) -> bool:
        """Give up on the document: what is read of it is not worth its time."""
        self.failed = True
        self.root = None
        self._open.clear()
        self.findings.append(finding(self.source, message, at, at + 1, expected=expected))
        return False


def trimmed(text: str, start: int, end: int, value: str) -> int:
    """The end of a block text without the blank lines behind it, unless they are part of the value."""
    end = min(end, len(text))
    last = len(text[start:end].rstrip()) + start
    return end if value.endswith("\n\n") or not value.strip() else last
