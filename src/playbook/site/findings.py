"""Findings as a page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.diagnostics import Diagnostic, Severity
from playbook.report.parts.counting import by_severity, severities
from playbook.report.parts.wording import notes
from playbook.results import Results


@dataclass(frozen=True)
class Told:
    """A finding: what, where, and how it is mended."""

    anchor: str
    severity: str
    code: str
    rule: str
    message: str
    place: str
    notes: tuple[tuple[str, str], ...]
    related: tuple[tuple[str, str], ...]


def told(findings: Iterable[Diagnostic], results: Results) -> list[Told]:
    """The findings, the gravest first, and those of one weight in the order of reports."""
    weights = {severity: weight for weight, severity in enumerate(Severity)}
    ordered = sorted(findings, key=lambda finding: (weights[finding.severity], finding.sort_key))
    return [_told(finding, number, results) for number, finding in enumerate(ordered, 1)]


def counts(findings: Iterable[Diagnostic]) -> list[tuple[str, int]]:
    """How many findings each severity has, those that have any."""
    return [(severity.value, count) for severity, count in by_severity(findings).items() if count]


def in_words(findings: Iterable[Diagnostic]) -> str:
    """``2 errors, 1 warning``; ``no findings``."""
    return severities(findings)


def _told(finding: Diagnostic, number: int, results: Results) -> Told:
    rule = results.rules.get(finding.code)
    lines = notes(finding, safe="'playbook check --fix' mends it:", unsafe="with a person's eye:")
    return Told(
        f"finding-{number}",
        finding.severity.value,
        finding.code,
        rule.name if rule else "",
        finding.message,
        _place(finding.place.file, finding.place.span.start.line),
        tuple((lead, words + end) for lead, words, end in lines),
        tuple((each.message, _place(each.place.file, each.place.span.start.line)) for each in finding.related),
    )


def _place(file: str, line: int) -> str:
    return f"{file}, line {line}"
