"""Which findings are told: what is mandatory is, then patterns of files, waivers and comments keep back."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Place
from playbook.lint.catalogue import Catalogue
from playbook.results import Suppressed
from playbook.suppression.comments import Ignore, ignores_in
from playbook.suppression.mandatory import Mandatory
from playbook.suppression.patterns import FilePatterns
from playbook.suppression.reach import Reach
from playbook.suppression.waivers import Waiver
from playbook.text.spans import SourceText


@dataclass(frozen=True)
class Situation:
    """What suppressing depends on beside the findings.

    ``catalogue`` has the rules that there are, ``applied`` are the codes of those that ran, ``chosen`` those
    that the configuration asks for without the command line; ``sources`` are the files that were asked for,
    ``seen_from_root`` names a file as patterns do; ``is_complete`` says whether every file could be read in
    full. ``select`` and ``ignore`` are those of the command line.
    """

    config: Config
    catalogue: Catalogue
    as_of: datetime.date
    applied: frozenset[str]
    chosen: frozenset[str]
    sources: Mapping[str, SourceText]
    seen_from_root: Callable[[str], str]
    is_complete: Callable[[], bool]
    waivers: tuple[Waiver, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@dataclass
class Sieve:
    """Parts the findings of one workspace into those that are told and those that are kept back."""

    situation: Situation
    used: dict[Ignore, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The codes of each comment that have kept something back."""
    _ignored: dict[str, dict[str, Place]] = field(default_factory=dict)

    @cached_property
    def mandatory(self) -> Mandatory:
        """What nothing can keep back."""
        return Mandatory(self.situation.config, self.situation.catalogue)

    @cached_property
    def patterns(self) -> FilePatterns:
        """Which rules are left out in which files."""
        return FilePatterns(self.situation.config, self.situation.catalogue)

    @cached_property
    def comments(self) -> dict[str, tuple[Ignore, ...]]:
        """The requests in comments, by file; files without any are not named."""
        return {name: ignores for name, source in self.situation.sources.items() if (ignores := ignores_in(source))}

    def ignored_in(self, file: str) -> dict[str, Place]:
        """The codes that patterns leave out in a file, each with the place that says so."""
        if not self.situation.config.per_file_ignores:
            return {}
        if file not in self._ignored:
            self._ignored[file] = self.patterns.ignored(self.situation.seen_from_root(file))
        return self._ignored[file]

    def sift(self, findings: Iterable[Diagnostic]) -> tuple[list[Diagnostic], list[Suppressed]]:
        """The findings that are told, and those that are kept back, both in their order."""
        told: list[Diagnostic] = []
        suppressed: list[Suppressed] = []
        for finding in findings:
            kept = None if self.mandatory.holds(finding.code) else self._kept_back(finding)
            if kept is None:
                told.append(finding)
            else:
                suppressed.append(kept)
        return told, suppressed

    def _kept_back(self, finding: Diagnostic) -> Suppressed | None:
        """What keeps a finding back, if anything does."""
        place = self.ignored_in(finding.place.file).get(finding.code)
        if place is not None:
            return Suppressed(finding, "configuration", place=place)
        # A comment is in use even where a waiver says the same: the waiver ends some day.
        ignore = self._comment_for(finding)
        for waiver in self.situation.waivers:
            if waiver.covers(finding, self.situation.as_of, self.situation.catalogue):
                return Suppressed(finding, "waiver", waiver.reason, waiver.until.isoformat(), waiver.place)
        if ignore is None:
            return None
        directive = ignore.directive
        until = directive.until.isoformat() if directive.until else ""
        span = self.situation.sources[finding.place.file].span(directive.start, directive.end)
        return Suppressed(finding, "comment", directive.reason, until, Place(finding.place.file, span))

    def _comment_for(self, finding: Diagnostic) -> Ignore | None:
        """The first comment that keeps a finding back. All that would are in use."""
        first: Ignore | None = None
        reach = self._reach.get(finding.place.file)
        for ignore in reach.at(finding.place.span.start.offset) if reach is not None else ():
            stands_for = self.situation.catalogue.matching
            names = {code.name for code in ignore.directive.codes if finding.code in stands_for(code.name)}
            if names:
                self.used[ignore] |= names
                first = first or ignore
        return first

    @cached_property
    def _reach(self) -> dict[str, Reach]:
        """Where the comments hold that keep something back today, by file."""
        return {
            file: Reach(each for each in ignores if not each.directive.mistake and not self.has_ended(each))
            for file, ignores in self.comments.items()
        }

    def has_ended(self, ignore: Ignore) -> bool:
        """Whether the last day of a comment is over."""
        until = ignore.directive.until
        return until is not None and self.situation.as_of > until
