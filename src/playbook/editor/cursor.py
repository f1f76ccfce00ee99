"""Where in a document a cursor stands: told by indentation and brackets alone.

A document that is being typed is rarely YAML at that moment. So nothing is parsed here: lines are read one
by one, and whatever cannot be understood is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from playbook.editor.brackets import Brackets
from playbook.editor.lines import Lines, behind_properties, closing, key_in, unquoted
from playbook.language.documents import KINDS
from playbook.text.paths import KeyPath

Where = Literal["key", "value", "item", "comment", "nowhere"]

_KIND = re.compile(rf"^(?:\ufeff)?[\"']?({'|'.join(KINDS)})[\"']?[ ]*:(?:[ \t]|$)", re.MULTILINE)
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#")
_WORD_AHEAD = re.compile(r"[\w.-]*")


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a cursor stands.

    ``path`` is that of the mapping for a ``key`` and of the value itself for a ``value``. An ``item`` may
    become either: an empty place behind a dash or below a key. ``text`` is what is written of the key or
    value ahead of the cursor, beginning at ``start``; ``end`` is where its word ends. ``present`` are
    the keys that the mapping has.
    """

    where: Where
    path: KeyPath = ()
    text: str = ""
    start: int = 0
    end: int = 0
    present: frozenset[str] = frozenset()
    in_brackets: bool = False
    column: int = 0
    dash: bool = False
    """Whether the place is behind a dash."""


def kind_of(text: str) -> str | None:
    """The kind of document that a text says it is, however broken."""
    match = _KIND.search(text)
    return match[1] if match else None


def cursor_at(text: str, offset: int) -> Cursor:
    """Where a cursor at an offset stands. Never raises."""
    return _Scan(text, max(0, min(offset, len(text)))).run()


