"""Every rule that says it can be mended is, in its bad example, however that is written."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from mending import assert_sound, mended, value_of

from playbook.checking.example_fixes import example_diff, mended_example
from playbook.lint.examples import example_files
from playbook.lint.pages import rule_page
from playbook.lint.registry import all_rules
from playbook.lint.rule import Rule

sys.path.append(str(Path(__file__).parents[1] / "formatting"))
from scribble import Scribbler

FIXABLE = [rule for rule in all_rules().values() if rule.fix]
ONLY_PEOPLE_KNOW = {"SCH003", "SCH007"}
"""Whose bad example shows what only its author can mend."""
REMOVING = {"CRT009", "GRF003", "GRF006", "GRF007", "RCI006", "REF003", "SEG004"} | {
    code for code in all_rules() if code.startswith("SUP")
}
ALL = pytest.mark.parametrize("rule", FIXABLE, ids=lambda rule: rule.code)


@ALL
def test_the_bad_example_is_mended(rule: Rule) -> None:
    result = mended_example(rule)
    assert bool(result.applied) == (rule.code not in ONLY_PEOPLE_KNOW)
    assert result.taken_back == result.conflicting == ()
    if result.applied:
        assert [each.message for each in result.results.findings if each.code == rule.code] == []
        assert all(offer.fix.safe for offer in result.applied) <= (rule.fix == "safe")
    assert_sound(
        example_files(rule.bad), result, removes=rule.code in REMOVING, unsafe=True, wanted=rule.code.__eq__
    )


@ALL
def test_safe_ones_do_not_wait_for_permission(rule: Rule) -> None:
    result = mended(example_files(rule.bad), wanted=rule.code.__eq__)
    assert bool(result.applied) == (rule.fix == "safe" and rule.code not in ONLY_PEOPLE_KNOW)


@ALL
@pytest.mark.parametrize("seed", range(6))
def test_the_bad_example_in_other_layouts(rule: Rule, seed: int) -> None:
    author = Scribbler(random.Random(seed))
    files = {name: author.document(value_of(text)) for name, text in example_files(rule.bad).items()}
    result = mended(files, unsafe=True, wanted=rule.code.__eq__)
    assert_sound(files, result, removes=rule.code in REMOVING, unsafe=True, wanted=rule.code.__eq__)


@ALL
def test_the_page_shows_what_is_changed(rule: Rule) -> None:
    page = rule_page(rule, example_diff(rule))
    assert f"\n## Fix\n\n`playbook check --fix{'' if rule.fix == 'safe' else ' --unsafe-fixes'}` " in page
    assert ("```diff\n" in page) == (rule.code not in ONLY_PEOPLE_KNOW)
    assert rule.fix_title
    assert not rule.fix_title.endswith(".")


def test_no_page_promises_what_the_rule_does_not_do() -> None:
    for rule in all_rules().values():
        if rule.fix is None:
            assert "## Fix" not in rule_page(rule)
            assert rule.fix_title == ""
