"""Whether every run of a process can end, and nothing is open when it does.

Soundness after W. van der Aalst, "The application of Petri nets to workflow management" (1998), for nets
with several ends: from every state that can be reached an end can be reached; at an end nothing else is
open; nothing is started twice at once; every step can happen. A net is first reduced; only what cannot
be reduced is searched, breadth first, so that the trace of a flaw is a shortest one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.core.net import Net, net_of
from playbook.core.process import Process
from playbook.core.reduction import Reduced

STATES = 20_000
"""So many states are searched before the answer is "unknown"."""

FlawKind = Literal["deadlock", "open", "twice", "dead"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A way in which a run goes wrong.

    ``deadlock``: nothing can happen any more. ``open``: an end is reached while work is open. ``twice``:
    something is started while it is still open. ``dead``: something can never happen.

    ``node`` is where it shows. For a wait, ``missing`` are the ways that never arrive, each as its
    process nodes, the last one nearest. ``way`` is a shortest run up to the flaw, as process nodes.
    """

    kind: FlawKind
    node: str
    missing: tuple[tuple[str, ...], ...] = ()
    way: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Soundness:
    """The answer: flaws, or ``unknown`` if the search was given up before it had found any.

    ``states`` is how many states were searched; none if the reductions decided alone.
    """

    flaws: tuple[Flaw, ...] = ()
    unknown: bool = False
    states: int = 0

    @property
    def sound(self) -> bool:
        """Whether it is proven that nothing can go wrong."""
        return not self.flaws and not self.unknown


def soundness_of(process: Process, states: int = STATES) -> Soundness | None:
    """Decide the soundness of a process; ``None`` if its net cannot be played (see :func:`net_of`)."""
    net = net_of(process)
    return None if net is None else decide(net, states)


