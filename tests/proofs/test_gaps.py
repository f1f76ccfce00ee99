"""Gaps between stages, compared with all accounts there can be."""

from __future__ import annotations

import pytest
from all_accounts import AllAccounts, Way, matching
from proof_samples import compiled, messages
from random_criteria import Plan, random_plan

from playbook.proofs.gaps import Gap, gaps_of
from playbook.workspace import CompiledPlaybook

TWO = """\
stages:
  - {{id: a, exit: [{exit}], steps: [{{id: a1, do: Do it}}]}}
  - {{id: b, enter: [{enter}], steps: [{{id: b1, do: Do it}}]}}
"""

Told = dict[tuple[tuple[str, ...], str], Gap]


def told(playbook: CompiledPlaybook) -> Told:
    found = {(tuple(sorted(gap.sources)), gap.target): gap for gap in gaps_of(playbook)}
    assert all(gap.verdict.found == "yes" for gap in found.values())
    return found


def left_out(oracle: AllAccounts, way: Way) -> int | None:
    """The first entry criterion that an account on a way does not meet."""
    criteria = oracle.stages[way.target].enter if way.target in oracle.stages else []
    for index, (text, waived) in enumerate(criteria):
        if not waived and way.accounts - oracle.meets(text):
            return index
    return None


def expected(oracle: AllAccounts) -> dict[tuple[tuple[str, ...], str], tuple[Way, int]]:
    """Every way with a gap, and the criterion."""
    found = {
        (tuple(sorted(way.sources)), way.target): (way, index)
        for way in oracle.ways
        if (index := left_out(oracle, way)) is not None
    }
    for way in oracle.interrupted:
        index = left_out(oracle, way)
        if index is not None:
            found[(), way.target] = (way, index)
    return found


def of_plan(plan: Plan) -> tuple[AllAccounts, Told]:
    playbook = compiled(plan.text())
    if not plan.variant:
        return AllAccounts(plan), told(playbook)
    return AllAccounts(plan, "small"), told(playbook.variants[0])


def check_witness(oracle: AllAccounts, gap: Gap, way: Way, index: int) -> None:
    """The account that is shown takes the way and does not meet the criterion, whatever else it is."""
    assert gap.criterion == ("stages", oracle.plan.stages.index(oracle.stages[way.target]), "enter", index)
    text = oracle.stages[way.target].enter[index][0]
    assert gap.text == text
    shown = matching(way.accounts, gap.verdict.witness, oracle)
    assert shown
    assert not shown & oracle.meets(text)


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
