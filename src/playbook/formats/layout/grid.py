"""Blocks: a stage (or what stands outside all stages) as columns of cells, with rows of its own.

Rows are straight across a block and columns down a block, so the gaps between them are corridors that no
box stands in; all arrows run there, and in the gutters between the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.formats.layout import style
from playbook.formats.layout.cells import Cell, cells_of, hanging, title_height
from playbook.formats.layout.folding import folded
from playbook.formats.layout.links import Link, Plot, units_of
from playbook.formats.layout.measure import wrap
from playbook.shapes.diagram import Diagram, DiagramGroup

_ENDLESS = 1e9


@dataclass
class Block:
    """A stage, or nodes outside all stages. ``framed`` ones have a title and criteria."""

    columns: list[list[Cell]]
    framed: bool
    title: list[str] = field(default_factory=list)
    details: list[list[str]] = field(default_factory=list)
    """What is written below the title, in columns of lines."""
    index: int = 0
    band: int = 0
    place: int = 0
    """How many blocks stand before it in its band."""

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max((cell.row for column in self.columns for cell in column), default=-1) + 1

    def column_width(self, column: int) -> float:
        """The width of a column."""
        if self.framed:
            return style.NODE_WIDTH
        return max((cell.width for cell in self.columns[column]), default=style.NODE_WIDTH)

    def row_height(self, row: int) -> float:
        """The height of a row."""
        return max((c.footprint for column in self.columns for c in column if c.row == row), default=0)

    @property
    def is_card(self) -> bool:
        """Whether it is a whole stage as one card."""
        return any(cell.node.shape == "stage" for cell in self.columns[0])

    def tallest(self, row: int) -> float:
        """The height of the highest box of a row."""
        return max((c.height for column in self.columns for c in column if c.row == row), default=0)

    @property
    def width(self) -> float:
        """The least width, without what arrows need."""
        count = len(self.columns)
        frame = 2 * style.FRAME_PADDING if self.framed else 0
        return sum(map(self.column_width, range(count))) + (count - 1) * style.COLUMN_GAP + frame

    @property
    def height(self) -> float:
        """The least height, without what arrows need."""
        rows = sum(self.row_height(row) + style.ROW_GAP for row in range(self.rows))
        return rows + self.head

    @property
    def head(self) -> float:
        """The height of the title and the criteria."""
        if not self.framed:
            return 0
        title = title_height(self.title)
        details = max(map(len, self.details), default=0) * style.DETAIL * style.LEADING
        return title + (details + style.PADDING if details else 0)

    def is_last_in_row(self, cell: Cell) -> bool:
        """Whether nothing stands right of a cell."""
        return all(c.column <= cell.column for column in self.columns for c in column if c.row == cell.row)

    def is_first_in_row(self, cell: Cell) -> bool:
        """Whether nothing stands left of a cell."""
        return all(c.column >= cell.column for column in self.columns for c in column if c.row == cell.row)


def ranked_blocks(diagram: Diagram, plot: Plot) -> list[tuple[DiagramGroup | None, list[list[Cell]]]]:
    """The start, each stage and the ends, in reading order, each as rows of cells that follow each other."""
    cells = cells_of(plot)
    reached = {link.target for link in plot.links}
    outside = [node for node in plot.nodes if plot.unit_of[node.id] is None]
    first = [n for n in outside if n.shape == "start" or (n.shape == "elsewhere" and n.id not in reached)]
    groups = {group.id: group for group in diagram.groups}
    ranked: list[tuple[DiagramGroup | None, list[list[Cell]]]] = [(None, [[cells[n.id]] for n in first])]
    for unit in units_of(diagram):
        members = [cells[node.id] for node in plot.nodes if plot.unit_of[node.id] == unit]
        group = groups.get(unit)
        ranked.append((group, _ranks(members, plot) if group else _beside_card(members, plot)))
    ranked.append((None, [[cells[n.id]] for n in outside if n not in first]))
    return [(group, rows) for group, rows in ranked if rows or group is not None]


def folded_blocks(ranked: list[tuple[DiagramGroup | None, list[list[Cell]]]], limit: float) -> list[Block]:
    """The blocks with columns that are about as high as ``limit``."""
    blocks: list[Block] = []
    for group, rows in ranked:
        is_card = any(cell.node.shape == "stage" for row in rows[:1] for cell in row)
        block = Block(folded(rows, _ENDLESS if is_card else limit) or [[]], group is not None, index=len(blocks))
        for column in block.columns:
            for cell in column:
                cell.block = block.index
        if group is not None:
            inner = block.width - 2 * style.FRAME_PADDING
            block.title = wrap(group.label, style.STAGE, inner, bold=True)
            block.details = _beside_each_other(group.details, len(block.columns), inner)
        blocks.append(block)
    return blocks


def _beside_each_other(texts: tuple[str, ...], count: int, room: float) -> list[list[str]]:
    """Paragraphs (a heading with its list) in as many columns as the block has, in lines."""
    paragraphs: list[list[str]] = []
    for text in texts:
        if text.startswith(style.BULLET) and paragraphs:
            paragraphs[-1].append(text)
        else:
            paragraphs.append([text])
    used = max(1, min(count, len(paragraphs)))
    columns: list[list[str]] = [[] for _ in range(used)]
    for number, paragraph in enumerate(paragraphs):
        columns[min(number, used - 1)] += paragraph
    wide = (room - (used - 1) * style.COLUMN_GAP) / used
    return [hanging(column, wide) for column in columns]


def _ranks(members: list[Cell], plot: Plot) -> list[list[Cell]]:
    """Cells by longest path over the arrows inside the block; arrows back do not count. Milestones come last."""
    order = {cell.node.id: index for index, cell in enumerate(members) if cell.node.shape != "milestone"}
    pairs = [(link.source, link.target) for link in plot.links if _goes_on(link)]
    rank = _longest_paths(order, [*pairs, *plot.follows])
    rows: list[list[Cell]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for cell in members:
        if cell.node.id in rank:
            rows[rank[cell.node.id]].append(cell)
    rows = [row for row in rows if row]
    side_by_side = min(3, max((len(row) for row in rows), default=1))
    milestones = [cell for cell in members if cell.node.shape == "milestone"]
    rows += [milestones[at : at + side_by_side] for at in range(0, len(milestones), side_by_side)]
    return rows


def _beside_card(members: list[Cell], plot: Plot) -> list[list[Cell]]:
    """The card of a stage with the text on the way to the next one beside it, and all others below it."""
    beside = [cell for cell in members if cell.node.id in plot.beside]
    below = [cell for cell in members if cell.node.id not in plot.beside]
    return [[*below[:1], *beside], *([cell] for cell in below[1:])]


def _goes_on(link: Link) -> bool:
    # The first half of a way back leads to its caption, which stands below.
    return link.edge.kind != "rework" or not link.head


def _longest_paths(order: dict[str, int], pairs: list[tuple[str, str]]) -> dict[str, int]:
    following: dict[str, list[str]] = {id_: [] for id_ in order}
    waiting = dict.fromkeys(order, 0)
    for source, target in pairs:
        if source in order and target in order:
            following[source].append(target)
            waiting[target] += 1
    rank = dict.fromkeys(order, 0)
    left = dict.fromkeys(order)
    ready = [id_ for id_ in order if waiting[id_] == 0]
    while left:
        # A cycle is entered at the node that is written first.
        id_ = ready.pop(0) if ready else next(iter(left))
        if id_ not in left:
            continue
        del left[id_]
        for target in following[id_]:
            waiting[target] -= 1
            if target in left:
                rank[target] = max(rank[target], rank[id_] + 1)
                if waiting[target] == 0:
                    ready.append(target)
    return rank
