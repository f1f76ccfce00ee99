"""The whole way from a journey map or an overview to a Scene."""

from __future__ import annotations

from dataclasses import dataclass, replace

from playbook.formats.layout import style
from playbook.formats.layout.bands import banded, estimated_size, limits, misfit
from playbook.formats.layout.cells import Cell, Rectangle
from playbook.formats.layout.footer import footer
from playbook.formats.layout.geometry import Geometry
from playbook.formats.layout.grid import Block, folded_blocks, ranked_blocks
from playbook.formats.layout.labels import text_places
from playbook.formats.layout.links import Plot, plot_of
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.paint import arrow, frame, node, text
from playbook.formats.layout.placing import placed
from playbook.formats.layout.routes import Route, plan
from playbook.formats.layout.scene import Box, Group, Scene
from playbook.formats.layout.titles import add_title
from playbook.shapes.diagram import Diagram

_ENDLESS = 1e9
_TRIED = 4
"""So many of the ways to fold and wrap that look best are laid out to the end."""
_LEGEND = 28.0
"""About how high the legend is."""


@dataclass(frozen=True)
class Arranged:
    """A diagram with a place for everything, before it is painted."""

    blocks: list[Block]
    cells: dict[str, Cell]
    routes: list[Route]
    geometry: Geometry
    texts: dict[int, Rectangle]
    """The places of the texts of arrows, by the number of the route."""
    heading: list[str]


def arrange(diagram: Diagram, ratio: float | None = None) -> Arranged:
    """Give everything in the diagram its place; ``ratio`` is the form of the page that it will stand on."""
    plot = plot_of(diagram)
    heading = wrap(diagram.title, style.TITLE, 900, bold=True)
    top = style.MARGIN + len(heading) * style.TITLE * style.LEADING + 10
    ways = _candidates(diagram, plot, ratio)
    tried = [_arranged(diagram, plot, heading, top, limit, count) for limit, count in ways]
    best = min(tried, key=lambda each: _cost(each, top, ratio))
    return replace(best, texts=text_places(best.routes, best.cells, best.geometry))


def _cost(arranged: Arranged, top: float, ratio: float | None) -> float:
    """How large a page it needs; on a page of a given form, fewer bands are better where that is the same."""
    found = misfit(*_size(arranged.geometry, top, ratio), ratio)
    if ratio is None:
        return found
    return found * (1 + 0.02 * max((block.band for block in arranged.blocks), default=0))


def _size(geometry: Geometry, top: float, ratio: float | None) -> tuple[float, float]:
    """The size that counts: on a page, a picture has neither margins nor a title."""
    if ratio is None:
        return geometry.width, geometry.height
    return geometry.width - 2 * style.MARGIN, geometry.height - top + _LEGEND


def _candidates(diagram: Diagram, plot: Plot, ratio: float | None) -> list[tuple[float, int]]:
    """The heights of columns and numbers of bands with which the picture would fill a page best."""
    ranked = ranked_blocks(diagram, plot)
    if not ranked:
        return [(0.0, 0)]
    found: list[tuple[float, float, int]] = []
    for limit in limits(folded_blocks(ranked, _ENDLESS)):
        blocks = folded_blocks(ranked, limit)
        for count in range(1, min(len(blocks), 6) + 1):
            size = estimated_size(banded(blocks, count))
            found.append((misfit(*size, ratio) * (1 + 0.02 * count), limit, count))
    return [(limit, count) for _, limit, count in sorted(found)[: _TRIED if ratio is None else 3 * _TRIED]]


def _arranged(diagram: Diagram, plot: Plot, heading: list[str], top: float, limit: float, count: int) -> Arranged:
    blocks = folded_blocks(ranked_blocks(diagram, plot), limit)
    if blocks:
        banded(blocks, count)
    cells = {cell.node.id: cell for block in blocks for column in block.columns for cell in column}
    routes = plan(plot.links, cells, blocks)
    return Arranged(blocks, cells, routes, placed(blocks, routes, top), {}, heading)


def compose(diagram: Diagram, ratio: float | None = None) -> Scene:
    """Lay the diagram out and paint it. The same diagram gives the same scene, on any machine."""
    arranged = arrange(diagram, ratio)
    geometry = arranged.geometry
    least = max(width(line, style.TITLE, bold=True) for line in arranged.heading) + 2 * style.MARGIN
    scene = Scene(max(geometry.width, least, 420), 0, diagram.title, _description(diagram))
    add_title(scene, arranged.heading)
    for block in arranged.blocks:
        if block.framed:
            scene.items += frame(block, geometry)
    for route in sorted(arranged.routes, key=lambda each: each.kind == "handoff"):
        scene.items += arrow(route, geometry)
    for cell in arranged.cells.values():
        scene.items.append(Group(cell.node.id, cell.node.label, tuple(node(cell, geometry))))
    for number, place in arranged.texts.items():
        scene.items += text(arranged.routes[number], place, geometry)
    scene.height = footer(scene, diagram, geometry.height + 10) + style.MARGIN
    scene.items.insert(0, Box(0, 0, scene.width, scene.height, style.PAPER))
    return scene


def _description(diagram: Diagram) -> str:
    names = [group.label for group in diagram.groups]
    names += [each.label for each in diagram.nodes if each.shape == "stage"]
    what = "Overview" if diagram.kind == "overview" else "Journey map"
    return f"{what} with {len(names)} stages: {', '.join(names)}" if names else what
