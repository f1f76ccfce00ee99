"""What happens in a reduced net, retold in terms of the net that it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playbook.core.reduction import Reduced, flat


@dataclass(frozen=True, slots=True)
class Run:
    """The process nodes that have happened, in order. If an edge then has two tokens, ``twice`` is that edge."""

    way: tuple[str, ...]
    twice: int | None = None


class Retelling:
    """What happens in a reduced net, retold in terms of the net that it was.

    A run of the reduced net says which edges get tokens, in order. Played again in the net itself it becomes
    the whole run: each node once each time that it happens, and only when all it waits for has come.
    """

    def __init__(self, reduced: Reduced) -> None:
        self.reduced = reduced
        self.net = reduced.net
        self.into: list[list[int]] = [[] for _ in self.net.origin]
        self.out: list[list[int]] = [[] for _ in self.net.origin]
        for edge, (source, target) in enumerate(self.net.edges):
            self.out[source].append(edge)
            self.into[target].append(edge)

    # -- names -----------------------------------------------------------------------------------

    def inside(self, node: int) -> list[str]:
        """The process nodes that a node of the reduced net stands for."""
        inner = [self.net.edges[edge][1] for edge in flat(self.reduced.inner[node])]
        return self._named([node, *inner])

    def via(self, edge: int) -> list[str]:
        """The process nodes on the way of an edge of the reduced net."""
        return self._named([self.net.edges[each][0] for each in flat(self.reduced.path[edge])[1:]])

    def towards(self, edge: int) -> tuple[str, ...]:
        """The process nodes on the way of an edge, with those that it comes from; if there are none, those
        that lead there."""
        seen: set[int] = set()
        pending = [edge]
        for each in pending:
            source = self.reduced.source[each]
            named = (*self.inside(source), *self.via(each))
            if named:
                return named
            if source not in seen:
                seen.add(source)
                pending.extend(self.reduced.into[source])
        return ()

    def first(self, node: int) -> str:
        """The first process node that a node stands for, or that follows it."""
        out = self.reduced.out[node]
        return next(iter(self.inside(node)), "") or (self.next(out[0]) if out else "")

    def next(self, edge: int) -> str:
        """The process node that a token at the end of an edge comes to."""
        return self._ahead(self.reduced.target[edge])

    def after(self, edge: int) -> str:
        """The process node that a token on an edge of the net comes to, or has come from if none follows."""
        source, target = self.net.edges[edge]
        return self._ahead(target) or self.net.origin[source]

    def _ahead(self, node: int) -> str:
        """The process node that is met first from here on."""
        seen = {node}
        pending = [node]
        for each in pending:
            if self.net.origin[each]:
                return self.net.origin[each]
            for edge in self.out[each]:
                target = self.net.edges[edge][1]
                if target not in seen:
                    seen.add(target)
                    pending.append(target)
        return ""

    def _named(self, nodes: list[int]) -> list[str]:
        return [self.net.origin[node] for node in nodes if self.net.origin[node]]

    # -- runs ------------------------------------------------------------------------------------

    def run(self, wanted: Iterable[int]) -> Run:
        """Put tokens on edges, in order, where the rules allow it; up to the first edge that has two.

        An edge is wanted once for each way that it is a part of; what is not possible yet is wanted
        again by the last way that it waits for.
        """
        tokens = [0] * len(self.net.edges)
        way: list[str] = []
        begun = False
        for edge in wanted:
            node = self.net.edges[edge][0]
            if node == self.net.source:
                if begun:
                    continue
                begun = True
                taken: list[int] = []
            else:
                taken = [each for each in self.into[node] if tokens[each]]
                if not taken or (self.net.join_and[node] and len(taken) < len(self.into[node])):
                    continue
            for each in taken if self.net.join_and[node] else taken[:1]:
                tokens[each] -= 1
            if self.net.origin[node]:
                way.append(self.net.origin[node])
            for each in self.out[node] if self.net.split_and[node] else [edge]:
                tokens[each] += 1
                if self._twice(each, tokens):
                    return Run(tuple(way), each)
        return Run(tuple(way))

    def _twice(self, edge: int, tokens: list[int]) -> bool:
        target = self.net.edges[edge][1]
        at_end = target == self.net.sink and sum(tokens[each] for each in self.into[target]) > 1
        return at_end or tokens[edge] > 1
