"""What is read off the plan of many accounts: the days of steps, stages, milestones and the outcome, and what room
steps have. Dates and room are apart since most who ask for dates need no room, which is as much work again."""

from __future__ import annotations

import numpy as np

from playbook.schedule.accounts import Accounts
from playbook.schedule.axis import SAME, Moments
from playbook.schedule.dated_planning import DatedPlan
from playbook.schedule.dated_steps import combined
from playbook.schedule.dated_times import (
    NOT_KNOWN,
    Days,
    PlanDates,
    StageDates,
    StepDates,
    StepRoom,
    started_by,
)
from playbook.schedule.spans import Span, longest


def plan_dates_of(plan: DatedPlan) -> PlanDates:
    """The days of a plan."""
    accounts, playbook = plan.accounts, plan.accounts.network.playbook
    nothing = StepDates(accounts.no_days, accounts.no_days)
    outcome = plan.moment(playbook.model.outcome.within) if playbook.model.outcome else None
    return PlanDates(
        steps={
            task.step: StepDates(plan.tasks[node].starts, plan.tasks[node].due) if node in plan.tasks else nothing
            for node, task in accounts.network.process.tasks.items()
        },
        stages={stage: _stage(plan, stage) for stage in playbook.stages},
        milestones={id_: _milestone(plan, id_) for id_ in playbook.model.milestones},
        outcome=outcome.high if outcome is not None else accounts.no_days,
    )


def rooms_of(plan: DatedPlan) -> dict[str, StepRoom]:
    """What room the steps of a plan have, by their ids."""
    nothing = StepRoom(*[plan.accounts.no_days] * 5)
    nodes = {task.step: node for node, task in plan.accounts.network.process.tasks.items()}
    return {step: _room(plan, node) if node in plan.tasks else nothing for step, node in nodes.items()}


def _room(plan: DatedPlan, node: str) -> StepRoom:
    accounts, axis = plan.accounts, plan.accounts.axis
    begins, ends = plan.earliest.begins[node], plan.earliest.ends[node]
    latest_begin, latest_end = plan.latest.begin(node), plan.latest.end(node)
    since = plan.earliest.since[node]
    without = accounts.without(node)
    own = np.where(ends > since + SAME, np.nan, since)
    earliest = accounts.end_day(ends, since)
    latest = accounts.latest_day(axis.end_day(latest_end, own), latest_end, ends)
    slack = _days_between(ends, latest_end)
    if axis.counts_first or accounts.starts_off:
        # What takes no time waits from the beginning of its day, or from a weekend: not more than the dates show.
        slack = np.minimum(slack, axis.calendar.working_days_between(earliest, latest))
    found = StepRoom(
        earliest_start=started_by(accounts.start_day(begins), earliest),
        earliest_end=earliest,
        latest_start=started_by(accounts.latest_day(axis.start_day(latest_begin), latest_begin, begins), latest),
        latest_end=latest,
        slack=slack,
    )
    if without is None:
        return found
    return StepRoom(
        *(
            np.where(without, NOT_KNOWN, days)
            for days in (
                found.earliest_start,
                found.earliest_end,
                found.latest_start,
                found.latest_end,
                slack,
            )
        )
    )


def _days_between(ends: Moments, limits: Moments) -> Days:
    """The whole working days that something can be late."""
    days = np.floor(limits - ends + SAME)
    known = np.isfinite(days)
    return np.where(known, np.where(known, days, 0).astype(np.int64), NOT_KNOWN)


def _stage(plan: DatedPlan, stage: str) -> StageDates:
    accounts = plan.accounts
    model = accounts.network.playbook.stages[stage]
    due = plan.moment(model.due)
    entered, left = _at(plan, f"enter.{stage}"), _at(plan, f"exit.{stage}")
    starts = accounts.start_day(entered.low)
    if model.takes is not None:
        # What is entered nobody knows when, and left by a date that is known, is counted back by what it takes.
        back = accounts.back(left.low, longest(model.takes), model.takes.unit)
        starts = np.where(starts == NOT_KNOWN, accounts.start_day(back), starts)
    return StageDates(
        starts=starts,
        ends=accounts.end_day(left.high, plan.since.get(f"exit.{stage}")),
        due=due.high if due is not None else accounts.no_days,
    )


def _milestone(plan: DatedPlan, id_: str) -> Days:
    milestone = plan.accounts.network.playbook.model.milestones[id_]
    if milestone.due is not None:
        due = plan.moment(milestone.due)
        return due.high if due is not None else plan.accounts.no_days
    if milestone.stage is None:
        return plan.accounts.no_days
    at = _at(plan, f"exit.{milestone.stage}")
    return plan.accounts.end_day(at.high, plan.since.get(f"exit.{milestone.stage}"))


def _at(plan: DatedPlan, node: str) -> Span:
    """When a node is reached, by all anchors that say something of it."""
    reached = plan.after.get(node)
    if not reached:
        return _nothing(plan.accounts)
    return combined(plan.accounts, reached, max(reached, key=plan.rank))


def _nothing(accounts: Accounts) -> Span:
    return Span(accounts.nothing, accounts.nothing)
