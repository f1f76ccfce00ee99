"""Questions about a process that a linter asks on every run, answered in linear time.

networkx is loaded only once a cycle is known to exist: importing it takes longer than a whole check.
"""

from __future__ import annotations

from collections.abc import Iterable

from playbook.core.process import START, Process


def reachable_from_start(process: Process) -> set[str]:
    """Nodes that the start leads to, by flows or by an interrupt of a stage that is reached."""
    following = {node: [flow.target for flow in flows] for node, flows in process.successors.items()}
    for interrupt in process.interrupts:
        if interrupt.target is not None:
            for stage in interrupt.stages:
                following[f"enter.{stage}"].append(interrupt.target)
    return _walk([START], following)


def leading_to_an_end(process: Process) -> set[str]:
    """Nodes from which some declared end can be reached by flows; interrupts do not count."""
    before = {node: [flow.source for flow in flows] for node, flows in process.predecessors.items()}
    return _walk(process.ends, before)


def unbounded_cycles(process: Process) -> list[list[str]]:
    """Cycles that nothing bounds, each as its nodes in order, from the one written first.

    One cycle is given per strongly connected part: a shortest one through its first node. The order of
    cycles and of their nodes depends on the file alone.
    """
    flows = [flow for flow in process.flows if not flow.bounded]
    waiting = dict.fromkeys(process.nodes, 0)
    after: dict[str, list[str]] = {node: [] for node in process.nodes}
    for flow in flows:
        waiting[flow.target] += 1
        after[flow.source].append(flow.target)
    free = [node for node, count in waiting.items() if count == 0]
    left = len(waiting)
    while free:
        node = free.pop()
        left -= 1
        for target in after[node]:
            waiting[target] -= 1
            if waiting[target] == 0:
                free.append(target)
    if left == 0:
        return []
    return _cycles(process, after)


def _cycles(process: Process, after: dict[str, list[str]]) -> list[list[str]]:
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(process.nodes)
    graph.add_edges_from((source, target) for source, targets in after.items() for target in targets)
    position = {node: index for index, node in enumerate(process.nodes)}
    found: list[list[str]] = []
    for part in networkx.strongly_connected_components(graph):
        # A cycle is told from a task where it has one: people know steps, not gates.
        first = min(part, key=lambda node: (node not in process.tasks, position[node]))
        if len(part) == 1 and first not in after[first]:
            continue
        inside = graph.subgraph(part)
        ways = [
            networkx.shortest_path(inside, target, first)
            for target in sorted(set(inside.successors(first)), key=position.__getitem__)
        ]
        shortest = min(ways, key=lambda way: (len(way), [position[node] for node in way]))
        found.append([first, *shortest[:-1]])
    return sorted(found, key=lambda cycle: position[cycle[0]])


def _walk(starts: Iterable[str], following: dict[str, list[str]]) -> set[str]:
    found = {start for start in starts if start in following}
    pending = list(found)
    while pending:
        for node in following[pending.pop()]:
            if node not in found:
                found.add(node)
                pending.append(node)
    return found
