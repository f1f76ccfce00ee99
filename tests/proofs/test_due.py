"""When steps are due: the moments, and steps that are due before what they wait for, against all pairs."""

from __future__ import annotations

import json
import random
from typing import Any

import networkx
import pytest
from proof_samples import HEAD, TRACKING, compiled, messages, sample

from playbook.proofs.due import late_steps, moment_of, working_days
from playbook.text.quantities import parse_timing
from playbook.workspace import CompiledPlaybook

Entry = dict[str, Any]

ANCHORS = """\
anchors:
  closed_won: {event: deal.closed_won, start: true}
  go_live: {event: account.trained, moves: true}
  renewal: {title: Renewal}
"""


def random_stages(choose: random.Random, units: tuple[str, ...]) -> list[Entry]:
    """Stages of steps of which most are due; some in order, some not."""
    stages: list[Entry] = []
    known: list[str] = []
    day = 0
    for number in range(choose.randint(1, 4)):
        stage: Entry = {"id": f"s{number}", "steps": [], "parallel": choose.random() < 0.3}
        for at in range(choose.randint(1, 4)):
            step: Entry = {"id": f"s{number}_{at}", "do": "Do it"}
            if known and choose.random() < 0.3:
                step["after"] = choose.sample(known, 1)
            day += choose.randint(-2, 6)
            amount = max(0, day)
            form = choose.choice(["{0}{2}", "{0}{2}", "{0}{2}", "{0}..{1}{2}", "..{1}{2}", "{0}{2}.."])
            offset = form.format(amount, amount + choose.randint(0, 3), choose.choice(units))
            direction = choose.choice(["after", "after", "after", "before"])
            anchors = ["closed_won", "closed_won", "deal.closed_won", "go_live"]
            anchor = choose.choice([*anchors, *(known[-1:] if choose.random() < 0.5 else ())])
            step.update({"due": f"{offset} {direction} {anchor}"} if choose.random() < 0.85 else {})
            known.append(step["id"])
            stage["steps"].append(step)
        if number and choose.random() < 0.25:
            stage["overlaps"] = f"s{number - 1}"
        if choose.random() < 0.2 and number:
            stage["next"] = [{"to": f"s{number - 1}", "when": "account.late", "at_most": 2}]
            stage["next"].append({"to": "done", "otherwise": True})
        stages.append(stage)
        if "next" in stage:
            break
    return stages


def all_pairs(playbook: CompiledPlaybook) -> set[tuple[str, str]]:
    """Every step with every one behind it that is over, for sure, before the first one can be due."""
    process = playbook.process
    graph = networkx.DiGraph()
    graph.add_edges_from((flow.source, flow.target) for flow in process.flows if flow.kind != "rework")
    moments = {}
    for node, task in process.tasks.items():
        due = playbook.steps[task.step].due
        moments[node] = moment_of(playbook, due) if due else None
    found = set()
    for node, moment in moments.items():
        for behind in networkx.descendants(graph, node) & moments.keys() if moment else ():
            later = moments[behind]
            if moment is None or later is None or later.latest is None or later.anchor != moment.anchor:
                continue
            if moment.earliest.is_longer_than(later.latest):
                found.add((node, behind))
    return found


def told(playbook: CompiledPlaybook) -> set[tuple[str, str]]:
    return {(late.task.id, each.id) for late in late_steps(playbook) for each in late.followers}


def with_stages(stages: list[Entry]) -> CompiledPlaybook:
    return sample(f"{ANCHORS}stages: {json.dumps(stages)}\n")


@pytest.mark.parametrize("hundred", range(3))
def test_steps_due_too_late_against_all_pairs(hundred: int) -> None:
    """Of all that is ahead of a step, what is due last is told."""
    seen = [0, 0]
    for seed in range(hundred * 100, hundred * 100 + 100):
        stages = random_stages(random.Random(seed), ("d",))
        playbook = with_stages(stages)
        pairs, found = all_pairs(playbook), told(playbook)
        assert found <= pairs, stages
        assert {behind for _, behind in found} == {behind for _, behind in pairs}, stages
        seen[bool(pairs)] += 1
    assert min(seen) > 10, seen


@pytest.mark.parametrize("hundred", range(2))
def test_no_pair_is_told_that_is_not_sure(hundred: int) -> None:
    count = 0
    for seed in range(2_000 + hundred * 100, 2_100 + hundred * 100):
        stages = random_stages(random.Random(seed), ("d", "bd", "w", "h"))
        playbook = with_stages(stages)
        found = told(playbook)
        assert found <= all_pairs(playbook), stages
        count += len(found)
    assert count > 20


def test_a_step_due_too_early_is_told_whatever_lies_between() -> None:
    steps = [
        {"id": f"a{at}", "do": "Do it", "due": f"{due} after closed_won"}
        for at, due in enumerate(("5d", "4bd", "4d"), 1)
    ]
    assert told(with_stages([{"id": "a", "steps": steps}])) == {("step.a1", "step.a3")}


