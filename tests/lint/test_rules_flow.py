"""Ways, criteria, handoffs and variants: what is reported, and what is not."""

from __future__ import annotations

import datetime

import pytest
from lint_samples import EVERYTHING, Samples, codes

from playbook.lint.engine import lint
from playbook.lint.examples import example_files
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context, OptionValue


def with_option(samples: Samples, code: str, text: str, **options: OptionValue) -> list[str]:
    """The messages of one rule with some of its options set."""
    workspace = samples.compile(example_files(text)).workspace
    context = Context(datetime.date(2026, 10, 1), {code: options})
    return [finding.message for finding in lint(workspace, {code: all_rules()[code]}, EVERYTHING, context)]


def stages(second: str, first: str = "") -> str:
    """Two stages; ``second`` and ``first`` are further keys in flow style."""
    return f"""\
stages:
  - {{id: handover, enter: deal.closed_won, exit: sales_to_cs.accepted{first},
     steps: [{{id: write_brief, do: Write the brief, raci: {{A: ae, R: ae}}, captures: account.use_case,
              produces: brief}}]}}
  - {{id: adoption, enter: sales_to_cs.accepted, raci: {{A: csm, R: csm}}{second}}}
"""


# -- GRF006 -------------------------------------------------------------------------------------------


def test_two_ways_to_one_place_are_told_once_and_not_as_an_overlap(samples: Samples) -> None:
    ways = "[{to: stopped, when: account.active_seats<5}, {to: stopped, when: account.active_seats <5}]"
    found = samples.example(stages(f", exit: first_value.reached, next: {ways}"))
    assert not {"GRF006"} & set(codes(found))  # not the same words: CRT004 has proved it
    ways = "[{to: stopped, when: account.active_seats < 5}, {to: stopped, when: account.active_seats  <  5}]"
    found = samples.example(stages(f", exit: first_value.reached, next: {ways}"))
    assert [code for code in codes(found) if code in ("GRF006", "CRT004")].count("GRF006") == 1
    assert not any(finding.code == "CRT004" and "also" in finding.message for finding in found)


def test_one_condition_to_two_places_is_no_duplicate(samples: Samples) -> None:
    ways = "[{to: stopped, when: account.active_seats < 5}, {to: onboarded, when: account.active_seats < 5}]"
    assert samples.only("GRF006", stages(f", next: {ways}")) == []


def test_a_predecessor_that_is_named_twice(samples: Samples) -> None:
    steps = "[{id: run_kickoff, do: Run}, {id: connect_data, do: Connect, after: [run_kickoff, run_kickoff]}]"
    (message,) = samples.only("GRF006", stages(f", steps: {steps}"))
    assert message == 'the step "Connect" (connect_data) waits for "run_kickoff" twice'


# -- GRF012 -------------------------------------------------------------------------------------------


def test_a_stage_that_an_interrupt_leaves_out(samples: Samples) -> None:
    interrupts = "interrupts: {cancelled: {event: subscription.churned, stages: adoption, end: stopped}}\n"
    (message,) = samples.only("GRF012", interrupts)
    assert message.startswith('the stage "handover" has no way out for an account')


@pytest.mark.parametrize(
    "text",
    [
        "interrupts: {stalled: {silent: {for: 14d}, run: sample}}\n",
        "interrupts: null\nscope: part\n",
        "interrupts: null\n"
        + stages(", next: [{to: stopped, when: account.active_seats < 5}, {to: onboarded, otherwise: true}]")
        + "handoffs: {sales_to_cs: {from: ae, to: csm, at: handover, payload: brief, reject: {end: stopped}}}\n",
    ],
    ids=["another playbook", "a part", "branch and rejection"],
)
def test_ways_to_fail(text: str, samples: Samples) -> None:
    assert samples.only("GRF012", text) == []


# -- GRF013, GRF014 -----------------------------------------------------------------------------------


def test_how_many_ways_are_too_many_can_be_set(samples: Samples) -> None:
    ways = "[{to: stopped, when: account.active_seats < 5}, {to: onboarded, otherwise: true}]"
    text = stages(f", next: {ways}")
    assert with_option(samples, "GRF013", text) == []
    assert with_option(samples, "GRF013", text, at_most=1) == ['the stage "adoption" has 2 ways out']


def test_the_size_of_a_playbook(samples: Samples) -> None:
    text = stages(", steps: [{id: a, do: Do a}, {id: b, do: Do b}]")
    assert with_option(samples, "GRF014", text, steps=3, stages=2) == []
    assert with_option(samples, "GRF014", text, steps=2, stages=1) == ["the playbook has 3 steps in 2 stages"]
    assert with_option(samples, "GRF014", text, steps=3, stages=1) == ["the playbook has 2 stages"]


# -- CRT007 -------------------------------------------------------------------------------------------

