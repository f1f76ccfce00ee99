"""Places in a source text: positions, spans, and the text they point into."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """One place in a text.

    ``offset`` counts code points from 0; ``line`` and ``column`` count from 1, the column in
    code points, as editors and compilers print them.
    """

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of text, from ``start`` up to but without ``end``."""

    start: Position
    end: Position


START = Position(0, 1, 1)
WHOLE_FILE = Span(START, START)


@dataclass(frozen=True)
class SourceText:
    """One file's text under the name that messages show (a POSIX path, or ``<stdin>``).

    The text has no byte order mark. Only ``\\n``, ``\\r\\n`` and ``\\r`` end a line, as YAML 1.2
    and editors have it.
    """

    name: str
    text: str = field(repr=False)

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        text = self.text
        index = 0
        for line in _split_lines(text):
            index += len(line)
            starts.append(index)
        # A last line without a line break adds a start at the very end that is not a line.
        if len(starts) > 1 and not text.endswith(("\n", "\r")):
            starts.pop()
        return starts

    def position(self, offset: int) -> Position:
        """The line and column of a code-point offset (clamped to the text)."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self._line_starts, offset)
        return Position(offset, line, offset - self._line_starts[line - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """The span between two code-point offsets."""
        return Span(self.position(start), self.position(max(start, end)))

    def line(self, number: int) -> str:
        """The text of a line (counted from 1) without its line break; empty past the end."""
        starts = self._line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def slice(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start.offset : span.end.offset]


def _split_lines(text: str) -> list[str]:
    """Lines with their breaks, where only ``\\n``, ``\\r\\n`` and ``\\r`` break a line."""
    lines: list[str] = []
    for piece in text.split("\n"):
        lines.append(piece + "\n")
    lines[-1] = lines[-1][:-1]
    if "\r" not in text:
        return [line for line in lines if line]
    result: list[str] = []
    for line in lines:
        body, ending = (line[:-2], "\r\n") if line.endswith("\r\n") else (line, "")
        parts = body.split("\r")
        result.extend(part + "\r" for part in parts[:-1])
        result.append(parts[-1] + ending)
    return [line for line in result if line]
