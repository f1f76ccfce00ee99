"""One band, painted: lanes, stage titles, arrows, boxes, circles and texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.outlines import head_at
from playbook.formats.layout.scene import Box, Group, Item, Line, Shape, Words
from playbook.formats.layout.swimlanes.colours import STROKES, LaneTone, Stroke, lane_tones
from playbook.formats.layout.swimlanes.coordinates import RADIUS
from playbook.formats.layout.swimlanes.geometry import Point, box_of, circle_of, corners, side_of, way_points
from playbook.formats.layout.swimlanes.heads import STAGE_PADDING, stage_left, stage_right
from playbook.formats.layout.swimlanes.labels import Label
from playbook.formats.layout.swimlanes.links import Connector
from playbook.formats.layout.swimlanes.nodes import node_marks
from playbook.formats.layout.swimlanes.plan import LANE_MARGIN, Drawn, Plan
from playbook.formats.layout.swimlanes.sizing import LEADING

_STAGE_PAPER = "#323f4b"
_STAGE_DETAIL = style.HEADER

_CURVE = 10.0


def painted(plan: Plan, drawn: Drawn, x: float, y: float, wide: float) -> list[Item]:
    """The items of a band whose top left corner is given; its lanes are as wide as those of the widest."""
    return list(_Painter(plan, drawn, x, y, wide).items())


class _Painter:
    def __init__(self, plan: Plan, drawn: Drawn, x: float, y: float, wide: float) -> None:
        self._plan, self._drawn, self._wide = plan, drawn, wide
        self._left, self._stages = x, y
        self._x, self._y = x + plan.lane_head, y + drawn.head
        self._tones = lane_tones(plan.diagram.lanes)

    def items(self) -> Iterator[Item]:
        """Everything, in painting order."""
        yield from self._lanes()
        yield from self._stage_heads()
        yield from self._arrows()
        for connector in self._drawn.connectors:
            yield from self._circle(connector)
        for id_ in self._drawn.band.cell:
            yield self._node(id_)
        for label in self._drawn.labels:
            yield from self._label(label)

    # -- lanes and stages --------------------------------------------------------------------------

    def _lanes(self) -> Iterator[Item]:
        coordinates = self._drawn.coordinates
        borders = [self._y + coordinates.y[mark] for mark in coordinates.borders]
        for lane, top, bottom in zip(coordinates.lanes, borders, borders[1:], strict=False):
            tone, high = self._tones[lane], bottom - top - 2
            yield Box(self._left, top, self._wide, high, tone.paper)
            yield Box(self._left, top, self._plan.lane_head - 6, high, tone.head)
            yield Box(self._left, top, 5, high, tone.strong)
            yield from self._lane_title(self._plan.lanes[lane], top, high)

    def _lane_title(self, title: str, top: float, high: float) -> Iterator[Item]:
        lines = wrap(title, style.LABEL, self._plan.lane_head - LANE_MARGIN, bold=True)
        leading = style.LABEL * style.LEADING
        baseline = top + (high - len(lines) * leading) / 2 + style.LABEL * 0.95
        for line in lines:
            yield Words(self._left + 12, baseline, line, style.LABEL, style.INK, bold=True)
            baseline += leading

    def _stage_heads(self) -> Iterator[Item]:
        drawn = self._drawn
        if not drawn.head:
            return
        for head in drawn.heads:
            left = self._x + stage_left(drawn.coordinates, head.first)
            last = head.end == drawn.band.columns
            right = (
                self._left + self._wide if last else self._x + stage_right(drawn.band, drawn.coordinates, head.end)
            )
            if head.first:
                bottom = self._y + drawn.coordinates.y[-1] - 2
                yield Line(((left - 1, self._y), (left - 1, bottom)), style.PAPER, 2.0)
            if not head.lines:
                continue
            yield Box(left, self._stages, right - left - (0 if last else 2), drawn.head - 4, _STAGE_PAPER, radius=3)
            baseline = self._stages + 4 + style.STAGE
            for line in head.lines:
                yield Words(left + STAGE_PADDING, baseline, line, style.STAGE, style.PAPER, bold=True)
                baseline += style.STAGE * style.LEADING
            if head.beside:
                at = left + STAGE_PADDING + width(head.lines[0], style.STAGE, bold=True) + 14
                first = self._stages + 4 + style.STAGE
                yield Words(at, first, head.beside, style.DETAIL, _STAGE_DETAIL)
            baseline += style.DETAIL - style.STAGE
            for line in head.details:
                yield Words(left + STAGE_PADDING, baseline, line, style.DETAIL, _STAGE_DETAIL)
                baseline += style.DETAIL * style.LEADING

    # -- arrows ------------------------------------------------------------------------------------

    def _arrows(self) -> Iterator[Item]:
        """All arrows; what several share is drawn once, so that dashes stay dashes."""
        occupancy = self._drawn.occupancy
        drawn: set[int] = set()
        for number, way in occupancy.ways.items():
            stroke = STROKES[occupancy.links[number].style]
            units = [occupancy.grid.unit(a, occupancy.direction(a, b)) for a, b in pairwise(way)]
            fresh = [at for at, unit in enumerate(units) if unit not in drawn]
            drawn.update(units)
            if not fresh:
                continue
            first, last = fresh[0], fresh[-1] + 1
            points = self._points(number)
            shown = points[first : last + 1]
            if first:
                shown.insert(0, _toward(points[first], points[first - 1]))
            if last < len(units):
                yield Line(tuple(corners([*shown, _toward(points[last], points[last + 1])])), *stroke.pen)
            else:
                yield from arrow(corners(shown), stroke)

    def _points(self, number: int) -> list[Point]:
        drawn = self._drawn
        return [(self._x + x, self._y + y) for x, y in way_points(drawn.occupancy, drawn.coordinates, number)]

    def _circle(self, connector: Connector) -> Iterator[Item]:
        drawn, stroke = self._drawn, STROKES[connector.style]
        coordinates = drawn.coordinates
        x, y = circle_of(drawn.occupancy, coordinates, connector.node, connector.side, connector.letter)
        x, y = self._x + x, self._y + y
        edge = self._x + side_of(drawn.occupancy, coordinates, connector), y
        if connector.side == "out":
            yield Line((edge, (x - RADIUS, y)), *stroke.pen)
        else:
            yield from arrow([(x + RADIUS, y), edge], stroke)
        wide = max(2 * RADIUS, width(connector.letter, style.DETAIL, bold=True) + 5)
        yield Box(x - wide / 2, y - RADIUS, wide, 2 * RADIUS, style.PAPER, stroke.colour, 1.3, RADIUS)
        yield Words(x, y + 3.1, connector.letter, style.DETAIL, stroke.colour, bold=True, anchor="middle")

    # -- boxes and texts ---------------------------------------------------------------------------

    def _node(self, id_: str) -> Group:
        drawn = self._drawn
        box = drawn.occupancy.grid.boxes[id_]
        left, top, wide, high = box_of(drawn.occupancy, drawn.coordinates, id_)
        tone: LaneTone = self._tones[self._plan.places.lane[id_]]
        marks = node_marks(box, (self._x + left, self._y + top, wide, high), tone)
        return Group(id_, " ".join(box.node.label.split()), tuple(marks))

    def _label(self, label: Label) -> Iterator[Item]:
        x, y, wide, high = label.box(self._drawn.coordinates)
        x, y = self._x + x, self._y + y
        stroke = STROKES[label.owner.style]
        tag = label.owner.style == "handoff"
        if tag:
            yield Box(x, y, wide, high, stroke.colour, radius=min(4.0, high / 2))
        else:
            yield Box(x, y, wide, high, style.PAPER, radius=3)
        colour = style.PAPER if tag else style.BACK if label.owner.style == "rework" else style.INK
        baseline = y + 1 + style.DETAIL * 0.94
        for line in label.tag.lines:
            yield Words(x + wide / 2, baseline, line, style.DETAIL, colour, bold=tag, anchor="middle")
            baseline += LEADING


def arrow(points: list[Point], stroke: Stroke) -> Iterator[Item]:
    """A line with its head."""
    long, half = (8.5, 4.4) if stroke.line > 2 else (7.0, 3.4)
    head, shaft = head_at(points[-1], points[-2], long, half, joined=0.9)
    yield Line((*points[:-1], shaft), *stroke.pen)
    yield Shape(head, stroke.colour)


def _toward(point: Point, other: Point) -> Point:
    """A point a little way off towards another, so that a branch leaves its trunk in a curve."""
    dx, dy = other[0] - point[0], other[1] - point[1]
    share = min(1.0, _CURVE / max(abs(dx) + abs(dy), 1e-9))
    return point[0] + dx * share, point[1] + dy * share
