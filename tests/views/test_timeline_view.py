"""The timeline: what is drawn where, what is said of it, and the same as rows."""

from __future__ import annotations

import pytest

from playbook.shapes.timeline import Timeline, TimelineBar
from playbook.views.timeline import table, timeline
from subjects import shipped, subject_from

FILES = {
    "p.yaml": """\
        playbook: p
        title: Pilot
        anchors:
          signed: {title: Signature, event: deal.closed_won, start: true}
          go_live: {field: account.go_live, moves: true}
        milestones:
          agreed: {title: Plan agreed, event: plan.agreed, stage: plan, due: 10bd after signed, raci: {A: csm}}
          proven: {due: 20bd after go_live}
        outcome: {within: 4..6w after signed}
        ends: {done: {success: true}}
        stages:
          - id: plan
            title: Plan
            raci: {A: csm}
            steps:
              - {id: call, do: Hold the call, due: 5bd after signed, takes: 1..2bd}
              - {id: watch, do: Watch, takes: 2d..}
              - {id: wait}
              - {id: halfway, due: 50% between signed and go_live}
          - id: build
            title: Build
            due: 7d before go_live
            steps:
              - {id: load, do: Load the data, party: customer, due: 14d before go_live, takes: 5bd}
              - {id: extra, need: optional, takes: 4bd}
        """,
    "o.yaml": """\
        organization: acme
        teams: {success: {}}
        roles: {csm: {title: Success Manager, team: success}}
        """,
}


@pytest.fixture(scope="module")
def shown() -> Timeline:
    return timeline(subject_from(FILES))


def bars(shown: Timeline) -> dict[str, TimelineBar]:
    return {bar.id: bar for panel in shown.panels for bar in panel.bars}


def test_there_is_a_panel_for_each_anchor_the_start_first(shown: Timeline) -> None:
    assert [(panel.label, [bar.id for bar in panel.bars]) for panel in shown.panels] == [
        ("Signature", ["step.call", "step.watch", "step.wait", "step.halfway", "milestone.agreed", "outcome"]),
        ("Go live", ["step.load", "step.extra", "milestone.proven"]),
    ]
    assert [group.label for group in shown.panels[0].groups] == ["1. Plan", "Milestones"]


def test_a_bar_says_what_is_sure_and_what_is_a_range(shown: Timeline) -> None:
    call = bars(shown)["step.call"]
    assert (call.starts, call.starts_latest, call.ends, call.ends_latest, call.due) == (3, 4, 5, 5, 5)
    assert (call.label, call.owner, call.group, call.critical) == (
        "Hold the call",
        "Success Manager",
        "1. Plan",
        True,
    )
    load, extra = bars(shown)["step.load"], bars(shown)["step.extra"]
    assert (load.starts, load.ends, load.tone, load.after) == (-15, -10, "customer", ())
    assert extra.dashed
    assert not extra.critical
    assert bars(shown)["step.watch"].after == ("step.call",)


def test_milestones_and_the_outcome_are_marked(shown: Timeline) -> None:
    agreed, outcome = bars(shown)["milestone.agreed"], bars(shown)["outcome"]
    assert (agreed.milestone, agreed.label, agreed.owner, agreed.due) == (
        True,
        "Plan agreed",
        "Success Manager",
        10,
    )
    assert (outcome.ends, outcome.ends_latest) == (20, 30)


def test_notes_say_what_is_assumed_and_what_nobody_has_said(shown: Timeline) -> None:
    assert shown.notes == (
        'Critical path: the longest chain of work up to "Done" takes 7.5 to 8.5 working days; '
        "steps that do not say how long they take are not counted.",
        "1 step has no time of its own and stands where its turn comes, within the time of its stage.",
        "1 step is due part of the way between two dates and is placed by the work around it.",
        "1 step takes at least the time drawn; nobody says how long at most.",
        "Calendar time is drawn in working days, 5 for every 7 days; public holidays depend on the dates and are "
        "left out.",
    )


NOTED = """\
    playbook: p
    anchors: {{signed: {{event: deal.closed_won, start: true}}, go_live: {{field: account.go_live}}}}
    ends: {{done: {{success: true}}}}
    stages:
      - {{id: a, title: Prepare, takes: 2w, steps: [{{id: one, takes: 2bd}}]}}
      - {{id: b, title: Build, {takes}steps: [{{id: two, {two}}}, {{id: three, takes: 1bd}}]}}
    """


def noted(takes: str = "", two: str = "takes: 1bd") -> tuple[str, ...]:
    return timeline(subject_from({"p.yaml": NOTED.format(takes=takes, two=two)})).notes


def test_stages_that_are_critical_as_a_whole_are_told() -> None:
    assert noted()[:2] == (
        'Critical path: the longest chain of work up to "Done" takes 12 working days.',
        '"Prepare" is on the critical path as a whole: it takes longer than its steps.',
    )
    assert noted("takes: 3w, ")[1] == (
        '"Prepare" and "Build" are on the critical path as a whole: they take longer than their steps.'
    )


