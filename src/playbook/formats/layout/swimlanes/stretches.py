"""The straight parts of an arrow on which a text may stand: those that belong to it alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from playbook.formats.layout.swimlanes.coordinates import RADIUS, Coordinates
from playbook.formats.layout.swimlanes.grid import EAST, WEST, Grid
from playbook.formats.layout.swimlanes.links import Connector, Link
from playbook.formats.layout.swimlanes.occupancy import Occupancy

_PAD = 7.0
_BOX = 6.0
_HEAD = 14.0
"""What stays free at a corner, at a box, and at the head of the arrow."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight part of an arrow that belongs to it alone, between two marks."""

    level: bool
    line: int
    first: int
    last: int
    pads: tuple[float, float]
    far: float
    """How far along the way it begins."""
    users: tuple[Link, ...] = ()
    """The arrows that run along all of it, and have the same text."""
    row: int | None = None
    """The row in which it is level, if it runs through one."""


def stretches_of(occupancy: Occupancy, coordinates: Coordinates, owner: Link | Connector) -> Iterator[Stretch]:
    """The stretches of an arrow, or of the short line to a circle."""
    if isinstance(owner, Connector):
        yield _stub(occupancy.grid, coordinates, owner)
        return
    number = occupancy.links.index(owner)
    way = occupancy.ways.get(number)
    if way is None:
        return
    for run, users, far in _runs(occupancy, coordinates, number, way):
        yield from _stretch(occupancy, coordinates, run, way, far, users)


def _runs(
    occupancy: Occupancy, coordinates: Coordinates, number: int, way: list[int]
) -> Iterator[tuple[list[int], tuple[Link, ...], float]]:
    """The straight parts of a way that nothing crosses and that no arrow with another text shares."""
    grid, links = occupancy.grid, occupancy.links
    owner = links[number]
    run: list[int] = []
    before: tuple[int, tuple[int, ...]] | None = None
    far = start = 0.0
    for point, following in pairwise(way):
        direction = occupancy.direction(point, following)
        users = tuple(sorted(occupancy.units[grid.unit(point, direction)]))
        here = (direction, users)
        if run and (here != before or len(occupancy.points[point]) > len(users)):
            yield run, tuple(links[each] for each in _users_of(before)), start
            run = []
        if all(links[each].text == owner.text for each in users):
            if not run:
                run, start = [point], far
            run.append(following)
            before = here
        far += _length(coordinates, grid, point, following)
    if run:
        yield run, tuple(links[each] for each in _users_of(before)), start


def _users_of(stretch: tuple[int, tuple[int, ...]] | None) -> tuple[int, ...]:
    """The arrows of a part of a way."""
    return stretch[1] if stretch else ()


def _length(coordinates: Coordinates, grid: Grid, point: int, following: int) -> float:
    (row, column), (down, across) = divmod(point, grid.wide), divmod(following, grid.wide)
    x = abs(coordinates.x[coordinates.line_x[column]] - coordinates.x[coordinates.line_x[across]])
    return x + abs(coordinates.y[coordinates.line_y[row]] - coordinates.y[coordinates.line_y[down]])


def _stub(grid: Grid, coordinates: Coordinates, connector: Connector) -> Stretch:
    """The short line from a box to its circle."""
    slot = grid.circles[connector.node, connector.side, connector.letter]
    column, row = grid.band.cell[connector.node]
    out = next(n for n, line in enumerate(grid.down) if line.kind == "out" and line.at == column + 1)
    line = coordinates.line_y[grid.slots[row, slot]]
    return Stretch(True, line, coordinates.right[column], coordinates.line_x[out], (_BOX, RADIUS + 4), 0.0, (), row)


def _stretch(
    occupancy: Occupancy,
    coordinates: Coordinates,
    run: list[int],
    way: list[int],
    far: float,
    users: tuple[Link, ...],
) -> Iterator[Stretch]:
    grid = occupancy.grid
    begins, ends = run[0] == way[0], run[-1] == way[-1]
    pads = (_BOX if begins else _PAD, _HEAD if ends else _PAD)
    direction = occupancy.direction(run[0], run[1])
    (row, column), (down, across) = divmod(run[0], grid.wide), divmod(run[-1], grid.wide)
    if direction in (EAST, WEST):
        slot = grid.across[row]
        first, last = coordinates.line_x[column], coordinates.line_x[across]
        if begins and slot.kind == "slot":
            first = coordinates.right[grid.down[column].at]
        if ends and slot.kind == "slot":
            last = coordinates.left[grid.down[across].at]
        if direction == WEST:
            first, last, pads = last, first, (pads[1], pads[0])
        through = slot.at if slot.kind == "slot" else None
        yield Stretch(True, coordinates.line_y[row], first, last, pads, far, users, through)
        return
    one, other = grid.across[row], grid.across[down]
    if one.kind == other.kind == "slot" and one.at == other.at:
        # Slots of one row keep their distance, so nothing fits between them.
        return
    first, last = coordinates.line_y[row], coordinates.line_y[down]
    if begins:
        first = _side(grid, coordinates, row, first < last)
    if ends:
        last = _side(grid, coordinates, down, first > last)
    if first > last:
        first, last, pads = last, first, (pads[1], pads[0])
    yield Stretch(False, coordinates.line_x[column], first, last, pads, far, users)


def _side(grid: Grid, coordinates: Coordinates, line: int, below: bool) -> int:
    """The lower or the upper edge of the row that a line runs through."""
    row = grid.across[line].at
    return coordinates.bottom[row] if below else coordinates.top[row]
