"""The whole way from a tree Diagram to a Scene: cards from left to right, joined at right angles."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.layout import style
from playbook.formats.layout.measure import wrap
from playbook.formats.layout.notes import add_notes, notes_height
from playbook.formats.layout.scene import Box, Group, Line, Mark, Scene, Shape, Words
from playbook.formats.layout.titles import add_title
from playbook.formats.layout.tree_cards import PADDING, Card
from playbook.formats.layout.tree_places import Placed, best_placed
from playbook.shapes.diagram import Diagram

_HEADINGS = {"outcome": "Outcome", "milestone": "Milestones", "kpi": "KPIs", "stage": "Stages", "step": "Steps"}
_LINE = style.DETAIL * style.LEADING
_NARROWEST = 420.0
_HEADING_ROOM = 26.0


def compose(diagram: Diagram, ratio: float | None = None) -> Scene:
    """Lay the tree out and paint it. The same diagram gives the same scene, on any machine."""
    placed = best_placed(diagram, notes_height(diagram.notes, 1000) + (90 if ratio is None else 50), ratio)
    wide = max(placed.width, _NARROWEST)
    scene = Scene(wide + 2 * style.MARGIN, 0, diagram.title, _description(diagram))
    heading = wrap(diagram.title, style.TITLE, wide, bold=True)
    add_title(scene, heading)
    top = style.MARGIN + len(heading) * style.TITLE * style.LEADING
    painter = _Painter(diagram, placed, style.MARGIN, top + _HEADING_ROOM + 6)
    scene.items += painter.headings()
    scene.items += painter.joins()
    for card in placed.cards.values():
        scene.items.append(Group(card.node.id, card.node.label, tuple(painter.card(card))))
    bottom = top + _HEADING_ROOM + 6 + placed.height + 18
    scene.height = add_notes(scene, diagram.notes, wide, bottom) + style.MARGIN
    scene.items.insert(0, Box(0, 0, scene.width, scene.height, style.PAPER))
    return scene


def _description(diagram: Diagram) -> str:
    counts = (
        f"{sum(node.shape == shape for node in diagram.nodes)} {name.lower() if shape != 'kpi' else name}"
        for shape, name in _HEADINGS.items()
        if any(node.shape == shape for node in diagram.nodes)
    )
    return f"Tree: {', '.join(counts)}" if diagram.nodes else "Empty tree"


class _Painter:
    """Paints a tree whose top left corner is at a place."""

    def __init__(self, diagram: Diagram, placed: Placed, left: float, top: float) -> None:
        self.diagram = diagram
        self.placed = placed
        self.left = left
        self.top = top

    def headings(self) -> Iterator[Mark]:
        """What the cards of each column are, where all of them are the same."""
        for level, left in self.placed.levels.items():
            cards = [card for id_, card in self.placed.cards.items() if id_ not in self.placed.spanned]
            shapes = {card.node.shape for card in cards if card.level == level}
            heading = _HEADINGS.get(next(iter(shapes)), "") if len(shapes) == 1 else ""
            if heading:
                y = self.top - 12
                yield Words(self.left + left, y, heading, style.STAGE, style.SOFT, bold=True)

    def joins(self) -> Iterator[Mark]:
        """The frames of cards that belong together, and the lines from each card to what hangs on it."""
        for frame in self.placed.frames:
            x, y = self.left + frame.x, self.top + frame.y
            yield Box(x, y, frame.width, frame.height, style.CARD, style.FRAME, 0.8, 6)
        for join in self.placed.joins:
            yield Line(tuple((self.left + x, self.top + y) for x, y in join), style.LINE, 1.1)

    def card(self, card: Card) -> Iterator[Mark]:
        """A card with its texts."""
        x, y = self.left + card.x, self.top + card.y
        tone = style.TONES["success" if card.node.shape in ("outcome", "milestone") else card.node.tone]
        outcome = card.node.shape == "outcome"
        fill = tone.fill if outcome or card.node.shape not in ("milestone", "kpi") else style.PAPER
        line = 1.8 if outcome else 1.1
        yield Box(x, y, card.width, card.height, fill, tone.stroke, line, 5, dashed=card.node.dashed)
        if card.indent:
            middle = y + PADDING + style.LABEL * 0.62
            center = x + PADDING + 4
            points = ((center, middle - 5), (center + 5, middle), (center, middle + 5), (center - 5, middle))
            yield Shape(points, tone.stroke)
        baseline = y + PADDING + style.LABEL * 0.95
        for text in card.label:
            yield Words(x + PADDING + card.indent, baseline, text, style.LABEL, style.INK, bold=True)
            baseline += style.LABEL * style.LEADING
        baseline -= style.LABEL * 0.95 - style.DETAIL * 0.95
        for text in card.details:
            yield Words(x + PADDING + card.indent, baseline + 1, text, style.DETAIL, style.SOFT)
            baseline += _LINE
