"""The whole way from a Diagram to a Scene."""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.formats.layout import style
from playbook.formats.layout.geometry import POINTED, Geometry, Point, place
from playbook.formats.layout.grid import Block, Cell, blocks_of, into_bands
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.routes import Route, Routes, plan
from playbook.formats.layout.scene import Box, Group, Item, Line, Mark, Scene, Shape, Words
from playbook.shapes.diagram import Diagram, DiagramEdge


@dataclass(frozen=True)
class Arranged:
    """A diagram with a place for everything, before it is painted."""

    blocks: list[Block]
    cells: dict[str, Cell]
    routes: Routes
    geometry: Geometry
    heading: list[str]


def arrange(diagram: Diagram) -> Arranged:
    """Give everything in the diagram its place."""
    edges, branches = _texts(diagram)
    blocks = blocks_of(diagram, branches)
    bands = into_bands(blocks) if blocks else 0
    cells = {cell.node.id: cell for block in blocks for column in block.columns for cell in column}
    routes = plan([(edge, text) for edge, text in edges if {edge.source, edge.target} <= set(cells)], cells)
    heading = wrap(diagram.title, style.TITLE, 900, bold=True)
    top = style.MARGIN + len(heading) * style.TITLE * style.LEADING + 10
    return Arranged(blocks, cells, routes, place(blocks, cells, routes, bands, top), heading)


def compose(diagram: Diagram) -> Scene:
    """Lay the diagram out and paint it. The same diagram gives the same scene, on any machine."""
    arranged = arrange(diagram)
    geometry, routes = arranged.geometry, arranged.routes.routes
    least = max(width(line, style.TITLE, bold=True) for line in arranged.heading) + 2 * style.MARGIN
    scene = Scene(max(geometry.width, least, 420), 0, diagram.title, _description(diagram))
    for number, line in enumerate(arranged.heading):
        y = style.MARGIN + style.TITLE * (0.8 + number * style.LEADING)
        scene.items.append(Words(style.MARGIN, y, line, style.TITLE, style.INK, bold=True))
    for block in arranged.blocks:
        scene.items += _frame(block, geometry)
    for route in routes:
        scene.items += _arrow(route, geometry)
    for cell in arranged.cells.values():
        scene.items.append(Group(cell.node.id, cell.node.label, tuple(_node(cell, geometry))))
    for route in routes:
        scene.items += _text(route, geometry)
    bottom = geometry.height - (style.BAND_GAP if arranged.blocks else 0) + 14
    scene.height = _footer(scene, diagram, bottom) + style.MARGIN
    scene.items.insert(0, Box(0, 0, scene.width, scene.height, style.PAPER))
    return scene


def _description(diagram: Diagram) -> str:
    stages = ", ".join(group.label for group in diagram.groups)
    return f"Journey map with {len(diagram.groups)} stages: {stages}" if stages else "Journey map"


def _texts(diagram: Diagram) -> tuple[list[tuple[DiagramEdge, str]], dict[str, tuple[str, ...]]]:
    """What is drawn on each arrow. A long condition is written in its source; the arrow has its letter."""
    edges: list[tuple[DiagramEdge, str]] = []
    branches: dict[str, list[str]] = {}
    for edge in diagram.edges:
        text = " ".join(edge.label.split())
        if len(text) > style.LONGEST_LABEL:
            known = branches.setdefault(edge.source, [])
            letter = _letters(len(known))
            known.append(f"{letter}: {text}")
            text = letter
        edges.append((edge, text))
    return edges, {source: tuple(lines) for source, lines in branches.items()}


def _letters(number: int) -> str:
    """``a`` to ``z``, then ``aa``: as spreadsheets name their columns."""
    before, last = divmod(number, 26)
    return (_letters(before - 1) if before else "") + string.ascii_lowercase[last]


# -- parts ---------------------------------------------------------------------------------------


def _frame(block: Block, geometry: Geometry) -> Iterator[Item]:
    if block.group is None:
        return
    x, y, wide, high = geometry.frame(block)
    yield Box(x, y, wide, high, style.CARD, style.FRAME, 1.0, 6)
    band = len(block.title) * style.STAGE * style.LEADING + 2 * style.PADDING - 4
    yield Box(x, y, wide, band, style.HEADER, style.FRAME, 1.0, 6)
    baseline = y + style.PADDING + style.STAGE * 0.72
    for line in block.title:
        yield Words(x + style.FRAME_PADDING, baseline, line, style.STAGE, style.INK, bold=True)
        baseline += style.STAGE * style.LEADING
    baseline = y + band + style.PADDING + style.DETAIL * 0.6
    for line in block.details:
        yield Words(x + style.FRAME_PADDING, baseline, line, style.DETAIL, style.SOFT)
        baseline += style.DETAIL * style.LEADING


def _node(cell: Cell, geometry: Geometry) -> Iterator[Mark]:
    x, y, wide, high = geometry.box(cell)
    tone = style.TONES[cell.node.tone]
    yield _outline(cell, x, y, wide, high)
    if not cell.label:
        if cell.node.shape == "parallel_gate":
            yield Words(x + wide / 2, y + high / 2 + 5.5, "+", 16, style.INK, bold=True, anchor="middle")
        return
    if cell.node.tone in ("customer", "partner", "system"):
        # A bar at the left edge: the tone is seen in grey, too.
        yield Box(x, y, 4, high, tone.stroke)
    baseline = y + style.PADDING + style.LABEL * 0.82
    center = x + wide / 2
    for line in cell.label:
        yield Words(center, baseline, line, style.LABEL, style.INK, bold=True, anchor="middle")
        baseline += style.LABEL * style.LEADING
    baseline += (style.DETAIL - style.LABEL) * 0.6
    for line in cell.details:
        yield Words(center, baseline, line, style.DETAIL, style.SOFT, anchor="middle")
        baseline += style.DETAIL * style.LEADING


