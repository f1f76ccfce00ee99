"""The explicit list of rules is the folder, and every rule is told in full."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import playbook.lint.rules
from playbook.config import PROFILES, Config
from playbook.lint.catalogue import built_in
from playbook.lint.registry import CODES, all_rules, matching
from playbook.lint.rule import Rule

FOLDER = Path(playbook.lint.rules.__file__).parent


def test_the_list_is_the_folder() -> None:
    files = sorted(path.stem.upper() for path in FOLDER.glob("*.py") if path.stem != "__init__")
    assert list(CODES) == files
    assert [rule.code for rule in all_rules().values()] == files


@pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)
def test_a_rule_is_told_in_full(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    for sentence in (rule.what, rule.why):
        assert sentence.endswith(".")
        assert len(sentence) <= 200
    assert rule.bad != rule.good
    assert rule.bad.endswith("\n")
    assert rule.good.endswith("\n")
    assert rule.code not in rule.instead_of
    assert set(rule.instead_of) <= set(CODES)


def test_names_are_used_once() -> None:
    names = [rule.name for rule in all_rules().values()]
    assert len(names) == len(set(names))


def test_profiles_grow() -> None:
    sizes = [len(built_in().chosen(Config(profile=profile))) for profile in PROFILES]
    assert sizes == sorted(sizes)
    assert sizes[-1] == len(CODES)
    families = {"CAL", "SCH", "REF", "GRF", "SEC", "HND", "RCI", "CRT", "SEG", "SLA", "SND", "SUP", "RUL", "TGT"}
    assert {code[:3] for code in built_in().chosen(Config(profile="basic"))} == families


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("RCI001", ("RCI001",)),
        ("rci001", ("RCI001",)),
        ("HND", tuple(f"HND00{number}" for number in range(1, 9))),
        ("HND00", ()),
        ("XYZ", ()),
    ],
)
def test_what_a_prefix_stands_for(prefix: str, expected: tuple[str, ...]) -> None:
    assert matching(prefix) == expected
