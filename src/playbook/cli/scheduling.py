"""What ``playbook schedule`` works out: the dated plan of a playbook, for an account or from dates alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from playbook.cli.horizons import FARTHEST, horizon_given
from playbook.text.quote import shown
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.cli.account_case import Case
    from playbook.diagnostics import Diagnostic
    from playbook.schedule.dated_times import DatedSchedule
    from playbook.shapes.agenda import Agenda, AgendaMoves


@dataclass(frozen=True)
class Scheduled:
    """The plan, its findings, and what moves in it if that was asked for."""

    agenda: Agenda
    findings: tuple[Diagnostic, ...]
    moves: AgendaMoves | None = None

    @property
    def conflicts(self) -> int:
        """How many dates cannot be kept."""
        return len([conflict for conflict in self.agenda.conflicts if conflict.code not in ("PLN004", "PLN005")])


def needs_start(case: Case, anchors: Mapping[str, date]) -> None:
    """Raises :class:`click.UsageError` if the date is missing that the journey starts with."""
    from playbook.schedule.relative import relative_schedule
    from playbook.views.scheduling.agenda import anchor_titles

    known = anchor_titles(case.playbook)
    used = relative_schedule(case.playbook).anchors
    start = next((id_ for id_, anchor in case.playbook.model.anchors.items() if anchor.start), None)
    if start in used and start not in anchors:
        raise click.UsageError(
            f"the date of {known[start]} is missing, with which the journey starts: --anchor {start}=DATE"
        )
    if not anchors:
        listed = " or ".join(f"--anchor {id_}=DATE" for id_ in (used or tuple(known))[:3])
        raise click.UsageError(f"there is no date to count from: give {listed}" if listed else "it has no anchor")


def needs_moves(anchors: Mapping[str, date], moved_to: Mapping[str, date]) -> None:
    """Raises :class:`click.UsageError` for an anchor that moves to the day on which it is."""
    for id_, day in moved_to.items():
        if anchors.get(id_) == day:
            raise click.UsageError(f"--moved: {id_} is on {day} already: give the day that it moves to")


def scheduled(
    case: Case,
    anchors: Mapping[str, date],
    *,
    horizon: str | None = None,
    since: date | None = None,
    moved_to: Mapping[str, date] | None = None,
) -> Scheduled:
    """Work it out. Raises :class:`click.UsageError` for a horizon that is none."""
    from playbook.schedule.dated import dated_schedule
    from playbook.schedule.moving import moved
    from playbook.schedule.working_calendars import calendar_of
    from playbook.views.scheduling.findings import findings_of_plan
    from playbook.views.scheduling.moves import moves_of

    playbook, left_out = case.playbook, frozenset(case.left_out)
    dated = dated_schedule(playbook, anchors, left_out)
    calendar = calendar_of(playbook)
    if not moved_to:
        agenda = _agenda(case, dated, horizon, since)
        return Scheduled(agenda, findings_of_plan(playbook, dated))
    after = dated_schedule(playbook, {**anchors, **moved_to}, left_out)
    agenda = _agenda(case, after, horizon, since)
    moves = moves_of(playbook, agenda, moved(dated, after, calendar), calendar)
    return Scheduled(agenda, findings_of_plan(playbook, after), moves)


def _agenda(case: Case, dated: DatedSchedule, horizon: str | None, since: date | None) -> Agenda:
    from playbook.schedule.recurring import recurring_work
    from playbook.schedule.working_calendars import calendar_of
    from playbook.views.scheduling.agenda import AgendaOf, agenda_of

    until = _horizon(dated, horizon)
    calendar = calendar_of(case.playbook)
    recurring = recurring_work(case.playbook, dated, calendar, until) if until is not None else ()
    return agenda_of(
        AgendaOf(
            case.playbook,
            dated,
            recurring,
            until,
            who=_people(case, dated),
            left_out=case.left_out,
            account=case.account,
            since=since,
            notes=case.notes,
        )
    )


def _people(case: Case, dated: DatedSchedule) -> dict[str, str]:
    """The names of those who do the steps, where the account says who they are on the day that work begins."""
    found: dict[str, str] = {}
    for step in dated.steps:
        owners = case.playbook.process.tasks[f"step.{step.step}"].owners
        letter = owners.responsible or owners.accountable
        held = case.held.get(letter.holders[0]) if letter and letter.holders else None
        person = held.on(step.starts) if held else None
        if person is not None:
            found[step.step] = person.name
    return found


def _horizon(dated: DatedSchedule, written: str | None) -> date | None:
    """The last day of recurring work."""
    from playbook.schedule.recurring import first_day, horizon_of, last_day

    last = last_day(dated)
    if written is None or last is None:
        return horizon_of(dated)
    given = horizon_given(written)
    day = last + given if isinstance(given, timedelta) else given
    first = first_day(dated)
    if first is not None and day < first:
        raise click.UsageError(f"--horizon: {day} is before {first}, the first date of the plan")
    if day > last + FARTHEST:
        said = printable(shown(written))
        raise click.UsageError(f"--horizon: '{said}' is more than ten years behind the last date")
    return day
