"""A compiled playbook → its :class:`Template`."""

from __future__ import annotations

import math
from collections.abc import Iterator

from playbook.core.predecessors import steps_ahead
from playbook.core.process import Task
from playbook.language.playbook import Routine
from playbook.language.step import ChecklistItem
from playbook.letters import owners_of
from playbook.plans.promises import approval_in_words, for_each_in_words, repeat_in_words, sla_in_words
from playbook.plans.template import (
    AnchorTemplate,
    ChecklistLine,
    HandoffTemplate,
    Letters,
    MilestoneTemplate,
    Offset,
    RoleTemplate,
    RoutineTemplate,
    StageTemplate,
    TaskTemplate,
    Template,
)
from playbook.proofs.due import working_week
from playbook.schedule.declared import Moment
from playbook.schedule.relative import Schedule, StepTimes, relative_schedule
from playbook.schedule.working_time import working_time
from playbook.text.ids import words_of
from playbook.text.quantities import Timing
from playbook.views.parts.phrases import condition
from playbook.views.parts.shared_names import title_of
from playbook.views.parts.words import data_title, party_of, when
from playbook.workspace import CompiledPlaybook

_ROUNDING = 1e-6


def template_of(playbook: CompiledPlaybook) -> Template:
    """The template of a playbook, or of a variant, worked out once for all who ask."""
    return playbook.remembered(_template)


def _template(playbook: CompiledPlaybook) -> Template:
    model = playbook.model
    schedule = relative_schedule(playbook)
    times = {each.step: each for each in schedule.steps}
    tasks = tuple(
        _task(playbook, task, position, times.get(task.step))
        for position, task in enumerate(playbook.process.tasks.values(), 1)
    )
    milestones = tuple(_milestones(playbook, schedule))
    routines = tuple(_routine(playbook, id_, routine) for id_, routine in model.routines.items())
    handoffs = tuple(_handoffs(playbook))
    holders = [holder for task in tasks for letter in task.letters.values() for holder in letter]
    holders += [routine.owner for routine in routines if routine.owner]
    holders += [holder for handoff in handoffs for holder in (handoff.giver, handoff.receiver)]
    return Template(
        id=playbook.id,
        title=playbook.title,
        description=model.description or "",
        version=model.version,
        variant=playbook.variant,
        stages={
            id_: StageTemplate(id_, stage.label, position, stage.goal or "", _statuses(stage.statuses))
            for position, (id_, stage) in enumerate(playbook.stages.items(), 1)
        },
        tasks=tasks,
        milestones=milestones,
        anchors=_anchors(playbook, tasks, milestones),
        roles={holder: _role(playbook, holder) for holder in dict.fromkeys(holders)},
        handoffs=handoffs,
        routines=routines,
        ends={id_: (end.title or words_of(id_), end.success) for id_, end in model.ends.items()},
        week=working_week(playbook),
        hours_a_day=working_time(playbook).hours_a_day,
        names=_names(playbook, tasks),
    )


def _names(playbook: CompiledPlaybook, tasks: tuple[TaskTemplate, ...]) -> dict[str, str]:
    """The titles of what the texts of tasks name."""
    symbols = playbook.workspace_symbols
    named: dict[str, str] = {}
    for task in tasks:
        named |= {each: data_title(playbook, each) for each in (*task.captures, *task.produces)}
        if task.system:
            named[task.system] = title_of(symbols, "system", task.system)
        if task.asset:
            named[task.asset] = title_of(symbols, "content", task.asset)
    return named


def _task(playbook: CompiledPlaybook, task: Task, position: int, times: StepTimes | None) -> TaskTemplate:
    step = playbook.steps[task.step]
    letters: dict[Letters, tuple[str, ...]] = {
        letter: held.holders  # type: ignore[misc]
        for letter, held in task.owners.letters()
    }
    doing = letters.get("R") or letters.get("A")
    return TaskTemplate(
        key=f"{playbook.id}/{step.id}",
        step=step.id,
        stage=task.stage,
        position=position,
        title=step.label,
        description=step.description or "",
        letters=letters,
        owner=doing[0] if doing else None,
        party=party_of(playbook, task, step),
        start=_planned(times, math.floor(times.starts.low + _ROUNDING)) if times else None,
        due=_stated(playbook, step.due)
        or (_planned(times, math.ceil(times.ends.high - _ROUNDING)) if times else None),
        when=when(playbook, step.due),
        takes=step.takes,
        work=times.work.high if times and times.work else None,
        slack=times.slack.low if times and times.slack else None,
        critical=bool(times and times.critical),
        after=tuple(ahead.step for ahead in steps_ahead(playbook.process, task)),
        condition=condition(playbook, task.condition) if task.condition else "",
        expression=task.condition,
        need=step.need,
        touch=step.touch.kind if step.touch else None,
        asset=step.touch.asset if step.touch else None,
        system=step.system,
        automation=step.automation,
        captures=tuple(step.captures),
        produces=tuple(step.produces),
        checklist=tuple(_checklist(playbook, step.checklist, 0)),
        approval=approval_in_words(playbook, step),
        for_each=for_each_in_words(playbook, step.for_each),
        repeat=repeat_in_words(playbook, step.repeat),
        sla=sla_in_words(playbook, step.sla),
    )


