"""The least time that the journey needs to its outcome: the critical path.

The method is the critical path method of J. Kelley and M. Walker (1959), with each step at its shortest
and the shortest of alternatives, so that what is found too long is too long in every case.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.core.forward import in_order, one_is_enough, reaching
from playbook.core.process import START, Process
from playbook.proofs.conditions import names_in, trees_of
from playbook.proofs.due import moment_of, working_days
from playbook.proofs.spans import MOST_DAYS, Span, lowest
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The least time to a node, and the steps and stages (by node id) that it is made of, in order."""

    goal: str
    length: Span
    nodes: tuple[str, ...]


def critical_path(playbook: CompiledPlaybook) -> CriticalPath | None:
    """The critical path to where the outcome is reached; ``None`` if nothing leads there."""
    goal = goal_of(playbook)
    if goal is None:
        return None
    times = _Times(playbook)
    reached = times.to(goal)
    if reached is None:
        return None
    length = Span((), times.working)
    for node in reached[1]:
        length = length.and_then(times.work(node))
    return CriticalPath(goal, length, reached[1])


def goal_of(playbook: CompiledPlaybook) -> str | None:
    """Where the outcome is reached: the exit of the first stage that asks for a milestone of it, or the one
    end that is hoped for.
    """
    outcome = playbook.model.outcome
    achieved = trees_of(criterion.check for criterion in outcome.achieved) if outcome else []
    wanted = {name for tree in achieved for name in names_in(tree) if name.endswith(".reached")}
    for stage in playbook.stages.values():
        asked = {name for tree in trees_of(criterion.check for criterion in stage.exit) for name in names_in(tree)}
        if wanted & asked:
            return f"exit.{stage.id}"
    successes = [node for node, end in playbook.process.ends.items() if end.success]
    return successes[0] if len(successes) == 1 else None


_Reached = tuple[float, tuple[str, ...]]
"""Usual days, and the nodes on which they are spent."""


class _Times:
    """The least time to every node: of ways that go together the longest, of alternatives the shortest."""

    def __init__(self, playbook: CompiledPlaybook) -> None:
        self.playbook = playbook
        self.process: Process = playbook.process
        self.working = working_days(playbook)
        self.after: dict[str, _Reached] = {START: (0.0, ())}
        self.entered: dict[str, _Reached] = {}

    def to(self, goal: str) -> _Reached | None:
        for node in in_order(self.process):
            if node == START:
                continue
            reached = self._joined(node)
            if reached is not None:
                self.after[node] = self._done(node, reached)
        return self.after.get(goal)

    def _joined(self, node: str) -> _Reached | None:
        together: _Reached | None = None
        best: _Reached | None = None
        for flow in reaching(self.process, node):
            if flow.source not in self.after:
                continue
            reached = self.after[flow.source]
            if flow.mode == "together" and not one_is_enough(self.process, node):
                together = reached if together is None or reached[0] > together[0] else together
            else:
                best = reached if best is None or reached[0] < best[0] else best
        if together is None or (best is not None and best[0] <= together[0]):
            return best
        return together

    def _done(self, node: str, reached: _Reached) -> _Reached:
        if node in self.process.tasks:
            return self._with(reached, node)
        kind, _, stage = node.partition(".")
        if kind == "enter":
            self.entered[stage] = reached
        elif kind == "exit" and self.playbook.stages[stage].takes is not None and stage in self.entered:
            whole = self._with(self.entered[stage], f"enter.{stage}")
            return whole if whole[0] > reached[0] else reached
        return reached

    def _with(self, reached: _Reached, node: str) -> _Reached:
        work = self.work(node)
        return (reached[0] + work.usual_days, (*reached[1], node)) if work.amounts else reached

    def work(self, node: str) -> Span:
        """The least time of a step, or of a stage by its entry."""
        task = self.process.tasks.get(node)
        if task is None:
            takes = self.playbook.stages[node.partition(".")[2]].takes
            return lowest(takes, self.working) if takes else Span((), self.working)
        step = self.playbook.steps[task.step]
        # What may be left out takes no time where time is short.
        if step.takes is None or step.when or step.need != "required":
            return Span((), self.working)
        return lowest(step.takes, self.working)


def is_surely_shorter(playbook: CompiledPlaybook, frame: Span) -> bool:
    """Whether all work together, one after the other, fits into a time frame: then no way is too long."""
    durations = [step.takes for step in playbook.steps.values()] + [
        stage.takes for stage in playbook.stages.values()
    ]
    days = sum((each.low or 0) * MOST_DAYS[each.unit] for each in durations if each is not None)
    return days < frame.least_days


def time_frame(playbook: CompiledPlaybook) -> Span | None:
    """The most time that the outcome allows, from where the journey starts; ``None`` if it does not say."""
    outcome = playbook.model.outcome
    moment = moment_of(playbook, outcome.within) if outcome and outcome.within else None
    if moment is None or moment.latest is None:
        return None
    starts = {
        name for id_, anchor in playbook.model.anchors.items() if anchor.start for name in (id_, anchor.event)
    }
    return moment.latest if moment.anchor in starts else None
