"""What a text on an arrow must not touch: boxes, circles, other texts, and the lines of arrows."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.formats.layout.swimlanes.coordinates import RADIUS, Coordinates
from playbook.formats.layout.swimlanes.geometry import Rectangle, box_of, circle_of
from playbook.formats.layout.swimlanes.occupancy import Occupancy


@dataclass(frozen=True, slots=True)
class Obstacles:
    """Boxes and circles; and the lines, each with whether it is level and the mark that it runs along."""

    boxes: list[Rectangle]
    lines: list[tuple[bool, int, Rectangle]]


def obstacles_of(occupancy: Occupancy, coordinates: Coordinates) -> Obstacles:
    """Everything that is in the way of texts, where it lies now."""
    grid = occupancy.grid
    boxes = [box_of(occupancy, coordinates, id_) for id_ in grid.band.cell]
    for node, side, letter in grid.circles:
        x, y = circle_of(occupancy, coordinates, node, side, letter)
        boxes.append((x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS))
    lines: list[tuple[bool, int, Rectangle]] = []
    for unit, users in occupancy.units.items():
        if not any(user >= 0 for user in users):
            continue
        row, column = divmod(unit // 2, grid.wide)
        x, y = coordinates.line_x[column], coordinates.line_y[row]
        left, top = coordinates.x[x], coordinates.y[y]
        if unit % 2:
            high = coordinates.y[coordinates.line_y[row + 1]] - top
            lines.append((False, x, (left, top, 0.0, high)))
        else:
            wide = coordinates.x[coordinates.line_x[column + 1]] - left
            lines.append((True, y, (left, top, wide, 0.0)))
    return Obstacles(boxes, lines)


def overlap(one: Rectangle, other: Rectangle, space: float = 0.0) -> bool:
    """Whether two rectangles lie on each other, or nearer than ``space``."""
    return (
        one[0] < other[0] + other[2] + space
        and other[0] < one[0] + one[2] + space
        and one[1] < other[1] + other[3] + space
        and other[1] < one[1] + one[3] + space
    )


def blocked(box: Rectangle, level: bool, line: int, obstacles: Obstacles, others: list[Rectangle]) -> bool:
    """Whether a text at a place touches anything but the line that it stands on."""
    if any(overlap(box, other, 1.5) for other in (*obstacles.boxes, *others)):
        return True
    left, top, right, bottom = box[0] - 1, box[1] - 1, box[0] + box[2] + 1, box[1] + box[3] + 1
    return any(
        x < right and x + wide > left and y < bottom and y + high > top and (level, line) != (is_level, mark)
        for is_level, mark, (x, y, wide, high) in obstacles.lines
    )
