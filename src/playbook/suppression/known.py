"""Holds findings against baselines: what is known is kept back, and what is found no more is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playbook.diagnostics import Diagnostic, Related, Severity
from playbook.results import Suppressed, unnumbered
from playbook.suppression.baseline import Baseline, Entry
from playbook.suppression.mandatory import Mandatory
from playbook.text.quote import shown
from playbook.text.spans import SourceText


@dataclass
class Known:
    """One baseline in use, by the findings of one workspace after another."""

    baseline: Baseline
    left: Counter[str] = field(default_factory=Counter)
    """How often each fingerprint is still to be found."""
    refused: Counter[str] = field(default_factory=Counter)
    """The mandatory codes that the baseline has, with how many findings."""

    def __post_init__(self) -> None:
        self.left.update({entry.fingerprint: entry.count for entry in self.baseline.entries})

    def sift(
        self,
        findings: Iterable[Diagnostic],
        sources: Mapping[str, SourceText],
        path_of: Callable[[str], Path],
        mandatory: Mandatory,
    ) -> tuple[list[Diagnostic], list[Suppressed]]:
        """The findings that are new, and those that are known, both in their order."""
        every = tuple(findings)
        names = {name: self.baseline.seen(path_of(name)) for name in {each.place.file for each in every}}
        new: list[Diagnostic] = []
        known: list[Suppressed] = []
        for finding, print_ in zip(every, unnumbered(every, sources, names), strict=True):
            entry = self.baseline.by_print.get(print_) if self.left[print_] > 0 else None
            if entry is not None:
                self.left[print_] -= 1
            if entry is None or mandatory.holds(finding.code):
                self.refused[finding.code] += entry is not None
                new.append(finding)
            else:
                known.append(Suppressed(finding, "baseline", place=self.baseline.place(entry)))
        return new, known

    def gone(
        self, applied: frozenset[str], files: Iterable[Path], there_are: Container[str]
    ) -> list[tuple[Entry, int]]:
        """The entries that are found no more, with how often; only those that this run could have found.

        ``applied`` are the codes of the rules that ran, of those that ``there_are``.
        """
        checked = {self.baseline.seen(file) for file in files}
        folder = self.baseline.path.parent
        exists: dict[str, bool] = {}
        gone = []
        for entry in self.baseline.entries:
            count = self.left[entry.fingerprint]
            if count <= 0 or (entry.code in there_are and entry.code not in applied):
                continue
            if entry.file not in checked and entry.file not in exists:
                exists[entry.file] = (folder / entry.file).exists()
            if entry.file in checked or not exists[entry.file]:
                gone.append((entry, count))
        return gone

    def attempts(self, mandatory: Mandatory) -> list[Diagnostic]:
        """A finding for each mandatory rule that the baseline has findings of."""
        found = []
        for code, count in sorted(self.refused.items()):
            entry = next((each for each in self.baseline.entries if each.code == code), None)
            if count and entry is not None:
                what = f"the baseline has {count} finding{'s' if count > 1 else ''} of"
                found.append(mandatory.attempt(code, self.baseline.place(entry), what))
        return found


def finding_of_gone(known: Known, gone: list[tuple[Entry, int]], severity: Severity) -> Diagnostic:
    """One finding (SUP002) for all that a baseline still has and nobody finds any more."""
    baseline = known.baseline
    total = sum(count for _, count in gone)
    codes: Counter[str] = Counter()
    for entry, count in gone:
        codes[entry.code] += count
    listed = ", ".join(f"{count} of {shown(code)}" for code, count in sorted(codes.items()))
    related = tuple(
        Related(f"{shown(entry.code)} in {shown(entry.file)}", baseline.place(entry)) for entry, _ in gone[1:4]
    )
    return Diagnostic(
        "SUP002",
        severity,
        f"{total} finding{'s' if total > 1 else ''} of the baseline {'are' if total > 1 else 'is'} gone: {listed}",
        baseline.place(gone[0][0]),
        related,
        expected="a baseline of what is still found",
        suggestion=f"playbook check --write-baseline {baseline.source.name}",
    )
