"""Where the cards of a tree stand: each beside the middle of what hangs on it, many leaves as a block.

Every card has a stretch of height to itself and what hangs on it, so that no line can meet another card.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playbook.formats.layout.tree_cards import Card, card_of
from playbook.shapes.diagram import Diagram

_ASPECT = 1.5
_ROW_GAP = 8.0
_FRAME = 8.0
"""Between the frame of a block and its cards."""
_LEVEL_GAP = 30.0
_MOST_COLUMNS = 10

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle around a block of cards."""

    x: float
    y: float
    width: float
    height: float


@dataclass
class Placed:
    """A tree with a place for everything. ``levels`` are the left edges of the columns."""

    cards: dict[str, Card]
    levels: dict[int, float] = field(default_factory=dict)
    spanned: set[str] = field(default_factory=set)
    """The cards of blocks that stand in the width of several columns."""
    frames: list[Frame] = field(default_factory=list)
    joins: list[tuple[Point, ...]] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0


def best_placed(diagram: Diagram, beside: float, ratio: float | None = None) -> Placed:
    """The tree with as many leaves beside each other as fill a page best; ``beside`` is the height of texts."""
    tried = [
        _Placing(diagram, columns, spanning).placed
        for spanning in (False, True)
        for columns in range(1, _MOST_COLUMNS + 1)
    ]
    if ratio is not None:
        return min(tried, key=lambda placed: max(placed.width / ratio, placed.height + beside))
    return min(tried, key=lambda placed: _scale(placed.width + 56, placed.height + beside))


def _scale(wide: float, high: float) -> float:
    """By how much a page must be made smaller to fit on paper; pages taller than wide count as worse."""
    return max(wide / _ASPECT, high) * (1.3 if wide < 1.2 * high else 1.0)


