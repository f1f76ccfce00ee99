"""Gaps between stages, compared with all accounts there can be."""

from __future__ import annotations

import pytest
from all_accounts import AllAccounts, Way, matching
from proof_samples import compiled, messages, sample
from random_criteria import Plan, random_plan

from playbook.proofs.gaps import Gap, gaps_of
from playbook.workspace import CompiledPlaybook

Key = tuple[tuple[str, ...], str]
"""The stages left (none by an interrupt), and the one that is entered."""


def told(playbook: CompiledPlaybook) -> dict[Key, Gap]:
    found = {(tuple(sorted(gap.sources)), gap.target): gap for gap in gaps_of(playbook)}
    assert all(gap.verdict.found == "yes" for gap in found.values())
    return found


def left_out(oracle: AllAccounts, way: Way) -> int | None:
    """The first entry criterion that an account on a way does not meet."""
    criteria = oracle.stages[way.target].enter if way.target in oracle.stages else []
    for index, (text, waived) in enumerate(criteria):
        if not waived and way.accounts & ~oracle.meets(text):
            return index
    return None


def expected(oracle: AllAccounts) -> dict[Key, tuple[Way, int]]:
    """Every way with a gap, and the criterion."""
    ways = [(tuple(sorted(way.sources)), way) for way in oracle.ways] + [((), way) for way in oracle.interrupted]
    return {
        (sources, way.target): (way, index) for sources, way in ways if (index := left_out(oracle, way)) is not None
    }


def of_plan(plan: Plan) -> tuple[AllAccounts, dict[Key, Gap]]:
    playbook = compiled(plan.text())
    if not plan.variant:
        return AllAccounts(plan), told(playbook)
    return AllAccounts(plan, "small"), told(playbook.variants[0])


def check_witness(oracle: AllAccounts, gap: Gap, way: Way, index: int) -> None:
    """The account that is shown takes the way and does not meet the criterion, whatever else it is."""
    number = oracle.plan.stages.index(oracle.stages[way.target])
    assert gap.criterion == ("stages", number, "enter", index)
    criterion = oracle.meets(oracle.stages[way.target].enter[index][0])
    shown = matching(way.accounts, gap.verdict.witness, oracle)
    assert shown
    assert not shown & criterion
    # What is told to be left open is so: with it, those who come this way meet the criterion.
    assert way.accounts & oracle.meets(gap.text) == way.accounts & criterion, gap.text


def is_plain(oracle: AllAccounts) -> bool:
    """Whether accounts take every way: what no account does is told by other rules, if at all."""
    return all(way.accounts for way in (*oracle.ways, *oracle.interrupted))


@pytest.mark.parametrize("hundred", range(3))
def test_a_gap_is_told_if_and_only_if_an_account_falls_into_it(hundred: int) -> None:
    seen = [0, 0]
    for seed in range(hundred * 100, hundred * 100 + 100):
        oracle, found = of_plan(random_plan(seed, wild=False))
        if not is_plain(oracle):
            continue
        there = expected(oracle)
        assert found.keys() == there.keys(), oracle.plan.text()
        for key, (way, index) in there.items():
            check_witness(oracle, found[key], way, index)
        seen[bool(there)] += 1
    assert min(seen) > 10, seen


@pytest.mark.parametrize("hundred", range(3))
def test_no_gap_is_missed_whatever_the_conditions(hundred: int) -> None:
    gaps = 0
    for seed in range(hundred * 100, hundred * 100 + 100):
        oracle, found = of_plan(random_plan(seed, wild=True, interrupt=seed % 3 == 0))
        there = expected(oracle)
        assert there.keys() <= found.keys(), oracle.plan.text()
        gaps += len(there)
    assert gaps > 50, gaps


def test_a_gap_is_told_of_an_interrupt_if_and_only_if_an_account_falls_into_it() -> None:
    seen = [0, 0]
    for seed in range(150):
        oracle, found = of_plan(random_plan(seed, wild=False, shapes=("sequence", "tree"), interrupt=True))
        if not is_plain(oracle):
            continue
        there = expected(oracle)
        assert found.keys() == there.keys(), oracle.plan.text()
        seen[((), oracle.interrupted[0].target) in there] += 1
    assert min(seen) > 10, seen


@pytest.mark.parametrize(("of", "to"), [("c", "b"), ("b", "c")])
def test_an_interrupt_of_a_stage_that_asked_for_the_same_leaves_no_gap(of: str, to: str) -> None:
    text = (
        f"interrupts: {{odd: {{event: account.trained, stages: {of}, to: {to}}}}}\nstages:\n"
        + stage("a")
        + stage("b", "enter: value.reached")
        + stage("c", "enter: value.reached")
    )
    assert told(sample(text)).keys() == {(("a",), "b")}


# -- what lasts ------------------------------------------------------------------------------------------


def lasting(rest: str) -> list[Key]:
    return sorted(told(sample("stages:\n" + rest)))


def stage(id_: str, rest: str = "", step: str = "") -> str:
    return f"  - {{id: {id_}, {rest}{', ' if rest else ''}steps: [{{id: {id_}1, do: Do it{step}}}]}}\n"


FILLS = ", captures: account.fit"
GOOD = 'account.fit == "good"'


def test_a_filled_field_lasts_where_nobody_fills_it_again() -> None:
    ahead = stage("a", f"exit: {GOOD}", FILLS) + stage("b")
    assert lasting(ahead + stage("c", f"enter: {GOOD}")) == []
    assert lasting(ahead + stage("c", f"enter: {GOOD}", FILLS) + stage("d", f"enter: {GOOD}")) == [
        (("b",), "c"),
        (("c",), "d"),
    ]


