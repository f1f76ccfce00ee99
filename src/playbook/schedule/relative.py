"""The plan of a playbook without dates: when each step begins and ends, in working days from an anchor.

What has a time of its own (``due``) is planned for it, counted back by what it ``takes``; all else follows
from what is ahead of it, or must be done in time for what is behind it. Each step hangs on one anchor; where
the anchors lie is not known, so that times from different anchors do not compare.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.schedule.bounds import earliest_ends, latest_ends
from playbook.schedule.critical import CriticalPath, critical_path
from playbook.schedule.declared import Declared, Moment
from playbook.schedule.network import Network, Times
from playbook.schedule.planning import Plan, Planned
from playbook.schedule.ranges import Range
from playbook.schedule.working_time import WorkingTime
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class StepTimes:
    """When a step is planned, counted from ``anchor``.

    ``work`` is how long it takes, ``None`` where nobody says; ``earliest`` and ``latest`` are when it can and
    must be over, by every anchor that says something of it. ``slack`` is how many days it can be late, at
    least (if all takes its longest) and at most; below zero it cannot be in time.
    """

    node: str
    step: str
    stage: str
    anchor: str
    starts: Range
    ends: Range
    due: Range | None
    work: Range | None
    slack: Range | None
    critical: bool
    sure: bool
    earliest: Times = field(default_factory=dict)
    latest: Times = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StageTimes:
    """When a stage is planned to be entered and left, where both are counted from one anchor.

    A stage that is entered by one anchor and left by another is counted back from its end by what it takes.
    """

    stage: str
    anchor: str
    starts: Range
    ends: Range
    due: Range | None
    critical: bool


@dataclass(frozen=True)
class Schedule:
    """The plan of a playbook.

    ``anchors`` are those that something hangs on: the start first, then as they are declared. ``unplaced``
    are the steps that wait for each other in a circle and have no place in time.
    """

    anchors: tuple[str, ...]
    steps: tuple[StepTimes, ...]
    stages: tuple[StageTimes, ...]
    milestones: dict[str, Moment]
    outcome: Moment | None
    critical: CriticalPath | None
    unplaced: tuple[str, ...]
    time: WorkingTime


def relative_schedule(playbook: CompiledPlaybook) -> Schedule:
    """The plan of a playbook, worked out once for all who ask."""
    return playbook.remembered(schedule_of)


def schedule_of(playbook: CompiledPlaybook) -> Schedule:
    """Works the plan out; ask with :func:`relative_schedule`."""
    declared = Declared(playbook)
    network = Network(playbook, declared)
    earliest, latest = earliest_ends(network), latest_ends(network)
    plan = Plan(network, latest)
    critical = critical_path(network)
    on_path = frozenset(critical.nodes) if critical else frozenset()
    steps = tuple(
        _step(network, planned, earliest.get(node, {}), latest.get(node, {}), node in on_path)
        for node, planned in plan.tasks.items()
    )
    stages = tuple(_stage(plan, stage, on_path) for stage in playbook.stages)
    milestones = {id_: plan.milestone(id_) for id_ in playbook.model.milestones}
    outcome = playbook.model.outcome
    within = plan.moment(outcome.within) if outcome else None
    moments = [*milestones.values(), within]
    used = [step.anchor for step in steps] + [moment.anchor for moment in moments if moment is not None]
    return Schedule(
        anchors=tuple(sorted(dict.fromkeys(used), key=plan.rank)),
        steps=steps,
        stages=tuple(stage for stage in stages if stage is not None),
        milestones={id_: moment for id_, moment in milestones.items() if moment is not None},
        outcome=within,
        critical=critical,
        unplaced=tuple(task.step for id_, task in playbook.process.tasks.items() if id_ not in plan.tasks),
        time=declared.time,
    )


def _step(network: Network, planned: Planned, earliest: Times, latest: Times, critical: bool) -> StepTimes:
    task = network.process.tasks[planned.node]
    slacks = [
        Range(latest[anchor].low - at.high, latest[anchor].high - at.low)
        for anchor, at in earliest.items()
        if anchor in latest
    ]
    return StepTimes(
        node=planned.node,
        step=task.step,
        stage=task.stage,
        anchor=planned.anchor,
        starts=planned.starts,
        ends=planned.ends,
        due=planned.due,
        work=network.declared.work(network.playbook.steps[task.step]),
        slack=min(slacks, key=lambda slack: slack.low) if slacks else None,
        critical=critical,
        sure=network.is_sure(planned.node),
        earliest=earliest,
        latest=latest,
    )


def _stage(plan: Plan, stage: str, critical: frozenset[str]) -> StageTimes | None:
    entered, left = plan.after.get(f"enter.{stage}", {}), plan.after.get(f"exit.{stage}", {})
    takes = plan.network.playbook.stages[stage].takes
    if takes is not None and not entered.keys() & left.keys():
        whole = plan.network.declared.time.range(takes)
        entered = {anchor: at.less(whole) for anchor, at in left.items()}
    both = [anchor for anchor in entered if anchor in left]
    if not both:
        return None
    anchor = max(both, key=plan.rank)
    due = plan.moment(plan.network.playbook.stages[stage].due)
    limit = due.at if due is not None and due.anchor == anchor else None
    return StageTimes(stage, anchor, entered[anchor], left[anchor], limit, f"exit.{stage}" in critical)
