"""What follows when an anchor moves: two dated schedules of one account compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from playbook.calendars.days import day_number
from playbook.calendars.working_calendar import WorkingCalendar
from playbook.schedule.dated_times import Conflict, DatedSchedule


@dataclass(frozen=True, slots=True)
class Move:
    """A step, a milestone or the outcome before and after. ``was`` and ``becomes`` are the days that it is due.

    ``by`` is the working days between them, below zero where it is due sooner; ``None`` where one of the two
    is not known. ``anchor`` is what the date of a step hangs on, where it is a step.
    """

    kind: Literal["step", "milestone", "outcome"]
    id: str
    was: date | None
    becomes: date | None
    starts_was: date | None = None
    starts_becomes: date | None = None
    by: int | None = None
    anchor: str = ""
    needs: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it is due, or begins, on another day."""
        return self.was != self.becomes or self.starts_was != self.starts_becomes


@dataclass(frozen=True, slots=True)
class Moved:
    """What an account's plan becomes when anchors move.

    ``anchors`` are those that move, with their dates before (``None`` if there was none) and after.
    ``arising`` are conflicts that were none before, ``settled`` those that are none any more.
    """

    anchors: dict[str, tuple[date | None, date]]
    moves: tuple[Move, ...]
    arising: tuple[Conflict, ...]
    settled: tuple[Conflict, ...]


def moved(before: DatedSchedule, after: DatedSchedule, calendar: WorkingCalendar) -> Moved:
    """Compare two schedules of the same playbook, in the order of the file."""
    known = {_same(conflict) for conflict in before.conflicts}
    left = {_same(conflict) for conflict in after.conflicts}
    anchors = {
        id_: (before.anchors.get(id_), day) for id_, day in after.anchors.items() if before.anchors.get(id_) != day
    }
    return Moved(
        anchors=anchors,
        moves=tuple(_moves(before, after, calendar)),
        arising=tuple(conflict for conflict in after.conflicts if _same(conflict) not in known),
        settled=tuple(conflict for conflict in before.conflicts if _same(conflict) not in left),
    )


def working_days_between(calendar: WorkingCalendar, one: date | None, other: date | None) -> int | None:
    """How many working days the other day lies behind the first one; below zero if it lies ahead of it."""
    if one is None or other is None:
        return None
    return int(calendar.working_days_between(day_number(one), day_number(other)))


def _moves(before: DatedSchedule, after: DatedSchedule, calendar: WorkingCalendar) -> Iterator[Move]:
    for now in after.steps:
        was = before.by_step[now.step]
        if now.left_out:
            continue
        by = working_days_between(calendar, was.due, now.due)
        dates = (was.due, now.due, was.starts, now.starts)
        yield Move("step", now.step, *dates, by=by, anchor=now.anchor, needs=now.needs)
    for id_ in {**before.milestones, **after.milestones}:
        yield _move("milestone", id_, before.milestones.get(id_), after.milestones.get(id_), calendar)
    if before.outcome is not None or after.outcome is not None:
        yield _move("outcome", "outcome", before.outcome, after.outcome, calendar)


def _move(
    kind: Literal["milestone", "outcome"],
    id_: str,
    was: date | None,
    becomes: date | None,
    calendar: WorkingCalendar,
) -> Move:
    return Move(kind, id_, was, becomes, by=working_days_between(calendar, was, becomes))


def _same(conflict: Conflict) -> tuple[str, str, str]:
    return (conflict.kind, conflict.what, conflict.id)
