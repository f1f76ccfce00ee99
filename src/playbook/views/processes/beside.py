"""Work beside a way back: what stays done, and must not be waited for again.

A way back does again what lies between its target and its gate. Where such a stretch is joined with work beside
it, the join would wait for that work a second time. So the way back brings its token along, as in the token game
(:mod:`playbook.core.token_game`); so does a message that begins the process anew at a stage.
"""

from __future__ import annotations

from playbook.core.process import Flow, Process
from playbook.core.walks import reached


class Beside:
    """Asked for the flows whose tokens a way back brings along. ``drawn`` are the flows that count."""

    def __init__(self, process: Process, drawn: list[Flow]) -> None:
        flows = [flow for flow in drawn if flow.mode != "stop"]
        nodes = list(process.nodes)
        self._order = {id(flow): index for index, flow in enumerate(flows)}
        self._before: dict[str, list[Flow]] = {node: [] for node in nodes}
        self._onward: dict[str, list[str]] = {node: [] for node in nodes}
        self._backward: dict[str, list[str]] = {node: [] for node in nodes}
        for flow in flows:
            self._before[flow.target].append(flow)
            if flow.kind != "rework":
                self._onward[flow.source].append(flow.target)
                self._backward[flow.target].append(flow.source)

    def back(self, flow: Flow) -> list[Flow]:
        """What a way back brings along."""
        between = reached([flow.target], self._onward) & reached([flow.source], self._backward)
        return self._outside(flow.target, between | {flow.source, flow.target})

    def anew(self, target: str) -> list[Flow]:
        """What a message brings along that begins the process anew at a node."""
        return self._outside(target, reached([target], self._onward))

    def _outside(self, first: str, again: set[str]) -> list[Flow]:
        """The flows from work beside into what is done again."""
        found: list[Flow] = []
        for node in again - {first}:
            waiting = [flow for flow in self._before[node] if flow.mode == "together"]
            outside = [flow for flow in waiting if flow.source not in again]
            if len(outside) < len(waiting):
                found += outside
        return sorted(found, key=lambda flow: self._order[id(flow)])
