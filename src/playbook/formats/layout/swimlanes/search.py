"""The cheapest way of one arrow over the grid (A*): short, with few turns and crossings."""

from __future__ import annotations

from dataclasses import replace
from heapq import heappop, heappush

from playbook.formats.layout.swimlanes.grid import EAST, WEST, Door
from playbook.formats.layout.swimlanes.links import Link
from playbook.formats.layout.swimlanes.occupancy import ACROSS, ALONE, BEGINNING, DOWN, Occupancy

_TURN = 24.0
_CROSSING = 46.0
_APART = 40.0
_MOST = 6_000
"""After so many steps of the search an arrow has no way; usual ones are found in some hundred."""
_SHARED = 0.45
"""What a stretch costs that is shared with arrows of the same trunk: arrows keep together."""


def leads_back(occupancy: Occupancy, link: Link) -> bool:
    """Whether an arrow leads against the direction of reading."""
    cell = occupancy.grid.band.cell
    return link.style == "rework" or cell[link.target][0] <= cell[link.source][0]


def search(occupancy: Occupancy, number: int) -> tuple[float, list[int]] | None:
    """The cost and the points of the cheapest way of an arrow; ``None`` if there is none."""
    grid, link = occupancy.grid, occupancy.links[number]
    back = leads_back(occupancy, link)
    ways = occupancy.ways
    out = {ways[other][0] for other in ways if occupancy.links[other].begins == link.begins}
    into = {ways[other][-1] for other in ways if occupancy.links[other].ends == link.ends}
    starts = [_kept(door, out) for door in grid.doors(link.source, leaving=True, back=back)]
    goals = {
        (door.point, door.direction): _kept(door, into)
        for door in grid.doors(link.target, leaving=False, back=back)
    }
    # A door that another arrow has taken is found at once, instead of by a search through all of the grid.
    starts = [door for door in starts if occupancy.phase(number, door.unit, BEGINNING) in (BEGINNING, ALONE)]
    goals = {key: door for key, door in goals.items() if occupancy.phase(number, door.unit, ALONE) >= 0}
    if not starts or not goals:
        return None
    doors = {door.unit for door in (*starts, *goals.values())}
    return _Search(occupancy, number, goals, doors).run(starts)


def _kept(door: Door, used: set[int]) -> Door:
    """A door that costs more where arrows of the same trunk use another one already."""
    return door if not used or door.point in used else replace(door, cost=door.cost + _APART)


class _Search:
    def __init__(
        self, occupancy: Occupancy, number: int, goals: dict[tuple[int, int], Door], doors: set[int]
    ) -> None:
        grid = occupancy.grid
        self._occupancy, self._number, self._goals, self._doors = occupancy, number, goals, doors
        wide = grid.wide
        self._wide = wide
        target = grid.middle(occupancy.links[number].target)
        self._to = grid.x[target % wide], grid.y[target // wide]
        self._steps = (1, wide, -1, -wide)

    def _left(self, point: int, direction: int) -> float:
        """What the rest of the way costs at least, or nearly so."""
        grid = self._occupancy.grid
        dx, dy = self._to[0] - grid.x[point % self._wide], self._to[1] - grid.y[point // self._wide]
        far = abs(dx) + max(0.0, abs(dy) - 1.0)
        if abs(dy) > 1.0:
            return far + (_TURN if direction not in (EAST, WEST) else 2 * _TURN)
        return far + (0.0 if direction == EAST and dx >= 0 else _TURN)

    def run(self, starts: list[Door]) -> tuple[float, list[int]] | None:
        """Search from the doors of the source to those of the target."""
        queue: list[tuple[float, int, float, int, int]] = []
        costs: dict[int, float] = {}
        came: dict[int, int] = {}
        tick = 0
        for door in starts:
            state = (door.point * 4 + door.direction) * 3 + BEGINNING
            if door.cost < costs.get(state, 1e18):
                costs[state] = door.cost
                heappush(queue, (door.cost + self._left(door.point, door.direction), tick, door.cost, state, 1))
                tick += 1
        for _ in range(_MOST):
            if not queue:
                break
            _, _, cost, state, first = heappop(queue)
            self._occupancy.effort += 1
            if cost > costs[state]:
                continue
            if not first and state < 0:
                return cost, self._way(came, state)
            for following, price in self._onward(state, bool(first)):
                total = cost + price
                if total < costs.get(following, 1e18):
                    costs[following] = total
                    came[following] = state
                    at, direction = divmod((following if following >= 0 else -following - 1) // 3, 4)
                    rest = self._left(at, direction) if following >= 0 else 0.0
                    heappush(queue, (total + rest, tick, total, following, 0))
                    tick += 1
        return None

    def _onward(self, state: int, first: bool) -> list[tuple[int, float]]:
        """The states that follow on one, each with the price. A state below zero has reached the target."""
        occupancy, grid = self._occupancy, self._occupancy.grid
        rest, phase = divmod(state, 3)
        point, direction = divmod(rest, 4)
        found: list[tuple[int, float]] = []
        came_by = -1 if first else grid.unit(point - self._steps[direction], direction)
        for turn in (direction,) if first else (direction, (direction + 1) % 4, (direction + 3) % 4):
            unit = grid.unit(point, turn)
            if not (unit in self._doors or (0 <= unit < len(grid.open) and grid.open[unit])):
                continue
            following = occupancy.phase(self._number, unit, phase)
            if following < 0:
                continue
            price = 0.0
            if not first:
                straight = 0 if turn != direction else ACROSS if turn in (EAST, WEST) else DOWN
                crossed = occupancy.crossed(point, came_by, unit, straight)
                if crossed < 0:
                    continue
                price = crossed * _CROSSING + (_TURN if turn != direction else 0.0)
            at = point + self._steps[turn]
            wide = self._wide
            length = abs(grid.x[at % wide] - grid.x[point % wide]) + abs(grid.y[at // wide] - grid.y[point // wide])
            price += length * (_SHARED if following != 1 else 1.0)
            door = self._goals.get((at, turn))
            code = (at * 4 + turn) * 3 + following
            if door is not None and unit == door.unit:
                found.append((-code - 1, price + door.cost))
            elif unit not in self._doors or first:
                found.append((code, price))
        return found

    def _way(self, came: dict[int, int], state: int) -> list[int]:
        way = []
        code = -state - 1
        way.append(code // 12)
        while state in came:
            state = came[state]
            way.append(state // 12)
        return way[::-1]
