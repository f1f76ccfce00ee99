"""Times without dates, compared with a slow walk day by day, with all paths one by one, and with the proofs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.core.process import START, Flow
from playbook.proofs.critical import critical_path as proven_path
from playbook.schedule.bounds import earliest_ends, latest_ends
from playbook.schedule.declared import Declared
from playbook.schedule.network import Network
from playbook.schedule.ranges import Range
from playbook.schedule.relative import Schedule, StepTimes, relative_schedule
from playbook.workspace import CompiledPlaybook
from subjects import shipped, subject_from


def compiled(text: str) -> CompiledPlaybook:
    return subject_from({"p.yaml": text}).playbook


def times(schedule: Schedule) -> dict[str, StepTimes]:
    return {step.step: step for step in schedule.steps}


# -- random playbooks ------------------------------------------------------------------------------


@st.composite
def playbooks(draw: st.DrawFn, *, ways: bool = True, exact: bool = False) -> str:
    """Stages with steps of whole business days; with ``ways``, also with choices, branches and optional steps."""
    lines = [
        "playbook: p",
        "anchors: {won: {event: deal.closed_won, start: true}}",
        "ends: {done: {success: true}}",
    ]
    lines.append("stages:")
    known: list[str] = []
    count = draw(st.integers(1, 4))
    for stage in range(count):
        steps = [f"s{stage}_{number}" for number in range(draw(st.integers(1, 4)))]
        lines.append(f"  - id: stage{stage}")
        lines += ["    parallel: true"] if draw(st.booleans()) else []
        if stage and not ways and draw(st.integers(0, 3)) == 0:
            lines.append(f"    overlaps: stage{stage - 1}")
        lines += [f"    takes: {draw(_durations(exact))}"] if draw(st.integers(0, 3)) == 0 else []
        if ways and len(steps) > 1 and draw(st.booleans()):
            kind = draw(st.sampled_from(("one_of", "any_of")))
            lines.append(f"    choose: {{{kind}: [{', '.join(steps[:2])}]}}")
        if ways and stage + 2 < count and draw(st.booleans()):
            lines.append("    next:")
            lines.append(f"      - {{to: stage{stage + 1}, when: account.big}}")
            lines.append(f"      - {{to: stage{stage + 2}, otherwise: true}}")
        lines.append("    steps:")
        for step in steps:
            parts = [f"id: {step}"]
            parts += [f"takes: {draw(_durations(exact))}"] if draw(st.integers(0, 3)) else []
            parts += ["need: optional"] if ways and draw(st.integers(0, 4)) == 0 else []
            if known and not ways and draw(st.integers(0, 3)) == 0:
                ahead = draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True))
                parts.append(f"after: [{', '.join(ahead)}]")
            if not ways and draw(st.integers(0, 3)) == 0:
                parts.append(f"due: {draw(st.integers(0, 60))}bd after won")
            lines.append(f"      - {{{', '.join(parts)}}}")
            known.append(step)
    return "\n".join(lines) + "\n"


def _durations(exact: bool) -> st.SearchStrategy[str]:
    lengths = st.integers(0, 9)
    if exact:
        return lengths.map(lambda low: f"{low}bd")
    return st.tuples(lengths, st.integers(0, 5)).map(lambda each: f"{each[0]}..{each[0] + each[1]}bd")


# -- a slow walk, day by day ------------------------------------------------------------------------


@dataclass
class Run:
    """One run: which ways are taken, how long each step takes, and which optional steps are left out."""

    playbook: CompiledPlaybook
    draw: st.DataObject

    def taken(self) -> list[Flow]:
        process = self.playbook.process
        reached, flows = [START], []
        for node in reached:
            leaving = [flow for flow in process.successors[node] if flow.kind != "rework" and flow.mode != "stop"]
            gate = process.gates.get(node)
            if gate is not None and gate.kind in ("exclusive", "inclusive") and len(leaving) > 1:
                most = 1 if gate.kind == "exclusive" else len(leaving)
                picked = st.lists(st.sampled_from(range(len(leaving))), min_size=1, max_size=most, unique=True)
                leaving = [leaving[number] for number in self.draw.draw(picked)]
            flows += leaving
            reached += [flow.target for flow in leaving if flow.target not in reached]
        return flows

    def length(self, node: str) -> int:
        task = self.playbook.process.tasks.get(node)
        takes = self.playbook.steps[task.step].takes if task else None
        if task is None or takes is None:
            return 0
        if self.playbook.steps[task.step].need == "optional" and self.draw.draw(st.booleans()):
            return 0
        return self.draw.draw(st.integers(int(takes.low or 0), int(takes.high or 0)))

    def ends(self) -> dict[str, int]:
        """The day on which each node is over: every day, all begins that has nothing to wait for any more."""
        flows = self.taken()
        waits = {flow.target: [each.source for each in flows if each.target == flow.target] for flow in flows}
        wholes = {id_: self.whole(id_) for id_ in self.playbook.stages}
        over: dict[str, int] = {START: 0}
        day = 0
        while len(over) <= len(waits) and day < 10_000:
            begun = True
            while begun:
                begun = False
                for node, ahead in waits.items():
                    if node in over or any(over.get(each, day + 1) > day for each in ahead):
                        continue
                    kind, _, id_ = node.partition(".")
                    if kind == "exit" and day < over[f"enter.{id_}"] + wholes[id_]:
                        continue
                    over[node] = day + self.length(node)
                    begun = True
            day += 1
        return over

    def whole(self, stage: str) -> int:
        takes = self.playbook.stages[stage].takes
        return self.draw.draw(st.integers(int(takes.low or 0), int(takes.high or 0))) if takes else 0


@settings(max_examples=120, deadline=None)
@given(playbooks(), st.data())
def test_every_run_lies_between_the_earliest_and_the_latest_of_the_forward_pass(
    text: str, data: st.DataObject
) -> None:
    playbook = compiled(text)
    earliest = earliest_ends(Network(playbook, Declared(playbook)))
    for node, day in Run(playbook, data).ends().items():
        at = earliest[node]["won"]
        assert at.low - 1e-6 <= day <= at.high + 1e-6, node


# -- all paths, one by one --------------------------------------------------------------------------


def paths(playbook: CompiledPlaybook, node: str, target: str | None = None) -> Iterator[list[str]]:
    """Every way back from a node to the start, or to another node; a stage's own time is a way beside its steps."""
    if node == (target or START):
        yield [node]
        return
    for flow in playbook.process.predecessors[node]:
        for path in paths(playbook, flow.source, target):
            yield [*path, node]
    kind, _, id_ = node.partition(".")
    if kind == "exit" and playbook.stages[id_].takes is not None:
        for path in paths(playbook, f"enter.{id_}", target):
            yield [*path, f"whole.{id_}", node]


