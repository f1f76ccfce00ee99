"""Between which steps a handoff is asked for."""

from __future__ import annotations

import pytest
from lint_samples import Samples

HANDOFF = "{{from: {0}, to: {1}, at: {2}, payload: [account.use_case], accept: {{within: 1d}}}}"


def playbook(*stages: str, handoffs: str = "null") -> str:
    return f"handoffs: {handoffs}\nstages:\n" + "".join(f"  - {{{stage}}}\n" for stage in stages)


def step(id_: str, owner: str, rest: str = "") -> str:
    return f"{{id: {id_}, do: Do {id_}, raci: {{A: {owner}, R: {owner}}}{', ' + rest if rest else ''}}}"


SELL = f"id: sell, steps: [{step('a', 'ae')}, {step('b', 'ae')}]"
SERVE = f"id: serve, steps: [{step('c', 'csm')}, {step('d', 'cs_leader')}]"


def test_a_change_of_team_is_told_once_a_stage(samples: Samples) -> None:
    parallel = f"id: serve, parallel: true, steps: [{step('c', 'csm')}, {step('d', 'cs_leader')}]"
    (message,) = samples.only("HND001", playbook(SELL, parallel))
    assert message == (
        'the step "Do c" (c) takes over from the step "Do b" (b), and with it Customer Success (customer_success) '
        'from Sales (sales); no handoff is declared into the stage "serve"'
    )


def test_back_and_forth_is_two_changes(samples: Samples) -> None:
    text = playbook(f"id: x, steps: [{step('a', 'ae')}, {step('b', 'csm')}, {step('c', 'ae')}]")
    assert len(samples.only("HND001", text)) == 2


@pytest.mark.parametrize("at", ["sell", "serve", "b", "c", "between", "sign"])
def test_a_handoff_anywhere_on_the_way_will_do(at: str, samples: Samples) -> None:
    between = f"id: between, steps: [{step('sign', 'csm', 'party: customer')}]"
    text = playbook(SELL, between, SERVE, handoffs=f"{{h: {HANDOFF.format('ae', 'csm', at)}}}")
    assert samples.only("HND001", text) == []


@pytest.mark.parametrize("handoff", [HANDOFF.format("csm", "ae", "sell"), HANDOFF.format("ae", "csm", "a")])
def test_a_handoff_elsewhere_or_the_other_way_round_will_not(handoff: str, samples: Samples) -> None:
    assert len(samples.only("HND001", playbook(SELL, SERVE, handoffs=f"{{h: {handoff}}}"))) == 1


def test_a_handoff_without_a_place_covers_all_between_the_teams(samples: Samples) -> None:
    text = playbook(SELL, SERVE, handoffs="{h: {from: sales, to: customer_success}}")
    assert samples.only("HND001", text) == []


@pytest.mark.parametrize("party", ["customer", "partner", "joint"])
def test_the_customers_steps_are_looked_through(party: str, samples: Samples) -> None:
    between = f"id: between, steps: [{step('sign', 'cs_leader', f'party: {party}')}]"
    (message,) = samples.only("HND001", playbook(SELL, between, SERVE))
    assert message.startswith('the step "Do c" (c) takes over from the step "Do b" (b)')


def test_a_way_back_hands_nothing_over(samples: Samples) -> None:
    back = "next: [{to: sell, when: account.status, at_most: 2}, {to: onboarded, otherwise: true}]"
    text = playbook(SELL, f"{SERVE}, {back}", handoffs=f"{{h: {HANDOFF.format('ae', 'csm', 'sell')}}}")
    assert samples.only("HND001", text) == []


def test_an_unknown_owner_is_not_judged(samples: Samples) -> None:
    text = playbook(SELL, f"id: x, steps: [{step('x', 'nobody')}]", SERVE)
    assert samples.only("HND001", text) == []


@pytest.mark.parametrize(
    ("handoff", "codes"),
    [
        ("{from: ae, to: csm}", {"HND002", "HND003"}),
        ("{from: ae, to: csm, payload: account.use_case, accept: {}, reject: {}}", {"HND003", "HND004"}),
        ("{from: ae, to: csm, payload: account.use_case, accept: {within: 1d}, reject: {back_to: x}}", {"HND003"}),
        (
            "{from: ae, to: csm, at: handover, payload: account.use_case, accept: {within: 1d},"
            " reject: {end: onboarded}}",
            set(),
        ),
    ],
)
def test_what_a_handoff_lacks(handoff: str, codes: set[str], samples: Samples) -> None:
    found = samples.example(f"handoffs: {{sales_to_cs: {handoff}}}\n")
    assert {finding.code for finding in found} & {"HND002", "HND003", "HND004"} == codes


def test_one_finding_names_all_that_a_handoff_lacks(samples: Samples) -> None:
    (message,) = samples.only("HND003", "handoffs: {h: {title: Sales to CS, from: ae, to: csm}}\n")
    assert message == 'the handoff "Sales to CS" (h) has no acceptance or rejection'
