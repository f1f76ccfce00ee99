"""Which lane, stage and column each node stands in: the column is its rank by longest path in its stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playbook.shapes.diagram import Diagram, DiagramEdge

_FULL = 3
"""So many nodes of one lane stand below each other before the next goes into the following column."""


@dataclass
class Places:
    """The lane, the stage and the column of every node; ``stages`` has the stage of each column.

    Lanes and stages are numbers in reading order. A number past the last one that the diagram names stands
    for "none": nodes that nothing connects with any lane or stage.
    """

    lane: dict[str, int] = field(default_factory=dict)
    stage: dict[str, int] = field(default_factory=dict)
    column: dict[str, int] = field(default_factory=dict)
    stages: list[int] = field(default_factory=list)


def placed(diagram: Diagram) -> Places:
    """A place for every node of the diagram."""
    lanes = {lane.id: number for number, lane in enumerate(diagram.lanes)}
    stages = {group.id: number for number, group in enumerate(diagram.groups)}
    edges = [edge for edge in diagram.edges if edge.source != edge.target]
    places = Places()
    places.stage = _spread(
        {node.id: stages.get(node.group or "") for node in diagram.nodes}, edges, len(stages), max, min
    )
    places.lane = _spread(
        {node.id: lanes.get(node.lane or "") for node in diagram.nodes}, edges, len(lanes), _first, _first
    )
    _give_columns(places, diagram, edges)
    return places


def _first(numbers: list[int]) -> int:
    return numbers[0]


def _spread(
    known: dict[str, int | None],
    edges: list[DiagramEdge],
    none: int,
    after: Callable[[list[int]], int],
    before: Callable[[list[int]], int],
) -> dict[str, int]:
    """Numbers for all: those without one take that of what leads to them, else of what they lead to."""
    ahead: dict[str, list[DiagramEdge]] = {id_: [] for id_ in known}
    behind: dict[str, list[DiagramEdge]] = {id_: [] for id_ in known}
    for edge in edges:
        if edge.source in known and edge.target in known:
            ahead[edge.target].append(edge)
            behind[edge.source].append(edge)
    found = dict(known)
    for _ in known:
        changed = False
        for id_, number in found.items():
            if number is not None:
                continue
            sources = _numbers(found, [edge.source for edge in _onward(ahead[id_])])
            targets = _numbers(found, [edge.target for edge in _onward(behind[id_])])
            if sources or targets:
                found[id_] = after(sources) if sources else before(targets)
                changed = True
        if not changed:
            break
    return {id_: none if number is None else number for id_, number in found.items()}


def _onward(edges: list[DiagramEdge]) -> list[DiagramEdge]:
    """Without the ways back, where there are others."""
    return [edge for edge in edges if edge.kind != "rework"] or edges


def _numbers(found: dict[str, int | None], ids: list[str]) -> list[int]:
    return [number for id_ in ids if (number := found[id_]) is not None]


def _give_columns(places: Places, diagram: Diagram, edges: list[DiagramEdge]) -> None:
    last = max([len(diagram.groups) - 1, *places.stage.values()], default=-1)
    for stage in range(last + 1):
        members = [node.id for node in diagram.nodes if places.stage[node.id] == stage]
        if not members and stage >= len(diagram.groups):
            continue
        inside = [
            (edge.source, edge.target)
            for edge in edges
            if edge.kind != "rework" and places.stage.get(edge.source) == places.stage.get(edge.target) == stage
        ]
        ranks = _ranks(members, inside, places.lane)
        first = len(places.stages)
        for id_, rank in ranks.items():
            places.column[id_] = first + rank
        # A stage without steps is shown, too.
        places.stages += [stage] * (max(ranks.values(), default=0) + 1)


def _ranks(members: list[str], edges: list[tuple[str, str]], lane: dict[str, int]) -> dict[str, int]:
    """The column of each member within its stage."""
    ranks: dict[str, int] = {}
    used: dict[tuple[int, int], int] = {}
    ahead = _without_cycles(members, edges)
    depth: dict[str, int] = {}
    for id_ in ahead:
        depth[id_] = max((depth[source] + 1 for source in ahead[id_]), default=0)
    position = {id_: number for number, id_ in enumerate(members)}
    for id_ in sorted(members, key=lambda each: (depth[each], position[each])):
        rank = max((ranks[source] + 1 for source in ahead[id_]), default=0)
        while used.get((lane[id_], rank), 0) >= _FULL:
            rank += 1
        used[lane[id_], rank] = used.get((lane[id_], rank), 0) + 1
        ranks[id_] = rank
    return ranks


def _without_cycles(members: list[str], edges: list[tuple[str, str]]) -> dict[str, list[str]]:
    """What leads to each member, sources first; edges that close a cycle are left out."""
    onward: dict[str, list[str]] = {id_: [] for id_ in members}
    for source, target in edges:
        onward[source].append(target)
    order: list[str] = []
    state: dict[str, int] = {}
    kept: dict[str, list[str]] = {id_: [] for id_ in members}
    for root in members:
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(onward[root]))]
        while stack:
            id_, targets = stack[-1]
            following = next(targets, None)
            if following is None:
                state[id_] = 2
                order.append(id_)
                stack.pop()
            elif state.get(following) != 1:
                kept[following].append(id_)
                if following not in state:
                    state[following] = 1
                    stack.append((following, iter(onward[following])))
    return {id_: kept[id_] for id_ in reversed(order)}
