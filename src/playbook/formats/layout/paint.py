"""What a journey map is painted with: frames, nodes, arrows and the texts on them."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.formats.layout import style
from playbook.formats.layout.geometry import Geometry, Point, Rectangle
from playbook.formats.layout.grid import (
    GATES,
    Block,
    Cell,
    exit_height,
    exit_lines,
    exit_width,
    title_height,
)
from playbook.formats.layout.measure import width
from playbook.formats.layout.routes import Route
from playbook.formats.layout.scene import Box, Line, Mark, Shape, Words

ARROWS = {"rework": style.BACK, "overlap": style.EARLY, "handoff": style.HANDOFF}
HEAD = 6.0
_CAPTIONED = 16
"""So long a word before a colon may be that heads a line of a card."""


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
    baseline = y + band + style.PADDING + style.DETAIL * 0.6
    for line in block.details:
        yield from listed(line, x + style.FRAME_PADDING, baseline)
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
        return Shape(_pointed(box, style.TIP if cell.label else wide / 2), style.GATE, style.SOFT, 1.2, dashed)
    round_ = min(high / 2, 16)
    if shape == "elsewhere":
        return Box(x, y, wide, high, style.CARD, style.SOFT, 1.0, round_, dashed=True)
    if shape in ("start", "end"):
        return Box(x, y, wide, high, tone.fill, tone.stroke, 2.2 if shape == "end" else 1.2, round_, dashed)
    return Box(x, y, wide, high, tone.fill, tone.stroke, 1.1, 3, dashed)


def _pointed(box: Rectangle, tip: float) -> tuple[Point, ...]:
    x, y, wide, high = box
    middle = y + high / 2
    return (
        (x, middle),
        (x + tip, y),
        (x + wide - tip, y),
        (x + wide, middle),
        (x + wide - tip, y + high),
        (x + tip, y + high),
    )


def _caption(cell: Cell, box: Rectangle) -> Iterator[Mark]:
    """The long condition of an arrow."""
    x, y, wide, high = box
    yield Box(x, y, wide, high, style.PAPER, style.FRAME, 1.0, min(high / 2, 10))
    baseline = y + style.PADDING * 0.75 + style.DETAIL * 0.85
    for line in cell.label:
        yield Words(x + wide / 2, baseline, line, style.DETAIL, style.INK, anchor="middle")
        baseline += style.DETAIL * style.LEADING


def _milestone(cell: Cell, box: Rectangle) -> Iterator[Mark]:
    """A card with a point to the right and a flag: something has been reached."""
    x, y, wide, high = box
    tone = style.TONES[cell.node.tone if cell.node.tone != "plain" else "milestone"]
    tip = x + wide - 10
    outline = ((x, y), (tip, y), (x + wide, y + high / 2), (tip, y + high), (x, y + high))
    yield Shape(outline, tone.fill, tone.stroke, 1.4, cell.node.dashed)
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
        yield from _fact(line, x + style.PADDING, baseline)
        baseline += style.DETAIL * style.LEADING


def _fact(line: str, x: float, baseline: float) -> Iterator[Mark]:
    """A line of a card; the word before its colon is bold."""
    caption, colon, fact = line.partition(": ")
    if not colon or " " in caption or len(caption) > _CAPTIONED:
        yield Words(x, baseline, _unlisted(line), style.DETAIL, style.INK)
        return
    yield Words(x, baseline, caption + ":", style.DETAIL, style.INK, bold=True)
    yield Words(x + width(caption + ": ", style.DETAIL, bold=True), baseline, fact, style.DETAIL, style.SOFT)


def _exits(cell: Cell, box: Rectangle) -> Iterator[Mark]:
    """The early ends: each a tag below the node, beside the arrow that goes on."""
    x, y, wide, high = box
    top = y + high
    tag = exit_width(cell)
    left = x + wide - tag
    for each in cell.exits:
        tone = style.TONES[each.end.tone]
        tall = exit_height(each, cell)
        middle = left + tag / 2
        yield Line(((middle, top), (middle, top + style.EXIT_GAP - 4)), style.LINE, 1.3)
        top += style.EXIT_GAP
        yield Shape(((middle, top), (middle - 3, top - 4.5), (middle + 3, top - 4.5)), style.LINE)
        yield Box(left, top, tag, tall, tone.fill, tone.stroke, 1.6, min(tall / 2, 9))
        baseline = top + 4 + style.DETAIL * 0.9
        condition, title = exit_lines(each, cell)
        for line in condition:
            yield Words(middle, baseline, line, style.DETAIL, style.SOFT, anchor="middle")
            baseline += style.DETAIL * style.LEADING
        for line in title:
            yield Words(middle, baseline, line, style.DETAIL, style.INK, bold=True, anchor="middle")
            baseline += style.DETAIL * style.LEADING
        top += tall


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
    (x, y), (bx, by) = points[-1], points[-2]
    half = 4.2 if route.kind == "handoff" else 3.4
    if abs(x - bx) > abs(y - by):
        step = HEAD if x > bx else -HEAD
        tip, shaft = ((x, y), (x - step, y - half), (x - step, y + half)), (x - step, y)
    else:
        step = HEAD if y > by else -HEAD
        tip, shaft = ((x, y), (x - half, y - step), (x + half, y - step)), (x, y - step)
    yield Line((*points[:-1], shaft), colour, weight, dashed)
    yield Shape(tip, colour)


def _without_repeats(points: list[Point]) -> list[Point]:
    kept = [points[0]]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) > 0.01 or abs(point[1] - kept[-1][1]) > 0.01:
            kept.append(point)
    return kept


def text_place(route: Route, geometry: Geometry) -> Rectangle | None:
    """Left, top, width and height of the text on an arrow: beside its first level stretch."""
    if not route.text:
        return None
    points = geometry.points(route)
    wide = width(route.text, style.DETAIL)
    (x, y), (nx, ny) = points[0], points[1]
    if not route.corridors:
        left, baseline = x + 5, (y + ny) / 2 + 3
    else:
        level = points[2][0] if len(points) > 2 else nx
        left = x + 5 if level >= x else x - 5 - wide
        baseline = ny - 3.5
    return left, baseline - style.DETAIL * 0.85, wide, style.DETAIL * 1.1


def text(route: Route, geometry: Geometry) -> Iterator[Mark]:
    """The short condition on an arrow, on a patch that lets it be read."""
    place = text_place(route, geometry)
    if place is None:
        return
    left, top, wide, high = place
    framed = geometry.blocks[route.source.block].framed
    yield Box(left - 1, top, wide + 2, high, style.CARD if framed else style.PAPER)
    colour = ARROWS.get(route.kind, style.INK)
    yield Words(left, top + style.DETAIL * 0.85, route.text, style.DETAIL, colour)
