"""Texts on arrows: each on a free stretch of its own arrow, near to where it begins.

A stretch that is too short is made longer by asking for distances between the marks at its ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from playbook.formats.layout.swimlanes.coordinates import Coordinates
from playbook.formats.layout.swimlanes.geometry import Rectangle
from playbook.formats.layout.swimlanes.grid import Grid
from playbook.formats.layout.swimlanes.links import Connector, Link
from playbook.formats.layout.swimlanes.obstacles import blocked, obstacles_of
from playbook.formats.layout.swimlanes.occupancy import Occupancy
from playbook.formats.layout.swimlanes.sizing import Tag, tags
from playbook.formats.layout.swimlanes.spacing import Spacing
from playbook.formats.layout.swimlanes.stretches import Stretch, stretches_of

_CLEAR = 3.0
_TRIES = 14
_RESTARTS = 4
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


@dataclass
class Labels:
    """The texts that found a place; ``notes`` are those that stand below the picture, by their number."""

    placed: list[Label] = field(default_factory=list)
    notes: list[tuple[int, Link | Connector, str]] = field(default_factory=list)


def labelled(occupancy: Occupancy, coordinates: Coordinates, wanted: list[Link | Connector], noted: int) -> Labels:
    """Place the texts; the coordinates are settled anew with the room that they take.

    ``noted`` is how many texts stand below the picture already.
    """
    # What has little choice goes first; then, once more from the beginning, what found no place.
    order = sorted(wanted, key=lambda each: len(list(stretches_of(occupancy, coordinates, each))))
    needs = _needs(coordinates)
    for _ in range(_RESTARTS):
        found, homeless = _labelled(occupancy, coordinates, order, noted)
        first = [each for each in homeless if each not in order[: len(homeless)]]
        if not first:
            break
        order = [*homeless, *(each for each in order if each not in homeless)]
        coordinates.across.needs, coordinates.down.needs = needs
        needs = _needs(coordinates)
        coordinates.settle()
    else:
        found, _ = _labelled(occupancy, coordinates, order, noted)
    return _checked(occupancy, coordinates, found)


def _needs(coordinates: Coordinates) -> tuple[list[list[tuple[int, float]]], list[list[tuple[int, float]]]]:
    """A copy of all distances that are asked for."""
    return [list(each) for each in coordinates.across.needs], [list(each) for each in coordinates.down.needs]


def _labelled(
    occupancy: Occupancy, coordinates: Coordinates, order: list[Link | Connector], noted: int
) -> tuple[Labels, list[Link | Connector]]:
    """The texts placed in an order, and those that found no place though they are short enough."""
    found = Labels()
    said: set[Link | Connector] = set()
    homeless = []
    for owner in order:
        if owner in said:
            continue
        text = owner.text
        label = None
        if len(text) <= LONGEST:
            label = _place(occupancy, coordinates, found, owner, text)
            if label is None:
                homeless.append(owner)
        if label is None:
            number = noted + len(found.notes) + 1
            found.notes.append((number, owner, text))
            label = _place(occupancy, coordinates, found, owner, f"({number})")
        if label is not None:
            found.placed.append(label)
            said.update(label.users)
    return found, homeless


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
    stretches = list(stretches_of(occupancy, coordinates, owner))
    options = [
        (_cost(coordinates, stretch, tag), number, stretch, tag)
        for number, (tag, stretch) in enumerate(product(tags(text, bold=owner.style == "handoff"), stretches))
    ]
    for _, _, stretch, tag in sorted(options, key=lambda option: option[:2])[:_TRIES]:
        label = Label(
            owner, text, tag, stretch.level, stretch.line, stretch.first, stretch.last, stretch.pads, stretch.users
        )
        before = _needs(coordinates)
        _make_room(occupancy.grid, coordinates, stretch, tag)
        coordinates.settle()
        obstacles = obstacles_of(occupancy, coordinates)
        others = [each.box(coordinates) for each in labels.placed]
        if not blocked(label.box(coordinates), label.level, label.line, obstacles, others):
            return label
        coordinates.across.needs, coordinates.down.needs = before
        coordinates.settle()
    return None


def _cost(coordinates: Coordinates, stretch: Stretch, tag: Tag) -> float:
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


def _make_room(grid: Grid, coordinates: Coordinates, stretch: Stretch, tag: Tag) -> None:
    """Ask for the distances that the text needs along its line and beside it."""
    if not stretch.level:
        _upright(grid, coordinates, stretch, tag.height + sum(stretch.pads))
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


def _along(grid: Grid, coordinates: Coordinates, stretch: Stretch, distance: float) -> None:
    """Ask for a length; the middle of a column must stay its middle, so its edge is moved instead."""
    for column, middle in enumerate(grid.middles):
        if coordinates.line_x[middle] == stretch.last:
            half = coordinates.x[stretch.last] - coordinates.x[coordinates.left[column]]
            coordinates.across.need(stretch.first, coordinates.left[column], distance - half)
            return
    coordinates.across.need(stretch.first, stretch.last, distance)


def _upright(grid: Grid, coordinates: Coordinates, stretch: Stretch, distance: float) -> None:
    """Ask for a height; slots must keep their place in their row, so the edge of the row is moved instead."""
    for (row, _), line in grid.slots.items():
        if coordinates.line_y[line] == stretch.last:
            inner = coordinates.y[stretch.last] - coordinates.y[coordinates.top[row]]
            coordinates.down.need(stretch.first, coordinates.top[row], distance - inner)
            return
    coordinates.down.need(stretch.first, stretch.last, distance)


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
