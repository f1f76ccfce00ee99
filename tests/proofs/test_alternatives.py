"""Branches, decision tables and segments, compared with all accounts there can be."""

from __future__ import annotations

import json
import random
from itertools import combinations

import pytest
from all_accounts import EVERY, Accounts, AllAccounts, matching
from proof_samples import compiled, messages, sample
from random_criteria import SEGMENTS, Plan, Stage, Words, random_plan

from playbook.proofs.choices import Choice, choices_of, segments_of

ONE = "stages:\n  - {id: a, steps: [{id: a1, do: Do it}]}\n"


def holding(oracle: AllAccounts, accounts: Accounts, texts: list[str]) -> tuple[set[tuple[int, int]], Accounts]:
    """Which two conditions some of the accounts meet, and the accounts that meet none."""
    met = [oracle.meets(text) & accounts for text in texts]
    pairs = {(one, other) for one, other in combinations(range(len(met)), 2) if met[one] & met[other]}
    for each in met:
        accounts &= ~each
    return pairs, accounts


def told(choice: Choice) -> tuple[set[tuple[int, int]], bool]:
    assert not choice.unknown
    return {(one, other) for one, other, _ in choice.answers.overlaps}, choice.answers.gap is not None


def check_witnesses(oracle: AllAccounts, accounts: Accounts, choice: Choice) -> None:
    """The accounts that are shown come here, and meet both conditions or none."""
    for one, other, verdict in choice.answers.overlaps:
        shown = matching(accounts, verdict.witness, oracle)
        assert shown
        assert not shown & ~(oracle.meets(choice.texts[one]) & oracle.meets(choice.texts[other]))
    if choice.answers.gap is not None:
        shown = matching(accounts, choice.answers.gap.witness, oracle)
        assert shown
        assert not any(shown & oracle.meets(text) for text in choice.texts)


# -- branches --------------------------------------------------------------------------------------------


def branching(plan: Plan) -> list[tuple[AllAccounts, Stage, Choice]]:
    """Each stage with conditions on its ways out, and what is told of them."""
    playbook = compiled(plan.text())
    oracle = AllAccounts(plan)
    if plan.variant:
        playbook, oracle = playbook.variants[0], AllAccounts(plan, "small")
    choices = {choice.path: choice for choice in choices_of(playbook)}
    stages = [
        (number, stage) for number, stage in enumerate(plan.stages) if any(branch.when for branch in stage.next)
    ]
    assert choices.keys() == {("stages", number, "next") for number, _ in stages}
    return [(oracle, stage, choices["stages", number, "next"]) for number, stage in stages]


@pytest.mark.parametrize("wild", [False, True])
def test_branches(wild: bool) -> None:
    overlaps = gaps = fine = 0
    for seed in range(1_000, 1_150):
        plan = random_plan(seed, wild=wild, shapes=("branches", "tree"), interrupt=wild and seed % 3 == 0)
        for oracle, stage, choice in branching(plan):
            accounts = oracle.leaving(stage.id)
            if not accounts or (not wild and not all(way.accounts for way in oracle.ways)):
                # What no account does is told by other rules, if at all.
                continue
            texts = [branch.when for branch in stage.next if branch.when]
            pairs, none = holding(oracle, accounts, texts)
            gap = bool(none) and len(texts) == len(stage.next)
            found = told(choice)
            assert choice.texts == tuple(texts)
            if wild:
                assert pairs <= found[0], plan.text()
                assert gap <= found[1], plan.text()
            else:
                assert found == (pairs, gap), plan.text()
                check_witnesses(oracle, accounts, choice)
            overlaps, gaps, fine = overlaps + bool(pairs), gaps + gap, fine + (not pairs and not gap)
    assert min(overlaps, gaps, fine) > 10


def test_a_way_without_a_condition_takes_what_no_other_does() -> None:
    text = """\
stages:
  - {id: a, steps: [{id: a1, do: Do it}], next: [{to: b, when: account.big}, {to: c}]}
  - {id: b, steps: [{id: b1, do: Do it}]}
  - {id: c, steps: [{id: c1, do: Do it}]}
"""
    assert messages("CRT004", text) == []


