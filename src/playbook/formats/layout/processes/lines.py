"""The bends of flows, and their labels."""

from __future__ import annotations

from playbook.formats.layout.processes import sizes
from playbook.formats.layout.processes.arrangement import Arrangement, Bounds, Point
from playbook.formats.layout.processes.columns import Columns
from playbook.formats.layout.processes.placing import Grid
from playbook.formats.layout.processes.rows import Rows
from playbook.formats.layout.processes.ways import Way, Ways


class Lines:
    """Draws the flows between shapes that have their places."""

    def __init__(self, grid: Grid, ways: Ways, columns: Columns, rows: Rows, out: Arrangement) -> None:
        self._grid = grid
        self._ways = ways
        self._columns = columns
        self._rows = rows
        self._out = out

    def draw(self) -> None:
        """Draw all of them."""
        for way in self._ways.ways:
            self._line(way)
            if way.flow.label:
                self._label(way)

    def _line(self, way: Way) -> None:
        one, other = self._out.shapes[way.flow.source], self._out.shapes[way.flow.target]
        start, stop = (one.x + one.width, one.middle), (other.x, other.middle)
        level = self._rows.level(way)
        points = [start]
        if way.first:
            x = self._columns.trunk(way.first)
            points += [(x, start[1]), (x, level)]
        if way.second:
            x = self._columns.trunk(way.second)
            points += [(x, level), (x, stop[1])]
        self._out.lines[way.flow.id] = _plain([*points, stop])

    def _label(self, way: Way) -> None:
        label = way.flow.label
        wide, high = sizes.label_width(label), sizes.label_height(label)
        x, y = self._columns.label(way), self._rows.level(way)
        self._out.labels[way.flow.id] = Bounds(x, y - high - 2, wide + 4, high)


def _plain(points: list[Point]) -> tuple[Point, ...]:
    """The same line without points that it does not bend at."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return tuple(kept)
