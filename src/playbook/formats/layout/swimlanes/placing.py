"""Which lane, stage and column each node stands in: the column is its rank by longest path in its stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playbook.shapes.diagram import Diagram, DiagramEdge

FULL = 3
"""So many nodes of one lane stand below each other before the next goes into the following column."""
_CHAIN = 3
"""So many nodes of different lanes that follow each other stand in one column at most."""
_CLOSED = 1000
"""In place of the number of nodes in a cell: nothing else may stand there."""


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


def placed(diagram: Diagram, *, dense: bool = False, full: int = FULL) -> Places:
    """A place for every node of the diagram.

    ``dense`` if what follows in another lane may stand above or below; ``full`` is how many nodes of one lane
    may stand below each other.
    """
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
    _give_columns(places, diagram, edges, dense, full)
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


def _give_columns(places: Places, diagram: Diagram, edges: list[DiagramEdge], dense: bool, full: int) -> None:
    quiet = {(edge.source, edge.target) for edge in edges if dense and edge.kind == "sequence" and not edge.label}
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
        ranks = _Ranks(inside, places.lane, quiet, full).of(members)
        first = len(places.stages)
        for id_, rank in ranks.items():
            places.column[id_] = first + rank
        # A stage without steps is shown, too.
        places.stages += [stage] * (max(ranks.values(), default=0) + 1)


class _Ranks:
    """Gives the members of a stage their columns. What a ``quiet`` arrow leads to may stand above or below."""

    def __init__(
        self, edges: list[tuple[str, str]], lane: dict[str, int], quiet: set[tuple[str, str]], full: int
    ) -> None:
        self._edges, self._lane, self._quiet, self._full = edges, lane, quiet, full
        self._ranks: dict[str, int] = {}
        self._used: dict[tuple[int, int], int] = {}
        self._chain: dict[str, tuple[int, int]] = {}
        """Of those that stand above or below another: the how-manieth they are, and the direction."""

    def of(self, members: list[str]) -> dict[str, int]:
        """The column of each member within its stage."""
        ahead = _without_cycles(members, self._edges)
        depth: dict[str, int] = {}
        for id_ in ahead:
            depth[id_] = max((depth[source] + 1 for source in ahead[id_]), default=0)
        position = {id_: number for number, id_ in enumerate(members)}
        for id_ in sorted(members, key=lambda each: (depth[each], position[each])):
            rank = max((self._ranks[source] + 1 for source in ahead[id_]), default=0)
            last = [source for source in ahead[id_] if self._ranks[source] == rank - 1]
            if len(last) == 1 and self._beside(last[0], id_):
                continue
            while self._used.get((self._lane[id_], rank), 0) >= self._full:
                rank += 1
            self._used[self._lane[id_], rank] = self._used.get((self._lane[id_], rank), 0) + 1
            self._ranks[id_] = rank
        return self._ranks

    def _beside(self, source: str, target: str) -> bool:
        """Put a node into the column of the one before it, if the arrow can run straight down or up."""
        if (source, target) not in self._quiet:
            return False
        rank, above, below = self._ranks[source], self._lane[source], self._lane[target]
        way = 1 if below > above else -1
        count, direction = self._chain.get(source, (1, way))
        between = range(above + way, below + way, way)
        if above == below or direction != way or count >= _CHAIN or any((at, rank) in self._used for at in between):
            return False
        if self._used[above, rank] != (_CLOSED if source in self._chain else 1):
            return False
        # Nothing else may stand where the arrow runs.
        self._used |= {(at, rank): _CLOSED for at in (above, *between)}
        self._chain |= {source: (_CHAIN, way), target: (count + 1, way)}
        self._ranks[target] = rank
        return True


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
