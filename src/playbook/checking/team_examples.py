"""Tries the examples of a team's rules: the bad one must give the finding, the good one must not."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playbook.compiler.assembly import Assembly, Compiled
from playbook.compiler.discover import WorkspaceFiles
from playbook.compiler.opening import Text
from playbook.config import Config
from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.language.rules import Rules, TeamRule
from playbook.lint.engine import lint
from playbook.lint.examples import example_files
from playbook.lint.rule import Context
from playbook.lint.team.checks import as_rule
from playbook.lint.team.flaws import flaws_of
from playbook.text.spans import SourceText
from playbook.workspace import Document

_STRICTEST = Config(profile="certified")


@dataclass(frozen=True, slots=True)
class Failure:
    """What is wrong with an example or its rule, and where in the document of the rule."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What has come of trying the examples of one rule. ``missing`` are the keys of those that there are not."""

    code: str
    what: str
    place: Place
    failures: tuple[Failure, ...]
    missing: tuple[str, ...]


def try_examples(documents: Iterable[Document], as_of: datetime.date) -> Iterator[Trial]:
    """Try the examples of all rules that documents describe, in their order. Nothing is read or written."""
    tried: set[str] = set()
    for document in documents:
        if isinstance(document.model, Rules):
            for code, entry in document.model.checks.items():
                attempt = _Attempt(document, code, entry, as_of)
                yield attempt.trial() if code not in tried else attempt.in_vain()
                tried.add(code)


@dataclass(frozen=True)
class _Attempt:
    document: Document
    code: str
    entry: TeamRule
    as_of: datetime.date

    def trial(self) -> Trial:
        place = self.document.locator.place(("checks", self.code), key=True)
        missing = tuple(key for key in ("bad", "good") if getattr(self.entry, key) is None)
        return Trial(
            self.code, self.entry.title or self.entry.message, place, tuple(self._failures(place)), missing
        )

    def in_vain(self) -> Trial:
        """The trial of a rule whose code another one has."""
        place = self.document.locator.place(("checks", self.code), key=True)
        failure = Failure(place, "the code is that of another rule: this one never runs")
        return Trial(self.code, self.entry.title or self.entry.message, place, (failure,), ())

    def _failures(self, place: Place) -> Iterator[Failure]:
        flaw = next(flaws_of(self.code, self.entry), None)
        if flaw is not None:
            yield Failure(place, f"the rule cannot work: {flaw.message}")
            return
        for key in ("bad", "good"):
            example = getattr(self.entry, key)
            if example is not None:
                yield from self._of_example(key, example)

    def _of_example(self, key: str, example: str) -> Iterator[Failure]:
        compiled = _compiled(example)
        mistakes = [each for each in compiled.workspace.diagnostics if each.severity is not Severity.INFO]
        for mistake in mistakes:
            message = f"the {key} example is not right otherwise: {mistake.message} ({mistake.code})"
            yield Failure(self._place(key, example, compiled, mistake), message)
        rules = {self.code: as_rule(self.code, self.entry)}
        findings = lint(compiled.workspace, rules, _STRICTEST, Context(self.as_of))
        found = [finding for finding in findings if finding.code == self.code]
        if key == "bad" and not found and not mistakes:
            yield Failure(self._place_of(key), "the bad example gives no finding")
        for finding in found if key == "good" else ():
            message = f"the good example gives a finding: {finding.message}"
            yield Failure(self._place(key, example, compiled, finding), message)

    def _place_of(self, key: str) -> Place:
        return self.document.locator.place(("checks", self.code, key))

    def _place(self, key: str, example: str, compiled: Compiled, finding: Diagnostic) -> Place:
        """Where a finding in an example stands in the document of the rule; if in the sample, the example."""
        source = compiled.sources.get(finding.place.file)
        at = finding.place.span.start.offset
        stretch = _block(source.text, at) if source is not None else None
        start = example.find(stretch[1].rstrip()) if stretch is not None else -1
        if stretch is None or start < 0:
            return self._place_of(key)
        begin = start + at - stretch[0]
        end = start + max(finding.place.span.end.offset, at + 1) - stretch[0]
        return self.document.locator.place(("checks", self.code, key), within=(begin, min(end, len(example))))


def _block(text: str, at: int) -> tuple[int, str]:
    """The top-level key of a text that has an offset inside, with all below it; and where it begins."""
    start = 0
    lines = text.splitlines(keepends=True)
    blocks: list[tuple[int, str]] = []
    for line in lines:
        if not blocks or line[:1] not in (" ", "-", "#", "\n"):
            blocks.append((start, line))
        else:
            blocks[-1] = (blocks[-1][0], blocks[-1][1] + line)
        start += len(line)
    return next(((begin, block) for begin, block in reversed(blocks) if begin <= at), (0, text))


def _compiled(example: str) -> Compiled:
    """The workspace of an example; it is on no disk."""
    root = Path("/example")
    texts = {name: text for name, text in example_files(example).items() if name.endswith(".yaml")}
    files = WorkspaceFiles(root, Config(), files={name: root / name for name in texts}, selected=set(texts))
    return Assembly(files, [Text(name, SourceText(name, texts[name])) for name in sorted(texts)]).compiled()
