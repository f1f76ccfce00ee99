"""What the linter found and nobody has mended or waived yet."""

from __future__ import annotations

from playbook.diagnostics import Diagnostic, Severity
from playbook.shapes.document import Paragraphs, Part, Section
from playbook.shapes.table import Column, Table
from playbook.views.reviewing.cells import capitalized
from playbook.views.subject import Subject

_MOST = 20
"""So many are listed, on two or three slides: a review is no work list."""
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def open_findings(subject: Subject, not_shown: list[str]) -> list[Section]:
    """The findings, the weightiest first; ``not_shown`` are the views that errors make meaningless."""
    found = sorted(subject.findings, key=lambda finding: (_ORDER[finding.severity], finding.sort_key))
    if not found:
        return []
    file = subject.playbook.document.name
    parts: list[Part] = [Paragraphs((_counted(found, file),))]
    if not_shown:
        parts.append(Paragraphs((f"Left out until the errors are mended: {', '.join(not_shown)}.",)))
    parts.append(_table(subject.playbook.name, file, found[:_MOST]))
    if len(found) > _MOST:
        parts.append(Paragraphs((f"And {len(found) - _MOST} more; “playbook check” lists them all.",)))
    return [Section("Open findings", tuple(parts))]


def _counted(found: list[Diagnostic], file: str) -> str:
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "hint"}
    counts = {severity: sum(each.severity is severity for each in found) for severity in _ORDER}
    told = [f"{count} {words[each]}{'' if count == 1 else 's'}" for each, count in counts.items() if count]
    return f"The check of {file} found {', '.join(told)}."


def _table(name: str, file: str, found: list[Diagnostic]) -> Table:
    columns = (
        Column("severity", "Severity", kind="severity"),
        Column("finding", "What was found"),
        Column("advice", "What would be right"),
        Column("place", "Where"),
        Column("rule", "Rule"),
    )
    rows = tuple(
        (each.severity.value, capitalized(each.message), _advice(each), _place(each, file), each.code)
        for each in found
    )
    return Table(f"{name}.findings", "Open findings", columns, rows)


def _advice(finding: Diagnostic) -> str:
    return "; ".join(part for part in (finding.expected, finding.suggestion) if part)


def _place(finding: Diagnostic, file: str) -> str:
    line = f"line {finding.place.span.start.line}"
    return line if finding.place.file == file else f"{finding.place.file}, {line}"