def lengths(playbook: CompiledPlaybook, node: str) -> Range:
    kind, _, id_ = node.partition(".")
    part = {"step": playbook.steps, "whole": playbook.stages}.get(kind, {}).get(id_)  # type: ignore[attr-defined]
    takes = part.takes if part is not None else None
    return Range(takes.low or 0, takes.high or 0) if takes is not None else Range(0, 0)


@settings(max_examples=60, deadline=None)
@given(playbooks(ways=False))
def test_earliest_and_latest_are_those_of_the_longest_paths(text: str) -> None:
    playbook = compiled(text)
    network = Network(playbook, Declared(playbook))
    earliest, latest = earliest_ends(network), latest_ends(network)
    for node in playbook.process.tasks:
        if node not in earliest:
            continue  # waits for itself
        sums = [[lengths(playbook, each) for each in path] for path in paths(playbook, node)]
        assert earliest[node]["won"].low == max(sum(each.low for each in path) for path in sums)
        assert earliest[node]["won"].high == max(sum(each.high for each in path) for path in sums)
        limits = [
            (task, step.due.offset.high)
            for task, step in ((f"step.{id_}", step) for id_, step in playbook.steps.items())
            if step.due is not None and step.due.offset is not None
        ]
        strict = [
            due - sum(lengths(playbook, each).high for each in path[1:] if not each.startswith("whole"))
            for task, due in limits
            for path in paths(playbook, task, node)
            if task in earliest and not any(each.startswith("whole") for each in path)
        ]
        assert latest[node].get("won", Range(0, 1e9)).low == (min(strict) if strict else 0)


