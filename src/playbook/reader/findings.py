"""Building the reader's findings: one code, always an error, always with a place."""

from __future__ import annotations

from playbook.diagnostics import Diagnostic, Place, Related, Severity
from playbook.text.spans import SourceText

CODE = "SCH001"


def finding(
    source: SourceText,
    message: str,
    start: int,
    end: int,
    *,
    related: tuple[Related, ...] = (),
    expected: str | None = None,
    suggestion: str | None = None,
) -> Diagnostic:
    """A finding at the characters ``[start, end)`` of a source text."""
    place = Place(source.name, source.span(start, end))
    return Diagnostic(CODE, Severity.ERROR, message, place, related, expected, suggestion)


def file_finding(
    name: str, message: str, *, expected: str | None = None, suggestion: str | None = None
) -> Diagnostic:
    """A finding about a file as a whole."""
    return Diagnostic(CODE, Severity.ERROR, message, Place(name), (), expected, suggestion)


def related_place(source: SourceText, message: str, start: int, end: int) -> Related:
    """Another place of the same text that explains a finding."""
    return Related(message, Place(source.name, source.span(start, end)))


def quoted(text: str, limit: int = 60) -> str:
    """A text as a message quotes it: on one line, unprintable characters escaped, shortened when long."""
    shown = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text[: limit + 1])
    return f'"{shown[:limit]}..."' if len(shown) > limit else f'"{shown}"'
