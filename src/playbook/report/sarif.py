"""SARIF 2.1.0: findings for code scanning, review tools and editors.

Columns are in UTF-16 code units, as most readers count them whatever ``columnKind`` says. A column is left
out where the text of the file is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from playbook import __version__
from playbook.diagnostics import Diagnostic, Fix, Place, Severity
from playbook.report.parts.addresses import address, is_absolute, utf16_column
from playbook.report.parts.counting import mended_in_words, plural
from playbook.report.parts.json_text import json_text
from playbook.report.parts.wording import shown_fixes
from playbook.results import Results, RuleSummary, Suppressed, fingerprints, left_out_line
from playbook.text.spans import WHOLE_FILE, SourceText, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_BASE = "SRCROOT"


def write(results: Results) -> str:
    """One run with all findings; the suppressed ones are marked as such."""
    return log(results, results.findings, results.suppressed)


def log(
    results: Results, findings: Sequence[Diagnostic], suppressed: Sequence[Suppressed], omitted: str = ""
) -> str:
    """One run with some of the findings. ``omitted`` says which ones are left out, and why."""
    told = (*findings, *(item.finding for item in suppressed))
    rules = _rules(results, told)
    run = {
        "tool": {"driver": {"name": "playbook", "semanticVersion": __version__, "rules": iter(rules.values())}},
        "invocations": [_invocation(results, omitted)],
        "originalUriBaseIds": {_BASE: {"description": {"text": "The folder that playbook was run in."}}},
        "artifacts": ({"location": _artifact(file)} for file in sorted({item.place.file for item in told})),
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": _results(told, suppressed, {code: at for at, code in enumerate(rules)}, results),
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _results(
    told: tuple[Diagnostic, ...], suppressed: Sequence[Suppressed], rules: Mapping[str, int], results: Results
) -> Iterator[dict[str, Any]]:
    names = fingerprints(told, results.sources)
    # Where there is a baseline, each result must say how it stands to it (§3.27.24).
    is_compared = bool(results.mended) or any(item.by == "baseline" for item in results.suppressed)
    by: tuple[Suppressed | None, ...] = (*[None] * (len(told) - len(suppressed)), *suppressed)
    for finding, name, item in zip(told, names, by, strict=True):
        result = _result(finding, rules, name, results.sources)
        if item is not None:
            result["suppressions"] = [_suppression(item, results.sources)]
        if is_compared:
            result["baselineState"] = "unchanged" if item is not None and item.by == "baseline" else "new"
        yield result


def _rules(results: Results, told: Iterable[Diagnostic]) -> dict[str, dict[str, Any]]:
    """What is known of each rule that was applied, by code; of one that is not known, the code."""
    codes = {item.code for item in told} | (results.applied or set(results.rules))
    known = results.rules
    return {code: _rule(known[code]) if code in known else {"id": code} for code in sorted(codes)}


def _rule(rule: RuleSummary) -> dict[str, Any]:
    more = f"playbook rule {rule.code}"
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _literal(rule.what)},
        "fullDescription": {"text": _literal(f"{rule.what} {rule.why}")},
        "help": {
            "text": _literal(f"{rule.what}\n\n{rule.why}\n\nExamples: {more}"),
            "markdown": _literal(f"{rule.what}\n\n{rule.why}\n\nExamples: `{more}`"),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(
    finding: Diagnostic, rules: Mapping[str, int], name: str, sources: Mapping[str, SourceText]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rules[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": _physical(finding.place, sources)}],
        "partialFingerprints": {"playbook/v1": name},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _literal(related.message)},
                "physicalLocation": _physical(related.place, sources),
            }
            for number, related in enumerate(finding.related, 1)
        ]
    fixes = [fix for fix in shown_fixes(finding) if all(edit.file in sources for edit in fix.edits)]
    if fixes:
        result["fixes"] = [_fix(fix, sources) for fix in fixes]
    if finding.variants:
        result["properties"] = {"variants": list(finding.variants)}
    return result


def _message(finding: Diagnostic) -> str:
    lines = [finding.message]
    if finding.expected:
        lines.append(f"Expected: {finding.expected}")
    if finding.suggestion:
        single = " " not in finding.suggestion
        lines.append(f"Did you mean {finding.suggestion}?" if single else f"Try: {finding.suggestion}")
    return _literal("\n".join(lines))


def _literal(text: str) -> str:
    """A text that stands for itself: braces would be placeholders, and ``[a](b)`` a link (§3.11.5, §3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _physical(place: Place, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    region = {"startLine": 1} if place.span == WHOLE_FILE else _region(place.file, place.span, sources)
    return {"artifactLocation": _artifact(place.file), "region": region}


@lru_cache(maxsize=10_000)
def _artifact(file: str) -> dict[str, str]:
    return {"uri": address(file)} | ({} if is_absolute(file) else {"uriBaseId": _BASE})


def _region(file: str, span: Span, sources: Mapping[str, SourceText]) -> dict[str, int]:
    start, end = span.start, span.end
    source = sources.get(file)
    if source is None:
        return {"startLine": start.line, "endLine": end.line}
    first = source.line(start.line)
    last = first if end.line == start.line else source.line(end.line)
    return {
        "startLine": start.line,
        "startColumn": utf16_column(first, start.column),
        "endLine": end.line,
        "endColumn": utf16_column(last, end.column),
    }


def _fix(fix: Fix, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        region = _region(edit.file, sources[edit.file].span(edit.start, edit.end), sources)
        replacement: dict[str, Any] = {"deletedRegion": region}
        if edit.text:
            replacement["insertedContent"] = {"text": edit.text}
        changes.setdefault(edit.file, []).append(replacement)
    return {
        "description": {"text": _literal(fix.title)},
        "artifactChanges": [
            {"artifactLocation": _artifact(file), "replacements": replacements}
            for file, replacements in changes.items()
        ],
        "properties": {"safe": fix.safe},
    }


def _suppression(item: Suppressed, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    why = [item.reason, f"until {item.until}" if item.until else ""]
    justification = ", ".join(part for part in why if part)
    return {
        "kind": "inSource" if item.by == "comment" else "external",
        "status": "accepted",
        **({"justification": justification} if justification else {}),
        **({"location": {"physicalLocation": _physical(item.place, sources)}} if item.place else {}),
        "properties": {"by": item.by},
    }


def _invocation(results: Results, omitted: str) -> dict[str, Any]:
    passed_over = len(results.passed_over)
    said = [
        ("note", f"{plural(passed_over, 'other YAML file')} passed over" if passed_over else ""),
        ("note", mended_in_words(results)),
        ("warning", omitted),
        ("warning", left_out_line(results)),
    ]
    notices = [{"level": level, "message": {"text": text}} for level, text in said if text]
    return {"executionSuccessful": True, "toolExecutionNotifications": notices}
