"""A diagram with a place for everything, before it is painted."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.swimlanes.bands import split
from playbook.formats.layout.swimlanes.coordinates import Coordinates, coordinates_of
from playbook.formats.layout.swimlanes.heads import StageHead, least_width, spans_of, stage_head, tells_more
from playbook.formats.layout.swimlanes.labels import Label, labelled
from playbook.formats.layout.swimlanes.links import Connector, Link, Links, linked
from playbook.formats.layout.swimlanes.occupancy import Occupancy
from playbook.formats.layout.swimlanes.placing import FULL, Places, placed
from playbook.formats.layout.swimlanes.routing import routed
from playbook.formats.layout.swimlanes.rows import Band, arranged
from playbook.formats.layout.swimlanes.sizing import Sized, sized
from playbook.shapes.diagram import Diagram, DiagramEdge

LANE_MARGIN = 26.0
"""What the title of a lane leaves free beside it."""
_LANE_HEADS = (78.0, 150.0)
"""How wide the titles of lanes are at least and at most."""
BAND_GAP = 16.0
_LEGEND = 24.0
_CIRCLE = 0.008
"""What it costs to go on at a letter."""
_TRIED = 3
_DENSE = 1.02
"""Steps above each other are drawn only where the page becomes smaller by more than this."""


@dataclass
class Drawn:
    """One band, ready to be painted."""

    band: Band
    occupancy: Occupancy
    coordinates: Coordinates
    heads: list[StageHead]
    head: float
    """How high the row of stage titles is; zero if there are none."""
    connectors: list[Connector]
    labels: list[Label]

    @property
    def width(self) -> float:
        """From the right end of the lanes' titles to the right end of the lanes."""
        return self.coordinates.x[-1]

    @property
    def height(self) -> float:
        """From the top of the stage titles to the lower border of the last lane."""
        return self.head + self.coordinates.y[-1]


@dataclass
class Plan:
    """All bands, and what is said below them."""

    diagram: Diagram
    places: Places
    bands: list[Drawn]
    notes: list[str]
    heading: list[str]

    @property
    def width(self) -> float:
        """The width of the widest band, with the titles of the lanes."""
        return max((self.lane_head + drawn.width for drawn in self.bands), default=0.0)

    @property
    def lane_head(self) -> float:
        """How wide the titles of the lanes are."""
        return lane_head(self.diagram)

    @property
    def lanes(self) -> list[str]:
        """The titles of all lanes by their numbers; the last one is for what has none."""
        return [*(lane.label for lane in self.diagram.lanes), ""]


def lane_head(diagram: Diagram) -> float:
    """How wide the titles of the lanes are: as wide as their longest word, within reason."""
    words = [word for lane in diagram.lanes for word in lane.label.split()]
    longest = max((width(word, style.LABEL, bold=True) for word in words), default=0.0)
    return min(max(longest + LANE_MARGIN + 1, _LANE_HEADS[0]), _LANE_HEADS[1])


def plan(diagram: Diagram, ratio: float | None = None) -> Plan:
    """Give everything in the diagram its place; ``ratio`` is the form of the page that it will stand on."""
    ids = {node.id for node in diagram.nodes}
    edges = [edge for edge in diagram.edges if edge.source in ids and edge.target in ids]
    boxes = {node.id: sized(node) for node in diagram.nodes}
    heading = wrap(diagram.title, style.TITLE, 900, bold=True)
    best: Plan | None = None
    for places, cuts in _tries(diagram, boxes, ratio):
        drawn, notes = _bands(diagram, places, arranged(places, cuts, edges), edges)
        found = Plan(diagram, places, drawn, notes, heading)
        if best is None or _misfit(found, ratio) < _misfit(best, ratio):
            best = found
        if not _misfit(best, ratio):
            break
    return best or Plan(diagram, placed(diagram), [], [], heading)


def _tries(diagram: Diagram, boxes: dict[str, Sized], ratio: float | None) -> list[tuple[Places, list[int]]]:
    """The places and cuts that are worth being laid out to the end, the most promising first."""
    ways = [(full, dense) for dense in (False, True) for full in (FULL, 2, 1)]
    seen: list[dict[str, int]] = []
    found: list[tuple[float, Places, list[int]]] = []
    for full, dense in ways:
        places = placed(diagram, dense=dense, full=full)
        if places.stages and places.column not in seen:
            seen.append(places.column)
            dearer = _DENSE if dense else 1.0
            found += [(each.page * dearer, places, each.columns) for each in split(places, boxes, ratio)]
    found.sort(key=lambda each: each[0])
    return [(places, columns) for _, places, columns in found[: _TRIED if ratio is None else 2 * _TRIED]]


