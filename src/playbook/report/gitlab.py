"""GitLab Code Quality: the widget of a merge request, and marks beside its lines."""

from __future__ import annotations

from playbook.diagnostics import Diagnostic, Severity
from playbook.report.parts.json_text import json_text
from playbook.report.parts.wording import note_lines
from playbook.results import Results, fingerprints

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(results: Results) -> str:
    """An array of issues, one per finding."""
    names = fingerprints(results.findings, results.sources)
    return json_text(_issue(finding, name) for finding, name in zip(results.findings, names, strict=True))


def _issue(finding: Diagnostic, fingerprint: str) -> dict[str, object]:
    span = finding.place.span
    return {
        "description": "; ".join([finding.message, *note_lines(finding)]),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": finding.place.file, "lines": {"begin": span.start.line, "end": span.end.line}},
    }
