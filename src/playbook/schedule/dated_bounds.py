"""The earliest and the latest times of many accounts; the dated counterpart of :mod:`playbook.schedule.bounds`.

With dates, times from all anchors compare: the latest of what is ahead counts, the soonest of what is behind.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playbook.core import forward
from playbook.core.process import START
from playbook.schedule.accounts import Accounts
from playbook.schedule.axis import Moments
from playbook.schedule.spans import latest_of, longest, shortest, soonest_of
from playbook.schedule.stated_days import DayRange, StatedDays
from playbook.text.quantities import Duration

OUTCOME = "outcome"
"""In place of an anchor: the day by which the outcome is to be reached."""

STAGE = "stage"
"""In place of an anchor: what follows since a stage takes a time of its own. Steps are not planned by that, as they
are not in the plan without dates, but have no more slack than it leaves."""

Limits = dict[str, Moments]
"""Moments by the anchor that they follow from."""


class Earliest:
    """When each node can begin and be over at the earliest.

    Either all work takes as ``long`` as it may, or all as short as it may: then steps that may be left out take no
    time, and of alternatives the shortest counts.
    """

    def __init__(self, accounts: Accounts, stated: StatedDays, *, long: bool) -> None:
        self.accounts = accounts
        self.stated = stated
        self.long = long
        self.begins: dict[str, Moments] = {}
        self.ends: dict[str, Moments] = {}
        self.after: dict[str, Moments] = {}
        self.since: dict[str, Moments] = {}
        """The last beginning of a day (of the journey, or of a stage with a time to start) ahead of each node."""
        for node in accounts.network.order:
            self._visit(node)

    def _visit(self, node: str) -> None:
        joined = self.accounts.start if node == START else self.joined(node)
        found = [joined] if joined is not None else []
        kind, _, id_ = node.partition(".")
        opened = self.opened(id_) if kind == "enter" else []
        self.since[node] = since_of(self.accounts, node, self.since, opened)
        found += opened
        if kind == "exit":
            found += self.stage_over(id_)
        latest = latest_of(found)
        begins = self.begins[node] = latest if latest is not None else self.accounts.nothing
        self.ends[node] = ends = self._done(node, begins)
        self.after[node] = self._accepted(node, ends)

    def joined(self, node: str) -> Moments | None:
        """When what is ahead of a node is over: all that go together, and one of the alternatives."""
        network = self.accounts.network
        together: list[Moments] = []
        options: list[Moments] = []
        for flow in network.into(node):
            if flow.source not in self.after:
                continue
            all_wait = flow.mode == "together" and not forward.one_is_enough(network.process, node)
            (together if all_wait else options).append(self.after[flow.source])
        whole = latest_of(together)
        options += [whole] if whole is not None else []
        if self.long or not options:
            return latest_of(options)
        least = options[0]
        for option in options[1:]:
            least = np.minimum(least, option)
        return least

    def opened(self, stage: str) -> list[Moments]:
        """When a stage begins that has a time of its own to start."""
        model = self.accounts.network.playbook.stages.get(stage)
        starts = self.stated.moment(model.starts) if model else None
        if starts is None:
            return []
        return [self.accounts.axis.begun(starts.high if self.long else starts.low)]

    def stage_over(self, stage: str) -> list[Moments]:
        """When a stage is over that takes a time of its own."""
        model = self.accounts.network.playbook.stages.get(stage)
        entered = self.begins.get(f"enter.{stage}")
        if model is None or model.takes is None or entered is None:
            return []
        return [self._ahead(entered, model.takes)]

    def _done(self, node: str, begins: Moments) -> Moments:
        network = self.accounts.network
        task = network.process.tasks.get(node)
        if task is None:
            return begins
        step = network.playbook.steps[task.step]
        duration = network.declared.duration(step)
        done = begins
        if duration is not None and (self.long or network.is_sure(node)):
            done = self._ahead(begins, duration)
        window = self.accounts.window(step)
        if window is not None:
            done = self._in_window(node, done, window)
        without = self.accounts.without(node)
        return done if without is None else np.where(without, begins, done)

    def _in_window(self, node: str, done: Moments, window: str) -> Moments:
        axis = self.accounts.axis
        days = self.accounts.end_day(done, self.since[node])
        moved = axis.calendar.next_in_window(days, window)
        return np.where(moved == days, done, axis.over(moved))

    def _accepted(self, node: str, ends: Moments) -> Moments:
        network = self.accounts.network
        if not self.long:
            return ends
        waits = [network.declared.accepted_within(id_) for id_ in network.handoffs.get(node, ())]
        found = latest_of([ends, *(self._ahead(ends, wait) for wait in waits if wait is not None)])
        return ends if found is None else found

    def _ahead(self, moments: Moments, duration: Duration) -> Moments:
        amount = longest(duration) if self.long else shortest(duration)
        return self.accounts.ahead(moments, amount, duration.unit)


class Latest:
    """When each node must be over at the latest if all work takes as long as it may, by anchor.

    What is handed over at a node must be accepted in time too, but for the node's own due date. ``since`` is the
    last beginning of a day ahead of each node, as :class:`Earliest` knows it.
    """

    def __init__(self, accounts: Accounts, stated: StatedDays, since: Mapping[str, Moments]) -> None:
        self.accounts = accounts
        self.stated = stated
        self.since = since
        self.ends: dict[str, Limits] = {}
        self._begins: dict[str, Limits] = {}
        for node in reversed(accounts.network.order):
            self.ends[node] = self._limits(node)
            self._begins[node] = self._begun(node, self.ends[node])

    def end(self, node: str) -> Moments:
        """When a node must be over for all that is due."""
        return self._soonest(self.ends.get(node, {}))

    def begin(self, node: str) -> Moments:
        """When a node must begin for all that is due."""
        return self._soonest(self._begins.get(node, {}))

    def _soonest(self, limits: Limits) -> Moments:
        found = soonest_of(limits.values())
        return self.accounts.nothing if found is None else found

    def _limits(self, node: str) -> Limits:
        network = self.accounts.network
        limits: Limits = {}
        for flow in network.out(node):
            if flow.mode != "stop":
                _tighten(limits, self._begins.get(flow.target, {}))
        kind, _, id_ = node.partition(".")
        stage = network.playbook.stages.get(id_) if kind == "enter" else None
        if stage is not None and stage.takes is not None:
            amount, unit = longest(stage.takes), stage.takes.unit
            over = soonest_of(self.ends.get(f"exit.{id_}", {}).values())
            _tighten(limits, {STAGE: self.accounts.back(over, amount, unit)} if over is not None else {})
        limits = {anchor: self._before_accepted(node, at) for anchor, at in limits.items()}
        for deadline in self.stated.deadlines(node):
            anchor = OUTCOME if deadline.what == "outcome" else deadline.days.anchor
            _tighten(limits, {anchor: self._limit(node, deadline.days)})
        return {anchor: self._in_window(node, at) for anchor, at in limits.items()}

    def _before_accepted(self, node: str, limit: Moments) -> Moments:
        """When a node must be over for what it hands over to be accepted in time."""
        network = self.accounts.network
        waits = [network.declared.accepted_within(id_) for id_ in network.handoffs.get(node, ())]
        back = [self.accounts.back(limit, longest(wait), wait.unit) for wait in waits if wait is not None]
        found = soonest_of([limit, *back])
        return limit if found is None else found

    def _in_window(self, node: str, limit: Moments) -> Moments:
        """The last moment of a day in the change window of a node's step."""
        network, axis = self.accounts.network, self.accounts.axis
        task = network.process.tasks.get(node)
        window = self.accounts.window(network.playbook.steps[task.step]) if task else None
        if window is None:
            return limit
        days = axis.end_day(limit, self.since[node])
        moved = axis.calendar.next_in_window(days, window, backward=True)
        found = np.where(moved == days, limit, axis.limit(moved))
        without = self.accounts.without(node)
        return found if without is None else np.where(without, limit, found)

    def _limit(self, node: str, due: DayRange) -> Moments:
        limit = self.accounts.axis.limit(due.high)
        without = self.accounts.without(node)
        return limit if without is None else np.where(without, np.nan, limit)

    def _begun(self, node: str, limits: Limits) -> Limits:
        network = self.accounts.network
        task = network.process.tasks.get(node)
        duration = network.declared.duration(network.playbook.steps[task.step]) if task else None
        if duration is None:
            return limits
        without = self.accounts.without(node)
        found = {anchor: self.accounts.back(at, longest(duration), duration.unit) for anchor, at in limits.items()}
        if without is None:
            return found
        return {anchor: np.where(without, limits[anchor], at) for anchor, at in found.items()}


def since_of(accounts: Accounts, node: str, known: dict[str, Moments], opened: list[Moments]) -> Moments:
    """The last beginning of a day ahead of a node, by that of what is ahead of it."""
    ahead = [known[flow.source] for flow in accounts.network.into(node) if flow.source in known]
    found = latest_of([*({id(each): each for each in ahead}).values(), *opened])
    return accounts.start if found is None else found


def _tighten(limits: Limits, others: Limits) -> None:
    for anchor, at in others.items():
        limits[anchor] = np.fmin(limits[anchor], at) if anchor in limits else at
