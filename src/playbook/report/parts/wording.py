"""What a report says below a finding's message: what was expected, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable

from playbook.diagnostics import Diagnostic, Fix

Note = tuple[str, str, str]

_UNSAFE = "mended by --fix --unsafe-fixes:"


def shown_fixes(finding: Diagnostic) -> tuple[Fix, ...]:
    """The fixes that a report may write: none of a sensitive finding, whose text could be among them."""
    return () if finding.sensitive else finding.fixes


def notes(finding: Diagnostic, safe: str = "mended by --fix:", unsafe: str = _UNSAFE) -> list[Note]:
    """Each note as its lead, its words and its end, such as ``("did you mean", "csm", "?")``.

    ``safe`` and ``unsafe`` lead the fixes.
    """
    told = []
    if finding.expected:
        told.append(("expected:", finding.expected, ""))
    if finding.suggestion:
        told.append(
            ("try:", finding.suggestion, "")
            if " " in finding.suggestion
            else ("did you mean", finding.suggestion, "?")
        )
    told += [(safe if fix.safe else unsafe, fix.title, "") for fix in shown_fixes(finding)]
    return told


def note_lines(finding: Diagnostic) -> list[str]:
    """The notes as plain lines."""
    return [f"{lead} {words}{end}" for lead, words, end in notes(finding)]


def secret_lines(findings: Iterable[Diagnostic]) -> frozenset[tuple[str, int]]:
    """The file and line of each line that a sensitive finding is about: no excerpt may show one of them."""
    return frozenset(
        (place.file, line)
        for finding in findings
        if finding.sensitive
        for place in (finding.place, *(related.place for related in finding.related))
        for line in range(place.span.start.line, place.span.end.line + 1)
    )