def test_a_share_of_the_way_is_told_as_placed_only_where_it_is_not_known() -> None:
    assert not any("part of the way" in note for note in noted(two="due: 50% between signed and one"))
    assert any("part of the way" in note for note in noted(two="due: 50% between a and go_live"))


def test_steps_that_are_chosen_from_may_be_left_out() -> None:
    text = """\
        playbook: p
        stages:
          - id: a
            choose: {one_of: [class, course], by: csm}
            steps: [{id: class, takes: 1d}, {id: course, takes: 2d}, {id: exam, takes: 1d}]
        """
    found = bars(timeline(subject_from({"p.yaml": text})))
    assert {id_ for id_, bar in found.items() if bar.dashed} == {"step.class", "step.course"}


def test_the_onboarding_of_the_project_is_planned_as_worked_out_by_hand() -> None:
    found = timeline(shipped()["customer_onboarding"])
    panels = {panel.anchor: {bar.id: bar for bar in panel.bars} for panel in found.panels}
    signed, live = panels["closed_won"], panels["go_live"]
    # Accepted within a day of the list of promises (day 2), then a day.
    assert (signed["step.assign_team"].starts, signed["step.assign_team"].ends_latest) == (2, 4)
    # The call is on day 7, the approval may take the last three of the five days after it.
    approval = signed["step.agree_success_plan"]
    assert (approval.starts, approval.starts_latest, approval.due, approval.critical) == (9, 12, 12, True)
    # 50 days are 35.71 working days.
    assert (signed["milestone.live"].ends, signed["step.start_adoption_track"].due) == (35.71, 36.71)
    # 22 days before go-live are 15.71 working days, and three to five days of work are ahead of it.
    sources = live["step.connect_data_sources"]
    assert (sources.starts, sources.starts_latest, sources.ends) == (-20.71, -18.71, -15.71)
    # Half the way from when the plan must be agreed: 21.125 days before go-live if all takes its longest (three for
    # the launch, 5.125 to rehearse and approve, 13 for sources, migration and acceptance), 18.71 if its shortest.
    half_way = live["step.review_progress"]
    assert (half_way.starts, half_way.ends_latest, half_way.due) == (-10.56, -9.36, None)
    groups = {group.label: group for panel in found.panels if panel.anchor == "go_live" for group in panel.groups}
    # Ten days before go-live, two to three weeks long, and on the critical path as a whole.
    build = groups["3. Build"]
    assert (build.starts, build.ends, build.critical) == (-22.14, -7.14, True)
    assert found.notes[0].endswith(
        "takes 19 to 41 working days; steps that do not say how long they take are not counted."
    )


def test_without_any_time_it_says_so() -> None:
    shown = timeline(subject_from({"p.yaml": "playbook: p\nstages: [{id: a, steps: [{id: one}, {id: two}]}]\n"}))
    assert [panel.label for panel in shown.panels] == ["the start"]
    (note,) = shown.notes
    assert note.startswith("Nobody says when anything is due")


def test_steps_that_wait_for_each_other_are_told() -> None:
    text = "playbook: p\nstages: [{id: a, steps: [{id: one, after: two}, {id: two, after: one, takes: 1d}]}]\n"
    assert any(
        "circle" in note and '"One", "Two"' in note for note in timeline(subject_from({"p.yaml": text})).notes
    )


def test_the_table_says_the_same() -> None:
    subject = subject_from(FILES)
    rows = table(subject)
    assert [column.key for column in rows.columns][:6] == ["anchor", "stage", "step", "owner", "takes", "due"]
    assert rows.rows[0] == (
        *("Signature", "1. Plan", "Hold the call", "Success Manager", "1 to 2 business days"),
        *("5 business days after Signature", 3, 4, 5, 5, 3, "yes"),
    )
    assert rows.rows[4][5] == "10 business days after Signature"
    assert rows.rows[5][5] == "4 to 6 weeks after Signature"


def test_timelines_of_all_shipped_playbooks_hold_together() -> None:
    for subject in shipped().values():
        shown = timeline(subject)
        ids = [bar.id for panel in shown.panels for bar in panel.bars]
        assert len(set(ids)) == len(ids)
        assert {id_ for id_ in ids if id_.startswith("step.")} == set(subject.playbook.process.tasks)
        for panel in shown.panels:
            here = {bar.id for bar in panel.bars}
            groups = [bar.group for bar in panel.bars]
            assert [group.label for group in panel.groups] == list(dict.fromkeys(groups))
            assert groups == sorted(groups, key=[group.label for group in panel.groups].index)
            for bar in panel.bars:
                assert bar.starts <= bar.starts_latest <= bar.ends_latest
                assert bar.starts <= bar.ends <= bar.ends_latest
                assert set(bar.after) <= here
                assert "_" not in bar.owner + bar.group
        assert {len(row) for row in table(subject).rows} <= {12}
