"""All that recurs in the plan of one account: repeated steps, and routines beside the flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from playbook.calendars.days import date_of, day_number
from playbook.calendars.working_calendar import WorkingCalendar
from playbook.language.playbook import Routine
from playbook.language.step import Repeat
from playbook.schedule.dated_times import DatedSchedule
from playbook.schedule.declared import Declared
from playbook.schedule.during import DuringError, parse_during, told
from playbook.schedule.moments import Moments
from playbook.schedule.recurrence import Occurrences, occurrences
from playbook.workspace import CompiledPlaybook

BEHIND_THE_END = 90
"""So many days behind the last date of a plan its horizon is, if no other one is asked for."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A repeated step or a routine, with its days.

    ``needs`` are the anchors without a date that its first day waits for; ``unless`` the condition of which
    nobody knows whether it ever holds. Both have no days then.
    """

    kind: Literal["step", "routine"]
    id: str
    found: Occurrences
    needs: tuple[str, ...] = ()
    unless: str = ""


def last_day(dated: DatedSchedule) -> date | None:
    """The last date of a plan, without what recurs; ``None`` if it has none."""
    return max(_dates(dated), default=None)


def first_day(dated: DatedSchedule) -> date | None:
    """The first date of a plan on which something is due; ``None`` if it has none."""
    return min(_dates(dated), default=None)


def _dates(dated: DatedSchedule) -> Iterator[date]:
    days = [step.due for step in dated.steps]
    days += [stage.ends for stage in dated.stages]
    days += [*dated.milestones.values(), *dated.anchors.values(), dated.outcome]
    return (day for day in days if day is not None)


def horizon_of(dated: DatedSchedule) -> date | None:
    """Up to when recurring work is told, if nothing else is asked for."""
    last = last_day(dated)
    return last + timedelta(days=BEHIND_THE_END) if last is not None else None


def recurring_work(
    playbook: CompiledPlaybook, dated: DatedSchedule, calendar: WorkingCalendar, horizon: date
) -> tuple[Recurring, ...]:
    """The repeated steps and then the routines, in the order of the file.

    The first time of a step is the step as it is planned, by the day that it is due. A routine begins with
    ``from``, else with the condition ``when`` if the plan knows its day, else with the start of the journey.
    """
    moments = Moments(playbook, dated, calendar)
    return (*_steps(playbook, moments, horizon), *_routines(playbook, moments, horizon))


def _steps(playbook: CompiledPlaybook, moments: Moments, horizon: date) -> Iterator[Recurring]:
    for times in moments.dated.steps:
        repeat = playbook.steps[times.step].repeat
        if repeat is None or times.left_out:
            continue
        if times.due is None:
            yield Recurring("step", times.step, Occurrences(()), needs=times.needs)
        else:
            found = occurrences(repeat, times.due, horizon, moments.calendar, moments.reached)
            yield Recurring("step", times.step, found)


def _routines(playbook: CompiledPlaybook, moments: Moments, horizon: date) -> Iterator[Recurring]:
    for id_, routine in playbook.model.routines.items():
        if routine.need == "forbidden":
            continue
        begins = moments.reached(routine.when) if routine.when else None
        if routine.every is None:
            first = begins or (moments.named(routine.event) if routine.event else None)
            if first is not None and first <= horizon:
                yield Recurring("routine", id_, Occurrences((first,)))
            continue
        if routine.when and begins is None:
            yield Recurring("routine", id_, Occurrences(()), unless=routine.when)
            continue
        first = moments.at(routine.since) if routine.since else begins or _start(playbook, moments)
        first = moments.worked(max(first, begins or first)) if first is not None else None
        if first is None:
            needs = _anchors_of(playbook, routine, moments)
            yield Recurring("routine", id_, Occurrences(()), needs=needs)
        else:
            yield Recurring("routine", id_, _days(routine, first, horizon, moments))


def _start(playbook: CompiledPlaybook, moments: Moments) -> date | None:
    start = next((id_ for id_, anchor in playbook.model.anchors.items() if anchor.start), None)
    return moments.dated.anchors.get(start or "") or min(moments.dated.anchors.values(), default=None)


def _anchors_of(playbook: CompiledPlaybook, routine: Routine, moments: Moments) -> tuple[str, ...]:
    """The anchors without a date that the beginning of a routine waits for, as far as that is stated."""
    moment = Declared(playbook).moment(routine.since)
    anchor = moment.anchor if moment is not None else None
    return (anchor,) if anchor is not None and anchor not in moments.dated.anchors else ()


def _days(routine: Routine, first: date, horizon: date, moments: Moments) -> Occurrences:
    assert routine.every is not None
    if routine.during is None:
        rhythm = Repeat.model_construct(every=routine.every, until=routine.until)
        return occurrences(rhythm, first, horizon, moments.calendar, moments.reached)
    until = moments.reached(routine.until) if routine.until else None
    open_end = (routine.until,) if routine.until and until is None else ()
    try:
        during = parse_during(routine.during, routine.every)
    except DuringError as error:
        return Occurrences((), until=open_end, unread=told(routine.during, error))
    last = min(horizon, until) if until is not None else horizon
    days = during.days(day_number(first), day_number(last), int(routine.every.count), moments.calendar)
    found = tuple(day for number in days.tolist() if (day := date_of(number)) is not None)
    return Occurrences(found, goes_on=until is None or until > horizon, until=open_end)
