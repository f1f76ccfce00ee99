"""The agenda: the dated schedule of one journey in words that people read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from playbook.schedule.dated_times import DatedSchedule, DatedStep
from playbook.schedule.recurring import Recurring
from playbook.schedule.relative import relative_schedule
from playbook.shapes.agenda import (
    Agenda,
    AgendaAnchor,
    AgendaLeftOut,
    AgendaLine,
    AgendaStage,
)
from playbook.text.ids import words_of
from playbook.views.narrowing.excerpt import stage_numbers
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import doer, moment_name, owner_names, party_of, together, when
from playbook.views.scheduling.calendar_words import calendar_in_words
from playbook.views.scheduling.conflict_lines import conflict_lines
from playbook.views.scheduling.recurring_lines import recurring_line
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True)
class AgendaOf:
    """What an agenda is made of.

    ``who`` are the names of people by step, where an account says who they are; ``left_out`` says by step why it is
    not done, ``account`` for whom all is. ``since`` leaves away what is over before that day.
    """

    playbook: CompiledPlaybook
    dated: DatedSchedule
    recurring: tuple[Recurring, ...] = ()
    horizon: date | None = None
    who: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    account: str = ""
    since: date | None = None
    notes: tuple[str, ...] = ()


def agenda_of(given: AgendaOf) -> Agenda:
    """The agenda of a journey."""
    playbook, dated = given.playbook, given.dated
    lines = tuple(line for line in _lines(given) if not _is_over(line, given.since))
    return Agenda(
        name=playbook.name,
        title=playbook.title,
        version=playbook.model.version,
        calendar=calendar_in_words(playbook),
        anchors=tuple(_anchors(playbook, dated)),
        stages=tuple(_stages(playbook, dated)),
        lines=lines,
        recurring=tuple(
            recurring_line(playbook, each, given.since, given.who.get(each.id) if each.kind == "step" else None)
            for each in given.recurring
        ),
        left_out=tuple(_left_out(given)),
        conflicts=tuple(conflict_lines(playbook, dated)),
        horizon=given.horizon,
        account=given.account,
        notes=(*given.notes, *_notes(playbook, dated)),
    )


# -- lines ---------------------------------------------------------------------------------------


def _lines(given: AgendaOf) -> Iterator[AgendaLine]:
    """By stage: its steps by date, then its milestones; at the end what belongs to no stage."""
    playbook, dated = given.playbook, given.dated
    late = {id_ for conflict in dated.conflicts for id_ in (conflict.id, *conflict.others)}
    milestones = [_milestone(playbook, dated, id_) for id_ in playbook.model.milestones]
    for stage in playbook.stages:
        yield from (
            _step(given, step, late=step.step in late)
            for step in dated.steps
            if step.stage == stage and not step.left_out
        )
        yield from (line for line in milestones if line.stage == stage)
    yield from (line for line in milestones if line.stage not in playbook.stages)
    if playbook.model.outcome is not None and playbook.model.outcome.within is not None:
        yield _outcome(playbook, dated, late=any(conflict.what == "outcome" for conflict in dated.conflicts))


def _step(given: AgendaOf, times: DatedStep, *, late: bool) -> AgendaLine:
    playbook = given.playbook
    task, step = playbook.process.tasks[f"step.{times.step}"], playbook.steps[times.step]
    return AgendaLine(
        kind="step",
        id=times.step,
        title=step.label,
        stage=times.stage,
        who=given.who.get(times.step) or doer(playbook, task),
        party=party_of(playbook, task, step),
        said=when(playbook, step.due),
        starts=times.starts,
        due=times.due,
        earliest_start=times.earliest_start,
        latest_start=times.latest_start,
        earliest_end=times.earliest_end,
        latest_end=times.latest_end,
        slack=times.slack,
        critical=times.critical,
        condition=condition(playbook, task.condition) if task.condition else "",
        sure=task.condition is None and step.need == "required",
        late=late,
        needs=times.needs,
    )


def _milestone(playbook: CompiledPlaybook, dated: DatedSchedule, id_: str) -> AgendaLine:
    milestone = playbook.model.milestones[id_]
    day = dated.milestones.get(id_)
    owners = playbook.letters["milestones"][id_].accountable
    return AgendaLine(
        kind="milestone",
        id=id_,
        title=milestone.title or words_of(id_),
        stage=milestone.stage or "",
        who=together(owner_names(playbook, owners), choice=bool(owners and owners.choice)),
        said=when(playbook, milestone.due),
        due=day,
        needs=() if day is not None else _needed(playbook, dated, id_),
    )


def _outcome(playbook: CompiledPlaybook, dated: DatedSchedule, *, late: bool) -> AgendaLine:
    outcome, ownership = playbook.model.outcome, playbook.model.ownership
    assert outcome is not None
    who = playbook.owner_name(ownership.accountable) if ownership and ownership.accountable else ""
    said = when(playbook, outcome.within)
    return AgendaLine(
        "outcome", "outcome", "The outcome is reached", who=who, said=said, due=dated.outcome, late=late
    )


def _needed(playbook: CompiledPlaybook, dated: DatedSchedule, milestone: str) -> tuple[str, ...]:
    """The anchor without a date that a milestone hangs on."""
    moment = relative_schedule(playbook).milestones.get(milestone)
    return (moment.anchor,) if moment is not None and moment.anchor not in dated.anchors else ()


def _is_over(line: AgendaLine, since: date | None) -> bool:
    return since is not None and line.due is not None and line.due < since


# -- what stands around them ----------------------------------------------------------------------


def anchor_titles(playbook: CompiledPlaybook) -> dict[str, str]:
    """All anchors that can be given: the declared ones, then what timers hang on though nothing declares it."""
    used = relative_schedule(playbook).anchors
    return {id_: moment_name(playbook, id_) for id_ in dict.fromkeys((*playbook.model.anchors, *used))}


def _anchors(playbook: CompiledPlaybook, dated: DatedSchedule) -> Iterator[AgendaAnchor]:
    used = relative_schedule(playbook).anchors
    for id_, title in anchor_titles(playbook).items():
        declared = playbook.model.anchors.get(id_)
        if id_ in dated.anchors or id_ in used:
            start, moves = (declared.start, declared.moves) if declared else (False, False)
            yield AgendaAnchor(id_, title, dated.anchors.get(id_), start, moves)


def _stages(playbook: CompiledPlaybook, dated: DatedSchedule) -> Iterator[AgendaStage]:
    times = {stage.stage: stage for stage in dated.stages}
    numbers = stage_numbers(playbook)
    for id_, stage in playbook.stages.items():
        found = times.get(id_)
        yield AgendaStage(
            id_, stage.label, numbers[id_], found.starts if found else None, found.ends if found else None
        )


def _left_out(given: AgendaOf) -> Iterator[AgendaLeftOut]:
    for step in given.dated.steps:
        if step.left_out:
            label = given.playbook.steps[step.step].label
            yield AgendaLeftOut(step.step, label, given.left_out.get(step.step, ""))


def _notes(playbook: CompiledPlaybook, dated: DatedSchedule) -> Iterator[str]:
    if dated.unplaced:
        labels = ", ".join(f'"{playbook.steps[step].label}"' for step in dated.unplaced)
        yield f"Not planned, since they wait for each other in a circle: {labels}."
