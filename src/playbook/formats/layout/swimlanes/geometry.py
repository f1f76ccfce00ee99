"""Where the parts of a band lie: boxes, circles, and the ways of arrows from outline to outline."""

from __future__ import annotations

from playbook.formats.layout.swimlanes.coordinates import Coordinates
from playbook.formats.layout.swimlanes.links import Connector
from playbook.formats.layout.swimlanes.occupancy import Occupancy
from playbook.formats.layout.swimlanes.sizing import GATES, TIP, Sized

Point = tuple[float, float]

Rectangle = tuple[float, float, float, float]
"""Left, top, width and height."""


def box_of(occupancy: Occupancy, coordinates: Coordinates, node: str) -> Rectangle:
    """Where a node is drawn."""
    grid = occupancy.grid
    column, row = grid.band.cell[node]
    box = grid.boxes[node]
    x = coordinates.x[coordinates.line_x[grid.middles[column]]]
    y = coordinates.y[coordinates.line_y[grid.slots[row, 0]]]
    return x - box.width / 2, y - box.height / 2, box.width, box.height


def circle_of(
    occupancy: Occupancy, coordinates: Coordinates, node: str, side: str, letter: str
) -> tuple[float, float]:
    """The middle of a circle."""
    grid = occupancy.grid
    column, row = grid.band.cell[node]
    gutter = column + 1 if side == "out" else column
    number = next(n for n, line in enumerate(grid.down) if line.kind == side and line.at == gutter)
    line = grid.slots[row, grid.circles[node, side, letter]]
    return coordinates.x[coordinates.line_x[number]], coordinates.y[coordinates.line_y[line]]


def side_of(occupancy: Occupancy, coordinates: Coordinates, connector: Connector) -> float:
    """Where the short line to a circle touches its box."""
    grid = occupancy.grid
    x, y = circle_of(occupancy, coordinates, connector.node, connector.side, connector.letter)
    left, top, wide, high = box_of(occupancy, coordinates, connector.node)
    return edge_at(grid.boxes[connector.node], (left, top, wide, high), (left + wide / 2, y), (x, y))[0]


def way_points(occupancy: Occupancy, coordinates: Coordinates, number: int) -> list[Point]:
    """The points of an arrow on all lines that it passes, from the edge of its source to that of its target."""
    grid, link = occupancy.grid, occupancy.links[number]
    points = []
    for point in occupancy.ways[number]:
        row, column = divmod(point, grid.wide)
        points.append((coordinates.x[coordinates.line_x[column]], coordinates.y[coordinates.line_y[row]]))
    for node, at, other in ((link.source, 0, 1), (link.target, -1, -2)):
        points[at] = edge_at(grid.boxes[node], box_of(occupancy, coordinates, node), points[at], points[other])
    return points


def corners(points: list[Point]) -> list[Point]:
    """Only the ends and the points where the direction changes."""
    apart = [points[0]]
    for point in points[1:]:
        # Lines that nobody uses take no room, so points may lie on each other.
        if abs(point[0] - apart[-1][0]) > 1e-6 or abs(point[1] - apart[-1][1]) > 1e-6:
            apart.append(point)
    points = apart if len(apart) > 1 else points
    kept = [points[0]]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        level = abs(before[1] - point[1]) < 1e-6 and abs(point[1] - after[1]) < 1e-6
        upright = abs(before[0] - point[0]) < 1e-6 and abs(point[0] - after[0]) < 1e-6
        if not level and not upright:
            kept.append(point)
    return [*kept, points[-1]]


def edge_at(box: Sized, rectangle: Rectangle, inner: Point, outer: Point) -> Point:
    """Where a line from the middle of a box to a point outside crosses its outline."""
    x, y, wide, high = rectangle
    if abs(inner[0] - outer[0]) < 1e-6:
        return inner[0], y if outer[1] < inner[1] else y + high
    inset = _inset(box, wide, high, inner[1] - (y + high / 2), right=outer[0] > inner[0])
    return (x + wide - inset if outer[0] > inner[0] else x + inset), inner[1]


def _inset(box: Sized, wide: float, high: float, off: float, *, right: bool) -> float:
    """How far the outline lies inside of its rectangle, at a height off the middle."""
    share = min(1.0, abs(off) / (high / 2))
    if box.node.shape in GATES:
        return (wide / 2 if box.is_sign else TIP) * share
    if box.node.shape == "milestone":
        return TIP * share if right else 0.0
    if box.node.shape in ("start", "end", "elsewhere"):
        radius = min(high / 2, 16.0)
        beyond = max(0.0, abs(off) - (high / 2 - radius))
        return float(radius - (radius**2 - min(beyond, radius) ** 2) ** 0.5)
    return 0.0
