"""The nodes and flows of a process while it is made, and the parts that one node of the core becomes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from playbook.core.process import Flow
from playbook.shapes.process import NodeKind, ProcessFlow, ProcessNode, Record
from playbook.views.processes.conditions import Way
from playbook.views.processes.lanes import Lanes
from playbook.views.processes.mapping import Recorder
from playbook.views.processes.played import Played

PLAIN = Way("")
"""A way that says nothing: it is simply gone."""


@dataclass
class Parts:
    """The parts of one node of the core: where its flows arrive and leave, by how they go.

    ``chain`` are all of them in a row; it is empty where a gate is only passed.
    """

    chain: list[str] = field(default_factory=list)
    join: str = ""
    merge: str = ""
    parting: str = ""
    fork: str = ""

    def arrival(self, flow: Flow) -> str:
        """The part that a flow leads to."""
        if flow.mode == "together" and self.join:
            return self.join
        return self.merge or next(part for part in self.chain if part != self.join)

    def departure(self, flow: Flow) -> str:
        """The part that a flow comes from."""
        if flow.mode == "together" and self.fork:
            return self.fork
        return self.parting or self.chain[-1]


class Drawing:
    """Takes nodes and flows in the order in which they are read."""

    def __init__(self, played: Played, lanes: Lanes, recorder: Recorder) -> None:
        self.played = played
        self.lanes = lanes
        self.recorder = recorder
        self.nodes: dict[str, ProcessNode] = {}
        self.flows: list[ProcessFlow] = []
        self.parts: dict[str, Parts] = {}
        self.recorded: set[str] = set()
        """The nodes of the core whose record is kept with some part."""

    def put(self, *nodes: ProcessNode) -> None:
        """Add nodes that stand beside the chain of a node of the core."""
        self.nodes.update((node.id, node) for node in nodes)

    def place(self, parts: Parts, node: ProcessNode, way: Way = PLAIN) -> None:
        """Add a node behind the others of its chain; the first part of a node of the core keeps its record."""
        if node.belongs not in self.recorded:
            node = replace(node, records=(self.record(node.belongs), *node.records))
        self.put(node)
        if parts.chain:
            self.inside(parts.chain[-1], node.id, way)
        parts.chain.append(node.id)

    def helper(self, of: str, parts: Parts, name: str, kind: NodeKind, label: str = "", way: Way = PLAIN) -> str:
        """Place a helper of a node of the core, and give its id.

        It lies in the lane of what it stands behind: what is decided is decided where it was asked.
        """
        lane = self.nodes[parts.chain[-1]].lane if parts.chain else self.lanes.of(of)
        self.place(parts, ProcessNode(f"{of}-{name}", kind, label, lane, self.played.stage(of), of), way)
        return parts.chain[-1]

    def inside(self, source: str, target: str, way: Way) -> None:
        """A flow between two parts of one node; nothing of the core."""
        self.flow(source, target, way, default=bool(way.label) and not way.condition)

    def flow(
        self, source: str, target: str, way: Way, *, default: bool = False, records: tuple[Record, ...] = ()
    ) -> None:
        """Add a flow."""
        id_ = f"flow.{len(self.flows) + 1}"
        self.flows.append(ProcessFlow(id_, source, target, way.label, way.condition, default, records))

    def record(self, node: str) -> Record:
        """The record of a node of the core, which is kept from now on."""
        self.recorded.add(node)
        return self.recorder.node(node)
