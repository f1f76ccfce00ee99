"""Coordinates: columns, rows and corridors get their place once it is known how many arrows run in each."""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.formats.layout import style
from playbook.formats.layout.grid import Block, Cell
from playbook.formats.layout.routes import Corridor, Route, Routes

Point = tuple[float, float]

POINTED = ("exclusive_gate", "parallel_gate")
"""Shapes with a tip at the left and the right."""


@dataclass
class Geometry:
    """The place of everything, in points."""

    width: float
    height: float
    column_x: dict[tuple[int, int], float] = field(default_factory=dict)
    row_y: dict[tuple[int, int], float] = field(default_factory=dict)
    corridor: dict[Corridor, tuple[float, float]] = field(default_factory=dict)
    """The first and last coordinate of each corridor, across its direction."""
    band_top: dict[int, float] = field(default_factory=dict)
    band_bottom: dict[int, float] = field(default_factory=dict)
    tracks: dict[Corridor, int] = field(default_factory=dict)

    def box(self, cell: Cell) -> tuple[float, float, float, float]:
        """Left, top, width and height of a node."""
        x = self.column_x[cell.band, cell.column] + (style.NODE_WIDTH - cell.width) / 2
        return x, self.row_y[cell.band, cell.row], cell.width, cell.height

    def frame(self, block: Block) -> tuple[float, float, float, float]:
        """Left, top, width and height of a stage."""
        left = self.column_x[block.band, block.first_column] - style.FRAME_PADDING
        last = self.column_x[block.band, block.first_column + len(block.columns) - 1]
        top = self.band_top[block.band]
        return left, top, last + style.NODE_WIDTH + style.FRAME_PADDING - left, self.band_bottom[block.band] - top

    def points(self, route: Route) -> list[Point]:
        """The corners of an arrow, from its source to its target."""
        level = self._level(route)
        if level is not None:
            return level
        points = [self._port(route, route.source, route.leave)]
        for part, corridor in enumerate(route.corridors):
            at = self._track(corridor, route.tracks[part])
            x, y = points[-1]
            points.append((x, at) if corridor[0] in ("H", "C") else (at, y))
        end = self._port(route, route.target, route.reach)
        x, y = points[-1]
        if route.corridors:
            points.append((end[0], y) if route.reach == "top" else (x, end[1]))
        elif abs(x - end[0]) > 0.5:
            middle = (y + end[1]) / 2
            points += [(x, middle), (end[0], middle)]
        points.append(end)
        return points

    def _level(self, route: Route) -> list[Point] | None:
        """A straight line between two boxes that stand side by side, where their sides face each other."""
        if (route.leave, route.reach, len(route.corridors)) != ("right", "left", 1):
            return None
        x, top, wide, high = self.box(route.source)
        target_x, target_top, _, target_high = self.box(route.target)
        pointed = [each.node.shape in POINTED for each in (route.source, route.target)]
        middles = (top + high / 2, target_top + target_high / 2)
        low, most = max(top, target_top) + 8, min(top + high, target_top + target_high) - 8
        wanted = middles[0] if pointed[0] else middles[1]
        if low > most or not low <= wanted <= most or (all(pointed) and middles[0] != middles[1]):
            return None
        return [(x + wide, wanted), (target_x, wanted)]

    def _track(self, corridor: Corridor, track: int) -> float:
        low, high = self.corridor[corridor]
        at = low + (high - low) * (track + 1) / (self.tracks[corridor] + 1)
        # Arrows that run down in bands above each other meet in the channel between them: not on one line.
        return at + 2.5 if len(corridor) == 3 and corridor[0] == "V" and corridor[1] % 2 else at

    def _slant(self, cell: Cell, off: float) -> float:
        """How far the outline of a gate has drawn in, so far off its middle."""
        if cell.node.shape not in POINTED:
            return 0.0
        return (style.TIP if cell.label else cell.width / 2) * off / (cell.height / 2)

    def _port(self, route: Route, cell: Cell, side: str) -> Point:
        x, y, width, height = self.box(cell)
        center = x + width / 2
        if side == "right":
            # Below the middle: arrows that reach the box beside it at its middle may share the gap.
            return x + width - self._slant(cell, 5), y + height / 2 + 5
        if side == "left":
            # A way back arrives above the middle, where nothing else does.
            shift = min(12.0, height / 4) if route.edge.kind == "rework" and cell.node.shape == "step" else 0.0
            return x, y + height / 2 - shift
        room = width / 2 - 10
        if side == "bottom":
            shift = -min(40.0, room) if route.edge.kind == "rework" else 0.0
            return (center + shift, y + height)
        shift = min(22.0, room) if route.corridors else 0.0
        return (center + shift, y)


