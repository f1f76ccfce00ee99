"""What is known to have happened before a node, on every way that leads there.

A forward analysis over the net of a process: a join with ``and`` has waited for all that comes together
there and so knows the union of it, a join with ``xor`` came one of several ways and knows only what they
share. Facts are bits of a number, so that both are one operation.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from playbook.core.net import Net
from playbook.core.process import Flow


class Knowledge:
    """For each process node, the facts that hold before it and after it, whichever way was taken.

    ``made`` are the facts that a process node makes true, ``told`` those that a flow tells (its
    condition). Nodes that the net does not have know nothing.
    """

    def __init__(self, net: Net, made: Mapping[str, int], told: Callable[[Flow], int]) -> None:
        self._net = net
        count = len(net.origin)
        self._made = [made.get(origin, 0) for origin in net.origin]
        self._told = [told(flow) if flow is not None else 0 for flow in net.flow]
        self._into: list[list[int]] = [[] for _ in range(count)]
        self._out: list[list[int]] = [[] for _ in range(count)]
        for number, (source, target) in enumerate(net.edges):
            self._into[target].append(number)
            self._out[source].append(number)
        self._node_of = {origin: number for number, origin in enumerate(net.origin) if origin}
        every = 0
        for facts in (*self._made, *self._told):
            every |= facts
        self._before = [every] * count
        self._before[net.source] = 0
        self._settle()

    def before(self, node: str) -> int:
        """The facts that hold whenever a process node is reached."""
        number = self._node_of.get(node)
        return 0 if number is None else self._before[number]

    def after(self, node: str) -> int:
        """The facts that hold whenever a process node is done."""
        number = self._node_of.get(node)
        return 0 if number is None else self._after(number)

    def way_without(self, node: str, facts: int) -> tuple[str, ...]:
        """The process nodes of a way to a node on which none of ``facts`` comes true, from the start on.

        Of several, one with the fewest nodes. Empty if every way makes one of them true.
        """
        goal = self._node_of.get(node)
        if goal is None or self._before[goal] & facts:
            return ()
        towards: dict[int, int] = {goal: -1}
        pending = deque([goal])
        while pending:
            number = pending.popleft()
            if number == self._net.source:
                return self._nodes_from(number, towards)
            for edge in self._into[number]:
                source = self._net.edges[edge][0]
                known = self._after(source) | self._told[edge]
                if source not in towards and not known & facts:
                    towards[source] = number
                    pending.append(source)
        return ()

    def _nodes_from(self, number: int, towards: dict[int, int]) -> tuple[str, ...]:
        found = []
        while number >= 0:
            if self._net.origin[number]:
                found.append(self._net.origin[number])
            number = towards[number]
        return tuple(found)

    def _after(self, number: int) -> int:
        return self._before[number] | self._made[number]

    def _settle(self) -> None:
        """The greatest solution: begin with everything known, and take away what some way does not give."""
        pending = deque(range(len(self._before)))
        waiting = [True] * len(self._before)
        while pending:
            number = pending.popleft()
            waiting[number] = False
            known = self._joined(number)
            if known == self._before[number]:
                continue
            self._before[number] = known
            for edge in self._out[number]:
                target = self._net.edges[edge][1]
                if not waiting[target]:
                    waiting[target] = True
                    pending.append(target)

    def _joined(self, number: int) -> int:
        edges = self._into[number]
        if not edges:
            return 0
        each = [self._after(self._net.edges[edge][0]) | self._told[edge] for edge in edges]
        known = each[0]
        for facts in each[1:]:
            known = known | facts if self._net.join_and[number] else known & facts
        return known
