"""Parts of playbooks: what is kept, what leads where in them, and what their titles say."""

from __future__ import annotations

from collections.abc import Iterable

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.core.process import START, Flow
from playbook.core.soundness import soundness_of
from playbook.schedule.relative import relative_schedule
from playbook.shapes.diagram import Diagram
from playbook.views.narrowing import Selection, elsewhere, is_blank, narrowed, stage_numbers
from playbook.views.narrowing.bridging import bridged
from playbook.views.registry import VIEWS
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook
from subjects import shipped, subject_from, template

# -- any playbook ----------------------------------------------------------------------------------

ORGANIZATION = """\
    organization: o
    teams: {ours: {}, theirs: {party: customer}}
    roles: {a: {team: ours}, b: {team: ours}, c: {team: theirs}}
    """

PARTS = [*(Selection(role=role) for role in "abc"), Selection("customer")]


@st.composite
def playbooks(draw: st.DrawFn) -> str:
    """A playbook with the constructs that order work, of three roles, put together at random."""
    count = draw(st.integers(1, 4))
    lines = ["playbook: p", "ends: {done: {success: true}, lost: {}}", "stages:"]
    steps = [f"s{stage}_{number}" for stage in range(count) for number in range(draw(st.integers(1, 4)))]
    handoffs = []
    for stage in range(count):
        own = [step for step in steps if step.startswith(f"s{stage}_")]
        lines.append(f"  - id: stage{stage}")
        lines += ["    parallel: true"] * draw(st.booleans())
        if stage and draw(st.integers(0, 4)) == 0:
            lines.append(f"    overlaps: stage{stage - 1}")
        if len(own) > 1 and draw(st.integers(0, 2)) == 0:
            lines.append(f"    choose: {{{draw(st.sampled_from(['one_of', 'any_of']))}: [{own[0]}, {own[1]}]}}")
        if draw(st.integers(0, 2)) == 0:
            lines.append(f"    next: [{', '.join(_ways(draw, count))}]")
        lines.append("    steps:")
        lines += [f"      - {{{', '.join(_step(draw, step, own, steps))}}}" for step in own]
        if draw(st.integers(0, 2)) == 0:
            place = draw(st.sampled_from([f"stage{stage}", own[-1]]))
            handoffs.append(f"  h{stage}: {{from: a, to: b, at: {place}, reject: {{back_to: {own[0]}}}}}")
    return "\n".join([*lines, *(["handoffs:", *handoffs] if handoffs else [])]) + "\n"


def _ways(draw: st.DrawFn, count: int) -> list[str]:
    targets = [f"stage{number}" for number in range(count)] + ["done", "lost"]
    chosen = draw(st.lists(st.sampled_from(targets), min_size=1, max_size=3, unique=True))
    return [f"{{to: {target}, when: account.status == {number}}}" for number, target in enumerate(chosen)]


def _step(draw: st.DrawFn, step: str, own: list[str], steps: list[str]) -> list[str]:
    parts = [f"id: {step}", f"raci: {{A: {draw(st.sampled_from('abc'))}}}"]
    if draw(st.integers(0, 3)) == 0:
        ahead = steps[: steps.index(step)]
        parts += [f"after: [{draw(st.sampled_from(ahead))}]"] if ahead else []
    if draw(st.integers(0, 3)) == 0:
        back = draw(st.sampled_from([f"back_to: {own[0]}", "end: lost"]))
        parts.append(f"approval: {{by: {draw(st.sampled_from('abc'))}, on_reject: {{{back}}}}}")
    return parts


def _reached(flows: Iterable[Flow], nodes: Iterable[str]) -> dict[str, set[str]]:
    """What each node leads to."""
    graph = networkx.DiGraph((flow.source, flow.target) for flow in flows)
    graph.add_nodes_from(nodes)
    return {node: set(networkx.descendants(graph, node)) for node in nodes}


def _forward(flows: Iterable[Flow]) -> list[Flow]:
    return [flow for flow in flows if flow.kind != "rework"]


@settings(max_examples=100, deadline=None)
@given(playbooks(), st.integers(0, 2**16 - 1))
def test_a_bridge_leads_where_what_it_bridges_led(text: str, choice: int) -> None:
    """Between steps that are kept just the same can be reached, and forward just the same as before."""
    whole = subject_from({"p.yaml": text, "o.yaml": ORGANIZATION}).playbook.process
    tasks = {task for number, task in enumerate(whole.tasks) if choice >> number & 1}
    small = bridged(whole, tasks, {whole.tasks[task].stage for task in tasks})
    assert set(small.tasks) == tasks
    kept = [START, *small.tasks, *small.ends] if tasks else [START]
    for flows in (lambda process: process.flows, lambda process: _forward(process.flows)):
        before, after = _reached(flows(whole), whole.nodes), _reached(flows(small), small.nodes)
        for node in kept:
            assert after[node].intersection(kept) == before[node].intersection(kept)


