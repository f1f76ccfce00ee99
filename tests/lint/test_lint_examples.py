"""Every rule's bad example gives its finding, its good example gives none; both are correct otherwise.

An example shows only the keys that matter, so rules above the profile `basic` may ask for what it leaves out.

``UPDATE_GOLDEN=1`` writes the whole text of the findings into ``golden/``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from lint_samples import Samples, codes, shown

from playbook.diagnostics import Diagnostic
from playbook.lint.registry import all_rules
from playbook.lint.rule import Rule

GOLDEN = Path(__file__).parent / "golden"
ALL = pytest.mark.parametrize("rule", all_rules().values(), ids=lambda rule: rule.code)

ALSO: dict[str, set[str]] = {}
"""Other codes that a bad example cannot do without, each with the reason beside it. None so far."""


def _about(rule: Rule, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What an example is held to: the rule itself, and that nothing else in it is incorrect."""
    rules = all_rules()
    return [
        finding
        for finding in findings
        if finding.code == rule.code or finding.code not in rules or rules[finding.code].profile == "basic"
    ]


def test_the_sample_itself_is_clean(samples: Samples) -> None:
    assert [shown(finding) for finding in samples.example("")] == []


@ALL
def test_bad_example(rule: Rule, samples: Samples) -> None:
    findings = _about(rule, samples.example(rule.bad))
    assert set(codes(findings)) - ALSO.get(rule.code, set()) == {rule.code}
    assert all(finding.severity is rule.severity for finding in findings if finding.code == rule.code)
    text = "".join(map(shown, findings))
    golden = GOLDEN / f"{rule.code}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@ALL
def test_good_example(rule: Rule, samples: Samples) -> None:
    assert [shown(finding) for finding in _about(rule, samples.example(rule.good))] == []


@ALL
def test_findings_say_where_and_what_was_expected(rule: Rule, samples: Samples) -> None:
    for finding in samples.example(rule.bad):
        assert finding.place.span.end.offset > finding.place.span.start.offset
        assert finding.expected
        assert not finding.message.endswith(".")


def test_golden_files_are_of_rules() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(all_rules())
