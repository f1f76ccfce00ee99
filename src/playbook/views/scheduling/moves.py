"""What moves when an anchor moves, in words that people read."""

from __future__ import annotations

from playbook.calendars.working_calendar import WorkingCalendar
from playbook.schedule.moving import Move, Moved, working_days_between
from playbook.shapes.agenda import Agenda, AgendaMove, AgendaMovedAnchor, AgendaMoves
from playbook.views.parts.words import moment_name, together
from playbook.views.scheduling.conflict_lines import agenda_conflict
from playbook.workspace import CompiledPlaybook


def moves_of(playbook: CompiledPlaybook, agenda: Agenda, moved: Moved, calendar: WorkingCalendar) -> AgendaMoves:
    """What moves, in the order of the ``agenda``, which is the one after the move."""
    moves = {(move.kind, move.id): move for move in moved.moves}
    told = [
        AgendaMove(
            line.kind,
            line.id,
            line.title,
            line.who,
            move.was,
            move.becomes,
            move.by,
            "" if move.moves else _why(playbook, move, moved),
        )
        for line in agenda.lines
        if (move := moves.get((line.kind, line.id))) is not None
    ]
    return AgendaMoves(
        name=agenda.name,
        title=agenda.title,
        anchors=tuple(
            AgendaMovedAnchor(id_, moment_name(playbook, id_), was, day, working_days_between(calendar, was, day))
            for id_, (was, day) in moved.anchors.items()
        ),
        moving=tuple(each for each in told if not each.why),
        staying=tuple(each for each in told if each.why),
        arising=tuple(agenda_conflict(playbook, conflict) for conflict in moved.arising),
        settled=tuple(agenda_conflict(playbook, conflict) for conflict in moved.settled),
    )


def _why(playbook: CompiledPlaybook, move: Move, moved: Moved) -> str:
    """Why something is not moved."""
    if move.was is None:
        needs = together(moment_name(playbook, id_) for id_ in move.needs)
        return f"has no date: needs that of {needs}" if needs else "has no date"
    if move.anchor in moved.anchors:
        return f"stays in spite of {moment_name(playbook, move.anchor)}: other dates or the calendar hold it"
    return f"hangs on {moment_name(playbook, move.anchor)}" if move.anchor else "hangs on dates that do not move"
