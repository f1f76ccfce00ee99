"""The critical path: the longest chain of work that must be done, each step taking the middle of its range.

Of ways that go together the longest counts, of alternatives the shortest, so that what is told to hold up
the end holds it up whatever way is taken. Steps that may be left out take no time.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from playbook.core.process import START
from playbook.proofs.critical import goal_of
from playbook.schedule.network import Network, Times
from playbook.schedule.ranges import NOW, Range

_SAME = 1e-6
_START = "start"
"""All is counted from the start."""


@dataclass(frozen=True, slots=True)
class CriticalPath:
    """The nodes that hold up the goal, in order, and the time from the start to there.

    A node is a step, or a stage by its exit (where the stage takes longer than its steps). ``waits`` says
    of each of them for which of the others it waits.
    """

    goal: str
    length: Range
    nodes: tuple[str, ...]
    waits: dict[str, tuple[str, ...]]


def critical_path(network: Network, left_out: Set[str] = frozenset()) -> CriticalPath | None:
    """The critical path to where the outcome is reached; ``None`` if nothing on the way there takes time.

    ``left_out`` are the ids of steps that are known not to be done.
    """
    goal = _goal(network)
    if goal is None:
        return None
    walk = _Walk(network, left_out)
    if goal not in walk.after or not walk.back(goal):
        return None
    return CriticalPath(goal, walk.after[goal], walk.chosen(), walk.waits())


def _goal(network: Network) -> str | None:
    """Where the outcome is reached; where that is not said, the exit of the last stage."""
    goal = goal_of(network.playbook)
    if goal is not None or not network.playbook.stages:
        return goal
    return f"exit.{next(reversed(network.playbook.stages))}"


class _Walk:
    """The way forward through the network, and back along what held up the goal."""

    def __init__(self, network: Network, left_out: Set[str]) -> None:
        self.network = network
        self.left_out = left_out
        self.after: dict[str, Range] = {}
        self.before: dict[str, Range] = {}
        self._by_stage: set[str] = set()
        self._on_path: set[str] = set()
        self._behind: dict[str, list[str]] = {}
        times: dict[str, Times] = {}
        for node in network.order:
            joined = network.joined(node, times, later=_longer, either=_shorter)
            reached = NOW if node == START else joined.get(_START)
            if reached is not None:
                self.before[node] = reached
                self.after[node] = self._done(node, reached)
                times[node] = {_START: self.after[node]}

    def _done(self, node: str, reached: Range) -> Range:
        kind, _, id_ = node.partition(".")
        entry = f"enter.{id_}"
        stage = self.network.playbook.stages.get(id_) if kind == "exit" else None
        if stage is not None and stage.takes is not None and entry in self.before:
            whole = self.before[entry].plus(self.network.declared.time.range(stage.takes))
            if whole.middle > reached.middle + _SAME:
                self._by_stage.add(node)
                reached = whole
        return reached.plus(self._work(node))

    def _work(self, node: str) -> Range:
        task = self.network.process.tasks.get(node)
        if task is not None and (task.step in self.left_out or not self.network.is_sure(node)):
            return NOW
        return self.network.work(node)

    def back(self, goal: str) -> bool:
        """Go back from the goal along all that holds it up; says whether any of it takes time."""
        pending = [goal]
        while pending:
            node = pending.pop()
            if node in self._on_path:
                continue
            self._on_path.add(node)
            self._behind[node] = self._holding(node)
            pending += self._behind[node]
        return bool(self.chosen())

    def _holding(self, node: str) -> list[str]:
        """What held up a node: the nodes ahead of it that were over just when it could begin."""
        if node in self._by_stage:
            return [f"enter.{node.partition('.')[2]}"]
        begins = self.before[node].middle
        return [
            flow.source
            for flow in self.network.into(node)
            if flow.source in self.after and abs(self.after[flow.source].middle - begins) < _SAME
        ]

    def chosen(self) -> tuple[str, ...]:
        """What is told of the path: the steps that take time, and the stages that outlast their steps."""
        return tuple(node for node in self.network.order if node in self._on_path and self._counts(node))

    def _counts(self, node: str) -> bool:
        if node in self._by_stage:
            return True
        return node in self.network.process.tasks and self._work(node).middle > 0

    def waits(self) -> dict[str, tuple[str, ...]]:
        """For each of these, those that it waits for, with nothing that is told between them."""
        last: dict[str, list[str]] = {}
        waits: dict[str, tuple[str, ...]] = {}
        for node in self.network.order:
            if node not in self._on_path:
                continue
            ahead = list(dict.fromkeys(each for behind in self._behind[node] for each in last.get(behind, ())))
            if self._counts(node):
                waits[node] = tuple(ahead)
            last[node] = [node] if self._counts(node) else ahead
        return waits


def _longer(one: Range, other: Range) -> Range:
    return other if other.middle > one.middle else one


def _shorter(one: Range, other: Range) -> Range:
    return other if other.middle < one.middle else one
