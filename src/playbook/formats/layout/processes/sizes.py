"""How large shapes and labels are, as BPMN tools draw them (bpmn-js: Arial, 11 and 12 pixels)."""

from __future__ import annotations

from math import ceil

from playbook.formats.layout.measure import width, wrap
from playbook.shapes.process import ACTIVITIES, GATEWAYS, NodeKind, ProcessNode

MARGIN = 40.0
"""Around the pool."""
BAND = 30.0
"""The width of the titles of pool and lanes."""
TRACK = 11.0
"""Between flows side by side."""
TASK_WIDTH = 110.0
EVENT = 36.0
GATEWAY = 50.0
LABEL_WIDTH = 108.0
LABEL_SIZE = 11.0
TASK_SIZE = 12.0
LEADING = 14.0
CLOSE = 5.0
"""Between a shape and its label."""
TIMER_DROP = 34.0
"""From a timer on the border of a task to the event that it leads to."""


def shape_size(node: ProcessNode) -> tuple[float, float]:
    """Width and height of a node's shape. A task grows until its words fit."""
    if node.kind in GATEWAYS:
        return GATEWAY, GATEWAY
    if node.kind not in ACTIVITIES:
        return EVENT, EVENT
    return TASK_WIDTH, task_height(node.label, node.kind)


def task_height(label: str, kind: NodeKind) -> float:
    """The height of a task, with room for the mark of its kind above the words and of its loop below.

    It is even, so that halves are whole pixels and flows from middle to middle run straight.
    """
    lines = len(wrap(label, TASK_SIZE, TASK_WIDTH - 16))
    mark = 10.0 if kind == "task" else 26.0
    return max(80.0, 2.0 * ceil(mark + lines * LEADING * 0.54))


def label_lines(label: str, limit: float = LABEL_WIDTH) -> list[str]:
    """The lines of a label beside a shape or at a flow."""
    return wrap(label, LABEL_SIZE, limit) if label.strip() else []


def label_height(label: str, limit: float = LABEL_WIDTH) -> float:
    """The height of a label."""
    return len(label_lines(label, limit)) * LEADING


def label_width(label: str, limit: float = LABEL_WIDTH) -> float:
    """The width of the widest line of a label; as narrow as a few letters, no less."""
    return max((width(line, LABEL_SIZE) for line in label_lines(label, limit)), default=0.0)
