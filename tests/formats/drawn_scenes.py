"""What any drawn scene must keep to: texts on the page and clear of each other, cards clear of lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from playbook.formats.layout.measure import width
from playbook.formats.layout.scene import Box, Group, Line, Scene, Words

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def text_area(words: Words) -> Rectangle:
    """The rectangle that a line of text takes at most."""
    wide = width(words.text, words.size, bold=words.bold)
    left = words.x - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    return left, words.y - words.size * 0.8, left + wide, words.y + words.size * 0.22


def box_area(box: Box) -> Rectangle:
    return box.x, box.y, box.x + box.width, box.y + box.height


def overlap(one: Rectangle, other: Rectangle, slack: float = 0.3) -> bool:
    return (
        one[0] + slack < other[2]
        and other[0] + slack < one[2]
        and one[1] + slack < other[3]
        and other[1] + slack < one[3]
    )


def inside(one: Rectangle, other: Rectangle, slack: float = 0.3) -> bool:
    return (
        one[0] >= other[0] - slack
        and one[1] >= other[1] - slack
        and one[2] <= other[2] + slack
        and one[3] <= other[3] + slack
    )


def text_mistakes(scene: Scene) -> Iterator[str]:
    """Texts that leave the page or touch another text."""
    texts = [mark for mark in scene.marks() if isinstance(mark, Words) and mark.text.strip()]
    page = (0.0, 0.0, scene.width, scene.height)
    for words in texts:
        if not inside(text_area(words), page):
            yield f"{words.text!r} leaves the page"
    ordered = sorted(texts, key=lambda words: words.y)
    for at, words in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.y - words.y > 40:
                break
            if overlap(text_area(words), text_area(other)):
                yield f"{words.text!r} touches {other.text!r}"


def cards(scene: Scene) -> dict[str, Rectangle]:
    """The first box of each group, by the group's id."""
    found = {}
    for item in scene.items:
        if isinstance(item, Group):
            box = next((mark for mark in item.marks if isinstance(mark, Box)), None)
            if box is not None:
                found[item.id] = box_area(box)
    return found


def overlapping(areas: dict[str, Rectangle]) -> Iterator[str]:
    """Areas that touch."""
    for (one, first), (other, second) in combinations(areas.items(), 2):
        if overlap(first, second):
            yield f"{one} and {other} overlap"


def crossed(scene: Scene, areas: Iterable[Rectangle]) -> Iterator[str]:
    """Areas that a line runs through; a line may end at one."""
    areas = list(areas)
    for item in scene.items:
        if isinstance(item, Line):
            for (ax, ay), (bx, by) in zip(item.points, item.points[1:], strict=False):
                stretch = (min(ax, bx), min(ay, by), max(ax, bx) + 0.01, max(ay, by) + 0.01)
                for area in areas:
                    if overlap(stretch, (area[0] + 1, area[1] + 1, area[2] - 1, area[3] - 1), 0.0):
                        yield f"a line runs through the card at {area}"
