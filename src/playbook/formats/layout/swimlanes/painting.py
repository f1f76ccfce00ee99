"""One band, painted: lanes, stage titles, arrows, boxes, circles and texts."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.scene import Box, Group, Item, Line, Shape, Words
from playbook.formats.layout.swimlanes.colours import STROKES, LaneTone, Stroke, lane_tones
from playbook.formats.layout.swimlanes.coordinates import RADIUS
from playbook.formats.layout.swimlanes.labels import Label
from playbook.formats.layout.swimlanes.links import Connector
from playbook.formats.layout.swimlanes.nodes import edge_at, node_marks
from playbook.formats.layout.swimlanes.obstacles import box_of, circle_of
from playbook.formats.layout.swimlanes.plan import LANE_MARGIN, STAGE_PADDING, Drawn, Plan, stage_left, stage_right
from playbook.formats.layout.swimlanes.sizing import LEADING

_STAGE_PAPER = "#323f4b"
_STAGE_DETAIL = "#e4e7eb"

Point = tuple[float, float]


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
        for number, way in self._drawn.occupancy.ways.items():
            yield from self._arrow(number, way)
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
                yield Line(((left - 1, self._y), (left - 1, self._y + drawn.coordinates.y[-1] - 2)), "#ffffff", 2.0)
            if not head.lines:
                continue
            yield Box(left, self._stages, right - left - (0 if last else 2), drawn.head - 4, _STAGE_PAPER, radius=3)
            baseline = self._stages + 4 + style.STAGE
            for line in head.lines:
                yield Words(left + STAGE_PADDING, baseline, line, style.STAGE, style.PAPER, bold=True)
                baseline += style.STAGE * style.LEADING
            baseline += style.DETAIL - style.STAGE
            for line in head.details:
                yield Words(left + STAGE_PADDING, baseline, line, style.DETAIL, _STAGE_DETAIL)
                baseline += style.DETAIL * style.LEADING

    # -- arrows ------------------------------------------------------------------------------------

    def _points(self, number: int, way: list[int]) -> list[Point]:
        """The corners of an arrow, from the edge of its source to the edge of its target."""
        drawn = self._drawn
        grid, coordinates, link = drawn.occupancy.grid, drawn.coordinates, drawn.occupancy.links[number]
        points = []
        for point in way:
            row, column = divmod(point, grid.wide)
            points.append(
                (
                    self._x + coordinates.x[coordinates.line_x[column]],
                    self._y + coordinates.y[coordinates.line_y[row]],
                )
            )
        points[0] = self._edge(link.source, points[0], points[1])
        points[-1] = self._edge(link.target, points[-1], points[-2])
        return corners(points)

    def _edge(self, node: str, inner: Point, outer: Point) -> Point:
        drawn = self._drawn
        left, top, wide, high = box_of(drawn.occupancy, drawn.coordinates, node)
        rectangle = self._x + left, self._y + top, wide, high
        return edge_at(drawn.occupancy.grid.boxes[node], rectangle, inner, outer)

    def _arrow(self, number: int, way: list[int]) -> Iterator[Item]:
        stroke = STROKES[self._drawn.occupancy.links[number].style]
        yield from arrow(self._points(number, way), stroke)

    def _circle(self, connector: Connector) -> Iterator[Item]:
        drawn, stroke = self._drawn, STROKES[connector.style]
        grid, coordinates = drawn.occupancy.grid, drawn.coordinates
        x, y = circle_of(drawn.occupancy, coordinates, connector.node, connector.side, connector.letter)
        x, y = self._x + x, self._y + y
        column, _ = drawn.band.cell[connector.node]
        middle = self._x + coordinates.x[coordinates.line_x[grid.middles[column]]]
        edge = self._edge(connector.node, (middle, y), (x, y))
        if connector.side == "out":
            yield Line((edge, (x - RADIUS, y)), stroke.colour, stroke.line, stroke.dashed)
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
    (x, y), (bx, by) = points[-1], points[-2]
    long, half = (8.5, 4.4) if stroke.line > 2 else (7.0, 3.4)
    if abs(x - bx) > abs(y - by):
        step = long if x > bx else -long
        tip, shaft = ((x, y), (x - step, y - half), (x - step, y + half)), (x - step * 0.9, y)
    else:
        step = long if y > by else -long
        tip, shaft = ((x, y), (x - half, y - step), (x + half, y - step)), (x, y - step * 0.9)
    yield Line((*points[:-1], shaft), stroke.colour, stroke.line, stroke.dashed)
    yield Shape(tip, stroke.colour)


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
