"""What the dated schedule says: dates of steps, stages and milestones, of many accounts at once or of one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playbook.calendars.days import NOT_KNOWN as NOT_KNOWN  # noqa: PLC0414 - the one name for all who read dates

Days = NDArray[np.int64]
"""Days since 1970-01-01, one for each account; :data:`NOT_KNOWN` where nothing says when."""


def started_by(starts: Days, ends: Days) -> Days:
    """When something starts that takes no time: not later than it is over. (Where a day ends when the next begins,
    what follows would start on the next.)"""
    return np.where((starts != NOT_KNOWN) & (ends != NOT_KNOWN), np.minimum(starts, ends), starts)


@dataclass(frozen=True, slots=True)
class StepDates:
    """When a step is planned, for every account: ``due`` is what is written, or follows from the order of work.

    Of a step that is left out for an account, nothing is known.
    """

    starts: Days
    due: Days


@dataclass(frozen=True, slots=True)
class StepRoom:
    """What room a step has, for every account.

    ``earliest_…`` and ``latest_…`` are when it can and must begin and be over if all work takes as long as it may;
    ``slack`` is the working days between them, below zero where it cannot be in time. Of a step that is left out
    for an account, nothing is known.
    """

    earliest_start: Days
    earliest_end: Days
    latest_start: Days
    latest_end: Days
    slack: Days


@dataclass(frozen=True, slots=True)
class StageDates:
    """When a stage is planned to be entered and left; ``due`` where it has a time of its own."""

    starts: Days
    ends: Days
    due: Days


@dataclass(frozen=True)
class PlanDates:
    """The dates of a playbook for many accounts, by the ids of steps, stages and milestones."""

    steps: dict[str, StepDates]
    stages: dict[str, StageDates]
    milestones: dict[str, Days]
    outcome: Days
    """By when the outcome is to be reached."""


@dataclass(frozen=True, slots=True)
class DatedStep:
    """One step of one account; dates are ``None`` where nothing says when, as of a step that is left out.

    ``needs`` are the anchors without a date that its own date waits for.
    """

    step: str
    stage: str
    starts: date | None
    due: date | None
    earliest_start: date | None
    earliest_end: date | None
    latest_start: date | None
    latest_end: date | None
    slack: int | None
    """Working days; see :class:`StepRoom`."""
    critical: bool
    left_out: bool
    stated: bool
    """Whether its due date is written at the step, so that it does not follow from the order of work."""
    anchor: str
    """The anchor that its date hangs on."""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DatedStage:
    """One stage of one account."""

    stage: str
    starts: date | None
    ends: date | None
    due: date | None
    critical: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a chain of work: a step, or a stage that takes longer than its steps; the working days it takes."""

    kind: Literal["step", "stage"]
    id: str
    days: float


@dataclass(frozen=True, slots=True)
class Conflict:
    """A date that cannot be kept: what is due on ``due`` cannot be over before ``earliest``.

    ``kind`` is ``too_long`` if the work of ``chain`` (in order, the late one last) needs more time than there is
    between ``since`` (the date of the anchor ``start``) and ``due``; ``before_start`` if it is due before that
    very date; ``window`` if it would be in time without waiting for the change window ``window``. ``too_close`` is
    only ever tight: the first step of ``chain`` is due on ``since``, and if it is not done sooner, the second one
    may last until ``earliest``; ``start`` is the anchor of the first one's date then.
    ``what`` is the kind of thing that is late and ``id`` its id (``outcome`` for the outcome); ``anchor`` is what
    its due date hangs on.
    ``days`` is the time that the chain needs, ``room`` what there is and ``short`` what is missing, all in working
    days. ``others`` are the ids of further steps and stages that are late between the same two anchors.
    """

    kind: Literal["too_long", "before_start", "window", "too_close"]
    what: Literal["step", "stage", "outcome"]
    id: str
    due: date
    earliest: date
    start: str
    since: date
    anchor: str
    chain: tuple[Link, ...]
    days: float
    room: int
    short: int
    window: str | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class DatedSchedule:
    """The dates of a playbook for one account. All is in the order of the file.

    ``conflicts`` are sure: not even the shortest work fits. What is ``tight`` fits only if work takes less time
    than it may, or is done before it is due.
    """

    anchors: dict[str, date]
    steps: tuple[DatedStep, ...]
    stages: tuple[DatedStage, ...]
    milestones: dict[str, date]
    outcome: date | None
    """By when the outcome is to be reached."""
    critical: tuple[Link, ...]
    """What holds up the outcome, in order; empty if nothing on the way there takes time."""
    conflicts: tuple[Conflict, ...] = ()
    tight: tuple[Conflict, ...] = ()
    unplaced: tuple[str, ...] = ()
    """Steps that wait for each other in a circle and have no place in time."""
    by_step: dict[str, DatedStep] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.by_step.update((step.step, step) for step in self.steps)
