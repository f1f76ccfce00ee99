"""Which fixes are made together."""

from __future__ import annotations

import pytest

from playbook.diagnostics import Diagnostic, Edit, Fix, Place, Severity
from playbook.fixing.apply import Applied, apply, offers_of
from playbook.fixing.patch import patch

TEXT = "abcdefghij"


def finding(*edits: tuple[int, int, str], code: str = "X001", safe: bool = True, file: str = "x") -> Diagnostic:
    fix = Fix("mend it", tuple(Edit(file, *edit) for edit in edits), safe)
    return Diagnostic(code, Severity.ERROR, f"wrong at {edits}", Place(file), fixes=(fix,))


def applied(*findings: Diagnostic, unsafe: bool = False) -> Applied:
    return apply(offers_of(findings, unsafe=unsafe), {"x": TEXT, "y": TEXT})


def test_edits_of_one_file_are_made_together() -> None:
    result = applied(finding((8, 10, "")), finding((0, 1, "A")), finding((4, 4, "+"), (5, 5, "-")))
    assert result.texts == {"x": "Abcd+e-fgh"}
    assert len(result.applied) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((2, 5, "x"), (4, 6, "y")),
        ((2, 5, "x"), (3, 3, "y")),
        ((2, 5, "x"), (5, 5, "y")),
        ((2, 5, "x"), (2, 2, "y")),
        ((2, 5, "x"), (5, 6, "y")),
        ((2, 5, "x"), (2, 5, "y")),
        ((2, 2, "\n  raci: {R: x}"), (2, 2, "\n  raci: {A: y}")),
    ],
)
def test_the_first_of_two_that_touch_is_made(first: tuple[int, int, str], second: tuple[int, int, str]) -> None:
    one, two = finding(first), finding(second)
    result = applied(one, two)
    assert [offer.finding for offer in result.applied] == [one]
    assert [offer.finding for offer in result.conflicting] == [two]
    assert applied(two, one).applied[0].finding == two


def test_what_two_fixes_both_say_is_made_once() -> None:
    result = applied(finding((2, 5, "x")), finding((2, 5, "x"), (7, 7, "!")))
    assert result.texts == {"x": "abxfg!hij"}
    assert result.conflicting == ()


def test_insertions_at_one_place_come_in_the_order_of_the_findings() -> None:
    assert applied(finding((3, 3, "1")), finding((3, 3, "2")), finding((3, 3, "0"))).texts == {"x": "abc120defghij"}


def test_a_fix_of_two_files_is_made_in_both_or_in_none() -> None:
    both = Diagnostic(
        "X002",
        Severity.ERROR,
        "in two files",
        Place("x"),
        fixes=(Fix("mend both", (Edit("x", 0, 1, "A"), Edit("y", 0, 1, "A")), True),),
    )
    assert applied(both).texts == {"x": "Abcdefghij", "y": "Abcdefghij"}
    result = applied(finding((0, 2, "z"), file="y"), both)
    assert result.texts == {"y": "zcdefghij"}
    assert [offer.finding for offer in result.conflicting] == [both]


def test_a_fix_of_a_file_that_is_not_there_is_not_made() -> None:
    assert applied(finding((0, 1, "A"), file="z")).conflicting


def test_only_safe_fixes_unless_asked() -> None:
    careful = finding((0, 1, "A"), safe=False)
    assert applied(careful).applied == ()
    assert applied(careful, unsafe=True).texts == {"x": "Abcdefghij"}


def test_only_the_codes_that_are_wanted() -> None:
    offers = offers_of(
        [finding((0, 1, "A")), finding((1, 2, "B"), code="X002")], wanted=lambda code: code == "X002"
    )
    assert [offer.finding.code for offer in offers] == ["X002"]


def test_what_comes_out_as_it_was_is_no_change() -> None:
    assert applied(finding((0, 1, "a"))).texts == {}


def test_a_patch_is_one_that_programs_read() -> None:
    assert (
        patch("x.yaml", "a: 1\nb: 2\n", "a: 1\nb: 3\n")
        == "--- x.yaml\n+++ x.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n"
    )
    assert patch("x", "a", "b") == (
        "--- x\n+++ x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
    )
    assert patch("x", "a", "a") == ""


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("my file.yaml", "my file.yaml\t"),
        ('a"b\\c.yaml', r'"a\"b\\c.yaml"'),
        ("a\n\x1b[31m.yaml", r'"a\012\033[31m.yaml"'),
        ("übung.yaml", "übung.yaml"),
    ],
)
def test_a_patch_names_files_so_that_programs_find_them(name: str, head: str) -> None:
    assert patch(name, "a", "b").splitlines()[:2] == [f"--- {head}", f"+++ {head}"]
