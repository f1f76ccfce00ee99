"""Lengths and places: from cells and ways to the bounds of shapes and labels and the bends of flows, in pixels."""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.processes import sizes
from playbook.formats.layout.processes.placing import Grid, placed
from playbook.formats.layout.processes.ways import Level, Router, Trunk, Way, Ways, ordered
from playbook.shapes.process import ACTIVITIES, GATEWAYS, ProcessHandler, ProcessModel, ProcessNode

MARGIN = 40.0
BAND = 30.0
"""The width of the titles of pool and lanes."""
PAD = 16.0
TRACK = 11.0
ARROW = 18.0
GUTTER = 14.0
STAGE_WIDTH = 230.0
"""A stage is at least so wide if it has notes, so that they can be read."""
FRAME = 7.0
NOTE_SIZE = 12.0
NOTE_LEADING = 15.0
BESIDE_TIMER = 98.0
"""The widest label beside a timer."""
HANDLER_LANE = "at_any_time"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return self.y + self.height / 2


Point = tuple[float, float]


@dataclass
class Arrangement:
    """Everything at its place, by id; ``labels`` are of nodes and of flows."""

    shapes: dict[str, Bounds] = field(default_factory=dict)
    labels: dict[str, Bounds] = field(default_factory=dict)
    lines: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    lanes: dict[str, Bounds] = field(default_factory=dict)
    stages: dict[str, Bounds] = field(default_factory=dict)
    notes: dict[str, Bounds] = field(default_factory=dict)
    pool: Bounds = Bounds(0, 0, 0, 0)


def arrange(model: ProcessModel) -> Arrangement:
    """Lay out a process."""
    grid = placed(model)
    own = [flow for flow in model.flows if flow.source in grid.column and flow.target in grid.column]
    forced: set[str] = set()
    while True:
        ways = Router(grid, own, forced).run()
        stuck = ordered(ways)
        if stuck is None:
            return _Arranger(model, grid, ways).run()
        forced.add(stuck)


