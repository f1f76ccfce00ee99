"""The planned dates of many accounts; the dated counterpart of :mod:`playbook.schedule.planning`.

A step is planned for its own due date; else it follows what is ahead of it, or is done in time for what is behind
it. Which of these, and by which anchor, is what the plan without dates says. Work that may take more or less time
is planned to begin as early and to be over as late as that may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from playbook.calendars.days import NOT_KNOWN, Days
from playbook.core.process import START
from playbook.language.step import Step
from playbook.schedule.accounts import Accounts, Mask
from playbook.schedule.axis import Moments
from playbook.schedule.dated_bounds import Earliest, Latest, since_of
from playbook.schedule.dated_times import started_by
from playbook.schedule.spans import Span, latest_of, longest, shortest
from playbook.schedule.stated_days import DayRange, StatedDays
from playbook.text.quantities import Duration, Timing

Reached = dict[str, Span]
"""Moments by the anchor that they hang on; infinity where its date is not known."""


@dataclass(frozen=True, slots=True, eq=False)
class PlannedDays:
    """A step in the plan: the days on which it begins and is over, and the moments at which it can."""

    anchor: str
    starts: Days
    due: Days
    begun: Span
    ends: Span
    stated: bool = False


class DatedPlan:
    """When all is planned, node by node in the order of work."""

    def __init__(
        self,
        accounts: Accounts,
        stated: StatedDays,
        earliest: Earliest,
        latest: Latest,
        anchors: Mapping[str, str],
    ) -> None:
        self.accounts = accounts
        self.stated = stated
        self.earliest = earliest
        self.latest = latest
        self.anchors = anchors
        """By node, the anchor that a step without a time of its own hangs on."""
        self.tasks: dict[str, PlannedDays] = {}
        self.after: dict[str, Reached] = {}
        self.since: dict[str, Moments] = {}
        """The last beginning of a day ahead of each node."""
        for node in accounts.network.order_with_timers:
            self._visit(node)

    # -- what timers say -------------------------------------------------------------------------

    def moment(self, timing: Timing | None) -> DayRange | None:
        """When a timing is; it may hang on a step that has no time but that of the plan."""
        if timing is None:
            return None
        found = self.stated.moment(timing)
        if found is not None:
            return found
        until = self._named(timing.until) if timing.until else None
        return self.stated.counted(timing, self._named(timing.reference), until)

    def anchors_of(self, timing: Timing | None) -> list[str]:
        """The anchors that a timing hangs on: one, or both that it lies between."""
        names = [timing.reference, timing.until] if timing is not None else []
        found = [self._named(name) for name in names if name]
        return [days.anchor for days in found if days is not None]

    def _named(self, name: str) -> DayRange | None:
        found = self.stated.named(name)
        reference = self.accounts.network.declared.reference(name)
        if found is not None or reference is None:
            return found
        task = self.tasks.get(reference.node)
        if task is not None:
            since = self.since[reference.node]
            days = (
                self._starts(task.anchor, task.begun)
                if reference.begins
                else self._days(task.anchor, task.ends, since)
            )
            return self.stated.accepted(days, reference.accepted)
        reached = self.after.get(reference.node)
        if not reached:
            return None
        anchor = max(reached, key=self.rank)
        at = self.combined(reached, anchor)
        days = self._days(anchor, at, self.since[reference.node])
        return self.stated.accepted(days, reference.accepted)

    def due(self, step: Step) -> DayRange | None:
        """When a step is due, if it has a time of its own."""
        found = self.stated.due(step)
        return found if found is not None else self.stated.in_window(step, self.moment(step.due))

    def _days(self, anchor: str, ends: Span, since: Moments) -> DayRange:
        low = self.accounts.end_day(ends.low, since)
        return DayRange(anchor, low, low if ends.is_exact else self.accounts.end_day(ends.high, since))

    def _starts(self, anchor: str, begun: Span) -> DayRange:
        low = self.accounts.start_day(begun.low)
        return DayRange(anchor, low, low if begun.is_exact else self.accounts.start_day(begun.high))

    # -- the walk --------------------------------------------------------------------------------

    def _visit(self, node: str) -> None:
        network = self.accounts.network
        reached = self._reached(node)
        kind, _, stage = node.partition(".")
        starts = self._starts_of(stage) if kind == "enter" else None
        begun = [self.accounts.axis.begun(starts.low)] if starts is not None else []
        self.since[node] = since_of(self.accounts, node, self.since, begun)
        if node in network.process.tasks:
            planned = self.tasks[node] = self._task(node, reached)
            done = {planned.anchor: planned.ends}
        elif kind == "enter":
            done = {starts.anchor: self._span(starts, begun[0])} if starts is not None else reached
        elif kind == "exit":
            done = self._left(stage, reached)
        else:
            done = reached
        done = {anchor: self._accepted(node, span) for anchor, span in done.items()}
        without = self.accounts.without(node)
        self.after[node] = done if without is None else _passed(without, done, reached)

    def rank(self, anchor: str) -> tuple[int, str]:
        """What sorts the anchors."""
        return self.accounts.network.declared.rank(anchor)

    def _reached(self, node: str) -> Reached:
        """When the ways into a node are over, by each anchor that any of them hangs on."""
        network = self.accounts.network
        if node == START:
            start = _or_unknown(self.accounts.start)
            return {network.declared.start: Span(start, start)}
        reached: Reached = {}
        for flow in network.into(node):
            for anchor, at in self.after.get(flow.source, {}).items():
                known = reached.get(anchor)
                if known is None:
                    reached[anchor] = at
                else:
                    reached[anchor] = known.later(at) if flow.mode == "together" else known.either(at)
        return reached

    def combined(self, reached: Reached, own: str) -> Span:
        """When all that is reached is over: by one's own anchor, and not before what hangs on others.

        What only others say something of counts where one's own says nothing, as when what hung on it is left out.
        """
        at = reached.get(own)
        others = [span for anchor, span in reached.items() if anchor != own]
        if at is None:
            at = Span(self.accounts.nothing, self.accounts.nothing)
        if not others:
            return at
        low = _with_others(at.low, [span.low for span in others])
        if at.is_exact and all(span.is_exact for span in others):
            return Span(low, low)
        return Span(low, _with_others(at.high, [span.high for span in others]))

    def _starts_of(self, stage: str) -> DayRange | None:
        """When a stage begins that has a time of its own to start."""
        model = self.accounts.network.playbook.stages[stage]
        overlapping = (overlap.starts for overlap in model.overlaps if overlap.starts and not overlap.when)
        return self.moment(model.starts or next(overlapping, None))

    def _left(self, stage: str, reached: Reached) -> Reached:
        model = self.accounts.network.playbook.stages[stage]
        due = self.moment(model.due)
        if due is not None:
            return {due.anchor: self._span(due, self.accounts.axis.over(due.low))}
        if model.takes is not None:
            for anchor, at in self.after.get(f"enter.{stage}", {}).items():
                over = at.ahead(self.accounts.ahead, model.takes)
                reached = {**reached, anchor: reached[anchor].later(over) if anchor in reached else over}
        return reached

    def _span(self, days: DayRange, low: Moments) -> Span:
        low = _or_unknown(low)
        return Span(low, low if days.low is days.high else _or_unknown(self.accounts.axis.over(days.high)))

    def _accepted(self, node: str, span: Span) -> Span:
        """When what is handed over at a node is accepted, at the latest."""
        network = self.accounts.network
        waits = [network.declared.accepted_within(id_) for id_ in network.handoffs.get(node, ())]
        found = [self.accounts.ahead(span.high, longest(wait), wait.unit) for wait in waits if wait is not None]
        high = latest_of(found)
        return span if high is None else Span(span.low, high)

    # -- one step --------------------------------------------------------------------------------

    def _task(self, node: str, reached: Reached) -> PlannedDays:
        network = self.accounts.network
        step = network.playbook.steps[network.process.tasks[node].step]
        work = network.declared.duration(step)
        due = self.due(step)
        if due is not None:
            planned = self._by_due(node, work, reached, due)
        else:
            anchor = self.anchors[node]
            if anchor in reached or not self.latest.ends[node].keys() & {anchor}:
                planned = self._forward(node, step, anchor, self.combined(reached, anchor))
            else:
                planned = self._backward(node, work, anchor)
        without = self.accounts.without(node)
        if without is None:
            return planned
        starts, days = (np.where(without, NOT_KNOWN, each) for each in (planned.starts, planned.due))
        return replace(planned, starts=starts, due=days)

    def _by_due(self, node: str, work: Duration | None, reached: Reached, due: DayRange) -> PlannedDays:
        axis = self.accounts.axis
        ends = self._span(due, axis.over(due.low))
        if work is not None:
            begins = self._in_time(node, axis.limit(due.low), work)
        elif due.anchor in reached:
            begins = np.fmin(reached[due.anchor].low, axis.begun(due.low))
        else:
            begins = axis.begun(due.low)
        starts = np.where(due.high == NOT_KNOWN, NOT_KNOWN, self.accounts.start_day(begins))
        starts = np.minimum(starts, due.high)
        return PlannedDays(due.anchor, starts, due.high, Span(begins, begins), ends, stated=True)

    def _in_time(self, node: str, limit: Moments, work: Duration) -> Moments:
        """When work begins to be over in time, even if it takes its longest; but not before it can begin, as far as
        there is time enough for the shortest."""
        safe = self.accounts.back(limit, longest(work), work.unit)
        can = self.earliest.begins.get(node, self.accounts.nothing)
        least = self.accounts.back(limit, shortest(work), work.unit)
        return np.where(np.isnan(can), safe, np.fmax(safe, np.fmin(can, least)))

    def _forward(self, node: str, step: Step, anchor: str, ready: Span) -> PlannedDays:
        axis = self.accounts.axis
        work = self.accounts.network.declared.duration(step)
        if work is not None:
            ends = ready.ahead(self.accounts.ahead, work)
        else:
            # Nobody says how long it takes: at some time up to when it is needed.
            limit = self.latest.ends.get(node, {}).get(anchor)
            ends = ready if limit is None else Span(ready.low, np.fmax(ready.high, axis.settled(limit)))
        window = self.accounts.window(step)
        if window is not None:
            ends = self._in_window(node, ends, window)
        starts, due = self.accounts.start_day(ready.low), self.accounts.end_day(ends.high, self.since[node])
        return PlannedDays(anchor, started_by(starts, due), due, ready, ends)

    def _in_window(self, node: str, ends: Span, window: str) -> Span:
        axis = self.accounts.axis

        def moved(done: Moments) -> Moments:
            days = self.accounts.end_day(done, self.since[node])
            found = axis.calendar.next_in_window(days, window)
            return np.where((found == days) | np.isinf(done), done, axis.over(found))

        low = moved(ends.low)
        return Span(low, low if ends.is_exact else moved(ends.high))

    def _backward(self, node: str, work: Duration | None, anchor: str) -> PlannedDays:
        axis = self.accounts.axis
        limit = self.latest.ends[node][anchor]
        begins = self._in_time(node, limit, work) if work is not None else limit
        ends = _or_unknown(axis.settled(limit))
        starts, due = self.accounts.start_day(begins), axis.end_day(limit)
        return PlannedDays(anchor, started_by(starts, due), due, Span(begins, begins), Span(ends, ends))


def _or_unknown(moments: Moments) -> Moments:
    """Moments from days: those of no day hang on a date that is not known."""
    return np.where(np.isnan(moments), np.inf, moments)


def _with_others(own: Moments, others: list[Moments]) -> Moments:
    """The latest of one's own moment and the others that are known, unless one's own is not known."""
    known = latest_of(np.where(np.isinf(each), np.nan, each) for each in others)
    unknown = latest_of(others)
    if known is None or unknown is None:
        return own
    found = np.fmax(own, known)
    return np.where(np.isnan(found), unknown, found)


def _passed(without: Mask, done: Reached, reached: Reached) -> Reached:
    """What is done, and for the accounts without it what was reached before."""
    passed: Reached = {}
    for anchor in dict.fromkeys((*done, *reached)):
        ahead, behind = reached.get(anchor), done.get(anchor)
        low = np.where(without, ahead.low if ahead else np.nan, behind.low if behind else np.nan)
        if (ahead is None or ahead.is_exact) and (behind is None or behind.is_exact):
            passed[anchor] = Span(low, low)
        else:
            high = np.where(without, ahead.high if ahead else np.nan, behind.high if behind else np.nan)
            passed[anchor] = Span(low, high)
    return passed
