"""Where each node stands: bands of columns, with rows that are aligned across a band.

Because rows and columns are straight across a band, the gaps between them are corridors that no box
stands in; all arrows run there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.formats.layout import style
from playbook.formats.layout.measure import wrap
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramNode


@dataclass
class Cell:
    """A node at its place in the grid, with its wrapped text."""

    node: DiagramNode
    label: list[str]
    details: list[str]
    width: float
    height: float
    band: int = 0
    row: int = 0
    column: int = 0


@dataclass
class Block:
    """A stage (or the nodes outside all stages) as columns of cells. ``group`` is its index, or ``None``."""

    group: int | None
    columns: list[list[Cell]]
    title: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    band: int = 0
    first_column: int = 0

    @property
    def width(self) -> float:
        """The least width, without what arrows need."""
        count = len(self.columns)
        frame = 2 * style.FRAME_PADDING if self.group is not None else 0
        return count * style.NODE_WIDTH + (count - 1) * style.COLUMN_GAP + frame

    @property
    def height(self) -> float:
        """The height of the tallest column, about."""
        tallest = max((sum(c.height + style.ROW_GAP for c in column) for column in self.columns), default=0)
        return tallest + self.head

    @property
    def head(self) -> float:
        """The height of the title and the criteria."""
        if self.group is None:
            return 0
        title = len(self.title) * style.STAGE * style.LEADING + 2 * style.PADDING
        details = len(self.details) * style.DETAIL * style.LEADING
        return title + (details + style.PADDING if details else 0)


def cell_of(node: DiagramNode, branches: tuple[str, ...] = ()) -> Cell:
    """A node with its text wrapped. ``branches`` are conditions that are written in a gate."""
    if not branches and (node.shape == "parallel_gate" or (node.shape == "exclusive_gate" and not node.label)):
        return Cell(node, [], [], 30, 30)
    bold_width = style.NODE_WIDTH - 2 * style.PADDING
    inner = bold_width - (26 if node.shape in ("exclusive_gate") else 0)
    label = wrap(node.label, style.LABEL, inner, bold=True)
    details = [line for text in (*node.details, *branches) for line in wrap(text, style.DETAIL, inner)]
    height = len(label) * style.LABEL * style.LEADING + len(details) * style.DETAIL * style.LEADING
    return Cell(node, label, details, style.NODE_WIDTH, height + 2 * style.PADDING)


def blocks_of(diagram: Diagram, branches: dict[str, tuple[str, ...]]) -> list[Block]:
    """The start, each stage and the ends as blocks, in reading order."""
    known = {group.id for group in diagram.groups}
    cells = {node.id: cell_of(node, branches.get(node.id, ())) for node in diagram.nodes}
    before = [cells[n.id] for n in diagram.nodes if n.group not in known and n.shape == "start"]
    after = [cells[n.id] for n in diagram.nodes if n.group not in known and n.shape != "start"]
    blocks = [Block(None, _folded([before]))] if before else []
    for index, group in enumerate(diagram.groups):
        members = [cells[node.id] for node in diagram.nodes if node.group == group.id]
        block = Block(index, _folded(_ranks(members, diagram.edges)) or [[]])
        inner = block.width - 2 * style.FRAME_PADDING
        block.title = wrap(group.label, style.STAGE, inner, bold=True)
        block.details = [line for text in group.details for line in wrap(text, style.DETAIL, inner)]
        blocks.append(block)
    if after:
        blocks.append(Block(None, _folded([[cell] for cell in after])))
    return blocks


def _ranks(members: list[Cell], edges: tuple[DiagramEdge, ...]) -> list[list[Cell]]:
    """Cells by longest path over the arrows inside the stage; arrows back do not count."""
    order = {cell.node.id: index for index, cell in enumerate(members)}
    following: dict[str, list[str]] = {id_: [] for id_ in order}
    waiting = dict.fromkeys(order, 0)
    for edge in edges:
        if edge.source in order and edge.target in order and edge.kind != "rework":
            following[edge.source].append(edge.target)
            waiting[edge.target] += 1
    rank = dict.fromkeys(order, 0)
    left = set(order)
    ready = [id_ for id_ in order if waiting[id_] == 0]
    while left:
        if not ready:
            # A cycle: it is entered at the node that is written first.
            ready = [min(left, key=order.__getitem__)]
        id_ = ready.pop(0)
        if id_ not in left:
            continue
        left.discard(id_)
        for target in following[id_]:
            waiting[target] -= 1
            if target in left:
                rank[target] = max(rank[target], rank[id_] + 1)
                if waiting[target] == 0:
                    ready.append(target)
    rows: list[list[Cell]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for cell in members:
        rows[rank[cell.node.id]].append(cell)
    return [row for row in rows if row]


def _folded(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Ranks as columns of a grid: at most three side by side, and at most so many below each other."""
    split = [part for row in rows for part in _stacked(row)]
    if not split:
        return []
    parts = -(-len(split) // style.ROWS)
    size = -(-len(split) // parts)
    columns: list[list[Cell]] = []
    for start in range(0, len(split), size):
        chunk = split[start : start + size]
        first = len(columns)
        columns += [[] for _ in range(max(len(row) for row in chunk))]
        for number, row in enumerate(chunk):
            for at, cell in enumerate(row):
                cell.row, cell.column = number, first + at
                columns[first + at].append(cell)
    return columns


def _stacked(row: list[Cell]) -> list[list[Cell]]:
    """A rank of more than three as a few columns, filled downwards: a stack between a fork and a join."""
    if len(row) <= 3:
        return [row]
    columns = -(-len(row) // (style.ROWS - 2))
    height = -(-len(row) // columns)
    return [row[at::height] for at in range(height)]


def into_bands(blocks: list[Block]) -> int:
    """Put the blocks into bands so that the picture is neither a ribbon nor a tower. Returns how many."""
    best: tuple[float, list[int]] | None = None
    for count in range(1, len(blocks) + 1):
        bands = _split(blocks, count)
        members = [[b for b, at in zip(blocks, bands, strict=True) if at == n] for n in range(max(bands) + 1)]
        width = max(_band_width(band) for band in members)
        height = sum(max(block.height for block in band) + style.BAND_GAP + 20 for band in members)
        ratio = (width + 2 * style.MARGIN) / (height + 110)
        # 1.6 is between a wide screen and a sheet of paper.
        misfit = max(ratio / 1.6, 1.6 / ratio)
        if best is None or misfit < best[0] - 1e-9:
            best = (misfit, bands)
    assert best is not None
    bands = best[1]
    for number in range(max(bands) + 1):
        column = 0
        for block, band in zip(blocks, bands, strict=True):
            if band == number:
                block.band, block.first_column = band, column
                for cells in block.columns:
                    for cell in cells:
                        cell.band, cell.column = band, cell.column + block.first_column
                column += len(block.columns)
    return max(bands) + 1


def _band_width(blocks: list[Block]) -> float:
    return sum(block.width for block in blocks) + style.GUTTER * (len(blocks) - 1)


def _split(blocks: list[Block], count: int) -> list[int]:
    """The band of each block, so that the widest of ``count`` bands is as narrow as can be."""
    low, high = max(block.width for block in blocks), _band_width(blocks)
    for _ in range(40):
        middle = (low + high) / 2
        if max(_greedy(blocks, middle)) < count:
            high = middle
        else:
            low = middle
    return _greedy(blocks, high)


def _greedy(blocks: list[Block], limit: float) -> list[int]:
    bands: list[int] = []
    band, used = 0, 0.0
    for block in blocks:
        wider = used + (style.GUTTER if used else 0) + block.width
        if used and wider > limit + 1e-6:
            band, wider = band + 1, block.width
        used = wider
        bands.append(band)
    return bands
