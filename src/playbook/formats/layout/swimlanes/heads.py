"""The titles of stages above their columns."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.formats.layout import style
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.swimlanes.coordinates import Coordinates
from playbook.formats.layout.swimlanes.placing import Places
from playbook.formats.layout.swimlanes.rows import Band
from playbook.shapes.diagram import Diagram

STAGE_PADDING = 9.0


@dataclass
class StageHead:
    """The title of a stage above its columns in one band; ``first`` and ``end`` are columns of the band."""

    stage: int
    first: int
    end: int
    lines: list[str]
    details: list[str]
    beside: str = ""
    """A detail that stands behind the title, in the same line."""


def tells_more(head: StageHead) -> bool:
    """Whether it says more than the name of the stage."""
    return bool(head.details or head.beside)


def spans_of(places: Places, band: Band) -> list[tuple[int, int, int]]:
    """The stages of a band with their first and one past their last column."""
    found: list[tuple[int, int, int]] = []
    for column in range(band.columns):
        stage = places.stages[band.first + column]
        if found and found[-1][0] == stage:
            found[-1] = stage, found[-1][1], column + 1
        else:
            found.append((stage, column, column + 1))
    return found


def least_width(diagram: Diagram, stage: int) -> float:
    """How wide a stage must be for its longest word."""
    if stage >= len(diagram.groups):
        return 0.0
    words = diagram.groups[stage].label.split()
    longest = max((width(word, style.STAGE, bold=True) for word in words), default=0.0)
    return min(longest, 150.0) + 2 * STAGE_PADDING


def stage_head(
    diagram: Diagram, places: Places, band: Band, coordinates: Coordinates, stage: int, first: int, end: int
) -> StageHead:
    """The title of a stage in a band, in the room that it has there."""
    if stage >= len(diagram.groups):
        return StageHead(stage, first, end, [], [])
    group = diagram.groups[stage]
    wide = stage_right(band, coordinates, end) - stage_left(coordinates, first) - 2 * STAGE_PADDING
    begun = first == 0 and band.first and places.stages[band.first - 1] == stage
    title = f"{group.label} (continued)" if begun else group.label
    lines = wrap(title, style.STAGE, wide, bold=True)
    details = [] if begun else [line for text in group.details for line in wrap(text, style.DETAIL, wide) if line]
    both = width(title, style.STAGE, bold=True) + 16 + (width(details[0], style.DETAIL) if details else 0.0)
    if len(lines) == len(details) == 1 and both < wide:
        return StageHead(stage, first, end, lines, [], details[0])
    return StageHead(stage, first, end, lines, details)


def stage_left(coordinates: Coordinates, first: int) -> float:
    """Where the first column of a stage begins, with the gutter before it."""
    return coordinates.x[coordinates.right[first - 1]] + 5.0 if first else 0.0


def stage_right(band: Band, coordinates: Coordinates, end: int) -> float:
    """Where the last column of a stage ends."""
    return coordinates.x[-1] if end == band.columns else coordinates.x[coordinates.right[end - 1]] + 5.0
