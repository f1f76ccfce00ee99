"""What is wrong with an accounts file, and how far that reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.diagnostics import Diagnostic, Place, Related, Severity
from playbook.text.spans import SourceText

Reach = Literal["file", "account", "note"]
"""``file``: nothing is read any further. ``account``: this one is left out. ``note``: all is read all the same."""


_ONCE = "one entry for each account"


@dataclass(frozen=True)
class RowText(SourceText):
    """Some lines of a file that is not kept as a whole; ``first`` is the number of the first of them."""

    first: int = 1

    def line(self, number: int) -> str:
        """The text of a line of the file; empty for those that are not kept."""
        return super().line(number - self.first + 1)


@dataclass(frozen=True, slots=True)
class AccountProblem:
    """Findings about an accounts file. Of one account they come together.

    ``row`` is the text of the row that they are about as it stands in the file, empty where there is none: with
    those of ``reach`` "account" a file of what was left out is written. ``source`` is what a report shows of it.
    """

    findings: tuple[Diagnostic, ...]
    reach: Reach
    row: str = ""
    source: SourceText | None = None

    @property
    def sources(self) -> dict[str, SourceText]:
        """The source by its name, as reports want it."""
        return {self.source.name: self.source} if self.source is not None else {}

    @property
    def is_fatal(self) -> bool:
        """Whether the file is read no further."""
        return self.reach == "file"


class MisreadError(ValueError):
    """A text that does not say what is wanted; ``code`` as ``playbook rule`` explains it."""

    def __init__(
        self, message: str, expected: str | None, suggestion: str | None = None, code: str = "ACC008"
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.suggestion = suggestion
        self.code = code

    def at(self, place: Place, what: str = "") -> Diagnostic:
        """The finding of it; ``what`` is the name of the value, where the place does not show it."""
        message = f"{what}: {self.message}" if what else self.message
        return Diagnostic(self.code, Severity.ERROR, message, place, (), self.expected, self.suggestion)


def duplicate(account: str, place: Place, first: Place | int) -> Diagnostic:
    """Two accounts of one id; ``first`` is where it is listed before, or the line of it where no text is kept."""
    message = f'the account "{account}" is listed twice'
    if isinstance(first, int):
        return Diagnostic("ACC006", Severity.ERROR, f"{message}, first in line {first}", place, (), _ONCE)
    return Diagnostic("ACC006", Severity.ERROR, message, place, (Related("first listed here", first),), _ONCE)


def counted(number: int, noun: str) -> str:
    """``1 cell``, ``3 cells``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
