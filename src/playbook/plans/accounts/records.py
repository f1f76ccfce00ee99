"""The records of a table (RFC 4180), each with the place of its cells; wrong quotes cost one row, not the file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.plans.accounts.lines import LONGEST_LINE, Lines
from playbook.plans.accounts.problems import MisreadError
from playbook.text.spans import Position, Span

DELIMITERS = (",", ";", "\t", "|")

_UNFIT = re.compile("[\0\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Where a record begins, and its text."""

    line: int
    offset: int
    text: str

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The span of a stretch of its text; of all of it but the line's end."""
        stop = len(self.text.rstrip("\r\n")) if end is None else end
        return Span(self._position(start), self._position(max(start, stop)))

    def _position(self, at: int) -> Position:
        ahead = self.text[:at]
        breaks = [match.end() for match in re.finditer(r"\r\n|\r|\n", ahead)]
        return Position(self.offset + at, self.line + len(breaks), at - (breaks[-1] if breaks else 0) + 1)

    def cell(self, index: int, delimiter: str) -> Span:
        """The span of a cell without its blanks and quotes; of the whole record where it has no such cell."""
        stretches = self.cells(delimiter)
        return self.span(*stretches[index]) if index < len(stretches) else self.span()

    def cells(self, delimiter: str) -> list[tuple[int, int]]:
        """Where each cell begins and ends in its text."""
        return list(_cells(self.text.rstrip("\r\n"), delimiter))


def records(lines: Lines, delimiter: str) -> Iterator[tuple[list[str] | MisreadError, int]]:
    """The cells of each record, or what is wrong with it; with the number of its first line.

    ``lines`` stands at the record while it is looked at: :func:`place_of` gives its text.
    """
    # Strict, so that a quotation mark that is left open is told where it is, not at the end of the file.
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if not lines.record:
                return
            yield from _broken(lines, str(error))
            continue
        if lines.is_cut:
            yield _too_long(), lines.number
            lines.skip_line()
            continue
        line = lines.record[0]
        if len(lines.record) > 1 or not line.isascii() or "\0" in line:
            text = "".join(lines.record)
            unfit = _UNFIT.search(text)
            if unfit is not None:
                yield _unfit(unfit[0]), lines.number
                continue
        yield cells, lines.number


def place_of(lines: Lines) -> RecordPlace:
    """Where the record is that is looked at."""
    return RecordPlace(lines.number, lines.offset, "".join(lines.record))


def _broken(lines: Lines, reason: str) -> Iterator[tuple[MisreadError, int]]:
    """A record that cannot be taken apart: only its first line is given up."""
    if lines.is_cut and len(lines.record) == 1:
        yield _too_long(), lines.number
        lines.skip_line()
        return
    lines.give_back()
    if "field larger" in reason:
        message, hint = "a cell of this row is longer than 131,072 characters", "is a quotation mark left open?"
    elif "end of data" in reason:
        message, hint = "a quotation mark is opened and never closed", "close it, or write it twice"
    elif "expected after" in reason:
        message = "there is something between a closing quotation mark and the next cell"
        hint = 'write quotation marks inside of a cell twice: "the ""new"" plan"'
    else:
        message, hint = "the row cannot be taken apart into cells", ""
    yield MisreadError(message, "cells as spreadsheets write them (RFC 4180)", hint or None, "ACC004"), lines.number


def _too_long() -> MisreadError:
    return MisreadError(
        f"the line has more than {LONGEST_LINE:,} characters", "one line for each account", None, "ACC004"
    )


def _unfit(character: str) -> MisreadError:
    if character == "\0":
        return MisreadError("the row has a NUL character", "text", None, "ACC004")
    byte = ord(character) - 0xDC00
    shown = bytes([byte]).decode("cp1252", "replace")
    looks = f' (in Windows-1252 it is "{shown}")' if shown.isprintable() and shown != "\ufffd" else ""
    return MisreadError(
        f"byte 0x{byte:02X} is not valid UTF-8{looks}", "UTF-8", "save the table as 'CSV UTF-8'", "ACC004"
    )


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """Where the cells of a record stand in its text, without quotes and blanks around them."""
    start, quoted = 0, False
    for at, char in enumerate(f"{text}{delimiter}"):
        if char == '"':
            quoted = not quoted
        elif char == delimiter and not quoted:
            first, last = start, at
            while first < last and text[first] in ' "':
                first += 1
            while last > first and text[last - 1] in ' "':
                last -= 1
            yield (first, last) if first < last else (start, at)
            start = at + 1
