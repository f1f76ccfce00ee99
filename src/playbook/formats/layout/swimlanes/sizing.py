"""How large each box is: its texts are measured and wrapped before anything gets a place."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.shapes.diagram import DiagramNode

STEP_WIDTH = 128.0
PILL_WIDTH = 96.0
SIGN = 32.0
"""A gate without words is a diamond of this width and height."""
SLOT = 12.0
"""Arrows that reach the same side of a box stand this far from each other."""
TIP = 11.0
_PADDING = 7.0

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
    wide = PILL_WIDTH if node.shape in ("start", "end", "elsewhere") else STEP_WIDTH
    inner = wide - 2 * _PADDING - (2 * TIP - 4 if node.shape in GATES else 0)
    if node.shape == "milestone":
        inner -= TIP
    label = tuple(wrap(node.label, style.LABEL, inner, bold=True))
    details = tuple(line for detail in node.details for line in wrap(detail, style.DETAIL, inner) if line)
    high = len(label) * style.LABEL * style.LEADING + len(details) * style.DETAIL * style.LEADING
    high += 2 * _PADDING - 2 + (2 if details else 0)
    return Sized(node, label, details, wide, max(high, least), slots)


@dataclass(frozen=True, slots=True)
class Tag:
    """A text that is drawn on an arrow, in lines, with the room that it takes."""

    lines: tuple[str, ...]
    width: float
    height: float


def tags(text: str, *, bold: bool) -> list[Tag]:
    """The ways to break a text that stands on an arrow: from one line to a narrow block."""
    found: dict[tuple[str, ...], Tag] = {}
    for limit in (240.0, 170.0, 120.0, 90.0, 70.0, 52.0):
        lines = tuple(wrap(text, style.DETAIL, limit, bold=bold))
        if lines not in found:
            wide = max(width(line, style.DETAIL, bold=bold) for line in lines)
            found[lines] = Tag(lines, wide + 8, len(lines) * style.DETAIL * 1.2 + 4)
    return list(found.values())
