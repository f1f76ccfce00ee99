"""What swimlanes say: in whose lane each piece of work stands, what it is for, and where it changes hands."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode
from playbook.views.narrowing import Selection
from playbook.views.subject import Subject, narrowed_subject
from playbook.views.swimlanes import diagram as swimlanes
from subjects import shipped, subject_from

PEOPLE = """\
    organization: o
    teams:
      partners: {title: Partners, party: partner}
      sales: {title: Sales}
      success: {title: Success}
      them: {title: The customer, party: customer}
    roles:
      ae: {title: The AE, team: sales}
      csm: {title: The CSM, team: success}
      lead: {title: The lead, team: success}
      admin: {title: Admin, team: them}
      agency: {title: Agency, team: partners}
      loner: {title: Loner}
    """
FIELDS = """\
    tracking: t
    fields:
      account.seats: {type: number, title: Seats in use}
      account.ready: {type: boolean, title: All is ready}
    """
PLAYBOOK = """\
    playbook: p
    title: A journey
    anchors: {signed: {title: Signature, event: deal.closed_won, start: true}}
    milestones:
      used: {title: First use, when: account.seats >= 5, value: true, due: 20bd after signed}
      planned: {title: Planned, when: plan.completed}
      agreed: {title: Agreed, event: plan.agreed, stage: handover}
    ends: {done: {title: All done, success: true}, lost: {title: Lost}, away: {title: Gone away}}
    handoffs:
      to_success:
        {title: Sales to Success, from: ae, to: csm, at: brief, accept: {by: lead}, reject: {back_to: brief}}
    interrupts: {gone: {title: The customer leaves, end: away}}
    stages:
      - id: handover
        title: Handover
        raci: {A: lead}
        steps:
          - {id: brief, do: Write the brief, raci: {R: ae}, due: 5bd after signed}
          - {id: plan, do: Plan it, raci: {R: csm}, touch: {kind: meeting, lasts: 30min}, takes: 1..2d}
          - {id: answer, do: Answer the questions, party: customer, touch: in_product}
      - id: build
        title: Build
        steps:
          - {id: count, do: Count the seats, party: system, automation: automated, captures: account.seats}
          - {id: connect, do: Connect it, raci: {A: lead, R: admin}}
          - {id: extend, do: Extend it, raci: {R: agency}, when: account.ready, need: optional}
          - {id: alone, do: Do it alone, raci: {R: loner}}
          - id: review
            do: Review it
            raci: {R: csm}
            approval: {by: admin, on_reject: {end: lost}}
    """
FILES = {"o.yaml": PEOPLE, "t.yaml": FIELDS, "p.yaml": PLAYBOOK}


def shown(lanes: str = "team") -> Diagram:
    return swimlanes(replace(subject_from(FILES), lanes=lanes))  # type: ignore[arg-type]


def node(diagram: Diagram, id_: str) -> DiagramNode:
    (found,) = [each for each in diagram.nodes if each.id == id_]
    return found


def lane_of(diagram: Diagram, id_: str) -> str:
    titles = {lane.id: lane.label for lane in diagram.lanes}
    return titles[node(diagram, id_).lane or ""]


# -- lanes -----------------------------------------------------------------------------------------


def test_customers_stand_at_the_top_then_our_teams_in_their_order_then_partners_and_systems() -> None:
    assert [(lane.label, lane.tone) for lane in shown().lanes] == [
        ("The customer", "customer"),
        ("Sales", "plain"),
        ("Success", "plain"),
        ("Loner", "plain"),
        ("Partners", "partner"),
        ("Systems", "system"),
    ]


@pytest.mark.parametrize(
    ("step", "lane"),
    [
        ("brief", "Sales"),
        ("plan", "Success"),
        ("answer", "The customer"),
        ("count", "Systems"),
        ("connect", "The customer"),
        ("extend", "Partners"),
        ("alone", "Loner"),
    ],
)
def test_who_does_it_decides_the_lane(step: str, lane: str) -> None:
    assert lane_of(shown(), f"step.{step}") == lane


def test_gates_stand_with_those_who_decide() -> None:
    assert lane_of(shown(), "handoff.to_success") == "Success"
    assert lane_of(shown(), "approval.review") == "The customer"
    assert lane_of(shown("role"), "handoff.to_success") == "The lead"


def test_a_lane_for_each_role() -> None:
    by_role = shown("role")
    assert lane_of(by_role, "step.plan") == "The CSM"
    assert [lane.label for lane in by_role.lanes] == [
        "Admin",
        "Customer",
        "The AE",
        "The CSM",
        "The lead",
        "Loner",
        "Agency",
        "Systems",
    ]


# -- steps, milestones, ends -----------------------------------------------------------------------


def test_steps_say_owner_due_and_touch() -> None:
    assert node(shown(), "step.brief").details == ("The AE", "by business day 5")
    assert node(shown(), "step.plan").details == ("The CSM", "takes 1 to 2 days, meeting")
    assert node(shown(), "step.answer").details == ("The lead, in product",)
    extend = node(shown(), "step.extend")
    assert extend.dashed
    assert extend.details[-1] == "optional"
    assert any(detail.startswith("if ") for detail in extend.details)


def test_milestones_follow_the_steps_by_which_they_are_reached() -> None:
    diagram = shown()
    assert node(diagram, "milestone.used").group == "build"
    assert DiagramEdge("step.count", "milestone.used") in diagram.edges
    assert DiagramEdge("step.plan", "milestone.planned") in diagram.edges


def test_other_milestones_are_named_at_their_stage() -> None:
    (handover, build) = shown().groups
    assert handover.details == ("Milestone: Agreed",)
    assert build.details == ()


def test_ends_that_only_interrupts_reach_are_told_in_the_notes() -> None:
    diagram = shown()
    assert {each.label for each in diagram.nodes if each.shape == "end"} == {"All done", "Lost"}
    assert any("Gone away" in note for note in diagram.notes)


# -- what leads where ------------------------------------------------------------------------------


def test_handoffs_are_marked_where_work_changes_hands() -> None:
    diagram = shown()
    assert DiagramEdge("step.brief", "handoff.to_success", "Sales to Success", "handoff") in diagram.edges
    (back,) = [each for each in diagram.edges if each.kind == "rework"]
    assert (back.source, back.target, back.label) == ("handoff.to_success", "step.brief", "rejected")


def test_gates_that_ask_nothing_are_left_out_where_arrows_say_the_same() -> None:
    text = """\
        playbook: p
        title: Beside each other
        ends: {done: {success: true}}
        stages:
          - {id: a, steps: [{id: one, do: One}]}
          - {id: b, parallel: true, steps: [{id: two, do: Two}, {id: three, do: Three}, {id: four, do: Four}]}
          - {id: c, parallel: true, steps: [{id: five, do: Five}, {id: six, do: Six}]}
        """
    diagram = swimlanes(subject_from({"p.yaml": text}))
    arrows = {(each.source, each.target) for each in diagram.edges}
    assert {("step.one", "step.two"), ("step.one", "step.three"), ("step.one", "step.four")} <= arrows
    # Three that are waited for before two begin: one gate says it with fewer arrows.
    assert [each.shape for each in diagram.nodes if "gate" in each.shape] == ["parallel_gate"]
    assert {("step.five", "end.done"), ("step.six", "end.done")} <= arrows


# -- all playbooks -----------------------------------------------------------------------------------

RAW = re.compile(r"\w_\w|==|!=|[<>]=|\b[a-z]+\.[a-z]+_|\bnot [a-z]+\.[a-z]|\.(completed|reached|accepted)\b")


def texts(diagram: Diagram) -> list[str]:
    found = [text for each in diagram.nodes for text in (each.label, *each.details)]
    found += [text for each in diagram.groups for text in (each.label, *each.details)]
    return [*found, *(each.label for each in (*diagram.edges, *diagram.lanes)), *diagram.notes]


@pytest.mark.parametrize("name", shipped())
def test_plain_english_and_every_step_in_a_lane(name: str) -> None:
    subject = shipped()[name]
    for lanes in ("team", "role"):
        diagram = swimlanes(replace(subject, lanes=lanes))
        assert not [text for text in texts(diagram) if RAW.search(text)]
        known = {lane.id for lane in diagram.lanes}
        assert all(each.lane in known for each in diagram.nodes if each.shape == "step")
        drawn = {each.id for each in diagram.nodes}
        assert set(subject.playbook.process.tasks) <= drawn


@pytest.mark.parametrize("name", shipped())
def test_narrowed_playbooks_have_only_the_lanes_of_what_is_left(name: str) -> None:
    subject: Subject = shipped()[name]
    for stage in subject.playbook.stages:
        diagram = swimlanes(narrowed_subject(subject, Selection(stage=stage)))
        assert {each.lane for each in diagram.nodes if each.lane} == {lane.id for lane in diagram.lanes}