@settings(max_examples=60, deadline=None)
@given(playbooks(ways=False, exact=True))
def test_the_critical_path_is_as_long_as_the_proofs_say(text: str) -> None:
    playbook = compiled(text)
    found, proven = relative_schedule(playbook).critical, proven_path(playbook)
    if found is None or proven is None:
        assert not (proven and proven.nodes and proven.length.usual_days > 0)
        return
    assert found.goal == proven.goal
    assert found.length.low == found.length.high == pytest.approx(proven.length.usual_days / 1.4)
    # What the proofs name is on one of the longest ways; all of these are told here.
    named = {node.replace("enter.", "exit.") for node in proven.nodes if lengths_of(playbook, node)}
    assert named <= set(found.nodes)


def lengths_of(playbook: CompiledPlaybook, node: str) -> float:
    return lengths(playbook, node.replace("enter.", "whole.")).low


@settings(max_examples=80, deadline=None)
@given(st.booleans().flatmap(lambda ways: playbooks(ways=ways)))
def test_every_step_has_a_place_and_its_limits_are_in_order(text: str) -> None:
    playbook = compiled(text)
    schedule = relative_schedule(playbook)
    assert {step.step for step in schedule.steps} | set(schedule.unplaced) == set(playbook.steps)
    for step in schedule.steps:
        assert step.starts.low <= step.starts.high
        assert step.ends.low <= step.ends.high
        assert step.starts.low <= step.ends.low
        assert step.starts.high <= step.ends.high
        assert step.due is None or step.ends == step.due
        assert not step.critical or step.sure


# -- by hand ---------------------------------------------------------------------------------------

BASE = """\
    playbook: p
    anchors:
      signed: {event: deal.closed_won, start: true}
      go_live: {field: account.go_live, moves: true}
    milestones: {agreed: {event: plan.agreed, stage: plan, due: 10bd after signed}}
    ends: {done: {success: true}}
    handoffs: {to_build: {from: csm, to: se, at: plan, accept: {within: 2bd}}}
    stages:
      - id: plan
        steps:
          - {id: call, due: 5bd after signed, takes: 1..2bd}
          - {id: draft, takes: 2..4bd}
          - {id: agree, due: 7d after agreed}
      - id: build
        due: 7d before go_live
        steps:
          - {id: connect, takes: 3bd}
          - {id: load, due: 14d before go_live, takes: 5..10bd}
          - {id: extra, need: optional, takes: 4bd}
          - {id: launch, due: 0d after go_live}
"""


def test_what_is_due_is_planned_for_its_day_and_the_rest_follows() -> None:
    plan = times(relative_schedule(compiled(BASE)))
    assert (plan["call"].anchor, plan["call"].starts, plan["call"].ends) == ("signed", Range(3, 4), Range(5, 5))
    assert (plan["draft"].starts, plan["draft"].ends) == (Range(5, 5), Range(7, 9))
    # Ten business days and a week: the milestone is due, and the step hangs on it.
    assert (plan["agree"].starts, plan["agree"].ends) == (Range(7, 15), Range(15, 15))
    assert plan["agree"].work is None


def test_what_hangs_on_a_planned_day_is_counted_back_from_it() -> None:
    plan = times(relative_schedule(compiled(BASE)))
    assert {step: plan[step].anchor for step in ("connect", "load", "launch")} == dict.fromkeys(
        ("connect", "load", "launch"), "go_live"
    )
    assert (plan["load"].starts, plan["load"].ends) == (Range(-20, -15), Range(-10, -10))
    # In time for the step behind it, which takes five to ten days.
    assert plan["connect"].ends == Range(-20, -15)
    assert plan["connect"].starts == Range(-23, -18)


