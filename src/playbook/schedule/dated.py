"""The dates of a playbook: its order of work and its timers, counted from dated anchors on its calendar.

What is past and what is planned both are anchors: work follows forward from those that lie ahead of it and is
counted back from those that lie behind it. The order of work, the anchor that a step hangs on and the handling of
alternatives are those of :mod:`playbook.schedule.relative`; with dates, times from different anchors compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date

import numpy as np
from numpy.typing import NDArray

from playbook.calendars.days import date_of, day_number
from playbook.schedule.accounts import Accounts
from playbook.schedule.axis import Axis
from playbook.schedule.conflicts import conflicts_of
from playbook.schedule.critical import critical_path
from playbook.schedule.dated_bounds import Earliest, Latest
from playbook.schedule.dated_planning import DatedPlan
from playbook.schedule.dated_times import (
    NOT_KNOWN,
    DatedSchedule,
    DatedStage,
    DatedStep,
    Days,
    Link,
    PlanDates,
    StepRoom,
)
from playbook.schedule.declared import Declared
from playbook.schedule.network import Network
from playbook.schedule.readings import plan_dates_of, rooms_of
from playbook.schedule.relative import relative_schedule
from playbook.schedule.stated_days import StatedDays
from playbook.schedule.too_close import too_close
from playbook.schedule.working_calendars import calendar_of
from playbook.workspace import CompiledPlaybook

Masks = Mapping[str, NDArray[np.bool_]]


def plan_dates(playbook: CompiledPlaybook, anchors: Mapping[str, Days], left_out: Masks | None = None) -> PlanDates:
    """The dates of many accounts: arrays with one value for each account.

    ``anchors`` are the accounts' days by anchor id (``NOT_KNOWN`` where an account has none; a missing anchor is
    known of nobody). ``left_out`` tells by step id the accounts for which a step is not done: it takes no time.
    """
    return plan_dates_of(_plan_of_many(playbook, anchors, left_out or {}))


def step_rooms(
    playbook: CompiledPlaybook, anchors: Mapping[str, Days], left_out: Masks | None = None
) -> dict[str, StepRoom]:
    """What room every step has for many accounts, by step id; what is given is as for :func:`plan_dates`."""
    return rooms_of(_plan_of_many(playbook, anchors, left_out or {}))


def _plan_of_many(playbook: CompiledPlaybook, anchors: Mapping[str, Days], left_out: Masks) -> DatedPlan:
    arrays = [*anchors.values(), *left_out.values()]
    return _plan(_accounts(playbook, len(arrays[0]) if arrays else 1, anchors, left_out))


def dated_schedule(
    playbook: CompiledPlaybook, anchors: Mapping[str, date], left_out: Set[str] = frozenset()
) -> DatedSchedule:
    """The dates of one account, with what cannot be kept. ``left_out`` are ids of steps that are not done."""
    days = {id_: np.array([day_number(day)], dtype=np.int64) for id_, day in anchors.items()}
    accounts = _accounts(playbook, 1, days, {step: np.array([True]) for step in left_out})
    plan = _plan(accounts)
    dates = plan_dates_of(plan)
    critical = _critical(accounts, left_out)
    conflicts, tight = conflicts_of(accounts, plan.stated, plan.earliest)
    told = {id_ for conflict in (*conflicts, *tight) for id_ in (conflict.id, *conflict.others)}
    milestones = {id_: date_of(day[0]) for id_, day in dates.milestones.items()}
    return DatedSchedule(
        anchors=dict(anchors),
        steps=_steps(plan, critical, left_out),
        stages=_stages(dates, critical),
        milestones={id_: day for id_, day in milestones.items() if day is not None},
        outcome=date_of(dates.outcome[0]),
        critical=critical,
        conflicts=conflicts,
        tight=(*tight, *too_close(accounts, plan.stated, told)),
        unplaced=relative_schedule(playbook).unplaced,
    )


def _network(playbook: CompiledPlaybook) -> Network:
    return Network(playbook, Declared(playbook))


def _accounts(playbook: CompiledPlaybook, count: int, anchors: Mapping[str, Days], left_out: Masks) -> Accounts:
    axis = Axis(calendar_of(playbook))
    return Accounts(playbook.remembered(_network), axis, count, anchors, left_out)


def _plan(accounts: Accounts) -> DatedPlan:
    stated = StatedDays(accounts)
    relative = relative_schedule(accounts.network.playbook)
    anchors = {step.node: step.anchor for step in relative.steps}
    earliest = Earliest(accounts, stated, long=True)
    return DatedPlan(accounts, stated, earliest, Latest(accounts, stated, earliest.since), anchors)


def _critical(accounts: Accounts, left_out: Set[str]) -> tuple[Link, ...]:
    """What holds up the outcome without the steps that are left out."""
    network = accounts.network
    found = critical_path(network, left_out)
    links: list[Link] = []
    for node in found.nodes if found else ():
        kind, _, id_ = node.partition(".")
        if kind == "exit":
            takes = network.playbook.stages[id_].takes
            links.append(Link("stage", id_, network.declared.time.range(takes).middle if takes else 0))
        else:
            task = network.process.tasks[node]
            links.append(Link("step", task.step, network.work(node).middle))
    return tuple(links)


def _steps(plan: DatedPlan, critical: tuple[Link, ...], left_out: Set[str]) -> tuple[DatedStep, ...]:
    on_path = {link.id for link in critical if link.kind == "step"}
    rooms = rooms_of(plan)
    found: list[DatedStep] = []
    for node, task in plan.accounts.network.process.tasks.items():
        if node not in plan.tasks:
            continue
        planned, room = plan.tasks[node], rooms[task.step]
        found.append(
            DatedStep(
                step=task.step,
                stage=task.stage,
                starts=date_of(planned.starts[0]),
                due=date_of(planned.due[0]),
                earliest_start=date_of(room.earliest_start[0]),
                earliest_end=date_of(room.earliest_end[0]),
                latest_start=date_of(room.latest_start[0]),
                latest_end=date_of(room.latest_end[0]),
                slack=None if room.slack[0] == NOT_KNOWN else int(room.slack[0]),
                critical=task.step in on_path,
                left_out=task.step in left_out,
                stated=planned.stated,
                anchor=planned.anchor,
                needs=_needs(plan, node) if planned.due[0] == NOT_KNOWN and task.step not in left_out else (),
            )
        )
    return tuple(found)


def _needs(plan: DatedPlan, node: str) -> tuple[str, ...]:
    """The anchors without a date that a step waits for: its own, or else those of what is ahead of it."""
    step = plan.accounts.network.playbook.steps[plan.accounts.network.process.tasks[node].step]
    unknown = [plan.tasks[node].anchor, *plan.anchors_of(step.due)]
    for flow in plan.accounts.network.into(node):
        unknown += plan.after.get(flow.source, {})
    unknown = [anchor for anchor in dict.fromkeys(unknown) if plan.accounts.anchor(anchor)[0] == NOT_KNOWN]
    own = [anchor for anchor in unknown if anchor in (plan.tasks[node].anchor, *plan.anchors_of(step.due))]
    return tuple(sorted(own or unknown, key=plan.accounts.network.declared.rank))


def _stages(dates: PlanDates, critical: tuple[Link, ...]) -> tuple[DatedStage, ...]:
    on_path = {link.id for link in critical if link.kind == "stage"}
    return tuple(
        DatedStage(
            stage, date_of(days.starts[0]), date_of(days.ends[0]), date_of(days.due[0]), critical=stage in on_path
        )
        for stage, days in dates.stages.items()
    )