@settings(max_examples=100, deadline=None)
@given(playbooks(), st.sampled_from(PARTS))
def test_a_part_is_a_whole_process(text: str, selection: Selection) -> None:
    """What can be reached and can end still can; each flow leads between nodes; gates part or meet."""
    subject = subject_from({"p.yaml": text, "o.yaml": ORGANIZATION})
    whole, part = subject.playbook, narrowed(subject.playbook, selection)
    process = part.process
    assert all({flow.source, flow.target} <= set(process.nodes) for flow in process.flows)
    assert {gate.stage for gate in process.gates.values()} <= set(part.stages)
    assert {task.stage for task in process.tasks.values()} == set(part.stages)
    assert {task.step for task in process.tasks.values()} <= set(part.steps)
    for gate in process.gates.values():
        if gate.kind in ("exclusive", "inclusive"):
            assert len(process.successors[gate.id]) > 1
    # What is only reached when something is rejected is left out with the rejection.
    usual = [flow for flow in _forward(whole.process.flows) if flow.mode != "stop"]
    before, after = _reached(usual, whole.process.nodes), _reached(process.flows, process.nodes)
    if before[START].issuperset(whole.process.tasks):
        assert set(process.tasks) <= process.reachable
    if all(before[node].intersection(whole.process.ends) for node in whole.process.tasks):
        assert all(after[node].intersection(process.ends) for node in process.tasks)


@settings(max_examples=40, deadline=None)
@given(playbooks())
def test_every_view_shows_every_part(text: str) -> None:
    subject = subject_from({"p.yaml": text, "o.yaml": ORGANIZATION})
    for selection in (
        Selection("customer"),
        Selection(role="c"),
        Selection(stage="stage0"),
        Selection("customer", "c", "stage0"),
        Selection(role="a", stage="stage0"),
    ):
        part = narrowed(subject.playbook, selection)
        for view in VIEWS.values():
            if view.of == "playbook":
                for shape in view.gives:
                    view.build(shape, Subject(part, subject.workspace))


# -- the playbooks of the project ------------------------------------------------------------------


def _parts(playbook: CompiledPlaybook) -> list[Selection]:
    stages = [Selection(audience, stage=stage) for stage in playbook.stages for audience in ("all", "customer")]
    owners = [*playbook.workspace_symbols["role"], *playbook.workspace_symbols["team"]]
    return [Selection("customer"), *stages, *(Selection(role=owner) for owner in owners)]


@pytest.mark.parametrize("name", shipped())
def test_parts_of_the_playbooks_of_the_project(name: str) -> None:
    """Every part of a sound playbook is sound: no run of it gets stuck, and none ends twice."""
    playbook = shipped()[name].playbook
    assert playbook.soundness is not None
    assert playbook.soundness.sound
    for whole in (playbook, *playbook.variants):
        for selection in _parts(whole):
            part = narrowed(whole, selection)
            if part.process.tasks:
                soundness = soundness_of(part.process)
                assert soundness is not None
                assert soundness.sound, selection
                assert set(part.process.nodes) == part.process.reachable, selection


# -- what is kept ----------------------------------------------------------------------------------


def test_nothing_selected_is_the_same_playbook() -> None:
    playbook = template("enterprise").playbook
    assert narrowed(playbook, Selection()) is playbook


def test_titles_say_which_part_it_is() -> None:
    playbook = template("enterprise").playbook
    titles = {
        Selection("customer"): "Enterprise onboarding, for customers",
        Selection(role="ae"): "Enterprise onboarding, Account Executive's work",
        Selection(stage="plan"): "Enterprise onboarding, stage 2: Kickoff and plan",
        Selection(role="ae", stage="plan"): (
            "Enterprise onboarding, stage 2: Kickoff and plan, Account Executive's work"
        ),
        Selection("customer", stage="plan"): "Enterprise onboarding, for customers, stage 1: Kickoff and plan",
        # That there is such a stage is internal; and so is a role that customers never meet.
        Selection("customer", stage="handover"): "Enterprise onboarding, for customers",
        Selection("customer", role="cco"): "Enterprise onboarding, for customers",
    }
    assert {selection: narrowed(playbook, selection).title for selection in titles} == titles


