"""The cards of a tree: as wide as their kind, as high as their texts."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.formats.layout import style
from playbook.formats.layout.measure import wrap
from playbook.shapes.diagram import DiagramNode

PADDING = 6.0
INDENT = 14.0
"""The room for the diamond of a milestone."""
_WIDTHS = {"outcome": 182.0, "milestone": 186.0}
_WIDTH = 162.0


@dataclass(slots=True)
class Card:
    """A node with its texts in lines and its place; ``level`` is the column that it stands in."""

    node: DiagramNode
    label: tuple[str, ...]
    details: tuple[str, ...]
    width: float
    height: float
    indent: float
    level: int = 0
    x: float = 0.0
    y: float = 0.0

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


def card_of(node: DiagramNode) -> Card:
    """The card of a node, not yet placed."""
    wide = _WIDTHS.get(node.shape, _WIDTH)
    indent = INDENT if node.shape == "milestone" else 0.0
    room = wide - 2 * PADDING - indent
    label = tuple(wrap(node.label, style.LABEL, room, bold=True))
    details = tuple(line for detail in node.details for line in wrap(detail, style.DETAIL, room))
    high = 2 * PADDING + (len(label) * style.LABEL + len(details) * style.DETAIL) * style.LEADING
    return Card(node, label, details, wide, high, indent)
