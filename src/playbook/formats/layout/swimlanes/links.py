"""Which edges are drawn as arrows within a band, and which go on in another one by a letter in a circle."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import Literal

from playbook.formats.layout.swimlanes.rows import Band
from playbook.shapes.diagram import DiagramEdge

Style = Literal["flow", "rework", "overlap", "handoff"]
"""How an arrow looks; a condition looks like any other arrow and has a text."""

_STYLES: dict[str, Style] = {"rework": "rework", "overlap": "overlap", "handoff": "handoff"}


def style_of(edge: DiagramEdge) -> Style:
    """How the arrow of an edge looks."""
    return _STYLES.get(edge.kind, "flow")


def text_of(edge: DiagramEdge) -> str:
    """What is written on the arrow of an edge."""
    return " ".join(edge.label.split())


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow within a band. Arrows of one trunk may share their beginning, or their end."""

    source: str
    target: str
    style: Style
    text: str

    @property
    def begins(self) -> tuple[str, str, str]:
        """Arrows with the same beginning may leave the source as one."""
        return self.source, self.style, self.text

    @property
    def ends(self) -> tuple[str, str]:
        """Arrows with the same end may reach the target as one."""
        return self.target, self.style


@dataclass(frozen=True, slots=True)
class Connector:
    """A letter in a circle, at the right of what goes on elsewhere or at the left of what comes from there."""

    node: str
    side: Literal["out", "in"]
    letter: str
    style: Style
    text: str


@dataclass
class Links:
    """What is drawn in each band."""

    links: list[list[Link]] = field(default_factory=list)
    connectors: list[list[Connector]] = field(default_factory=list)

    def arrows(self, node: str) -> int:
        """How many arrows and circles that stay apart are at the busier side of a node."""
        out: dict[object, None] = {}
        into: dict[object, None] = {}
        for links in self.links:
            for link in links:
                if link.source == node:
                    out[link.begins] = None
                if link.target == node:
                    into[link.ends] = None
        circles = [one for band in self.connectors for one in band if one.node == node]
        leaving = sum(one.side == "out" for one in circles)
        # Differently labelled arrows may also leave at the top and the bottom.
        apart = max(min(len(out), 1), len(out) - 2) + leaving, min(len(into), 1) + len(circles) - leaving
        return max(1, *apart)


def linked(bands: list[Band], edges: list[DiagramEdge], jumps: frozenset[int] = frozenset()) -> Links:
    """The arrows and circles of all bands; ``jumps`` are edges, by number, that are not to be arrows."""
    where = {id_: band.number for band in bands for id_ in band.cell}
    found = Links([[] for _ in bands], [[] for _ in bands])
    crossing: list[Link] = []
    for number, edge in enumerate(edges):
        link = Link(edge.source, edge.target, style_of(edge), text_of(edge))
        if number in jumps or where[edge.source] != where[edge.target]:
            crossing.append(link)
        else:
            found.links[where[edge.source]].append(link)
    order = {id_: (band.number, *band.cell[id_]) for band in bands for id_ in band.cell}
    for number, together in enumerate(_bundles(crossing, order)):
        letter = letters(number)
        for link in _first_by(together, "source"):
            connector = Connector(link.source, "out", letter, link.style, link.text)
            found.connectors[where[link.source]].append(connector)
        for link in _first_by(together, "target"):
            found.connectors[where[link.target]].append(Connector(link.target, "in", letter, link.style, ""))
    return found


def _first_by(links: list[Link], end: Literal["source", "target"]) -> list[Link]:
    """One edge for each node at that end."""
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(getattr(link, end), link)
    return list(found.values())


def _bundles(links: list[Link], order: dict[str, tuple[int, int, int]]) -> list[list[Link]]:
    """Edges that may share a letter: all from one source alike, or from several that lead to the same targets."""
    targets: dict[tuple[str, str, str], dict[str, None]] = {}
    for link in links:
        targets.setdefault(link.begins, {})[link.target] = None
    bundles: dict[tuple[object, ...], list[Link]] = {}
    for link in links:
        same = () if link.text else tuple(sorted(targets[link.begins]))
        key = (link.begins,) if link.text else (link.style, same)
        bundles.setdefault(key, []).append(link)
    return sorted(bundles.values(), key=lambda each: min((order[link.source], order[link.target]) for link in each))


def letters(number: int) -> str:
    """``A`` to ``Z``, then ``AA``: as spreadsheets name their columns."""
    before, last = divmod(number, 26)
    return (letters(before - 1) if before else "") + string.ascii_uppercase[last]
