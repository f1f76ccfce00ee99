"""Where in a document a cursor stands: told by indentation and brackets alone.

A document that is being typed is rarely YAML at that moment. So nothing is parsed here: lines are read one
by one, and whatever cannot be understood is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from playbook.editor.brackets import Brackets
from playbook.language.documents import KINDS
from playbook.text.paths import KeyPath

Where = Literal["key", "value", "item", "comment", "nowhere"]

_KIND = re.compile(rf"^(?:\ufeff)?[\"']?({'|'.join(KINDS)})[\"']?[ ]*:(?:[ \t]|$)", re.MULTILINE)
_KEY = re.compile(
    r"(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
    r"|[^\s\"'\[\]{}#&*!|>%@`,](?:[^:#]|:(?=\S)|(?<=\S)#)*?)[ \t]*:(?=[ \t]|$)"
)
_LONGEST_KEY = 300
_PROPERTIES = re.compile(r"(?:[&!][^\s]*[ \t]+)*")
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
    glued: bool = False
    """Whether a blank is missing behind the colon."""


def kind_of(text: str) -> str | None:
    """The kind of document that a text says it is, however broken."""
    match = _KIND.search(text)
    return match[1] if match else None


def cursor_at(text: str, offset: int) -> Cursor:
    """Where a cursor at an offset stands. Never raises."""
    return _Scan(text, max(0, min(offset, len(text)))).run()


@dataclass(slots=True)
class _Level:
    """A mapping or a list that is open: where it begins, and its key or index."""

    column: int
    key: str | int
    keys: list[str] = field(default_factory=list)
    value_at: int | None = None
    """Where a text begins that stands on the line of its key."""


class _Scan:
    """Reads lines up to the one of the cursor, and then that line up to the cursor."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._levels: list[_Level] = []
        self._block: int | None = None
        """The column of the key whose text stands in the lines below it (``|``, ``>``)."""
        self._quote: tuple[str, int] | None = None
        """A quoted text of several lines: the mark, and the column of its key."""
        self._brackets: tuple[Brackets, int] | None = None
        """Brackets that are open, and the column of their key."""

    def run(self) -> Cursor:
        at = 0
        for match in re.finditer(r"\r\n|\r|\n", self._text):
            if match.start() >= self._offset:
                break
            self._line(at, self._text[at : match.start()])
            at = match.end()
        at = min(at, self._offset)
        return self._last(at, self._text[at : self._offset])

    # -- lines ahead of the cursor ---------------------------------------------------------------

    def _line(self, at: int, line: str) -> None:
        if self._goes_on(at, line):
            return
        body = line.lstrip(" \t")
        column = len(line) - len(body)
        if not body or body[0] == "#" or (column == 0 and body[0] == "%"):
            return
        if column == 0 and (body.startswith(("---", "..."))):
            self._levels.clear()
            return
        column, body, _ = self._dashes(column, body)
        match = _key_in(body)
        if match is None:
            self._text_item(at + column, column, body)
            return
        self._enter(column, _unquoted(match["key"]))
        begin = match.end() + len(body[match.end() :]) - len(body[match.end() :].lstrip(" \t"))
        begin = _behind_properties(body, begin)
        self._value(at + column + begin, column, body[begin:])

    def _goes_on(self, at: int, line: str) -> bool:
        """Whether a line belongs to a text or to brackets that began on a line above."""
        blank = not line.strip()
        indent = len(line) - len(line.lstrip(" \t"))
        if self._block is not None:
            if blank or indent > self._block:
                return True
            self._block = None
        if self._quote is not None:
            mark, column = self._quote
            # Somebody who has not closed a quote yet has not made all that follows a part of it.
            if blank or indent > column:
                if _closes(line, mark):
                    self._quote = None
                return True
            self._quote = None
        if self._brackets is not None:
            brackets, column = self._brackets
            if blank or indent > column or line.lstrip()[:1] in ("]", "}"):
                brackets.read(at, at + len(line))
                if brackets.closed is not None:
                    self._brackets = None
                return True
            self._brackets = None
        return False

    def _dashes(self, column: int, body: str) -> tuple[int, str, bool]:
        dash = False
        while body[:1] == "-" and body[1:2] in ("", " ", "\t"):
            dash = True
            while self._levels and self._levels[-1].column > column:
                self._levels.pop()
            top = self._levels[-1] if self._levels else None
            if top is not None and top.column == column and isinstance(top.key, int):
                top.key += 1
            else:
                self._levels.append(_Level(column, 0))
            rest = body[1:].lstrip(" \t")
            column += len(body) - len(rest)
            body = rest
        return column, body, dash

    def _enter(self, column: int, key: str) -> None:
        while self._levels and (
            self._levels[-1].column > column
            or (self._levels[-1].column == column and isinstance(self._levels[-1].key, int))
        ):
            self._levels.pop()
        if not self._levels or self._levels[-1].column < column:
            self._levels.append(_Level(column, key))
        level = self._levels[-1]
        level.key = key
        level.keys.append(key)
        level.value_at = None

    def _value(self, at: int, column: int, body: str) -> None:
        """The value behind a key, which stands at ``at``."""
        first = body[:1]
        if not body or first == "#":
            return
        if first in "|>" and re.fullmatch(r"[|>][-+0-9]*[ \t]*(?:#.*)?", body):
            self._block = column
            self._levels[-1].value_at = at
        elif first in "[{":
            brackets = Brackets(self._text, at)
            brackets.read(at, at + len(body))
            if brackets.closed is None:
                self._brackets = (brackets, column)
        else:
            self._levels[-1].value_at = at
            if first in "\"'" and not _closes(body[1:], first):
                self._quote = (first, column)

    def _text_item(self, at: int, column: int, body: str) -> None:
        """A text that is an item, or stands below its key, or goes on from a line above."""
        if not body:
            return
        while self._levels and self._levels[-1].column > column:
            self._levels.pop()
        if self._levels and self._levels[-1].value_at is None:
            level = self._levels[-1]
            self._value(at, level.column, body)
            if isinstance(level.key, int):
                level.value_at = None

    # -- the line of the cursor ------------------------------------------------------------------

    def _last(self, at: int, line: str) -> Cursor:
        indent = len(line) - len(line.lstrip(" \t"))
        before = self._inside(at, line, indent)
        if before is not None:
            return before
        body = line.lstrip(" \t")
        column, body, dash = self._dashes(indent, body)
        start = at + column
        if body[:1] == "#":
            return Cursor("comment", text=body, start=start, end=self._offset)
        match = _key_in(body)
        if match is not None:
            self._enter(column, _unquoted(match["key"]))
            begin = match.end() + len(body[match.end() :]) - len(body[match.end() :].lstrip(" \t"))
            begin = _behind_properties(body, begin)
            return self._at_value(start + begin, column, body[begin:], glued=match.end() == len(body))
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
                return self._value_cursor(self._path(), min(first or at, self._offset))
            return None
        if self._quote is not None and level is not None and (indent > self._quote[1] or blank):
            return self._value_cursor(self._path(), (level.value_at or 0) + 1)
        if self._brackets is not None and (indent > self._brackets[1] or line.lstrip()[:1] in ("]", "}")):
            brackets, column = self._brackets
            return self._in_brackets(brackets, at, column)
        return None

    def _at_value(self, start: int, column: int, body: str, *, glued: bool) -> Cursor:
        if body[:1] in ("[", "{") and body:
            return self._in_brackets(Brackets(self._text, start), start, column)
        quoted = body[:1] in ('"', "'") and body != ""
        if quoted:
            closing = _closing(body[1:], body[0])
            if closing is not None:
                tail = body[closing + 2 :]
                comment = _COMMENT.search(tail)
                if comment:
                    begin = start + closing + 2 + comment.start()
                    return Cursor("comment", text=self._text[begin : self._offset], start=begin, end=self._offset)
                if tail.strip():
                    return Cursor("nowhere")
                return self._value_cursor(self._path(), start + 1)
            return self._value_cursor(self._path(), start + 1)
        comment = _COMMENT.search(body)
        if comment:
            begin = start + comment.start()
            return Cursor("comment", text=self._text[begin : self._offset], start=begin, end=self._offset)
        return self._value_cursor(self._path(), start, glued=glued)

    def _at_item(self, start: int, column: int, body: str, *, dash: bool) -> Cursor:
        """A place with nothing but a word, that may become a key."""
        comment = _COMMENT.search(body)
        if comment:
            begin = start + comment.start()
            return Cursor("comment", text=self._text[begin : self._offset], start=begin, end=self._offset)
        below = self._keys_below(column)
        if dash:
            return self._word_cursor("item", self._path(), start, below, column, dash=True)
        while self._levels and self._levels[-1].column > column:
            self._levels.pop()
        if self._levels and self._levels[-1].column == column and isinstance(self._levels[-1].key, int):
            under = self._levels[-2] if len(self._levels) > 1 else None
            if under is None or under.column != column:
                # Where the dashes stand: the next one.
                self._levels[-1].key += 1
                return self._word_cursor("item", self._path(), start, frozenset(), column)
            self._levels.pop()
        if not self._levels:
            return self._word_cursor("key", (), start, below, column)
        top = self._levels[-1]
        if top.column == column:
            present = below | set(top.keys)
            return self._word_cursor("key", self._path()[:-1], start, present, column)
        if isinstance(top.key, int):
            return Cursor("nowhere")
        if top.value_at is not None:
            return self._value_cursor(self._path(), top.value_at) if body else Cursor("nowhere")
        return self._word_cursor("item", self._path(), start, below, column)

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
            match = _key_in(body) if indent == column else None
            if match:
                found.add(_unquoted(match["key"]))
        return frozenset(found)

    # -- results ---------------------------------------------------------------------------------

    def _path(self) -> KeyPath:
        return tuple(level.key for level in self._levels)

    def _value_cursor(self, path: KeyPath, start: int, *, glued: bool = False, in_brackets: bool = False) -> Cursor:
        end = self._offset + len(_WORD_AHEAD.match(self._text, self._offset)[0])  # type: ignore[index]
        text = self._text[start : self._offset]
        return Cursor("value", path, text, start, end, in_brackets=in_brackets, glued=glued)

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
            tail = self._text[brackets.closed : self._offset]
            comment = _COMMENT.search(tail)
            if comment is None:
                return Cursor("nowhere")
            begin = brackets.closed + comment.start()
            return Cursor("comment", text=self._text[begin : self._offset], start=begin, end=self._offset)
        if brackets.in_comment is not None:
            begin = brackets.in_comment
            return Cursor("comment", text=self._text[begin : self._offset], start=begin, end=self._offset)
        path = (*self._path(), *brackets.path())
        start = brackets.token if brackets.token is not None else self._offset
        if brackets.at_key:
            present = frozenset(brackets.keys()) | brackets.keys_behind(self._offset)
            return self._word_cursor("key", path, start, present, column, in_brackets=True)
        return self._value_cursor(path, start, in_brackets=True)


def _key_in(body: str) -> re.Match[str] | None:
    """The key at the beginning of a line. Longer ones are none, so that no line takes long to read."""
    return _KEY.match(body[:_LONGEST_KEY]) if len(body) > _LONGEST_KEY else _KEY.match(body)


def _behind_properties(body: str, at: int) -> int:
    """Where a value begins, behind its anchor and its tag."""
    match = _PROPERTIES.match(body, at)
    return match.end() if match else at


def _unquoted(key: str) -> str:
    return key[1:-1] if key[:1] in ("'", '"') and len(key) > 1 else key.rstrip()


def _closing(text: str, mark: str) -> int | None:
    """Where a quoted text ends whose inside begins at 0."""
    pattern = r'(?:[^"\\]|\\.)*+(")' if mark == '"' else r"(?:[^']|'')*+(')"
    match = re.match(pattern, text, re.DOTALL)
    return match.start(1) if match else None


def _closes(text: str, mark: str) -> bool:
    return _closing(text, mark) is not None