def decide(net: Net, states: int = STATES) -> Soundness:
    """Decide the soundness of a net, searching at most ``states`` states of what reduction leaves."""
    reduced = Reduced(net)
    return Soundness() if reduced.trivial else _Search(reduced, states).run()


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that can happen: edges from which tokens are taken, edges that get one (as bit masks)."""

    node: int
    takes: int
    gives: int


class _Search:
    """All states of a reduced net. A state is the set of edges with a token, as a bit mask."""

    def __init__(self, reduced: Reduced, states: int) -> None:
        self.reduced = reduced
        self.most = states
        nodes = [node for node, alive in enumerate(reduced.alive) if alive]
        self.joins = [node for node in nodes if reduced.join_and[node] and len(reduced.into[node]) > 1]
        self.steps = [step for node in nodes for step in _steps(reduced, node)]
        self.final = sum(1 << edge for edge in reduced.into[reduced.net.sink])
        self.came: dict[int, tuple[int, _Step] | None] = {}
        self.flaws: dict[tuple[FlawKind, int], Flaw] = {}

    def run(self) -> Soundness:
        pending = [0]
        following: dict[int, list[int]] = {}
        self.came[0] = None
        happened: set[int] = set()
        unfollowed = False
        for state in pending:
            if len(self.came) > self.most:
                return Soundness(tuple(self.flaws.values()), not self.flaws, len(self.came))
            if state & self.final:
                if state & (state - 1):
                    self._open(state)
                continue
            following[state] = []
            for step in self._enabled(state):
                happened.add(step.node)
                rest = state & ~step.takes
                if rest & step.gives:
                    self._twice(state, step)
                    unfollowed = True
                    continue
                new = rest | step.gives
                following[state].append(new)
                if new not in self.came:
                    self.came[new] = (state, step)
                    pending.append(new)
            if not following[state] and not unfollowed:
                self._stuck(state)
            unfollowed = False
        if not self.flaws:
            self._cannot_end(following)
        if not self.flaws:
            self._dead(happened)
        return Soundness(tuple(self.flaws.values()), False, len(self.came))

    def _enabled(self, state: int) -> list[_Step]:
        if state == 0:
            return [step for step in self.steps if step.node == self.reduced.net.source]
        return [step for step in self.steps if step.takes and state & step.takes == step.takes]

    # -- flaws -----------------------------------------------------------------------------------

    def _add(self, kind: FlawKind, at: int, flaw: Flaw) -> None:
        self.flaws.setdefault((kind, at), flaw)

    def _stuck(self, state: int) -> None:
        waiting = [node for node in self.joins if any(state >> edge & 1 for edge in self.reduced.into[node])]
        for node in waiting[:1]:
            self._add("deadlock", node, self._wait("deadlock", node, state))

    def _open(self, state: int) -> None:
        left = state & ~self.final
        if not left:
            # An end is reached twice.
            edge = _edges(state)[-1]
            self._add("twice", edge, Flaw("twice", self._last(edge), (), self._way(state)))
            return
        for node in self.joins:
            if any(left >> edge & 1 for edge in self.reduced.into[node]):
                self._add("open", node, self._wait("open", node, state))
                return
        edge = _edges(left)[0]
        self._add("open", -edge - 1, Flaw("open", self._next(edge), (), self._way(state)))

    def _wait(self, kind: FlawKind, node: int, state: int) -> Flaw:
        missing = [edge for edge in self.reduced.into[node] if not state >> edge & 1]
        return Flaw(kind, self._first(node), tuple(self._towards(edge) for edge in missing), self._way(state))

    def _twice(self, state: int, step: _Step) -> None:
        edge = _edges(state & ~step.takes & step.gives)[0]
        node = self.reduced.via[edge][0] if self.reduced.via[edge] else self._next(edge)
        self._add("twice", edge, Flaw("twice", node, (), (*self._way(state), *self._passed(step))))

    def _cannot_end(self, following: dict[int, list[int]]) -> None:
        before: dict[int, list[int]] = {}
        for state, targets in following.items():
            for target in targets:
                before.setdefault(target, []).append(state)
        ending = {state for state in self.came if state & self.final}
        pending = list(ending)
        while pending:
            for state in before.get(pending.pop(), ()):
                if state not in ending:
                    ending.add(state)
                    pending.append(state)
        for state in self.came:
            if state not in ending:
                edge = _edges(state)[0]
                self._add("deadlock", edge, Flaw("deadlock", self._next(edge), (), self._way(state)))
                return

    def _dead(self, happened: set[int]) -> None:
        for node in range(len(self.reduced.alive)):
            if self.reduced.alive[node] and node not in happened and node != self.reduced.net.sink:
                self._add("dead", node, Flaw("dead", self._first(node)))

    # -- telling ---------------------------------------------------------------------------------

    def _first(self, node: int) -> str:
        """The first process node that a reduced node stands for, or that follows it."""
        inside = self.reduced.inside[node]
        return inside[0] if inside else self._next(self.reduced.out[node][0]) if self.reduced.out[node] else ""

    def _next(self, edge: int) -> str:
        """The process node that a token on an edge comes to."""
        seen: set[int] = set()
        while edge not in seen:
            seen.add(edge)
            node = self.reduced.target[edge]
            if self.reduced.inside[node]:
                return self.reduced.inside[node][0]
            if not self.reduced.out[node]:
                break
            edge = self.reduced.out[node][0]
            if self.reduced.via[edge]:
                return self.reduced.via[edge][0]
        return ""

    def _last(self, edge: int) -> str:
        towards = self._towards(edge)
        return towards[-1] if towards else ""

    def _towards(self, edge: int) -> tuple[str, ...]:
        """The process nodes on the way of an edge, with those that it comes from."""
        return (*self.reduced.inside[self.reduced.source[edge]], *self.reduced.via[edge])

    def _way(self, state: int) -> tuple[str, ...]:
        """What has happened on a shortest way to a state."""
        steps: list[_Step] = []
        at = state
        while (before := self.came[at]) is not None:
            steps.append(before[1])
            at = before[0]
        passed = [node for step in reversed(steps) for node in self._passed(step)]
        return (*passed, *(node for edge in _edges(state) for node in self.reduced.via[edge]))

    def _passed(self, step: _Step) -> list[str]:
        before = [node for edge in _edges(step.takes) for node in self.reduced.via[edge]]
        return [*before, *self.reduced.inside[step.node]]


def _steps(reduced: Reduced, node: int) -> list[_Step]:
    if node == reduced.net.sink:
        return []
    into = [1 << edge for edge in reduced.into[node]]
    takes = [sum(into)] if reduced.join_and[node] or not into else into
    out = [1 << edge for edge in reduced.out[node]]
    gives = [sum(out)] if reduced.split_and[node] else out
    return [_Step(node, taken, given) for taken in takes for given in gives]


def _edges(state: int) -> list[int]:
    """The edges of a state, in order."""
    found = []
    while state:
        low = state & -state
        found.append(low.bit_length() - 1)
        state ^= low
    return found
