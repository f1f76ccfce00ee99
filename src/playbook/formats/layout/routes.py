"""Which way each arrow takes: out of a box, along corridors that no box stands in, into another box.

Corridors are ``("H", block, row)`` below a row of a block (``-1`` above the first one), ``("V", block,
column)`` left of a column (one more right of the last), ``("G", band, place)`` the gutter left of a block of
a band (one more behind the last), ``("C", band)`` the channel above a band (one more below the last) and
``("M",)`` the margin at the left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playbook.formats.layout import style
from playbook.formats.layout.cells import GATES, Cell
from playbook.formats.layout.grid import Block
from playbook.formats.layout.links import Link

Corridor = tuple[str] | tuple[str, int] | tuple[str, int, int]

Side = str
"""``top``, ``bottom``, ``left`` or ``right``: where an arrow leaves or reaches a box."""

LEVEL = ("H", "C")
"""Corridors that run from left to right."""


@dataclass
class Route:
    """An arrow: from a side of its source, through corridors, to a side of its target.

    A route without corridors is a straight line down.
    """

    link: Link
    source: Cell
    target: Cell
    leave: Side
    reach: Side
    corridors: list[Corridor] = field(default_factory=list)
    tracks: list[int] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of the edge that it draws."""
        return self.link.edge.kind

    @property
    def text(self) -> str:
        """What is written on it."""
        return self.link.text


def plan(links: list[Link], cells: dict[str, Cell], blocks: list[Block]) -> list[Route]:
    """Routes for all arrows."""
    planner = _Planner(blocks)
    routes = [planner.route(link, cells[link.source], cells[link.target]) for link in links]
    for route in routes:
        route.tracks = [0] * len(route.corridors)
    return routes


def _about_where(blocks: list[Block]) -> dict[tuple[int, int], float]:
    """About how far right each gutter lies, by band and place."""
    about: dict[tuple[int, int], float] = {}
    for block in blocks:
        left = about.setdefault((block.band, block.place), 0.0)
        about[block.band, block.place + 1] = left + block.width + style.GUTTER
    return about


class _Planner:
    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._about = _about_where(blocks)

    def route(self, link: Link, source: Cell, target: Cell) -> Route:
        if source.block == target.block:
            return self._inside(link, source, target)
        return self._across(link, source, target)

    # -- inside a block ------------------------------------------------------------------------------

    def _inside(self, link: Link, source: Cell, target: Cell) -> Route:
        block, down, right = source.block, target.row - source.row, target.column - source.column
        goes_on = link.edge.kind != "rework" or not link.head
        if goes_on and down == 1:
            ways: list[Corridor] = [("H", block, source.row)] if right else []
            return Route(link, source, target, "bottom", "top", ways)
        if goes_on and right >= 1 and not link.text and self._is_free(source, target):
            return Route(link, source, target, "right", "left", [("V", block, target.column)])
        if (
            goes_on
            and down > 1
            and right <= 0
            and target.node.shape in GATES
            and not target.label
            and not link.text
        ):
            # To a gate that joins: down the right side, so that many arrows become one.
            ways = [("V", block, source.column + 1), ("H", block, target.row - 1)]
            return Route(link, source, target, "right", "top", ways)
        # Boxes are left at the right or the bottom and reached at the left or the top, so that what comes and
        # what goes never share a line. A text needs a level stretch to stand on.
        ways = [("H", block, source.row), ("V", block, target.column)]
        return Route(link, source, target, "bottom", "left", ways)

    def _is_free(self, source: Cell, target: Cell) -> bool:
        """Whether nothing stands beside the source on the way to the column of the target."""
        columns = self._blocks[source.block].columns[source.column + 1 : target.column]
        return all(cell.row != source.row for column in columns for cell in column)

    # -- from block to block -------------------------------------------------------------------------

    def _across(self, link: Link, source: Cell, target: Cell) -> Route:
        here, there = self._blocks[source.block], self._blocks[target.block]
        back = here.band == there.band and there.place < here.place
        early = link.edge.kind == "overlap" and source.row == 0 and not here.is_last_in_row(source)
        direct = not back and not early and not link.text and here.is_last_in_row(source)
        out, into = self._gutters(link, here, there, direct=direct)
        ways: list[Corridor] = [out] if out == into else [out, *self._between(here, there, back), into]
        leave, reach = "bottom", "top"
        if direct:
            leave = "right"
        elif early:
            # Past the other steps of the stage, which it does not wait for.
            leave = "top"
            ways.insert(0, ("H", here.index, -1))
        else:
            ways.insert(0, ("H", here.index, source.row))
        at_right = into[-1] != there.place
        if at_right and there.is_last_in_row(target):
            reach = "right"
        elif not at_right and there.is_first_in_row(target):
            reach = "left"
        else:
            ways.append(("H", there.index, target.row - 1))
        return Route(link, source, target, leave, reach, ways)

    def _gutters(self, link: Link, here: Block, there: Block, *, direct: bool) -> tuple[Corridor, Corridor]:
        """The gutters beside the two blocks that an arrow takes: on the way on, out at the right and in at the
        left; back, and from one band to another, as it is shorter."""
        if here.band == there.band:
            back = there.place < here.place
            out_place, into_place = here.place + (not back), there.place + back
            return ("G", here.band, out_place), ("G", there.band, into_place)
        outs = [here.place + 1] if direct else [here.place + 1, here.place]
        intos = [there.place, there.place + 1] if link.edge.kind == "rework" else [there.place]
        pairs = [(out, into) for out in outs for into in intos]
        out_place, into_place = min(
            pairs, key=lambda pair: abs(self._about[here.band, pair[0]] - self._about[there.band, pair[1]])
        )
        return ("G", here.band, out_place), ("G", there.band, into_place)

    def _between(self, here: Block, there: Block, back: bool) -> Iterator[Corridor]:
        """The channels between two gutters: above the band on the way on, below it on the way back."""
        if here.band == there.band:
            yield ("C", here.band + 1 if back else here.band)
            return
        below = there.band > here.band
        first = here.band + 1 if below else here.band
        last = there.band if below else there.band + 1
        yield ("C", first)
        if first != last:
            yield ("M",)
            yield ("C", last)