def test_what_customers_see() -> None:
    playbook = narrowed(template("enterprise").playbook, Selection("customer"))
    steps = {step.label: step for step in playbook.steps.values()}
    assert list(steps) == [
        "Agree the project plan",
        "Connect single sign-on",
        "Go live with the first team",
        "Review value with the sponsor",
    ]
    assert [stage.label for stage in playbook.stages.values()] == [
        "Kickoff and plan",
        "Technical build",
        "Adopt and prove value",
    ]
    sso = steps["Connect single sign-on"]
    assert [line.do for line in sso.checklist] == ["Metadata exchanged", "Test user signs in"]
    assert str(sso.due) == "14d before anchor_2"
    assert sso.sla is None
    assert [milestone.title for milestone in playbook.model.milestones.values()] == [
        "First team live",
        "First month closed",
    ]
    assert [playbook.owner_name(owner) for owner in playbook.workspace_symbols["role"]] == [
        "Customer Success Manager",
        "Implementation Lead",
        "Executive sponsor at the customer",
        "Administrator at the customer",
    ]
    (end,) = playbook.process.ends.values()
    assert playbook.model.ends[end.end].title == "Onboarded"


PARTIES = """\
    playbook: p
    stages:
      - id: s
        steps:
          - {id: theirs, party: customer}
          - {id: joint, party: joint, touch: internal}
          - {id: by_them, raci: {R: [a, c]}}
          - {id: for_them, raci: {A: c}}
          - {id: approved, raci: {A: a}, approval: {by: [b, c]}}
          - {id: sent, touch: {kind: email, audience: [b, theirs]}}
          - {id: sent_by_a_tool, party: system, touch: {kind: in_product, audience: c}}
          - {id: ours_by_word, party: internal, raci: {A: c}}
          - {id: told, raci: {A: a, C: c, I: c}}
          - {id: met_among_us, touch: meeting}
          - {id: sent_among_us, touch: {kind: email, audience: b}}
          - {id: noted, touch: {kind: internal, audience: c}}
          - {id: drafted, produces: paper}
          - {id: of_a_partner, party: partner, touch: call}
          - {id: never, party: customer, need: forbidden}
    artifacts: {paper: {customer_facing: true}}
    """


def test_which_steps_reach_customers() -> None:
    playbook = subject_from({"p.yaml": PARTIES, "o.yaml": ORGANIZATION}).playbook
    shown = narrowed(playbook, Selection("customer"))
    assert [step.label for step in shown.steps.values()] == [
        "Theirs",
        "Joint",
        "By them",
        "For them",
        "Approved",
        "Sent",
        "Sent by a tool",
    ]
    assert [step.party for step in shown.steps.values()] == [
        "customer",
        "joint",
        "joint",
        "customer",
        "joint",
        "internal",
        "system",
    ]


UNOWNED = """\
    playbook: p
    stages:
      - id: s
        steps:
          - {id: sent_by_a_tool, party: internal, raci: {R: bot}, touch: {kind: email, audience: c}}
          - {id: nobodys, party: joint}
          - {id: theirs, party: customer}
          - {id: owned, party: joint, raci: {R: [bot, a]}}
    """
WITH_A_TOOL = ORGANIZATION.replace("ours: {}", "ours: {}, tools: {party: system}").replace(
    "roles: {", "roles: {bot: {team: tools}, "
)


def test_customers_see_neither_tools_nor_that_an_owner_is_missing() -> None:
    subject = subject_from({"p.yaml": UNOWNED, "o.yaml": WITH_A_TOOL})
    shown = narrowed(subject.playbook, Selection("customer"))
    responsible = {
        shown.steps[task.step].label: task.owners.responsible
        and tuple(map(shown.owner_name, task.owners.responsible.holders))
        for task in shown.process.tasks.values()
    }
    assert responsible == {
        "Sent by a tool": ("Our team",),
        "Nobodys": ("Our team",),
        "Theirs": None,
        "Owned": ("A",),
    }
    lanes = VIEWS["swimlanes"].build("diagram", Subject(shown, subject.workspace))
    assert isinstance(lanes, Diagram)
    assert {lane.label for lane in lanes.lanes} == {"Our team", "Ours", "Customer"}


