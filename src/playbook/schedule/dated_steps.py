"""One step in the plan of many accounts: due on its own day, after what is ahead, or in time for what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from playbook.calendars.days import NOT_KNOWN, Days
from playbook.language.step import Step
from playbook.schedule.accounts import Accounts
from playbook.schedule.axis import Moments
from playbook.schedule.dated_bounds import Earliest, Latest
from playbook.schedule.dated_times import started_by
from playbook.schedule.spans import Span, latest_of, longest, shortest
from playbook.schedule.stated_days import DayRange
from playbook.text.quantities import Duration

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


class StepPlanner:
    """Plans steps; ``anchors`` has by node the anchor that a step without a time of its own hangs on."""

    def __init__(self, accounts: Accounts, earliest: Earliest, latest: Latest, anchors: Mapping[str, str]) -> None:
        self.accounts = accounts
        self.earliest = earliest
        self.latest = latest
        self.anchors = anchors

    def planned(self, node: str, reached: Reached, due: DayRange | None, since: Moments) -> PlannedDays:
        """A step in the plan: it is due on its own day, if it has one, or follows what is ``reached`` ahead of it.

        ``since`` is the last beginning of a day ahead of it.
        """
        network = self.accounts.network
        step = network.playbook.steps[network.process.tasks[node].step]
        work = network.declared.duration(step)
        if due is not None:
            planned = self._by_due(node, work, reached, due)
        else:
            anchor = self.anchors[node]
            if anchor in reached or not self.latest.ends[node].keys() & {anchor}:
                planned = self._forward(node, step, anchor, combined(self.accounts, reached, anchor), since)
            else:
                planned = self._backward(node, work, anchor)
        without = self.accounts.without(node)
        if without is None:
            return planned
        starts, days = (np.where(without, NOT_KNOWN, each) for each in (planned.starts, planned.due))
        return replace(planned, starts=starts, due=days)

    def _by_due(self, node: str, work: Duration | None, reached: Reached, due: DayRange) -> PlannedDays:
        axis = self.accounts.axis
        ends = span_of(self.accounts, due, axis.over(due.low))
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

    def _forward(self, node: str, step: Step, anchor: str, ready: Span, since: Moments) -> PlannedDays:
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
            ends = self._in_window(ends, window, since)
        starts, due = self.accounts.start_day(ready.low), self.accounts.end_day(ends.high, since)
        return PlannedDays(anchor, started_by(starts, due), due, ready, ends)

    def _in_window(self, ends: Span, window: str, since: Moments) -> Span:
        axis = self.accounts.axis

        def moved(done: Moments) -> Moments:
            days = self.accounts.end_day(done, since)
            found = axis.calendar.next_in_window(days, window)
            return np.where((found == days) | np.isinf(done), done, axis.over(found))

        low = moved(ends.low)
        return Span(low, low if ends.is_exact else moved(ends.high))

    def _backward(self, node: str, work: Duration | None, anchor: str) -> PlannedDays:
        axis = self.accounts.axis
        limit = self.latest.ends[node][anchor]
        begins = self._in_time(node, limit, work) if work is not None else limit
        ends = or_unknown(axis.settled(limit))
        starts, due = self.accounts.start_day(begins), axis.end_day(limit)
        return PlannedDays(anchor, started_by(starts, due), due, Span(begins, begins), Span(ends, ends))


def combined(accounts: Accounts, reached: Reached, own: str) -> Span:
    """When all that is reached is over: by one's own anchor, and not before what hangs on others.

    What only others say something of counts where one's own says nothing, as when what hung on it is left out.
    """
    at = reached.get(own)
    others = [span for anchor, span in reached.items() if anchor != own]
    if at is None:
        at = Span(accounts.nothing, accounts.nothing)
    if not others:
        return at
    low = _with_others(at.low, [span.low for span in others])
    if at.is_exact and all(span.is_exact for span in others):
        return Span(low, low)
    return Span(low, _with_others(at.high, [span.high for span in others]))


def span_of(accounts: Accounts, days: DayRange, low: Moments) -> Span:
    """The moments at which days are over, of which the first is over at ``low``."""
    low = or_unknown(low)
    return Span(low, low if days.low is days.high else or_unknown(accounts.axis.over(days.high)))


def or_unknown(moments: Moments) -> Moments:
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
