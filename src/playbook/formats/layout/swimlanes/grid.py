"""The lines on which the arrows of a band may run, and which stretches of them are blocked by boxes.

Lines that run down stand in the gutters left and right of the columns (tracks, and one line each for the
circles), and in the middle of each column. Lines that run across lie in the corridors above and below the
rows (tracks), and through each row, one for each slot of its boxes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from playbook.formats.layout.swimlanes.links import Connector, Link
from playbook.formats.layout.swimlanes.rows import Band
from playbook.formats.layout.swimlanes.sizing import SLOT, Sized

Direction = int
EAST, SOUTH, WEST, NORTH = range(4)

_NEAR_TRACK = 6.0


@dataclass(frozen=True, slots=True)
class LineDown:
    """A line that runs down: a ``track`` of a gutter, the ``middle`` of a column, or for circles ``out`` or ``in``.

    ``at`` is the number of the gutter (the one left of the column of that number) or of the column.
    """

    kind: Literal["track", "middle", "out", "in"]
    at: int


@dataclass(frozen=True, slots=True)
class LineAcross:
    """A line that runs across: a ``track`` of the corridor above row ``at``, or a ``slot`` of that row."""

    kind: Literal["track", "slot"]
    at: int
    slot: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """Where an arrow leaves or reaches a box: a point on its middle line, the direction, and what it costs.

    ``unit`` is the stretch between the box and the next line, which is open to this arrow only.
    """

    point: int
    direction: Direction
    unit: int
    cost: float


@dataclass
class Grid:
    """The lines of a band. Points are numbered row by row; a unit is the stretch from a point to the next one."""

    band: Band
    boxes: dict[str, Sized]
    down: list[LineDown]
    across: list[LineAcross]
    x: list[float] = field(default_factory=list)
    """About where the lines will lie: what the search for ways goes by."""
    y: list[float] = field(default_factory=list)
    open: bytearray = field(default_factory=bytearray)
    """For each unit whether an arrow may run along it."""
    circles: dict[tuple[str, str, str], int] = field(default_factory=dict)
    """The slot of each circle, by node, side and letter."""
    middles: list[int] = field(default_factory=list)
    """The line in the middle of each column."""
    slots: dict[tuple[int, int], int] = field(default_factory=dict)
    """The line of each row and slot."""

    @property
    def wide(self) -> int:
        """How many lines run down."""
        return len(self.down)

    def unit(self, point: int, direction: Direction) -> int:
        """The stretch that leaves a point in a direction."""
        if direction == EAST:
            return point * 2
        if direction == WEST:
            return point * 2 - 2
        return point * 2 + 1 if direction == SOUTH else (point - self.wide) * 2 + 1

    def step(self, point: int, direction: Direction) -> int:
        """The next point in a direction."""
        return point + (1, self.wide, -1, -self.wide)[direction]

    def middle(self, node: str, slot: int = 0) -> int:
        """The point in the middle of a box, on one of its slots."""
        column, row = self.band.cell[node]
        return self.slots[row, slot] * self.wide + self.middles[column]

    def doors(self, node: str, *, leaving: bool, back: bool) -> Iterator[Door]:
        """Where an arrow may leave or reach a box; ``back`` if it leads against the direction of reading."""
        side = EAST if leaving else WEST
        row = self.band.cell[node][1]
        half = (self.boxes[node].slots - 1) // 2
        ring = {slot for (one, at, _), slot in self.circles.items() if one == node and (at == "out") == leaving}
        for slot in range(-half, half + 1):
            if slot in ring:
                continue
            point = self.middle(node, slot)
            cost = abs(slot) * 18.0 + (70.0 if back else 0.0)
            yield Door(point, EAST, self.unit(point, side), cost)
        highest = max(slot for at, slot in self.slots if at == row)
        for slot, direction in ((-highest, NORTH), (highest, SOUTH)):
            point = self.middle(node, slot)
            moving = direction if leaving else (SOUTH if direction == NORTH else NORTH)
            yield Door(point, moving, self.unit(point, direction), 0.0 if back else 55.0)


def grid_of(band: Band, boxes: dict[str, Sized], links: list[Link], connectors: list[Connector], more: int) -> Grid:
    """The grid of a band; ``more`` tracks everywhere than are likely to be enough."""
    grid = Grid(band, boxes, _lines_down(band, links, connectors, more), _lines_across(band, boxes, links, more))
    grid.middles = [number for number, line in enumerate(grid.down) if line.kind == "middle"]
    grid.slots = {(line.at, line.slot): n for n, line in enumerate(grid.across) if line.kind == "slot"}
    _estimate(grid)
    _block(grid)
    _place_circles(grid, links, connectors)
    return grid


def _lines_down(band: Band, links: list[Link], connectors: list[Connector], more: int) -> list[LineDown]:
    out = {band.cell[one.node][0] + 1 for one in connectors if one.side == "out"}
    into = {band.cell[one.node][0] for one in connectors if one.side == "in"}
    wanted: list[dict[object, None]] = [{} for _ in range(band.columns + 1)]
    for link in links:
        (left, above), (right, below) = band.cell[link.source], band.cell[link.target]
        if above != below or right != left + 1:
            wanted[left + 1][link.begins] = None
            wanted[right][link.ends] = None
    lines: list[LineDown] = []
    for gutter in range(band.columns + 1):
        if gutter in out:
            lines.append(LineDown("out", gutter))
        lines += [LineDown("track", gutter)] * (min(7, max(2, len(wanted[gutter]))) + more)
        if gutter in into:
            lines.append(LineDown("in", gutter))
        if gutter < band.columns:
            lines.append(LineDown("middle", gutter))
    return lines


def _lines_across(band: Band, boxes: dict[str, Sized], links: list[Link], more: int) -> list[LineAcross]:
    rows = len(band.lanes)
    slots = [1] * rows
    for id_, (_, row) in band.cell.items():
        slots[row] = max(slots[row], boxes[id_].slots)
    wanted = [0] * (rows + 1)
    for link in links:
        (left, above), (right, below) = band.cell[link.source], band.cell[link.target]
        if right - left > 1 or right <= left:
            for row in {above, below}:
                wanted[row] += 1
                wanted[row + 1] += 1
    lines: list[LineAcross] = []
    for row in range(rows + 1):
        lines += [LineAcross("track", row)] * (min(4, 1 + wanted[row]) + more)
        if row < rows:
            half = (slots[row] - 1) // 2
            lines += [LineAcross("slot", row, slot) for slot in range(-half, half + 1)]
    return lines


def _estimate(grid: Grid) -> None:
    """About where the lines will lie; tracks nobody uses will take no room, so they count little."""
    at = 0.0
    for line in grid.down:
        at += 70.0 if line.kind == "middle" else _NEAR_TRACK
        grid.x.append(at)
        at += 70.0 if line.kind == "middle" else 0.0
    at = 0.0
    for before, across in zip([None, *grid.across], grid.across, strict=False):
        if across.kind == "track":
            at += _NEAR_TRACK if before is None or before.kind == "track" else 22.0
        else:
            at += SLOT if before is not None and before.kind == "slot" else 22.0
        grid.y.append(at)


def _block(grid: Grid) -> None:
    wide, high = len(grid.down), len(grid.across)
    grid.open = bytearray(b"\x01") * (wide * high * 2)
    for row in range(high):
        grid.open[(row * wide + wide - 1) * 2] = 0
    for column in range(wide):
        grid.open[((high - 1) * wide + column) * 2 + 1] = 0
        if grid.down[column].kind in ("out", "in"):
            for row in range(high):
                grid.open[(row * wide + column) * 2 + 1] = 0
    slots: dict[int, list[int]] = {}
    for (row, _), line in grid.slots.items():
        slots.setdefault(row, []).append(line)
    for column, row in grid.band.cell.values():
        for line in slots[row]:
            point = line * wide + grid.middles[column]
            for direction in range(4):
                unit = grid.unit(point, direction)
                if 0 <= unit < len(grid.open):
                    grid.open[unit] = 0


def _place_circles(grid: Grid, links: list[Link], connectors: list[Connector]) -> None:
    """Give each circle a slot: the middle one only where no arrow wants it."""
    onward = [link for link in links if link.style != "rework"]
    busy = {("out", link.source) for link in onward} | {("in", link.target) for link in onward}
    for one in connectors:
        half = (grid.boxes[one.node].slots - 1) // 2
        order = sorted(range(-half, half + 1), key=lambda slot: (abs(slot), -slot))
        if (one.side, one.node) in busy and half:
            order = [*order[1:], 0]
        taken = {slot for (node, side, _), slot in grid.circles.items() if (node, side) == (one.node, one.side)}
        grid.circles[one.node, one.side, one.letter] = next((slot for slot in order if slot not in taken), 0)