def _stated(playbook: CompiledPlaybook, timing: Timing | None) -> Offset | None:
    """An offset as it is written, where it hangs on an anchor itself; of a range, the upper end."""
    if timing is None or timing.offset is None or timing.reference not in playbook.model.anchors:
        return None
    offset = timing.offset
    if timing.direction == "after":
        amount = offset.high if offset.high is not None else offset.low
        return Offset(timing.reference, amount or 0, offset.unit)
    return Offset(timing.reference, -(offset.low if offset.low is not None else offset.high or 0) or 0, offset.unit)


def _planned(times: StepTimes, days: int) -> Offset:
    return Offset(times.anchor, days, "bd", stated=False)


def _milestones(playbook: CompiledPlaybook, schedule: Schedule) -> Iterator[MilestoneTemplate]:
    for id_, milestone in playbook.model.milestones.items():
        planned: Moment | None = schedule.milestones.get(id_)
        due = _stated(playbook, milestone.due)
        if due is None and planned is not None:
            due = Offset(planned.anchor, math.ceil(planned.at.high - _ROUNDING), "bd", stated=False)
        yield MilestoneTemplate(id_, f"{playbook.id}/{id_}", milestone.title or words_of(id_), due, milestone.stage)


def _anchors(
    playbook: CompiledPlaybook, tasks: tuple[TaskTemplate, ...], milestones: tuple[MilestoneTemplate, ...]
) -> dict[str, AnchorTemplate]:
    """The declared anchors, then names that tasks and milestones hang on though nothing declares them."""
    anchors = {
        id_: AnchorTemplate(id_, anchor.title or words_of(id_), anchor.start, anchor.moves)
        for id_, anchor in playbook.model.anchors.items()
    }
    offsets = [offset for task in tasks for offset in (task.start, task.due)]
    for offset in (*offsets, *(milestone.due for milestone in milestones)):
        if offset is not None and offset.anchor not in anchors:
            title = words_of(offset.anchor.replace(".", "_"))
            anchors[offset.anchor] = AnchorTemplate(offset.anchor, title, False, False)
    return anchors


def _role(playbook: CompiledPlaybook, holder: str) -> RoleTemplate:
    team_id = playbook.team_of(holder)
    team = playbook.team(team_id) if team_id else None
    title = (team.title or words_of(team_id)) if team and team_id else None
    return RoleTemplate(holder, playbook.owner_name(holder), title, team.party if team else "internal")


def _handoffs(playbook: CompiledPlaybook) -> Iterator[HandoffTemplate]:
    for id_, handoff in playbook.model.handoffs.items():
        within = handoff.accept.within if handoff.accept else None
        yield HandoffTemplate(
            id_,
            f"{playbook.id}/{id_}",
            handoff.title or words_of(id_),
            handoff.giver,
            handoff.receiver,
            handoff.at,
            within.in_words() if within else "",
        )


def _routine(playbook: CompiledPlaybook, id_: str, routine: Routine) -> RoutineTemplate:
    owners = owners_of(routine.raci, ("routines", id_, "raci"))
    doing = owners.responsible or owners.accountable
    return RoutineTemplate(
        id_,
        f"{playbook.id}/{id_}",
        routine.do or routine.title or words_of(id_),
        routine.every.in_words() if routine.every else "",
        routine.event,
        condition(playbook, routine.when) if routine.when else "",
        routine.touch.kind if routine.touch else None,
        doing.holders[0] if doing else None,
    )


def _statuses(statuses: object) -> tuple[str, ...]:
    listed = getattr(statuses, "any_of", statuses) or ()
    return tuple(str(getattr(each, "status", each)) for each in listed)  # type: ignore[attr-defined]


def _checklist(playbook: CompiledPlaybook, items: tuple[ChecklistItem, ...], depth: int) -> Iterator[ChecklistLine]:
    for item in items:
        yield ChecklistLine(item.do, depth, item.need, condition(playbook, item.when) if item.when else "")
        yield from _checklist(playbook, item.checklist, depth + 1)
