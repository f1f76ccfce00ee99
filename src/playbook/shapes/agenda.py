"""An agenda: the dated work of one journey, as it is told to people and programs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class AgendaAnchor:
    """A date that others are counted from; ``day`` is ``None`` where it was not given and is needed."""

    id: str
    title: str
    day: date | None
    start: bool = False
    moves: bool = False


@dataclass(frozen=True, slots=True)
class AgendaStage:
    """A stage, and from when to when it is planned, as far as that is known."""

    id: str
    title: str
    number: int
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A step, a milestone or the outcome (which has no stage).

    Work begins on ``starts`` and is over by ``due``. ``earliest_start`` is the first day on which all that it waits
    for can be done, ``latest_start`` the last one on which it must begin for everything to be in time;
    ``earliest_end`` and ``latest_end`` likewise. ``slack`` counts the working days between them. ``said`` is the
    time in the words of the playbook. ``needs`` are the anchors without whose dates it has none.
    """

    kind: Literal["step", "milestone", "outcome"]
    id: str
    title: str
    stage: str = ""
    who: str = ""
    party: str = "internal"
    said: str = ""
    starts: date | None = None
    due: date | None = None
    earliest_start: date | None = None
    latest_start: date | None = None
    earliest_end: date | None = None
    latest_end: date | None = None
    slack: int | None = None
    critical: bool = False
    condition: str = ""
    """If what it is done, in English; empty if it is always done."""
    sure: bool = True
    """Whether it is done in every run."""
    late: bool = False
    """Whether a conflict is about it."""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaRecurring:
    """Work that is done again and again, with all its days up to the horizon.

    ``rhythm`` is in English. ``goes_on`` says whether it goes on behind the horizon; ``note`` what is not known:
    what would end it, or why it has no (further) days.
    """

    kind: Literal["step", "routine"]
    id: str
    title: str
    who: str
    rhythm: str
    days: tuple[date, ...]
    goes_on: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgendaLeftOut:
    """A step that is not done, and why not."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class AgendaConflict:
    """Dates that do not go together: what is due on ``due`` cannot be over before ``earliest``.

    ``code`` is explained by ``playbook rule``, ``kind`` is its word for programs. ``what`` and ``id`` say what is
    late, ``chain`` are the ids of the steps on the way there, ``short`` the working days that are missing.
    """

    code: str
    id: str
    chain: tuple[str, ...]
    message: str
    expected: str
    kind: str
    what: str
    due: date
    earliest: date
    short: int


@dataclass(frozen=True)
class Agenda:
    """The dated work of a journey, in the order of the playbook. ``name`` is the id, of a variant with its id."""

    name: str
    title: str
    version: str | None
    calendar: str
    """The working time in words."""
    anchors: tuple[AgendaAnchor, ...]
    stages: tuple[AgendaStage, ...]
    lines: tuple[AgendaLine, ...]
    recurring: tuple[AgendaRecurring, ...] = ()
    left_out: tuple[AgendaLeftOut, ...] = ()
    conflicts: tuple[AgendaConflict, ...] = ()
    horizon: date | None = None
    account: str = ""
    """For whom it is; empty where it is for no account."""
    notes: tuple[str, ...] = ()

    @property
    def starts(self) -> date | None:
        """The first day of all."""
        return min((day for line in self.lines for day in (line.starts, line.due) if day), default=None)

    @property
    def ends(self) -> date | None:
        """The last day of all, without what recurs."""
        return max((line.due for line in self.lines if line.due), default=None)

    def of_stage(self, stage: str) -> tuple[AgendaLine, ...]:
        """The lines of a stage; of ``""`` those that belong to none."""
        return tuple(line for line in self.lines if line.stage == stage)


@dataclass(frozen=True, slots=True)
class AgendaMove:
    """A line before and after anchors have moved. ``by`` are the working days, below zero where it is due sooner.

    ``why`` says why it does not move; empty if it does.
    """

    kind: Literal["step", "milestone", "outcome"]
    id: str
    title: str
    who: str
    was: date | None
    becomes: date | None
    by: int | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class AgendaMovedAnchor:
    """An anchor that moves; ``was`` is ``None`` where it had no date."""

    id: str
    title: str
    was: date | None
    becomes: date
    by: int | None


@dataclass(frozen=True, slots=True)
class AgendaMoves:
    """What follows when anchors move: what moves with them, what stays, which conflicts arise and are settled."""

    name: str
    title: str
    anchors: tuple[AgendaMovedAnchor, ...]
    moving: tuple[AgendaMove, ...]
    staying: tuple[AgendaMove, ...]
    arising: tuple[AgendaConflict, ...] = ()
    settled: tuple[AgendaConflict, ...] = ()