TRACKING = """\
tracking: product
fields:
  account.use_case: {{title: Use case}}
  {0}
events:
  account.first_report: {{title: First report built}}
---
"""


@pytest.mark.parametrize(
    ("field", "check"),
    [
        ("account.happy: {type: boolean, captured: NPS survey}", "account.happy"),
        ("account.happy: {type: integer}", "account.happy >= 4"),
        ("account.goodwill: {type: boolean}", "account.goodwill"),
        ("account.wellbeing: {type: boolean}", "account.wellbeing"),
        ("account.value_confirmed: {type: boolean}", "account.value_confirmed"),
    ],
)
def test_what_can_be_seen_is_no_opinion(field: str, check: str, samples: Samples) -> None:
    assert samples.only("CRT007", TRACKING.format(field) + stages(f", exit: {check}")) == []


@pytest.mark.parametrize("how", ["party: customer", "touch: survey", "automation: automated"])
def test_what_others_answer_is_no_opinion_of_ours(how: str, samples: Samples) -> None:
    steps = f"[{{id: ask, do: Ask, captures: account.is_happy, {how}}}]"
    text = TRACKING.format("account.is_happy: {type: boolean}") + stages(
        f", exit: account.is_happy, steps: {steps}"
    )
    assert samples.only("CRT007", text) == []


def test_a_goal_of_a_feeling_over_a_box_to_tick(samples: Samples) -> None:
    text = TRACKING.format("account.done: {type: boolean}")
    goal = ", goal: The team is comfortable with it"
    (message,) = samples.only("CRT007", text + stages(f"{goal}, exit: account.done"))
    assert message == (
        'the goal of the stage "adoption" is "comfortable", and it is left when somebody sets account.done: '
        "nothing shows it"
    )
    assert samples.only("CRT007", text + stages(f"{goal}, exit: account.done and first_value.reached")) == []


def test_the_words_can_be_set(samples: Samples) -> None:
    text = TRACKING.format("account.is_happy: {type: boolean}") + stages(", exit: account.is_happy")
    assert len(with_option(samples, "CRT007", text)) == 1
    assert with_option(samples, "CRT007", text, words=()) == []
    assert with_option(samples, "CRT007", text, words=("ready",)) == []


# -- CRT009, CRT010 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "artifacts: {brief: {customer_facing: true}}\nhandoffs: null\n",
        "handoffs: null\n" + stages(", exit: brief.accepted, steps: [{id: a, do: Do a}]"),
        "handoffs: null\n" + stages(", steps: [{id: a, do: Do a, needs: brief}]"),
        "handoffs: null\ninterface: {produces: brief}\n",
        "handoffs: null\ninputs: {promises: {owner: ae, data: brief}}\n",
    ],
)
def test_ways_to_take_an_artifact(text: str, samples: Samples) -> None:
    assert samples.only("CRT009", "handoffs: null\n") != []
    assert samples.only("CRT009", text) == []


WAIT = "[{id: connect_data, do: Connect, party: customer, raci: {A: csm, R: admin}}]"


@pytest.mark.parametrize(
    ("rest", "stage"),
    [
        ("", f"exit: connect_data.completed, due: 2w after closed_won, steps: {WAIT}"),
        ("", f"exit: {{check: connect_data.completed, waivable: {{by: csm}}}}, steps: {WAIT}"),
        ("", f"exit: connect_data.completed or first_value.reached, steps: {WAIT}"),
        ("", f"exit: first_value.reached, steps: {WAIT}"),
        ("interrupts: {s: {silent: {for: 14d}, end: stopped}}\n", f"exit: connect_data.completed, steps: {WAIT}"),
        (
            "routines: {remind: {every: 1w, do: Remind the customer, until: connect_data.completed}}\n",
            f"exit: connect_data.completed, steps: {WAIT}",
        ),
    ],
    ids=["due", "waivable", "another way", "other criteria", "silence", "a reminder"],
)
def test_waits_that_end(rest: str, stage: str, samples: Samples) -> None:
    assert len(samples.only("CRT010", stages(f", exit: connect_data.completed, steps: {WAIT}"))) == 1
    assert samples.only("CRT010", rest + stages(f", {stage}")) == []


# -- handoffs -----------------------------------------------------------------------------------------


def handoff(giver: str, receiver: str, rest: str = "at: handover") -> str:
    return f"handoffs: {{h: {{from: {giver}, to: {receiver}, payload: brief, {rest}}}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        handoff("csm", "cs_leader"),
        handoff("ae", "customer_success"),
        handoff("ae", "csm", "title: Somewhere"),
        handoff("csm", "admin", "at: run_kickoff"),
        handoff("ae", "nobody"),
        handoff("ae", "cco", "at: adoption"),
    ],
    ids=["one team", "a team", "no place", "the customer", "unknown", "nothing follows"],
)
def test_handoffs_that_change_hands(text: str, samples: Samples) -> None:
    assert samples.only("HND006", text) == []


