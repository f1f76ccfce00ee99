"""Conditions that are always or never true, and steps that can never be done, compared with all accounts."""

from __future__ import annotations

import random
from functools import reduce
from operator import and_

import pytest
from all_accounts import EVERY, AllAccounts
from proof_samples import TRACKING, compiled, messages, sample
from random_criteria import SEGMENTS, Plan, Stage, Words, random_plan

from playbook.proofs.constants import constants_of
from playbook.proofs.dead import dead_steps
from playbook.text.paths import KeyPath

Told = dict[tuple[KeyPath, bool], str]
"""What is always or never so, by its path, and whether only for accounts that leave."""


def told(plan: Plan, oracle: AllAccounts) -> Told:
    """What is told, but of ways out of a stage that nobody leaves: that is told of its exit."""
    return {
        (each.path, each.on_leaving): each.value
        for each in constants_of(compiled(plan.text()))
        if not each.on_leaving or oracle.meet_all(plan.stages[_number(each.path)].exit)
    }


def _number(path: KeyPath) -> int:
    assert isinstance(path[1], int)
    return path[1]


def constant(oracle: AllAccounts, text: str) -> str | None:
    met = oracle.meets(text)
    return None if 0 < met < EVERY else "always" if met else "never"


def expected(oracle: AllAccounts) -> Told:
    plan = oracle.plan
    texts: dict[KeyPath, str] = {}
    found: Told = {}
    for id_, when in plan.segments.items():
        texts.update({("segments", id_, "when"): when} if when else {})
    if plan.interrupt:
        texts["interrupts", "changed", "when"] = plan.interrupt.when
    for number, stage in enumerate(plan.stages):
        for key, criteria in (("enter", stage.enter), ("exit", stage.exit)):
            conditions = [text for text, _ in criteria]
            texts.update({("stages", number, key, at, "check"): text for at, text in enumerate(conditions)})
            together = reduce(and_, map(oracle.meets, conditions), EVERY)
            if len(conditions) > 1 and not together and all(map(oracle.meets, conditions)):
                found[("stages", number, key), False] = "never"
        for at, when in enumerate(stage.whens):
            texts.update({("stages", number, "steps", at, "when"): when} if when else {})
        for at, branch in enumerate(stage.next):
            if branch.when:
                path: KeyPath = ("stages", number, "next", at, "when")
                texts[path] = branch.when
                leaving = oracle.meet_all(stage.exit)
                if oracle.meets(branch.when) and not oracle.meets(branch.when) & leaving and leaving:
                    found[path, True] = "never"
    found.update({(path, False): value for path, text in texts.items() if (value := constant(oracle, text))})
    return found


def is_gate(path: KeyPath) -> bool:
    return path[-1] in ("enter", "exit")


def random_one(seed: int) -> tuple[Plan, Told]:
    plan = random_plan(seed, wild=True, interrupt=seed % 4 == 0, given=False)
    plan.variant = False
    return plan, expected(AllAccounts(plan))


def random_gate(seed: int, *, aliases: bool) -> tuple[Plan, Told]:
    """One stage with two criteria; with ``aliases`` they may speak of the same by two names."""
    choose = random.Random(seed)
    segments = choose.choice(SEGMENTS) if aliases else {}
    words = Words(choose, segments, ["value.reached", *(["account.first_report"] if aliases else [])], wild=True)
    criteria = [(words.condition(1), choose.random() < 0.2) for _ in range(choose.choice((2, 2, 3)))]
    plan = Plan([Stage("s0", criteria)], segments)
    return plan, expected(AllAccounts(plan))


def test_constants_of_conditions() -> None:
    seen = {"always": 0, "never": 0, "on leaving": 0}
    for seed in range(150):
        plan, there = random_one(seed)
        found = {key: value for key, value in told(plan, AllAccounts(plan)).items() if not is_gate(key[0])}
        assert found == {key: value for key, value in there.items() if not is_gate(key[0])}, plan.text()
        for (_, on_leaving), value in there.items():
            seen["on leaving" if on_leaving else value] += 1
    assert min(seen.values()) > 10, seen


def test_criteria_of_one_gate_that_cannot_all_hold() -> None:
    gates = 0
    for seed in range(200):
        plan, there = random_gate(seed, aliases=False)
        assert told(plan, AllAccounts(plan)) == there, plan.text()
        gates += sum(is_gate(path) for path, _ in there)
    assert gates > 10, gates


