"""What results are worth: the exit status, what is left out, and names that findings keep."""

from __future__ import annotations

import pytest

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.results import FAIL_ON, FailOn, Results, at_most, exit_status, fingerprints, left_out_line, unnumbered
from playbook.text.spans import SourceText

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def results(*severities: Severity) -> Results:
    findings = [Diagnostic("X001", each, f"number {at}", Place("f")) for at, each in enumerate(severities)]
    return Results(tuple(findings), documents=1)


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ((), "0000"),
        ((INFO,), "0010"),
        ((WARNING, INFO), "0110"),
        ((INFO, ERROR), "1110"),
    ],
)
def test_exit_status(severities: tuple[Severity, ...], expected: str) -> None:
    assert "".join(str(exit_status(results(*severities), level)) for level in FAIL_ON) == expected


@pytest.mark.parametrize("level", FAIL_ON)
def test_the_level_of_the_results_holds_without_another(level: FailOn) -> None:
    found = Results(results(WARNING).findings, 1, fail_on=level)
    assert exit_status(found) == exit_status(results(WARNING), level)


@pytest.mark.parametrize(
    ("count", "kept", "line"),
    [
        (9, [0, 1, 2, 3, 4], ""),
        (5, [0, 1, 2, 3, 4], ""),
        (4, [0, 1, 3, 4], "… and 1 more (1 info)"),
        (2, [1, 4], "… and 3 more (2 warnings, 1 info)"),
        (1, [1], "… and 4 more (1 error, 2 warnings, 1 info)"),
        (0, [], "… and 5 more (2 errors, 2 warnings, 1 info)"),
    ],
)
def test_what_weighs_most_is_kept_in_its_order(count: int, kept: list[int], line: str) -> None:
    whole = results(WARNING, ERROR, INFO, WARNING, ERROR)
    cut = at_most(whole, count)
    assert [finding.message for finding in cut.findings] == [f"number {at}" for at in kept]
    assert left_out_line(cut) == line
    assert len(cut.findings) + len(cut.left_out) == 5
    for level in FAIL_ON:
        assert exit_status(cut, level) == exit_status(whole, level)


def test_large_numbers_are_told_with_commas() -> None:
    assert left_out_line(at_most(results(*[WARNING] * 1_235), 1)) == "… and 1,234 more (1,234 warnings)"


def named(
    text: str, message: str, line: int, code: str = "X001"
) -> tuple[tuple[Diagnostic, ...], dict[str, SourceText]]:
    source = SourceText("f", text)
    at = source.text.index(source.line(line))
    return (Diagnostic(code, ERROR, message, Place("f", source.span(at, at + 1))),), {"f": source}


BASE = named("steps:\n  - id: a\n    do: x\n", "wrong: 'x'", 3)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (named("# more\nsteps:\n  - id: b\n  - id: a\n    do: x\n", "wrong: 'x'", 5), True),
        (named("steps:\n  - id: a\n    do: x # known\n", "wrong: 'x'", 3), True),
        (named("steps:\n  - id: b\n    do: x\n", "wrong: 'x'", 3), False),
        (named("steps:\n  - id: a\n    do: x\n", "wrong: 'y'", 3), False),
        (named("steps:\n  - id: a\n    do: x\n", "wrong: 'x'", 3, "X002"), False),
        (named("steps:\n  - id: a\n    for: x\n", "wrong: 'x'", 3), False),
    ],
)
def test_a_fingerprint_is_of_the_place_in_the_document(
    other: tuple[tuple[Diagnostic, ...], dict[str, SourceText]], same: bool
) -> None:
    assert (fingerprints(*BASE) == fingerprints(*other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("31 of 49 steps (63 %)", "32 of 50 steps (64 %)", True),
        ("1,234.5 days", "3 days", True),
        ("the step step_1", "the step step_2", False),
        ("due 5bd", "due 6bd", False),
        ("version 1.2", "version 1.3", True),
    ],
)
def test_numbers_that_other_edits_change_do_not_count(one: str, other: str, same: bool) -> None:
    text = "a: 1\n"
    assert (fingerprints(*named(text, one, 1)) == fingerprints(*named(text, other, 1))) is same


def test_alike_findings_have_a_number_and_counting_does_not_need_it() -> None:
    findings, sources = BASE
    twice = (*findings, *findings)
    first, second = fingerprints(twice, sources)
    assert first != second
    assert (first,) == fingerprints(*BASE)
    assert unnumbered(twice, sources, {}) == (first, first)


def test_a_file_may_have_another_name() -> None:
    findings, sources = BASE
    assert fingerprints(findings, sources, {"f": "sub/f"}) != fingerprints(findings, sources)
    assert fingerprints(findings, {}) == fingerprints(findings, {})
