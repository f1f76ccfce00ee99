"""Who runs where: which arrows lie on each stretch of the grid, and how they pass each point."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from playbook.formats.layout.swimlanes.grid import EAST, SOUTH, WEST, Direction, Grid
from playbook.formats.layout.swimlanes.links import Link

ACROSS, DOWN, TURN = 1, 2, 3
"""How an arrow passes a point."""

ALONE, BEGINNING, END = 1, 0, 2
"""Where an arrow is on its way: it may share the beginning with its siblings, and the end with those it joins."""

CIRCLE = -1
"""Stands for a letter in a circle, with which nothing shares its place."""


@dataclass
class Occupancy:
    """The arrows of one band by the stretches and points of the grid that they use."""

    grid: Grid
    links: list[Link]
    units: dict[int, list[int]] = field(default_factory=dict)
    points: dict[int, dict[int, int]] = field(default_factory=dict)
    ways: dict[int, list[int]] = field(default_factory=dict)
    """The points of each arrow, from the middle of its source to the middle of its target."""
    effort: int = 0
    """How many steps all searches have taken, so that hopeless thickets don't take minutes."""

    def reserve_circles(self) -> None:
        """Keep the places of the circles free."""
        for (node, side, _), slot in self.grid.circles.items():
            point = self.grid.middle(node, slot)
            direction = EAST if side == "out" else WEST
            kind = "out" if side == "out" else "in"
            while True:
                self.units.setdefault(self.grid.unit(point, direction), []).append(CIRCLE)
                point = self.grid.step(point, direction)
                self.points.setdefault(point, {})[CIRCLE] = TURN
                if self.grid.down[point % self.grid.wide].kind == kind:
                    break

    def add(self, number: int, way: list[int]) -> None:
        """Lay an arrow along its way."""
        self.ways[number] = way
        directions = [self.direction(a, b) for a, b in pairwise(way)]
        for point, direction in zip(way, directions, strict=False):
            self.units.setdefault(self.grid.unit(point, direction), []).append(number)
        for at, point in enumerate(way):
            if 0 < at < len(way) - 1 and directions[at - 1] == directions[at]:
                passing = ACROSS if directions[at] in (EAST, WEST) else DOWN
            else:
                passing = TURN
            self.points.setdefault(point, {})[number] = passing

    def remove(self, number: int) -> None:
        """Take an arrow away."""
        way = self.ways.pop(number)
        for point, following in pairwise(way):
            self.units[self.grid.unit(point, self.direction(point, following))].remove(number)
        for point in way:
            # An arrow from a box to itself may begin and end at one point.
            self.points[point].pop(number, None)

    def direction(self, point: int, following: int) -> Direction:
        """The direction from a point to the next one."""
        if following == point + 1:
            return EAST
        if following == point - 1:
            return WEST
        return SOUTH if following > point else 3

    def phase(self, number: int, unit: int, phase: int) -> int:
        """What an arrow that runs along a stretch is doing there; negative if it may not run there."""
        others = self.units.get(unit)
        if not others:
            return ALONE if phase != END else -1
        link = self.links[number]
        if phase == BEGINNING and all(o >= 0 and self.links[o].begins == link.begins for o in others):
            return BEGINNING
        if all(o >= 0 and self.links[o].ends == link.ends for o in others):
            return END
        return -1

    def crossed(self, point: int, before: int, after: int, straight: int) -> int:
        """How many arrows are crossed at a point between two stretches; negative if something is in the way.

        ``straight`` is ``ACROSS`` or ``DOWN``; zero for a turn. Arrows with which one of the stretches is
        shared are no obstacle.
        """
        passing = self.points.get(point)
        if not passing:
            return 0
        allies = (*self.units.get(before, ()), *self.units.get(after, ()))
        count = 0
        for other, how in passing.items():
            if other in allies and other >= 0:
                continue
            if how in {TURN, straight} or not straight:
                return -1
            count += 1
        return count

    def crossings(self, number: int) -> int:
        """How many arrows an arrow crosses."""
        way = self.ways[number]
        count = 0
        for before, point, after in zip(way, way[1:], way[2:], strict=False):
            if len(self.points[point]) < 2:
                continue
            one = self.direction(before, point)
            if one == self.direction(point, after):
                straight = ACROSS if one in (EAST, WEST) else DOWN
                units = self.grid.unit(before, one), self.grid.unit(point, one)
                count += max(0, self.crossed(point, *units, straight))
        return count
