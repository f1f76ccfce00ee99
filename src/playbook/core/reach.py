"""Questions about a process that a linter asks on every run, answered in linear time.

networkx is loaded only once a cycle is known to exist: importing it takes longer than a whole check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.core.process import START, Process
from playbook.core.walks import in_order, reached

if TYPE_CHECKING:
    import networkx


def reachable_from_start(process: Process) -> frozenset[str]:
    """Nodes that the start leads to, by flows or by an interrupt of a stage that is reached."""
    return process.reachable


def reachable_but_for_removals(edited: Process, former: Process) -> set[str]:
    """Parts that the start would lead to if nothing had been taken out of ``former`` to make ``edited``.

    Parts are tasks, ends, and the entries and exits of stages. One that was taken out leads on where it led
    before, and so does one that has lost ways out and got no new one. What was turned elsewhere has only its
    new ways.
    """
    ways = _ways_between_parts(edited)
    for part, targets in _ways_between_parts(former).items():
        now = ways.setdefault(part, {})
        turned = not now.keys() <= targets.keys()
        now.update((target, None) for target in targets if not turned or target not in edited.nodes)
    kept = {interrupt.id for interrupt in edited.interrupts if interrupt.target is not None}
    for interrupt in former.interrupts:
        if interrupt.id not in kept and interrupt.target is not None:
            for stage in interrupt.stages:
                ways[f"enter.{stage}"][interrupt.target] = None
    return reached([START], {part: list(targets) for part, targets in ways.items()})


def _ways_between_parts(process: Process) -> dict[str, dict[str, None]]:
    """Which parts each part leads to, over the gates where ways part and meet."""
    following = _following(process)
    between = {id_ for id_, gate in process.gates.items() if gate.kind not in ("entry", "exit")}
    ways: dict[str, dict[str, None]] = {}
    for part in following:
        if part not in between:
            ways[part] = {}
            pending, seen = list(following[part]), set()
            while pending:
                node = pending.pop()
                if node not in between:
                    ways[part][node] = None
                elif node not in seen:
                    seen.add(node)
                    pending.extend(following[node])
    return ways


def _following(process: Process) -> dict[str, list[str]]:
    """What follows each node, by flows or by an interrupt of a stage."""
    following = {node: [flow.target for flow in flows] for node, flows in process.successors.items()}
    for node, targets in process.jumps.items():
        following[node] += targets
    return following


def leading_to_an_end(process: Process) -> set[str]:
    """Nodes from which some declared end can be reached by flows; interrupts do not count."""
    before = {node: [flow.source for flow in flows] for node, flows in process.predecessors.items()}
    return reached(process.ends, before)


def leads_to(process: Process, node: str, goal: str) -> bool:
    """Whether some way leads from a node to another one."""
    after = process.successors
    seen = {node}
    pending = [node]
    while pending:
        for flow in after[pending.pop()]:
            if flow.target == goal:
                return True
            if flow.target not in seen:
                seen.add(flow.target)
                pending.append(flow.target)
    return False


def descendants(process: Process, node: str) -> set[str]:
    """Nodes that come after a node on some way, by flows; itself only if it lies on a cycle."""
    found: set[str] = set()
    pending = [node]
    while pending:
        for flow in process.successors[pending.pop()]:
            if flow.target not in found:
                found.add(flow.target)
                pending.append(flow.target)
    return found


def unbounded_cycles(process: Process) -> list[list[str]]:
    """Cycles that nothing bounds, each as its nodes in order, from the task written first.

    Every way back that is not bounded closes one of them: a shortest one. Cycles without a way back
    (steps that wait for each other) are given one per strongly connected part. The order of cycles and
    of their nodes depends on the file alone.
    """
    after: dict[str, list[str]] = {node: [] for node in process.nodes}
    for flow in process.flows:
        if not flow.bounded:
            after[flow.source].append(flow.target)
    if len(in_order(after)) == len(after):
        return []
    import networkx

    backward = {(flow.source, flow.target) for flow in process.flows if flow.kind == "rework" and not flow.bounded}
    graph = networkx.DiGraph((source, target) for source, targets in after.items() for target in targets)
    position = {node: index for index, node in enumerate(process.nodes)}
    onward = graph.copy()
    onward.remove_edges_from(backward)
    found = _knots(onward, position)
    for source, target in sorted(backward, key=lambda edge: (position[edge[0]], position[edge[1]])):
        # Preferably a cycle with this one way back in it, so that each is told by itself.
        ways = next((each for each in (onward, graph) if networkx.has_path(each, target, source)), None)
        if ways is not None:
            found.append(networkx.shortest_path(ways, target, source))
    cycles = {tuple(_from_first_task(cycle, process, position)) for cycle in found}
    return [list(cycle) for cycle in sorted(cycles, key=lambda cycle: [position[node] for node in cycle])]


def _knots(graph: networkx.DiGraph, position: dict[str, int]) -> list[list[str]]:
    """A shortest cycle through the first node of each strongly connected part."""
    import networkx

    found: list[list[str]] = []
    for part in networkx.strongly_connected_components(graph):
        first = min(part, key=position.__getitem__)
        inside = graph.subgraph(part)
        ways = [
            networkx.shortest_path(inside, target, first)
            for target in sorted(inside.successors(first), key=position.__getitem__)
        ]
        if ways:
            way = min(ways, key=lambda way: (len(way), [position[node] for node in way]))
            found.append([first, *way[:-1]])
    return found


def _from_first_task(cycle: list[str], process: Process, position: dict[str, int]) -> list[str]:
    """The same cycle told from the task that is written first: people know steps, not gates."""
    start = min(range(len(cycle)), key=lambda at: (cycle[at] not in process.tasks, position[cycle[at]]))
    return [*cycle[start:], *cycle[:start]]
