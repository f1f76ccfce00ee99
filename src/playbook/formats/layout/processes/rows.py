"""Where rows, the gutters between them and lanes lie, from top to bottom."""

from __future__ import annotations

from playbook.formats.layout.measure import width
from playbook.formats.layout.processes import sizes
from playbook.formats.layout.processes.placing import Grid
from playbook.formats.layout.processes.timers import Timers
from playbook.formats.layout.processes.ways import Level, Way, Ways
from playbook.shapes.process import ACTIVITIES, GATEWAYS, ProcessModel

GUTTER = 14.0
LONGEST_TITLE = 200.0
"""A lane is so high that its title fits; a longer one is wrapped."""


class Rows:
    """Asked for places down. ``lanes`` are the top and bottom of each lane, ``end`` the bottom of the last."""

    def __init__(self, model: ProcessModel, grid: Grid, ways: Ways, timers: Timers, top: float) -> None:
        self._model = model
        self._grid = grid
        self._ways = ways
        self._timers = timers
        self.row_y: list[float] = []
        self.lanes: dict[str, tuple[float, float]] = {}
        self._track_y: dict[tuple[int, int], float] = {}
        self.end = self._lay(top)

    def level(self, way: Way) -> float:
        """The height of the level stretch of a flow."""
        row, in_gutter, track = self._level_of(way)
        return self._track_y[row, track] if in_gutter else self.row_y[row]

    def _level_of(self, way: Way) -> Level:
        return way.level or (self._grid.row[way.flow.target], 0, 0)

    def _lay(self, at: float) -> float:
        above, below = self._extents()
        for lane in self._model.lanes:
            first, last = self._grid.lanes[lane.id]
            start = at
            for row in range(first, last + 1):
                at += GUTTER + above[row]
                self.row_y.append(at)
                at += below[row] + GUTTER
                for track in range(len(self._ways.tracks.get(row, ()))):
                    at += sizes.TRACK + sizes.label_height(self._ways.tall.get((row, track), ""))
                    self._track_y[row, track] = at
            at = max(at + 6, start + min(width(lane.label, sizes.TASK_SIZE) + 16, LONGEST_TITLE))
            self.lanes[lane.id] = (start, at)
        return at

    def _extents(self) -> tuple[list[float], list[float]]:
        """How far shapes and labels reach above and below the middle of each row."""
        above, below = [20.0] * self._grid.rows, [20.0] * self._grid.rows
        for node in self._model.nodes:
            row = self._grid.row.get(node.id)
            if row is None:
                continue
            _, height = sizes.shape_size(node)
            label = sizes.label_height(node.label) + sizes.CLOSE if node.label else 0
            over = label if node.kind in GATEWAYS else 0
            under = label if node.kind not in ACTIVITIES and node.kind not in GATEWAYS else 0
            drops = [timer.drop for timer in self._timers.get(node.id, ())[:2]]
            above[row] = max(above[row], height / 2 + over + sum(drops[1:]))
            below[row] = max(below[row], height / 2 + under + sum(drops[:1]))
        for way in self._ways.ways:
            if way.flow.label and not way.in_gutter:
                row = self._level_of(way)[0]
                above[row] = max(above[row], sizes.label_height(way.flow.label) + 4)
        return above, below
