"""The least time that the journey needs to its outcome: the critical path.

The method is the critical path method of J. Kelley and M. Walker (1959), with each step at its shortest
and the shortest of alternatives, so that what is found too long is too long in every case.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.core.process import START, Flow, Process, Task
from playbook.proofs.conditions import names_in, trees_of
from playbook.proofs.due import in_order, moment_of, working_days
from playbook.proofs.spans import Span, lowest
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The least time to a node, and the steps and stages (by node id) that it is made of, in order."""

    goal: str
    length: Span
    nodes: tuple[str, ...]


def critical_path(playbook: CompiledPlaybook) -> CriticalPath | None:
    """The critical path to where the outcome is reached; ``None`` if nothing leads there.

    That is the exit of the first stage that asks for a milestone of the outcome, or the end that was
    hoped for.
    """
    goal = _goal(playbook)
    if goal is None:
        return None
    reached = _Times(playbook).to(goal)
    return None if reached is None else CriticalPath(goal, *reached)


def _goal(playbook: CompiledPlaybook) -> str | None:
    outcome = playbook.model.outcome
    achieved = trees_of(criterion.check for criterion in outcome.achieved) if outcome else []
    wanted = {name for tree in achieved for name in names_in(tree) if name.endswith(".reached")}
    for stage in playbook.stages.values():
        asked = {name for tree in trees_of(criterion.check for criterion in stage.exit) for name in names_in(tree)}
        if wanted & asked:
            return f"exit.{stage.id}"
    successes = [node for node, end in playbook.process.ends.items() if end.success]
    return successes[0] if len(successes) == 1 else None


_Reached = tuple[Span, tuple[str, ...]]


class _Times:
    """The least time to every node: of ways that go together the longest, of alternatives the shortest."""

    def __init__(self, playbook: CompiledPlaybook) -> None:
        self.playbook = playbook
        self.process: Process = playbook.process
        self.working = working_days(playbook)
        self.after: dict[str, _Reached] = {START: (Span((), self.working), ())}
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
        flows = [flow for flow in self.process.predecessors[node] if self._counts(flow)]
        together = [self.after[flow.source] for flow in flows if flow.mode == "together"]
        ways = [self.after[flow.source] for flow in flows if flow.mode == "alternative"]
        if together:
            ways.append(max(together, key=_days))
        return min(ways, key=_days) if ways else None

    def _counts(self, flow: Flow) -> bool:
        return flow.source in self.after and flow.kind != "rework" and flow.mode != "stop"

    def _done(self, node: str, reached: _Reached) -> _Reached:
        length, nodes = reached
        task = self.process.tasks.get(node)
        if task is not None:
            return self._with(reached, node, self._work(task))
        kind, _, stage = node.partition(".")
        model = self.playbook.stages.get(stage)
        if model is None:
            return reached
        if kind == "enter":
            self.entered[stage] = reached
        elif kind == "exit" and model.takes is not None and stage in self.entered:
            whole = self._with(self.entered[stage], f"enter.{stage}", lowest(model.takes, self.working))
            return max((reached, whole), key=_days)
        return length, nodes

    def _with(self, reached: _Reached, node: str, work: Span) -> _Reached:
        length, nodes = reached
        return (length.and_then(work), (*nodes, node)) if work.amounts else reached

    def _work(self, task: Task) -> Span:
        step = self.playbook.steps[task.step]
        # What may be left out takes no time where time is short.
        if step.takes is None or step.when or step.need != "required":
            return Span((), self.working)
        return lowest(step.takes, self.working)


def _days(reached: _Reached) -> float:
    return reached[0].least_days


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
