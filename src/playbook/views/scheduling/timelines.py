"""An agenda as a picture: bars against the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from playbook.shapes.agenda import Agenda, AgendaLine
from playbook.shapes.diagram import NodeTone
from playbook.shapes.timeline import Timeline, TimelineBar, TimelineGroup, TimelinePanel
from playbook.views.scheduling.tables import counted_from

_TONES: dict[str, NodeTone] = {
    "customer": "customer",
    "joint": "customer",
    "partner": "partner",
    "system": "system",
}
_DATES = "Dates"
_MILESTONES = "Milestones"


def agenda_timeline(agenda: Agenda) -> Timeline:
    """One panel, in which a day is a calendar day. What has no date is not drawn, and named in a note."""
    first = _monday(agenda)
    panels = (_panel(agenda, first),) if first is not None else ()
    return Timeline(
        name=f"{agenda.name}.schedule",
        title=f"Schedule: {agenda.title}" + (f", {agenda.account}" if agenda.account else ""),
        panels=panels,
        notes=tuple(_notes(agenda)),
        days_a_week=7,
    )


def _monday(agenda: Agenda) -> date | None:
    """The Monday of the week in which all begins."""
    days = [anchor.day for anchor in agenda.anchors if anchor.day] + ([agenda.starts] if agenda.starts else [])
    return min(days) - timedelta(days=min(days).weekday()) if days else None


def _panel(agenda: Agenda, first: date) -> TimelinePanel:
    bars = list(_anchors(agenda, first))
    groups = [TimelineGroup(_DATES)]
    for stage in agenda.stages:
        label = f"{stage.number}. {stage.title}"
        found = [_bar(line, label, first) for line in agenda.of_stage(stage.id) if line.due is not None]
        if found:
            bars += sorted(found, key=lambda bar: (bar.starts, bar.ends_latest))
            starts = _day(stage.starts, first) if stage.starts else None
            groups.append(TimelineGroup(label, starts, _day(stage.ends, first) + 1 if stage.ends else None))
    rest = [_bar(line, _MILESTONES, first) for line in agenda.of_stage("") if line.due is not None]
    groups += [TimelineGroup(_MILESTONES)] if rest else []
    span = f"From {agenda.starts or first} to {agenda.ends or first}"
    return TimelinePanel("", span, (*bars, *rest), tuple(groups), first)


def _anchors(agenda: Agenda, first: date) -> Iterator[TimelineBar]:
    for anchor in agenda.anchors:
        # One that lies far behind all work (a renewal) would press the bars together.
        if anchor.day is not None and anchor.day <= (agenda.ends or anchor.day):
            at = _day(anchor.day, first)
            yield TimelineBar(
                f"anchor.{anchor.id}", anchor.title, _DATES, anchor.day.isoformat(), at, at, at, at, milestone=True
            )


def _bar(line: AgendaLine, group: str, first: date) -> TimelineBar:
    assert line.due is not None
    begins, ends = _day(line.starts or line.due, first), _day(line.due, first) + 1
    id_ = f"{line.kind}.{line.id}"
    if line.kind != "step":
        at = ends
        return TimelineBar(id_, line.title, group, line.who, at, at, at, at, milestone=True, tone="success")
    return TimelineBar(
        id=id_,
        label=line.title,
        group=group,
        owner=line.who,
        starts=begins,
        starts_latest=begins,
        ends=ends,
        ends_latest=ends,
        due=ends,
        slack=line.slack,
        critical=line.critical,
        tone=_TONES.get(line.party, "plain"),
        dashed=not line.sure,
    )


def _notes(agenda: Agenda) -> Iterator[str]:
    yield f"{counted_from(agenda)} Working time: {agenda.calendar}."
    yield from (f"{conflict.message}." for conflict in agenda.conflicts)
    without = [line.title for line in agenda.lines if line.due is None]
    if without:
        yield f"Without a date: {', '.join(without)}."
    yield from agenda.notes


def _day(day: date, first: date) -> float:
    return float((day - first).days)