class _Scan(Lines):
    """The line of the cursor, behind all lines ahead of it."""

    def run(self) -> Cursor:
        at = self.read()
        return self._last(at, self._text[at : self._offset])

    def _last(self, at: int, line: str) -> Cursor:
        indent = len(line) - len(line.lstrip(" \t"))
        before = self._inside(at, line, indent)
        if before is not None:
            return before
        body = line.lstrip(" \t")
        column, body, dash = self._dashes(indent, body)
        start = at + column
        if body[:1] == "#":
            return self._comment(start)
        match = key_in(body)
        if match is not None:
            self._enter(column, unquoted(match["key"]))
            begin = match.end() + len(body[match.end() :]) - len(body[match.end() :].lstrip(" \t"))
            begin = behind_properties(body, begin)
            return self._at_value(start + begin, column, body[begin:])
        if body[:1] in ("[", "{") and body:
            return self._in_brackets(Brackets(self._text, start), start, column)
        if self._offset == start and self._text[start : start + 1] in ("[", "{"):
            return Cursor("nowhere")
        return self._at_item(start, column, body, dash=dash)

    def _inside(self, at: int, line: str, indent: int) -> Cursor | None:
        """The cursor in a text or in brackets that began on a line above."""
        blank = not line.strip()
        rest = self._text[self._offset : self._offset + 1]
        level = self._levels[-1] if self._levels else None
        if self._block is not None and level is not None and (indent > self._block or (blank and rest)):
            if indent > self._block:
                first = self._text.find("\n", level.value_at or 0) + 1
                return self._value_cursor(self.path(), min(first or at, self._offset))
            return None
        if self._quote is not None and level is not None and (indent > self._quote[1] or blank):
            return self._value_cursor(self.path(), (level.value_at or 0) + 1)
        if self._brackets is not None and (indent > self._brackets[1] or line.lstrip()[:1] in ("]", "}")):
            brackets, column = self._brackets
            return self._in_brackets(brackets, at, column)
        return None

    def _at_value(self, start: int, column: int, body: str) -> Cursor:
        if body[:1] in ("[", "{") and body:
            return self._in_brackets(Brackets(self._text, start), start, column)
        if body[:1] in ('"', "'") and body:
            end = closing(body[1:], body[0])
            if end is None:
                return self._value_cursor(self.path(), start + 1)
            return self._behind(start + end + 2) or Cursor("nowhere")
        return self._behind(start) or self._value_cursor(self.path(), start)

    def _behind(self, start: int) -> Cursor | None:
        """The cursor in a comment that begins behind some place."""
        comment = _COMMENT.search(self._text[start : self._offset])
        return self._comment(start + comment.start()) if comment else None

    def _comment(self, begin: int) -> Cursor:
        return Cursor("comment", text=self._text[begin : self._offset], start=begin, end=self._offset)

    def _at_item(self, start: int, column: int, body: str, *, dash: bool) -> Cursor:
        """A place with nothing but a word, that may become a key."""
        comment = self._behind(start)
        if comment is not None:
            return comment
        below = self._keys_below(column)
        if dash:
            return self._word_cursor("item", self.path(), start, below, column, dash=True)
        while self._levels and self._levels[-1].column > column:
            self._levels.pop()
        if self._levels and self._levels[-1].column == column and isinstance(self._levels[-1].key, int):
            under = self._levels[-2] if len(self._levels) > 1 else None
            if under is None or under.column != column:
                # Where the dashes stand: the next one.
                self._levels[-1].key += 1
                return self._word_cursor("item", self.path(), start, frozenset(), column)
            self._levels.pop()
        if not self._levels:
            return self._word_cursor("key", (), start, below, column)
        top = self._levels[-1]
        if top.column == column:
            present = below | set(top.keys)
            return self._word_cursor("key", self.path()[:-1], start, present, column)
        if isinstance(top.key, int):
            return Cursor("nowhere")
        if top.value_at is not None:
            return self._value_cursor(self.path(), top.value_at) if body else Cursor("nowhere")
        return self._word_cursor("item", self.path(), start, below, column)

    def _keys_below(self, column: int) -> frozenset[str]:
        """The keys of a mapping on the lines behind the cursor."""
        found: set[str] = set()
        at = self._text.find("\n", self._offset) + 1
        lines = self._text[at:].split("\n") if at else []
        for line in lines[:5000]:
            body = line.lstrip(" ")
            if not body.strip() or body[0] == "#":
                continue
            indent = len(line) - len(body)
            if indent < column or (indent == column and body[:2] in ("- ", "-")):
                break
            match = key_in(body) if indent == column else None
            if match:
                found.add(unquoted(match["key"]))
        return frozenset(found)

    # -- results ---------------------------------------------------------------------------------

    def _value_cursor(self, path: KeyPath, start: int, *, in_brackets: bool = False) -> Cursor:
        end = self._offset + len(_WORD_AHEAD.match(self._text, self._offset)[0])  # type: ignore[index]
        text = self._text[start : self._offset]
        return Cursor("value", path, text, start, end, in_brackets=in_brackets)

    def _word_cursor(
        self,
        where: Where,
        path: KeyPath,
        start: int,
        present: frozenset[str],
        column: int,
        *,
        dash: bool = False,
        in_brackets: bool = False,
    ) -> Cursor:
        word = _WORD_AHEAD.match(self._text, self._offset)
        end = word.end() if word else self._offset
        text = self._text[start : self._offset]
        # The key that the cursor is in is none of the others.
        own = text + self._text[self._offset : end]
        return Cursor(where, path, text, start, end, present - {own}, in_brackets, column, dash)

    def _in_brackets(self, brackets: Brackets, at: int, column: int) -> Cursor:
        brackets.read(at, self._offset)
        if brackets.closed is not None:
            return self._behind(brackets.closed) or Cursor("nowhere")
        if brackets.in_comment is not None:
            return self._comment(brackets.in_comment)
        path = (*self.path(), *brackets.path())
        start = brackets.token if brackets.token is not None else self._offset
        if brackets.at_key:
            present = frozenset(brackets.keys()) | brackets.keys_behind(self._offset)
            return self._word_cursor("key", path, start, present, column, in_brackets=True)
        return self._value_cursor(path, start, in_brackets=True)
