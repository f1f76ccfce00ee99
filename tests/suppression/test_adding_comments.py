"""A comment that is added for a finding removes that finding, and nothing else."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from playbook.checking.run import findings_of
from playbook.checking.settings import Settings
from playbook.compiler.compile import Compiled, compile_paths
from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.lint.catalogue import built_in
from playbook.suppression.adding import ignoring
from playbook.suppression.comments import ignores_in
from playbook.suppression.mandatory import Mandatory
from playbook.text.spans import SourceText

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path.parent for path in (ROOT / "examples").rglob("playbook.toml"))
SETTINGS = Settings(as_of=datetime.date(2026, 10, 1), home=ROOT)
EACH = 4
"""So many findings of each example are tried; every run of a developer tries others."""


def findings(compiled: Compiled) -> tuple[Diagnostic, ...]:
    return findings_of(replace(compiled, config=replace(compiled.config, profile="certified")), SETTINGS)


def name_of(finding: Diagnostic) -> tuple[str, str, str]:
    return finding.place.file, finding.code, finding.message


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_over_the_findings_of_the_examples(folder: Path) -> None:
    (compiled,) = compile_paths([folder], ROOT)
    before = findings(compiled)
    mandatory = Mandatory(compiled.config, built_in())
    tried = [each for each in before if not mandatory.holds(each.code)]
    for finding in random.sample(tried, min(EACH, len(tried))):
        source = compiled.sources[finding.place.file]
        edit = ignoring(source, finding, reason="a trial")
        assert edit is not None, finding
        text = source.text[: edit.start] + edit.text + source.text[edit.end :]
        (again,) = compile_paths([folder], ROOT, overlays={finding.place.file: text})
        meant = _meant(before, finding, SourceText(source.name, text), inserted=edit.text.endswith("\n"))
        assert Counter(map(name_of, before)) - Counter(map(name_of, findings(again))) == meant
        assert not Counter(map(name_of, findings(again))) - Counter(map(name_of, before))


def _meant(
    before: tuple[Diagnostic, ...], finding: Diagnostic, after: SourceText, *, inserted: bool
) -> Counter[tuple[str, str, str]]:
    """The findings of the same code that the comment is about: on its line, or in the entry below it."""
    alike = [each for each in before if (each.code, each.place.file) == (finding.code, finding.place.file)]
    line = finding.place.span.start.line
    if not inserted:
        return Counter(name_of(each) for each in alike if each.place.span.start.line == line)
    ignore = next(each for each in ignores_in(after) if each.directive.reason == "a trial")
    first, last = (after.position(offset).line - 1 for offset in ignore.stretch)
    return Counter(name_of(each) for each in alike if first <= each.place.span.start.line <= last)


def finding_at(text: str, word: str) -> tuple[SourceText, Diagnostic]:
    source = SourceText("f.yaml", text)
    at = text.index(word)
    return source, Diagnostic("X001", Severity.ERROR, "wrong", Place("f.yaml", source.span(at, at + len(word))))


ADDED = {
    "behind a value": ("a: here\nb: 1\n", "a: here  # playbook: ignore[X001]\nb: 1\n"),
    "behind a comment": ("a: here # why\n", "a: here # why  # playbook: ignore[X001]\n"),
    "blanks at the end": ("a: here  \n", "a: here  # playbook: ignore[X001]\n"),
    "no line break at the end": ("a: here", "a: here  # playbook: ignore[X001]"),
    "Windows lines": ("a: here\r\nb: 1\r\n", "a: here  # playbook: ignore[X001]\r\nb: 1\r\n"),
    "in brackets over lines": ("a: [here,\n  1]\n", "a: [here,  # playbook: ignore[X001]\n  1]\n"),
    "a block text": ("a:\n  b: |\n    here\n", "a:\n  # playbook: ignore[X001]\n  b: |\n    here\n"),
    "a block text, Windows lines": ("b: |\r\n  here\r\n", "# playbook: ignore[X001]\r\nb: |\r\n  here\r\n"),
    "a text over lines": ("a: here\n  and there\n", "# playbook: ignore[X001]\na: here\n  and there\n"),
    "its last line": ("a: from\n  here\nb: 1\n", "a: from\n  here  # playbook: ignore[X001]\nb: 1\n"),
    "an item": ("a:\n  - 'b\n    here\n    c'\n", "a:\n  # playbook: ignore[X001]\n  - 'b\n    here\n    c'\n"),
}


@pytest.mark.parametrize("what", ADDED)
def test_where_the_comment_is_put(what: str) -> None:
    text, expected = ADDED[what]
    source, finding = finding_at(text, "here")
    edit = ignoring(source, finding)
    assert edit is not None
    assert text[: edit.start] + edit.text + text[edit.end :] == expected


def test_codes_reason_and_last_day() -> None:
    source, finding = finding_at("a: here\n", "here")
    edit = ignoring(source, finding, ("RCI001", "HND"), "a\n b", datetime.date(2027, 1, 31))
    assert edit is not None
    assert edit.text == "  # playbook: ignore[RCI001, HND] until=2027-01-31 reason: a b"
    (ignore,) = ignores_in(SourceText("f.yaml", f"a: here{edit.text}"))
    assert ignore.directive.mistake == ""


def test_no_yaml_and_no_place() -> None:
    assert ignoring(*finding_at("a: [here\n", "here")) is None
    assert ignoring(*finding_at("[\n{a: 'b\n here\n c'}]\n", "here")) is None
