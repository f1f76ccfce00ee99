"""What is drawn: boxes, lines and texts at their places. SVG, PNG, PDF, slides and pages paint the same.

Lengths are in points (1/72 inch) with the origin at the top left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``radius`` rounds its corners."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str | None = None
    line: float = 1.0
    radius: float = 0.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A closed polygon: a diamond, a hexagon, the head of an arrow."""

    points: tuple[tuple[float, float], ...]
    fill: str
    stroke: str | None = None
    line: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline with rounded corners."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    line: float = 1.2
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; ``y`` is its baseline and ``x`` its start, middle or end as ``anchor`` says.

    A ``turned`` one reads from bottom to top: it is turned around that point.
    """

    x: float
    y: float
    text: str
    size: float
    color: str
    bold: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    turned: bool = False


Mark = Box | Shape | Line | Words


@dataclass(frozen=True, slots=True)
class Group:
    """The marks that make one thing, such as a step with its texts.

    ``id`` is that of the thing, so that what shows the picture can find, link and filter it; ``title`` is
    its name in one line.
    """

    id: str
    title: str
    marks: tuple[Mark, ...]


Item = Mark | Group


@dataclass
class Scene:
    """A finished picture. Items are in painting order."""

    width: float
    height: float
    title: str
    description: str
    items: list[Item] = field(default_factory=list)

    def marks(self) -> Iterator[Mark]:
        """All that is drawn, in painting order, groups dissolved."""
        for item in self.items:
            if isinstance(item, Group):
                yield from item.marks
            else:
                yield item


def toward(corner: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """The point at most five points away from a corner on the way to another."""
    dx, dy = other[0] - corner[0], other[1] - corner[1]
    length = abs(dx) + abs(dy)
    share = min(5.0, length / 2) / length if length else 0.0
    return corner[0] + dx * share, corner[1] + dy * share
