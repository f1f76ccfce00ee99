"""The way of each flow over the grid: along rows where they are free, else through gutters; never through a cell.

A way is a run of level stretches (in a row, or in the gutter below a row) joined by upright ones in channels.
Channel ``c`` lies to the right of column ``c``; gutter ``r`` lies below row ``r``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.formats.layout.processes.placing import Grid
from playbook.shapes.process import ProcessFlow

Level = tuple[int, int, int]
"""Sorts from top to bottom: a row is ``(row, 0, 0)``, a track of the gutter below it ``(row, 1, track)``."""


@dataclass
class Trunk:
    """An upright stretch in a channel that all flows from one node, or all to one node, share.

    ``left`` and ``right`` are the levels at which flows come from the left and go on to the right.
    """

    channel: int
    left: set[Level] = field(default_factory=set)
    right: set[Level] = field(default_factory=set)
    track: int = 0

    @property
    def levels(self) -> set[Level]:
        """All levels that it touches."""
        return self.left | self.right


@dataclass
class Way:
    """How a flow goes: straight, or by one or two trunks with the level between them."""

    flow: ProcessFlow
    first: Trunk | None = None
    second: Trunk | None = None
    level: Level | None = None
    straight: bool = False

    @property
    def in_gutter(self) -> bool:
        """Whether its level stretch lies between rows."""
        return self.level is not None and self.level[1] == 1

    @property
    def label_in_gutter(self) -> bool:
        """Whether its label stands on its stretch between rows, or in the channel behind its source.

        A flow that leaves and arrives in one channel has no such stretch to speak of.
        """
        first, second = self.first, self.second
        in_one_channel = first is not None and second is not None and first.channel == second.channel
        return self.in_gutter and not in_one_channel


@dataclass
class Ways:
    """All ways, with the trunks of each channel and the tracks of each gutter."""

    ways: list[Way]
    channels: dict[int, list[Trunk]]
    tracks: dict[int, list[list[tuple[float, float]]]]
    """Of each gutter, per track the stretches that are taken."""
    tall: dict[tuple[int, int], str] = field(default_factory=dict)
    """The label that stands on a track of a gutter, by gutter and track; the tallest counts."""


class Router:
    """Finds all ways. Flows in ``forced`` must take a gutter, since they cannot be put in order otherwise."""

    def __init__(self, grid: Grid, flows: list[ProcessFlow], forced: set[str]) -> None:
        self.grid = grid
        self.flows = flows
        self.forced = forced
        self.cells = set(grid.taken)
        self.corridors: dict[tuple[int, int], str] = {}
        self.trunks: dict[tuple[str, str, int], Trunk] = {}
        self.found = Ways([], {}, {})
        self.said: set[tuple[int, Level]] = set()
        """The channels and levels at which a flow has its label."""

    def run(self) -> Ways:
        """Straight ones first, then the short ones, so that long ones go round them."""
        column = self.grid.column
        by_length = sorted(
            self.flows, key=lambda flow: (not self._straight(flow), abs(column[flow.target] - column[flow.source]))
        )
        found = {flow.id: self._way(flow) for flow in by_length}
        self.found.ways = [found[flow.id] for flow in self.flows]
        for trunk in self.trunks.values():
            self.found.channels.setdefault(trunk.channel, []).append(trunk)
        return self.found

    def _straight(self, flow: ProcessFlow) -> bool:
        row, column = self.grid.row, self.grid.column
        first, last = column[flow.source], column[flow.target]
        return row[flow.source] == row[flow.target] and first < last and self._is_free(flow, row[flow.source])

    def _way(self, flow: ProcessFlow) -> Way:
        row, column = self.grid.row, self.grid.column
        source, target = row[flow.source], row[flow.target]
        if flow.id not in self.forced and column[flow.source] < column[flow.target]:
            if self._straight(flow) and self._can_say(flow, source):
                self._reserve(flow, source)
                return Way(flow, straight=True)
            if self._is_free(flow, target) and self._can_say(flow, target):
                self._reserve(flow, target)
                return self._by_one(flow, "out", (target, 0, 0))
            if self._is_free(flow, source) and self._can_say(flow, source):
                self._reserve(flow, source)
                return self._by_one(flow, "in", (source, 0, 0))
        return self._by_gutter(flow)

    def _is_free(self, flow: ProcessFlow, row: int) -> bool:
        between = range(self.grid.column[flow.source] + 1, self.grid.column[flow.target])
        return all(
            (column, row) not in self.cells and self.corridors.get((column, row), flow.target) == flow.target
            for column in between
        )

    def _reserve(self, flow: ProcessFlow, row: int) -> None:
        for column in range(self.grid.column[flow.source] + 1, self.grid.column[flow.target]):
            self.corridors[column, row] = flow.target
        if flow.label:
            self.said.add((self.grid.column[flow.source], (row, 0, 0)))

    def _can_say(self, flow: ProcessFlow, row: int) -> bool:
        """Whether the label of a flow has a place where the flow goes on in a row."""
        return not flow.label or (self.grid.column[flow.source], (row, 0, 0)) not in self.said

    def _by_one(self, flow: ProcessFlow, side: str, level: Level) -> Way:
        row, column = self.grid.row, self.grid.column
        if side == "out":
            trunk = self._trunk("out", flow.source, column[flow.source])
            trunk.left.add((row[flow.source], 0, 0))
            trunk.right.add(level)
            return Way(flow, first=trunk, level=level)
        trunk = self._trunk("in", flow.target, column[flow.target] - 1)
        trunk.left.add(level)
        trunk.right.add((row[flow.target], 0, 0))
        return Way(flow, second=trunk, level=level)

    def _by_gutter(self, flow: ProcessFlow) -> Way:
        row, column = self.grid.row, self.grid.column
        start, stop = column[flow.source], column[flow.target] - 1
        source, target = row[flow.source], row[flow.target]
        gutter = source if source <= target else source - 1
        track = self._track(gutter, min(start, stop), max(start, stop), flow.label)
        level: Level = (gutter, 1, track)
        first = self._trunk("out", flow.source, start)
        first.left.add((source, 0, 0))
        first.right.add(level)
        second = self._trunk("in", flow.target, stop)
        second.left.add(level)
        second.right.add((target, 0, 0))
        return Way(flow, first, second, level)

    def _track(self, gutter: int, start: int, stop: int, label: str) -> int:
        """A track of a gutter that is free between two channels, both counted in."""
        tracks = self.found.tracks.setdefault(gutter, [])
        number = next(
            (n for n, taken in enumerate(tracks) if all(b < start or stop < a for a, b in taken)), len(tracks)
        )
        if number == len(tracks):
            tracks.append([])
        tracks[number].append((start, stop))
        key = (gutter, number)
        if len(label) > len(self.found.tall.get(key, "")):
            self.found.tall[key] = label
        return number

    def _trunk(self, side: str, node: str, channel: int) -> Trunk:
        return self.trunks.setdefault((side, node, channel), Trunk(channel))


def ordered(ways: Ways) -> str | None:
    """Give the trunks of each channel their tracks; or name a flow that must take a gutter first.

    Where one trunk is reached from the left and another is left to the right in the same row, the first must
    stand to the left of the second. These demands can go in a circle; those of flows in gutters never do.
    """
    pairs = {
        (id(way.second), id(way.first))
        for way in ways.ways
        if way.first and way.second and way.first.channel == way.second.channel
    }
    for trunks in ways.channels.values():
        stuck = {id(trunk) for trunk in _tracks(trunks, pairs)}
        for way in ways.ways if stuck else ():
            if way.level and way.level[1] == 0 and stuck & {id(way.first), id(way.second)}:
                return way.flow.id
    return None


def _tracks(trunks: list[Trunk], pairs: set[tuple[int, int]]) -> list[Trunk]:
    """Number the tracks of a channel from left to right; the trunks that wait for each other, if some do."""
    pending = sorted(trunks, key=lambda trunk: (min(trunk.levels), max(trunk.levels)))
    done: list[Trunk] = []
    while pending:
        ready = [trunk for trunk in pending if not any(_stands_left(other, trunk, pairs) for other in pending)]
        if not ready:
            return pending
        for trunk in ready:
            trunk.track = max((each.track + 1 for each in done if _overlap(each, trunk)), default=0)
            done.append(trunk)
        pending = [trunk for trunk in pending if not any(trunk is each for each in ready)]
    return []


def _stands_left(one: Trunk, other: Trunk, pairs: set[tuple[int, int]]) -> bool:
    """Whether one trunk must stand to the left of the other."""
    if one is other:
        return False
    rows = {level for level in one.left & other.right if level[1] == 0}
    return bool(rows) or (id(other), id(one)) in pairs


def _overlap(one: Trunk, other: Trunk) -> bool:
    """Whether two trunks touch the same levels, so that they need tracks of their own."""
    return min(one.levels) <= max(other.levels) and min(other.levels) <= max(one.levels)
