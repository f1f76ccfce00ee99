"""The documentation pages of rules."""

from __future__ import annotations

import re

from playbook.lint.pages import rule_index, rule_page
from playbook.lint.registry import all_rules


def test_a_page_shows_the_rule_and_its_examples() -> None:
    rule = all_rules()["RCI002"]
    page = rule_page(rule)
    assert page.startswith("# RCI002: several-accountable\n")
    assert rule.what in page
    assert rule.why in page
    assert page.count("```yaml\n") == 2
    assert rule.bad in page
    assert rule.good in page


def test_what_the_sample_must_lack_is_said_in_words() -> None:
    page = rule_page(all_rules()["HND001"])
    assert "null" not in page
    assert "# no handoffs\n" in page


def test_the_index_links_every_rule_once() -> None:
    rules = list(all_rules().values())
    linked = re.findall(r"\[(\w+)\]\((\w+)\.md\)", rule_index(rules))
    assert sorted(linked) == [(rule.code, rule.code) for rule in rules]