def test_messages_of_branches() -> None:
    text = """\
stages:
  - {{id: a, exit: account.seats >= 2, steps: [{{id: a1, do: Do it}}], next: [{}]}}
  - {{id: b, steps: [{{id: b1, do: Do it}}]}}
  - {{id: c, steps: [{{id: c1, do: Do it}}]}}
"""
    low, high = "{to: b, when: account.seats < 3}", "{to: c, when: account.seats > 1}"
    assert messages("CRT004", text.format(f"{low}, {high}")) == [
        'an account with account.seats = 2 meets "account.seats > 1" and also "account.seats < 3"'
    ]
    assert messages("CRT004", text.format(low)) == [
        "an account with account.seats = 3 does not meet the only condition"
    ]
    none = text.format("{to: b, when: account.big}, {to: c, when: account.seats > 3}")
    assert messages("CRT004", none) == [
        "an account with account.big = false and account.seats = 2 meets none of the 2 conditions"
    ]


# -- decision tables -------------------------------------------------------------------------------------


def test_decision_tables() -> None:
    seen = {"first": [0, 0, 0], "unique": [0, 0, 0]}
    for seed in range(200):
        choose = random.Random(seed)
        words = Words(choose, {}, ["value.reached", "account.trained", "account.first_report"], wild=True)
        texts = [words.condition() for _ in range(choose.randint(1, 4))]
        hit = choose.choice(["first", "unique"])
        rules: list[dict[str, object]] = [{"when": text, "gives": number} for number, text in enumerate(texts)]
        otherwise = choose.random() < 0.4
        rules += [{"otherwise": True, "gives": "rest"}] if otherwise else []
        (choice,) = choices_of(sample(f"decisions: {json.dumps({'track': {'hit': hit, 'rules': rules}})}\n{ONE}"))
        oracle = AllAccounts(Plan([]))
        pairs, none = holding(oracle, EVERY, texts)
        pairs = pairs if hit == "unique" else set()
        gap = bool(none) and not otherwise
        assert told(choice) == (pairs, gap), texts
        check_witnesses(oracle, EVERY, choice)
        counts = seen[hit]
        seen[hit] = [counts[0] + bool(pairs), counts[1] + gap, counts[2] + (not pairs and not gap)]
    assert seen["first"][0] == 0
    assert min(*seen["first"][1:], *seen["unique"]) > 5, seen


# -- segments --------------------------------------------------------------------------------------------


def test_segments() -> None:
    seen = [0, 0, 0]
    for seed in range(200):
        choose = random.Random(seed)
        words = Words(choose, {}, ["value.reached", "account.trained"], wild=True)
        whens = {f"seg{at}": words.condition(1) for at in range(choose.randint(1, 3))}
        otherwise = choose.random() < 0.4
        segments: dict[str, object] = {id_: {"when": when} for id_, when in whens.items()}
        segments.update({"rest": {"otherwise": True}} if otherwise else {})
        choice = segments_of(sample(f"segments: {json.dumps(segments)}\n{ONE}"))
        assert choice is not None
        oracle = AllAccounts(Plan([]))
        pairs, none = holding(oracle, EVERY, list(whens.values()))
        gap = bool(none) and not otherwise
        assert told(choice) == (pairs, gap), whens
        check_witnesses(oracle, EVERY, choice)
        seen = [seen[0] + bool(pairs), seen[1] + gap, seen[2] + (not pairs and not gap)]
    assert min(seen) > 10, seen


@pytest.mark.parametrize("number", range(len(SEGMENTS)))
def test_the_segments_of_these_tests_have_every_account_once(number: int) -> None:
    segments = {id_: {"when": when} if when else {"otherwise": True} for id_, when in SEGMENTS[number].items()}
    text = f"segments: {json.dumps(segments)}\n{ONE}"
    assert messages("SEG001", text) == messages("SEG002", text) == []


def test_messages_of_segments() -> None:
    two = "segments: {small: {when: account.seats <= 1}, large: {when: 1 <= account.seats < 3}}\n" + ONE
    assert messages("SEG001", two) == [
        "an account with account.seats = 1 is in the segment large and also in small"
    ]
    assert messages("SEG002", two) == ["an account with account.seats = 3 is in no segment"]
    rest = "segments: {small: {when: account.big}, a: {otherwise: true}, b: {otherwise: true}}\n" + ONE
    assert messages("SEG001", rest) == ["the segment b is otherwise, as a is already"]


def test_segments_that_are_only_otherwise_or_misread_are_not_judged() -> None:
    assert segments_of(sample("segments: {all: {otherwise: true}}\n" + ONE)) is None
    assert segments_of(sample(ONE)) is None