class _Arranger:
    def __init__(self, model: ProcessModel, grid: Grid, ways: Ways) -> None:
        self.model = model
        self.grid = grid
        self.ways = ways
        self.out = Arrangement()
        self.nodes = {node.id: node for node in model.nodes}
        self.timers: dict[str, list[tuple[ProcessNode, ProcessNode, str]]] = {}
        for flow in model.flows:
            timer = self.nodes[flow.source]
            if timer.host:
                self.timers.setdefault(timer.host, []).append((timer, self.nodes[flow.target], flow.id))
        self.left: list[float] = []
        self.wide: list[float] = []
        self.row_y: list[float] = []
        self.track_y: dict[tuple[int, int], float] = {}

    def run(self) -> Arrangement:
        self._across()
        top = MARGIN + self._header()
        end = self._down(top)
        right = self._right()
        work = end
        end = self._handlers(end, right)
        bottom = max(end, top + width(self.model.title, sizes.TASK_SIZE) + 24)
        self.out.pool = Bounds(MARGIN, top, right - MARGIN, bottom - top)
        self._stretch_last_lane(bottom)
        for node in self.grid.column:
            self._shape(self.nodes[node])
        for way in self.ways.ways:
            self._line(way)
        # What can happen at any time is in no stage.
        self._stages(top, work - 4 if self.model.handlers else bottom + 10)
        return self.out

    # -- across ----------------------------------------------------------------------------------

    def _across(self) -> None:
        """The places of columns and channels."""
        wide = [sizes.GATEWAY] * self.grid.columns
        for id_, column in self.grid.column.items():
            wide[column] = max(wide[column], self._node_width(self.nodes[id_]))
        for way in self.ways.ways:
            if way.flow.label and _is_in_gutter(way) and not _is_short(way):
                beside = self._column_of_label(way)
                wide[beside] = max(wide[beside], sizes.LABEL_WIDTH)
        at = MARGIN + 2 * BAND + PAD + ARROW
        labels = self._label_zones()
        ends = {last: stage for stage, (_, last) in self.grid.stages.items()}
        for column in range(self.grid.columns):
            self.left.append(at)
            if column in ends:
                wide[column] += self._lacking(ends[column], at + wide[column])
            at += wide[column] + PAD + TRACK * self._track_count(column) + labels.get(column, 0) + ARROW
        self.wide = wide

    def _lacking(self, stage: str, right: float) -> float:
        """How much a stage is too narrow for its notes."""
        notes = next(each.notes for each in self.model.stages if each.id == stage)
        have = right - self.left[self.grid.stages[stage][0]] + 2 * FRAME
        return max(0.0, (STAGE_WIDTH if notes else sizes.LABEL_WIDTH) - have)

    def _node_width(self, node: ProcessNode) -> float:
        own, _ = sizes.shape_size(node)
        if node.kind in ACTIVITIES:
            return own + (44 if self.timers.get(node.id) else 0)
        return max(own, sizes.LABEL_WIDTH if node.label else 0)

    def _track_count(self, channel: int) -> int:
        return 1 + max((trunk.track for trunk in self.ways.channels.get(channel, ())), default=-1)

    def _label_zones(self) -> dict[int, float]:
        zones: dict[int, float] = {}
        for way in self.ways.ways:
            if way.flow.label and (not _is_in_gutter(way) or _is_short(way)):
                channel = self.grid.column[way.flow.source]
                zones[channel] = max(zones.get(channel, 0), sizes.label_width(way.flow.label) + 10)
        return zones

    def _column_of_label(self, way: Way) -> int:
        source, target = self.grid.column[way.flow.source], self.grid.column[way.flow.target]
        return min(source + 1, self.grid.columns - 1) if target > source else source

    def _right(self) -> float:
        last = self.grid.columns - 1
        if last < 0:
            return MARGIN + 2 * BAND + 400
        return self.left[last] + self.wide[last] + PAD + TRACK * self._track_count(last) + 2 * ARROW

    def _trunk_x(self, trunk: Trunk) -> float:
        if trunk.channel < 0:
            return self.left[0] - ARROW - TRACK * (1 + trunk.track) if self.left else MARGIN
        return self.left[trunk.channel] + self.wide[trunk.channel] + PAD + TRACK * trunk.track

    def _zone_x(self, channel: int) -> float:
        """Where the labels of a channel begin."""
        return self.left[channel] + self.wide[channel] + PAD + TRACK * self._track_count(channel) - 2

    # -- down ------------------------------------------------------------------------------------

    def _down(self, top: float) -> float:
        """The places of rows, gutters and lanes."""
        above, below = self._extents()
        at = top
        for lane in self.model.lanes:
            first, last = self.grid.lanes[lane.id]
            start = at
            for row in range(first, last + 1):
                at += GUTTER + above[row]
                self.row_y.append(at)
                at += below[row] + GUTTER
                for track in range(len(self.ways.tracks.get(row, ()))):
                    at += TRACK + sizes.label_height(self.ways.tall.get((row, track), ""))
                    self.track_y[row, track] = at
            at = max(at + 6, start + min(width(lane.label, sizes.TASK_SIZE) + 16, 200))
            self.out.lanes[lane.id] = Bounds(MARGIN + BAND, start, self._right() - MARGIN - BAND, at - start)
        return at

    def _extents(self) -> tuple[list[float], list[float]]:
        above, below = [20.0] * self.grid.rows, [20.0] * self.grid.rows
        for id_, row in self.grid.row.items():
            node = self.nodes[id_]
            _, height = sizes.shape_size(node)
            label = sizes.label_height(node.label) + sizes.CLOSE if node.label else 0
            over = label if node.kind in GATEWAYS else 0
            under = label if node.kind not in ACTIVITIES and node.kind not in GATEWAYS else 0
            timers = self.timers.get(id_, [])
            if timers:
                under += self._timer_drop(timers[0])
            if len(timers) > 1:
                over += self._timer_drop(timers[1])
            above[row] = max(above[row], height / 2 + over)
            below[row] = max(below[row], height / 2 + under)
        for way in self.ways.ways:
            if way.flow.label and not _is_in_gutter(way):
                row = (way.level or self._row_of(way))[0]
                above[row] = max(above[row], sizes.label_height(way.flow.label) + 4)
        return above, below

    def _row_of(self, way: Way) -> Level:
        return self.grid.row[way.flow.target], 0, 0

    def _timer_drop(self, timer: tuple[ProcessNode, ProcessNode, str]) -> float:
        """How far a timer and what it leads to stand out from the border of their task."""
        event, end, _ = timer
        reach = max(sizes.EVENT / 2, sizes.label_height(end.label, BESIDE_TIMER) / 2)
        return sizes.EVENT + _timer_gap(event, end) + reach + 4

    def _header(self) -> float:
        """The height of the titles and notes of the stages above the pool."""
        heights = [
            self._title_height(stage.id, stage.label) + self._note_height(stage.id, stage.notes)
            for stage in self.model.stages
        ]
        return max(heights, default=0) + (16 if heights else 0)

    def _stage_span(self, stage: str) -> tuple[float, float]:
        first, last = self.grid.stages[stage]
        return self.left[first] - FRAME, self.left[last] + self.wide[last] + FRAME

    def _title_height(self, stage: str, title: str) -> float:
        left, right = self._stage_span(stage)
        return len(wrap(title, NOTE_SIZE, right - left - 12)) * NOTE_LEADING + 8

    def _note_height(self, stage: str, notes: tuple[str, ...]) -> float:
        if not notes:
            return 0.0
        left, right = self._stage_span(stage)
        lines = sum(len(wrap(note, NOTE_SIZE, right - left - 32)) for note in notes)
        return lines * NOTE_LEADING + 14

    def _stages(self, top: float, bottom: float) -> None:
        header = self._header()
        for stage in self.model.stages:
            left, right = self._stage_span(stage.id)
            start = top - header
            self.out.stages[stage.id] = Bounds(left, start, right - left, bottom - start)
            title = self._title_height(stage.id, stage.label)
            self.out.labels[f"stage.{stage.id}"] = Bounds(left + 6, start + 6, right - left - 12, title - 8)
            if stage.notes:
                height = self._note_height(stage.id, stage.notes)
                self.out.notes[stage.id] = Bounds(left + 8, start + title + 2, right - left - 16, height)

    # -- shapes ----------------------------------------------------------------------------------

    def _centre(self, id_: str) -> Point:
        column = self.grid.column[id_]
        x = self.left[column] + self.wide[column] / 2
        if self.timers.get(id_):
            x = self.left[column] + sizes.TASK_WIDTH / 2
        return x, self.row_y[self.grid.row[id_]]

    def _shape(self, node: ProcessNode) -> None:
        x, y = self._centre(node.id)
        _put(self.out, node, x, y)
        for number, (timer, end, flow) in enumerate(self.timers.get(node.id, [])[:2]):
            self._timer(node, timer, end, flow, down=number == 0)

    def _timer(self, host: ProcessNode, timer: ProcessNode, end: ProcessNode, flow: str, *, down: bool) -> None:
        box, half = self.out.shapes[host.id], sizes.EVENT / 2
        x = box.x + 26
        border = box.y + box.height if down else box.y
        sign = 1 if down else -1
        far = border + sign * (half + _timer_gap(timer, end) + half)
        self.out.shapes[timer.id] = Bounds(x - half, border - half, sizes.EVENT, sizes.EVENT)
        self.out.shapes[end.id] = Bounds(x - half, far - half, sizes.EVENT, sizes.EVENT)
        self.out.lines[flow] = ((x, border + sign * half), (x, far - sign * half))
        self._label_beside(timer, x + half + 4, border + sign * 4, 1 if down else -1)
        self._label_beside(end, x + half + 4, far, 0)

    def _label_beside(self, node: ProcessNode, x: float, y: float, side: int) -> None:
        """A label to the right of an event: below, above or level with a height."""
        height = sizes.label_height(node.label, BESIDE_TIMER)
        top = y if side > 0 else y - height if side < 0 else y - height / 2
        self.out.labels[node.id] = Bounds(x, top, sizes.label_width(node.label, BESIDE_TIMER) + 2, height)

    # -- lines -----------------------------------------------------------------------------------

    def _line(self, way: Way) -> None:
        one, other = self.out.shapes[way.flow.source], self.out.shapes[way.flow.target]
        start, stop = (one.x + one.width, one.middle), (other.x, other.middle)
        level = self._level_y(way.level or self._row_of(way))
        points = [start]
        for trunk, end in ((way.first, start), (way.second, stop)):
            if trunk:
                x = self._trunk_x(trunk)
                points += [(x, end[1]), (x, level)] if end is start else [(x, level), (x, end[1])]
        points.append(stop)
        self.out.lines[way.flow.id] = _plain(points)
        if way.flow.label:
            self._flow_label(way)

    def _level_y(self, level: Level) -> float:
        return self.row_y[level[0]] if level[1] == 0 else self.track_y[level[0], level[2]]

    def _flow_label(self, way: Way) -> None:
        label = way.flow.label
        wide, high = sizes.label_width(label), sizes.label_height(label)
        x, y = self._zone_x(self.grid.column[way.flow.source]), self._level_y(way.level or self._row_of(way))
        if _is_in_gutter(way) and not _is_short(way):
            x = self.left[self._column_of_label(way)]
        self.out.labels[way.flow.id] = Bounds(x, y - high - 2, wide + 4, high)

    # -- handlers --------------------------------------------------------------------------------

    def _handlers(self, end: float, right: float) -> float:
        """A lane of its own, below the others, for what can happen at any time."""
        if not self.model.handlers:
            return end
        x, y, tall = MARGIN + 2 * BAND + 24, end + 20, 0.0
        for handler in self.model.handlers:
            wide, high = _handler_size(handler)
            if x + wide > right - 20 and x > MARGIN + 2 * BAND + 24:
                x, y, tall = MARGIN + 2 * BAND + 24, y + tall + 20, 0.0
            self._handler(handler, x, y, wide, high)
            x, tall = x + wide + 24, max(tall, high)
        bottom = max(y + tall + 20, end + 120)
        self.out.lanes[HANDLER_LANE] = Bounds(MARGIN + BAND, end, right - MARGIN - BAND, bottom - end)
        return bottom

    def _handler(self, handler: ProcessHandler, x: float, y: float, wide: float, high: float) -> None:
        self.out.shapes[handler.id] = Bounds(x, y, wide, high)
        middle = y + 34 + max(sizes.shape_size(node)[1] for node in handler.nodes) / 2
        for number, node in enumerate(handler.nodes):
            _put(self.out, node, x + 20 + sizes.TASK_WIDTH / 2 + number * (sizes.TASK_WIDTH + 36), middle)
        for flow in handler.flows:
            one, other = self.out.shapes[flow.source], self.out.shapes[flow.target]
            self.out.lines[flow.id] = ((one.x + one.width, middle), (other.x, middle))

    def _stretch_last_lane(self, bottom: float) -> None:
        last = list(self.out.lanes)[-1:]
        for lane in last:
            box = self.out.lanes[lane]
            self.out.lanes[lane] = Bounds(box.x, box.y, box.width, bottom - box.y)


