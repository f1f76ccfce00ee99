"""Conflicts as an agenda tells them, in the words of their findings."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.schedule.dated_times import Conflict, DatedSchedule
from playbook.shapes.agenda import AgendaConflict
from playbook.views.scheduling.findings import code_of, conflict_finding
from playbook.workspace import CompiledPlaybook


def conflict_lines(playbook: CompiledPlaybook, dated: DatedSchedule) -> Iterator[AgendaConflict]:
    """What cannot be in time, then what only just fits."""
    yield from (agenda_conflict(playbook, conflict) for conflict in dated.conflicts)
    yield from (agenda_conflict(playbook, conflict, tight=True) for conflict in dated.tight)


def agenda_conflict(playbook: CompiledPlaybook, conflict: Conflict, *, tight: bool = False) -> AgendaConflict:
    """A conflict in the words of its finding."""
    finding = conflict_finding(playbook, conflict, tight=tight)
    return AgendaConflict(
        code=code_of(conflict, tight=tight),
        id=conflict.id,
        chain=tuple(link.id for link in conflict.chain),
        message=finding.message,
        expected=finding.expected or "",
        kind=conflict.kind,
        what=conflict.what,
        due=conflict.due,
        earliest=conflict.earliest,
        short=conflict.short,
    )
