"""The texts of an editor, and its way to count lines and characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lsprotocol import types

from playbook.diagnostics import Place
from playbook.text.spans import Position, SourceText, Span

Encoding = Literal["utf-8", "utf-16", "utf-32"]

_LINE_END = re.compile(r"\r\n|\r|\n")


def units(text: str, encoding: Encoding) -> int:
    """How many characters an editor counts in a text."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass(frozen=True)
class Buffer:
    """A text as the editor has it; the places of it are counted in the encoding agreed on."""

    source: SourceText
    encoding: Encoding = "utf-16"
    version: int | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return self.source.text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    def line(self, number: int) -> str:
        """The text of a line (counted from 0) without its line break."""
        return self.text[self._starts[number] : self.end_of_line(number)]

    def start_of_line(self, number: int) -> int:
        """Where a line (counted from 0) begins."""
        return self._starts[number]

    def end_of_line(self, number: int) -> int:
        """Where a line (counted from 0) ends, ahead of its line break."""
        if number + 1 >= len(self._starts):
            return len(self.text)
        end = self._starts[number + 1] - 1
        return end - (self.text[end - 1 : end + 1] == "\r\n" and end > self._starts[number])

    def line_of(self, offset: int) -> int:
        """The line (counted from 0) of an offset."""
        return bisect_right(self._starts, offset) - 1

    def position(self, offset: int) -> types.Position:
        """An offset as the editor counts."""
        offset = max(0, min(offset, len(self.text)))
        line = self.line_of(offset)
        return types.Position(line, units(self.text[self._starts[line] : offset], self.encoding))

    def offset(self, position: types.Position) -> int:
        """The offset of an editor's position; what lies outside is moved to the nearest that there is."""
        if position.line >= len(self._starts):
            return len(self.text)
        line = max(position.line, 0)
        text, start = self.line(line), self._starts[line]
        wanted = max(position.character, 0)
        if self.encoding == "utf-32" or text.isascii():
            return start + min(wanted, len(text))
        counted = 0
        for at, char in enumerate(text):
            if counted >= wanted:
                return start + at
            counted += units(char, self.encoding)
        return start + len(text)

    def range(self, start: int, end: int) -> types.Range:
        """A stretch of offsets as the editor counts."""
        return types.Range(self.position(start), self.position(end))

    def of_span(self, span: Span) -> types.Range:
        """A span of this text as the editor counts."""
        return self.range(span.start.offset, span.end.offset)


def range_of(place: Place, source: SourceText | None, encoding: Encoding) -> types.Range:
    """A place as the editor counts; without its text, the columns are taken for its characters."""
    return types.Range(_counted(place.span.start, source, encoding), _counted(place.span.end, source, encoding))


def _counted(position: Position, source: SourceText | None, encoding: Encoding) -> types.Position:
    before = position.column - 1
    if source is not None and encoding != "utf-32":
        before = units(source.text[position.offset - before : position.offset], encoding)
    return types.Position(position.line - 1, before)
