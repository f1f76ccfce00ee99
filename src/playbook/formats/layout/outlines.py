"""The outlines that all pictures share: of decisions, of milestones, of the heads of arrows."""

from __future__ import annotations

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
Head = tuple[Point, Point, Point]


def hexagon(rectangle: Rectangle, tip: float) -> tuple[Point, ...]:
    """The outline of a decision: pointed at both sides by ``tip``; by half its width, a diamond."""
    x, y, wide, high = rectangle
    middle = y + high / 2
    return (
        (x, middle),
        (x + tip, y),
        (x + wide - tip, y),
        (x + wide, middle),
        (x + wide - tip, y + high),
        (x + tip, y + high),
    )


def flag(rectangle: Rectangle, tip: float) -> tuple[Point, ...]:
    """The outline of a milestone: pointed at the right by ``tip``."""
    x, y, wide, high = rectangle
    right = x + wide
    return ((x, y), (right - tip, y), (right, y + high / 2), (right - tip, y + high), (x, y + high))


def head_at(tip: Point, before: Point, long: float, half: float, joined: float = 1.0) -> tuple[Head, Point]:
    """The triangle in which a line from ``before`` ends at a ``tip``, and where the line itself ends.

    It is ``long`` and twice ``half`` wide, and points along the axis on which the line comes. The line goes up
    to its base; with a share ``joined`` of its length below 1 a little into it, so that no gap shows.
    """
    (x, y), (from_x, from_y) = tip, before
    if abs(x - from_x) > abs(y - from_y):
        step = long if x > from_x else -long
        return (tip, (x - step, y - half), (x - step, y + half)), (x - step * joined, y)
    step = long if y > from_y else -long
    return (tip, (x - half, y - step), (x + half, y - step)), (x, y - step * joined)
