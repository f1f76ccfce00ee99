"""Looking at the source around a mistake: lines, columns, the value that begins on a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.diagnostics import Diagnostic, Related
from playbook.reader.events import Problem
from playbook.reader.findings import finding, related_place
from playbook.text.spans import SourceText

_KEY = re.compile(
    r"[ \t]*(?:-[ \t]+)*"
    r"(?P<key>\"[^\"\n\r]*\"|'[^'\n\r]*'|[^\s'\"\[\]{}#][^:#\n\r]*?)"
    r"[ \t]*:(?=[ \t]|$)[ \t]*"
)
_LEAD = re.compile(r"[ \t]*(?:-[ \t]+)*")
_WIDTH = 1_000  # characters of a line that are looked at; no key is longer
_COMMENT = re.compile(r"\s#.*$")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A parser's complaint beside the text.

    ``at`` is the mistake, ``opened`` the start of what was being read, ``bracket`` the innermost bracket open
    there, ``quoted`` the quoted text just before it, if that goes over several lines.
    """

    source: SourceText
    problem: Problem
    at: int
    opened: int | None
    bracket: int | None = None
    quoted: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The whole text."""
        return self.source.text

    @property
    def char(self) -> str:
        """The character at the mistake; empty at the end of the file."""
        return self.text[self.at : self.at + 1]

    @property
    def at_end(self) -> bool:
        """Whether nothing but blanks follows."""
        return not self.text[self.at :].strip()

    @property
    def first_on_line(self) -> bool:
        """Whether only blanks stand before the mistake on its line."""
        return not self.text[self.line_start(self.at) : self.at].strip()

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins."""
        position = self.source.position(offset)
        return position.offset - position.column + 1

    def line(self, offset: int) -> str:
        """The line of an offset, without its break."""
        return self.source.line(self.source.position(offset).line)

    def column(self, offset: int) -> int:
        """The column of an offset, counted from 1."""
        return self.source.position(offset).column

    def value_start(self, offset: int) -> int:
        """Where the value begins on an offset's line: behind its list marks and its key."""
        line = self.line(offset)
        match = _KEY.match(line[:_WIDTH]) or _LEAD.match(line)
        return self.line_start(offset) + (match.end() if match else 0)

    def key_on_line(self, offset: int) -> tuple[str, int] | None:
        """The key that begins an offset's line, and its offset."""
        match = _KEY.match(self.line(offset)[:_WIDTH])
        return (match["key"], self.line_start(offset) + match.start("key")) if match else None

    def rest(self, offset: int) -> str:
        """The text from an offset to the end of its line (or of its item in brackets), without a comment."""
        line_start = self.line_start(offset)
        rest = _COMMENT.sub("", self.line(offset)[offset - line_start :]).strip()
        if self.bracket is not None:
            rest = re.split(r"[,\]}]", rest, maxsplit=1)[0].strip() or rest
        return rest

    def line_above(self, offset: int) -> int | None:
        """Where the nearest line above that is neither blank nor a comment begins, behind its indentation."""
        for start, line in self._lines_above(offset):
            return start + len(line) - len(line.lstrip())
        return None

    def open_columns(self) -> list[int]:
        """The columns in which a line may go on here: those of the blocks that are open above it."""
        columns: list[int] = []
        for start, line in self._lines_above(self.at):
            if self.opened is not None and start + len(line) < self.opened:
                break
            lead = _LEAD.match(line)
            begun = line[: lead.end() + 1] if lead else line  # the indentation, list marks, first character
            for match in reversed(list(re.finditer(r"(?<![^ -])[^ ]", begun))):
                if not columns or match.start() + 1 < columns[-1]:
                    columns.append(match.start() + 1)
        return sorted(columns)

    def _lines_above(self, offset: int) -> Iterator[tuple[int, str]]:
        start = self.line_start(offset)
        while start > 0:
            start = self.line_start(start - 1)
            line = self.line(start)
            if line.strip() and not line.lstrip().startswith("#"):
                yield start, line

    def found(
        self,
        message: str,
        start: int | None = None,
        length: int = 1,
        *,
        related: tuple[Related, ...] = (),
        expected: str | None = None,
        suggestion: str | None = None,
    ) -> Diagnostic:
        """The finding, at the mistake or at another offset."""
        at = self.at if start is None else start
        end = at + length
        return finding(self.source, message, at, end, related=related, expected=expected, suggestion=suggestion)

    def begins(self, what: str) -> tuple[Related, ...]:
        """The related place of what was being read."""
        if self.opened is None or self.opened == self.at:
            return ()
        return (related_place(self.source, f"the {what} starts here", self.opened, self.opened + 1),)


def quote(text: str) -> str:
    """A text in quotes, as YAML: double where nothing needs an escape, else single."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def quote_hint(text: str) -> str | None:
    """The suggestion to quote a value."""
    if not text:
        return None
    return f"quote it: {quote(text)}" if len(text) <= 120 else "put it in quotes"