def test_the_earliest_end_counts_acceptance_and_optional_work_only_as_a_chance() -> None:
    plan = times(relative_schedule(compiled(BASE)))
    assert plan["agree"].earliest["signed"] == Range(3, 6)
    assert plan["connect"].earliest["signed"] == Range(6, 11)
    assert plan["launch"].earliest["signed"] == Range(11, 25)


def test_slack_is_how_late_a_step_may_be() -> None:
    plan = times(relative_schedule(compiled(BASE)))
    # The call can be over after one or two days and is due on the fifth.
    assert plan["call"].slack == Range(3, 4)
    # The plan is due on day 15 and takes three to six days of work.
    assert plan["draft"].slack == Range(9, 12)


def test_the_critical_path_leaves_out_what_may_be_left_out() -> None:
    schedule = relative_schedule(compiled(BASE))
    assert schedule.critical is not None
    assert schedule.critical.nodes == ("step.call", "step.draft", "step.connect", "step.load")
    assert schedule.critical.waits["step.connect"] == ("step.draft",)
    assert schedule.critical.length == Range(11, 21)


def test_a_stage_that_outlasts_its_steps_is_critical_itself() -> None:
    schedule = relative_schedule(
        compiled(
            """\
            playbook: p
            ends: {done: {success: true}}
            stages:
              - {id: a, takes: 2..3w, steps: [{id: one, takes: 2bd}]}
              - {id: b, steps: [{id: two, takes: 4bd}]}
            """
        )
    )
    assert schedule.critical is not None
    assert schedule.critical.nodes == ("exit.a", "step.two")
    assert [stage.critical for stage in schedule.stages] == [True, False]
    assert times(schedule)["two"].starts == Range(10, 15)


def test_a_stage_between_two_anchors_is_counted_back_by_what_it_takes() -> None:
    text = BASE.replace("due: 7d before go_live", "due: 7d before go_live\n        takes: 2..3w")
    stages = {stage.stage: stage for stage in relative_schedule(compiled(text)).stages}
    assert (stages["build"].anchor, stages["build"].starts) == ("go_live", Range(-20, -15))
    assert (stages["build"].ends, stages["build"].due) == (Range(-5, -5), Range(-5, -5))
    assert [stage.stage for stage in relative_schedule(compiled(BASE)).stages] == ["plan"]


def test_a_share_of_the_way_between_two_anchors_counts_from_when_the_first_must_be_over() -> None:
    text = BASE.replace("{id: connect, takes: 3bd}", "{id: connect, takes: 3bd}\n          - {id: look, SHARE}")
    plan = times(relative_schedule(compiled(text.replace("SHARE", "due: 40% between agreed and go_live"))))
    # The plan must be agreed 23 to 18 days before, and accepted two days before that.
    assert plan["connect"].starts == Range(-23, -18)
    assert plan["look"].anchor == "go_live"
    assert plan["look"].ends == plan["look"].starts
    assert (plan["look"].ends.low, plan["look"].ends.high) == pytest.approx((-25 * 0.6, -18 * 0.6))
    assert plan["look"].due is None
    work = times(
        relative_schedule(compiled(text.replace("SHARE", "takes: 1..2bd, due: 50% between agreed and go_live")))
    )["look"]
    assert work.starts == work.ends.less(Range(1, 2))
    # From later to earlier is no way: it stands where its turn comes.
    text = text.replace("launch, due: 0d after go_live}", "launch, due: 0d after go_live}\n" + LAST)
    back = times(relative_schedule(compiled(text.replace("SHARE", "due: 50% between load and agreed"))))["look"]
    assert (back.anchor, back.ends) == ("go_live", Range(-20, -15))


