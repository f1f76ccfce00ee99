"""What is wrong with an accounts file, and how far that reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.diagnostics import Diagnostic, Place, Related, Severity

Reach = Literal["file", "account", "note"]
"""``file``: nothing is read any further. ``account``: this one is left out. ``note``: all is read all the same."""


@dataclass(frozen=True, slots=True)
class AccountProblem:
    """Findings about an accounts file. Of one account they come together.

    ``row`` is the text of the row as it stands in the file, for a file of what was left out; empty where the
    problem is no row's.
    """

    findings: tuple[Diagnostic, ...]
    reach: Reach
    row: str = ""

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


def duplicate(account: str, place: Place, first: Place) -> Diagnostic:
    """Two accounts of one id."""
    message = f'the account "{account}" is listed twice'
    return Diagnostic(
        "ACC006",
        Severity.ERROR,
        message,
        place,
        (Related("first listed here", first),),
        "one entry for each account",
    )


def counted(number: int, noun: str) -> str:
    """``1 cell``, ``3 cells``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
