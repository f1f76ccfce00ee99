"""Where keys and values stand in a TOML text, which the parser of the standard library does not say.

A small scanner for texts that the parser has accepted: it knows where things begin and end, and leaves what
they mean to the parser. Of any other text it finds some places or none, and always ends.
"""

from __future__ import annotations

import contextlib
import re
import tomllib
from functools import cached_property

from playbook.text.paths import KeyPath

_Stretch = tuple[int, int]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_TEXT = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+' r"|'''.*?'''+" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_OTHER = re.compile(r"[^,\]}#\r\n]*")


class TomlPlaces:
    """The places of one text, read when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def has(self, path: KeyPath) -> bool:
        """Whether something stands at a path of keys and indexes."""
        return path in self._scanner.keys or path in self._scanner.values

    def find(self, path: KeyPath, *, key: bool = False) -> _Stretch | None:
        """Start and end of a value (of a text without its quotes), or of its key.

        A key inside quotes is told without them. Of a path that is not there it is the key of the nearest
        ancestor; ``None`` if nothing of the path is there.
        """
        scanner = self._scanner
        if not key and path in scanner.values:
            return scanner.values[path]
        for length in range(len(path), 0, -1):
            found = scanner.keys.get(path[:length])
            if found is not None:
                return found
        return None

    @cached_property
    def _scanner(self) -> _Scanner:
        scanner = _Scanner(self._text)
        # Of what is no TOML, all that was found before is right.
        with contextlib.suppress(_UnexpectedError, RecursionError):
            scanner.read()
        return scanner


class _UnexpectedError(Exception):
    """The text goes on otherwise than TOML can."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.keys: dict[KeyPath, _Stretch] = {}
        self.values: dict[KeyPath, _Stretch] = {}
        self._text = text
        self._at = 0
        self._counts: dict[KeyPath, int] = {}  # how many tables each array of tables has so far

    def read(self) -> None:
        """All tables, from the first character to the last."""
        table: KeyPath = ()
        while True:
            self._skip(_BLANK)
            if self._at >= len(self._text):
                return
            table = self._header() if self._text[self._at] == "[" else self._pair(table)

    def _header(self) -> KeyPath:
        several = self._text.startswith("[[", self._at)
        self._at += 2 if several else 1
        parts = self._key()
        path: KeyPath = ()
        for number, (name, stretch) in enumerate(parts, 1):
            path = (*path, name)
            self.keys.setdefault(path, stretch)
            if several and number == len(parts):
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
                self.keys.setdefault(path, stretch)
        self._expect("]")
        if several:
            self._expect("]")
        return path

    def _pair(self, table: KeyPath) -> KeyPath:
        """A line ``key = value``; gives back the table that it is in."""
        path = table
        for name, stretch in self._key():
            path = (*path, name)
            self.keys.setdefault(path, stretch)
        self._expect("=")
        self._skip(_SPACE)
        self._value(path)
        return table

    def _key(self) -> list[tuple[str, _Stretch]]:
        """A key with its parts between dots, each with its place."""
        parts = []
        while True:
            self._skip(_SPACE)
            start = self._at
            bare = _BARE.match(self._text, start)
            if bare:
                self._at = bare.end()
                parts.append((bare[0], bare.span()))
            else:
                stretch = self._quoted()
                parts.append((_meaning(self._text[start : self._at]), stretch))
            self._skip(_SPACE)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: KeyPath) -> None:
        start = self._at
        first = self._text[start : start + 1]
        if first in {'"', "'"}:
            self.values[path] = self._quoted()
            return
        if first == "[":
            self._array(path)
        elif first == "{":
            self._inline_table(path)
        else:
            other = _OTHER.match(self._text, start)
            self._at = start + len(other[0].rstrip()) if other else start
            if self._at == start:
                raise _UnexpectedError
        self.values[path] = (start, self._at)

    def _array(self, path: KeyPath) -> None:
        self._at += 1
        index = 0
        while not self._closes("]"):
            self._value((*path, index))
            index += 1
            self._comma("]")

    def _inline_table(self, path: KeyPath) -> None:
        self._at += 1
        while not self._closes("}"):
            self._pair(path)
            self._comma("}")

    def _closes(self, bracket: str) -> bool:
        self._skip(_BLANK)
        if not self._text.startswith(bracket, self._at):
            return False
        self._at += 1
        return True

    def _comma(self, bracket: str) -> None:
        self._skip(_BLANK)
        if not self._text.startswith(bracket, self._at):
            self._expect(",")

    def _quoted(self) -> _Stretch:
        """A text in quotes; the place is that of what is between them."""
        match = _TEXT.match(self._text, self._at)
        if match is None:
            raise _UnexpectedError
        self._at = match.end()
        quotes = 3 if match[0][:3] in {'"""', "'''"} else 1
        return match.start() + quotes, match.end() - quotes

    def _expect(self, sign: str) -> None:
        self._skip(_SPACE)
        if not self._text.startswith(sign, self._at):
            raise _UnexpectedError
        self._at += len(sign)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at


def _meaning(quoted: str) -> str:
    try:
        return str(tomllib.loads(f"key = {quoted}")["key"])
    except tomllib.TOMLDecodeError:
        raise _UnexpectedError from None
