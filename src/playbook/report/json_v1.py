"""Findings for programs: JSON, version 1.

The shape is a promise. Keys are only ever added; a change that would break a reader is version 2, in a
file of its own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from playbook import __version__
from playbook.diagnostics import Diagnostic, Place, Severity


def report(findings: Iterable[Diagnostic], documents: int, passed_over: Iterable[str]) -> str:
    """A JSON object with ``version``, ``tool``, ``summary``, ``findings`` and ``passed_over``."""
    listed = list(findings)
    counts = Counter(finding.severity for finding in listed)
    content = {
        "version": 1,
        "tool": {"name": "playbook", "version": __version__},
        "summary": {"documents": documents, **{severity.value: counts[severity] for severity in Severity}},
        "findings": [_finding(finding) for finding in listed],
        "passed_over": sorted(passed_over),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _finding(finding: Diagnostic) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        **_place(finding.place),
        "expected": finding.expected,
        "suggestion": finding.suggestion,
        "related": [{"message": related.message, **_place(related.place)} for related in finding.related],
    }


def _place(place: Place) -> dict[str, Any]:
    """Lines and columns count from 1, offsets from 0; columns and offsets are in code points."""
    start, end = place.span.start, place.span.end
    return {
        "file": place.file,
        "start": {"line": start.line, "column": start.column, "offset": start.offset},
        "end": {"line": end.line, "column": end.column, "offset": end.offset},
    }
