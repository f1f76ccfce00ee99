"""Whether every run of a process can end, and nothing is open when it does.

Soundness after W. van der Aalst, "The application of Petri nets to workflow management" (1998), for nets
with several ends: from every state that can be reached an end can be reached; at an end nothing else is
open; nothing is started twice at once; every step can happen. A net is first reduced; only what cannot
be reduced is searched, breadth first, so that the trace of a flaw is short.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from playbook.core.net import Net
from playbook.core.process import Process
from playbook.core.reduction import Reduced, flat
from playbook.core.retelling import Retelling, Run
from playbook.core.token_game import net_of

STATES = 20_000
"""So many states are searched before the answer is "unknown"."""

FlawKind = Literal["deadlock", "open", "twice", "dead"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A way in which a run goes wrong.

    ``deadlock``: nothing can happen any more. ``open``: an end is reached while work is open. ``twice``:
    something is started while it is still open. ``dead``: something can never happen.

    ``node`` is where it shows. For a wait, ``missing`` are the ways that never arrive, each as its
    process nodes, the last one nearest. ``way`` is a short run up to the flaw, as process nodes.
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
    brief = net_of(process, brief=True)
    if brief is None:
        return None
    if Reduced(brief).trivial:
        return Soundness()
    # There is something to tell, so that every step counts.
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
        self.flaws: list[Flaw] = []
        self.noted: set[tuple[FlawKind, int]] = set()
        self.telling = Retelling(reduced)

    def run(self) -> Soundness:
        pending = [0]
        following: dict[int, list[int]] = {}
        self.came[0] = None
        happened: set[int] = set()
        unfollowed = False
        for state in pending:
            if len(self.came) > self.most:
                return Soundness(tuple(self.flaws), not self.flaws, len(self.came))
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
        return Soundness(tuple(self.flaws), False, len(self.came))

    def _enabled(self, state: int) -> list[_Step]:
        if state == 0:
            return [step for step in self.steps if step.node == self.reduced.net.source]
        return [step for step in self.steps if step.takes and state & step.takes == step.takes]

    # -- flaws -----------------------------------------------------------------------------------

    def _stuck(self, state: int) -> None:
        waiting = [node for node in self.joins if any(state >> edge & 1 for edge in self.reduced.into[node])]
        for node in waiting[:1]:
            self._wait("deadlock", node, state)

    def _open(self, state: int) -> None:
        left = state & ~self.final
        if not left:
            # An end is reached twice.
            self._add("twice", _edges(state)[-1], "", state)
            return
        for node in self.joins:
            if any(left >> edge & 1 for edge in self.reduced.into[node]):
                self._wait("open", node, state)
                return
        edge = _edges(left)[0]
        self._add("open", -edge - 1, self.telling.next(edge), state)

    def _wait(self, kind: FlawKind, node: int, state: int) -> None:
        missing = [edge for edge in self.reduced.into[node] if not state >> edge & 1]
        self._add(kind, node, self.telling.first(node), state, missing)

    def _add(self, kind: FlawKind, at: int, node: str, state: int, missing: Iterable[int] = ()) -> None:
        """Note what is wrong in a state, once for each kind and place."""
        if (kind, at) in self.noted:
            return
        self.noted.add((kind, at))
        run = self.telling.run([*self._run(state), *self._open_ways(state)])
        if run.twice is not None:
            # On the way there, something has been started twice.
            self._add_twice(run, run.twice)
            return
        self.flaws.append(Flaw(kind, node, tuple(self.telling.towards(edge) for edge in missing), run.way))

    def _twice(self, state: int, step: _Step) -> None:
        edge = _edges(state & ~step.takes & step.gives)[0]
        if ("twice", edge) in self.noted:
            return
        self.noted.add(("twice", edge))
        ahead = self._path(edge)
        run = self.telling.run([*self._run(state), *self._happening(step), *ahead, *ahead])
        # Behind another flaw a run may not be told exactly; then the other one is enough.
        if run.twice is not None or not self.flaws:
            self._add_twice(run, ahead[0] if run.twice is None else run.twice)

    def _add_twice(self, run: Run, edge: int) -> None:
        """Note that an edge of the net has two tokens."""
        if ("twice", ~edge) not in self.noted:
            self.noted.add(("twice", ~edge))
            self.flaws.append(Flaw("twice", self.telling.after(edge), (), run.way))

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
            if state and state not in ending:
                edge = _edges(state)[0]
                self._add("deadlock", edge, self.telling.next(edge), state)
                return

    def _dead(self, happened: set[int]) -> None:
        for node in range(len(self.reduced.alive)):
            if self.reduced.alive[node] and node not in happened and node != self.reduced.net.sink:
                self.flaws.append(Flaw("dead", self.telling.first(node)))

    # -- runs ------------------------------------------------------------------------------------

    def _run(self, state: int) -> list[int]:
        """The edges of the net that get tokens on a shortest way to a state."""
        steps: list[_Step] = []
        at = state
        while (before := self.came[at]) is not None:
            steps.append(before[1])
            at = before[0]
        return [edge for step in reversed(steps) for edge in self._happening(step)]

    def _happening(self, step: _Step) -> list[int]:
        given = [self._path(edge)[0] for edge in _edges(step.gives)]
        return [*self._open_ways(step.takes), *flat(self.reduced.inner[step.node], beside=True), *given]

    def _open_ways(self, state: int) -> list[int]:
        return [part for edge in _edges(state) for part in self._path(edge)]

    def _path(self, edge: int) -> list[int]:
        return flat(self.reduced.path[edge], beside=True)


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