def _timer_gap(event: ProcessNode, end: ProcessNode) -> float:
    """The length of the line from a timer to what it leads to: their labels stand below each other."""
    reach = max(sizes.EVENT / 2, sizes.label_height(end.label, BESIDE_TIMER) / 2)
    return max(
        sizes.TIMER_DROP - sizes.EVENT / 2, sizes.label_height(event.label, BESIDE_TIMER) + 8 + reach - sizes.EVENT
    )


def _handler_size(handler: ProcessHandler) -> tuple[float, float]:
    count = len(handler.nodes)
    shapes = max(sizes.shape_size(node)[1] for node in handler.nodes)
    labels = max(sizes.label_height(node.label) for node in handler.nodes if node.kind not in ACTIVITIES)
    wide = 40 + count * sizes.TASK_WIDTH + (count - 1) * 36
    return wide, 34 + shapes / 2 + max(shapes / 2, sizes.EVENT / 2 + sizes.CLOSE + labels) + 16


def _is_in_gutter(way: Way) -> bool:
    """Whether the level stretch of a flow, with its label, lies between rows."""
    return way.level is not None and way.level[1] == 1


def _is_short(way: Way) -> bool:
    """Whether a flow leaves and arrives in one channel, so that its label stands there."""
    return way.first is not None and way.second is not None and way.first.channel == way.second.channel


def _put(out: Arrangement, node: ProcessNode, x: float, y: float) -> None:
    """A shape around its centre, and its label: that of a gateway above it, that of an event below."""
    wide, high = sizes.shape_size(node)
    out.shapes[node.id] = Bounds(x - wide / 2, y - high / 2, wide, high)
    if node.kind in ACTIVITIES or not node.label.strip():
        return
    label, tall = sizes.label_width(node.label) + 2, sizes.label_height(node.label)
    top = y - high / 2 - sizes.CLOSE - tall if node.kind in GATEWAYS else y + high / 2 + sizes.CLOSE
    out.labels[node.id] = Bounds(x - label / 2, top, label, tall)


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