def test_customers_see_only_the_ends_that_they_come_to() -> None:
    text = """\
        playbook: p
        ends: {upsold: {title: Sold twice, success: true}, done: {title: All done, success: true}, lost: {}}
        stages:
          - {id: s, steps: [{id: theirs, party: customer}], next: done}
          - {id: t, steps: [{id: ours}], next: upsold}
        """
    shown = narrowed(subject_from({"p.yaml": text, "o.yaml": ORGANIZATION}).playbook, Selection("customer"))
    assert [end.title for end in shown.model.ends.values()] == ["All done"]
    assert [end.end for end in shown.process.ends.values()] == list(shown.model.ends)


def test_work_on_onboarding_itself_is_none_of_the_customers_business() -> None:
    text = PARTIES.replace("playbook: p", "playbook: p\n    scope: programme")
    playbook = subject_from({"p.yaml": text, "o.yaml": ORGANIZATION}).playbook
    assert is_blank(narrowed(playbook, Selection("customer")))
    assert not is_blank(narrowed(playbook, Selection(role="a")))


def test_a_part_with_no_step_is_not_blank_where_somebody_answers_for_more() -> None:
    text = (
        "playbook: p\nstages: [{id: s, steps: [{id: t, raci: {R: a}}]}]\n"
        "routines: {r: {do: Tell it, raci: {R: b}}}\n"
    )
    playbook = subject_from({"p.yaml": text, "o.yaml": ORGANIZATION}).playbook
    assert not is_blank(narrowed(playbook, Selection(role="b")))
    assert is_blank(narrowed(playbook, Selection(role="c")))
    assert is_blank(narrowed(playbook, Selection("customer", role="b")))


def test_the_work_of_a_role() -> None:
    whole = template("enterprise").playbook
    playbook = narrowed(whole, Selection(role="implementation_lead"))
    assert set(playbook.steps) == {
        "hold_kickoff",
        "agree_plan",
        "connect_sso",
        "migrate_data",
        "train_admins",
        "launch_team",
    }
    assert set(playbook.model.handoffs) == {"cs_to_implementation", "implementation_to_cs"}
    assert set(playbook.model.milestones) == {"live"}
    assert not playbook.model.risks
    assert playbook.steps["connect_sso"] == whole.steps["connect_sso"]
    assert stage_numbers(playbook) == {"plan": 2, "build": 3}


def test_the_work_of_a_team_is_that_of_its_roles() -> None:
    playbook = subject_from({"p.yaml": PARTIES, "o.yaml": ORGANIZATION}).playbook
    assert list(narrowed(playbook, Selection(role="theirs")).steps) == [
        "by_them",
        "for_them",
        "approved",
        "ours_by_word",
        "told",
    ]


BESIDE = """\
    playbook: p
    ends: {done: {success: true}, lost: {}}
    stages:
      - {id: one, steps: [{id: asked, captures: account.size, raci: {R: a}}]}
      - {id: two, steps: [{id: sold, raci: {R: b}}]}
    decisions:
      size: {title: How large, sets: account.size, raci: {R: a}, rules: [{when: account.x, gives: 1}]}
      fate: {sets: account.fate, raci: {R: b}, rules: [{when: account.x, gives: 2}]}
    routines: {news: {do: Tell the news, raci: {R: a}}}
    interrupts: {churn: {end: lost, raci: {R: b}}}
    """


def test_a_stage_has_only_what_belongs_to_it() -> None:
    playbook = subject_from({"p.yaml": BESIDE, "o.yaml": ORGANIZATION}).playbook
    assert set(playbook.model.decisions) == {"size", "fate"}
    one = narrowed(playbook, Selection(stage="one")).model
    assert (set(one.decisions), set(one.routines), set(one.interrupts)) == ({"size"}, set(), {"churn"})


def test_an_end_to_which_only_an_interrupt_of_others_leads_is_left_out() -> None:
    playbook = subject_from({"p.yaml": BESIDE, "o.yaml": ORGANIZATION}).playbook
    assert "end.lost" in narrowed(playbook, Selection(role="b")).process.ends
    assert set(narrowed(playbook, Selection(role="a")).process.ends) == {"end.done"}


def test_a_role_without_work_has_none() -> None:
    for selection in (Selection(role="nobody"), Selection(stage="nowhere"), Selection("customer", "nobody")):
        playbook = narrowed(template("enterprise").playbook, selection)
        assert not playbook.steps
        assert not playbook.process.tasks


