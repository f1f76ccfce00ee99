"""Questions about the graph, compared with networkx on random processes."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.core.process import START, End, Flow, Interrupt, Process, Task
from playbook.core.reach import leading_to_an_end, reachable_from_start, unbounded_cycles

STAGES = ("first", "second")


@st.composite
def processes(draw: st.DrawFn) -> Process:
    """A start, some tasks, the gates of two stages and an end, in any order and joined at random."""
    steps = [f"step.s{number}" for number in range(draw(st.integers(0, 7)))]
    gates = [f"enter.{stage}" for stage in STAGES]
    rest = draw(st.permutations([*steps, *gates, "end.done", "end.lost"]))
    nodes = {node: ("stages", index) for index, node in enumerate([START, *rest])}
    kinds = st.sampled_from(("sequence", "sequence", "rework"))
    pairs = st.tuples(st.sampled_from(list(nodes)), st.sampled_from(list(nodes)), kinds, st.booleans())
    flows = tuple(
        Flow(source, target, ("stages",), kind, bounded=bounded)
        for source, target, kind, bounded in draw(st.lists(pairs, max_size=18))
    )
    interrupts = tuple(
        Interrupt(f"i{number}", ("interrupts",), stages, target)
        for number, (stages, target) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.lists(st.sampled_from(STAGES), unique=True).map(tuple),
                        st.none() | st.sampled_from(list(nodes)),
                    ),
                    max_size=2,
                )
            )
        )
    )
    tasks = {node: Task(node, node.removeprefix("step."), "first", nodes[node]) for node in nodes if node in steps}
    ends = {node: End(node, node.removeprefix("end."), nodes[node], True) for node in nodes if node[:4] == "end."}
    return Process(nodes, tasks, {}, ends, flows, interrupts)


def graph_of(process: Process, *, bounded: bool = True, interrupts: bool = False) -> networkx.DiGraph:
    graph = networkx.DiGraph()
    graph.add_nodes_from(process.nodes)
    graph.add_edges_from((flow.source, flow.target) for flow in process.flows if bounded or not flow.bounded)
    if interrupts:
        for interrupt in process.interrupts:
            if interrupt.target is not None:
                graph.add_edges_from((f"enter.{stage}", interrupt.target) for stage in interrupt.stages)
    return graph


@given(processes())
def test_reachable_from_start(process: Process) -> None:
    graph = graph_of(process, interrupts=True)
    assert reachable_from_start(process) == networkx.descendants(graph, START) | {START}


@given(processes())
def test_leading_to_an_end(process: Process) -> None:
    graph = graph_of(process)
    expected = {node for end in process.ends for node in networkx.ancestors(graph, end) | {end}}
    assert leading_to_an_end(process) == expected


@given(processes())
def test_unbounded_cycles(process: Process) -> None:
    graph = graph_of(process, bounded=False)
    cycles = unbounded_cycles(process)
    position = {node: index for index, node in enumerate(process.nodes)}
    assert bool(cycles) == (not networkx.is_directed_acyclic_graph(graph))
    for cycle in cycles:
        # A real cycle, of which no node comes twice, told from the step that is written first.
        assert len(set(cycle)) == len(cycle)
        assert set(edges_of(cycle)) <= set(graph.edges)
        assert cycle[0] == min(cycle, key=lambda node: (node not in process.tasks, position[node]))
    told = [[position[node] for node in cycle] for cycle in cycles]
    assert told == sorted(told)
    assert len({tuple(cycle) for cycle in cycles}) == len(cycles)


@given(processes())
def test_every_way_back_that_is_not_bounded_is_told(process: Process) -> None:
    graph = graph_of(process, bounded=False)
    cycles = unbounded_cycles(process)
    backward = {(flow.source, flow.target) for flow in process.flows if flow.kind == "rework" and not flow.bounded}
    for source, target in backward:
        closing = [cycle for cycle in cycles if (source, target) in edges_of(cycle)]
        assert bool(closing) == networkx.has_path(graph, target, source)
    # What goes round without a way back is told as well.
    graph.remove_edges_from(backward)
    for part in networkx.strongly_connected_components(graph):
        if len(part) > 1 or graph.has_edge(*(2 * tuple(part))):
            assert any(set(cycle) <= part and not backward & set(edges_of(cycle)) for cycle in cycles)


def edges_of(cycle: list[str]) -> list[tuple[str, str]]:
    return list(zip(cycle, [*cycle[1:], cycle[0]], strict=True))


@given(processes(), st.randoms(use_true_random=False))
def test_the_order_in_which_flows_are_written_changes_no_answer(process: Process, shuffle: random.Random) -> None:
    flows = list(process.flows)
    shuffle.shuffle(flows)
    other = Process(process.nodes, process.tasks, process.gates, process.ends, tuple(flows), process.interrupts)
    assert reachable_from_start(other) == reachable_from_start(process)
    assert leading_to_an_end(other) == leading_to_an_end(process)
    assert bool(unbounded_cycles(other)) == bool(unbounded_cycles(process))


MANY_CYCLES = """
import random
from playbook.core.process import START, Flow, Process
from playbook.core.reach import unbounded_cycles

