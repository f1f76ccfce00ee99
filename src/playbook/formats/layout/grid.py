"""Blocks: a stage (or what stands outside all stages) as columns of cells, with rows of its own.

Rows are straight across a block and columns down a block, so the gaps between them are corridors that no
box stands in; all arrows run there, and in the gutters between the blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from playbook.formats.layout import style
from playbook.formats.layout.links import Exit, Link, Plot, units_of
from playbook.formats.layout.measure import width, wrap
from playbook.shapes.diagram import Diagram, DiagramGroup, DiagramNode

GATES = ("exclusive_gate", "inclusive_gate", "parallel_gate")
"""Shapes with a tip at the left and the right."""
_ENDLESS = 1e9
_MOST_BESIDE = 5
"""So many columns a stack of steps has at most."""

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


# -- blocks ----------------------------------------------------------------------------------------


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
        block = Block(_folded(rows, _ENDLESS if is_card else limit) or [[]], group is not None, index=len(blocks))
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


# -- folding ---------------------------------------------------------------------------------------


def _folded(rows: list[list[Cell]], limit: float) -> list[list[Cell]]:
    """Ranks as columns of a grid: few side by side, and no higher than about the limit."""
    stacks = [_stacked([replace(cell) for cell in row], limit) for row in rows]
    if not stacks:
        return []
    columns: list[list[Cell]] = []
    for chunk in _chunks(stacks, limit):
        first = len(columns)
        columns += [[] for _ in range(max(len(row) for row in chunk))]
        for number, row in enumerate(chunk):
            for at, cell in enumerate(row):
                cell.row, cell.column = number, first + at
                columns[first + at].append(cell)
    return columns


def _stacked(row: list[Cell], limit: float) -> list[list[Cell]]:
    """A rank of more than three as a few columns, filled downwards: a stack between a fork and a join."""
    if len(row) <= 3:
        return [row]
    high = max(cell.footprint for cell in row) + style.ROW_GAP
    columns = min(_MOST_BESIDE, max(2, -(-len(row) // max(2, int(limit // high) - 1))))
    height = -(-len(row) // columns)
    return [row[at::height] for at in range(height)]


def _chunks(stacks: list[list[list[Cell]]], limit: float) -> list[list[list[Cell]]]:
    """Rows in as few columns as the limit allows, which are about equally high; stacks are not parted."""
    heights = [sum(max(cell.footprint for cell in row) + style.ROW_GAP for row in stack) for stack in stacks]
    count = len(_cut(heights, max(limit, *heights)))
    low, high = max(heights), sum(heights)
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if len(_cut(heights, middle)) <= count else (middle, high)
    parts = [stacks[start:end] for start, end in _cut(heights, high)]
    return [[row for stack in part for row in stack] for part in parts]


def _cut(heights: list[float], limit: float) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for at, height in enumerate(heights):
        if used and used + height > limit + 1e-6:
            parts.append((start, at))
            start, used = at, 0.0
        used += height
    return [*parts, (start, len(heights))]
