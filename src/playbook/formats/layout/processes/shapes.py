"""Puts a shape at its place, with its label."""

from __future__ import annotations

from playbook.formats.layout.processes import sizes
from playbook.formats.layout.processes.arrangement import Arrangement, Bounds
from playbook.shapes.process import ACTIVITIES, GATEWAYS, ProcessNode


def put(out: Arrangement, node: ProcessNode, x: float, y: float) -> None:
    """A shape around its centre, and its label: that of a gateway above it, that of an event below."""
    wide, high = sizes.shape_size(node)
    out.shapes[node.id] = Bounds(x - wide / 2, y - high / 2, wide, high)
    if node.kind in ACTIVITIES or not node.label.strip():
        return
    label, tall = sizes.label_width(node.label) + 2, sizes.label_height(node.label)
    top = y - high / 2 - sizes.CLOSE - tall if node.kind in GATEWAYS else y + high / 2 + sizes.CLOSE
    out.labels[node.id] = Bounds(x - label / 2, top, label, tall)