def test_a_step_due_too_early_by_a_week_of_four_days() -> None:
    """From any day, 5 days of a week of 4 take 8 days."""
    steps = "{id: a1, do: Do it, due: 5bd after go_live}, {id: a2, do: Do it, due: 7d after go_live}"
    text = f"{HEAD}calendar: short\n{ANCHORS}stages: [{{id: a, steps: [{steps}]}}]\n"
    calendar = "calendar: short\nworking_days: [mon, tue, wed, thu]\n"
    playbook = compiled(text, TRACKING, calendar)
    assert all_pairs(playbook) == {("step.a1", "step.a2")}
    assert told(playbook) == {("step.a1", "step.a2")}


def test_a_step_due_too_early_is_told_whatever_a_chain_mixes() -> None:
    dues = ("3bd after closed_won", "5d after closed_won", "1d after a1", "4d after closed_won")
    steps = [{"id": f"a{at}", "do": "Do it", "due": due} for at, due in enumerate(dues, 1)]
    playbook = with_stages([{"id": "a", "steps": steps}])
    assert {behind for _, behind in told(playbook)} == {behind for _, behind in all_pairs(playbook)}


# -- moments ---------------------------------------------------------------------------------------------

STEPS = """\
milestones:
  value: {event: account.first_report}
  same: {event: deal.closed_won}
  own: {when: account.big}
stages:
  - id: a
    due: 1w after closed_won
    steps:
      - {id: a1, do: Do it, due: 3d after closed_won}
      - {id: a2, do: Do it, due: 2..4d after a1}
      - {id: a3, do: Do it, due: 1w before go_live}
      - {id: a4, do: Do it, due: 1d after a3}
      - {id: a5, do: Do it}
      - {id: a6, do: Do it, due: 1d after a5}
      - {id: a7, do: Do it, due: 50% between closed_won and go_live}
      - {id: a8, do: Do it, due: 2d.. after a1}
      - {id: a9, do: Do it, due: 1d after a8}
  - id: b
    steps: [{id: b1, do: Do it}]
"""
PLAIN = "playbook: sample\nends: {done: {success: true}}\n" + ANCHORS + STEPS


@pytest.mark.parametrize(
    ("timing", "expected"),
    [
        ("5d after closed_won", ("deal.closed_won", "5 days", "5 days")),
        ("5d after deal.closed_won", ("deal.closed_won", "5 days", "5 days")),
        ("5d after closed_won.reached", ("deal.closed_won", "5 days", "5 days")),
        ("5d after same", ("deal.closed_won", "5 days", "5 days")),
        ("5d after value", ("account.first_report", "5 days", "5 days")),
        ("5d after value.reached", ("account.first_report", "5 days", "5 days")),
        ("5d after own", ("own", "5 days", "5 days")),
        ("5d after renewal", ("renewal", "5 days", "5 days")),
        ("0d after closed_won", ("deal.closed_won", "no time", "no time")),
        ("2..5d after closed_won", ("deal.closed_won", "2 days", "5 days")),
        ("..5d after closed_won", ("deal.closed_won", "no time", "5 days")),
        ("2d.. after closed_won", ("deal.closed_won", "2 days", None)),
        ("5d before closed_won", ("deal.closed_won", "-5 days", "-5 days")),
        ("2..5d before closed_won", ("deal.closed_won", "-5 days", "-2 days")),
        ("..5d before closed_won", ("deal.closed_won", "-5 days", "no time")),
        ("2d.. before closed_won", None),
        ("50% between closed_won and go_live", None),
        ("1d after a1", ("deal.closed_won", "4 days", "4 days")),
        ("1d after a1.completed", ("deal.closed_won", "4 days", "4 days")),
        ("1d after a2", ("deal.closed_won", "6 days", "8 days")),
        ("1d before a2", ("deal.closed_won", "4 days", "6 days")),
        ("1d after a4", ("account.trained", "2 days and -1 weeks", "2 days and -1 weeks")),
        ("1d after a5", None),
        ("1d after a6", None),
        ("1d after a7", None),
        ("1d after a8", ("deal.closed_won", "6 days", None)),
        ("1d after a9", ("deal.closed_won", "7 days", None)),
        ("1d before a8", ("deal.closed_won", "4 days", None)),
        ("1d after a", ("deal.closed_won", "1 day and 1 week", "1 day and 1 week")),
        ("1d after a.exited", ("deal.closed_won", "1 day and 1 week", "1 day and 1 week")),
        ("1d after a.entered", None),
        ("1d after b", None),
    ],
)
def test_moments(timing: str, expected: tuple[str, str, str | None] | None) -> None:
    moment = moment_of(compiled(PLAIN), parse_timing(timing))
    if expected is None:
        assert moment is None
        return
    assert moment is not None
    assert (moment.anchor, moment.earliest.in_words()) == expected[:2]
    assert (moment.latest.in_words() if moment.latest else None) == expected[2]


