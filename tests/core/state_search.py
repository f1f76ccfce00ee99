"""An independent oracle for soundness: every marking of a net, straight from the rules of the token game.

A marking is a multiset of edges, written as a sorted tuple. A node that joins with ``and`` takes a token from
every edge into it, one with ``xor`` from one of them; then it puts one on every edge out of it (``and``) or on
one (``xor``). Nothing is reduced and nothing is clever here. The game goes on after the sink is reached, so that
what is still open then shows all that it would do. Only a marking with two tokens on one edge, or two at the
sink, is not played on from: it is a flaw already, and there would be no end to such markings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.core.net import Net
from playbook.core.soundness import Flaw

Marking = tuple[int, ...]

BEGIN = -1
"""The edge that leads to the source, and holds a token before anything has happened."""


@dataclass(frozen=True)
class Answer:
    """All kinds of flaws, and after how many firings the first one can be seen.

    ``complete`` is false if there were more markings than asked for: then ``kinds`` may lack some.
    """

    kinds: frozenset[str]
    first: int | None
    markings: int
    complete: bool

    @property
    def sound(self) -> bool:
        return self.complete and not self.kinds


class Game:
    """The rules, for one net."""

    def __init__(self, net: Net) -> None:
        self.net = net
        self.into: list[list[int]] = [[] for _ in net.origin]
        self.out: list[list[int]] = [[] for _ in net.origin]
        for edge, (source, target) in enumerate(net.edges):
            self.out[source].append(edge)
            self.into[target].append(edge)
        self.into[net.source].append(BEGIN)
        self.target = [target for _, target in net.edges] + [net.source]  # the last one is BEGIN's
        self.final = frozenset(self.into[net.sink])

    def firings(self, marking: Marking) -> Iterator[tuple[int, Marking]]:
        """What can happen in a marking: the node, and the marking then."""
        net, held = self.net, set(marking)
        for node in sorted({self.target[edge] for edge in held}):
            if node == net.sink:
                continue
            into, out = self.into[node], self.out[node]
            if net.join_and[node]:
                takings = [into] if held.issuperset(into) else []
            else:
                takings = [[edge] for edge in into if edge in held]
            givings = [out] if net.split_and[node] else [[edge] for edge in out]
            for taken in takings:
                left = list(marking)
                for edge in taken:
                    left.remove(edge)
                for given in givings:
                    yield node, tuple(sorted(left + given))

    def ended(self, marking: Marking) -> bool:
        return not self.final.isdisjoint(marking)

    def twice(self, marking: Marking) -> bool:
        ends = sum(edge in self.final for edge in marking)
        return ends > 1 or len(set(marking)) < len(marking)


def search(net: Net, most: int = 1_000_000) -> Answer:
    """Play every run of a net, up to so many markings."""
    game = Game(net)
    depth: dict[Marking, int] = {(BEGIN,): 0}
    before: dict[Marking, list[Marking]] = {(BEGIN,): []}
    fired = {net.sink}
    flaws: list[tuple[str, int]] = []
    ending: list[Marking] = []
    pending: list[Marking] = [(BEGIN,)]
    for marking in pending:
        if len(depth) > most:
            return Answer(frozenset(kind for kind, _ in flaws), None, len(depth), False)
        if game.ended(marking):
            ending.append(marking)
            if len(marking) > 1:
                flaws.append(("open", depth[marking]))
        for node, new in game.firings(marking):
            fired.add(node)
            if game.twice(new):
                flaws.append(("twice", depth[marking] + 1))
                # Whether it could end in time is not asked of what goes wrong in another way.
                ending.append(marking)
                continue
            if new not in depth:
                depth[new] = depth[marking] + 1
                before[new] = []
                pending.append(new)
            before[new].append(marking)
    can_end = set(ending)
    for marking in ending:
        for earlier in before[marking]:
            if earlier not in can_end:
                can_end.add(earlier)
                ending.append(earlier)
    flaws.extend(("deadlock", depth[marking]) for marking in depth if marking not in can_end)
    kinds = {kind for kind, _ in flaws}
    if len(fired) < len(net.origin):
        kinds.add("dead")
    first = min((count for _, count in flaws), default=None)
    return Answer(frozenset(kinds), first, len(depth), True)


def replay(net: Net, flaw: Flaw, most: int = 200_000) -> bool | None:
    """Whether a run does what the ``way`` of a flaw says, in that order, and the flaw is there then.

    Nodes without an origin may happen in between. ``None`` if that is too much to find out.
    """
    game = Game(net)
    start: tuple[Marking, int] = ((BEGIN,), 0)
    seen: set[tuple[Marking, int]] = {start}
    pending = [start]
    for marking, done in pending:
        if len(seen) > most:
            return None
        if done == len(flaw.way) and _shows(game, marking, flaw):
            return True
        if max(Counter(marking).values()) > 2:
            continue
        for node, new in game.firings(marking):
            origin = net.origin[node]
            if origin and (done == len(flaw.way) or flaw.way[done] != origin):
                continue
            state = (new, done + bool(origin))
            if state not in seen:
                seen.add(state)
                pending.append(state)
    return False


def _shows(game: Game, marking: Marking, flaw: Flaw) -> bool:
    if flaw.kind == "twice":
        return game.twice(marking)
    if flaw.kind == "open":
        return game.ended(marking) and len(marking) > 1
    return flaw.kind == "deadlock" and not _can_end(game, marking)


def _can_end(game: Game, marking: Marking) -> bool:
    """Whether an end can be reached, or else something that goes wrong in another way."""
    seen = {marking}
    pending = [marking]
    for each in pending:
        if game.ended(each) or game.twice(each):
            return True
        for _, new in game.firings(each):
            if new not in seen:
                seen.add(new)
                pending.append(new)
    return False
