"""The hot path: values straight from libyaml's events, for documents without anything unusual.

Aliases, merges, tags, keys that need a word, limits and every mistake end it with an exception; the careful
reading in ``compose.py`` then starts anew and knows the places. Both give the same values.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import Any, TypeVar

from playbook.reader.dialect import has_foreign_breaks
from playbook.reader.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    NextEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    c_events,
)
from playbook.reader.limits import MAX_DEPTH, MAX_NODES
from playbook.reader.pause import collector_paused
from playbook.text.scalars import FALSES, NULLS, TRUES, resolve_plain

_WORDS = TRUES | FALSES | NULLS
ODD_KEYS = NULLS | {"<<"}
"""Keys that do not stand for their text."""
_NUMBER_STARTS = "0123456789+-."
_NO_KEY: Any = object()
_Document = TypeVar("_Document")


class UnusualError(Exception):
    """The document needs the careful reading."""


def fast_values(text: str) -> object:
    """The value of a text's only document.

    Raises :class:`UnusualError`, or whatever the parser raises, where the careful reading is needed.
    """
    return only_document(text, _document)


def only_document(text: str, read: Callable[[NextEvent], _Document]) -> _Document | None:
    """What is read of a text's only document, from its first event on; ``None`` for an empty text.

    Raises :class:`UnusualError` if there are several, or whatever the parser or ``read`` raises.
    """
    if has_foreign_breaks(text):
        raise UnusualError
    with collector_paused():
        next_event = c_events(text)
        next_event()  # the start of the stream
        if next_event().__class__ is StreamEndEvent:
            return None
        document = read(next_event)
        next_event()  # the end of the document
        if next_event().__class__ is not StreamEndEvent:
            raise UnusualError
        return document


def _document(next_event: NextEvent) -> object:  # noqa: PLR0912 - a call per node costs too much
    root: list[object] = []
    items: Any = root  # the list being filled; or None while it is a mapping
    mapping: Any = None
    key: Any = _NO_KEY
    stack: list[tuple[Any, Any]] = []
    no_key, number_starts, words, odd_keys = _NO_KEY, _NUMBER_STARTS, _WORDS, ODD_KEYS
    for _ in repeat(None, MAX_NODES):
        event = next_event()
        kind = event.__class__
        if kind is ScalarEvent:
            if event.ctag is not None:
                raise UnusualError
            value = event.value
            if items is None:
                if key is no_key:
                    if value in mapping or value in odd_keys:
                        raise UnusualError
                    key = value
                else:
                    if not event.style and (value in words or value[0] in number_starts):
                        value = resolve_plain(value)
                    mapping[key] = value
                    key = no_key
            else:
                if not event.style and (value in words or value[0] in number_starts):
                    value = resolve_plain(value)
                items.append(value)
                if items is root:
                    return root[0]
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            items, mapping = stack.pop()
            if items is root:
                return root[0]
        elif kind is AliasEvent:
            raise UnusualError
        else:
            value = {} if kind is MappingStartEvent else []
            if event.ctag is not None or len(stack) >= MAX_DEPTH:
                raise UnusualError
            if items is not None:
                items.append(value)
            elif key is no_key:
                raise UnusualError
            else:
                mapping[key] = value
                key = no_key
            stack.append((items, mapping))
            items, mapping = (None, value) if kind is MappingStartEvent else (value, None)
    raise UnusualError