def test_criteria_of_one_gate_that_mean_each_other() -> None:
    for seed in range(200):
        plan, there = random_gate(seed, aliases=True)
        assert told(plan, AllAccounts(plan)) == there, plan.text()


@pytest.mark.parametrize(
    "criteria",
    [
        ["value.reached", "not account.first_report"],
        ["account.segment == 'small'", "not account.big"],
        ["plan.accepted", "not plan.produced"],
        ["closed_won.reached", "not deal.closed_won"],
        ["a1.approved", "a1.rejected"],
    ],
)
def test_two_criteria_that_speak_of_the_same_by_two_names(criteria: list[str]) -> None:
    text = f"""\
anchors: {{closed_won: {{event: deal.closed_won}}}}
segments: {{small: {{when: account.big}}, large: {{otherwise: true}}}}
stages:
  - {{id: a, exit: {criteria}, steps: [{{id: a1, do: Do it, produces: plan, approval: {{by: csm}}}}]}}
"""
    assert [each.path for each in constants_of(sample(text))] == [("stages", 0, "exit")]


# -- what is known of names ------------------------------------------------------------------------------


def interrupted(when: str, tracking: str = TRACKING) -> list[str]:
    text = f"interrupts: {{odd: {{when: {when}, end: lost}}}}\n"
    return messages("CRT003", text + "stages: [{id: a, steps: [{id: a1, do: Do it}]}]\n", tracking)


@pytest.mark.parametrize(
    ("type_", "condition", "value"),
    [
        ("integer, at_least: 0", "x.n < 0", "can never be true"),
        ("integer, at_least: 0", "x.n >= 0", "is always true"),
        ("integer, at_least: 0", "x.n > 0", None),
        ("integer, at_least: 0", "x.n + 1 > 0", "is always true"),
        ("integer, at_most: 100", "x.n > 100", "can never be true"),
        ("integer", "0 < x.n < 1", "can never be true"),
        ("number", "0 < x.n < 1", None),
        ("number", "x.n < 5 and x.n > 50", "can never be true"),
        ("number", "x.n < 5 or x.n > 3", "is always true"),
        ("boolean", "x.n and not x.n", "can never be true"),
        ("boolean", "x.n == True or x.n == False", "is always true"),
        ("date", "x.n < '2026-01-01' and x.n > '2026-02-01'", "can never be true"),
        ("text", "x.n == 'a' and x.n == 'b'", "can never be true"),
        ("text", "x.n == 'a' or x.n != 'a'", "is always true"),
        ("text", "x.n == 'a'", None),
        ("number, at_least: 0", "x.n < 0", "can never be true"),
        ("money, at_least: 0", "x.n >= 0", "is always true"),
        ("number, at_most: 1", "x.n > 1", "can never be true"),
        ("number, at_most: 1", "0 < x.n > 1", "can never be true"),
    ],
)
def test_conditions_on_one_field(type_: str, condition: str, value: str | None) -> None:
    tracking = TRACKING.replace("events:", f"  x.n: {{type: {type_}, captured: CRM}}\nevents:")
    text = f'"{condition}" {value}'
    assert interrupted(f'"{condition}"', tracking) == ([text] if value else [])


def test_messages_of_constants() -> None:
    text = """\
stages:
  - {id: a, exit: [account.seats < 2, account.seats > 2], steps: [{id: a1, do: Do it}]}
  - {id: b, exit: account.seats < 2, steps: [{id: b1, do: Do it}],
     next: [{to: a, when: account.seats > 2, at_most: 1}, {to: done, otherwise: true}]}
"""
    assert messages("CRT003", text) == [
        '"account.seats < 2 and account.seats > 2" cannot all hold together',
        '"account.seats > 2" can never be true for an account that meets the exit criteria',
    ]


# -- steps that can never be done ------------------------------------------------------------------------


def found_dead(plan: Plan) -> tuple[set[str], AllAccounts]:
    playbook = compiled(plan.text())
    if plan.variant:
        return {each.task.step for each in dead_steps(playbook.variants[0])}, AllAccounts(plan, "small")
    return {each.task.step for each in dead_steps(playbook)}, AllAccounts(plan)


