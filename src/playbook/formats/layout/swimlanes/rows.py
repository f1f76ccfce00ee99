"""Which row each node of a band stands in: near to what it is connected with, and with few crossings."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise, permutations

from playbook.formats.layout.swimlanes.placing import Places
from playbook.shapes.diagram import DiagramEdge

_SWEEPS = 4


@dataclass
class Band:
    """One line of the wrapped picture: some columns, and a row or several for each lane that occurs in them."""

    number: int
    first: int
    end: int
    lanes: list[int] = field(default_factory=list)
    """The lane of each row."""
    cell: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The column (counted within the band) and the row of each node."""

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.end - self.first

    @property
    def taken(self) -> dict[tuple[int, int], str]:
        """The node in each cell that has one."""
        return {cell: id_ for id_, cell in self.cell.items()}


def arranged(places: Places, cuts: list[int], edges: list[DiagramEdge]) -> list[Band]:
    """The bands, with a cell for every node."""
    return [_band(Band(number, first, end), places, edges) for number, (first, end) in enumerate(pairwise(cuts))]


def _band(band: Band, places: Places, edges: list[DiagramEdge]) -> Band:
    stacks: dict[tuple[int, int], list[str]] = {}
    for id_, column in places.column.items():
        if band.first <= column < band.end:
            stacks.setdefault((column - band.first, places.lane[id_]), []).append(id_)
    heights: dict[int, int] = {}
    for (_, lane), stack in stacks.items():
        heights[lane] = max(heights.get(lane, 0), len(stack))
    top: dict[int, int] = {}
    for lane in sorted(heights):
        top[lane] = len(band.lanes)
        band.lanes += [lane] * heights[lane]
    row = {id_: top[lane] + at for (_, lane), stack in stacks.items() for at, id_ in enumerate(stack)}
    near = _neighbours(row, places.column, edges)
    for sweep in range(_SWEEPS):
        for column, lane in sorted(stacks, reverse=bool(sweep % 2)):
            stack = stacks[column, lane]
            if heights[lane] > 1:
                _settle(stack, range(top[lane], top[lane] + heights[lane]), row, near)
    band.cell = {id_: (places.column[id_] - band.first, at) for id_, at in row.items()}
    return band


def _neighbours(
    row: dict[str, int], column: dict[str, int], edges: list[DiagramEdge]
) -> dict[str, list[tuple[str, float]]]:
    """What each node is connected with, and how much it counts: neighbours in the next column count most."""
    near: dict[str, list[tuple[str, float]]] = {id_: [] for id_ in row}
    for edge in edges:
        if edge.source in row and edge.target in row and edge.source != edge.target:
            weight = 1.0 / max(1, abs(column[edge.source] - column[edge.target]))
            weight *= 0.3 if edge.kind == "rework" else 1.0
            near[edge.source].append((edge.target, weight))
            near[edge.target].append((edge.source, weight))
    return near


def _settle(stack: list[str], rows: range, row: dict[str, int], near: dict[str, list[tuple[str, float]]]) -> None:
    """Give the nodes of one cell of lane and column the rows that lie nearest to their neighbours."""
    if len(rows) > 5:
        return
    best: tuple[float, tuple[int, ...]] | None = None
    for chosen in permutations(rows, len(stack)):
        cost = 0.0
        for id_, at in zip(stack, chosen, strict=True):
            cost += 0.01 * (at - rows.start)
            cost += sum(weight * abs(at - row[other]) for other, weight in near[id_] if other not in stack)
        if best is None or cost < best[0] - 1e-9:
            best = cost, chosen
    assert best is not None
    for id_, at in zip(stack, best[1], strict=True):
        row[id_] = at
