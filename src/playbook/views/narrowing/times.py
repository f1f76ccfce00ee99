"""When the steps of a part are planned: as in the whole, whose other steps take time as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from playbook.schedule.critical import CriticalPath
from playbook.schedule.declared import Moment
from playbook.schedule.relative import Schedule, StepTimes, relative_schedule
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Renamed:
    """What of a playbook is shown, by its ids in the whole: its ids in the part."""

    steps: Mapping[str, str]
    stages: Mapping[str, str]
    milestones: Mapping[str, str]
    anchors: Mapping[str, str]


def times_of_part(whole: CompiledPlaybook, part: CompiledPlaybook, *, outcome: bool) -> Schedule:
    """The plan of a part with the ids of the whole."""
    schedule = relative_schedule(whole)
    kept = Renamed(
        {task.step: task.step for task in part.process.tasks.values()},
        {stage: stage for stage in part.stages},
        {milestone: milestone for milestone in part.model.milestones},
        {anchor: anchor for anchor in schedule.anchors},
    )
    critical = schedule.critical if schedule.critical and schedule.critical.goal in part.process.nodes else None
    return replace(
        _cut(schedule, kept),
        outcome=schedule.outcome if outcome else None,
        critical=_path(critical, frozenset(part.process.nodes)) if critical else None,
    )


def times_for_customers(whole: CompiledPlaybook, part: CompiledPlaybook, kept: Renamed) -> Schedule:
    """The plan of what customers see: when it is planned, and nothing of what could slip or holds up the end."""
    plan = _cut(relative_schedule(whole), kept)
    steps = tuple(
        replace(
            times,
            due=times.due if part.steps[times.step].due else None,
            slack=None,
            critical=False,
            earliest={},
            latest={},
        )
        for times in plan.steps
    )
    stages = tuple(replace(times, due=None, critical=False) for times in plan.stages)
    return replace(plan, steps=steps, stages=stages, outcome=None, critical=None, unplaced=())


def _cut(schedule: Schedule, kept: Renamed) -> Schedule:
    """What is kept, with its new ids. What hangs on an anchor that is not shown has no place in time."""
    steps = tuple(
        _renamed(times, kept)
        for times in schedule.steps
        if times.step in kept.steps and times.anchor in kept.anchors
    )
    stages = tuple(
        replace(times, stage=kept.stages[times.stage], anchor=kept.anchors[times.anchor])
        for times in schedule.stages
        if times.stage in kept.stages and times.anchor in kept.anchors
    )
    milestones = {
        kept.milestones[id_]: Moment(kept.anchors[moment.anchor], moment.at)
        for id_, moment in schedule.milestones.items()
        if id_ in kept.milestones and moment.anchor in kept.anchors
    }
    used = {times.anchor for times in steps} | {moment.anchor for moment in milestones.values()}
    anchors = (kept.anchors[anchor] for anchor in schedule.anchors if anchor in kept.anchors)
    return replace(
        schedule,
        anchors=tuple(anchor for anchor in anchors if anchor in used),
        steps=steps,
        stages=stages,
        milestones=milestones,
        unplaced=tuple(kept.steps[step] for step in schedule.unplaced if step in kept.steps),
    )


def _renamed(times: StepTimes, kept: Renamed) -> StepTimes:
    step = kept.steps[times.step]
    return replace(
        times, node=f"step.{step}", step=step, stage=kept.stages[times.stage], anchor=kept.anchors[times.anchor]
    )


def _path(path: CriticalPath, nodes: frozenset[str]) -> CriticalPath:
    """The path with only those nodes that are shown."""
    waits = {
        node: tuple(each for each in ahead if each in nodes) for node, ahead in path.waits.items() if node in nodes
    }
    return replace(path, nodes=tuple(node for node in path.nodes if node in nodes), waits=waits)