def test_a_receiver_who_does_nothing(samples: Samples) -> None:
    (message,) = samples.only("HND006", handoff("ae", "cco"))
    assert message.startswith('cco receives the handoff "h" and has no letter on the steps after it; these have: ')


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("context: {motion: low_touch}\n", 0),
        ("", 0),
        ("context: {motion: high_touch}\n", 1),
        ("context: {motion: high_touch}\n" + handoff("ae", "csm", "at: handover, together: call"), 0),
        ("context: {motion: high_touch}\n" + handoff("csm", "cs_leader"), 0),
        ("context: {motion: high_touch}\n" + handoff("csm", "admin"), 0),
        (
            "context: {motion: high_touch}\n"
            + stages(", steps: [{id: meet, do: Meet, touch: meeting, raci: {A: csm, R: [csm, ae]}}]"),
            0,
        ),
    ],
    ids=["low touch", "unknown", "cold", "together", "one team", "to the customer", "they meet"],
)
def test_cold_handoffs(rest: str, found: int, samples: Samples) -> None:
    assert len(samples.only("HND007", rest)) == found


def test_promises_that_sales_hands_over(samples: Samples) -> None:
    owed = "inputs: {promises: {owner: ae, data: account.use_case}, signals: {owner: product, data: account.x}}\n"
    assert samples.only("HND008", owed) == []
    assert len(samples.only("HND008", owed + handoff("ae", "csm"))) == 1
    # Sales hands nothing over: what is missing is the handoff.
    assert samples.only("HND008", owed + handoff("csm", "cs_leader")) == []
    (message,) = samples.only("HND008", "inputs: {promises: {owner: sales}}\n")
    assert message.endswith("nothing says where it is kept, so no handoff can carry it")


# -- variants -----------------------------------------------------------------------------------------


def variants(*entries: str) -> str:
    body = "".join(f"  {entry}\n" for entry in entries)
    return (
        f"segments: {{small: {{when: account.active_seats < 10}}, large: {{otherwise: true}}}}\nvariants:\n{body}"
    )


def test_variants_that_make_no_difference(samples: Samples) -> None:
    empty = "light: {for: small}"
    first = "light: {for: small, set: {run_kickoff.due: 9bd after closed_won}, remove: [connect_data]}"
    same = "full: {for: large, remove: [connect_data], set: {run_kickoff.due: 9bd after closed_won}}"
    other = "full: {for: large, set: {run_kickoff.due: 9bd after closed_won}}"
    assert len(samples.only("SEG004", variants(empty))) == 1
    assert samples.only("SEG004", variants(first, same)) == ['the variant "full" makes the same changes as light']
    assert samples.only("SEG004", variants(first, other)) == []


WATCHED = stages(
    ", exit: first_value.reached, sla: {breach: 10bd},"
    " steps: [{id: check, do: Check, sla: {breach: 1bd}, approval: {by: cco}}]"
)


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        ("set: {check.sla: null}", ["SLA"]),
        ("set: {adoption.sla: null}", ["SLA"]),
        ("set: {check.approval: null, check.sla: null}", ["SLA and approval"]),
        ("replace: {check: {id: check, do: Check it, sla: {breach: 1bd}}}", ["approval"]),
        ("replace: {check: {id: look, do: Look}}", []),
        ("remove: check", []),
        ("set: {check.sla.breach: 5bd}", []),
    ],
)
def test_what_a_variant_may_drop(edit: str, found: list[str], samples: Samples) -> None:
    messages = samples.only("SEG005", WATCHED + variants(f"light: {{for: small, {edit}}}"))
    assert [message.split(" drops the ")[1].split(" of ")[0] for message in messages] == found


def test_a_handoff_inside_a_team_that_a_variant_drops(samples: Samples) -> None:
    steps = "[{id: a, do: Do a}, {id: b, do: Do b, raci: {A: cs_leader, R: csm}}]"
    text = stages(f", steps: {steps}") + handoff("csm", "cs_leader", "at: a")
    assert len(samples.only("SEG005", text + variants("light: {for: small, remove: [h]}"))) == 1
    assert samples.only("SEG005", text + variants("light: {for: small, remove: [h, b]}")) == []


def test_how_much_a_variant_may_differ_can_be_set(samples: Samples) -> None:
    text = variants("light: {for: small, remove: [connect_data]}")
    assert with_option(samples, "SEG006", text) == []
    assert with_option(samples, "SEG006", text, share=0.3) == [
        'the variant "light" differs from its base in 1 of 3 steps (33%): 1 removed, 0 added, 0 changed'
    ]
