"""How large each box is: its texts are measured and wrapped before anything gets a place."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.shapes.diagram import DiagramNode

STEP_WIDTH = 150.0
PILL_WIDTH = 84.0
_PILL_LINES = 3
SIGN = 32.0
"""A gate without words is a diamond of this width and height."""
SLOT = 16.0
"""Arrows that reach the same side of a box stand this far from each other."""
TIP = 11.0
LEADING = style.DETAIL * 1.2
"""From one line of a text on an arrow to the next."""
_PADDING = 6.0

GATES = ("exclusive_gate", "inclusive_gate", "parallel_gate")


@dataclass(frozen=True, slots=True)
class Sized:
    """A node with its lines of text and its size. ``slots`` is how many arrows fit on its left or right."""

    node: DiagramNode
    label: tuple[str, ...]
    details: tuple[str, ...]
    width: float
    height: float
    slots: int

    @property
    def is_sign(self) -> bool:
        """Whether it is a gate without words."""
        return self.node.shape in GATES and not any(self.label) and not self.details


def sized(node: DiagramNode, arrows: int = 1) -> Sized:
    """A node with its size; ``arrows`` is how many arrows that stay apart reach its busier side."""
    slots = arrows + 1 - arrows % 2
    least = (slots - 1) * SLOT + 18
    if node.shape in GATES and not node.label.strip() and not node.details:
        return Sized(node, (), (), SIGN, max(SIGN, least), slots)
    slots = max(slots, 3)
    least = (slots - 1) * SLOT + 18
    wide = _width(node)
    inner = wide - 2 * _PADDING - _beside(node)
    label = tuple(wrap(node.label, style.LABEL, inner, bold=True))
    details = tuple(line for detail in node.details for line in wrap(detail, style.DETAIL, inner) if line)
    high = len(label) * style.LABEL * style.LEADING + len(details) * style.DETAIL * style.LEADING
    high += 2 * _PADDING - 2 + (2 if details else 0)
    return Sized(node, label, details, wide, max(high, least), slots)


def _width(node: DiagramNode) -> float:
    """The width of a box: that of all steps; round ones are as narrow as their words allow."""
    if node.shape not in ("start", "end", "elsewhere"):
        return STEP_WIDTH
    longest = max((width(word, style.LABEL, bold=True) for word in node.label.split()), default=0.0)
    around = 2 * _PADDING + _beside(node)
    least = min(max(PILL_WIDTH, longest + around + 1), STEP_WIDTH)
    # Long texts make it wider before they make it high.
    widths = (least, least + 16, least + 32, least + 48)
    fits = (wide for wide in widths if len(wrap(node.label, style.LABEL, wide - around, bold=True)) <= _PILL_LINES)
    return min(next(fits, STEP_WIDTH), STEP_WIDTH)


def _beside(node: DiagramNode) -> float:
    """What pointed and round ends take from the room of the texts."""
    if node.shape in GATES:
        return 2 * TIP - 4
    return TIP if node.shape == "milestone" else 0.0


@dataclass(frozen=True, slots=True)
class Tag:
    """A text that is drawn on an arrow, in lines, with the room that it takes."""

    lines: tuple[str, ...]
    width: float
    height: float


def tags(text: str, *, bold: bool) -> list[Tag]:
    """The ways to break a text that stands on an arrow: from one line to a narrow block."""
    found: dict[tuple[str, ...], Tag] = {}
    # Words stay whole as long as they are words.
    longest = min(max((width(word, style.DETAIL, bold=bold) for word in text.split()), default=0.0), 110.0)
    for limit in (240.0, 170.0, 120.0, 90.0, 70.0, 52.0):
        lines = tuple(wrap(text, style.DETAIL, max(limit, longest + 0.1), bold=bold))
        if lines not in found:
            wide = max(width(line, style.DETAIL, bold=bold) for line in lines)
            found[lines] = Tag(lines, wide + 8, len(lines) * LEADING + 1.8)
    return list(found.values())