class _Placing:
    """One way to place a tree: leaves that hang on the same card stand in so many columns.

    If ``spanning``, a block of KPIs that hangs on the outcome itself takes the width of milestones and KPIs.
    """

    def __init__(self, diagram: Diagram, columns: int, spanning: bool) -> None:
        self.columns = columns
        self.spanning = spanning
        self.cards = {node.id: card_of(node) for node in diagram.nodes}
        self.placed = Placed(self.cards)
        self.children: dict[str, list[str]] = {id_: [] for id_ in self.cards}
        self.roots: list[str] = []
        self._hang(diagram)
        self._level()
        self._place_levels()
        bottom = 0.0
        for root in self.roots:
            bottom = self._place(root, bottom) + _ROW_GAP * 2
        self.placed.height = max(bottom - _ROW_GAP * 2, 0.0)

    def _hang(self, diagram: Diagram) -> None:
        """Hang each card on the first that leads to it; what nothing leads to, or a circle, is a root."""
        reached: set[str] = set()
        led_to = {edge.target for edge in diagram.edges if edge.source in self.cards and edge.source != edge.target}
        following: dict[str, list[str]] = {id_: [] for id_ in self.cards}
        for edge in diagram.edges:
            if edge.source in following and edge.target in following:
                following[edge.source].append(edge.target)
        for id_ in [*(each for each in self.cards if each not in led_to), *self.cards]:
            if id_ in reached:
                continue
            reached.add(id_)
            self.roots.append(id_)
            pending = [id_]
            for node in pending:
                for target in following[node]:
                    if target not in reached:
                        reached.add(target)
                        self.children[node].append(target)
                        pending.append(target)

    def _level(self) -> None:
        for id_ in self._from_the_roots():
            for child in self.children[id_]:
                self.cards[child].level = self.cards[id_].level + 1
        deepest = max((card.level for card in self.cards.values()), default=0)
        for id_, card in self.cards.items():
            # KPIs stand in one column, whether they hang on a milestone or on the outcome.
            if card.node.shape == "kpi" and not self.children[id_] and card.level and not self.spanning:
                card.level = deepest
        self.deepest = deepest

    def _from_the_roots(self) -> Iterator[str]:
        pending = list(self.roots)
        for id_ in pending:
            yield id_
            pending.extend(self.children[id_])

    def _blocks(self, id_: str) -> list[list[str]]:
        """What hangs on a card: leaves that may stand beside each other together, all else alone."""
        children = self.children[id_]
        all_leaves = all(not self.children[child] for child in children)
        blocks: list[list[str]] = []
        for child in children:
            leaf = not self.children[child] and (all_leaves or self.cards[child].node.shape == "kpi")
            last = blocks[-1] if blocks else []
            joins = leaf and last and not self.children[last[0]] and self._same_column(last[0], child)
            if joins and self.columns > 1 and self._is_block(last[0], all_leaves):
                last.append(child)
            else:
                blocks.append([child])
        return blocks

    def _is_block(self, id_: str, all_leaves: bool) -> bool:
        return all_leaves or self.cards[id_].node.shape == "kpi"

    def _same_column(self, one: str, other: str) -> bool:
        return self.cards[one].level == self.cards[other].level

    def _block_width(self, block: list[str]) -> float:
        if len(block) == 1:
            return self.cards[block[0]].width
        count = min(self._columns(block), len(block))
        return count * self._card_width(block) + (count - 1) * _ROW_GAP + 2 * _FRAME

    def _spans(self, block: list[str]) -> bool:
        """Whether a block stands below others that go further to the right."""
        level = self.cards[block[0]].level
        return self.spanning and len(block) > 1 and 0 < level < self.deepest

    def _columns(self, block: list[str]) -> int:
        """How many cards of a block stand beside each other."""
        if not self._spans(block):
            return self.columns
        room = self.placed.width - self.placed.levels.get(self.cards[block[0]].level, 0.0) - 2 * _FRAME + _ROW_GAP
        return max(1, self.columns, int(room / (self._card_width(block) + _ROW_GAP)))

    def _card_width(self, block: list[str]) -> float:
        return max(self.cards[id_].width for id_ in block)

    def _place_levels(self) -> None:
        widths: dict[int, float] = {}
        blocks = [[root] for root in self.roots]
        blocks += [block for id_ in self.cards for block in self._blocks(id_)]
        for block in blocks:
            if self._spans(block):
                self.placed.spanned |= set(block)
                continue
            level = self.cards[block[0]].level
            widths[level] = max(widths.get(level, 0.0), self._block_width(block))
        left = 0.0
        for level in sorted(widths):
            self.placed.levels[level] = left
            left += widths[level] + _LEVEL_GAP
        self.placed.width = max(left - _LEVEL_GAP, 0.0)
        spans = [block for block in blocks if self._spans(block)]
        for block in spans:
            self.placed.levels.setdefault(self.cards[block[0]].level, 0.0)
        ends = [self.placed.levels[self.cards[block[0]].level] + self._block_width(block) for block in spans]
        self.placed.width = max([self.placed.width, *ends])

    # -- heights ---------------------------------------------------------------------------------

    def _place(self, root: str, top: float) -> float:
        """Place a tree from a height on; returns where it ends."""
        heights: dict[str, float] = {}
        order = self._below(root)
        for id_ in reversed(order):
            inside = [self._block_height(block, heights) for block in self._blocks(id_)]
            whole = sum(inside) + _ROW_GAP * max(len(inside) - 1, 0)
            heights[id_] = max(self.cards[id_].height, whole)
        tops = {root: top}
        for id_ in order:
            self._place_card(id_, tops, heights)
        return top + heights[root]

    def _below(self, root: str) -> list[str]:
        order = [root]
        for id_ in order:
            order.extend(self.children[id_])
        return order

    def _rows(self, block: list[str]) -> list[list[str]]:
        columns = self._columns(block)
        return [block[at : at + columns] for at in range(0, len(block), columns)]

    def _block_height(self, block: list[str], heights: dict[str, float]) -> float:
        if len(block) == 1:
            return heights[block[0]]
        rows = [max(heights[id_] for id_ in row) for row in self._rows(block)]
        return sum(rows) + _ROW_GAP * (len(rows) - 1) + 2 * _FRAME

    def _place_card(self, id_: str, tops: dict[str, float], heights: dict[str, float]) -> None:
        card = self.cards[id_]
        if id_ in tops:
            card.x = self.placed.levels[card.level]
            card.y = tops[id_] + (heights[id_] - card.height) / 2
        blocks = self._blocks(id_)
        whole = sum(self._block_height(block, heights) for block in blocks) + _ROW_GAP * max(len(blocks) - 1, 0)
        at = tops.get(id_, card.y) + (heights[id_] - whole) / 2
        for block in blocks:
            high = self._block_height(block, heights)
            if len(block) == 1:
                tops[block[0]] = at
                child = self.cards[block[0]]
                self._join(card, self.placed.levels[child.level], at + high / 2)
            else:
                self._place_block(block, at, heights)
                self._join(card, self.placed.levels[self.cards[block[0]].level], at + high / 2)
            at += high + _ROW_GAP

    def _place_block(self, block: list[str], top: float, heights: dict[str, float]) -> None:
        left = self.placed.levels[self.cards[block[0]].level]
        wide = self._card_width(block)
        self.placed.frames.append(Frame(left, top, self._block_width(block), self._block_height(block, heights)))
        y = top + _FRAME
        for row in self._rows(block):
            high = max(heights[id_] for id_ in row)
            for number, id_ in enumerate(row):
                card = self.cards[id_]
                card.x, card.y = left + _FRAME + number * (wide + _ROW_GAP), y
                # Cards of one row are of one height: calmer to look at.
                card.width, card.height = wide, high
            y += high + _ROW_GAP

    def _join(self, card: Card, right: float, y: float) -> None:
        begins = card.x + card.width
        turn = self._right_edge(card.level) + _LEVEL_GAP / 2
        if abs(card.middle - y) < 0.5:
            self.placed.joins.append(((begins, card.middle), (right, card.middle)))
        else:
            self.placed.joins.append(((begins, card.middle), (turn, card.middle), (turn, y), (right, y)))

    def _right_edge(self, level: int) -> float:
        """Where the column of a level ends."""
        later = [left for each, left in self.placed.levels.items() if each > level]
        return min(later) - _LEVEL_GAP if later else self.placed.width
