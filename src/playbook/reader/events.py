"""The YAML event stream: libyaml's where its wheel exists, else the pure Python parser's.

Both give the event classes of ``ruamel.yaml.events``. Nobody outside this file imports ruamel.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

__all__ = [
    "AliasEvent",
    "DocumentEndEvent",
    "DocumentStartEvent",
    "MappingEndEvent",
    "MappingStartEvent",
    "NextEvent",
    "Problem",
    "ScalarEvent",
    "SequenceEndEvent",
    "SequenceStartEvent",
    "StreamEndEvent",
    "c_events",
    "has_c_parser",
    "open_events",
    "problem_of",
    "pure_events",
]

_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\[uU](?:0000)?[dD][89a-fA-F]")
NextEvent = Callable[[], Any]
try:
    import _ruamel_yaml

    _CParser: Any = _ruamel_yaml.CParser
except ImportError:  # no wheel for this interpreter or platform
    _CParser = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A parser's complaint: its words, where it is, and where the thing began that it was reading."""

    text: str
    context: str
    at: int | None
    opened: int | None


class ProblemError(Exception):
    """A complaint of our own, raised like a parser's."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def has_c_parser() -> bool:
    """Whether the events come from libyaml."""
    return _CParser is not None


def open_events(text: str) -> NextEvent:
    """A function that gives the next event of a text, and raises the parser's error at a mistake."""
    return c_events(text) if has_c_parser() else pure_events(text)


def c_events(text: str) -> NextEvent:
    """libyaml's events. Marks count code points, because the text is passed as ``str``."""
    get_event: NextEvent = _CParser(text).get_event
    return get_event


def pure_events(text: str) -> NextEvent:
    """The pure Python parser's events: slower by a factor of 30, same meaning."""
    from ruamel.yaml import YAML

    next_event: NextEvent = iter(YAML(typ="safe", pure=True).parse(text)).__next__

    def checked() -> Any:
        event = next_event()
        # Half a surrogate pair is no character; libyaml refuses it, and nobody could print it.
        if event.__class__ is ScalarEvent and _SURROGATE.search(event.value):
            escape = _SURROGATE_ESCAPE.search(text, event.start_mark.index)
            at = escape.start() if escape else event.start_mark.index
            raise ProblemError(Problem("found invalid Unicode character escape code", "", at, None))
        return event

    return checked


def problem_of(error: Exception) -> Problem:
    """The complaint in a parser's exception, whatever its class."""
    if isinstance(error, ProblemError):
        return error.problem
    if isinstance(error, MarkedYAMLError):
        at, opened = error.problem_mark, error.context_mark
        return Problem(
            error.problem or error.context or "",
            error.context or "",
            at.index if at is not None else None,
            opened.index if opened is not None else None,
        )
    words = getattr(error, "reason", None) or str(error) or type(error).__name__
    return Problem(str(words), "", None, None)
