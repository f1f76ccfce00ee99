"""The bytes of a table as lines of text, a few at a time, so that a file of any size takes no memory."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from playbook.diagnostics import Diagnostic, Place, Severity

LONGEST_LINE = 1_000_000
"""In characters. Longer ones are no rows of a table."""

_HINT = "save the table as 'CSV UTF-8'"
_MARKS = (
    (b"\xff\xfe\x00\x00", "it is encoded in UTF-32, not in UTF-8"),
    (b"\x00\x00\xfe\xff", "it is encoded in UTF-32, not in UTF-8"),
    (b"\xff\xfe", "it is encoded in UTF-16, not in UTF-8"),
    (b"\xfe\xff", "it is encoded in UTF-16, not in UTF-8"),
    (b"PK\x03\x04", "it is a workbook or another packed file, no table in text"),
    (b"PAR1", "it is a Parquet file, no table in text"),
    (b"\x1f\x8b", "it is a packed file, no table in text"),
    (b"%PDF", "it is a PDF, no table in text"),
)
_SAMPLE = 4096


class Lines(Iterator[str]):
    """Lines with their ends, for a reader of tables.

    ``record`` are the lines that were given since :meth:`begin`; ``number`` is the line that the first of them
    has in the file, ``offset`` how many characters are ahead of it.
    """

    def __init__(self, stream: BinaryIO) -> None:
        # What is no UTF-8 stays visible as lone surrogates, so that one bad cell costs one row.
        self._text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
        self._again: list[str] = []
        self.record: list[str] = []
        self.number = 1
        self.offset = 0

    def begin(self) -> None:
        """A new record begins with the next line."""
        self.number += len(self.record)
        self.offset += sum(map(len, self.record))
        self.record = []

    def __next__(self) -> str:
        line = self._again.pop() if self._again else self._text.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.record.append(line)
        return line

    def give_back(self) -> None:
        """All lines of this record but the first are read again as records of their own."""
        self._again.extend(reversed(self.record[1:]))
        del self.record[1:]

    def unread(self) -> None:
        """The lines of this record are read once more."""
        self._again.extend(reversed(self.record))
        self.record = []

    @property
    def is_cut(self) -> bool:
        """Whether the last line was too long and is only its beginning."""
        return bool(self.record) and len(self.record[-1]) >= LONGEST_LINE

    def skip_line(self) -> None:
        """Passes over the rest of a line that is too long."""
        while self.record and len(self.record[-1]) >= LONGEST_LINE and self.record[-1][-1] not in "\r\n":
            rest = self._text.readline(LONGEST_LINE)
            if not rest:
                return
            self.offset += len(self.record[-1])
            self.record[-1] = rest


def refused(sample: bytes, name: str) -> Diagnostic | None:
    """Why a file with such a beginning is no table in text, if it is none."""
    reason = next((reason for mark, reason in _MARKS if sample.startswith(mark)), None)
    if reason is None and b"\0" in sample:
        halves = (sample[0::2].count(0), sample[1::2].count(0))
        if max(halves) > len(sample) // 4 and min(halves) < len(sample) // 16:
            reason = "it is encoded in UTF-16, not in UTF-8"
        elif b"\0" in sample.split(b"\n", 1)[0]:
            # Further down it is a row with a mistake.
            reason = "it has NUL bytes, which no text has"
    return unreadable(name, reason, _HINT) if reason else None


def unreadable(name: str, reason: str, suggestion: str | None = None) -> Diagnostic:
    """The finding of a file that cannot be read."""
    message = f"cannot read the accounts file {name}: {reason}"
    return Diagnostic("ACC001", Severity.ERROR, message, Place(name), expected="a table", suggestion=suggestion)


def sample_of(stream: io.BufferedReader) -> bytes:
    """The first bytes of a stream, which can still be read."""
    return stream.peek(_SAMPLE)[:_SAMPLE]
