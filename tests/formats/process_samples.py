"""Processes for the tests of BPMN, of the project and at random, and how their pictures are measured."""

from __future__ import annotations

import json
import random
from collections import Counter
from functools import lru_cache
from itertools import combinations, pairwise

from hypothesis import strategies as st

from playbook.formats import bpmn
from playbook.formats.layout.processes.arrangement import Arrangement, Bounds
from playbook.shapes.process import ACTIVITIES, ProcessModel
from playbook.views.process import process
from playbook.views.subject import Subject
from subjects import shipped, subject_from


@lru_cache(maxsize=1)
def subjects() -> dict[str, Subject]:
    """Every playbook of the project and every variant, by its name."""
    found = {}
    for name, subject in shipped().items():
        found[name] = subject
        for variant in subject.playbook.variants:
            found[f"{name}.{variant.variant}"] = Subject(variant, subject.workspace)
    return found


@lru_cache(maxsize=1)
def models() -> dict[str, ProcessModel]:
    """Their processes."""
    return {name: process(subject) for name, subject in subjects().items()}


@lru_cache(maxsize=1)
def files() -> dict[str, bytes]:
    """Their BPMN files, each written once for all tests."""
    return {name: bpmn.write(model) for name, model in models().items()}


@st.composite
def random_subjects(draw: st.DrawFn) -> Subject:
    """A playbook with all that orders work, put together at random; also such as make no sense."""
    names = [f"stage{number}" for number in range(draw(st.integers(1, 3)))]
    steps = [f"{name}_s{number}" for name in names for number in range(draw(st.integers(0, 4)))]
    stages = [_stage(draw, name, names, steps) for name in names]
    playbook: dict[str, object] = {
        "playbook": "p",
        "ends": {"done": {"success": True}, "lost": {}},
        "milestones": {"value": {"stage": names[0]}},
        "stages": stages,
    }
    if steps and draw(st.booleans()):
        leads = draw(st.sampled_from([{"back_to": steps[0], "at_most": 2}, {"end": "lost"}]))
        at = draw(st.sampled_from([names[-1], steps[-1]]))
        playbook["handoffs"] = {"h": {"from": "ae", "to": "csm", "at": at, "reject": leads}}
    ways = draw(st.sampled_from([{}, {"end": "lost"}, {"to": names[0]}, {"to": names[-1]}, {"run": "rescue"}]))
    if ways:
        signs: list[dict[str, object]] = [
            {"event": "deal.closed_won"},
            {"when": "account.x"},
            {"silent": {"for": "14d"}},
        ]
        playbook["interrupts"] = {"i": {**draw(st.sampled_from(signs)), **ways}}
    return subject_from({"p.yaml": json.dumps(playbook)})


def _stage(draw: st.DrawFn, name: str, names: list[str], steps: list[str]) -> dict[str, object]:
    own = [step for step in steps if step.startswith(name)]
    stage: dict[str, object] = {"id": name, "parallel": draw(st.booleans())}
    stage["steps"] = [_step(draw, step, own, steps) for step in own]
    if len(own) > 1 and draw(st.integers(0, 2)) == 0:
        stage["choose"] = [{draw(st.sampled_from(("one_of", "any_of"))): own[:2]}]
    at = names.index(name)
    if at and draw(st.integers(0, 3)) == 0:
        stage["overlaps"] = names[at - 1]
    if draw(st.integers(0, 2)) == 0:
        to = draw(st.lists(st.sampled_from([*names, "done", "lost"]), min_size=1, max_size=3))
        stage["next"] = [{"to": each, "when": f"account.n == {number}"} for number, each in enumerate(to)]
    return stage


def _step(draw: st.DrawFn, name: str, own: list[str], steps: list[str]) -> dict[str, object]:
    step: dict[str, object] = {"id": name, "do": draw(st.sampled_from(("Do it", "Write the brief " * 6)))}
    if draw(st.integers(0, 3)) == 0:
        step["when"] = "account.x"
    if draw(st.integers(0, 3)) == 0:
        step["after"] = draw(st.lists(st.sampled_from(steps), min_size=1, max_size=2))
    if draw(st.integers(0, 3)) == 0:
        step["sla"] = {"breach": "1.5bd", "escalate": draw(st.sampled_from(([], ["csm"])))}
    if draw(st.integers(0, 3)) == 0:
        leads = draw(st.sampled_from([{"back_to": own[0], "at_most": 2, "end": "lost"}, {"end": "lost"}]))
        step["approval"] = {"by": "csm", "within": "1bd", "on_silence": "escalate", "on_reject": leads}
    step["need"] = draw(st.sampled_from(("required", "required", "optional", "forbidden")))
    step["raci"] = {"R": draw(st.sampled_from(("csm", "ae")))}
    step["automation"] = draw(st.sampled_from(("manual", "automated")))
    return step


# -- measuring -----------------------------------------------------------------------------------


