"""A timeline: bars against working days from an anchor."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.shapes.diagram import NodeTone


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """One step (or milestone) against working days from the anchor of its panel; negative days lie before it.

    Work starts from ``starts`` on and is over by ``ends``; where these are known only as a range (``1..3bd``),
    ``starts_latest`` and ``ends_latest`` are the other limits, else they are equal. ``due`` is the day of the
    promise, if there is one; ``slack`` the days that it can slip without moving the end.
    """

    id: str
    label: str
    group: str
    owner: str
    starts: float
    starts_latest: float
    ends: float
    ends_latest: float
    due: float | None = None
    slack: float | None = None
    critical: bool = False
    milestone: bool = False
    tone: NodeTone = "plain"
    after: tuple[str, ...] = ()
    """The ids of the bars of the same panel that it waits for."""


@dataclass(frozen=True, slots=True)
class TimelinePanel:
    """The bars that hang on one anchor, in reading order."""

    anchor: str
    label: str
    bars: tuple[TimelineBar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """One panel per anchor. ``notes`` say what is assumed and what has no time."""

    name: str
    title: str
    panels: tuple[TimelinePanel, ...]
    notes: tuple[str, ...] = ()