def chain(length: int, *, backwards: bool) -> str:
    steps = ["{id: a0, do: Do it, due: 1d after closed_won}"]
    steps += [f"{{id: a{number}, do: Do it, due: 1d after a{number - 1}}}" for number in range(1, length)]
    return (
        ANCHORS
        + f"stages: [{{id: a, parallel: true, steps: [{', '.join(steps[::-1] if backwards else steps)}]}}]\n"
    )


@pytest.mark.parametrize("backwards", [False, True])
def test_chains_of_timers(backwards: bool) -> None:
    playbook = sample(chain(15, backwards=backwards))
    list(late_steps(playbook))
    moment = moment_of(playbook, parse_timing("1d after a14"))
    assert moment is not None
    assert moment.earliest.in_words() == "16 days"


def test_a_chain_too_long_does_not_hide_its_beginning() -> None:
    playbook = sample(chain(30, backwards=True))
    moment_of(playbook, parse_timing("1d after a29"))
    assert moment_of(playbook, parse_timing("1d after a9")) is not None


@pytest.mark.parametrize("dues", [["a1"], ["a2", "a1"], ["a2", "a3", "a1"], ["a2", "a3", "a2"], ["a"]])
def test_circles_of_timers_have_no_moment(dues: list[str]) -> None:
    steps = ", ".join(f"{{id: a{at}, do: Do it, due: 1d after {due}}}" for at, due in enumerate(dues, 1))
    playbook = sample(f"stages: [{{id: a, due: 1d after a1, steps: [{steps}]}}]\n")
    assert moment_of(playbook, parse_timing("1d after a1")) is None
    assert list(late_steps(playbook)) == []


@pytest.mark.parametrize(
    ("days", "count"), [("", 5), ("working_days: [mon, tue, wed]", 3), ("working_days: [sun, mon, sun]", 2)]
)
def test_working_days_of_the_calendar(days: str, count: int) -> None:
    text = f"{HEAD}calendar: emea\nstages: [{{id: a, steps: [{{id: a1, do: Do it}}]}}]\n"
    assert working_days(compiled(text, TRACKING, f"calendar: emea\n{days}\n")) == count
    assert working_days(compiled(text.replace("calendar: emea\n", ""))) == 5


# -- the rule --------------------------------------------------------------------------------------------


def test_messages() -> None:
    steps = [
        f"{{id: a{at}, do: Do it, due: {due} after closed_won}}" for at, due in enumerate(("5d", "2d", "3d"), 1)
    ]
    text = f"{ANCHORS}stages: [{{id: a, steps: [{', '.join(steps)}]}}]\n"
    assert messages("SLA010", text) == [
        'the step "Do it" (a2) and the step "Do it" (a3) are due before the step "Do it" (a1) '
        "(5d after closed_won), for which they wait"
    ]
    one = f"{ANCHORS}stages: [{{id: a, steps: [{', '.join(steps[:2])}]}}]\n"
    assert messages("SLA010", one) == [
        'the step "Do it" (a2) is due before the step "Do it" (a1) (5d after closed_won), for which it waits'
    ]


@pytest.mark.parametrize(
    ("stage", "step", "told_of"),
    [
        ("sla: {breach: 2bd}", "sla: {breach: 3bd}", ["the SLA of", "longer than the SLA of the stage"]),
        ("sla: {breach: 3bd}", "sla: {breach: 3bd}", []),
        ("sla: {breach: 2d}", "takes: 3..4d", ["the work of", "longer than the SLA of the stage"]),
        ("sla: {breach: 3d}", "takes: 3..4d", []),
        ("", "takes: 3d, sla: {breach: 2d}", ["the work of", "longer than the SLA of the step"]),
        ("", "approval: {by: csm, within: 3d}, sla: {breach: 2d}", ["the approval of"]),
        ("", "approval: {by: csm, within: 2d}, sla: {breach: 2d}", []),
        ("", "sla: {warn: 3d, breach: 2d}", ["the warning comes after 3d"]),
        ("", "sla: {warn: 1d, breach: 2d}", []),
        ("", "sla: {warn: 60min, breach: 1h}", []),
        ("sla: {warn: 3d, breach: 2d}", "takes: 1d", ["the warning comes after 3d"]),
        ("sla: {breach: 2d..}", "takes: 3d", []),
    ],
)
def test_parts_and_wholes(stage: str, step: str, told_of: list[str]) -> None:
    inside = f"{{id: a, {stage}{', ' if stage else ''}steps: [{{id: a1, do: Do it, {step}}}]}}"
    found = messages("SLA008", f"stages: [{inside}]\n")
    assert len(found) == bool(told_of)
    assert all(part in message for part in told_of for message in found)
