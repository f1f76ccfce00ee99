"""Pictures for pages: without the title and the margins that they have when they stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playbook.formats.drawing import Drawable, scene_of
from playbook.formats.layout.measure import width
from playbook.formats.layout.scene import Box, Group, Item, Line, Mark, Scene, Shape, Words

_EDGE = 2.0


def picture_of(shown: Drawable, ratio: float) -> Scene:
    """The picture, cut to what is drawn, for a place of so many heights' width. The page says its title."""
    scene = scene_of(replace(shown, title=""), round(ratio, 2))
    items = [item for item in scene.items if not _is_backdrop(item, scene)]
    bounds = [box for item in items if (box := _box(item))]
    if not bounds:
        return Scene(1, 1, shown.title, scene.description)
    left, top = min(box[0] for box in bounds) - _EDGE, min(box[1] for box in bounds) - _EDGE
    right, bottom = max(box[2] for box in bounds) + _EDGE, max(box[3] for box in bounds) + _EDGE
    moved = [_moved(item, -left, -top) for item in items]
    return Scene(right - left, bottom - top, shown.title, scene.description, moved)


def _is_backdrop(item: Item, scene: Scene) -> bool:
    """Whether it is the sheet that everything is drawn on."""
    return (
        isinstance(item, Box)
        and item.stroke is None
        and item.width >= scene.width - 1
        and item.height >= scene.height - 1
    )


def _box(item: Item) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom of what is drawn; ``None`` for what is not seen."""
    boxes = [box for mark in _marks(item) for box in _bounds(mark)]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _marks(item: Item) -> tuple[Mark, ...]:
    return item.marks if isinstance(item, Group) else (item,)


def _bounds(mark: Mark) -> Iterator[tuple[float, float, float, float]]:
    if isinstance(mark, Words):
        if mark.text.strip():
            wide = width(mark.text, mark.size, bold=mark.bold)
            left = {"start": mark.x, "middle": mark.x - wide / 2, "end": mark.x - wide}[mark.anchor]
            yield left, mark.y - mark.size, left + wide, mark.y + 0.3 * mark.size
    elif isinstance(mark, Box):
        yield mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    else:
        xs, ys = [x for x, _ in mark.points], [y for _, y in mark.points]
        yield min(xs), min(ys), max(xs), max(ys)


def _moved(item: Item, dx: float, dy: float) -> Item:
    """The same item at another place."""
    if isinstance(item, Group):
        return replace(item, marks=tuple(moved_mark(mark, dx, dy) for mark in item.marks))
    return moved_mark(item, dx, dy)


def moved_mark(mark: Mark, dx: float, dy: float, scale: float = 1.0) -> Mark:
    """The same mark at another place, in another size."""
    if isinstance(mark, Words):
        return replace(mark, x=mark.x * scale + dx, y=mark.y * scale + dy, size=mark.size * scale)
    if isinstance(mark, Box):
        return replace(
            mark,
            x=mark.x * scale + dx,
            y=mark.y * scale + dy,
            width=mark.width * scale,
            height=mark.height * scale,
            radius=mark.radius * scale,
            line=mark.line * scale,
        )
    points = tuple((x * scale + dx, y * scale + dy) for x, y in mark.points)
    if isinstance(mark, Shape):
        return replace(mark, points=points, line=mark.line * scale)
    assert isinstance(mark, Line)
    return replace(mark, points=points, line=mark.line * scale)
