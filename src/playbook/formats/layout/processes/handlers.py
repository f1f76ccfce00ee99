"""The lane below all others, with what can happen at any time: event sub-processes side by side."""

from __future__ import annotations

from playbook.formats.layout.processes import sizes
from playbook.formats.layout.processes.arrangement import HANDLER_LANE, Arrangement, Bounds
from playbook.formats.layout.processes.shapes import put
from playbook.shapes.process import ACTIVITIES, ProcessHandler, ProcessModel

FIRST = sizes.MARGIN + 2 * sizes.BAND + 24
"""Where the first one of a row stands."""
BETWEEN = 36.0
"""Between the shapes in one."""
TITLE = 34.0


def place_handlers(out: Arrangement, model: ProcessModel, end: float, right: float) -> float:
    """Place them below ``end``, in as many rows as they need up to ``right``; the bottom of their lane."""
    if not model.handlers:
        return end
    x, y, tall = FIRST, end + 20, 0.0
    for handler in model.handlers:
        wide, high = _size(handler)
        if x + wide > right - 20 and x > FIRST:
            x, y, tall = FIRST, y + tall + 20, 0.0
        _place(out, handler, Bounds(x, y, wide, high))
        x, tall = x + wide + 24, max(tall, high)
    bottom = max(y + tall + 20, end + 120)
    left = sizes.MARGIN + sizes.BAND
    out.lanes[HANDLER_LANE] = Bounds(left, end, right - left, bottom - end)
    return bottom


def _place(out: Arrangement, handler: ProcessHandler, box: Bounds) -> None:
    out.shapes[handler.id] = box
    middle = box.y + TITLE + max(sizes.shape_size(node)[1] for node in handler.nodes) / 2
    for number, node in enumerate(handler.nodes):
        put(out, node, box.x + 20 + sizes.TASK_WIDTH / 2 + number * (sizes.TASK_WIDTH + BETWEEN), middle)
    for flow in handler.flows:
        one, other = out.shapes[flow.source], out.shapes[flow.target]
        out.lines[flow.id] = ((one.x + one.width, middle), (other.x, middle))


def _size(handler: ProcessHandler) -> tuple[float, float]:
    count = len(handler.nodes)
    shapes = max(sizes.shape_size(node)[1] for node in handler.nodes)
    labels = max(sizes.label_height(node.label) for node in handler.nodes if node.kind not in ACTIVITIES)
    wide = 40 + count * sizes.TASK_WIDTH + (count - 1) * BETWEEN
    return wide, TITLE + shapes / 2 + max(shapes / 2, sizes.EVENT / 2 + sizes.CLOSE + labels) + 16
