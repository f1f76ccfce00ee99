"""A timeline: bars against working days from an anchor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from playbook.shapes.diagram import NodeTone


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """One step (or milestone) against working days from the anchor of its panel; negative days lie before it.

    Work starts from ``starts`` on and is over by ``ends``; where these are known only as a range (``1..3bd``),
    ``starts_latest`` and ``ends_latest`` are the other limits, else they are equal. What lies between
    ``starts_latest`` and ``ends`` is work for sure, the rest perhaps. ``due`` is the day of the promise, if
    there is one; ``slack`` the days that it can slip without moving the end. ``dashed`` marks work that may
    be left out. Ids are unique in the timeline; ``group`` is the label of a group of the panel.
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
    """The ids of the bars of the same panel that it waits for, of those that are critical."""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class TimelineGroup:
    """A stage in a panel: from when to when it is planned, where that is known from the panel's anchor."""

    label: str
    starts: float | None = None
    ends: float | None = None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class TimelinePanel:
    """The bars that hang on one anchor, in reading order; those of one group stand together.

    With ``first_day`` (a Monday) the bars have dates: their days then are calendar days from that one on, each
    from its morning to the next one.
    """

    anchor: str
    label: str
    bars: tuple[TimelineBar, ...]
    groups: tuple[TimelineGroup, ...] = ()
    first_day: date | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """One panel per anchor. ``notes`` say what is assumed and what has no time."""

    name: str
    title: str
    panels: tuple[TimelinePanel, ...]
    notes: tuple[str, ...] = ()
    days_a_week: int = 5
