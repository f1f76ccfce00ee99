"""The boxes: their outlines, and where an arrow touches them."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.layout import style
from playbook.formats.layout.outlines import flag, hexagon
from playbook.formats.layout.scene import Box, Mark, Shape, Words
from playbook.formats.layout.swimlanes.colours import LaneTone
from playbook.formats.layout.swimlanes.geometry import Rectangle
from playbook.formats.layout.swimlanes.sizing import GATES, TIP, Sized

_SIGNS = {"parallel_gate": "+", "inclusive_gate": "O"}


def node_marks(box: Sized, rectangle: Rectangle, lane: LaneTone) -> Iterator[Mark]:
    """A box with its texts."""
    x, y, wide, high = rectangle
    yield _outline(box, rectangle, lane)
    if box.is_sign:
        yield from _sign(box, rectangle)
        return
    node = box.node
    if node.shape == "step" and node.tone in ("customer", "partner", "system"):
        # A bar at the left edge: the tone is seen in grey, too.
        yield Box(x, y, 4, high, style.TONES[node.tone].stroke)
    leading = style.LABEL * style.LEADING, style.DETAIL * style.LEADING
    text = len(box.label) * leading[0] + len(box.details) * leading[1] + (2 if box.details else 0)
    baseline = y + (high - text) / 2 + style.LABEL * 0.95
    center = x + wide / 2 - (TIP / 2 if node.shape == "milestone" else 0)
    for line in box.label:
        yield Words(center, baseline, line, style.LABEL, style.INK, bold=True, anchor="middle")
        baseline += leading[0]
    baseline += 1 - (style.LABEL - style.DETAIL)
    for line in box.details:
        yield Words(center, baseline, line, style.DETAIL, style.SOFT, anchor="middle")
        baseline += leading[1]


def _outline(box: Sized, rectangle: Rectangle, lane: LaneTone) -> Mark:
    x, y, wide, high = rectangle
    node = box.node
    dashed = node.dashed
    if node.shape in GATES:
        tip = wide / 2 if box.is_sign else TIP
        return Shape(hexagon(rectangle, tip), style.GATE, style.SOFT, 1.3, dashed)
    if node.shape == "milestone":
        tone = style.TONES["milestone" if node.tone == "plain" else node.tone]
        return Shape(flag(rectangle, TIP), tone.fill, tone.stroke, 1.3, dashed)
    if node.shape in ("start", "end"):
        tone = style.TONES[node.tone]
        return Box(
            x, y, wide, high, tone.fill, tone.stroke, 2.2 if node.shape == "end" else 1.2, min(high / 2, 16), dashed
        )
    if node.shape == "elsewhere":
        return Box(x, y, wide, high, style.CARD, style.FRAME, 1.0, min(high / 2, 16), dashed)
    return Box(x, y, wide, high, style.PAPER, lane.strong, 1.2, 4, dashed)


def _sign(box: Sized, rectangle: Rectangle) -> Iterator[Mark]:
    """What tells a gate without words: a plus where all ways are taken, a ring where some are, else a cross."""
    x, y, wide, high = rectangle
    sign = _SIGNS.get(box.node.shape, "×")
    yield Words(x + wide / 2, y + high / 2 + 5, sign, 14, style.INK, bold=True, anchor="middle")
