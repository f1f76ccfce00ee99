"""Coordinates: the place of every box, frame and arrow."""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.formats.layout import style
from playbook.formats.layout.cells import GATES, Cell, Rectangle
from playbook.formats.layout.grid import Block
from playbook.formats.layout.routes import LEVEL, Corridor, Route

Point = tuple[float, float]


@dataclass
class Geometry:
    """The place of everything, in points."""

    blocks: list[Block]
    width: float = 0
    height: float = 0
    column_x: dict[tuple[int, int], float] = field(default_factory=dict)
    """The left edge of each column, by block and column."""
    row_y: dict[tuple[int, int], float] = field(default_factory=dict)
    """The top of each row, by block and row."""
    corridor: dict[Corridor, tuple[float, float]] = field(default_factory=dict)
    """The first and last coordinate of each corridor, across its direction."""
    tracks: dict[Corridor, int] = field(default_factory=dict)
    top: dict[int, float] = field(default_factory=dict)
    bottom: dict[int, float] = field(default_factory=dict)
    """Where each block begins and ends."""

    # -- boxes ---------------------------------------------------------------------------------------

    def box(self, cell: Cell) -> Rectangle:
        """Left, top, width and height of a node."""
        room = self.blocks[cell.block].column_width(cell.column)
        x = self.column_x[cell.block, cell.column] + (room - cell.width) / 2
        return x, self.box_top(cell), cell.width, cell.height

    def box_top(self, cell: Cell) -> float:
        """The top of a node. What stands beside the card of a stage is level with its middle."""
        top = self.row_y[cell.block, cell.row]
        block = self.blocks[cell.block]
        return top if block.framed else top + max(0.0, (block.tallest(cell.row) - cell.height) / 2)

    def frame(self, block: Block) -> Rectangle:
        """Left, top, width and height of a stage."""
        left = self.corridor["V", block.index, 0][0]
        right = self.corridor["V", block.index, len(block.columns)][1]
        top = self.top[block.index]
        return left, top, right - left, self.bottom[block.index] - top

    # -- arrows --------------------------------------------------------------------------------------

    def points(self, route: Route) -> list[Point]:
        """The corners of an arrow, from its source to its target."""
        level = self._level(route)
        if level is not None:
            return level
        points = [self.port(route, route.source, route.leave)]
        for part, corridor in enumerate(route.corridors):
            at = self.track(corridor, route.tracks[part])
            x, y = points[-1]
            points.append((x, at) if corridor[0] in LEVEL else (at, y))
        end = self.port(route, route.target, route.reach)
        x, y = points[-1]
        if route.corridors:
            points.append((end[0], y) if route.reach in ("top", "bottom") else (x, end[1]))
        points.append(end)
        return points

    def _level(self, route: Route) -> list[Point] | None:
        """A straight line between two boxes that stand side by side, where their sides face each other."""
        if (route.leave, route.reach, len(route.corridors)) != ("right", "left", 1):
            return None
        x, top, wide, high = self.box(route.source)
        target_x, target_top, _, target_high = self.box(route.target)
        pointed = [each.node.shape in GATES for each in (route.source, route.target)]
        middles = (top + high / 2, target_top + target_high / 2)
        low, most = max(top, target_top) + 8, min(top + high, target_top + target_high) - 8
        wanted = middles[0] if pointed[0] else middles[1]
        if low > most or not low <= wanted <= most or (all(pointed) and middles[0] != middles[1]):
            return None
        return [(x + wide, wanted), (target_x, wanted)]

    def track(self, corridor: Corridor, track: int) -> float:
        """The coordinate of a track, across the direction of its corridor."""
        low, high = self.corridor[corridor]
        return low + (high - low) * (track + 1) / (self.tracks[corridor] + 1)

    def port(self, route: Route, cell: Cell, side: str) -> Point:
        """Where an arrow leaves or reaches a box."""
        x, y, wide, high = self.box(cell)
        across = self.port_x(route, cell, side) - cell.width / 2
        along = self.port_y(route, cell, side) - y
        if side == "right":
            # Below the middle: arrows that reach the box beside it at its middle may share the gap.
            return x + wide - _slant(cell, abs(along - high / 2)), y + along
        if side == "left":
            return x + _slant(cell, abs(along - high / 2)), y + along
        return x + wide / 2 + across, y + along + (_fall(cell, across) if side == "top" else -_fall(cell, across))

    def port_x(self, route: Route, cell: Cell, side: str) -> float:
        """How far from the left edge of its box an arrow leaves or reaches it at the top or the bottom."""
        # What runs straight down leaves and arrives at the same distance from the middle.
        narrow = cell.width if route.corridors else min(route.source.width, route.target.width)
        room = narrow / 2 - 12
        if route.kind == "rework" and (side == "bottom" or not route.corridors):
            return cell.width / 2 - min(22.0, room)
        if side == "top" and route.corridors:
            return cell.width / 2 + (min(22.0, room) if cell.label else 0)
        return cell.width / 2

    def port_y(self, route: Route, cell: Cell, side: str) -> float:
        """The height at which an arrow leaves or reaches a box."""
        top, high = self.box_top(cell), cell.height
        if side == "top":
            return top
        if side == "bottom":
            return top + high
        if side == "right" and cell is route.source:
            return top + high / 2 + min(5.0, high / 4)
        # A way back arrives above the middle, where nothing else does.
        return top + high / 2 - (min(12.0, high / 4) if route.kind == "rework" else 0)


def _slant(cell: Cell, off: float) -> float:
    """How far the outline of a gate has drawn in, so far off its middle."""
    if cell.node.shape not in GATES:
        return 0.0
    return (style.TIP if cell.label else cell.width / 2) * off / (cell.height / 2)


def _fall(cell: Cell, across: float) -> float:
    """How far the upper side of a small gate has come down, so far from its middle."""
    if cell.node.shape not in GATES or cell.label:
        return 0.0
    return cell.height / 2 * abs(across) / (cell.width / 2)
