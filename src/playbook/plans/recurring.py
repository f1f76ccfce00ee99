"""The days of repeated steps in the plans of many accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from playbook.calendars.working_calendar import WorkingCalendar
from playbook.expressions.parse import parse_expression
from playbook.language.step import Repeat
from playbook.plans.plan import PlanNote
from playbook.schedule.dated_times import DatedSchedule, DatedStage, DatedStep
from playbook.schedule.moments import Moments
from playbook.schedule.recurrence import occurrences
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True)
class Known:
    """The dates of one account on which the end of a rhythm may hang."""

    playbook: CompiledPlaybook
    anchors: Mapping[str, date]
    milestones: Mapping[str, date]
    steps: Mapping[str, tuple[date | None, date | None]]
    stages: Mapping[str, tuple[date | None, date | None]]

    def moments(self, calendar: WorkingCalendar) -> Moments:
        """What answers when a condition is planned to become true."""
        steps = tuple(
            DatedStep(
                step, "", starts, due, None, None, None, None, None,
                critical=False, left_out=due is None, stated=False, anchor="",
            )
            for step, (starts, due) in self.steps.items()
        )  # fmt: skip
        stages = tuple(DatedStage(id_, starts, ends, None, False) for id_, (starts, ends) in self.stages.items())
        dated = DatedSchedule(dict(self.anchors), steps, stages, dict(self.milestones), None, ())
        return Moments(self.playbook, dated, calendar)


def names_until(repeat: Repeat | None) -> Iterator[str]:
    """What the ends of a rhythm and of those that follow it name: with their state, and without it."""
    while repeat is not None:
        for use in parse_expression(repeat.until).names if repeat.until else ():
            yield from (use.name, use.name.rpartition(".")[0])
        repeat = repeat.then


def days_of(
    step: str, repeat: Repeat, first: date, horizon: date, moments: Moments, notes: list[PlanNote]
) -> tuple[date, ...]:
    """The days on which a repeated step is due, the first one included."""
    found = occurrences(repeat, first, horizon, moments.calendar, moments.reached)
    if found.unread:
        notes.append(PlanNote("repeat", step, f"{found.unread}; it is planned once"))
    elif found.until:
        notes.append(PlanNote("repeat", step, "when it ends is not known; it is planned up to the horizon"))
    elif found.goes_on:
        notes.append(PlanNote("repeat", step, "it goes on behind the horizon"))
    return found.days or (first,)
