"""All that keeps findings back, one after another, for all workspaces of a run."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playbook.config import Config
from playbook.diagnostics import Diagnostic
from playbook.lint.catalogue import Catalogue
from playbook.results import Suppressed
from playbook.suppression.apply import Sieve, Situation
from playbook.suppression.baseline import read_baseline
from playbook.suppression.hygiene import findings_about
from playbook.suppression.known import Known, finding_of_gone
from playbook.suppression.waivers import Waiver
from playbook.text.paths import file_name
from playbook.text.spans import SourceText


@dataclass(frozen=True)
class Checked:
    """A workspace with all its findings before anything is kept back.

    ``catalogue`` has the rules that there are, ``applied`` are the codes of those that ran. ``files`` are the
    names of all its files, ``selected`` those that were asked for, ``sources`` the texts at least of those,
    ``paths`` where files are, as far as they are not where their name says.
    """

    config: Config
    root: Path
    findings: tuple[Diagnostic, ...]
    catalogue: Catalogue
    applied: frozenset[str]
    sources: Mapping[str, SourceText]
    selected: frozenset[str]
    files: tuple[str, ...]
    paths: Mapping[str, Path]
    waivers: tuple[Waiver, ...]
    is_complete: Callable[[], bool]


@dataclass(frozen=True)
class Wishes:
    """What the command line says. ``home`` is the folder from which file names are told."""

    as_of: datetime.date
    home: Path
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    use_baseline: bool = True


@dataclass
class Outcome:
    """What is told and what is not. ``mended`` counts what baselines have and nobody finds any more."""

    findings: list[Diagnostic] = field(default_factory=list)
    suppressed: list[Suppressed] = field(default_factory=list)
    mended: int = 0
    sources: dict[str, SourceText] = field(default_factory=dict)
    """The texts of baselines that findings are about."""
    mandatory: frozenset[str] = frozenset()


def suppress(every: Sequence[Checked], wishes: Wishes) -> Outcome:
    """Keep back what may be kept back, and tell what is wrong with how that is asked for."""
    stages = _Stages(wishes)
    for checked in every:
        stages.take(checked)
    stages.tell_of_baselines()
    outcome = stages.outcome
    outcome.findings.sort(key=lambda finding: finding.sort_key)
    outcome.suppressed.sort(key=lambda each: each.finding.sort_key)
    return outcome


@dataclass
class _InUse:
    """A baseline with the workspaces that are held against it; nothing if it could not be read."""

    known: Known | None
    by: list[Checked] = field(default_factory=list)


class _Stages:
    def __init__(self, wishes: Wishes) -> None:
        self.outcome = Outcome()
        self._wishes = wishes
        self._baselines: dict[Path, _InUse] = {}

    def take(self, checked: Checked) -> None:
        """Sift the findings of one workspace."""
        outcome = self.outcome
        path_of = self._path_of(checked)
        sieve = Sieve(self._situation(checked, path_of))
        outcome.mandatory |= sieve.mandatory.codes
        told, suppressed = sieve.sift(checked.findings)
        known = self._known(checked)
        if known is not None:
            told, old = known.sift(told, checked.sources, path_of, sieve.mandatory)
            suppressed += old
            outcome.findings += self._with_source(known, known.attempts(sieve.mandatory))
        outcome.findings += told
        outcome.findings += findings_about(sieve)
        if checked.config.per_file_ignores:
            root = checked.root
            outcome.findings += sieve.patterns.idle(_relative(path_of(name), root, name) for name in checked.files)
        outcome.suppressed += suppressed

    def tell_of_baselines(self) -> None:
        """Count the entries that are found no more, and say so (SUP002)."""
        for used in self._baselines.values():
            known = used.known
            if known is None or not +known.left or not all(each.is_complete() for each in used.by):
                continue
            applied = frozenset.intersection(*(each.applied for each in used.by))
            files = [self._path_of(each)(name) for each in used.by for name in each.selected]
            there_are = {code for each in used.by for code in each.catalogue.rules}
            gone = known.gone(applied, files, there_are)
            self.outcome.mended += sum(count for _, count in gone)
            if gone and "SUP002" in applied:
                severity = used.by[0].config.severity.get("SUP002", used.by[0].catalogue.rules["SUP002"].severity)
                self.outcome.findings += self._with_source(known, [finding_of_gone(known, gone, severity)])

    def _with_source(self, known: Known, findings: list[Diagnostic]) -> list[Diagnostic]:
        if findings:
            source = known.baseline.source
            self.outcome.sources[source.name] = source
        return findings

    def _situation(self, checked: Checked, path_of: Callable[[str], Path]) -> Situation:
        wishes, config = self._wishes, checked.config
        return Situation(
            config,
            checked.catalogue,
            wishes.as_of,
            checked.applied,
            frozenset(checked.catalogue.chosen(config)),
            {name: checked.sources[name] for name in sorted(checked.selected) if name in checked.sources},
            lambda name: _relative(path_of(name), checked.root, name),
            checked.is_complete,
            checked.waivers,
            wishes.select,
            wishes.ignore,
        )

    def _known(self, checked: Checked) -> Known | None:
        """The baseline that a workspace is held against, read once for all."""
        config, wishes = checked.config, self._wishes
        if not wishes.use_baseline:
            return None
        if wishes.baseline is not None:
            path = wishes.home / wishes.baseline
        elif config.baseline is not None:
            path = checked.root / config.baseline
        else:
            return None
        if path not in self._baselines:
            name = file_name(path.relative_to(wishes.home) if path.is_relative_to(wishes.home) else path)
            asked_at = config.place("baseline") if wishes.baseline is None else None
            baseline, findings = read_baseline(path, name, asked_at)
            self.outcome.findings += findings
            self._baselines[path] = _InUse(Known(baseline) if baseline is not None else None)
        used = self._baselines[path]
        used.by.append(checked)
        return used.known

    def _path_of(self, checked: Checked) -> Callable[[str], Path]:
        return lambda name: checked.paths.get(name) or self._wishes.home / name


def _relative(path: Path, root: Path, name: str) -> str:
    """A file as patterns name it: seen from the root of its workspace."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else name
