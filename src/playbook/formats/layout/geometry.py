"""Coordinates: rows, columns and corridors get their place once it is known how many arrows run in each."""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.formats.layout import style
from playbook.formats.layout.grid import GATES, Block, Cell, Rectangle
from playbook.formats.layout.measure import width
from playbook.formats.layout.routes import LEVEL, Corridor, Route
from playbook.formats.layout.tracks import Stretch, tracked

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


# -- placing ---------------------------------------------------------------------------------------


def placed(blocks: list[Block], routes: list[Route], top: float) -> Geometry:
    """Coordinates for everything; ``top`` is where the first band may begin.

    Rows come first, for they need only the number of level tracks. With their heights known, the upright
    tracks are laid, then the columns; what runs level from band to band is put in order last.
    """
    geometry = Geometry(blocks)
    layer = _Layer(geometry, routes)
    layer.lay("H", "C", "M")
    _place_rows(geometry, routes, top)
    layer.lay("V", "G", "M")
    _place_columns(geometry)
    layer.lay("C")
    return geometry


def _place_rows(geometry: Geometry, routes: list[Route], y: float) -> None:
    labelled = {route.corridors[0] for route in routes if route.text and route.corridors}
    bands = max((block.band for block in geometry.blocks), default=-1) + 1
    for band in range(bands):
        y = _gap(geometry, ("C", band), y, 0) + (4 if geometry.tracks.get(("C", band)) else 0)
        members = [block for block in geometry.blocks if block.band == band]
        _even_out(members)
        above = max(
            (geometry.tracks.get(("H", block.index, -1), 0) for block in members if block.is_card), default=0
        )
        for block in members:
            if block.is_card and above:
                # Arrows above one card move all of them down.
                geometry.tracks["H", block.index, -1] = above
        for block in members:
            _place_block(geometry, block, labelled, y)
        _align_outer(geometry, members, routes, labelled, y)
        y = max(geometry.bottom[block.index] for block in members) + style.BAND_GAP / 2
    if bands:
        y = _gap(geometry, ("C", bands), y, 0)
    geometry.height = y


def _even_out(blocks: list[Block]) -> None:
    """Cards of stages that stand side by side are of one height."""
    cards = [cell for block in blocks for column in block.columns for cell in column if cell.node.shape == "stage"]
    highest = max((cell.height for cell in cards), default=0)
    for cell in cards:
        cell.height = highest


def _align_outer(
    geometry: Geometry, blocks: list[Block], routes: list[Route], labelled: set[Corridor], y: float
) -> None:
    """Move what stands outside the stages beside that what it is joined with."""
    stages = {block.index for block in blocks if block.framed or block.is_card}
    lowest = max((geometry.bottom[index] for index in stages), default=y)
    for block in blocks:
        if block.index in stages:
            continue
        for route in routes:
            pair = (route.source, route.target)
            own, other = pair if route.source.block == block.index else pair[::-1]
            if own.block != block.index or other.block not in stages:
                continue
            wanted = geometry.box_top(other) + other.height / 2 - geometry.box_top(own) - own.height / 2
            room = lowest - geometry.bottom[block.index]
            _place_block(geometry, block, labelled, y + max(0.0, min(wanted, room)))
            break


def _place_block(geometry: Geometry, block: Block, labelled: set[Corridor], y: float) -> None:
    geometry.top[block.index] = y
    y = _gap(geometry, ("H", block.index, -1), y + block.head, style.PADDING + 2 if block.framed else 0)
    for row in range(block.rows):
        geometry.row_y[block.index, row] = y
        corridor: Corridor = ("H", block.index, row)
        least = style.FRAME_PADDING if row == block.rows - 1 else style.ROW_GAP
        least = least if block.framed or row < block.rows - 1 else 0
        pitch = style.TEXT_TRACK if corridor in labelled else style.TRACK
        y = _gap(geometry, corridor, y + block.row_height(row), least, pitch)
    geometry.bottom[block.index] = y


def _place_columns(geometry: Geometry) -> None:
    start = _gap(geometry, ("M",), style.MARGIN, 0)
    for band in range(max((block.band for block in geometry.blocks), default=-1) + 1):
        x = start
        members = [block for block in geometry.blocks if block.band == band]
        for number, block in enumerate(members):
            x = _gap(geometry, ("G", band, number), x, style.BLOCK_GAP if number else 0)
            padding = style.FRAME_PADDING if block.framed else 0
            for column in range(len(block.columns)):
                x = _gap(geometry, ("V", block.index, column), x, style.COLUMN_GAP if column else padding)
                geometry.column_x[block.index, column] = x
                x += block.column_width(column)
            x = _gap(geometry, ("V", block.index, len(block.columns)), x, padding)
        x = _gap(geometry, ("G", band, len(members)), x, 0)
        geometry.width = max(geometry.width, x)
    geometry.width += style.MARGIN


def _gap(geometry: Geometry, corridor: Corridor, start: float, least: float, pitch: float = style.TRACK) -> float:
    """Make room for a corridor from ``start`` on; returns where it ends."""
    tracks = geometry.tracks.get(corridor, 0)
    end = start + max(least, (tracks + 1) * pitch if tracks else 0)
    geometry.corridor[corridor] = (start, end)
    return end


