"""Cells: nodes with their texts wrapped, so that it is known how much room they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from playbook.formats.layout import style
from playbook.formats.layout.links import Exit, Plot
from playbook.formats.layout.measure import width, wrap
from playbook.shapes.diagram import DiagramNode

GATES = ("exclusive_gate", "inclusive_gate", "parallel_gate")
"""Shapes with a tip at the left and the right."""

_PILL = 84.0
"""The longest line of a start or an end."""

Rectangle = tuple[float, float, float, float]
"""Left, top, width and height."""


@dataclass
class Cell:
    """A node at its place in its block, with its wrapped text. ``height`` is that of its box alone."""

    node: DiagramNode
    label: list[str]
    details: list[str]
    width: float
    height: float
    caption: str = ""
    """Of the text of an arrow: the kind of the arrow."""
    exits: tuple[Exit, ...] = ()
    block: int = 0
    row: int = 0
    column: int = 0

    @property
    def footprint(self) -> float:
        """The height that it needs, with the tags of early ends at its foot."""
        tags = [exit_height(each, self) for each in self.exits]
        return self.height + sum(tag + style.EXIT_GAP for tag in tags)


def title_height(title: list[str]) -> float:
    """The height of the bar with the title."""
    return len(title) * style.STAGE * style.LEADING + 2 * style.PADDING - 4


def exit_lines(each: Exit, cell: Cell) -> tuple[list[str], list[str]]:
    """The condition and the title of an early end, wrapped for the tag."""
    room = exit_width(cell) - 12
    condition = wrap(each.text, style.DETAIL, room) if each.text else []
    return condition, wrap(each.end.label, style.DETAIL, room, bold=True)


def exit_width(cell: Cell) -> float:
    """The width of the tag of an early end: at the right of the arrow that goes on."""
    return max(style.EXIT_WIDTH, cell.width / 2 - 8)


def exit_rectangles(cell: Cell, box: Rectangle) -> Iterator[Rectangle]:
    """Left, top, width and height of the tags of early ends at the foot of a node."""
    x, top, wide, high = box
    top += high
    for each in cell.exits:
        top += style.EXIT_GAP
        yield x + wide - exit_width(cell), top, exit_width(cell), exit_height(each, cell)
        top += exit_height(each, cell)


def exit_height(each: Exit, cell: Cell) -> float:
    """The height of the tag of an early end."""
    return sum(map(len, exit_lines(each, cell))) * style.DETAIL * style.LEADING + 8


def hanging(texts: Iterable[str], limit: float, size: float = style.DETAIL) -> list[str]:
    """Texts in lines; the items of a list (``– ...``) are set in on their further lines."""
    lines: list[str] = []
    for text in texts:
        if text.startswith(style.BULLET):
            first, *others = wrap(text.removeprefix(style.BULLET), size, limit - style.INDENT)
            lines += [style.BULLET + first, *(style.HANGING + line for line in others)]
        else:
            lines += wrap(text, size, limit)
    return lines


# -- cells -----------------------------------------------------------------------------------------


def cell_of(node: DiagramNode, exits: tuple[Exit, ...] = ()) -> Cell:
    """A node with its text wrapped."""
    if node.shape in GATES and not node.label.strip():
        return Cell(node, [], [], 30, 30)
    if node.shape == "stage":
        return _card_of(node, exits)
    outer = style.NODE_WIDTH
    inner = outer - 2 * style.PADDING - (26 if node.shape in GATES else 22 if node.shape == "milestone" else 0)
    label = wrap(node.label, style.LABEL, inner, bold=True)
    details = hanging(node.details, inner)
    height = len(label) * style.LABEL * style.LEADING + len(details) * style.DETAIL * style.LEADING
    if node.shape in ("start", "end", "elsewhere"):
        if not details and width(node.label, style.LABEL, bold=True) < 3 * _PILL:
            # Two short lines take less room than a long one.
            longest_word = max((width(word, style.LABEL, bold=True) for word in node.label.split()), default=0.0)
            label = wrap(node.label, style.LABEL, min(max(_PILL, longest_word + 0.1), inner), bold=True)
            height = len(label) * style.LABEL * style.LEADING
        longest = [width(line, style.LABEL, bold=True) for line in label]
        longest += [width(line, style.DETAIL) for line in details]
        outer = max(92, max(longest) + 2 * style.PADDING + 8)
    return Cell(node, label, details, outer, height + 2 * style.PADDING, "", exits)


def _card_of(node: DiagramNode, exits: tuple[Exit, ...]) -> Cell:
    """A whole stage: lines with a heading have it apart from what follows it, by a tab."""
    inner = style.CARD_WIDTH - 2 * style.PADDING - 4
    label = wrap(node.label, style.STAGE, inner, bold=True)
    details: list[str] = []
    for number, text in enumerate(node.details):
        heading, fact = headed(text)
        if not heading:
            details += wrap(text, style.DETAIL, inner)
            details += [""] if number == 0 and len(node.details) > 1 else []
            continue
        first, *others = wrap(fact, style.DETAIL, inner - style.FACT)
        details += [f"{heading}\t{first}", *(f"\t{line}" for line in others)]
    height = title_height(label) + 4 + (style.PADDING if details else 0)
    height += sum(map(line_height, details)) + style.PADDING
    return Cell(node, label, details, style.CARD_WIDTH, height, "", exits)


def line_height(line: str) -> float:
    """The height of a line of a card; an empty one is half a line."""
    return style.DETAIL * style.LEADING * (1 if line else 0.5)


def headed(text: str) -> tuple[str, str]:
    """A line of a card as its heading, one word, and what is said; without heading if it has none."""
    heading, colon, fact = text.partition(": ")
    fits = colon and " " not in heading and width(heading, style.DETAIL, bold=True) < style.FACT - 2
    return (heading, fact) if fits else ("", text)


def _caption_of(node: DiagramNode, kind: str, outer: float) -> Cell:
    """The long text of an arrow."""
    label = wrap(node.label, style.DETAIL, outer - 2 * style.PADDING)
    height = len(label) * style.DETAIL * style.LEADING + 1.5 * style.PADDING
    return Cell(node, label, [], outer, height, kind)


def cells_of(plot: Plot) -> dict[str, Cell]:
    """All nodes with their texts, without places."""
    cells = {}
    for node in plot.nodes:
        if node.id in plot.captions:
            outer = style.CAPTION_WIDTH if node.id in plot.beside else style.NODE_WIDTH
            cells[node.id] = _caption_of(node, plot.captions[node.id], outer)
        else:
            cells[node.id] = cell_of(node, tuple(plot.exits.get(node.id, ())))
    return cells