def dead(oracle: AllAccounts, *, age: bool = True) -> set[str]:
    """The steps that no account does, though some could elsewhere."""
    chosen = oracle.chosen(age=age)
    return {
        f"{stage.id}_{number}"
        for stage in oracle.plan.stages
        for number, when in enumerate(stage.whens)
        if when and oracle.meets(when) and not oracle.meets(when) & oracle.inside(stage.id) & chosen[stage.id]
    }


def test_steps_that_no_account_does() -> None:
    seen = [0, 0]
    for seed in range(200):
        found, oracle = found_dead(random_plan(seed, wild=False, shapes=("sequence", "tree")))
        chosen = oracle.chosen()
        if not all(oracle.inside(stage) & chosen[stage] for stage in oracle.stages):
            # What no account comes to is told by other rules, if at all.
            continue
        there = dead(oracle)
        assert found == there, oracle.plan.text()
        seen[bool(there)] += 1
    assert min(seen) > 10, seen


def test_no_step_is_told_that_an_account_does() -> None:
    told_of = 0
    for seed in range(150):
        found, oracle = found_dead(random_plan(seed, wild=True, given=False))
        assert found <= dead(oracle, age=False), oracle.plan.text()
        told_of += len(found)
    assert told_of > 10, told_of


def test_no_step_is_told_that_an_account_does_later() -> None:
    for seed in range(200, 350):
        found, oracle = found_dead(random_plan(seed, wild=True, given=False))
        assert found <= dead(oracle), oracle.plan.text()


WAYS = """\
stages:
  - {{id: a, steps: [{{id: a1, do: Do it}}], next: [{{to: b, when: {when}}}, {{to: c, otherwise: true}}]}}
  - {{id: b, steps: [{{id: b1, do: Do it, when: {first}}}], next: done}}
  - {{id: c, steps: [{{id: c1, do: Do it, when: {other}}}]}}
"""


def test_messages_of_dead_steps() -> None:
    text = WAYS.format(when="account.seats < 2", first="account.seats > 2", other="account.seats < 1")
    assert messages("SND003", text) == [
        'the step "Do it" (b1) can never be done: "account.seats > 2" cannot hold on the way that leads here '
        '("account.seats < 2")',
        'the step "Do it" (c1) can never be done: "account.seats < 1" cannot hold on the way that leads here '
        '("not account.seats < 2")',
    ]


def test_a_dead_step_of_a_variant_is_told_with_its_segments() -> None:
    text = """\
segments: {small: {when: account.seats < 2}, large: {otherwise: true}}
variants: {light: {for: small}}
stages: [{id: a, steps: [{id: a1, do: Do it, when: account.seats > 2}]}]
"""
    assert messages("SND003", text) == [
        'the step "Do it" (a1) can never be done: "account.seats > 2" cannot hold in the variant for small '
        '(in variant "light")'
    ]


@pytest.mark.parametrize("when", ["not value.reached", "not account.first_report and account.big"])
def test_what_has_not_happened_may_happen_later(when: str) -> None:
    assert messages("SND003", WAYS.format(when=when, first="value.reached", other="account.late")) == []


def test_what_is_filled_anew_may_be_something_else() -> None:
    text = """\
stages:
  - {id: a, steps: [{id: a1, do: Do it, captures: account.fit}],
     next: [{to: b, when: account.fit == "good"}, {to: done, otherwise: true}]}
  - {id: b, steps: [{id: b1, do: Do it, captures: account.fit}, {id: b2, do: Do it, when: account.fit == "poor"}]}
"""
    assert messages("SND003", text) == []


def test_what_a_later_branch_asks_for_has_not_been_chosen_yet() -> None:
    text = """\
stages:
  - {id: a, exit: account.big, steps: [{id: a1, do: Do it}]}
  - {id: b, steps: [{id: b1, do: Do it, when: not account.big}],
     next: [{to: c, when: account.big}, {to: done, otherwise: true}]}
  - {id: c, steps: [{id: c1, do: Do it}]}
"""
    assert messages("SND003", text) == []


def test_a_condition_that_can_never_hold_is_no_dead_step() -> None:
    text = WAYS.format(when="account.big", first="account.seats > 3", other="account.late")
    assert messages("SND003", text) == []
