"""The critical path, compared with the longest path of networkx; time frames; the rule."""

from __future__ import annotations

import json
import random
from typing import Any

import networkx
import pytest
from proof_samples import HEAD, compiled, messages, sample

from playbook.core.process import START
from playbook.proofs.critical import critical_path, is_surely_shorter, time_frame
from playbook.proofs.spans import Span
from playbook.workspace import CompiledPlaybook

Entry = dict[str, Any]


def random_stages(choose: random.Random) -> list[Entry]:
    """Stages without alternatives: in sequence, beside each other, and with steps that wait across stages."""
    stages: list[Entry] = []
    known: list[str] = []
    for number in range(choose.randint(1, 5)):
        stage: Entry = {"id": f"s{number}", "steps": [], "parallel": choose.random() < 0.5}
        for at in range(choose.randint(0, 4)):
            step: Entry = {"id": f"s{number}_{at}", "do": "Do it"}
            if known and choose.random() < 0.35:
                step["after"] = choose.sample(known, min(len(known), choose.randint(1, 2)))
            if choose.random() < 0.8:
                low = choose.randint(0, 30)
                step["takes"] = choose.choice((f"{low}d", f"{low}..{low + 5}d", "..4d", f"{low}d.."))
            step.update({"when": "account.big"} if choose.random() < 0.1 else {})
            step.update({"need": "optional"} if choose.random() < 0.1 else {})
            known.append(step["id"])
            stage["steps"].append(step)
        stage.update({"takes": f"{choose.randint(0, 60)}d"} if choose.random() < 0.3 else {})
        if number and choose.random() < 0.4:
            stage["overlaps"] = [choose.choice(stages)["id"] for _ in range(choose.randint(1, 2))]
        stages.append(stage)
    return stages


def longest(playbook: CompiledPlaybook, goal: str) -> tuple[float, networkx.DiGraph]:
    """The longest path to a node by networkx; a stage with a time of its own is a path beside its steps."""
    graph = networkx.DiGraph()
    for flow in playbook.process.flows:
        assert flow.mode == "together"
        graph.add_edge(flow.source, flow.target, weight=days_of(playbook, flow.target))
    for id_, stage in playbook.stages.items():
        if stage.takes:
            graph.add_edge(f"enter.{id_}", f"whole.{id_}", weight=stage.takes.low or 0)
            graph.add_edge(f"whole.{id_}", f"exit.{id_}", weight=0)
    ahead = graph.subgraph({goal, *networkx.ancestors(graph, goal)})
    return networkx.dag_longest_path_length(ahead), graph


def days_of(playbook: CompiledPlaybook, node: str) -> float:
    task = playbook.process.tasks.get(node)
    step = playbook.steps[task.step] if task else None
    if step is None or step.takes is None or step.when or step.need != "required":
        return 0
    return step.takes.low or 0


@pytest.mark.parametrize("hundred", range(2))
def test_the_longest_path(hundred: int) -> None:
    through_stages = 0
    for seed in range(hundred * 100, hundred * 100 + 100):
        stages = random_stages(random.Random(seed))
        playbook = sample(f"stages: {json.dumps(stages)}\n")
        path = critical_path(playbook)
        assert path is not None
        assert path.goal == "end.done"
        expected, graph = longest(playbook, "end.done")
        assert path.length.usual_days == path.length.least_days == expected, stages
        for node, following in zip((START, *path.nodes), (*path.nodes, "end.done"), strict=True):
            assert networkx.has_path(graph, node, following)
        times = [
            playbook.stages[node.removeprefix("enter.")].takes if node.startswith("enter.") else None
            for node in path.nodes
        ]
        through_stages += any(times)
        total = sum(
            (takes.low or 0) if takes else days_of(playbook, node)
            for node, takes in zip(path.nodes, times, strict=True)
        )
        assert total == expected
        steps = [step.takes for step in playbook.steps.values()]
        work = [*steps, *(stage.takes for stage in playbook.stages.values())]
        all_work = sum(takes.low or 0 for takes in work if takes)
        for frame in (expected, all_work, all_work + 1):
            limit = Span().plus(frame, "d")
            assert not is_surely_shorter(playbook, limit) or not path.length.is_longer_than(limit)
        assert is_surely_shorter(playbook, Span().plus(all_work + 1, "d"))
    assert through_stages > 10


def stage(id_: str, *takes: str, rest: str = "") -> str:
    steps = ", ".join(f"{{id: {id_}{at}, do: Do it, takes: {each}}}" for at, each in enumerate(takes, 1))
    return f"  - {{id: {id_}, {rest}{', ' if rest else ''}steps: [{steps}]}}\n"


