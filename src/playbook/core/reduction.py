"""Local reductions of a net: what is left behaves like the whole, and knows which nodes it stands for.

Each rule keeps soundness and unsoundness. Sources: W. Sadiq and M. Orlowska (2000) for the sequential,
adjacent and closed rules; T. Murata, "Petri nets: properties, analysis and applications" (1989) for the
fusion of series and parallel places and transitions and the elimination of self-loops, of which they
are the workflow-graph form.
"""

from __future__ import annotations

from collections import deque

from playbook.core.net import Net


class Reduced:
    """A net under reduction. Edges keep their numbers, as long as they live.

    ``via[edge]`` are the process nodes passed on the way of an edge, ``inside[node]`` those that a node
    stands for, each in the order in which they happen.
    """

    def __init__(self, net: Net) -> None:
        count = len(net.origin)
        self.net = net
        self.join_and = list(net.join_and)
        self.split_and = list(net.split_and)
        self.inside: list[tuple[str, ...]] = [(origin,) if origin else () for origin in net.origin]
        self.source = [source for source, _ in net.edges]
        self.target = [target for _, target in net.edges]
        self.via: list[tuple[str, ...]] = [()] * len(net.edges)
        self.into: list[list[int]] = [[] for _ in range(count)]
        self.out: list[list[int]] = [[] for _ in range(count)]
        self.alive = [True] * count
        for number, (source, target) in enumerate(net.edges):
            self.out[source].append(number)
            self.into[target].append(number)
        self._reduce()

    @property
    def trivial(self) -> bool:
        """Whether nothing is left but the way from source to sink: the net is sound."""
        return sum(self.alive) == 2 and len(self.out[self.net.source]) == 1

    def _reduce(self) -> None:
        pending = deque(range(len(self.alive)))
        waiting = [True] * len(self.alive)
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
        self.via[first] = (*self.via[first], *self.inside[node], *self.via[second])
        _exchange(self.into[after], second, [first])
        self.alive[node] = False
        return (self.source[first], after)

    def _join(self, node: int, after: int) -> tuple[int, ...]:
        """Adjacent rule: a join that leads only to a join of its kind is a part of it."""
        edge = self.out[node][0]
        moved = self.into[node]
        for each in moved:
            self.target[each] = after
            self.via[each] = (*self.via[each], *self.inside[node], *self.via[edge])
        _exchange(self.into[after], edge, moved)
        self.alive[node] = False
        return (after, *(self.source[each] for each in moved))

    def _split(self, before: int, node: int) -> tuple[int, ...]:
        """Adjacent rule: a split that only a split of its kind leads to is a part of it."""
        edge = self.into[node][0]
        moved = self.out[node]
        for each in moved:
            self.source[each] = before
            self.via[each] = (*self.via[edge], *self.inside[node], *self.via[each])
        _exchange(self.out[before], edge, moved)
        self.alive[node] = False
        return (before, *(self.target[each] for each in moved))

    def _series(self, node: int, after: int) -> tuple[int, ...]:
        """Series fusion: a join whose only way leads to a split that nothing else leads to."""
        edge = self.out[node][0]
        self.inside[node] = (*self.inside[node], *self.via[edge], *self.inside[after])
        self.out[node] = self.out[after]
        for each in self.out[node]:
            self.source[each] = node
        self.split_and[node] = self.split_and[after]
        self.alive[after] = False
        return (node, *(self.target[each] for each in self.out[node]))

    def _parallel(self, node: int) -> tuple[int, ...]:
        """Closed rule: of several ways between a split and a join of one kind, one is enough; and a way
        from an alternative straight back to itself changes nothing."""
        seen: set[int] = set()
        changed: dict[int, None] = {}
        for edge in list(self.out[node]):
            target = self.target[edge]
            if target == node:
                useless = not self.split_and[node] and not self.join_and[node]
            else:
                useless = target in seen and self.split_and[node] == self.join_and[target]
            if useless and len(self.out[node]) > 1:
                self.out[node].remove(edge)
                self.into[target].remove(edge)
                changed[node] = changed[target] = None
            seen.add(target)
        return tuple(changed)


def _exchange(edges: list[int], old: int, new: list[int]) -> None:
    at = edges.index(old)
    edges[at : at + 1] = new
