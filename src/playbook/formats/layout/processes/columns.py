"""Where columns and the channels between them lie, from left to right."""

from __future__ import annotations

from playbook.formats.layout.processes import sizes
from playbook.formats.layout.processes.placing import Grid
from playbook.formats.layout.processes.timers import Timers
from playbook.formats.layout.processes.ways import Trunk, Way, Ways
from playbook.shapes.process import ACTIVITIES, ProcessModel, ProcessNode

PAD = 16.0
ARROW = 18.0
STAGE_WIDTH = 230.0
"""A stage is at least so wide if it has notes, so that they can be read."""
FRAME = 7.0
"""Between the shapes of a stage and its frame."""
BESIDE_TIMERS = 44.0
"""What a column is wider for the labels beside timers."""


class Columns:
    """Asked for places across."""

    def __init__(self, model: ProcessModel, grid: Grid, ways: Ways, timers: Timers) -> None:
        self._model = model
        self._grid = grid
        self._ways = ways
        self._timers = timers
        self.left: list[float] = []
        self._wide = self._widths()
        self._lay()

    @property
    def right(self) -> float:
        """Where the pool ends."""
        last = self._grid.columns - 1
        if last < 0:
            return sizes.MARGIN + 2 * sizes.BAND + 400
        return self._channel(last) + sizes.TRACK * self._track_count(last) + 2 * ARROW

    def centre(self, node: str) -> float:
        """The middle of a node's shape."""
        column = self._grid.column[node]
        wide = sizes.TASK_WIDTH if self._timers.get(node) else self._wide[column]
        return self.left[column] + wide / 2

    def stage(self, stage: str) -> tuple[float, float]:
        """The left and right of a stage's frame."""
        first, last = self._grid.stages[stage]
        return self.left[first] - FRAME, self.left[last] + self._wide[last] + FRAME

    def trunk(self, trunk: Trunk) -> float:
        """Where an upright stretch of flows stands."""
        if trunk.channel < 0:
            return self.left[0] - ARROW - sizes.TRACK * (1 + trunk.track)
        return self._channel(trunk.channel) + sizes.TRACK * trunk.track

    def label(self, way: Way) -> float:
        """Where the label of a flow begins: in the channel behind its source, or over a column."""
        if way.label_in_gutter:
            return self.left[self._column_of_label(way)]
        channel = self._grid.column[way.flow.source]
        return self._channel(channel) + sizes.TRACK * self._track_count(channel) - 2

    # -- laying ----------------------------------------------------------------------------------

    def _lay(self) -> None:
        at = sizes.MARGIN + 2 * sizes.BAND + PAD + ARROW
        labels = self._label_zones()
        ends = {last: stage for stage, (_, last) in self._grid.stages.items()}
        for column in range(self._grid.columns):
            self.left.append(at)
            if column in ends:
                self._wide[column] += self._lacking(ends[column], at + self._wide[column])
            tracks = sizes.TRACK * self._track_count(column)
            at += self._wide[column] + PAD + tracks + labels.get(column, 0) + ARROW

    def _widths(self) -> list[float]:
        """The width of each column by what stands in it, stages aside."""
        nodes = {node.id: node for node in self._model.nodes}
        wide = [sizes.GATEWAY] * self._grid.columns
        for id_, column in self._grid.column.items():
            wide[column] = max(wide[column], self._node_width(nodes[id_]))
        for way in self._ways.ways:
            if way.flow.label and way.label_in_gutter:
                beside = self._column_of_label(way)
                wide[beside] = max(wide[beside], sizes.LABEL_WIDTH)
        return wide

    def _node_width(self, node: ProcessNode) -> float:
        own, _ = sizes.shape_size(node)
        if node.kind in ACTIVITIES:
            return own + (BESIDE_TIMERS if self._timers.get(node.id) else 0)
        return max(own, sizes.LABEL_WIDTH if node.label else 0)

    def _lacking(self, stage: str, right: float) -> float:
        """How much a stage is too narrow for its notes."""
        notes = next(each.notes for each in self._model.stages if each.id == stage)
        have = right - self.left[self._grid.stages[stage][0]] + 2 * FRAME
        return max(0.0, (STAGE_WIDTH if notes else sizes.LABEL_WIDTH) - have)

    def _label_zones(self) -> dict[int, float]:
        """The room that labels take in channels."""
        zones: dict[int, float] = {}
        for way in self._ways.ways:
            if way.flow.label and not way.label_in_gutter:
                channel = self._grid.column[way.flow.source]
                zones[channel] = max(zones.get(channel, 0), sizes.label_width(way.flow.label) + 10)
        return zones

    def _channel(self, channel: int) -> float:
        return self.left[channel] + self._wide[channel] + PAD

    def _track_count(self, channel: int) -> int:
        return 1 + max((trunk.track for trunk in self._ways.channels.get(channel, ())), default=-1)

    def _column_of_label(self, way: Way) -> int:
        source, target = self._grid.column[way.flow.source], self._grid.column[way.flow.target]
        return min(source + 1, self._grid.columns - 1) if target > source else source
