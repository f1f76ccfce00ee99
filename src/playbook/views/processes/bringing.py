"""Draws what a way back brings along: a gateway where its tokens part, and gateways where they come in again.

Which ones those are is said in :mod:`playbook.views.processes.beside`.
"""

from __future__ import annotations

from playbook.core.process import Flow
from playbook.shapes.process import ProcessNode
from playbook.views.processes.conditions import Way
from playbook.views.processes.drawing import PLAIN, Drawing


class Bringing:
    """Draws the gateways first, and the flows between them once all gateways are known."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._merges: dict[int, str] = {}
        """Where tokens that are brought along join a flow, by the identity of the flow."""
        self._begun: list[tuple[str, list[Flow]]] = []

    def merge(self, flow: Flow) -> str | None:
        """The gateway where tokens that are brought along join a flow, if there are such."""
        return self._merges.get(id(flow))

    def merges(self, node: str, waiting: list[Flow], join: str) -> None:
        """Gateways ahead of a join, where tokens that are brought along stand for work that stays done."""
        drawing = self._drawing
        for number, flow in enumerate((each for each in waiting if drawing.played.is_brought(each)), 1):
            id_ = self._merges[id(flow)] = f"{node}-beside{number}"
            lane = drawing.lanes.of(flow.source)
            drawing.put(ProcessNode(id_, "exclusive", "", lane, drawing.played.stage(node), node))
            drawing.flow(id_, join, PLAIN)

    def begin(self, source: str, brought: list[Flow]) -> None:
        """Note that a gateway gives the tokens of some flows."""
        self._begun.append((source, brought))

    def forked(self, source: ProcessNode, brought: list[Flow], way: Way, *, default: bool = False) -> str:
        """Where a way back goes on from: a gateway that also gives the tokens that it brings along."""
        if not brought:
            return source.id
        drawing = self._drawing
        count = sum(id_.startswith(f"{source.id}-back") for id_ in drawing.nodes)
        id_ = f"{source.id}-back{count + 1}"
        drawing.put(ProcessNode(id_, "parallel", "", source.lane, source.stage, source.belongs))
        drawing.flow(source.id, id_, way, default=default)
        self.begin(id_, brought)
        return id_

    def finish(self) -> None:
        """Draw the flows that bring tokens."""
        for source, brought in self._begun:
            for flow in brought:
                self._drawing.flow(source, self._merges[id(flow)], PLAIN)
