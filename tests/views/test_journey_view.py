"""What journey maps and overviews say: gates, handoffs, milestones and ways in plain English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode
from playbook.views.journey import diagram as journey
from playbook.views.overview import diagram as overview
from playbook.views.overview import shortened
from subjects import shipped, subject_from

PEOPLE = """\
    organization: o
    teams: {ours: {title: Our team}, them: {title: Customer, party: customer}}
    roles:
      csm: {title: The CSM, team: ours}
      ae: {title: The AE, team: ours}
      lead: {title: The lead, team: ours}
      admin: {title: Admin, team: them}
    """
FIELDS = """\
    tracking: t
    fields:
      account.sso_required: {type: boolean, title: Single sign-on is required}
      account.seats: {type: number, title: Seats in use}
    events:
      account.live: {title: The account is live}
    """
PLAYBOOK = """\
    playbook: p
    title: A journey
    anchors: {signed: {title: Signature, event: deal.closed_won, start: true}}
    milestones:
      plan: {title: Plan agreed, event: plan.agreed, stage: handover, due: 5bd after signed}
      used: {title: First use, when: account.seats >= 5, value: true}
      live: {title: Live, event: account.live}
      praised: {title: Praise, event: customer.praise}
    ends: {done: {title: All done, success: true}, lost: {title: Lost}}
    stages:
      - id: handover
        title: Handover
        goal: All is known
        enter: deal.closed_won
        exit: [sales_to_cs.accepted, account.sso_required, {title: The plan is good, check: account.seats > 1}]
        raci: {A: lead}
        due: 5bd after signed
        takes: 1..2w
        steps:
          - {id: brief, do: Write the brief, raci: {R: ae}}
          - id: review
            do: Review the brief
            raci: {R: csm}
            approval: {by: {any_of: [csm, lead]}, within: 2bd, on_reject: {end: lost}}
      - id: build
        title: Build
        exit: account.live
        steps:
          - {id: sso, do: Connect it, party: customer, raci: {A: admin}, when: account.sso_required}
          - {id: load, do: Load data, raci: {A: csm}, captures: account.seats, repeat: {every: 1w}}
        next:
          - {to: adopt, when: account.seats >= 5}
          - {to: handover, when: not account.sso_required, at_most: 1}
          - {to: lost, otherwise: true}
      - id: adopt
        title: Adopt
        steps:
          - {id: use, do: Use it, raci: {A: admin}}
    handoffs:
      sales_to_cs:
        {title: Sales to CS, from: ae, to: csm, at: brief, accept: {within: 1bd}, reject: {back_to: brief}}
      to_admin: {title: To the customer, from: csm, to: admin, at: build}
      somewhere: {title: Some day, from: csm, to: ae}
    interrupts:
      churn: {title: Churned, when: account.sso_required, end: lost}
      quiet: {title: Nothing heard, silent: {party: customer, for: 14d}, stages: [build, adopt], to: handover}
    """
FILES = {"p.yaml": PLAYBOOK, "o.yaml": PEOPLE, "t.yaml": FIELDS}


@pytest.fixture(scope="module")
def shown() -> Diagram:
    return journey(subject_from(FILES))


@pytest.fixture(scope="module")
def cards() -> Diagram:
    return overview(subject_from(FILES))


def node(diagram: Diagram, id_: str) -> DiagramNode:
    return next(each for each in diagram.nodes if each.id == id_)


def edges(diagram: Diagram, source: str) -> list[tuple[str, str, str]]:
    return [(edge.target, edge.kind, edge.label) for edge in diagram.edges if edge.source == source]


# -- the journey map -------------------------------------------------------------------------------------


def test_criteria_are_a_list_in_english(shown: Diagram) -> None:
    assert shown.groups[0].details == (
        "Enter when: Signature",
        "Exit when:",
        "– Sales to CS is accepted",
        "– Single sign-on is required",
        "– The plan is good",
    )
    assert shown.groups[1].details == ("Exit when: The account is live",)


def test_gates_say_who_decides_and_by_when(shown: Diagram) -> None:
    assert node(shown, "approval.review").details == ("by The CSM or The lead within 2 business days",)
    gate = node(shown, "handoff.sales_to_cs")
    assert (gate.label, gate.details) == ("Sales to CS accepted?", ("by The CSM within 1 business day",))


def test_steps_say_when_they_are_done(shown: Diagram) -> None:
    assert node(shown, "step.sso").details == ("Admin", "if “Single sign-on is required”")
    assert node(shown, "step.sso").dashed
    assert node(shown, "step.load").details == ("The CSM", "every week")


def test_ways_out_of_a_stage(shown: Diagram) -> None:
    assert edges(shown, "next.build") == [
        ("step.use", "handoff", "To the customer, if Seats in use is at least 5"),
        ("step.brief", "rework", 'if "Single sign-on is required" is false'),
        ("end.lost", "condition", "otherwise"),
    ]


def test_handoffs_are_on_the_arrow_that_crosses(shown: Diagram) -> None:
    assert edges(shown, "step.brief") == [("handoff.sales_to_cs", "handoff", "Sales to CS")]
    assert edges(shown, "handoff.sales_to_cs") == [
        ("step.review", "sequence", ""),
        ("step.brief", "rework", "rejected"),
    ]
    assert "Handoff: Some day, from The CSM to The AE" in shown.notes


def test_milestones_stand_where_they_are_reached(shown: Diagram) -> None:
    plan, used, live = (node(shown, f"milestone.{id_}") for id_ in ("plan", "used", "live"))
    assert (plan.group, plan.details, plan.tone) == ("handover", ("5 business days after Signature",), "plain")
    # A step of the stage fills the field that it asks for.
    assert (used.group, used.details, used.tone) == ("build", ("value to the customer",), "success")
    # The stage cannot be left before its event.
    assert live.group == "build"
    assert {each.shape for each in (plan, used, live)} == {"milestone"}
    assert "Milestone: Praise" in shown.notes
    assert not any(each.id == "milestone.praised" for each in shown.nodes)


def test_interrupts_say_when_and_where_to(shown: Diagram) -> None:
    assert "At any time: Churned (if “Single sign-on is required”), leads to Lost" in shown.notes
    quiet = "During Build and Adopt: Nothing heard (nothing heard from the customer for 14 days), leads to Handover"
    assert quiet in shown.notes


# -- the overview ----------------------------------------------------------------------------------------


def test_a_card_for_each_stage(cards: Diagram) -> None:
    assert cards.kind == "overview"
    assert [each.label for each in cards.nodes if each.shape == "stage"] == ["1. Handover", "2. Build", "3. Adopt"]
    assert node(cards, "stage.handover").details == (
        "All is known",
        "Steps: 2",
        "Accountable: The lead",
        "Due: by business day 5",
        "Milestone: Plan agreed",
        "Exit: Sales to CS is accepted (and 2 more)",
    )
    assert node(cards, "stage.build").details == (
        "Steps: 2, 1 with the customer",
        "Accountable: Admin and The CSM",
        "Milestones: First use (value to the customer), Live",
        "Exit: The account is live",
    )
    assert node(cards, "stage.adopt").details[0] == "Steps: 1, with the customer"


def test_arrows_between_cards(cards: Diagram) -> None:
    assert [(each.source, each.target, each.kind) for each in cards.edges] == [
        ("start", "stage.handover", "sequence"),
        ("stage.handover", "end.lost", "condition"),
        ("stage.handover", "stage.build", "sequence"),
        ("stage.build", "stage.adopt", "handoff"),
        ("stage.build", "stage.handover", "rework"),
        ("stage.build", "end.lost", "condition"),
        ("stage.adopt", "end.done", "sequence"),
    ]


def test_an_accepted_handoff_at_the_end_of_a_stage_joins_two_cards() -> None:
    moved = PLAYBOOK.replace("at: brief,", "at: handover,")
    cards = overview(subject_from({**FILES, "p.yaml": moved}))
    joined = DiagramEdge("stage.handover", "stage.build", "Sales to CS", "handoff")
    assert joined in cards.edges


def test_long_texts_are_cut_behind_a_word() -> None:
    assert shortened("a few words, and more", 21) == "a few words, and more"
    assert shortened("a few words, and more", 14) == "a few words…"


# -- all playbooks -----------------------------------------------------------------------------------------


def said(diagram: Diagram) -> Iterator[str]:
    for each in diagram.nodes:
        yield from (each.label, *each.details)
    for group in diagram.groups:
        yield from (group.label, *group.details)
    yield from (edge.label for edge in diagram.edges)
    yield from diagram.notes


RAW = re.compile(r"\w_\w|==|!=|[<>]=|\b[a-z]+\.[a-z]+_|\bnot [a-z]+\.[a-z]|\.(completed|reached|accepted)\b")


@pytest.mark.parametrize("name", shipped())
def test_nothing_is_said_as_an_expression_or_an_id(name: str) -> None:
    subject = shipped()[name]
    for playbook in (subject.playbook, *subject.playbook.variants):
        for view in (journey, overview):
            for text in said(view(replace(subject, playbook=playbook))):
                assert not RAW.search(text), text


@pytest.mark.parametrize("name", shipped())
def test_every_milestone_is_drawn_or_noted(name: str) -> None:
    diagram = journey(shipped()[name])
    drawn = {each.label for each in diagram.nodes if each.shape == "milestone"}
    for milestone in shipped()[name].playbook.model.milestones.values():
        assert milestone.title in drawn or any(f"Milestone: {milestone.title}" in note for note in diagram.notes)
