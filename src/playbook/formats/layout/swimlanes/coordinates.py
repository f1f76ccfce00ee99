"""Where the lines of a grid come to lie, once it is known which of them are used.

Lines that nobody uses take no room, and neighbouring tracks whose arrows never meet may lie on each other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from playbook.formats.layout.swimlanes.grid import Grid
from playbook.formats.layout.swimlanes.occupancy import Occupancy
from playbook.formats.layout.swimlanes.sizing import SIGN, SLOT
from playbook.formats.layout.swimlanes.spacing import Spacing

TRACK = 8.0
RADIUS = 7.0
_LEAVE = 10.0
_REACH = 15.0
_BESIDE = 24.0
_ABOVE = 9.0
_LANE_PADDING = 6.0
_CIRCLE = 9.0 + RADIUS
_ARROW_CIRCLE = 15.0 + RADIUS


@dataclass
class Coordinates:
    """The marks of a band along both directions, and what each line and box edge is called among them."""

    across: Spacing
    """From left to right."""
    down: Spacing
    """From top to bottom."""
    line_x: list[int] = field(default_factory=list)
    line_y: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    """The left edge of each column."""
    right: list[int] = field(default_factory=list)
    top: list[int] = field(default_factory=list)
    """The top edge of each row."""
    bottom: list[int] = field(default_factory=list)
    borders: list[int] = field(default_factory=list)
    """The upper border of each lane of the band; the last one is the lower border of the last."""
    lanes: list[int] = field(default_factory=list)
    """The lane below each border but the last."""
    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)

    def settle(self) -> None:
        """Work the places out anew, after a distance was asked for."""
        self.x, self.y = self.across.positions(), self.down.positions()


def coordinates_of(
    occupancy: Occupancy, head_heights: dict[int, float], stage_widths: list[tuple[int, int, float]]
) -> Coordinates:
    """The marks of a band with all distances that boxes, tracks and circles need.

    ``head_heights`` is how high the title of each lane is; ``stage_widths`` are the first column of each stage,
    one past its last, and how wide it must be.
    """
    extents = _extents(occupancy)
    across, line_x, left, right = _marks_across(occupancy.grid, extents[0], stage_widths)
    found = _marks_down(occupancy.grid, extents[1], head_heights)
    found.across, found.line_x, found.left, found.right = across, line_x, left, right
    found.settle()
    return found


Extents = dict[int, list[tuple[int, int]]]
"""Of each used line the stretches that lie on it, from one crossing line to another."""


def _extents(occupancy: Occupancy) -> tuple[Extents, Extents]:
    wide = occupancy.grid.wide
    down: Extents = {}
    across: Extents = {}
    for unit, users in occupancy.units.items():
        if users:
            row, column = divmod(unit // 2, wide)
            if unit % 2:
                down.setdefault(column, []).append((row, row + 1))
            else:
                across.setdefault(row, []).append((column, column + 1))
    return _merged(down), _merged(across)


def _merged(extents: Extents) -> Extents:
    found: Extents = {}
    for line, stretches in extents.items():
        merged: list[tuple[int, int]] = []
        for start, end in sorted(stretches):
            if merged and start <= merged[-1][1]:
                merged[-1] = merged[-1][0], max(end, merged[-1][1])
            else:
                merged.append((start, end))
        found[line] = merged
    return found


def _meet(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    """Whether stretches on two lines lie beside each other, so that the lines must be apart."""
    return any(a <= d and c <= b for a, b in one for c, d in other)


# -- from left to right ----------------------------------------------------------------------------


def _marks_across(
    grid: Grid, used: Extents, stage_widths: list[tuple[int, int, float]]
) -> tuple[Spacing, list[int], list[int], list[int]]:
    names: list[tuple[str, int]] = [("start", 0)]
    for number, line in enumerate(grid.down):
        if line.kind == "middle":
            names += [("left", line.at), ("line", number), ("right", line.at)]
        else:
            names.append(("line", number))
    names.append(("end", 0))
    mark = {name: number for number, name in enumerate(names)}
    spacing = Spacing(len(names))
    widths = [SIGN] * grid.band.columns
    for id_, (column, _) in grid.band.cell.items():
        widths[column] = max(widths[column], grid.boxes[id_].width)
    for column, wide in enumerate(widths):
        left, middle, right = mark["left", column], mark["line", grid.middles[column]], mark["right", column]
        spacing.need(left, middle, wide / 2)
        spacing.need(middle, right, wide / 2)
        before = mark["right", column - 1] if column else 0
        spacing.need(before, left, _BESIDE if column else 10.0)
    spacing.need(mark["right", grid.band.columns - 1], mark["end", 0], 12.0)
    for first, end, wide in stage_widths:
        spacing.need(mark["left", first], mark.get(("left", end), mark["end", 0]), wide)
    for gutter in range(grid.band.columns + 1):
        edges = mark.get(("right", gutter - 1), 0), mark.get(("left", gutter), mark["end", 0])
        _gutter(grid, used, spacing, mark, gutter, edges)
    columns = range(grid.band.columns)
    return (
        spacing,
        [mark["line", number] for number in range(grid.wide)],
        [mark["left", column] for column in columns],
        [mark["right", column] for column in columns],
    )


def _gutter(
    grid: Grid,
    used: Extents,
    spacing: Spacing,
    mark: dict[tuple[str, int], int],
    gutter: int,
    edges: tuple[int, int],
) -> None:
    """Ask for the distances in the gutter left of a column."""
    before, after = edges
    lines = [
        (number, line.kind) for number, line in enumerate(grid.down) if line.kind != "middle" and line.at == gutter
    ]
    out = next((mark["line", number] for number, kind in lines if kind == "out"), None)
    into = next((mark["line", number] for number, kind in lines if kind == "in"), None)
    tracks = [number for number, kind in lines if kind == "track" and number in used]
    for at, number in enumerate(tracks):
        here = mark["line", number]
        spacing.need(before, here, _LEAVE)
        spacing.need(here, after, _REACH if gutter < grid.band.columns else _LEAVE)
        if out is not None:
            spacing.need(out, here, RADIUS + 6)
        if into is not None:
            spacing.need(here, into, RADIUS + 6)
        for other in tracks[:at]:
            if _meet(used[other], used[number]):
                spacing.need(mark["line", other], here, TRACK)
    if out is not None:
        spacing.need(before, out, _CIRCLE)
        spacing.need(out, into if into is not None else after, 2 * RADIUS + 6)
    if into is not None:
        spacing.need(into, after, _ARROW_CIRCLE)
        spacing.need(before, into, RADIUS + 6)


# -- from top to bottom ----------------------------------------------------------------------------


def _marks_down(grid: Grid, used: Extents, head_heights: dict[int, float]) -> Coordinates:
    names = _names_down(grid)
    mark = {name: number for number, name in enumerate(names)}
    spacing = Spacing(len(names))
    lanes, rows = grid.band.lanes, len(grid.band.lanes)
    highs = [SIGN] * rows
    for id_, (_, row) in grid.band.cell.items():
        highs[row] = max(highs[row], grid.boxes[id_].height)
    for row, high in enumerate(highs):
        _row(spacing, mark, grid, row, high)
        lane = mark["border", row] if ("border", row) in mark else mark["bottom", row - 1]
        spacing.need(lane, mark["top", row], _LANE_PADDING)
        below = ("border", row + 1) if ("border", row + 1) in mark else ("top", row + 1)
        spacing.need(mark["bottom", row], mark[below], _LANE_PADDING)
    for row in range(rows + 1):
        _corridor(spacing, mark, grid, used, row)
    borders = [row for row in range(rows + 1) if ("border", row) in mark]
    for first, following in pairwise(borders):
        spacing.need(mark["border", first], mark["border", following], head_heights.get(lanes[first], 0.0))
    return Coordinates(
        Spacing(0),
        spacing,
        line_y=[mark["line", number] for number in range(len(grid.across))],
        top=[mark["top", row] for row in range(rows)],
        bottom=[mark["bottom", row] for row in range(rows)],
        borders=[mark["border", row] for row in borders],
        lanes=[lanes[row] for row in borders[:-1]],
    )


def _names_down(grid: Grid) -> list[tuple[str, int]]:
    """All marks from top to bottom; the border of two lanes runs through the middle of their corridor."""
    lanes, rows = grid.band.lanes, len(grid.band.lanes)
    corridors: list[list[int]] = [[] for _ in range(rows + 1)]
    slots: list[list[int]] = [[] for _ in range(rows)]
    for number, line in enumerate(grid.across):
        (corridors if line.kind == "track" else slots)[line.at].append(number)
    names: list[tuple[str, int]] = []
    for row in range(rows + 1):
        tracks = [("line", number) for number in corridors[row]]
        if row == 0:
            names += [("border", 0), *tracks]
        elif row == rows:
            names += [*tracks, ("border", rows)]
        elif lanes[row - 1] != lanes[row]:
            half = len(tracks) // 2
            names += [*tracks[:half], ("border", row), *tracks[half:]]
        else:
            names += tracks
        if row < rows:
            names += [("top", row), *(("line", number) for number in slots[row]), ("bottom", row)]
    return names


def _row(spacing: Spacing, mark: dict[tuple[str, int], int], grid: Grid, row: int, high: float) -> None:
    top, bottom = mark["top", row], mark["bottom", row]
    slots = sorted((slot, line) for (at, slot), line in grid.slots.items() if at == row)
    half = len(slots) // 2
    for slot, line in slots:
        spacing.need(top, mark["line", line], high / 2 + slot * SLOT)
        spacing.need(mark["line", line], bottom, high / 2 - slot * SLOT)
    for (_, one), (_, other) in pairwise(slots):
        spacing.need(mark["line", one], mark["line", other], SLOT)
    spacing.need(top, bottom, max(high, 2 * half * SLOT))


def _corridor(spacing: Spacing, mark: dict[tuple[str, int], int], grid: Grid, used: Extents, row: int) -> None:
    """Ask for the distances of the tracks above a row."""
    tracks = [n for n, line in enumerate(grid.across) if line.kind == "track" and line.at == row and n in used]
    border = mark.get(("border", row))
    for at, number in enumerate(tracks):
        here = mark["line", number]
        if row:
            spacing.need(mark["bottom", row - 1], here, _ABOVE)
        if row < len(grid.band.lanes):
            spacing.need(here, mark["top", row], _ABOVE + 3)
        if border is not None:
            before, after = (here, border) if here < border else (border, here)
            spacing.need(before, after, 5.0)
        for other in tracks[:at]:
            if _meet(used[other], used[number]):
                spacing.need(mark["line", other], here, TRACK)