def test_a_stage_shows_where_it_comes_from_and_leads_to() -> None:
    whole = template("enterprise").playbook
    playbook = narrowed(whole, Selection(stage="build"))
    assert set(playbook.steps) == {step.id for step in whole.stages["build"].steps}
    assert set(playbook.model.handoffs) == {"implementation_to_cs"}
    assert set(playbook.model.milestones) == {"live"}
    outside = {node: words for node in playbook.process.nodes if (words := elsewhere(playbook, node))}
    assert outside == {"start": "From Kickoff and plan", "end.elsewhere.adopt": "Then Adopt and prove value"}
    shown = VIEWS["journey"].build("diagram", Subject(playbook, template("enterprise").workspace))
    assert isinstance(shown, Diagram)
    assert {node.label for node in shown.nodes if node.shape == "elsewhere"} == set(outside.values())
    assert shown.groups[0].label == "3. Technical build"


LOOPS = """\
    playbook: p
    ends: {done: {success: true}, lost: {}}
    stages:
      - id: one
        steps: [{id: first}]
      - id: two
        next: [{to: one, when: account.x}, {to: lost, when: account.y}, {to: three, otherwise: true}]
        steps: [{id: second}]
      - id: side
        overlaps: two
        steps: [{id: beside}]
      - id: three
        steps: [{id: third}]
    """


def test_a_stage_shows_ways_back_and_other_ends() -> None:
    playbook = narrowed(subject_from({"p.yaml": LOOPS}).playbook, Selection(stage="two"))
    ways = {(flow.target, flow.kind) for flow in playbook.process.successors["next.two"]}
    assert ways == {
        ("end.back.one", "rework"),
        ("end.lost", "condition"),
        ("end.elsewhere.three", "condition"),
    }
    assert elsewhere(playbook, "end.back.one") == "Back to One"
    assert elsewhere(playbook, "end.lost") is None


def test_variants_are_narrowed_too() -> None:
    text = "\n".join(
        [
            LOOPS,
            "    segments: {small: {when: account.x}, large: {otherwise: true}}",
            "    variants: {little: {for: small, title: Little, remove: [beside, side]}}",
        ]
    )
    playbook = subject_from({"p.yaml": text}).playbook
    (variant,) = narrowed(playbook, Selection(stage="two")).variants
    assert list(variant.stages) == ["two"]
    assert variant.title == "P: Little, stage 2: Two"
    assert narrowed(playbook, Selection(stage="side")).variants == ()
    assert narrowed(playbook.variants[0], Selection("customer")).title == "P, for customers"


# -- times -----------------------------------------------------------------------------------------

SLOW = """\
    playbook: p
    anchors: {signed: {title: Signed, event: deal.closed_won, start: true}, audited: {event: contract.signed}}
    stages:
      - {id: one, steps: [{id: ours, takes: 10bd}, {id: theirs, party: customer, takes: 2bd}]}
      - id: two
        steps:
          - {id: more, takes: 5bd}
          - {id: answer, party: customer, takes: 1bd, due: 30bd after signed}
          - {id: audited_by_us, party: joint, due: 3bd after ours.completed}
          - {id: hidden_day, party: joint, takes: 1bd, due: 3bd after audited}
    """


def test_a_part_is_planned_as_in_the_whole() -> None:
    """What is left out takes its time all the same."""
    whole = subject_from({"p.yaml": SLOW}).playbook
    planned = {times.step: times for times in relative_schedule(whole).steps}
    part = narrowed(whole, Selection(stage="two"))
    assert [times.step for times in relative_schedule(part).steps] == list(part.steps)
    for times in relative_schedule(part).steps:
        assert times == planned[times.step]
    shown = narrowed(whole, Selection("customer"))
    labels = {times.step: shown.steps[times.step].label for times in relative_schedule(shown).steps}
    for times in relative_schedule(shown).steps:
        same = planned[labels[times.step].lower().replace(" ", "_")]
        assert (times.starts, times.ends) == (same.starts, same.ends)
    assert set(labels.values()) >= {"Theirs", "Answer", "Audited by us"}


def test_customers_do_not_see_what_can_slip() -> None:
    whole = subject_from({"p.yaml": SLOW}).playbook
    assert any(times.slack is not None for times in relative_schedule(whole).steps)
    schedule = relative_schedule(narrowed(whole, Selection("customer")))
    assert schedule.critical is None
    assert schedule.outcome is None
    for times in schedule.steps:
        assert (times.slack, times.critical, times.earliest, times.latest) == (None, False, {}, {})
    # Counted from a step of ours, a day is not told.
    due = {times.step: times.due for times in schedule.steps}
    assert due["step_2"] is not None
    assert due["step_3"] is None
