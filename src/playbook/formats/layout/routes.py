"""Which corridors each arrow runs through, and on which track of each.

Corridors are named by what they lie between. ``("H", band, row)`` is the gap below a row (``-1``: above
the first); ``("V", band, column)`` is the gap left of a column (the last one: right of all); ``("C", band)``
is the channel above a band, and ``("M",)`` the margin left of everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playbook.formats.layout.grid import Cell
from playbook.shapes.diagram import DiagramEdge

Corridor = tuple[str] | tuple[str, int] | tuple[str, int, int]

Side = str
"""``top``, ``bottom``, ``left`` or ``right``: where an arrow leaves or reaches a box."""


@dataclass
class Route:
    """An arrow: from a side of its source, through corridors, to a side of its target.

    A route without corridors is a straight line down.
    """

    edge: DiagramEdge
    source: Cell
    target: Cell
    leave: Side
    reach: Side
    corridors: list[Corridor] = field(default_factory=list)
    tracks: list[int] = field(default_factory=list)
    text: str = ""


@dataclass
class Routes:
    """All arrows, and how many tracks each corridor needs."""

    routes: list[Route]
    used: dict[Corridor, int]


def plan(edges: list[tuple[DiagramEdge, str]], cells: dict[str, Cell]) -> Routes:
    """Routes for all edges, each with the text that is drawn on it."""
    routes = [_route(edge, text, cells[edge.source], cells[edge.target]) for edge, text in edges]
    return Routes(routes, _assign_tracks(routes))


def _route(edge: DiagramEdge, text: str, source: Cell, target: Cell) -> Route:
    band, down, right = source.band, target.row - source.row, target.column - source.column
    ways: list[Corridor]
    if source.band == target.band:
        if right == 0 and down == 1 and edge.kind != "rework":
            return Route(edge, source, target, "bottom", "top", text=text)
        if down == 1 and abs(right) <= 2 and edge.kind != "rework":
            return Route(edge, source, target, "bottom", "top", [("H", band, source.row)], text=text)
        if down > 1 and right <= 0 and not target.label and not text:
            # To a gate that joins: down the right side, so that many arrows become one.
            ways = [("V", band, source.column + 1), ("H", band, target.row - 1)]
            return Route(edge, source, target, "right", "top", ways, text=text)
        ways = [("V", band, target.column)]
        leave = "right" if right == 1 else ""
    else:
        ways = list(_between_bands(source, target))
        leave = "right"
    # Boxes are left at the right or the bottom and reached at the left or the top, so that what comes and
    # what goes never share a line. A text needs a level stretch to stand on, and other columns are passed
    # below the row.
    if text or not leave:
        ways.insert(0, ("H", band, source.row))
        leave = "bottom"
    return Route(edge, source, target, leave, "left", ways, text=text)


def _between_bands(source: Cell, target: Cell) -> Iterator[Corridor]:
    yield ("V", source.band, source.column + 1)
    below = target.band > source.band
    first = source.band + 1 if below else source.band
    last = target.band if below else target.band + 1
    yield ("C", first)
    if first != last:
        yield ("M",)
        yield ("C", last)
    yield ("V", target.band, target.column)


# -- tracks --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Stretch:
    """A part of a corridor that an arrow uses, in units of the grid."""

    start: float
    end: float
    route: int
    part: int


def _assign_tracks(routes: list[Route]) -> dict[Corridor, int]:
    """Give each stretch a track so that arrows of different nets never lie on each other."""
    stretches: dict[Corridor, list[_Stretch]] = {}
    for number, route in enumerate(routes):
        route.tracks = [0] * len(route.corridors)
        for part, corridor in enumerate(route.corridors):
            start, end = sorted(_extent(route, part))
            stretches.setdefault(corridor, []).append(_Stretch(start, end, number, part))
    used: dict[Corridor, int] = {}
    for corridor, members in stretches.items():
        tracks: list[list[_Stretch]] = []
        for stretch in sorted(members, key=lambda s: (s.end - s.start, s.start, s.route)):
            number = next(
                (at for at, track in enumerate(tracks) if all(_apart(stretch, other, routes) for other in track)),
                len(tracks),
            )
            if number == len(tracks):
                tracks.append([])
            tracks[number].append(stretch)
            routes[stretch.route].tracks[stretch.part] = number
        used[corridor] = len(tracks)
    return used


def _apart(one: _Stretch, other: _Stretch, routes: list[Route]) -> bool:
    """Whether two stretches may share a track: they do not meet, or are branches of one trunk."""
    if one.end < other.start or other.end < one.start:
        return True
    left, right = routes[one.route], routes[other.route]
    if left.edge.kind != right.edge.kind or left.text or right.text:
        return False
    came = left.corridors[: one.part + 1] == right.corridors[: other.part + 1]
    goes = left.corridors[one.part :] == right.corridors[other.part :]
    same_source = left.source is right.source and left.leave == right.leave and came
    same_target = left.target is right.target and left.reach == right.reach and goes
    return same_source or same_target


def _extent(route: Route, part: int) -> tuple[float, float]:
    """Where a stretch begins and ends, in units of the grid along its corridor."""
    corridor = route.corridors[part]
    before = route.corridors[part - 1] if part else None
    after = route.corridors[part + 1] if part + 1 < len(route.corridors) else None
    if corridor[0] in ("C", "M"):
        # The columns of two bands have no common measure, so no two arrows share a track here.
        return 0.0, 1.0
    if corridor[0] == "V":
        return _along(before, route.source), _along(after, route.target)
    start, end = _across(before, route.source), _across(after, route.target)
    if route.text and part == 0:
        return min(start, end) - 1, max(start, end) + 1
    return start, end


def _across(corridor: Corridor | None, cell: Cell) -> float:
    """The column of a box or of a corridor that runs down."""
    return cell.column + 0.5 if corridor is None or len(corridor) < 3 else float(corridor[2])


def _along(corridor: Corridor | None, cell: Cell) -> float:
    """The row of a box or of a corridor that runs across; bands lie far apart."""
    if corridor is None:
        return cell.band * 1000.0 + cell.row
    if len(corridor) == 2:
        return corridor[1] * 1000.0 - 500
    return corridor[1] * 1000.0 + corridor[2] + 0.5 if len(corridor) == 3 else -1000.0