def flaws_of(model: ProcessModel, arranged: Arrangement) -> list[str]:
    """What is wrong in a picture: shapes or labels that overlap, flows through shapes, parts outside of theirs."""
    nodes = {node.id: node for node in (*model.nodes, *(n for h in model.handlers for n in h.nodes))}
    hosts = {(node.id, node.host) for node in model.nodes if node.host}
    hosts |= {(host, timer) for timer, host in hosts}
    found = []
    for one, other in combinations(nodes, 2):
        if (one, other) not in hosts and _touch(arranged.shapes[one], arranged.shapes[other]):
            found.append(f"{one} overlaps {other}")
    labels = [(id_, box) for id_, box in arranged.labels.items() if not id_.startswith("stage.")]
    for (one, box), (other, second) in combinations(labels, 2):
        if _touch(box, second):
            found.append(f"the labels of {one} and {other} overlap")
    for id_, box in labels:
        found += [f"the label of {id_} lies on {node}" for node in nodes if _touch(box, arranged.shapes[node])]
    for flow in model.flows:
        for start, stop in pairwise(arranged.lines[flow.id]):
            if start[0] != stop[0] and start[1] != stop[1]:
                found.append(f"{flow.id} runs aslant")
            line = _box(start, stop)
            own = {flow.source, flow.target, nodes[flow.source].host}
            found += [
                f"{flow.id} runs through {id_}"
                for id_ in nodes.keys() - own
                if _touch(line, arranged.shapes[id_], 0)
            ]
    lanes = [arranged.lanes[lane.id] for lane in model.lanes]
    for node in model.nodes:
        lane = arranged.lanes.get(node.lane)
        if lane is None or not _inside(arranged.shapes[node.id], lane):
            found.append(f"{node.id} is outside of its lane")
    found += ["a lane is outside of the pool" for lane in lanes if not _inside(lane, arranged.pool)]
    tasks = [node.id for node in model.nodes if node.kind in ACTIVITIES]
    found += [f"{id_} has no shape" for id_ in tasks if id_ not in arranged.shapes]
    return found


def _box(start: tuple[float, float], stop: tuple[float, float]) -> Bounds:
    left, top = min(start[0], stop[0]), min(start[1], stop[1])
    return Bounds(left, top, abs(start[0] - stop[0]), abs(start[1] - stop[1]))


def _touch(one: Bounds, other: Bounds, slack: float = 0.5) -> bool:
    return (
        one.x + slack < other.x + other.width
        and other.x + slack < one.x + one.width
        and one.y + slack < other.y + other.height
        and other.y + slack < one.y + one.height
    )


def _inside(inner: Bounds, outer: Bounds) -> bool:
    return (
        inner.x >= outer.x - 0.5
        and inner.y >= outer.y - 0.5
        and inner.x + inner.width <= outer.x + outer.width + 0.5
        and inner.y + inner.height <= outer.y + outer.height + 0.5
    )


# -- playing -------------------------------------------------------------------------------------


def ends_of_a_run(model: ProcessModel, seed: int, most: int = 3000) -> tuple[list[str], int]:
    """One run of a process by the rules of BPMN's gateways alone: the ends it comes to, and the tokens left over.

    A parallel gateway takes a token from each of its flows, and an exclusive one a token from any. An inclusive
    join waits while more can come, here: until nothing else can go on. A process that is not over after so many
    steps counts as one with tokens left.
    """
    chance = random.Random(seed)
    hung = {node.id for node in model.nodes if node.host}
    into: dict[str, list[str]] = {node.id: [] for node in model.nodes}
    out: dict[str, list[str]] = {node.id: [] for node in model.nodes}
    for flow in model.flows:
        if flow.source not in hung:
            into[flow.target].append(flow.id)
            out[flow.source].append(flow.id)
    nodes = {node.id: node for node in model.nodes}
    tokens: Counter[str] = Counter(out["start"])
    ends: list[str] = []
    for _ in range(most):
        able = [node for node in into if _can_go(nodes[node].kind, into[node], tokens)]
        ready = [node for node in able if nodes[node].kind != "inclusive" or len(into[node]) == 1] or able
        if not ready:
            break
        node = chance.choice(ready)
        kind = nodes[node].kind
        held = [flow for flow in into[node] if tokens[flow]]
        tokens.subtract(held if kind in ("parallel", "inclusive") else [chance.choice(held)])
        if kind in ("end", "terminate_end"):
            ends.append(nodes[node].belongs)
            if kind == "terminate_end":
                return ends, 0
        elif kind == "exclusive":
            tokens[chance.choice(out[node])] += 1
        elif kind == "inclusive" and len(out[node]) > 1:
            tokens.update(chance.sample(out[node], chance.randint(1, len(out[node]))))
        else:
            tokens.update(out[node])
    return ends, tokens.total()


def _can_go(kind: str, into: list[str], tokens: Counter[str]) -> bool:
    held = sum(tokens[flow] > 0 for flow in into)
    return bool(into) and held == len(into) if kind == "parallel" else held > 0
