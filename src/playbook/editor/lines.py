"""Reading a document line by line, whether it is YAML or not: which mappings and lists are open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playbook.editor.brackets import Brackets
from playbook.text.paths import KeyPath

_KEY = re.compile(
    r"(?P<key>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
    r"|[^\s\"'\[\]{}#&*!|>%@`,](?:[^:#]|:(?=\S)|(?<=\S)#)*?)[ \t]*:(?=[ \t]|$)"
)
_LONGEST_KEY = 300
_PROPERTIES = re.compile(r"(?:[&!][^\s]*[ \t]+)*")


@dataclass(slots=True)
class Level:
    """A mapping or a list that is open: where it begins, and its key or index."""

    column: int
    key: str | int
    keys: list[str] = field(default_factory=list)
    value_at: int | None = None
    """Where a text begins that stands on the line of its key."""


class Lines:
    """The lines ahead of the one of the cursor: what is open behind them."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._levels: list[Level] = []
        self._block: int | None = None
        """The column of the key whose text stands in the lines below it (``|``, ``>``)."""
        self._quote: tuple[str, int] | None = None
        """A quoted text of several lines: the mark, and the column of its key."""
        self._brackets: tuple[Brackets, int] | None = None
        """Brackets that are open, and the column of their key."""

    def read(self) -> int:
        """Read all lines up to the one of the cursor; where that one begins."""
        at = 0
        for match in re.finditer(r"\r\n|\r|\n", self._text):
            if match.start() >= self._offset:
                break
            self._line(at, self._text[at : match.start()])
            at = match.end()
        return min(at, self._offset)

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
        match = key_in(body)
        if match is None:
            self._text_item(at + column, column, body)
            return
        self._enter(column, unquoted(match["key"]))
        begin = match.end() + len(body[match.end() :]) - len(body[match.end() :].lstrip(" \t"))
        begin = behind_properties(body, begin)
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
                if closes(line, mark):
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
                self._levels.append(Level(column, 0))
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
            self._levels.append(Level(column, key))
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
            if first in "\"'" and not closes(body[1:], first):
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

    def path(self) -> KeyPath:
        """The path to what is open."""
        return tuple(level.key for level in self._levels)


def key_in(body: str) -> re.Match[str] | None:
    """The key at the beginning of a line. Longer ones are none, so that no line takes long to read."""
    return _KEY.match(body[:_LONGEST_KEY]) if len(body) > _LONGEST_KEY else _KEY.match(body)


def behind_properties(body: str, at: int) -> int:
    """Where a value begins, behind its anchor and its tag."""
    match = _PROPERTIES.match(body, at)
    return match.end() if match else at


def unquoted(key: str) -> str:
    """A key without its quotes."""
    return key[1:-1] if key[:1] in ("'", '"') and len(key) > 1 else key.rstrip()


def closing(text: str, mark: str) -> int | None:
    """Where a quoted text ends whose inside begins at 0."""
    pattern = r'(?:[^"\\]|\\.)*+(")' if mark == '"' else r"(?:[^']|'')*+(')"
    match = re.match(pattern, text, re.DOTALL)
    return match.start(1) if match else None


def closes(text: str, mark: str) -> bool:
    """Whether a quoted text whose inside begins at 0 ends."""
    return closing(text, mark) is not None
