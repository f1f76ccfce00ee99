"""How many, in words: findings by severity, fixes, what is suppressed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from playbook.diagnostics import Diagnostic, Severity
from playbook.results import By, Results, Suppressed

_BY: dict[By, tuple[str, str]] = {
    "comment": ("a comment", "comments"),
    "baseline": ("the baseline", "the baseline"),
    "waiver": ("a waiver", "waivers"),
    "configuration": ("the configuration", "the configuration"),
}


def plural(count: int, noun: str) -> str:
    """``1 error``, ``1,200 errors``; ``info`` has no plural."""
    return f"{count:,} {noun}{'' if count == 1 or noun == 'info' else 's'}"


def everything(results: Results) -> tuple[Diagnostic, ...]:
    """The findings, with those that a limit keeps out of the report: what is counted is all of them."""
    return (*results.findings, *results.left_out)


def by_severity(findings: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many findings each severity has, the gravest first; severities without any too."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in Severity}


def severities(findings: Iterable[Diagnostic]) -> str:
    """``2 errors, 1 warning``; ``no findings`` if there are none."""
    counts = by_severity(findings)
    return ", ".join(plural(count, severity.value) for severity, count in counts.items() if count) or "no findings"


def fixable(findings: Iterable[Diagnostic]) -> tuple[int, int]:
    """How many findings have a safe fix, and how many have only such as need a person's eye."""
    safe = unsafe = 0
    for finding in findings:
        if finding.fixes:
            if has_safe_fix(finding):
                safe += 1
            else:
                unsafe += 1
    return safe, unsafe


def has_safe_fix(finding: Diagnostic) -> bool:
    """Whether ``--fix`` alone can mend it."""
    return any(fix.safe for fix in finding.fixes)


def fixes_in_words(findings: Iterable[Diagnostic]) -> str:
    """``3 can be mended with --fix, 1 more with --unsafe-fixes``; empty if none can."""
    safe, unsafe = fixable(findings)
    if not safe:
        return f"{unsafe:,} can be mended with --fix --unsafe-fixes" if unsafe else ""
    return f"{safe:,} can be mended with --fix" + (f", {unsafe:,} more with --unsafe-fixes" if unsafe else "")


def by_in_words(by: By) -> str:
    """What keeps one finding back: ``a comment``, ``the baseline``."""
    return _BY[by][0]


def suppressed_in_words(suppressed: Iterable[Suppressed]) -> str:
    """``4 suppressed: 2 by comments, 1 by the baseline, 1 by a waiver``; empty if there are none."""
    counts = Counter(item.by for item in suppressed)
    parts = [f"{counts[by]:,} by {_BY[by][counts[by] > 1]}" for by in _BY if counts[by]]
    return f"{counts.total():,} suppressed: {', '.join(parts)}" if parts else ""


def mended_in_words(results: Results) -> str:
    """What the baseline holds that is found no more; empty if nothing."""
    if not results.mended:
        return ""
    verb = "is" if results.mended == 1 else "are"
    entries = "entry" if results.mended == 1 else "entries"
    return f"{results.mended:,} {entries} of the baseline {verb} mended: write it anew with --write-baseline"


def checked_in_words(results: Results) -> str:
    """``3 documents checked (profile team)``, with what was passed over."""
    text = f"{plural(results.documents, 'document')} checked"
    if results.held_to:
        text += f" ({results.held_to})"
    if results.passed_over:
        text += f"; {plural(len(results.passed_over), 'other YAML file')} passed over"
    return text
