"""Local reductions of a net: what is left behaves like the whole, and knows which nodes it stands for.

Each rule keeps soundness and unsoundness. Sources: W. Sadiq and M. Orlowska (2000) for the sequential,
adjacent and closed rules; T. Murata, "Petri nets: properties, analysis and applications" (1989) for the
fusion of series and parallel places and transitions and the elimination of self-loops, of which they
are the workflow-graph form.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TypeAlias

from playbook.core.net import Net
from playbook.core.regions import Region, View, region_from

Rope: TypeAlias = "int | tuple[Rope, ...]"
"""Edges of the net in order, nested as the reductions put them together (so that this costs no copying)."""


class Reduced:
    """A net under reduction. Edges keep their numbers, as long as they live.

    ``path[edge]`` are the edges of the net that an edge stands for, ``inner[node]`` those between the nodes
    that a node stands for, each in the order in which they get their tokens. Where several ways side by side
    have become one, the others follow it, each edge as its complement (``~edge``).
    """

    def __init__(self, net: Net) -> None:
        count = len(net.origin)
        self.net = net
        self.join_and = list(net.join_and)
        self.split_and = list(net.split_and)
        self.inner: list[Rope] = [()] * count
        self.source = [source for source, _ in net.edges]
        self.target = [target for _, target in net.edges]
        self.path: list[Rope] = list(range(len(net.edges)))
        self.into: list[list[int]] = [[] for _ in range(count)]
        self.out: list[list[int]] = [[] for _ in range(count)]
        self.alive = [True] * count
        for number, (source, target) in enumerate(net.edges):
            self.out[source].append(number)
            self.into[target].append(number)
        self._drain(range(count))
        while not self.trivial and (changed := self._collapse()):
            self._drain(changed)

    @property
    def trivial(self) -> bool:
        """Whether nothing is left but the way from source to sink: the net is sound."""
        return sum(self.alive) == 2 and len(self.out[self.net.source]) == 1

    def _collapse(self) -> tuple[int, ...]:
        """Region rule: what lies between two nodes with nothing but joins and splits of one kind is a way.

        It is looked for only where the local rules are at an end.
        """
        view = View(self.join_and, self.split_and, self.target, self.into, self.out)
        for first, alive in enumerate(self.alive):
            region = region_from(view, first) if alive and len(self.out[first]) > 1 else None
            # A region ends where all ways meet again: the sink leads nowhere, so it is in none.
            if region is not None and self.net.sink not in region.nodes:
                return self._close(region)
        return ()

    def _close(self, region: Region) -> tuple[int, ...]:
        first, last = region.first, region.last
        way = self._way_through(region)
        # In the order of the nodes each edge is possible when it is wanted.
        every = [edge for node in region.nodes[:-1] for edge in self.out[node]]
        beside = tuple(~each for edge in every for each in flat((self.path[edge], self.inner[self.target[edge]])))
        rope = tuple((self.path[edge], self.inner[self.target[edge]]) for edge in way[:-1])
        edge = way[-1]
        self.path[edge] = (*rope, self.path[edge], beside if self.split_and[first] else ())
        self.source[edge] = first
        self.out[first] = [edge]
        self.into[last] = [edge]
        for node in region.nodes[1:-1]:
            self.alive[node] = False
        return (first, last)

    def _way_through(self, region: Region) -> list[int]:
        """The edges of one way through a region."""
        inside = set(region.nodes)
        way: list[int] = []
        node = region.last
        while node != region.first:
            edge = next(edge for edge in self.into[node] if self.source[edge] in inside)
            way.append(edge)
            node = self.source[edge]
        return way[::-1]

    def _drain(self, nodes: Iterable[int]) -> None:
        pending = deque(nodes)
        waiting = [False] * len(self.alive)
        for node in pending:
            waiting[node] = True
        while pending:
            node = pending.popleft()
            waiting[node] = False
            if not self.alive[node]:
                continue
            for changed in self._at(node):
                if self.alive[changed] and not waiting[changed]:
                    waiting[changed] = True
                    pending.append(changed)

    def _at(self, node: int) -> tuple[int, ...]:
        """Apply the first rule that fits at a node; the nodes around which something has changed."""
        net = self.net
        into, out = self.into[node], self.out[node]
        if not into and node != net.source:
            # Nothing leads here: it stays, to be told as dead.
            return ()
        if len(out) == 1 and node != net.source and self.target[out[0]] != node:
            after = self.target[out[0]]
            if len(into) == 1:
                return self._sequence(node)
            same_kind = self.join_and[node] == self.join_and[after]
            if same_kind and (len(self.into[after]) > 1 or after == net.sink):
                return self._join(node, after)
            if len(self.into[after]) == 1 and after != net.sink:
                return self._series(node, after)
        if len(into) == 1 and node != net.sink:
            before = self.source[into[0]]
            if before != node and len(out) > 1 and len(self.out[before]) > 1:
                if self.split_and[before] == self.split_and[node]:
                    return self._split(before, node)
            elif before != node and len(self.out[before]) == 1 and before != net.source:
                return self._series(before, node)
        if len(out) > 1:
            return self._parallel(node)
        return ()

    def _sequence(self, node: int) -> tuple[int, ...]:
        """Sequential rule: a node with one edge in and one out is a part of the way."""
        first, second = self.into[node][0], self.out[node][0]
        after = self.target[second]
        self.target[first] = after
        self.path[first] = (self.path[first], self.inner[node], self.path[second])
        _exchange(self.into[after], second, [first])
        self.alive[node] = False
        return (self.source[first], after)

    def _join(self, node: int, after: int) -> tuple[int, ...]:
        """Adjacent rule: a join that leads only to a join of its kind is a part of it."""
        edge = self.out[node][0]
        moved = self.into[node]
        for each in moved:
            self.target[each] = after
            self.path[each] = (self.path[each], self.inner[node], self.path[edge])
        _exchange(self.into[after], edge, moved)
        self.alive[node] = False
        return (after, *(self.source[each] for each in moved))

    def _split(self, before: int, node: int) -> tuple[int, ...]:
        """Adjacent rule: a split that only a split of its kind leads to is a part of it."""
        edge = self.into[node][0]
        moved = self.out[node]
        for each in moved:
            self.source[each] = before
            self.path[each] = (self.path[edge], self.inner[node], self.path[each])
        _exchange(self.out[before], edge, moved)
        self.alive[node] = False
        return (before, *(self.target[each] for each in moved))

    def _series(self, node: int, after: int) -> tuple[int, ...]:
        """Series fusion: a join whose only way leads to a split that nothing else leads to."""
        edge = self.out[node][0]
        self.inner[node] = (self.inner[node], self.path[edge], self.inner[after])
        self.out[node] = self.out[after]
        for each in self.out[node]:
            self.source[each] = node
        self.split_and[node] = self.split_and[after]
        self.alive[after] = False
        return (node, *(self.target[each] for each in self.out[node]))

    def _parallel(self, node: int) -> tuple[int, ...]:
        """Closed rule: of several ways between a split and a join of one kind, one is enough; and a way
        from an alternative straight back to itself changes nothing."""
        kept: dict[int, int] = {}
        changed: dict[int, None] = {}
        for edge in list(self.out[node]):
            target = self.target[edge]
            if target == node:
                useless = not self.split_and[node] and not self.join_and[node]
            else:
                useless = target in kept and self.split_and[node] == self.join_and[target]
            if useless and len(self.out[node]) > 1:
                self.out[node].remove(edge)
                self.into[target].remove(edge)
                changed[node] = changed[target] = None
                if self.split_and[node] and target != node:
                    beside = tuple(~each for each in flat(self.path[edge], beside=True))
                    self.path[kept[target]] = (self.path[kept[target]], beside)
            else:
                kept.setdefault(target, edge)
        return tuple(changed)


def _exchange(edges: list[int], old: int, new: list[int]) -> None:
    at = edges.index(old)
    edges[at : at + 1] = new


def flat(rope: Rope, *, beside: bool = False) -> list[int]:
    """The edges of a rope, in order; with ``beside``, those of the ways beside it as well."""
    found: list[int] = []
    pending = [rope]
    while pending:
        each = pending.pop()
        if not isinstance(each, int):
            pending.extend(reversed(each))
        elif each >= 0:
            found.append(each)
        elif beside:
            found.append(~each)
    return found
