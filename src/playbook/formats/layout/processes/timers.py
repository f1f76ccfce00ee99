"""The timers on the borders of tasks: one below a task, a second one above it, each with what it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.formats.layout.processes import sizes
from playbook.formats.layout.processes.arrangement import Arrangement, Bounds
from playbook.shapes.process import ProcessModel, ProcessNode

BESIDE = 98.0
"""The widest label beside a timer."""


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer with the event that it leads to and the id of the flow between them."""

    event: ProcessNode
    end: ProcessNode
    flow: str

    @property
    def drop(self) -> float:
        """How far the two stand out from the border of their task."""
        return sizes.EVENT + self.gap + self._reach + 4

    @property
    def gap(self) -> float:
        """The length of the line between the two: their labels stand below each other."""
        least = sizes.TIMER_DROP - sizes.EVENT / 2
        return max(least, sizes.label_height(self.event.label, BESIDE) + 8 + self._reach - sizes.EVENT)

    @property
    def _reach(self) -> float:
        return max(sizes.EVENT / 2, sizes.label_height(self.end.label, BESIDE) / 2)


Timers = dict[str, list[Timer]]
"""The timers of each task that has some."""


def timers_of(model: ProcessModel) -> Timers:
    """All timers, by the task that they hang on."""
    nodes = {node.id: node for node in model.nodes}
    found: Timers = {}
    for flow in model.flows:
        event = nodes[flow.source]
        if event.host:
            found.setdefault(event.host, []).append(Timer(event, nodes[flow.target], flow.id))
    return found


def place_timers(out: Arrangement, host: str, timers: Timers) -> None:
    """Place the timers of a task that has its place."""
    for number, timer in enumerate(timers.get(host, [])[:2]):
        _place(out, out.shapes[host], timer, 1 if number == 0 else -1)


def _place(out: Arrangement, host: Bounds, timer: Timer, down: int) -> None:
    """Place one timer; ``down`` is 1 below its task and -1 above it."""
    half = sizes.EVENT / 2
    x = host.x + 26
    border = host.y + host.height if down > 0 else host.y
    far = border + down * (half + timer.gap + half)
    out.shapes[timer.event.id] = Bounds(x - half, border - half, sizes.EVENT, sizes.EVENT)
    out.shapes[timer.end.id] = Bounds(x - half, far - half, sizes.EVENT, sizes.EVENT)
    out.lines[timer.flow] = ((x, border + down * half), (x, far - down * half))
    _label(out, timer.event, x + half + 4, border + down * 4, down)
    _label(out, timer.end, x + half + 4, far, 0)


def _label(out: Arrangement, node: ProcessNode, x: float, y: float, side: int) -> None:
    """A label to the right of an event: below, above or level with a height."""
    height = sizes.label_height(node.label, BESIDE)
    top = y if side > 0 else y - height if side < 0 else y - height / 2
    out.labels[node.id] = Bounds(x, top, sizes.label_width(node.label, BESIDE) + 2, height)
