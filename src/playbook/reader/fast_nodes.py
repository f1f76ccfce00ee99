"""The hot path to places: nodes straight from libyaml's events, for documents without anything unusual.

What is unusual is what :mod:`playbook.reader.fast` calls so; there the careful reading starts anew. Both give
the same nodes.
"""

from __future__ import annotations

from functools import partial
from itertools import repeat
from typing import Any

from playbook.reader.composition import trimmed
from playbook.reader.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    NextEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from playbook.reader.fast import ODD_KEYS, UnusualError, only_document
from playbook.reader.limits import MAX_DEPTH, MAX_NODES
from playbook.reader.nodes import Mapping, Node, Scalar, Sequence


def fast_nodes(text: str) -> Node | None:
    """The node of a text's only document; ``None`` for an empty one.

    Raises :class:`UnusualError`, or whatever the parser raises, where the careful reading is needed.
    """
    return only_document(text, partial(_document, text))


def _document(text: str, next_event: NextEvent) -> Any:  # noqa: PLR0912 - a call per node costs too much
    opened: list[Mapping | Sequence] = []
    key: Any = None
    keys: list[Any] = []  # for each open node its own key in the mapping around it
    parent: Any = None
    node: Any
    for _ in repeat(None, MAX_NODES):
        event = next_event()
        kind = event.__class__
        if kind is ScalarEvent:
            node = _scalar(text, event)
            if parent is None:
                return node
            parent.children.append(node)
            parent.end = node.end
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            node = opened.pop()
            if node.__class__ is Mapping and key is not None:
                raise UnusualError
            _close(node, event)
            key = keys.pop()
            if not opened:
                return node
            parent = opened[-1]
            parent.end = node.end
        elif kind is AliasEvent or event.anchor is not None or event.ctag is not None or len(opened) >= MAX_DEPTH:
            raise UnusualError
        else:
            start = event.start_mark.index
            node = (Mapping if kind is MappingStartEvent else Sequence)(start, start, bool(event.flow_style))
            if parent is not None:
                parent.children.append(node)
            opened.append(node)
            keys.append(key)
            if parent.__class__ is Mapping and key is None:
                raise UnusualError
            parent, key = node, None
            continue
        if parent.__class__ is Mapping:
            if key is None:
                key = _as_key(parent, node)
            else:
                parent.entries[key.text] = (key, node)
                key = None
    raise UnusualError


def _close(node: Mapping | Sequence, event: Any) -> None:
    end = event.end_mark.index if node.flow else node.end
    if node.start > end and not node.flow and node.children:
        node.start = min(node.start, node.children[0].start)
    node.end = max(end, node.start)


def _scalar(text: str, event: Any) -> Scalar:
    if event.ctag is not None or event.anchor is not None:
        raise UnusualError
    start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
    if style in {"|", ">"}:
        end = trimmed(text, start, end, event.value)
    return Scalar(start, end, event.value, style)


def _as_key(parent: Mapping, node: Node) -> Scalar:
    """A node as a key of a mapping."""
    if not isinstance(node, Scalar) or node.text in parent.entries or node.text in ODD_KEYS:
        raise UnusualError
    if parent.flow and ":" in node.text:
        # Perhaps a blank is missing behind the colon.
        raise UnusualError
    return node
