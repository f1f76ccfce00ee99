"""Dates that stand too close: a step is due sooner than it is over if what it waits for is done when that is due.

That is no conflict, since what is ahead may be done sooner. But who reads two dates of a plan believes them both.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

from playbook.calendars.days import date_of
from playbook.schedule.axis import SAME, Moments
from playbook.schedule.dated_planning import DatedPlan, PlannedDays
from playbook.schedule.dated_times import NOT_KNOWN, Conflict, Link
from playbook.schedule.spans import longest


def too_close(plan: DatedPlan, told: Set[str]) -> tuple[Conflict, ...]:
    """The steps of one account that are due too soon behind a step that they wait for, but for those that are
    ``told`` already. Of several that wait for the same one, the one that misses its date by most."""
    groups: dict[str, list[Conflict]] = {}
    for node, task in plan.accounts.network.process.tasks.items():
        if task.step not in told and plan.accounts.without(node) is None and node in plan.tasks:
            found = _found(plan, node, plan.tasks[node])
            if found is not None:
                groups.setdefault(found.chain[0].id, []).append(found)
    worst = [(max(group, key=lambda each: each.short), group) for group in groups.values()]
    return tuple(replace(one, others=tuple(each.id for each in group if each is not one)) for one, group in worst)


def _found(plan: DatedPlan, node: str, planned: PlannedDays) -> Conflict | None:
    """How far a step misses its date if what it waits for takes all of its time; ``None`` if it does not."""
    accounts = plan.accounts
    step = accounts.network.process.tasks[node].step
    ready = _ready(plan, node)
    if not planned.stated or ready is None:
        return None
    work = accounts.network.declared.duration(accounts.network.playbook.steps[step])
    over = ready if work is None else accounts.ahead(ready, longest(work), work.unit)
    done = accounts.end_day(over, plan.since[node])
    if NOT_KNOWN in (planned.due[0], done[0]) or done[0] <= planned.due[0]:
        return None
    held = next((each for each in _held_by(plan, node) if plan.tasks[each].stated), None)
    if held is None:
        return None
    ahead = plan.tasks[held]
    since, due, earliest = (date_of(days[0]) for days in (ahead.due, planned.due, done))
    if since is None or due is None or earliest is None:
        return None
    between = accounts.axis.calendar.working_days_between
    needed = float(over[0] - ready[0])
    return Conflict(
        kind="too_close",
        what="step",
        id=step,
        due=due,
        earliest=earliest,
        start=ahead.anchor,
        since=since,
        anchor=planned.anchor,
        chain=(Link("step", accounts.network.process.tasks[held].step, 0.0), Link("step", step, needed)),
        days=needed,
        room=int(between(ahead.due, planned.due)[0]),
        short=int(between(planned.due, done)[0]),
    )


def _ready(plan: DatedPlan, node: str) -> Moments | None:
    """When all that a node waits for is over, by what is planned for it."""
    reached = plan.reached(node)
    if not reached:
        return None
    anchor = plan.tasks[node].anchor if node in plan.tasks else ""
    return plan.combined(reached, anchor if anchor in reached else max(reached, key=plan.rank)).high


def _held_by(plan: DatedPlan, node: str) -> Iterator[str]:
    """The steps that hold up a node, the nearest first: along what is over just when the next can begin."""
    while (ready := _ready(plan, node)) is not None:
        held = [flow.source for flow in plan.accounts.network.into(node) if _is_over(plan, flow.source, ready)]
        if not held:
            return
        node = held[0]
        if node in plan.tasks and plan.accounts.without(node) is None:
            yield node


def _is_over(plan: DatedPlan, node: str, moment: Moments) -> bool:
    # What hangs on a date that is not known is infinity, which is equal to itself and has no distance.
    over = [span.high[0] for span in plan.after.get(node, {}).values()]
    return any(at == moment[0] or abs(at - moment[0]) <= SAME for at in over)