for seed in range(150):
    # Small knots in a large graph: networkx then walks along sets.
    choose = random.Random(seed)
    knots = [[f"step.s{knot}_{n}" for n in range(8)] for knot in range(8)]
    nodes = {START: ("stages",), **{name: ("stages",) for knot in knots for name in knot}}
    flows = tuple(
        Flow(choose.choice(knot), choose.choice(knot), ("stages",), choose.choice(("sequence", "rework")))
        for knot in knots[:3]
        for _ in range(20)
    )
    print(unbounded_cycles(Process(nodes, flows=flows)))
"""


def test_cycles_are_the_same_with_any_hash_seed() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", MANY_CYCLES],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2", "3")
    ]
    assert runs[0].count(b"\n") == 150
    assert runs[0] == runs[1] == runs[2]


@given(processes())
def test_neighbours_and_graph_tell_the_same(process: Process) -> None:
    edges = sorted((flow.source, flow.target) for flow in process.flows)
    assert sorted((source, flow.target) for source, out in process.successors.items() for flow in out) == edges
    assert sorted((flow.source, target) for target, into in process.predecessors.items() for flow in into) == edges
    assert sorted((source, target) for source, target, _ in process.graph.edges) == edges
    assert list(process.graph.nodes) == list(process.nodes)


def ring(length: int, *, bounded: bool = False) -> Process:
    """As many steps, each after the one before it, and the first after the last."""
    nodes = {START: ("stages",), **{f"step.s{number}": ("stages", number) for number in range(length)}}
    steps = [node for node in nodes if node != START]
    flows = [Flow(START, steps[0], ("stages",))]
    flows += [
        Flow(source, target, ("stages",), bounded=bounded and target == steps[0])
        for source, target in zip(steps, [*steps[1:], steps[0]], strict=True)
    ]
    tasks = {node: Task(node, node.removeprefix("step."), "first", path) for node, path in nodes.items()}
    del tasks[START]
    return Process(nodes, tasks, {}, {}, tuple(flows))


@pytest.mark.parametrize("length", [1, 2, 1_000, 20_000])
def test_a_ring_is_one_cycle(length: int) -> None:
    (cycle,) = unbounded_cycles(ring(length))
    assert cycle == [f"step.s{number}" for number in range(length)]


@pytest.mark.parametrize("length", [1, 2, 1_000])
def test_a_bounded_ring_is_none(length: int) -> None:
    assert unbounded_cycles(ring(length, bounded=True)) == []


def test_an_interrupt_is_no_way_to_an_end_but_reaches_it() -> None:
    nodes = {START: ("stages",), "enter.first": ("stages", 0), "end.stopped": ("ends", "stopped")}
    ends = {"end.stopped": End("end.stopped", "stopped", ("ends", "stopped"), False)}
    flows = (Flow(START, "enter.first", ("stages", 0)),)
    interrupts = (Interrupt("gone", ("interrupts", "gone"), ("first",), "end.stopped"),)
    process = Process(nodes, {}, {}, ends, flows, interrupts)
    assert "end.stopped" in reachable_from_start(process)
    assert leading_to_an_end(process) == {"end.stopped"}


def test_an_empty_process_has_answers() -> None:
    process = Process({START: ("stages",)})
    assert reachable_from_start(process) == {START}
    assert leading_to_an_end(process) == set()
    assert unbounded_cycles(process) == []
