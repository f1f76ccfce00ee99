"""The schedule for programs, version 1: every field is always there, dates are ISO 8601 or null.

Fields may be added in a version, never renamed or taken away.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from playbook.shapes.agenda import Agenda, AgendaConflict, AgendaMove, AgendaMoves

VERSION = 1


def as_values(agenda: Agenda, moves: AgendaMoves | None = None) -> dict[str, Any]:
    """The agenda as plain values; with what moves, if it was asked for."""
    return {
        "version": VERSION,
        "kind": "schedule",
        "playbook": agenda.name,
        "playbook_version": agenda.version,
        "title": agenda.title,
        "account": agenda.account or None,
        "calendar": agenda.calendar,
        "anchors": [
            {"id": each.id, "title": each.title, "date": _iso(each.day), "start": each.start, "moves": each.moves}
            for each in agenda.anchors
        ],
        "starts": _iso(agenda.starts),
        "ends": _iso(agenda.ends),
        "horizon": _iso(agenda.horizon),
        "stages": [
            {"id": each.id, "title": each.title, "starts": _iso(each.starts), "ends": _iso(each.ends)}
            for each in agenda.stages
        ],
        "work": _work(agenda),
        "recurring": [
            {
                "kind": each.kind,
                "id": each.id,
                "title": each.title,
                "who": each.who,
                "rhythm": each.rhythm,
                "dates": [_iso(day) for day in each.days],
                "goes_on": each.goes_on,
                "note": each.note or None,
            }
            for each in agenda.recurring
        ],
        "left_out": [{"id": each.id, "title": each.title, "why": each.why or None} for each in agenda.left_out],
        "conflicts": [_conflict(each) for each in agenda.conflicts],
        "moved": _moved(moves) if moves is not None else None,
        "notes": list(agenda.notes),
    }


def _work(agenda: Agenda) -> list[dict[str, Any]]:
    return [
        {
            "kind": line.kind,
            "id": line.id,
            "title": line.title,
            "stage": line.stage or None,
            "who": line.who,
            "party": line.party,
            "said": line.said or None,
            "starts": _iso(line.starts),
            "due": _iso(line.due),
            "earliest_start": _iso(line.earliest_start),
            "latest_start": _iso(line.latest_start),
            "earliest_end": _iso(line.earliest_end),
            "latest_end": _iso(line.latest_end),
            "slack": line.slack,
            "critical": line.critical,
            "late": line.late,
            "sure": line.sure,
            "condition": line.condition or None,
            "needs_anchors": list(line.needs),
        }
        for line in agenda.lines
    ]


def _conflict(conflict: AgendaConflict) -> dict[str, Any]:
    return {
        "code": conflict.code,
        "kind": conflict.kind,
        "what": conflict.what,
        "id": conflict.id,
        "due": _iso(conflict.due),
        "earliest": _iso(conflict.earliest),
        "short": conflict.short,
        "chain": list(conflict.chain),
        "message": conflict.message,
        "expected": conflict.expected or None,
    }


def _moved(moves: AgendaMoves) -> dict[str, Any]:
    return {
        "anchors": [
            {"id": each.id, "was": _iso(each.was), "becomes": _iso(each.becomes), "by": each.by}
            for each in moves.anchors
        ],
        "moving": [_move(each) for each in moves.moving],
        "staying": [_move(each) for each in moves.staying],
        "arising": [_conflict(each) for each in moves.arising],
        "settled": [_conflict(each) for each in moves.settled],
    }


def _move(move: AgendaMove) -> dict[str, Any]:
    return {
        "kind": move.kind,
        "id": move.id,
        "title": move.title,
        "was": _iso(move.was),
        "becomes": _iso(move.becomes),
        "by": move.by,
        "why": move.why or None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
