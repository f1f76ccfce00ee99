"""What a check has found, as reports write it: findings, what is suppressed, and what they are about."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.text.spans import SourceText


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
    by: Literal["comment", "baseline", "waiver"]
    reason: str = ""
    until: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Results:
    """The findings of a check in the order of reports.

    ``documents`` is how many were asked for, ``passed_over`` the YAML files that are not ours, ``sources``
    the texts that excerpts are cut from, ``rules`` those that were applied, ``held_to`` says in words by
    which rules was checked, ``mended`` are entries of the baseline that are found no more.
    """

    findings: tuple[Diagnostic, ...]
    documents: int
    held_to: str = ""
    passed_over: tuple[str, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    mended: int = 0
    sources: Mapping[str, SourceText] = field(default_factory=dict, repr=False)
    rules: Mapping[str, RuleSummary] = field(default_factory=dict, repr=False)


def fingerprints(findings: tuple[Diagnostic, ...], sources: Mapping[str, SourceText]) -> tuple[str, ...]:
    """A name for each finding that it keeps when other lines move: the same in every run.

    It is made of the rule, the file, the message and the text of the line; of several alike, each has its
    number.
    """
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        source = sources.get(finding.place.file)
        line = source.line(finding.place.span.start.line).strip() if source else ""
        parts = "\0".join((finding.code, finding.place.file, finding.message, line))
        seen[parts] += 1
        names.append(hashlib.sha256(f"{parts}\0{seen[parts]}".encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return tuple(names)
