"""The careful reading: a text into nodes with offsets, and every mistake into a finding with its place."""

from __future__ import annotations

from playbook.diagnostics import Diagnostic
from playbook.reader.composition import Composition
from playbook.reader.dialect import Disguise
from playbook.reader.pause import collector_paused
from playbook.reader.syntax import explain
from playbook.text.spans import SourceText


def compose(source: SourceText) -> Composition:
    """Read a text carefully. Never raises."""
    with collector_paused():
        return _compose(source)


def _compose(source: SourceText) -> Composition:
    disguise = Disguise(source.text)
    composition = Composition(source)
    problem = composition.read(disguise)
    if problem is not None and disguise.helps(problem):
        composition = Composition(source)
        problem = composition.read(disguise)
    if problem is not None:
        composition.failed = True
        found = explain(source, problem, composition.bracket, composition.quoted)
        # One mistake, one finding: what the parser says at the same place knows more.
        start = found.place.span.start
        composition.findings = [other for other in composition.findings if other.place.span.start != start]
        if not any(_bars_comma(source.text, other, start.line) for other in composition.findings):
            composition.findings.append(found)
    composition.findings.sort(key=lambda found: found.sort_key)
    return composition


def _bars_comma(text: str, finding: Diagnostic, line: int) -> bool:
    """Whether a finding on a line is about a tag (``!account.vip,``) behind which no comma can stand.

    All that the parser says of the rest of the line only follows from that.
    """
    span = finding.place.span
    before, behind = text[span.start.offset : span.end.offset], text[span.end.offset :]
    return span.start.line == line and before.startswith("!") and behind.startswith(",")
