"""Views as neutral shapes: whole ones of the templates, and what must hold for any playbook."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.shapes.diagram import Diagram
from playbook.shapes.table import Table
from playbook.views.registry import VIEWS
from subjects import subject_from, template

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"
TEMPLATES = ("self_serve", "mid_market", "enterprise")
HELPERS = {"__init__", "registry", "subject"}
"""The modules that are no views, but what views are made with."""


# -- whole views ---------------------------------------------------------------------------------


# The review is made of the other views, whose changes would all be changes of its golden file.
@pytest.mark.parametrize("view", [each for each in VIEWS if each != "review"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_views_of_the_templates(name: str, view: str) -> None:
    subject = template(name)
    shapes = [VIEWS[view].build(shape, subject) for shape in VIEWS[view].gives]
    shown = json.dumps([asdict(shape) for shape in shapes], ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"{name}_{view}.json"
    if UPDATE:
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == path.read_text(encoding="utf-8")


def test_every_view_is_in_the_list() -> None:
    import playbook.views as package

    modules = {path.stem for path in Path(str(package.__path__[0])).glob("*.py")}
    assert modules - HELPERS == set(VIEWS)


# -- any playbook --------------------------------------------------------------------------------


@st.composite
def playbooks(draw: st.DrawFn) -> str:
    """A playbook with the constructs that order work, put together at random."""
    stages = draw(st.integers(1, 4))
    lines = ["playbook: p", "ends: {done: {success: true}, lost: {}}", "stages:"]
    steps = [f"s{stage}_{number}" for stage in range(stages) for number in range(draw(st.integers(0, 4)))]
    handoffs = []
    for stage in range(stages):
        own = [step for step in steps if step.startswith(f"s{stage}_")]
        lines.append(f"  - id: stage{stage}")
        if draw(st.booleans()):
            lines.append("    parallel: true")
        if stage and draw(st.integers(0, 4)) == 0:
            lines.append(f"    overlaps: stage{stage - 1}")
        if len(own) > 1 and draw(st.booleans()):
            lines.append(f"    choose: {{one_of: [{', '.join(own[:2])}]}}")
        if draw(st.integers(0, 2)) == 0:
            targets = draw(
                st.lists(
                    st.sampled_from([f"stage{n}" for n in range(stages)] + ["done", "lost"]), min_size=1, max_size=3
                )
            )
            ways = [f"{{to: {target}, when: account.status == {number}}}" for number, target in enumerate(targets)]
            lines.append(f"    next: [{', '.join(ways)}]")
        lines.append("    steps:" if own else "    steps: []")
        for step in own:
            parts = [f"id: {step}"]
            if draw(st.integers(0, 3)) == 0:
                parts.append(
                    f"after: [{', '.join(draw(st.lists(st.sampled_from(steps), min_size=1, max_size=2)))}]"
                )
            if draw(st.integers(0, 3)) == 0:
                back = draw(st.sampled_from([f"back_to: {draw(st.sampled_from(steps))}", "end: lost"]))
                parts.append(f"approval: {{by: csm, on_reject: {{{back}}}}}")
            if draw(st.integers(0, 5)) == 0:
                parts.append(f"need: {draw(st.sampled_from(['optional', 'forbidden']))}")
            lines.append(f"      - {{{', '.join(parts)}}}")
        if own and draw(st.integers(0, 2)) == 0:
            place = draw(st.sampled_from([f"stage{stage}", own[-1]]))
            handoffs.append(f"  h{stage}: {{from: ae, to: csm, at: {place}, reject: {{back_to: {own[0]}}}}}")
    return "\n".join([*lines, *(["handoffs:", *handoffs] if handoffs else [])]) + "\n"


@settings(max_examples=80, deadline=None)
@given(playbooks())
def test_a_journey_shows_what_leads_where(text: str) -> None:
    """Gates that only frame a stage are not drawn; no way is lost by that, and none is made up."""
    subject = subject_from({"p.yaml": text})
    playbook = subject.playbook
    diagram = VIEWS["journey"].build("diagram", subject)
    assert isinstance(diagram, Diagram)
    drawn = [node.id for node in diagram.nodes]
    assert len(set(drawn)) == len(drawn)
    process = playbook.process
    assert {*process.tasks, *process.ends, "start"} <= set(drawn) <= set(process.nodes)
    whole = networkx.DiGraph((flow.source, flow.target) for flow in process.flows)
    whole.add_nodes_from(process.nodes)
    shown = networkx.DiGraph((edge.source, edge.target) for edge in diagram.edges)
    assert set(shown) <= set(drawn)
    shown.add_nodes_from(drawn)
    # An edge is drawn where one node leads to another without passing a third that is drawn.
    for source in drawn:
        between = whole.subgraph([node for node in whole if node not in drawn or node == source]).copy()
        reached = {source, *networkx.descendants(between, source)}
        direct = {target for node in reached for target in whole.successors(node) if target in drawn}
        assert set(shown.successors(source)) == direct


@settings(max_examples=40, deadline=None)
@given(playbooks())
def test_tables_have_a_row_for_each_step_and_a_cell_for_each_column(text: str) -> None:
    subject = subject_from({"p.yaml": text})
    playbook = subject.playbook
    for name in ("raci", "tasks"):
        table = VIEWS[name].build("table", subject)
        assert isinstance(table, Table)
        assert len({column.key for column in table.columns}) == len(table.columns)
        assert {len(row) for row in table.rows} <= {len(table.columns)}
        assert table.section in {column.key for column in table.columns}
        assert len(table.rows) >= len(playbook.process.tasks)


# -- words ---------------------------------------------------------------------------------------

WORDY = """\
    playbook: p
    title: A title
    anchors: {signed: {title: Signature, event: deal.closed_won, start: true}, go_live: {field: account.go_live}}
    milestones: {value: {title: First value, event: deal.closed_won}}
    ends: {done: {title: All done, success: true}, gone_away: {}}
    stages:
      - id: set_up
        enter: {check: value.reached, title: there is value}
        exit: [account.x > 1, account.y]
        steps:
          - {id: one, do: "Say \\"hi\\"", raci: {A: csm, R: [csm, ae]}, due: 5bd after signed}
          - {id: two, raci: {R: {any_of: [csm, ae, nobody]}}, due: 0d after value.reached, when: account.x > 1}
          - {id: three, raci: {A: admin}, due: 50% between signed and go_live, need: optional, takes: ..2w}
          - {id: four, party: partner, after: [one, three], checklist: [a, {do: b, need: optional, checklist: [c]}]}
          - {id: five, do: Never do this, need: forbidden}
    interrupts: {churn: {end: gone_away}, play: {title: A play, run: rescue}}
    """
PEOPLE = """\
    organization: o
    teams: {team: {title: The team}, them: {title: Them, party: customer}}
    roles: {csm: {title: The CSM, team: team}, ae: {team: team}, admin: {title: Admin, team: them}}
    """


def test_a_journey_in_words() -> None:
    diagram = VIEWS["journey"].build("diagram", subject_from({"p.yaml": WORDY, "o.yaml": PEOPLE}))
    assert isinstance(diagram, Diagram)
    nodes = {node.id: node for node in diagram.nodes}
    assert nodes["start"].label == "Signature"
    assert (nodes["step.one"].label, nodes["step.one"].details) == (
        'Say "hi"',
        ("The CSM and Ae", "5 business days after Signature"),
    )
    assert nodes["step.two"].details == (
        "The CSM, Ae or Nobody",
        "on the day of First value reached",
        "if x is above 1",
    )
    assert nodes["step.two"].dashed
    assert nodes["step.three"].details == ("Admin", "50% of the way from Signature to Go live", "optional")
    assert [nodes[f"step.{step}"].tone for step in ("one", "three", "four")] == ["plain", "customer", "partner"]
    assert [(nodes[end].label, nodes[end].tone) for end in ("end.done", "end.gone_away")] == [
        ("All done", "success"),
        ("Gone away", "stop"),
    ]
    (group,) = diagram.groups
    assert group.label == "1. Set up"
    assert group.details[:4] == ("Enter when: there is value", "Exit when:", "– x is above 1", "– y is true")
    said = " ".join([*diagram.notes, *group.details])
    assert "Never do this" in said
    assert "Churn, leads to Gone away" in said
    assert "A play, runs Rescue" in said


def test_tasks_in_words() -> None:
    table = VIEWS["tasks"].build("table", subject_from({"p.yaml": WORDY, "o.yaml": PEOPLE}))
    assert isinstance(table, Table)
    rows = [dict(zip((column.key for column in table.columns), row, strict=True)) for row in table.rows]
    assert [row["id"] for row in rows] == ["one", "two", "three", "four"]
    assert rows[0]["responsible"] == ("The CSM", "Ae")
    assert rows[2]["takes"] == "up to 2 weeks"
    assert rows[3]["after"] == ("one", "three")
    assert rows[3]["checklist"] == ("a", "b (optional)", "– c")
    assert [row["party"] for row in rows] == ["internal", "internal", "customer", "partner"]


def test_a_raci_in_letters() -> None:
    table = VIEWS["raci"].build("table", subject_from({"p.yaml": WORDY, "o.yaml": PEOPLE}))
    assert isinstance(table, Table)
    assert [column.title for column in table.columns[2:]] == ["The CSM", "Ae", "Admin", "Nobody"]
    assert [row[2:] for row in table.rows][:4] == [
        ("R/A", "R", "", ""),
        ("R*", "R*", "", "R*"),
        ("", "", "A", ""),
        ("", "", "", ""),
    ]
    assert any("any one" in note for note in table.notes)
