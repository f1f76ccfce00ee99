"""The planned dates of many accounts; the dated counterpart of :mod:`playbook.schedule.planning`.

A step is planned for its own due date; else it follows what is ahead of it, or is done in time for what is behind
it. Which of these, and by which anchor, is what the plan without dates says. Work that may take more or less time
is planned to begin as early and to be over as late as that may be.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playbook.core.process import START
from playbook.language.step import Step
from playbook.schedule.accounts import Accounts, Mask
from playbook.schedule.axis import Moments
from playbook.schedule.dated_bounds import Earliest, Latest, since_of
from playbook.schedule.dated_steps import PlannedDays, Reached, StepPlanner, combined, or_unknown, span_of
from playbook.schedule.spans import Span, latest_of, longest
from playbook.schedule.stated_days import DayRange, StatedDays
from playbook.text.quantities import Timing


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
        self.tasks: dict[str, PlannedDays] = {}
        self.after: dict[str, Reached] = {}
        self.since: dict[str, Moments] = {}
        """The last beginning of a day ahead of each node."""
        self.earliest = earliest
        self.latest = latest
        self._steps = StepPlanner(accounts, earliest, latest, anchors)
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
        at = combined(self.accounts, reached, anchor)
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
            due = self.due(network.playbook.steps[network.process.tasks[node].step])
            planned = self.tasks[node] = self._steps.planned(node, reached, due, self.since[node])
            done = {planned.anchor: planned.ends}
        elif kind == "enter":
            done = {starts.anchor: span_of(self.accounts, starts, begun[0])} if starts is not None else reached
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
            start = or_unknown(self.accounts.start)
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

    def _starts_of(self, stage: str) -> DayRange | None:
        """When a stage begins that has a time of its own to start."""
        model = self.accounts.network.playbook.stages[stage]
        overlapping = (overlap.starts for overlap in model.overlaps if overlap.starts and not overlap.when)
        return self.moment(model.starts or next(overlapping, None))

    def _left(self, stage: str, reached: Reached) -> Reached:
        model = self.accounts.network.playbook.stages[stage]
        due = self.moment(model.due)
        if due is not None:
            return {due.anchor: span_of(self.accounts, due, self.accounts.axis.over(due.low))}
        if model.takes is not None:
            for anchor, at in self.after.get(f"enter.{stage}", {}).items():
                over = at.ahead(self.accounts.ahead, model.takes)
                reached = {**reached, anchor: reached[anchor].later(over) if anchor in reached else over}
        return reached

    def _accepted(self, node: str, span: Span) -> Span:
        """When what is handed over at a node is accepted, at the latest."""
        network = self.accounts.network
        waits = [network.declared.accepted_within(id_) for id_ in network.handoffs.get(node, ())]
        found = [self.accounts.ahead(span.high, longest(wait), wait.unit) for wait in waits if wait is not None]
        high = latest_of(found)
        return span if high is None else Span(span.low, high)


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