def test_a_field_from_elsewhere_does_not_last() -> None:
    assert lasting(stage("a", "exit: account.big") + stage("b") + stage("c", "enter: account.big")) == [
        (("b",), "c")
    ]


def test_a_field_does_not_last_that_a_stage_beside_fills() -> None:
    """The second stage may set the field after the first one has been left."""
    beside = stage("a", f"exit: {GOOD}", FILLS) + stage("b", "overlaps: a", FILLS)
    assert lasting(beside + stage("c") + stage("d", f"enter: {GOOD}")) == [(("c",), "d")]


def test_a_field_does_not_last_that_is_filled_after_an_interrupt() -> None:
    text = (
        "interrupts: {odd: {event: account.trained, stages: b, to: z}}\nstages:\n"
        + stage("a", f"exit: {GOOD}", FILLS)
        + stage("b", "next: c")
        + stage("z", "", FILLS)
        + stage("c")
        + stage("d", f"enter: {GOOD}")
    )
    assert sorted(told(sample(text))) == [(("c",), "d")]


def test_what_happened_on_one_of_two_ways_does_not_last() -> None:
    ways = stage("a", "next: [{to: b, when: account.big}, {to: c, otherwise: true}]")
    merged = ways + stage("b", "exit: value.reached, next: d") + stage("c", "next: d") + stage("d")
    assert lasting(merged + stage("e", "enter: value.reached")) == [(("d",), "e")]
    both = ways + stage("b", "exit: value.reached, next: d") + stage("c", "exit: value.reached, next: d")
    assert lasting(both + stage("d") + stage("e", "enter: value.reached")) == []


def test_what_was_done_in_a_stage_that_is_overlapped_has_been_done_once_it_ends() -> None:
    assert lasting(stage("a") + stage("b", "overlaps: a, enter: a1.completed")) == []
    assert lasting(stage("a") + stage("b", "overlaps: a, enter: c1.completed") + stage("c")) == [(("a",), "b")]


def test_a_milestone_is_its_event() -> None:
    for one, other in (("value.reached", "account.first_report"), ("account.first_report", "value.reached")):
        assert lasting(stage("a", f"exit: {one}") + stage("b") + stage("c", f"enter: {other}")) == []


# -- states that steps and handoffs make -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "state", "is_sure"),
    [
        ("", "a1.completed", True),
        (", need: optional", "a1.completed", False),
        (", need: recommended", "a1.completed", False),
        (", when: account.big", "a1.completed", False),
        (", for_each: {of: contacts, at_least: 1}", "a1.completed", True),
        (", for_each: {of: contacts, at_least: 0}", "a1.completed", False),
        (", produces: plan", "plan.produced", True),
        (", produces: plan", "plan.accepted", False),
        (", produces: plan, when: account.big", "plan.produced", False),
        (", approval: {by: csm}", "a1.approved", True),
        (", approval: {by: csm, on_reject: {back_to: a1, at_most: 2}}", "a1.approved", True),
        (", approval: {by: csm, on_reject: {end: lost}}", "a1.approved", True),
    ],
)
def test_what_a_step_makes_sure_of(step: str, state: str, is_sure: bool) -> None:
    found = lasting(stage("a", "", step) + stage("b") + stage("c", f"enter: {state}"))
    assert found == ([] if is_sure else [(("b",), "c")])


@pytest.mark.parametrize("state", ["a1.started", "a.entered", "a.exited"])
def test_what_is_so_of_all_that_has_been_done(state: str) -> None:
    assert lasting(stage("a") + stage("b", f"enter: {state}")) == []


@pytest.mark.parametrize(("state", "is_sure"), [("accepted", True), ("submitted", True), ("rejected", False)])
def test_what_a_handoff_makes_sure_of(state: str, is_sure: bool) -> None:
    handoff = "handoffs: {brief: {from: ae, to: csm, at: a, reject: {back_to: a1, at_most: 2}}}\n"
    text = f"{handoff}stages:\n" + stage("a") + stage("b", f"enter: brief.{state}")
    assert sorted(told(sample(text))) == ([] if is_sure else [(("a",), "b")])


# -- messages --------------------------------------------------------------------------------------------

TWO = """\
stages:
  - {{id: a, exit: [{exit}], steps: [{{id: a1, do: Do it}}]}}
  - {{id: b, enter: [{enter}], steps: [{{id: b1, do: Do it}}]}}
"""


@pytest.mark.parametrize(
    ("exits", "enters", "message"),
    [
        ("account.big", "value.reached", "an account with value.reached = false leaves"),
        ("account.seats < 2", "account.seats < 1", "an account with account.seats = 1 leaves"),
        ("not account.big", "account.big", "an account with account.big = false leaves"),
    ],
)
def test_the_message_tells_an_account(exits: str, enters: str, message: str) -> None:
    (found,) = messages("CRT002", TWO.format(exit=exits, enter=enters))
    assert found.startswith(message)
    assert found.endswith('the stage "a" and cannot enter the stage "b"')


def test_a_misspelled_exit_is_told_alone() -> None:
    assert told(sample(TWO.format(exit="account.big", enter="account.big"))) == {}


def test_what_is_left_open_of_a_criterion_is_told_as_it_is_meant() -> None:
    text = TWO.format(
        exit="account.big", enter="account.big and (account.late or value.reached) and account.trained"
    )
    (gap,) = told(sample(text)).values()
    assert gap.text == "(account.late or value.reached) and account.trained"
