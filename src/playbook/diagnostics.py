"""What the product says about a mistake: one shape for every finding of every layer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from playbook.text.quote import shown
from playbook.text.spans import WHOLE_FILE, Span


class Severity(Enum):
    """How much a finding weighs. Errors and warnings make ``check`` exit with 1."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a file. Without a span, the file as a whole (shown as 1:1)."""

    file: str
    span: Span = WHOLE_FILE


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding, such as "first defined here"."""

    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a file's text, in code points from ``start`` up to but without ``end``, and what replaces it."""

    file: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the files that mends a finding. ``title`` says what it does, as a menu would.

    A ``safe`` one keeps the meaning of the playbook; any other needs a person's eye.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. It cannot lack a place: ``place`` is a required field.

    ``message`` quotes the offending value, ``expected`` says what would have been right, and
    ``suggestion`` is a near match ("did you mean ...") or the edit that mends it. Of a ``sensitive`` one
    no report shows the text of its place.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    related: tuple[Related, ...] = ()
    expected: str | None = None
    suggestion: str | None = None
    sensitive: bool = False
    """The place holds a secret: reports do not print its source line."""
    variants: tuple[str, ...] = ()
    """The variants of a playbook that it holds for, if it does not hold for the playbook itself."""
    fixes: tuple[Fix, ...] = ()
    """Ways to mend it, the best first."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of all reports: file, line, column, code, message."""
        start = self.place.span.start
        return (self.place.file, start.line, start.column, self.code, self.message)

    def in_variants(self, variants: Iterable[str]) -> Diagnostic:
        """The same finding as one that holds only for some variants of a playbook."""
        ids = tuple(variants)
        names = [f'"{shown(variant)}"' for variant in ids]
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        message = f"{self.message} (in variant{'s' if len(names) > 1 else ''} {listed})"
        return replace(self, message=message, variants=ids)

    def only_in(self, variants: Iterable[str]) -> Diagnostic:
        """The same finding as one of some variants, which its words or its place name already."""
        return replace(self, variants=tuple(variants))
