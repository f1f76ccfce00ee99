"""Dates that stand too close: a step is due sooner than it is over if what it waits for is done when that is due.

That is no conflict, since what is ahead may be done sooner. But who reads two dates of a plan believes them both.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace

import numpy as np

from playbook.calendars.days import date_of
from playbook.schedule.accounts import Accounts
from playbook.schedule.axis import SAME, Moments
from playbook.schedule.dated_bounds import Earliest
from playbook.schedule.dated_times import NOT_KNOWN, Conflict, Link
from playbook.schedule.stated_days import DayRange, StatedDays


class _WhenDue(Earliest):
    """When each node begins and is over if each step that has a due date is over just on it."""

    def __init__(self, accounts: Accounts, stated: StatedDays) -> None:
        self.worked: dict[str, Moments] = {}
        """When each step is over if it is worked on from its beginning on."""
        super().__init__(accounts, stated, long=True)

    def due(self, node: str) -> DayRange | None:
        """When the step of a node is due; ``None`` where nothing says it, or the step is left out."""
        task = self.accounts.network.process.tasks.get(node)
        if task is None or self.accounts.without(node) is not None:
            return None
        return self.stated.due(self.accounts.network.playbook.steps[task.step])

    def _done(self, node: str, begins: Moments) -> Moments:
        done = self.worked[node] = super()._done(node, begins)
        due = self.due(node)
        return done if due is None else np.where(due.high == NOT_KNOWN, done, self.accounts.axis.over(due.high))

    def held_by(self, node: str) -> Iterator[str]:
        """What holds up a node, the nearest first: along what is over just when the next can begin."""
        while True:
            begins = self.begins[node][0]
            ahead = [flow.source for flow in self.accounts.network.into(node) if flow.source in self.after]
            held = [source for source in ahead if abs(self.after[source][0] - begins) <= SAME]
            if not held:
                return
            node = held[0]
            yield node


def too_close(accounts: Accounts, stated: StatedDays, told: Set[str]) -> tuple[Conflict, ...]:
    """The steps of one account that are due too soon behind a step that they wait for, but for those that are
    ``told`` already. Of several that wait for the same one, the one that misses its date by most."""
    times = _WhenDue(accounts, stated)
    groups: dict[str, list[Conflict]] = {}
    for node, task in accounts.network.process.tasks.items():
        found = _found(times, node) if task.step not in told and node in times.worked else None
        if found is not None:
            groups.setdefault(found.chain[0].id, []).append(found)
    worst = [(max(group, key=lambda each: each.short), group) for group in groups.values()]
    return tuple(replace(one, others=tuple(each.id for each in group if each is not one)) for one, group in worst)


def _found(times: _WhenDue, node: str) -> Conflict | None:
    """How far a step misses its date if what it waits for takes all of its time; ``None`` if it does not."""
    accounts, due = times.accounts, times.due(node)
    done = accounts.end_day(times.worked[node], times.since[node])
    if due is None or NOT_KNOWN in (due.high[0], done[0]) or done[0] <= due.high[0]:
        return None
    held, ahead = next(((each, day) for each in times.held_by(node) if (day := times.due(each))), ("", None))
    if ahead is None:
        return None
    since, by, earliest = (date_of(days[0]) for days in (ahead.high, due.high, done))
    if since is None or by is None or earliest is None:
        return None
    tasks, between = accounts.network.process.tasks, accounts.axis.calendar.working_days_between
    work = round(float(times.worked[node][0] - times.begins[node][0]), 6)
    return Conflict(
        kind="too_close",
        what="step",
        id=tasks[node].step,
        due=by,
        earliest=earliest,
        start=ahead.anchor,
        since=since,
        anchor=due.anchor,
        chain=(Link("step", tasks[held].step, 0.0), Link("step", tasks[node].step, work)),
        days=work,
        room=int(between(ahead.high, due.high)[0]),
        short=int(between(due.high, done)[0]),
    )
