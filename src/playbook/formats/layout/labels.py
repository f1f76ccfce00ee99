"""Where the short texts of arrows stand: beside a stretch of their arrow, on nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from playbook.formats.layout import style
from playbook.formats.layout.cells import Cell, Rectangle, exit_rectangles
from playbook.formats.layout.geometry import Geometry, Point
from playbook.formats.layout.measure import width
from playbook.formats.layout.routes import Route

HEIGHT = style.DETAIL * 1.1
_OFF = 5.0
"""How far a text stands off the upright stretches of its arrow."""
_ABOVE = style.DETAIL * 0.25 + 3.5
"""How far its lower edge stands above a level stretch."""
_STEP = 12.0


def text_places(routes: list[Route], cells: dict[str, Cell], geometry: Geometry) -> dict[int, Rectangle]:
    """Left, top, width and height of the text of each route that has one, by its number."""
    if not any(route.text for route in routes):
        return {}
    boxes = [(cell, geometry.box(cell)) for cell in cells.values()]
    taken = [each for cell, box in boxes for each in (box, *exit_rectangles(cell, box))]
    corners = [geometry.points(route) for route in routes]
    lines = [(number, stretch) for number, points in enumerate(corners) for stretch in _stretches(points)]
    found: dict[int, Rectangle] = {}
    for number, route in enumerate(routes):
        if not route.text:
            continue
        others = taken + [stretch for other, stretch in lines if other != number] + list(found.values())
        offered = list(_offers(corners[number], width(route.text, style.DETAIL)))
        found[number] = next((each for each in offered if not any(_meet(each, o) for o in others)), offered[0])
    return found


def _stretches(points: list[Point]) -> Iterator[Rectangle]:
    for (ax, ay), (bx, by) in pairwise(points):
        yield min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by)


def _offers(points: list[Point], wide: float) -> Iterator[Rectangle]:
    """Places for a text, the best first: where the arrow begins, above its line, then further on, then below,
    then beside what runs up or down."""
    level = [(a, b) for a, b in pairwise(points) if abs(a[1] - b[1]) < 0.01]
    for off in (-_ABOVE - HEIGHT + style.DETAIL * 0.25, 2.0):
        for (ax, y), (bx, _) in level:
            direction = 1 if bx >= ax else -1
            for step in range(max(1, int((abs(bx - ax) - wide) // _STEP) + 1)):
                start = ax + direction * (_OFF + step * _STEP)
                yield (start if direction > 0 else start - wide), y + off, wide, HEIGHT
    for (x, ay), (bx, by) in pairwise(points):
        if abs(x - bx) < 0.01:
            for share in (0.5, 0.3, 0.7, 0.15, 0.85):
                middle = ay + (by - ay) * share
                for left in (x + _OFF, x - _OFF - wide):
                    yield left, middle + 3 - style.DETAIL * 0.85, wide, HEIGHT


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return (
        one[0] < other[0] + other[2] + 1
        and other[0] < one[0] + one[2] + 1
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
