"""The flows of the core as sequence flows, with what each says where it leaves a decision."""

from __future__ import annotations

from playbook.core.process import Flow
from playbook.shapes.process import ProcessNode, Record
from playbook.text.ids import words_of
from playbook.views.processes.bringing import Bringing
from playbook.views.processes.conditions import Way, ways
from playbook.views.processes.drawing import PLAIN, Drawing, Parts
from playbook.views.processes.mapping import ENDS
from playbook.workspace import CompiledPlaybook


class Sequences:
    """Draws the flows once the parts of all nodes are there."""

    def __init__(self, playbook: CompiledPlaybook, drawing: Drawing, bringing: Bringing) -> None:
        self._playbook = playbook
        self._process = playbook.process
        self._drawing = drawing
        self._bringing = bringing
        self._played = drawing.played
        self._ends = 0

    def draw(self) -> None:
        """Draw all of them."""
        for node, parts in self._drawing.parts.items():
            if parts.chain:
                for flow in self._played.after[node]:
                    self._sequence(flow, parts.departure(flow))

    def _sequence(self, flow: Flow, source: str) -> None:
        """One flow, through the gates that are only passed, up to the next part."""
        way = self._way(flow)
        default = self._is_default(flow, way)
        row, records = self._row(flow)
        last = row[-1]
        if brought := [each for passed in row for each in self._played.brought_back(passed)]:
            source = self._bringing.forked(self._drawing.nodes[source], brought, way, default=default)
            way, default = PLAIN, False
        if last.target in self._process.ends:
            target = self._end(last, source)
        else:
            target = self._bringing.merge(last) or self._drawing.parts[last.target].arrival(last)
        self._drawing.flow(source, target, way, default=default, records=tuple(records))

    def _row(self, flow: Flow) -> tuple[list[Flow], list[Record]]:
        """A flow and those that follow it with mere gates between, and the records of them all."""
        row, records = [flow], self._recorded(flow)
        while (node := row[-1].target) not in self._process.ends and not self._drawing.parts[node].chain:
            row.append(self._played.after[node][0])
            records += [self._drawing.record(node), *self._recorded(row[-1])]
        return row, records

    def _recorded(self, flow: Flow) -> list[Record]:
        """The record of a flow, if it is one of the core."""
        return [self._drawing.recorder.flow(flow)] if self._played.is_of_the_core(flow) else []

    def _end(self, flow: Flow, source: str) -> str:
        """An end event of its own for a way that leads to an end."""
        end = self._process.ends[flow.target]
        title = self._playbook.model.ends[end.end].title or words_of(end.end)
        id_ = end.id if end.id not in self._drawing.nodes else f"{end.id}-{self._ends}"
        self._ends += 1
        before = self._drawing.nodes[source]
        self._drawing.place(Parts(), ProcessNode(id_, ENDS[flow.mode], title, before.lane, before.stage, end.id))
        return id_

    # -- what a flow says ------------------------------------------------------------------------

    def _way(self, flow: Flow) -> Way:
        """What a flow says where it leaves a decision."""
        parts, gate = self._drawing.parts[flow.source], self._process.gates.get(flow.source)
        after = self._played.after[flow.source]
        if parts.fork and flow.mode == "together":
            together = [each for each in after if each.mode == "together"]
            inclusive = gate is not None and gate.kind == "inclusive"
            return ways(self._playbook, gate, together)[together.index(flow)] if inclusive else PLAIN
        if not parts.parting:
            return PLAIN
        asked = decided(after)
        return ways(self._playbook, gate, asked)[asked.index(flow)]

    def _is_default(self, flow: Flow, way: Way) -> bool:
        parts, gate = self._drawing.parts[flow.source], self._process.gates.get(flow.source)
        if parts.fork and flow.mode == "together":
            return not way.condition and gate is not None and gate.kind == "inclusive"
        return not way.condition and bool(parts.parting)


def decided(after: list[Flow]) -> list[Flow]:
    """The flows between which a node decides: those that go together are one way, and the first of them."""
    together = [flow for flow in after if flow.mode == "together"]
    return [*together[:1], *(flow for flow in after if flow.mode != "together")]
