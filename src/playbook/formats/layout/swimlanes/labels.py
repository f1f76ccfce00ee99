"""Texts on arrows: each on a free stretch of its own arrow, near to where it begins.

A stretch that is too short is made longer by asking for distances between the marks at its ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, product

from playbook.formats.layout.swimlanes.coordinates import RADIUS, Coordinates
from playbook.formats.layout.swimlanes.grid import EAST, WEST, Grid
from playbook.formats.layout.swimlanes.links import Connector, Link
from playbook.formats.layout.swimlanes.obstacles import Rectangle, blocked, obstacles_of
from playbook.formats.layout.swimlanes.occupancy import Occupancy
from playbook.formats.layout.swimlanes.sizing import Tag, tags
from playbook.formats.layout.swimlanes.spacing import Spacing

_PAD = 7.0
_HEAD = 14.0
_CLEAR = 3.0
_TRIES = 14
LONGEST = 72
"""A longer text stands below the picture, and its arrow carries a number."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on an arrow: on the line between two marks, in the middle of it."""

    owner: Link | Connector
    text: str
    tag: Tag
    level: bool
    line: int
    first: int
    last: int
    pads: tuple[float, float]
    users: tuple[Link, ...]

    def box(self, coordinates: Coordinates) -> Rectangle:
        """Left, top, width and height."""
        along, across = (coordinates.x, coordinates.y) if self.level else (coordinates.y, coordinates.x)
        middle = (along[self.first] + self.pads[0] + along[self.last] - self.pads[1]) / 2
        x, y = (middle, across[self.line]) if self.level else (across[self.line], middle)
        return x - self.tag.width / 2, y - self.tag.height / 2, self.tag.width, self.tag.height


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A straight part of an arrow that belongs to it alone, between two marks."""

    level: bool
    line: int
    first: int
    last: int
    pads: tuple[float, float]
    far: float
    """How far along the way it begins."""
    users: tuple[Link, ...] = ()
    """The arrows that run along all of it, and have the same text."""
    row: int | None = None
    """The row in which it is level, if it runs through one."""


@dataclass
class Labels:
    """The texts that found a place; ``notes`` are those that stand below the picture, by their number."""

    placed: list[Label] = field(default_factory=list)
    notes: list[tuple[int, Link | Connector, str]] = field(default_factory=list)


def labelled(occupancy: Occupancy, coordinates: Coordinates, wanted: list[Link | Connector], noted: int) -> Labels:
    """Place the texts; the coordinates are settled anew with the room that they take.

    ``noted`` is how many texts stand below the picture already.
    """
    found = Labels()
    said: set[Link | Connector] = set()
    # What has little choice goes first.
    for owner in sorted(wanted, key=lambda each: _room(occupancy, coordinates, each)):
        if owner in said:
            continue
        text = owner.text
        label = None if len(text) > LONGEST else _place(occupancy, coordinates, found, owner, text)
        if label is None:
            number = noted + len(found.notes) + 1
            found.notes.append((number, owner, text))
            label = _place(occupancy, coordinates, found, owner, f"({number})")
        if label is not None:
            found.placed.append(label)
            said.update(label.users)
    return _checked(occupancy, coordinates, found)


def _room(occupancy: Occupancy, coordinates: Coordinates, owner: Link | Connector) -> int:
    return len(list(_stretches(occupancy, coordinates, owner)))


def _checked(occupancy: Occupancy, coordinates: Coordinates, labels: Labels) -> Labels:
    """Without the texts that what was moved for later ones has come to lie on."""
    obstacles = obstacles_of(occupancy, coordinates)
    boxes = [label.box(coordinates) for label in labels.placed]
    kept = Labels(notes=labels.notes)
    for at, label in enumerate(labels.placed):
        if blocked(boxes[at], label.level, label.line, obstacles, boxes[:at]):
            kept.notes.append((0, label.owner, label.owner.text))
        else:
            kept.placed.append(label)
    return kept


def _place(
    occupancy: Occupancy, coordinates: Coordinates, labels: Labels, owner: Link | Connector, text: str
) -> Label | None:
    """The first of the cheapest places where the text touches nothing."""
    stretches = list(_stretches(occupancy, coordinates, owner))
    options = [
        (_cost(coordinates, stretch, tag), number, stretch, tag)
        for number, (tag, stretch) in enumerate(product(tags(text, bold=owner.style == "handoff"), stretches))
    ]
    for _, _, stretch, tag in sorted(options, key=lambda option: option[:2])[:_TRIES]:
        label = Label(
            owner, text, tag, stretch.level, stretch.line, stretch.first, stretch.last, stretch.pads, stretch.users
        )
        before = [list(needs) for needs in coordinates.across.needs], [list(n) for n in coordinates.down.needs]
        _make_room(occupancy.grid, coordinates, stretch, tag)
        coordinates.settle()
        obstacles = obstacles_of(occupancy, coordinates)
        others = [each.box(coordinates) for each in labels.placed]
        if not blocked(label.box(coordinates), label.level, label.line, obstacles, others):
            return label
        coordinates.across.needs, coordinates.down.needs = before
        coordinates.settle()
    return None


def _cost(coordinates: Coordinates, stretch: _Stretch, tag: Tag) -> float:
    """How much the picture grows, how far the text is from the beginning, and how odd it looks."""
    along = coordinates.x if stretch.level else coordinates.y
    free = along[stretch.last] - along[stretch.first] - sum(stretch.pads)
    lines = len(tag.lines)
    if stretch.level:
        grows = max(0.0, tag.width - free)
        grows += max(0.0, tag.height - 14.0) * (0.8 if stretch.row is None else 0.1)
        odd = 0.0
    else:
        grows = max(0.0, tag.height - free) + tag.width * 0.5
        odd = 25.0
    return (
        grows
        + odd
        + stretch.far * 0.06
        + (lines - 1) * 2.5
        - 18.0 * len(stretch.users)
        + max(0.0, tag.width - 150) * 0.2
    )


def _make_room(grid: Grid, coordinates: Coordinates, stretch: _Stretch, tag: Tag) -> None:
    """Ask for the distances that the text needs along its line and beside it."""
    if not stretch.level:
        coordinates.down.need(stretch.first, stretch.last, tag.height + sum(stretch.pads))
        if stretch.line not in {coordinates.line_x[middle] for middle in grid.middles}:
            _room_beside(coordinates.across, stretch.line, tag.width / 2 + _CLEAR)
        return
    _along(grid, coordinates, stretch, tag.width + sum(stretch.pads))
    half = tag.height / 2 + _CLEAR
    if stretch.row is None:
        _room_beside(coordinates.down, stretch.line, half)
        return
    row, line = stretch.row, stretch.line
    top, bottom = coordinates.top[row], coordinates.bottom[row]
    above = coordinates.y[line] - coordinates.y[top]
    below = coordinates.y[bottom] - coordinates.y[line]
    for mark in coordinates.line_y:
        if mark < top and _is_used(coordinates.down, mark):
            coordinates.down.need(mark, top, half - above)
        elif mark > bottom and _is_used(coordinates.down, mark):
            coordinates.down.need(bottom, mark, half - below)


def _along(grid: Grid, coordinates: Coordinates, stretch: _Stretch, distance: float) -> None:
    """Ask for a length; the middle of a column must stay its middle, so its edge is moved instead."""
    for column, middle in enumerate(grid.middles):
        if coordinates.line_x[middle] == stretch.last:
            half = coordinates.x[stretch.last] - coordinates.x[coordinates.left[column]]
            coordinates.across.need(stretch.first, coordinates.left[column], distance - half)
            return
    coordinates.across.need(stretch.first, stretch.last, distance)


def _is_used(spacing: Spacing, mark: int) -> bool:
    return len(spacing.needs[mark]) > 1


def _room_beside(spacing: Spacing, line: int, distance: float) -> None:
    """Keep the tracks and the boxes at both sides of a track at a distance."""
    before = [mark for mark in range(line) if _is_used(spacing, mark)]
    if before:
        spacing.need(before[-1], line, distance)
    after = next((mark for mark in range(line + 1, spacing.count) if _is_used(spacing, mark)), None)
    if after is not None:
        spacing.need(line, after, distance)


# -- the stretches of an arrow ---------------------------------------------------------------------


def _stretches(occupancy: Occupancy, coordinates: Coordinates, owner: Link | Connector) -> Iterator[_Stretch]:
    if isinstance(owner, Connector):
        yield _stub(occupancy.grid, coordinates, owner)
        return
    number = occupancy.links.index(owner)
    way = occupancy.ways.get(number)
    if way is None:
        return
    for run, users, far in _runs(occupancy, coordinates, number, way):
        yield from _stretch(occupancy, coordinates, run, way, far, users)


def _runs(
    occupancy: Occupancy, coordinates: Coordinates, number: int, way: list[int]
) -> Iterator[tuple[list[int], tuple[Link, ...], float]]:
    """The straight parts of a way that nothing crosses and that no arrow with another text shares."""
    grid, links = occupancy.grid, occupancy.links
    owner = links[number]
    run: list[int] = []
    before: tuple[int, tuple[int, ...]] | None = None
    far = start = 0.0
    for point, following in pairwise(way):
        direction = occupancy.direction(point, following)
        users = tuple(sorted(occupancy.units[grid.unit(point, direction)]))
        here = (direction, users)
        if run and (here != before or len(occupancy.points[point]) > len(users)):
            yield run, tuple(links[each] for each in users_of(before)), start
            run = []
        if all(links[each].text == owner.text for each in users):
            if not run:
                run, start = [point], far
            run.append(following)
            before = here
        far += _length(coordinates, grid, point, following)
    if run:
        yield run, tuple(links[each] for each in users_of(before)), start


def users_of(stretch: tuple[int, tuple[int, ...]] | None) -> tuple[int, ...]:
    """The arrows of a part of a way."""
    return stretch[1] if stretch else ()


def _length(coordinates: Coordinates, grid: Grid, point: int, following: int) -> float:
    (row, column), (down, across) = divmod(point, grid.wide), divmod(following, grid.wide)
    x = abs(coordinates.x[coordinates.line_x[column]] - coordinates.x[coordinates.line_x[across]])
    return x + abs(coordinates.y[coordinates.line_y[row]] - coordinates.y[coordinates.line_y[down]])


def _stub(grid: Grid, coordinates: Coordinates, connector: Connector) -> _Stretch:
    """The short line from a box to its circle."""
    slot = grid.circles[connector.node, connector.side, connector.letter]
    column, row = grid.band.cell[connector.node]
    out = next(n for n, line in enumerate(grid.down) if line.kind == "out" and line.at == column + 1)
    line = coordinates.line_y[grid.slots[row, slot]]
    return _Stretch(True, line, coordinates.right[column], coordinates.line_x[out], (4, RADIUS + 4), 0.0, (), row)


def _stretch(
    occupancy: Occupancy,
    coordinates: Coordinates,
    run: list[int],
    way: list[int],
    far: float,
    users: tuple[Link, ...],
) -> Iterator[_Stretch]:
    grid = occupancy.grid
    begins, ends = run[0] == way[0], run[-1] == way[-1]
    pads = (4.0 if begins else _PAD, _HEAD if ends else _PAD)
    direction = occupancy.direction(run[0], run[1])
    (row, column), (down, across) = divmod(run[0], grid.wide), divmod(run[-1], grid.wide)
    if direction in (EAST, WEST):
        slot = grid.across[row]
        first, last = coordinates.line_x[column], coordinates.line_x[across]
        if begins and slot.kind == "slot":
            first = coordinates.right[grid.down[column].at]
        if ends and slot.kind == "slot":
            last = coordinates.left[grid.down[across].at]
        if direction == WEST:
            first, last, pads = last, first, (pads[1], pads[0])
        through = slot.at if slot.kind == "slot" else None
        yield _Stretch(True, coordinates.line_y[row], first, last, pads, far, users, through)
        return
    first, last = coordinates.line_y[row], coordinates.line_y[down]
    if begins:
        first = _side(grid, coordinates, row, first < last)
    if ends:
        last = _side(grid, coordinates, down, first > last)
    if first > last:
        first, last, pads = last, first, (pads[1], pads[0])
    yield _Stretch(False, coordinates.line_x[column], first, last, pads, far, users)


def _side(grid: Grid, coordinates: Coordinates, line: int, below: bool) -> int:
    """The lower or the upper edge of the row that a line runs through."""
    row = grid.across[line].at
    return coordinates.bottom[row] if below else coordinates.top[row]