def _misfit(plan: Plan, ratio: float | None) -> float:
    """How far the picture is from filling a page; zero if it does, or if it is not wrapped.

    Where the form of the page is given, it is how large the page must be.
    """
    wide = plan.width + 2 * style.MARGIN
    high = sum(drawn.height + BAND_GAP for drawn in plan.bands) + 100
    if ratio is not None:
        circles = sum(len(drawn.connectors) for drawn in plan.bands)
        return max(plan.width / ratio, high - 100 + _LEGEND, style.ENOUGH) * (1 + _CIRCLE * circles)
    ratio = wide / high
    if len(plan.bands) == 1 and (ratio <= 2.15 or wide < 900):
        return 0.0
    return max(0.0, ratio - 2.15, 1.08 - ratio)


def _bands(
    diagram: Diagram, places: Places, bands: list[Band], edges: list[DiagramEdge]
) -> tuple[list[Drawn], list[str]]:
    """The bands with their arrows; an arrow for which there is no way becomes a pair of circles."""
    jumps: frozenset[int] = frozenset()
    while True:
        links = linked(bands, edges, jumps)
        boxes = {node.id: sized(node, links.arrows(node.id)) for node in diagram.nodes}
        ways = [routed(band, boxes, links.links[band.number], links.connectors[band.number]) for band in bands]
        failed = {
            (links.links[band.number][number].source, links.links[band.number][number].target)
            for band, (_, numbers) in zip(bands, ways, strict=True)
            for number in numbers
        }
        if not failed:
            break
        jumps |= {number for number, edge in enumerate(edges) if (edge.source, edge.target) in failed}
    drawn = []
    notes: list[str] = []
    for band, (occupancy, _) in zip(bands, ways, strict=True):
        drawn.append(_drawn(diagram, places, band, occupancy, links, notes))
    return drawn, notes


def _drawn(
    diagram: Diagram,
    places: Places,
    band: Band,
    occupancy: Occupancy,
    links: Links,
    notes: list[str],
) -> Drawn:
    titles = [*(lane.label for lane in diagram.lanes), ""]
    heights = {
        lane: len(wrap(titles[lane], style.LABEL, lane_head(diagram) - LANE_MARGIN, bold=True))
        * style.LABEL
        * style.LEADING
        + 16
        for lane in band.lanes
    }
    spans = spans_of(places, band)
    stages = [(first, end, least_width(diagram, stage)) for stage, first, end in spans]
    coordinates = coordinates_of(occupancy, heights, stages)
    connectors = links.connectors[band.number]
    wanted = _wanted(links.links[band.number], connectors)
    labels = labelled(occupancy, coordinates, wanted, len(notes))
    for number, owner, text in labels.notes:
        notes.append(_note(diagram, number, owner, text))
    heads = [stage_head(diagram, places, band, coordinates, *span) for span in spans]
    if len(diagram.groups) == 1 and (band.first or not (diagram.title or any(map(tells_more, heads)))):
        # The one stage is named already.
        heads = []
    lines = max((len(head.lines) * style.STAGE + len(head.details) * style.DETAIL for head in heads), default=0.0)
    head = lines * style.LEADING + 12.0 if heads and diagram.groups else 0.0
    return Drawn(band, occupancy, coordinates, heads, head, connectors, labels.placed)


def _wanted(links: list[Link], connectors: list[Connector]) -> list[Link | Connector]:
    """The arrows and circles that have a text."""
    return [*(link for link in links if link.text), *(each for each in connectors if each.text)]


def _note(diagram: Diagram, number: int, owner: Link | Connector, text: str) -> str:
    names = {node.id: " ".join(node.label.split()) for node in diagram.nodes}
    if number:
        return f"({number}) {text}"
    source = names[owner.source if isinstance(owner, Link) else owner.node]
    return f"After “{source}”: {text}" if source else text