def _outline(cell: Cell, x: float, y: float, wide: float, high: float) -> Mark:
    tone, dashed = style.TONES[cell.node.tone], cell.node.dashed
    shape, middle = cell.node.shape, y + high / 2
    if shape in POINTED:
        tip = style.TIP if cell.label else wide / 2
        points = (
            (x, middle),
            (x + tip, y),
            (x + wide - tip, y),
            (x + wide, middle),
            (x + wide - tip, y + high),
            (x + tip, y + high),
        )
        return Shape(points, "#eef1f4", style.SOFT, 1.2, dashed)
    if shape in ("start", "end"):
        return Box(
            x, y, wide, high, tone.fill, tone.stroke, 2.2 if shape == "end" else 1.2, min(high / 2, 16), dashed
        )
    return Box(x, y, wide, high, tone.fill, tone.stroke, 1.1, 3, dashed)


_COLOURS = {"rework": style.BACK, "overlap": style.EARLY}


def _arrow(route: Route, geometry: Geometry) -> Iterator[Item]:
    points = geometry.points(route)
    colour = _COLOURS.get(route.edge.kind, style.LINE)
    dashed = route.edge.kind in ("rework", "overlap")
    (x, y), (bx, by) = points[-1], points[-2]
    head = 6.0
    if abs(x - bx) > abs(y - by):
        step = head if x > bx else -head
        tip, shaft = ((x, y), (x - step, y - 3.4), (x - step, y + 3.4)), (x - step, y)
    else:
        step = head if y > by else -head
        tip, shaft = ((x, y), (x - 3.4, y - step), (x + 3.4, y - step)), (x, y - step)
    yield Line(tuple(_without_repeats([*points[:-1], shaft])), colour, 1.3, dashed)
    yield Shape(tip, colour)


def _without_repeats(points: list[Point]) -> list[Point]:
    kept = [points[0]]
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) > 0.01 or abs(point[1] - kept[-1][1]) > 0.01:
            kept.append(point)
    return kept


def _text(route: Route, geometry: Geometry) -> Iterator[Item]:
    """The condition of an arrow, beside its first level stretch, on a patch that lets it be read."""
    if not route.text:
        return
    points = geometry.points(route)
    wide = width(route.text, style.DETAIL)
    (x, y), (nx, ny) = points[0], points[1]
    if not route.corridors:
        left, baseline = x + 5, (y + ny) / 2 + 3
    else:
        level = points[2][0] if len(points) > 2 else nx
        left = x + 5 if level >= x else x - 5 - wide
        baseline = ny - 3
    colour = _COLOURS.get(route.edge.kind, style.INK)
    yield Box(left - 2, baseline - style.DETAIL * 0.85, wide + 4, style.DETAIL * 1.1, style.CARD)
    yield Words(left, baseline, route.text, style.DETAIL, colour)


# -- legend and notes ----------------------------------------------------------------------------


def _footer(scene: Scene, diagram: Diagram, y: float) -> float:
    """The legend of what occurs, then the notes; returns where they end."""
    x = style.MARGIN
    for item in _legend(diagram):
        mark, word = item
        wide = 24 + width(word, style.DETAIL) + 18
        if x > style.MARGIN and x + wide > scene.width - style.MARGIN:
            x, y = style.MARGIN, y + 18
        scene.items += _legend_mark(mark, x, y)
        scene.items.append(Words(x + 26, y + 9, word, style.DETAIL, style.SOFT))
        x += wide
    y += 18
    for note in diagram.notes:
        for line in wrap(note, style.DETAIL, scene.width - 2 * style.MARGIN):
            y += style.DETAIL * style.LEADING
            scene.items.append(Words(style.MARGIN, y, line, style.DETAIL, style.SOFT))
        y += 3
    return y


def _legend(diagram: Diagram) -> Iterator[tuple[str, str]]:
    tones = {node.tone for node in diagram.nodes if node.shape == "step"}
    for tone in ("customer", "partner", "system"):
        if tone in tones:
            yield tone, style.TONES[tone].word
    if any(node.dashed for node in diagram.nodes):
        yield "dashed", "optional, recommended or conditional"
    kinds = {edge.kind for edge in diagram.edges}
    if "rework" in kinds:
        yield "rework", "way back"
    if "overlap" in kinds:
        yield "overlap", "may start early"


def _legend_mark(mark: str, x: float, y: float) -> Iterator[Item]:
    if mark in ("rework", "overlap"):
        yield Line(((x, y + 6), (x + 20, y + 6)), _COLOURS[mark], 1.3, dashed=True)
        return
    tone = style.TONES.get(mark, style.TONES["plain"])
    yield Box(x, y, 20, 12, tone.fill, tone.stroke, 1.1, 2, dashed=mark == "dashed")
    if mark != "dashed":
        yield Box(x, y, 4, 12, tone.stroke)
