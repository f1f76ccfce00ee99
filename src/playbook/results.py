"""What a check has found, as reports write it: findings, what is suppressed, and what they are about."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.text.outline import Outline
from playbook.text.spans import SourceText

FailOn = Literal["error", "warning", "info", "never"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "info", "never")
"""From which severity on a finding makes ``check`` exit with 1."""

By = Literal["comment", "baseline", "waiver", "configuration"]

_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}
# A number that stands for itself, as in "31 of 49 steps"; in "step_2" and "5bd" it is part of a word.
_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*(?!\w)")


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """A rule as reports name it."""

    code: str
    name: str
    severity: Severity
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is not to be told, what keeps it back, and where that is written.

    ``until`` is the last day (ISO) on which it is kept back, if there is one.
    """

    finding: Diagnostic
    by: By
    reason: str = ""
    until: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Results:
    """The findings of a check in the order of reports.

    ``documents`` is how many were asked for, ``passed_over`` the YAML files that are not ours, ``sources``
    the texts that excerpts are cut from, ``rules`` those that there are, ``held_to`` says in words by
    which rules was checked, ``mended`` are entries of the baseline that are found no more. ``files`` are the
    documents that were asked for by name, ``applied`` the codes of the rules that ran, ``every_rule`` whether
    ``rules`` has all (a team's own may be unreadable), ``mandatory`` the codes that nothing keeps back, and
    ``left_out`` the findings that :func:`at_most` took away.
    """

    findings: tuple[Diagnostic, ...]
    documents: int
    held_to: str = ""
    passed_over: tuple[str, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    mended: int = 0
    sources: Mapping[str, SourceText] = field(default_factory=dict, repr=False)
    rules: Mapping[str, RuleSummary] = field(default_factory=dict, repr=False)
    fail_on: FailOn = "warning"
    files: tuple[str, ...] = ()
    applied: frozenset[str] = frozenset()
    every_rule: bool = True
    mandatory: frozenset[str] = frozenset()
    left_out: tuple[Diagnostic, ...] = ()


def exit_status(results: Results, fail_on: FailOn | None = None) -> int:
    """1 if a finding weighs as much as ``fail_on`` or more, else 0; without one, the results' own holds.

    What is suppressed does not count. What :func:`at_most` took away does: cutting a report mends nothing.
    """
    level = fail_on or results.fail_on
    if level == "never":
        return 0
    heaviest = _WEIGHTS[Severity(level)]
    return int(any(_WEIGHTS[each.severity] <= heaviest for each in (*results.findings, *results.left_out)))


def at_most(results: Results, count: int) -> Results:
    """The same with the ``count`` findings that weigh most, in the order of reports; the rest is left out."""
    if len(results.findings) <= count:
        return results
    ranked = sorted(range(len(results.findings)), key=lambda at: (_WEIGHTS[results.findings[at].severity], at))
    kept = set(ranked[:count])
    findings = tuple(finding for at, finding in enumerate(results.findings) if at in kept)
    rest = tuple(finding for at, finding in enumerate(results.findings) if at not in kept)
    return replace(results, findings=findings, left_out=(*results.left_out, *rest))


def left_out_line(results: Results) -> str:
    """``… and 312 more (3 errors, 309 warnings)``; empty if nothing was left out."""
    if not results.left_out:
        return ""
    counts = Counter(finding.severity for finding in results.left_out)
    parts = [
        f"{counts[severity]:,} {severity.value}{'' if counts[severity] == 1 or severity is Severity.INFO else 's'}"
        for severity in Severity
        if counts[severity]
    ]
    return f"… and {len(results.left_out):,} more ({', '.join(parts)})"


def fingerprints(
    findings: tuple[Diagnostic, ...], sources: Mapping[str, SourceText], names: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """A name for each finding that it keeps when other lines change: the same in every run.

    It is made of the rule, the file, the message without its numbers, and the keys and ids that lead to the
    place; of several alike, each has its number. ``names`` are the files under other names, such as those
    seen from the folder of a baseline.
    """
    seen: Counter[str] = Counter()
    outlines: dict[str, Outline] = {}
    found = []
    for finding in findings:
        name = finding.place.file
        if name not in outlines:
            source = sources.get(name)
            outlines[name] = Outline(source.text if source else "")
        print_ = _fingerprint(finding, (names or {}).get(name, name), outlines[name])
        seen[print_] += 1
        found.append(print_ if seen[print_] == 1 else _hashed(print_, str(seen[print_])))
    return tuple(found)


def unnumbered(
    findings: tuple[Diagnostic, ...], sources: Mapping[str, SourceText], names: Mapping[str, str]
) -> tuple[str, ...]:
    """The same, but alike for findings that are alike: for who counts them."""
    outlines = {name: Outline(source.text) for name, source in sources.items()}
    nothing = Outline("")
    return tuple(
        _fingerprint(each, names.get(each.place.file, each.place.file), outlines.get(each.place.file, nothing))
        for each in findings
    )


def _fingerprint(finding: Diagnostic, file: str, outline: Outline) -> str:
    # What unrelated edits change is left out: the line, and numbers such as "31 of 49 steps".
    message = _NUMBER.sub("0", finding.message)
    return _hashed(finding.code, file, message, outline.path(finding.place.span.start.line))


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