def path_of(*stages: str, head: str = "") -> tuple[str, tuple[str, ...]]:
    path = critical_path(sample(head + "stages:\n" + "".join(stages)))
    assert path is not None
    return path.length.in_words(), path.nodes


FORK = "next: [{to: b, when: account.big}, {to: c, otherwise: true}]"


def test_the_shortest_of_alternatives() -> None:
    ways = (stage("a", rest=FORK), stage("b", "5d", rest="next: d"), stage("c", "3d"), stage("d", "1d"))
    assert path_of(*ways) == ("4 days", ("step.c1", "step.d1"))
    choice = stage("a", "5d", "2d", rest="choose: {one_of: [a1, a2]}")
    assert path_of(choice) == ("2 days", ("step.a2",))


def test_of_a_choice_of_several_the_shortest_is_enough() -> None:
    assert path_of(stage("a", "5d", "2d", rest="choose: {any_of: [a1, a2]}")) == ("2 days", ("step.a2",))


def test_ways_back_take_no_time() -> None:
    back = "next: [{to: a, when: account.late, at_most: 2}, {to: done, otherwise: true}]"
    assert path_of(stage("a", "1d"), stage("b", "2d", rest=back)) == ("3 days", ("step.a1", "step.b1"))


def test_units_are_added_by_themselves() -> None:
    assert path_of(stage("a", "1d", "2bd", "3d")) == (
        "2 business days and 4 days",
        ("step.a1", "step.a2", "step.a3"),
    )


def test_the_way_to_the_outcome_ends_with_the_stage_that_asks_for_it() -> None:
    head = "outcome: {achieved: value.reached, within: 5d after closed_won}\n"
    head += "anchors: {closed_won: {event: deal.closed_won, start: true}}\n"
    stages = (stage("a", "2d", rest="exit: value.reached"), stage("b", "9d"))
    assert path_of(*stages, head=head) == ("2 days", ("step.a1",))
    assert path_of(*stages, head=head.replace("achieved: value.reached, ", "")) == (
        "11 days",
        ("step.a1", "step.b1"),
    )


def test_no_way_leads_to_the_goal() -> None:
    text = "stages:\n" + stage("a", "2d", rest="next: lost")
    assert critical_path(sample(text)) is None
    several = HEAD.replace("lost: {}", "lost: {success: true}") + "stages:\n" + stage("a", "2d")
    assert critical_path(compiled(several)) is None


# -- time frames -----------------------------------------------------------------------------------------

ANCHORS = "anchors: {closed_won: {event: deal.closed_won, start: true}, go_live: {event: account.trained}}\n"


@pytest.mark.parametrize(
    ("within", "frame"),
    [
        ("90d after closed_won", "90 days"),
        ("90d after deal.closed_won", "90 days"),
        ("60..90d after closed_won", "90 days"),
        ("60d.. after closed_won", None),
        ("90d after go_live", None),
        ("90d before closed_won", "-90 days"),
        ("50% between closed_won and go_live", None),
        ("2w after a1", "2 weeks and 3 days"),
    ],
)
def test_time_frames(within: str, frame: str | None) -> None:
    steps = "steps: [{id: a1, do: Do it, due: 3d after closed_won}]"
    playbook = sample(f"{ANCHORS}outcome: {{within: {within}}}\nstages: [{{id: a, {steps}}}]\n")
    found = time_frame(playbook)
    assert (found.in_words() if found else None) in (frame, _turned(frame))


def _turned(frame: str | None) -> str | None:
    return " and ".join(reversed(frame.split(" and "))) if frame else None


def test_without_an_outcome_there_is_no_frame() -> None:
    assert time_frame(sample("stages: [{id: a, steps: [{id: a1, do: Do it}]}]\n")) is None


@pytest.mark.parametrize(
    ("within", "takes", "is_longer"),
    [
        ("10d", ["5d", "6d"], True),
        ("10d", ["5d", "5d"], False),
        ("10d", ["5..9d", "5..9d"], False),
        ("10d", ["10bd"], True),
        ("10d", ["8bd"], False),
        ("1mo", ["5w"], True),
        ("1mo", ["4w"], False),
        ("2w", ["1d"], False),
    ],
)
def test_the_rule(within: str, takes: list[str], is_longer: bool) -> None:
    text = f"{ANCHORS}outcome: {{within: {within} after closed_won}}\nstages:\n" + stage("a", *takes)
    assert bool(messages("SLA002", text)) == is_longer


def test_the_message() -> None:
    text = f"{ANCHORS}outcome: {{within: 1w after closed_won}}\nstages:\n" + stage("a", "5d") + stage("b", "5d")
    assert messages("SLA002", text) == [
        "the outcome is to be reached 1w after closed_won, but the work up to it takes at least 10 days: "
        'the step "Do it" (a1) and the step "Do it" (b1)'
    ]
