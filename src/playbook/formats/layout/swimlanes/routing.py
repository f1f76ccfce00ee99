"""The ways of all arrows of a band: one after the other, then the costly ones anew (rip-up and reroute)."""

from __future__ import annotations

from playbook.formats.layout.swimlanes.grid import Grid, grid_of
from playbook.formats.layout.swimlanes.links import Connector, Link
from playbook.formats.layout.swimlanes.occupancy import Occupancy
from playbook.formats.layout.swimlanes.rows import Band
from playbook.formats.layout.swimlanes.search import leads_back, search
from playbook.formats.layout.swimlanes.sizing import Sized

_ROUNDS = 3
_MORE_TRACKS = (0, 4)
_MOST = 40_000
"""After so many steps of all searches nothing is tried anew."""


def routed(
    band: Band, boxes: dict[str, Sized], links: list[Link], connectors: list[Connector]
) -> tuple[Occupancy, list[int]]:
    """The ways of all arrows, and the numbers of those for which there is none."""
    failed: list[int] = []
    for more in _MORE_TRACKS:
        occupancy = Occupancy(grid_of(band, boxes, links, connectors, more), links)
        occupancy.reserve_circles()
        failed = _lay(occupancy)
        if not failed or occupancy.effort > _MOST:
            break
    return occupancy, failed


def _lay(occupancy: Occupancy) -> list[int]:
    order = _order(occupancy)
    failed: list[int] = []
    for number in order:
        found = search(occupancy, number)
        if found is None:
            failed.append(number)
        else:
            occupancy.add(number, found[1])
    for _ in range(_ROUNDS):
        if occupancy.effort > _MOST:
            break
        failed, changed = _again(occupancy, order, failed)
        if not changed:
            break
    return failed


def _again(occupancy: Occupancy, order: list[int], failed: list[int]) -> tuple[list[int], bool]:
    """One round: arrows that cross others look for a better way, and those without one try again."""
    changed = False
    still = []
    for number in order:
        if number in failed:
            found = search(occupancy, number)
            if found is None:
                still.append(number)
                continue
            occupancy.add(number, found[1])
            changed = True
        elif occupancy.crossings(number):
            before = occupancy.ways[number]
            occupancy.remove(number)
            found = search(occupancy, number)
            way = found[1] if found else before
            occupancy.add(number, way)
            changed = changed or way != before
    return still, changed


def _order(occupancy: Occupancy) -> list[int]:
    """Straight arrows first, then short ones, ways back last."""
    grid = occupancy.grid

    def far(number: int) -> tuple[bool, bool, float, int]:
        link = occupancy.links[number]
        start, end = grid.middle(link.source), grid.middle(link.target)
        across = abs(grid.x[start % grid.wide] - grid.x[end % grid.wide])
        down = abs(grid.y[start // grid.wide] - grid.y[end // grid.wide])
        return leads_back(occupancy, link), down > 1.0, across + down, number

    return sorted(range(len(occupancy.links)), key=far)


__all__ = ["Grid", "routed"]
