"""An agenda, and what moves in it, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playbook.shapes.agenda import Agenda, AgendaLine, AgendaMoves
from playbook.shapes.table import Cell, Column, Table

_COLUMNS = (
    Column("stage", "Stage"),
    Column("kind", "Kind"),
    Column("id", "Id"),
    Column("title", "What"),
    Column("who", "Who"),
    Column("starts", "Starts"),
    Column("due", "Due"),
    Column("said", "As the playbook says"),
    Column("earliest_start", "Earliest start"),
    Column("latest_start", "Latest start"),
    Column("earliest_end", "Earliest end"),
    Column("latest_end", "Latest end"),
    Column("slack", "Working days of slack", "right"),
    Column("critical", "Critical path"),
    Column("late", "Cannot be in time"),
    Column("condition", "Only if"),
    Column("note", "Note"),
)

_AGAIN = "Again and again"
_WITHOUT_STAGE = "Milestones"


def agenda_table(agenda: Agenda) -> Table:
    """A row for each step and milestone by stage, then one for each day of what recurs."""
    return Table(
        name=f"{agenda.name}.schedule",
        title=f"Schedule: {agenda.title}" + (f", {agenda.account}" if agenda.account else ""),
        columns=_COLUMNS,
        rows=(*_lines(agenda), *_recurring(agenda)),
        section="stage",
        notes=tuple(_notes(agenda)),
    )


def _lines(agenda: Agenda) -> Iterator[tuple[Cell, ...]]:
    labels = {stage.id: f"{stage.number}. {stage.title}" for stage in agenda.stages}
    for line in agenda.lines:
        yield (
            labels.get(line.stage, _WITHOUT_STAGE),
            line.kind,
            line.id,
            line.title,
            line.who,
            _iso(line.starts),
            _iso(line.due),
            line.said,
            _iso(line.earliest_start),
            _iso(line.latest_start),
            _iso(line.earliest_end),
            _iso(line.latest_end),
            line.slack,
            "yes" if line.critical else "",
            "yes" if line.late else "",
            line.condition,
            without_date(line),
        )


def _recurring(agenda: Agenda) -> Iterator[tuple[Cell, ...]]:
    for each in agenda.recurring:
        for number, day in enumerate(each.days, 1):
            if number == 1 and each.kind == "step":
                # It has its row in its stage.
                continue
            note = f"{number} of {len(each.days)}{' so far' if each.goes_on else ''}"
            note = f"{note}; {each.note}" if each.note else note
            what: tuple[Cell, ...] = (_AGAIN, f"repeated {each.kind}", each.id, each.title, each.who)
            room: tuple[Cell, ...] = (None, None, None, None, None, "", "", "")
            yield (*what, None, _iso(day), each.rhythm, *room, note)


def _notes(agenda: Agenda) -> Iterator[str]:
    yield f"{counted_from(agenda)} Working time: {agenda.calendar}."
    if agenda.recurring and agenda.horizon:
        yield f"What recurs is listed up to {agenda.horizon}."
    yield from (f"{conflict.code}: {conflict.message}." for conflict in agenda.conflicts)
    for left in agenda.left_out:
        yield f'Not done: "{left.title}"' + (f", {left.why}." if left.why else ".")
    yield from agenda.notes


def counted_from(agenda: Agenda) -> str:
    """The dates that all others are counted from, as a sentence."""
    given = ", ".join(f"{anchor.title} {anchor.day}" for anchor in agenda.anchors if anchor.day)
    return f"Counted from {given}." if given else "No date is given."


def without_date(line: AgendaLine) -> str:
    """Why a line has no date; empty if it has one."""
    if line.due is not None or not line.needs:
        return ""
    return "no date: needs " + " ".join(f"--anchor {anchor}=DATE" for anchor in line.needs)


# -- what moves ------------------------------------------------------------------------------------

_MOVES = (
    Column("kind", "Kind"),
    Column("id", "Id"),
    Column("title", "What"),
    Column("who", "Who"),
    Column("was", "Was due"),
    Column("becomes", "Becomes due"),
    Column("by", "Working days later", "right"),
    Column("why", "Why not"),
)


def moves_table(moves: AgendaMoves) -> Table:
    """What moves, then what does not and why not."""
    rows = tuple(
        (each.kind, each.id, each.title, each.who, _iso(each.was), _iso(each.becomes), each.by, each.why)
        for each in (*moves.moving, *moves.staying)
    )
    notes = tuple(f"{conflict.code}: {conflict.message}." for conflict in moves.arising)
    settled = tuple(f"No longer: {conflict.message}." for conflict in moves.settled)
    return Table(f"{moves.name}.moved", f"What moves: {moves.title}", _MOVES, rows, None, (*notes, *settled))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
