"""What is known to have happened before a node, on every way that leads there.

A forward analysis over a process (a "must" analysis in the sense of M. Hecht, "Flow Analysis of Computer
Programs", 1977): where ways that go together meet, all that any of them has made true is known; where
alternatives meet, only what they share. Facts are bits of a number, so that both are one operation.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping

from playbook.core.process import START, Flow, Process


class Knowledge:
    """For each node, the facts that hold before it and after it, whichever way was taken.

    ``made`` are the facts that a node makes true, ``told`` those that a flow tells (its condition).
    ``given`` hold from the start. Of nodes that nothing leads to, nothing is known.
    """

    def __init__(
        self, process: Process, made: Mapping[str, int], told: Callable[[Flow], int], given: int = 0
    ) -> None:
        self._process = process
        self._made = made
        self._told = told
        self._given = given
        self._jumps: dict[str, list[str]] = {}
        for interrupt in process.interrupts:
            if interrupt.target in process.nodes and interrupt.target is not None:
                sources = self._jumps.setdefault(interrupt.target, [])
                sources.extend(f"enter.{stage}" for stage in interrupt.stages)
        # Everything, to begin with; see `_settle`.
        self._before: dict[str, int] = {node: -1 for node in process.nodes if node in process.reachable}
        self._settle()

    def before(self, node: str) -> int:
        """The facts that hold whenever a node is reached."""
        return max(self._before.get(node, 0), 0)

    def after(self, node: str) -> int:
        """The facts that hold whenever a node is done."""
        return self.before(node) | self._made.get(node, 0)

    def told(self, flow: Flow) -> int:
        """The facts that a flow tells."""
        return self._told(flow)

    def way_without(self, node: str, facts: int) -> tuple[str, ...]:
        """A way to a node on which none of ``facts`` comes true: its nodes from the start on.

        Of several, one with the fewest nodes. Empty if every way makes one of them true.
        """
        if node not in self._before or self.before(node) & facts:
            return ()
        towards: dict[str, str] = {node: ""}
        pending = deque([node])
        while pending:
            here = pending.popleft()
            if here == START:
                return _nodes_from(here, towards)
            for source, known in self._ways_into(here):
                if source not in towards and source in self._before and not known & facts:
                    towards[source] = here
                    pending.append(source)
        return ()

    def _ways_into(self, node: str) -> list[tuple[str, int]]:
        """The nodes before a node, each with what is known when one comes from there."""
        ways = [
            (flow.source, self._along(flow)) for flow in self._process.predecessors[node] if flow.mode != "stop"
        ]
        return ways + [(source, self.before(source)) for source in self._jumps.get(node, ())]

    def _along(self, flow: Flow) -> int:
        before = self._before.get(flow.source, -1)
        return before | self._made.get(flow.source, 0) | self._told(flow)

    def _settle(self) -> None:
        """The greatest solution: begin with everything known, and take away what some way does not give."""
        pending = deque(self._before)
        waiting = set(pending)
        after = self._process.successors
        jumped: dict[str, list[str]] = {}
        for target, sources in self._jumps.items():
            for source in sources:
                jumped.setdefault(source, []).append(target)
        while pending:
            node = pending.popleft()
            waiting.discard(node)
            known = self._given if node == START else self._joined(node)
            if known == self._before[node]:
                continue
            self._before[node] = known
            following = [flow.target for flow in after[node]]
            following.extend(jumped.get(node, ()))
            for target in following:
                if target in self._before and target not in waiting:
                    waiting.add(target)
                    pending.append(target)

    def _joined(self, node: str) -> int:
        # Looked at once for every flow of every playbook: `_along` is written out here.
        before, made, told = self._before, self._made, self._told
        together: int | None = None
        known = -1
        for flow in self._process.predecessors[node]:
            source = flow.source
            if source not in before or flow.mode == "stop":
                continue
            along = before[source] | made.get(source, 0) | told(flow)
            if flow.mode == "alternative":
                known &= along
            else:
                together = along if together is None else together | along
        if together is not None:
            known &= together
        for source in self._jumps.get(node, ()):
            if source in before:
                known &= before[source]
        return known


def _nodes_from(node: str, towards: Mapping[str, str]) -> tuple[str, ...]:
    found = []
    while node:
        found.append(node)
        node = towards[node]
    return tuple(found)