# -- tracks ----------------------------------------------------------------------------------------


class _Layer:
    """Gives each arrow its track in each corridor, as exactly as coordinates are known by then."""

    def __init__(self, geometry: Geometry, routes: list[Route]) -> None:
        self._geometry = geometry
        self._routes = routes
        self.members: dict[Corridor, list[tuple[int, int]]] = {}
        for number, route in enumerate(routes):
            for part, corridor in enumerate(route.corridors):
                self.members.setdefault(corridor, []).append((number, part))

    def lay(self, *directions: str) -> None:
        """Tracks for some kinds of corridors."""
        for corridor, members in self.members.items():
            if corridor[0] not in directions:
                continue
            tracks = tracked([self._stretch(number, part) for number, part in members], self._shares)
            self._geometry.tracks[corridor] = len(tracks)
            for at, track in enumerate(tracks):
                for stretch in track:
                    self._routes[stretch.route].tracks[stretch.part] = at

    def _shares(self, one: Stretch, other: Stretch) -> bool:
        """Whether two stretches may lie on each other: as branches of one trunk."""
        left, right = self._routes[one.route], self._routes[other.route]
        if left.kind != right.kind or left.text or right.text:
            return False
        came = left.corridors[: one.part + 1] == right.corridors[: other.part + 1]
        goes = left.corridors[one.part :] == right.corridors[other.part :]
        same_source = left.source is right.source and left.leave == right.leave and came
        same_target = left.target is right.target and left.reach == right.reach and goes
        return same_source or same_target

    # -- stretches -----------------------------------------------------------------------------------

    def _stretch(self, number: int, part: int) -> Stretch:
        route = self._routes[number]
        start, start_side = self._joint(route, part, -1)
        end, end_side = self._joint(route, part, 1)
        spare = 0.0
        if route.text and part == 0 and route.corridors[0][0] == "H":
            # Half columns: places in a block are counted in them before they are known.
            spare = (width(route.text, style.DETAIL) + 14) / (style.NODE_WIDTH + style.COLUMN_GAP) * 2
        return Stretch(start, end, start_side, end_side, number, part, spare)

    def _joint(self, route: Route, part: int, step: int) -> tuple[float, int]:
        """Where along the corridor an arrow comes in or goes out, and on which side."""
        corridor, other = route.corridors[part], part + step
        if 0 <= other < len(route.corridors):
            if corridor[0] in LEVEL:
                return self._across(corridor, route.corridors[other]), self._upright_side(
                    route, corridor, other, step
                )
            return self._down(route, other), self._level_side(route, corridor, other, step)
        cell, side = (route.source, route.leave) if step < 0 else (route.target, route.reach)
        if corridor[0] not in LEVEL:
            return self._geometry.port_y(route, cell, side), -1 if side == "right" else 1
        offset = (self._geometry.port_x(route, cell, side) - cell.width / 2) / style.NODE_WIDTH
        return 2 * cell.column + 1 + offset, -1 if side == "bottom" else 1

    def _across(self, corridor: Corridor, upright: Corridor) -> float:
        """How far right an upright corridor lies: in half columns of the block of a level one, else exactly."""
        if len(corridor) == 3:
            block = self._geometry.blocks[corridor[1]]
            if upright[0] == "V" and len(upright) == 3:
                return 2.0 * upright[2]
            return -1.0 if upright[-1] == block.place else 2.0 * len(block.columns) + 1
        low, high = self._geometry.corridor.get(upright, (0.0, 0.0))
        return (low + high) / 2

    def _upright_side(self, route: Route, corridor: Corridor, other: int, step: int) -> int:
        """Whether an upright corridor leads to or from above or below a level one."""
        geometry, beyond = self._geometry, other + step
        here = geometry.corridor.get(corridor)
        if 0 <= beyond < len(route.corridors):
            there = geometry.corridor.get(route.corridors[beyond])
        else:
            cell = route.source if step < 0 else route.target
            if len(corridor) == 3 and cell.block == corridor[1]:
                return -1 if cell.row <= corridor[2] else 1
            there = (geometry.row_y[cell.block, cell.row],) * 2 if geometry.row_y else None
        if here is None or there is None:
            return 0
        return -1 if there[0] < here[0] else 1

    def _down(self, route: Route, other: int) -> float:
        """How far down a level corridor lies; exactly in a block, where its tracks are settled by now."""
        corridor = route.corridors[other]
        if corridor[0] == "H":
            return self._geometry.track(corridor, route.tracks[other])
        low, high = self._geometry.corridor.get(corridor, (0.0, 0.0))
        return (low + high) / 2

    def _level_side(self, route: Route, corridor: Corridor, other: int, step: int) -> int:
        """Whether what comes from or goes to a level corridor lies left or right of an upright one."""
        neighbour = route.corridors[other]
        if len(neighbour) != 3 or len(corridor) != 3:
            return 0
        if corridor[0] == "G":
            return -1 if self._geometry.blocks[neighbour[1]].place < corridor[2] else 1
        if 0 <= other + step < len(route.corridors):
            return 0
        cell = route.source if step < 0 else route.target
        return -1 if cell.column < corridor[2] else 1