def place(blocks: list[Block], cells: dict[str, Cell], routes: Routes, bands: int, top: float) -> Geometry:
    """Coordinates for all columns, rows and corridors; ``top`` is where the first band may begin."""
    geometry = Geometry(0, 0, tracks=routes.used)
    margin = style.MARGIN + routes.used.get(("M",), 0) * style.TRACK
    geometry.corridor[("M",)] = (style.MARGIN, margin)
    labelled = {route.corridors[0] for route in routes.routes if route.text and route.corridors}
    y = top
    for band in range(bands):
        members = [block for block in blocks if block.band == band]
        geometry.width = max(geometry.width, _columns(geometry, members, band, margin))
        y = _rows(geometry, members, [c for c in cells.values() if c.band == band], labelled, y)
    geometry.width += style.MARGIN
    geometry.height = y
    return geometry


def _columns(geometry: Geometry, blocks: list[Block], band: int, x: float) -> float:
    """Place the columns of a band from ``x`` on; returns where the last one ends."""
    for number, block in enumerate(blocks):
        framed = block.group is not None
        for at in range(len(block.columns)):
            index = block.first_column + at
            least = style.COLUMN_GAP if at else (style.GUTTER - 2 * style.FRAME_PADDING if number else 10)
            x = _gap(geometry, ("V", band, index), x, least)
            if at == 0 and framed:
                x += style.FRAME_PADDING
            geometry.column_x[band, index] = x
            x += style.NODE_WIDTH
        if framed:
            x += style.FRAME_PADDING
    last = blocks[-1].first_column + len(blocks[-1].columns)
    return _gap(geometry, ("V", band, last), x, 0)


def _gap(geometry: Geometry, corridor: Corridor, start: float, least: float) -> float:
    tracks = geometry.tracks.get(corridor, 0)
    end = start + max(least, (tracks + 1) * style.TRACK if tracks else 0)
    geometry.corridor[corridor] = (start, end)
    return end


def _rows(geometry: Geometry, blocks: list[Block], cells: list[Cell], labelled: set[Corridor], y: float) -> float:
    """Place the rows of a band from ``y`` on; returns where the next band may begin."""
    band = blocks[0].band
    channel = geometry.tracks.get(("C", band), 0)
    geometry.corridor[("C", band)] = (y, y + (channel + 1) * style.TRACK if channel else y)
    y = geometry.corridor[("C", band)][1] + (4 if channel else 0)
    geometry.band_top[band] = y
    y += max(block.head for block in blocks) + style.PADDING
    rows = max((cell.row for cell in cells), default=-1) + 1
    for row in range(rows):
        geometry.row_y[band, row] = y
        y += max((cell.height for cell in cells if cell.row == row), default=0)
        corridor: Corridor = ("H", band, row)
        tracks = geometry.tracks.get(corridor, 0)
        pitch = 15.0 if corridor in labelled else style.TRACK
        last = row == rows - 1
        height = max(12.0 if last else style.ROW_GAP, (tracks + 1) * pitch if tracks else 0)
        geometry.corridor[corridor] = (y, y + height)
        y += height
    geometry.band_bottom[band] = y
    return y + style.BAND_GAP
