"""Plain values as YAML, line by line: what the reader reads back as the same values.

The values are those of the reader: mappings, lists, texts, :class:`~playbook.text.scalars.Plain` and ``None``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playbook.text.paths import KeyPath
from playbook.text.scalars import Plain, resolve_plain

WIDTH = 100
"""Columns that a collection in brackets may reach."""

_INDENT = "  "
_BAD_START = frozenset("-?:,[]{}#&*!|>'\"%@` \t")
_BAD_INSIDE = re.compile(r": |:$| #|\s$")
# In brackets these could end the text, or (in older readers) begin another key.
_BAD_IN_BRACKETS = re.compile(r"[,\[\]{}:?]")
# The last ones are no texts to readers of YAML 1.1.
_WORDS_OF_YAML = frozenset({"<<", "=", "yes", "no", "on", "off"})
# C0 and C1 controls, line ends of Unicode, bidirectional overrides and what no text should hold.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)

Together = Callable[[KeyPath], bool]


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line break. ``path`` is that of the value which begins on it.

    ``None`` stands for the further lines of a text of several lines, which can have no comment.
    """

    text: str
    path: KeyPath | None


def lines(value: object, together: Together = lambda _: True) -> Iterator[Line]:
    """A document, line by line.

    Small collections stand in brackets on the line of their key if ``together`` says of their path that
    they may. Stages and steps, and whatever else is a list of mappings with several lines, get lines of
    their own.
    """
    yield from _Emitter(together).block(value, (), "")


class _Emitter:
    def __init__(self, together: Together) -> None:
        self._together = together

    def block(self, value: object, path: KeyPath, indent: str) -> Iterator[Line]:
        """The entries of a collection, a line or more for each."""
        if isinstance(value, dict) and value:
            for key, part in value.items():
                yield from self._entry(f"{indent}{scalar(key)}:", part, (*path, key), indent + _INDENT)
        elif isinstance(value, list) and value:
            for index, part in enumerate(value):
                yield from self._item(part, (*path, index), indent)
        else:
            yield Line(indent + _in_brackets(value), path)

    def _entry(self, head: str, value: object, path: KeyPath, inside: str) -> Iterator[Line]:
        if not isinstance(value, dict | list) or not value:
            yield from _leaf(head, value, path, inside)
            return
        short = self._short(head, value, path)
        if short is not None:
            yield Line(short, path)
            return
        yield Line(head, path)
        yield from self.block(value, path, inside)

    def _item(self, value: object, path: KeyPath, indent: str) -> Iterator[Line]:
        head, inside = f"{indent}-", indent + _INDENT
        if not isinstance(value, dict | list) or not value:
            yield from _leaf(head, value, path, inside)
            return
        short = self._short(head, value, path)
        if short is not None:
            yield Line(short, path)
            return
        # The first entry stands behind the dash.
        rest = self.block(value, path, inside)
        first = next(rest)
        yield Line(f"{head} {first.text[len(inside) :]}", first.path)
        yield from rest

    def _short(self, head: str, value: object, path: KeyPath) -> str | None:
        """A collection on the line of its key, if it is small and not a part of the journey."""
        is_map_of_parts = len(path) == 1 and isinstance(value, dict)
        if is_map_of_parts or _is_step(path) or not self._together(path):
            return None
        line = f"{head} {_in_brackets(value)}"
        return line if len(line) <= WIDTH else None


def _is_step(path: KeyPath) -> bool:
    """Whether a path is that of the stages, a stage, the steps or a step, which people read line by line."""
    return path[:1] == ("stages",) and (len(path) <= 2 or path[2] == "steps") and len(path) <= 4


def _leaf(head: str, value: object, path: KeyPath, inside: str) -> Iterator[Line]:
    if isinstance(value, str) and _is_block(value):
        body = value.removesuffix("\n").split("\n")
        yield Line(f"{head} {'|' if value.endswith(chr(10)) else '|-'}", path)
        yield from (Line(inside + line if line else "", None) for line in body)
    else:
        yield Line(f"{head} {_in_brackets(value, in_brackets=False)}", path)


def _is_block(text: str) -> bool:
    """Whether a text of several lines can stand as it is."""
    body = text.removesuffix("\n")
    rows = body.split("\n")
    plain = not any(_UNPRINTABLE.search(row) or row != row.rstrip() for row in rows)
    return len(rows) > 1 and plain and bool(rows[0]) and bool(rows[-1]) and not rows[0].startswith(" ")


def _in_brackets(value: object, *, in_brackets: bool = True) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key, True)}: {_in_brackets(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_in_brackets, value)) + "]"
    return scalar(value, in_brackets)


def scalar(value: object, in_brackets: bool = False) -> str:
    """A text as YAML, in quotes only where it would be read as something else."""
    if value is None:
        return "null"
    text = str(value)
    if isinstance(value, Plain):
        return text
    if _UNPRINTABLE.search(text):
        return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", _quoted(text))
    if not _needs_quotes(text, in_brackets):
        return text
    return f"'{text.replace(chr(39), chr(39) * 2)}'" if '"' in text or "\\" in text else f'"{text}"'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _needs_quotes(text: str, in_brackets: bool) -> bool:
    """Whether a text without quotes would end early, or be a number, a boolean, nothing or syntax."""
    resolved = resolve_plain(text)
    return (
        resolved is None
        or isinstance(resolved, Plain)
        or text[0] in _BAD_START
        or text.lower() in _WORDS_OF_YAML
        or text.startswith("...")
        or _BAD_INSIDE.search(text) is not None
        or (in_brackets and _BAD_IN_BRACKETS.search(text) is not None)
    )
