"""Findings for programs: JSON, version 1, as ``report.v1.schema.json`` beside this file describes it.

The shape is a promise. Keys are only ever added; a change that would break a reader is version 2, in a
file of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from playbook import __version__
from playbook.diagnostics import Diagnostic, Edit, Place
from playbook.report.parts.counting import by_severity, everything, fixable, has_safe_fix
from playbook.report.parts.json_text import json_text
from playbook.report.parts.wording import shown_fixes
from playbook.results import Results, Suppressed, fingerprints
from playbook.text.spans import Position, SourceText


def write(results: Results) -> str:
    """A JSON object with ``version``, ``tool``, ``summary``, ``findings``, ``suppressed`` and ``passed_over``."""
    hidden = tuple(item.finding for item in results.suppressed)
    names = fingerprints((*results.findings, *hidden), results.sources)
    shown = len(results.findings)
    return json_text(
        {
            **_head(),
            "summary": _summary(results),
            "held_to": results.held_to,
            "findings": (
                _finding(finding, name, results.sources)
                for finding, name in zip(results.findings, names[:shown], strict=True)
            ),
            "suppressed": (
                _suppressed(item, name, results.sources)
                for item, name in zip(results.suppressed, names[shown:], strict=True)
            ),
            "passed_over": sorted(results.passed_over),
        }
    )


def statistics(results: Results) -> str:
    """How many findings each rule has, most first."""
    found = everything(results)
    counts = Counter((finding.code, finding.severity.value) for finding in found)
    safe = Counter((finding.code, finding.severity.value) for finding in found if has_safe_fix(finding))
    rows = (
        {
            "code": key[0],
            "name": results.rules[key[0]].name if key[0] in results.rules else None,
            "severity": key[1],
            "count": count,
            "fixable": safe[key],
        }
        for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    return json_text({**_head(), "summary": _summary(results), "statistics": rows})


def _head() -> dict[str, Any]:
    return {"version": 1, "tool": {"name": "playbook", "version": __version__}}


def _summary(results: Results) -> dict[str, int]:
    found = everything(results)
    safe, unsafe = fixable(found)
    return {
        "documents": results.documents,
        **{severity.value: count for severity, count in by_severity(found).items()},
        "fixable": safe,
        "unsafely_fixable": unsafe,
        "suppressed": len(results.suppressed),
        "mended": results.mended,
        "left_out": len(results.left_out),
    }


def _finding(finding: Diagnostic, fingerprint: str, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        **_place(finding.place),
        "expected": finding.expected,
        "suggestion": finding.suggestion,
        "related": [{"message": related.message, **_place(related.place)} for related in finding.related],
        "variants": list(finding.variants),
        "fixes": [
            {"title": fix.title, "safe": fix.safe, "edits": [_edit(edit, sources) for edit in fix.edits]}
            for fix in shown_fixes(finding)
        ],
        "fingerprint": fingerprint,
    }


def _suppressed(item: Suppressed, fingerprint: str, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    return {
        "by": item.by,
        "reason": item.reason or None,
        "until": item.until or None,
        "at": _place(item.place) if item.place else None,
        "finding": _finding(item.finding, fingerprint, sources),
    }


def _edit(edit: Edit, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    source = sources.get(edit.file)
    if source is None:
        return {"file": edit.file, "start": {"offset": edit.start}, "end": {"offset": edit.end}, "text": edit.text}
    span = source.span(edit.start, edit.end)
    return {"file": edit.file, "start": _position(span.start), "end": _position(span.end), "text": edit.text}


def _place(place: Place) -> dict[str, Any]:
    """Lines and columns count from 1, offsets from 0; columns and offsets are in code points."""
    return {"file": place.file, "start": _position(place.span.start), "end": _position(place.span.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column, "offset": position.offset}
