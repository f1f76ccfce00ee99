"""The core of one playbook: what is done, in which order, and how it ends.

A process is a directed graph. Its nodes are one start, tasks, gates and ends; its flows say what may
follow what. Every construct of the language that orders work is expressed in these few parts:

- a stage is an ``entry`` gate and an ``exit`` gate around its tasks;
- default order, ``after`` and ``parallel`` are flows between tasks;
- ``choose``, branches between stages, approvals and acceptance of handoffs are exclusive gates;
- a rejection or a branch to an earlier stage is a flow of kind ``rework``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from playbook.core.owners import NOBODY, Owners
from playbook.text.paths import KeyPath

if TYPE_CHECKING:
    import networkx

GateKind = Literal["entry", "exit", "exclusive", "inclusive", "join"]
"""``entry`` and ``exit`` frame a stage and are parallel: all that is ahead of them is waited for.
``exclusive`` lets one way out be taken, ``inclusive`` one or several; ``join`` brings what was taken
together again."""

FlowKind = Literal["sequence", "condition", "rework", "overlap"]

FlowMode = Literal["together", "alternative", "stop"]
"""How a flow meets the others at its two nodes: all that go ``together`` are taken and waited for; one
``alternative`` is taken and is enough by itself; a ``stop`` ends the journey, and open work is dropped."""


@dataclass(frozen=True, slots=True)
class Task:
    """One step of the playbook. ``id`` is its node id, ``step`` the step's own id."""

    id: str
    step: str
    stage: str
    path: KeyPath
    owners: Owners = NOBODY
    condition: str | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A point where ways part or meet, in a stage."""

    id: str
    kind: GateKind
    stage: str
    path: KeyPath
    label: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """A declared way for the journey to be over."""

    id: str
    end: str
    path: KeyPath
    success: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """``target`` may follow ``source``. ``label`` is the condition; ``bounded`` is set on a way back
    that can be taken only so many times or for so long."""

    source: str
    target: str
    path: KeyPath
    kind: FlowKind = "sequence"
    label: str = ""
    bounded: bool = False
    mode: FlowMode = "together"


@dataclass(frozen=True, slots=True)
class Interrupt:
    """A way out of several stages at once. ``target`` is a node id, or ``None`` if a playbook is run."""

    id: str
    path: KeyPath
    stages: tuple[str, ...]
    target: str | None


START = "start"


@dataclass(frozen=True)
class Process:
    """The graph of one playbook. All collections are in the order of the file."""

    nodes: dict[str, KeyPath] = field(default_factory=dict)
    """Every node id with the place where it is written, in the order of the file."""
    tasks: dict[str, Task] = field(default_factory=dict)
    gates: dict[str, Gate] = field(default_factory=dict)
    ends: dict[str, End] = field(default_factory=dict)
    flows: tuple[Flow, ...] = ()
    interrupts: tuple[Interrupt, ...] = ()

    @cached_property
    def successors(self) -> dict[str, list[Flow]]:
        """The flows that leave each node."""
        leaving: dict[str, list[Flow]] = {node: [] for node in self.nodes}
        for flow in self.flows:
            leaving[flow.source].append(flow)
        return leaving

    @cached_property
    def predecessors(self) -> dict[str, list[Flow]]:
        """The flows that reach each node."""
        reaching: dict[str, list[Flow]] = {node: [] for node in self.nodes}
        for flow in self.flows:
            reaching[flow.target].append(flow)
        return reaching

    @cached_property
    def jumps(self) -> dict[str, list[str]]:
        """Where interrupts lead to, by the entries of the stages that they interrupt."""
        targets: dict[str, list[str]] = {}
        for interrupt in self.interrupts:
            if interrupt.target is not None:
                for stage in interrupt.stages:
                    targets.setdefault(f"enter.{stage}", []).append(interrupt.target)
        return targets

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The nodes that the start leads to, by flows or by an interrupt of a stage that is reached."""
        found = {START} if START in self.nodes else set()
        pending = list(found)
        while pending:
            node = pending.pop()
            for flow in self.successors[node]:
                if flow.target not in found:
                    found.add(flow.target)
                    pending.append(flow.target)
            for target in self.jumps.get(node, ()):
                if target not in found:
                    found.add(target)
                    pending.append(target)
        return frozenset(found)

    @cached_property
    def graph(self) -> networkx.MultiDiGraph:
        """The same as a networkx graph, each edge with its flow as ``flow``; built when first asked."""
        import networkx

        graph = networkx.MultiDiGraph()
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from((flow.source, flow.target, {"flow": flow}) for flow in self.flows)
        return graph
