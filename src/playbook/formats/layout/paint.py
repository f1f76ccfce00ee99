"""What a journey map is painted with: frames, nodes, arrows and the texts on them."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.layout import style
from playbook.formats.layout.cells import (
    GATES,
    Cell,
    Rectangle,
    exit_lines,
    exit_rectangles,
    line_height,
    title_height,
)
from playbook.formats.layout.geometry import Geometry, Point
from playbook.formats.layout.grid import Block
from playbook.formats.layout.outlines import flag, head_at, hexagon
from playbook.formats.layout.routes import Route
from playbook.formats.layout.scene import Box, Line, Mark, Shape, Words

ARROWS = {"rework": style.BACK, "overlap": style.EARLY, "handoff": style.HANDOFF}
HEAD = 6.0


# -- stages ----------------------------------------------------------------------------------------


def frame(block: Block, geometry: Geometry) -> Iterator[Mark]:
    """The frame of a stage with its title and its criteria."""
    x, y, wide, high = geometry.frame(block)
    yield Box(x, y, wide, high, style.CARD, style.FRAME, 1.0, 6)
    band = title_height(block.title)
    yield Box(x, y, wide, band, style.BAR, style.BAR, 1.0, 6)
    baseline = y + style.PADDING + style.STAGE * 0.72
    for line in block.title:
        yield Words(x + style.FRAME_PADDING, baseline, line, style.STAGE, style.PAPER, bold=True)
        baseline += style.STAGE * style.LEADING
    used = max(1, len(block.details))
    step = (wide - 2 * style.FRAME_PADDING + style.COLUMN_GAP) / used
    for number, column in enumerate(block.details):
        baseline = y + band + style.PADDING + style.DETAIL * 0.6
        for line in column:
            yield from listed(line, x + style.FRAME_PADDING + number * step, baseline)
            baseline += style.DETAIL * style.LEADING


def listed(line: str, x: float, baseline: float) -> Iterator[Mark]:
    """A line of a text with lists: headings dark, what goes on set in."""
    if line.startswith(style.BULLET):
        yield Words(x, baseline, style.BULLET.strip(), style.DETAIL, style.SOFT)
        yield Words(x + style.INDENT, baseline, line.removeprefix(style.BULLET), style.DETAIL, style.SOFT)
    elif line.startswith(style.HANGING):
        yield Words(x + style.INDENT, baseline, line.removeprefix(style.HANGING), style.DETAIL, style.SOFT)
    else:
        yield Words(x, baseline, line, style.DETAIL, style.INK if line.endswith(":") else style.SOFT)


# -- nodes -----------------------------------------------------------------------------------------


def node(cell: Cell, geometry: Geometry) -> Iterator[Mark]:
    """A node with its texts and the early ends at its foot."""
    box = geometry.box(cell)
    if cell.caption:
        yield from _caption(cell, box)
    elif cell.node.shape == "stage":
        yield from _card(cell, box)
    elif cell.node.shape == "milestone":
        yield from _milestone(cell, box)
    else:
        yield from _plain(cell, box)
    yield from _exits(cell, box)


def _plain(cell: Cell, box: Rectangle) -> Iterator[Mark]:
    x, y, wide, high = box
    yield _outline(cell, box)
    if cell.node.shape in GATES and not cell.label:
        yield from _sign(cell, x + wide / 2, y + high / 2)
        return
    if cell.node.shape == "step" and cell.node.tone in ("customer", "partner", "system"):
        # A bar at the left edge: the tone is seen in grey, too.
        yield Box(x, y, 4, high, style.TONES[cell.node.tone].stroke)
    yield from _centred(cell, box, style.LABEL)


def _centred(cell: Cell, box: Rectangle, size: float) -> Iterator[Mark]:
    x, y, wide, _ = box
    baseline = y + style.PADDING + size * 0.82
    for line in cell.label:
        yield Words(x + wide / 2, baseline, line, size, style.INK, bold=True, anchor="middle")
        baseline += size * style.LEADING
    baseline += (style.DETAIL - size) * 0.6
    for line in cell.details:
        yield Words(x + wide / 2, baseline, _unlisted(line), style.DETAIL, style.SOFT, anchor="middle")
        baseline += style.DETAIL * style.LEADING


def _unlisted(line: str) -> str:
    return line.removeprefix(style.HANGING)


def _sign(cell: Cell, x: float, y: float) -> Iterator[Mark]:
    if cell.node.shape == "parallel_gate":
        yield Words(x, y + 5.5, "+", 16, style.INK, bold=True, anchor="middle")
    elif cell.node.shape == "inclusive_gate":
        yield Box(x - 6, y - 6, 12, 12, style.PAPER, style.INK, 1.6, 6)


def _outline(cell: Cell, box: Rectangle) -> Mark:
    x, y, wide, high = box
    tone, dashed = style.TONES[cell.node.tone], cell.node.dashed
    shape = cell.node.shape
    if shape in GATES:
        return Shape(hexagon(box, style.TIP if cell.label else wide / 2), style.GATE, style.SOFT, 1.2, dashed)
    round_ = min(high / 2, 16)
    if shape == "elsewhere":
        return Box(x, y, wide, high, style.CARD, style.SOFT, 1.0, round_, dashed=True)
    if shape in ("start", "end"):
        return Box(x, y, wide, high, tone.fill, tone.stroke, 2.2 if shape == "end" else 1.2, round_, dashed)
    return Box(x, y, wide, high, tone.fill, tone.stroke, 1.1, 3, dashed)


def _caption(cell: Cell, box: Rectangle) -> Iterator[Mark]:
    """The long condition of an arrow."""
    x, y, wide, high = box
    colour = ARROWS.get(cell.caption, style.SOFT)
    yield Box(x, y, wide, high, style.PAPER, colour, 0.8, min(high / 2, 10))
    baseline = y + style.PADDING * 0.75 + style.DETAIL * 0.85
    for line in cell.label:
        yield Words(x + wide / 2, baseline, line, style.DETAIL, style.INK, anchor="middle")
        baseline += style.DETAIL * style.LEADING


def _milestone(cell: Cell, box: Rectangle) -> Iterator[Mark]:
    """A card with a point to the right and a flag: something has been reached."""
    x, y, _, _ = box
    tone = style.TONES[cell.node.tone if cell.node.tone != "plain" else "milestone"]
    yield Shape(flag(box, 10), tone.fill, tone.stroke, 1.4, cell.node.dashed)
    pole = x + 10
    yield Line(((pole, y + 7), (pole, y + 23)), tone.stroke, 1.6)
    yield Shape(((pole, y + 7), (pole + 10, y + 11), (pole, y + 15)), tone.stroke)
    baseline = y + style.PADDING + style.LABEL * 0.82
    for line in cell.label:
        yield Words(x + 26, baseline, line, style.LABEL, style.INK, bold=True)
        baseline += style.LABEL * style.LEADING
    baseline += (style.DETAIL - style.LABEL) * 0.6
    for line in cell.details:
        yield Words(x + 26, baseline, _unlisted(line), style.DETAIL, style.SOFT)
        baseline += style.DETAIL * style.LEADING


def _card(cell: Cell, box: Rectangle) -> Iterator[Mark]:
    """A whole stage: its title, then what there is to say of it."""
    x, y, wide, high = box
    yield Box(x, y, wide, high, style.CARD, style.FRAME, 1.0, 6)
    band = title_height(cell.label) + 4
    yield Box(x, y, wide, band, style.BAR, style.BAR, 1.0, 6)
    baseline = y + style.PADDING + 2 + style.STAGE * 0.72
    for line in cell.label:
        yield Words(x + style.PADDING + 2, baseline, line, style.STAGE, style.PAPER, bold=True)
        baseline += style.STAGE * style.LEADING
    baseline = y + band + style.PADDING + style.DETAIL * 0.6
    for line in cell.details:
        yield from _fact(line, x + style.PADDING + 2, baseline)
        baseline += line_height(line)


def _fact(line: str, x: float, baseline: float) -> Iterator[Mark]:
    """A line of a card: a heading and what is said, one below the other in all lines."""
    heading, tab, fact = line.partition("\t")
    if heading:
        colour = style.SOFT if tab else style.INK
        yield Words(x, baseline, heading, style.DETAIL, colour, bold=bool(tab))
    if fact:
        yield Words(x + style.FACT, baseline, fact, style.DETAIL, style.INK)


def _exits(cell: Cell, box: Rectangle) -> Iterator[Mark]:
    """The early ends: each a tag below the node, beside the arrow that goes on."""
    before = box[1] + box[3]
    for each, (left, top, wide, high) in zip(cell.exits, exit_rectangles(cell, box), strict=True):
        tone = style.TONES[each.end.tone]
        middle = left + wide / 2
        yield Line(((middle, before), (middle, top - 4)), style.LINE, 1.3)
        yield Shape(((middle, top), (middle - 3, top - 4.5), (middle + 3, top - 4.5)), style.LINE)
        yield Box(left, top, wide, high, tone.fill, tone.stroke, 1.6, min(high / 2, 9))
        baseline = top + 4 + style.DETAIL * 0.9
        condition, title = exit_lines(each, cell)
        for line in (*condition, *title):
            bold = line in title
            colour = style.INK if bold else style.SOFT
            yield Words(middle, baseline, line, style.DETAIL, colour, bold=bold, anchor="middle")
            baseline += style.DETAIL * style.LEADING
        before = top + high


# -- arrows ----------------------------------------------------------------------------------------


def arrow(route: Route, geometry: Geometry) -> Iterator[Mark]:
    """The line of an arrow and its head."""
    points = _without_repeats(geometry.points(route))
    colour = ARROWS.get(route.kind, style.LINE)
    dashed = route.kind in ("rework", "overlap")
    weight = 2.2 if route.kind == "handoff" else 1.3
    if not route.link.head or len(points) < 2:
        yield Line(tuple(points), colour, weight, dashed)
        return
    half = 4.2 if route.kind == "handoff" else 3.4
    head, shaft = head_at(points[-1], points[-2], HEAD, half)
    yield Line((*points[:-1], shaft), colour, weight, dashed)
    yield Shape(head, colour)


def _without_repeats(points: list[Point]) -> list[Point]:
    kept = [points[0]]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) > 0.01 or abs(point[1] - kept[-1][1]) > 0.01:
            kept.append(point)
    return kept


def text(route: Route, place: Rectangle, geometry: Geometry) -> Iterator[Mark]:
    """The short condition on an arrow, on a patch that lets it be read."""
    left, top, wide, high = place
    framed = geometry.blocks[route.source.block].framed
    yield Box(left - 1, top, wide + 2, high, style.CARD if framed else style.PAPER)
    colour = ARROWS.get(route.kind, style.INK)
    yield Words(left, top + style.DETAIL * 0.85, route.text, style.DETAIL, colour)