LAST = "          - {id: last, due: 40bd after signed}"


def test_without_an_outcome_the_critical_path_leads_to_the_last_stage() -> None:
    stages = "[{id: a, steps: [{id: one, takes: 2bd}]}, {id: b, steps: [{id: two, takes: 1bd}]}]"
    critical = relative_schedule(
        compiled(f"playbook: p\nends: {{done: {{}}, lost: {{}}}}\nstages: {stages}\n")
    ).critical
    assert critical is not None
    assert (critical.goal, critical.nodes) == ("exit.b", ("step.one", "step.two"))


def test_a_stage_begins_when_it_is_planned_and_what_is_beside_each_other_is_all_waited_for() -> None:
    plan = times(
        relative_schedule(
            compiled(
                """\
                playbook: p
                anchors: {signed: {event: deal.closed_won, start: true}}
                stages:
                  - {id: a, parallel: true, steps: [{id: short, takes: 1bd}, {id: long, takes: 6bd}]}
                  - {id: b, steps: [{id: next, takes: 1bd}]}
                  - {id: c, starts: 10bd after signed, steps: [{id: later, takes: 1bd}, {id: last, takes: 2bd}]}
                  - {id: d, starts: 1bd after signed, steps: [{id: late, takes: 1bd}]}
                """
            )
        )
    )
    assert plan["next"].starts == Range(6, 6)
    assert plan["next"].earliest["signed"] == Range(7, 7)
    assert (plan["later"].starts, plan["later"].earliest["signed"]) == (Range(10, 10), Range(11, 11))
    assert plan["late"].earliest["signed"] == Range(14, 14)


def test_a_calendar_says_how_long_a_week_and_a_day_are() -> None:
    subject = subject_from(
        {
            "p.yaml": """\
            playbook: p
            calendar: six
            anchors: {signed: {event: deal.closed_won, start: true}}
            stages:
              - id: a
                steps:
                  - {id: one, due: 1w after signed, takes: 5bh}
            """,
            "c.yaml": """\
            calendar: six
            working_days: [mon, tue, wed, thu, fri, sat]
            working_hours: 08:00-18:00
            """,
        }
    )
    (step,) = relative_schedule(subject.playbook).steps
    assert (step.starts, step.ends) == (Range(5.5, 5.5), Range(6, 6))


@pytest.mark.parametrize(
    "steps",
    [
        "[{id: one, due: 1d after two}, {id: two, due: 1d after one}]",
        "[{id: one, due: 1d after one}]",
        "[{id: one, due: 1d after nothing_known}, {id: two, due: 50% between signed and nothing_known}]",
        "[{id: one, after: two}, {id: two, after: one}]",
        "[{id: one, takes: 2w..}, {id: two, takes: ..2w, due: 1d.. after signed}]",
    ],
)
def test_nothing_is_raised_on_odd_timers(steps: str) -> None:
    anchors = "anchors: {signed: {event: deal.closed_won, start: true}}"
    playbook = compiled(f"playbook: p\n{anchors}\nstages: [{{id: a, steps: {steps}}}]\n")
    schedule = relative_schedule(playbook)
    assert len(schedule.steps) + len(schedule.unplaced) == len(playbook.process.tasks)


def test_every_shipped_playbook_has_a_schedule_with_all_its_steps() -> None:
    for subject in shipped().values():
        for playbook in (subject.playbook, *subject.playbook.variants):
            schedule = relative_schedule(playbook)
            assert len(schedule.steps) + len(schedule.unplaced) == len(playbook.process.tasks)
            assert {step.anchor for step in schedule.steps} <= set(schedule.anchors)


def test_ranges_add_up() -> None:
    for low, high in product((0.0, 2.0), (3.0, 5.0)):
        one, other = Range(low, high), Range(1, 4)
        assert one.plus(other) == Range(low + 1, high + 4)
        assert one.less(other) == Range(low - 4, high - 1)
        assert one.either(other) == Range(min(low, 1), max(high, 4))
