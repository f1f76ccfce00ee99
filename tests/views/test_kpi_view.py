"""The KPI tree: which KPI belongs where, and how it is told."""

from __future__ import annotations

import pytest

from playbook.language.metrics import Kpi
from playbook.shapes.diagram import Diagram
from playbook.views.kpis import diagram, table
from playbook.views.parts.kpi_words import target
from subjects import shipped, subject_from

FILES = {
    "p.yaml": """\
        playbook: p
        title: Pilot
        ownership: {accountable: csm, dedicated: {objectives: revenue}}
        anchors: {signed: {title: Signature, event: deal.closed_won, start: true}}
        milestones:
          live: {title: Live, event: account.live, stage: build, due: 10bd after signed, raci: {A: csm}}
          value: {title: First value, event: account.first_report, value: true}
          seen: {title: Seen}
        outcome: {statement: It works., achieved: value.reached, within: 90d after signed}
        stages:
          - {id: plan, title: Plan, kpis: [handover, shared], steps: [{id: call}]}
          - {id: build, title: Build, kpis: [build_time, shared], steps: [{id: load}]}
        """,
    "o.yaml": """\
        organization: acme
        teams: {success: {}}
        roles: {csm: {title: Success Manager, team: success}}
        """,
    "m.yaml": """\
        metrics: numbers
        kpis:
          time_to_value: {kind: duration, from: signed, to: account.first_report, target: <= 45d, owner: csm,
                          direction: down, statistic: p50, clock: customer, window: 90d}
          load_rate: {kind: rate, cohort: load.completed, numerator: Loads that worked, denominator: All loads}
          handover: {kind: score, measures: activity}
          build_time: {title: Time to build, kind: duration}
          shared: {kind: rate, where: account.arr > 10}
          revenue: {kind: ratio, target: ">= 100%"}
          beside: {kind: composite, parts: {one: {title: First, weight: 3}, two: {weight: 1}}}
          elsewhere: {kind: rate}
        dashboards: {council: {title: Council, kpis: [shared, beside]}, other: {kpis: elsewhere}}
        """,
}


@pytest.fixture(scope="module")
def tree() -> Diagram:
    return diagram(subject_from(FILES))


def test_kpis_hang_on_the_milestone_that_they_end_at_or_whose_stage_reports_them(tree: Diagram) -> None:
    assert {(edge.source, edge.target) for edge in tree.edges} == {
        ("outcome", "milestone.live"),
        ("outcome", "milestone.value"),
        ("outcome", "milestone.seen"),
        ("milestone.value", "kpi.time_to_value"),
        ("milestone.live", "kpi.load_rate"),
        ("milestone.live", "kpi.build_time"),
        ("outcome", "kpi.handover"),
        ("outcome", "kpi.shared"),
        ("outcome", "kpi.revenue"),
        ("outcome", "kpi.beside"),
    }


def test_cards_tell_owner_target_and_due(tree: Diagram) -> None:
    cards = {node.id: node for node in tree.nodes}
    assert (cards["outcome"].label, cards["outcome"].details) == (
        "It works.",
        ("Owner: Success Manager", "Within 90 days after Signature"),
    )
    assert cards["milestone.live"].details == ("Owner: Success Manager", "Due 10 business days after Signature")
    assert cards["milestone.value"].details == ("Value to the customer", "Part of the outcome")
    assert cards["kpi.time_to_value"].details == ("Owner: Success Manager", "Target: at most 45 days")
    assert cards["kpi.handover"].details == ("No owner", "No target yet")
    assert cards["kpi.handover"].dashed
    assert not cards["kpi.shared"].dashed


def test_notes_tell_what_is_not_measured(tree: Diagram) -> None:
    assert tree.notes == (
        "KPIs joined to the outcome itself measure the whole journey, or several stages of it.",
        "A broken border: it counts what we did, not what was achieved.",
        'No KPI measures "Seen".',
    )


def test_where_no_kpi_has_a_target_one_note_says_so() -> None:
    metrics = FILES["m.yaml"].replace("target: <= 45d, ", "").replace(', target: ">= 100%"', "")
    tree = diagram(subject_from({**FILES, "m.yaml": metrics}))
    assert tree.notes[0] == "No KPI has a target yet."
    assert not any("arget" in detail for node in tree.nodes for detail in node.details)


def test_a_title_that_stands_for_the_outcome_is_told() -> None:
    text = FILES["p.yaml"].replace("statement: It works., ", "")
    tree = diagram(subject_from({**FILES, "p.yaml": text}))
    assert tree.nodes[0].label == "Pilot"
    assert tree.notes[0] == "Nobody has said yet what the outcome is; the title of the playbook stands for it."


def test_rows_tell_what_is_measured_and_how() -> None:
    shown = table(subject_from(FILES))
    rows = {row[1]: row for row in shown.rows}
    assert [row[0] for row in shown.rows] == ["Live"] * 2 + ["First value"] + ["The journey as a whole"] * 4
    assert rows["Time to value"][2:9] == (
        *("Time from Signature to First value; within 90 days", "Success Manager", "at most 45 days"),
        *("lower is better", "median", "", "calendar time, as the customer sees it"),
    )
    assert rows["Load rate"][2] == "Loads that worked; out of: All loads"
    assert rows["Beside"][2] == "Made of First (75%) and Two (25%)"
    assert rows["Shared"][2] == "Only where arr is above 10"
    assert rows["Shared"][9:] == (("Plan", "Build"), ("Council",))
    assert shown.notes[0] == "Outcome: It works."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("<= 45d", "at most 45 days"),
        (">=80%", "at least 80%"),
        ("< 2bh", "below 2 business hours"),
        ("90%", "90%"),
        ("== 4", "4"),
        ("twice last year's", "twice last year's"),
        (None, ""),
    ],
)
def test_targets_are_said_in_words(written: str | None, said: str) -> None:
    assert target(Kpi(kind="rate", target=written)) == said


def test_a_playbook_without_metrics_has_its_milestones_and_says_so() -> None:
    tree = diagram(subject_from({"p.yaml": FILES["p.yaml"], "o.yaml": FILES["o.yaml"]}))
    assert len(tree.nodes) == 4
    assert tree.notes[0].startswith("No KPI is tied to this journey")


def test_trees_of_all_shipped_playbooks_are_trees() -> None:
    for subject in shipped().values():
        tree = diagram(subject)
        ids = [node.id for node in tree.nodes]
        assert len(set(ids)) == len(ids)
        assert sorted(edge.target for edge in tree.edges) == sorted(set(ids) - {"outcome"})
        assert len(table(subject).rows) == sum(node.shape == "kpi" for node in tree.nodes)
