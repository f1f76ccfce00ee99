"""Laying: each arrow gets its track in each corridor that it takes."""

from __future__ import annotations

from playbook.formats.layout import style
from playbook.formats.layout.geometry import Geometry
from playbook.formats.layout.measure import width
from playbook.formats.layout.routes import LEVEL, Corridor, Route
from playbook.formats.layout.tracks import Stretch, tracked


class Layer:
    """Gives each arrow its track in each corridor, as exactly as coordinates are known by then."""

    def __init__(self, geometry: Geometry, routes: list[Route]) -> None:
        self._geometry = geometry
        self._routes = routes
        self.members: dict[Corridor, list[tuple[int, int]]] = {}
        for number, route in enumerate(routes):
            for part, corridor in enumerate(route.corridors):
                self.members.setdefault(corridor, []).append((number, part))

    def lay(self, *directions: str) -> None:
        """Tracks for some kinds of corridors."""
        for corridor, members in self.members.items():
            if corridor[0] not in directions:
                continue
            tracks = tracked([self._stretch(number, part) for number, part in members], self._shares)
            self._geometry.tracks[corridor] = len(tracks)
            for at, track in enumerate(tracks):
                for stretch in track:
                    self._routes[stretch.route].tracks[stretch.part] = at

    def _shares(self, one: Stretch, other: Stretch) -> bool:
        """Whether two stretches may lie on each other: as branches of one trunk."""
        left, right = self._routes[one.route], self._routes[other.route]
        if left.kind != right.kind or left.text or right.text:
            return False
        came = left.corridors[: one.part + 1] == right.corridors[: other.part + 1]
        goes = left.corridors[one.part :] == right.corridors[other.part :]
        same_source = left.source is right.source and left.leave == right.leave and came
        same_target = left.target is right.target and left.reach == right.reach and goes
        return same_source or same_target

    # -- stretches -----------------------------------------------------------------------------------

    def _stretch(self, number: int, part: int) -> Stretch:
        route = self._routes[number]
        start, start_side = self._joint(route, part, -1)
        end, end_side = self._joint(route, part, 1)
        spare = 0.0
        if route.text and part == 0 and route.corridors[0][0] == "H":
            # Half columns: places in a block are counted in them before they are known.
            spare = (width(route.text, style.DETAIL) + 14) / (style.NODE_WIDTH + style.COLUMN_GAP) * 2
        return Stretch(start, end, start_side, end_side, number, part, spare)

    def _joint(self, route: Route, part: int, step: int) -> tuple[float, int]:
        """Where along the corridor an arrow comes in or goes out, and on which side."""
        corridor, other = route.corridors[part], part + step
        if 0 <= other < len(route.corridors):
            if corridor[0] in LEVEL:
                return self._across(corridor, route.corridors[other]), self._upright_side(
                    route, corridor, other, step
                )
            return self._down(route, other), self._level_side(route, corridor, other, step)
        cell, side = (route.source, route.leave) if step < 0 else (route.target, route.reach)
        if corridor[0] not in LEVEL:
            return self._geometry.port_y(route, cell, side), -1 if side == "right" else 1
        offset = (self._geometry.port_x(route, cell, side) - cell.width / 2) / style.NODE_WIDTH
        return 2 * cell.column + 1 + offset, -1 if side == "bottom" else 1

    def _across(self, corridor: Corridor, upright: Corridor) -> float:
        """How far right an upright corridor lies: in half columns of the block of a level one, else exactly."""
        if len(corridor) == 3:
            block = self._geometry.blocks[corridor[1]]
            if upright[0] == "V" and len(upright) == 3:
                return 2.0 * upright[2]
            return -1.0 if upright[-1] == block.place else 2.0 * len(block.columns) + 1
        low, high = self._geometry.corridor.get(upright, (0.0, 0.0))
        return (low + high) / 2

    def _upright_side(self, route: Route, corridor: Corridor, other: int, step: int) -> int:
        """Whether an upright corridor leads to or from above or below a level one."""
        geometry, beyond = self._geometry, other + step
        here = geometry.corridor.get(corridor)
        if 0 <= beyond < len(route.corridors):
            there = geometry.corridor.get(route.corridors[beyond])
        else:
            cell = route.source if step < 0 else route.target
            if len(corridor) == 3 and cell.block == corridor[1]:
                return -1 if cell.row <= corridor[2] else 1
            there = (geometry.row_y[cell.block, cell.row],) * 2 if geometry.row_y else None
        if here is None or there is None:
            return 0
        return -1 if there[0] < here[0] else 1

    def _down(self, route: Route, other: int) -> float:
        """How far down a level corridor lies; exactly in a block, where its tracks are settled by now."""
        corridor = route.corridors[other]
        if corridor[0] == "H":
            return self._geometry.track(corridor, route.tracks[other])
        low, high = self._geometry.corridor.get(corridor, (0.0, 0.0))
        return (low + high) / 2

    def _level_side(self, route: Route, corridor: Corridor, other: int, step: int) -> int:
        """Whether what comes from or goes to a level corridor lies left or right of an upright one."""
        neighbour = route.corridors[other]
        if len(neighbour) != 3 or len(corridor) != 3:
            return 0
        if corridor[0] == "G":
            return -1 if self._geometry.blocks[neighbour[1]].place < corridor[2] else 1
        if 0 <= other + step < len(route.corridors):
            return 0
        cell = route.source if step < 0 else route.target
        return -1 if cell.column < corridor[2] else 1
