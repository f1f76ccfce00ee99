"""From the core to BPMN: each node of the core becomes the parts that it needs, each flow a sequence flow.

A node of the core becomes up to six parts in a row: a gateway that waits for all that go together, one where
alternatives meet, a task (between two gateways, if it may be left out), milestones, a gateway where alternatives
part, one where ways part that go together. No gateway both joins and parts, and nothing but a gateway has several
ways in or out. Ends are drawn where they are reached: each way to an end has an end event of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from playbook.core.process import START, Flow, Gate, Process, Task
from playbook.shapes.process import NodeKind, ProcessFlow, ProcessNode, Record
from playbook.text.ids import words_of
from playbook.views.phrases import condition
from playbook.views.processes.assured import assured, held_back
from playbook.views.processes.beside import Beside
from playbook.views.processes.conditions import Way, ways
from playbook.views.processes.handlers import restart_of
from playbook.views.processes.lanes import Lanes
from playbook.views.processes.mapping import ENDS, SPLITS, Recorder
from playbook.views.processes.tasks import kind_of, loop_of, notes_of, timers_of
from playbook.views.words import criteria_in_words, moment_name
from playbook.workspace import CompiledPlaybook


@dataclass
class _Parts:
    """The parts of one node of the core: where its flows arrive and leave, by how they go."""

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


class Builder:
    """Builds the nodes and flows of one playbook's process."""

    def __init__(self, playbook: CompiledPlaybook, lanes: Lanes, recorder: Recorder) -> None:
        self.playbook = playbook
        self.process: Process = playbook.process
        self.lanes = lanes
        self.recorder = recorder
        self.nodes: list[ProcessNode] = []
        self.flows: list[ProcessFlow] = []
        self.drawn = self._drawn()
        self.successors: dict[str, list[Flow]] = {node: [] for node in self.process.nodes}
        self.predecessors: dict[str, list[Flow]] = {node: [] for node in self.process.nodes}
        self.known = {id(flow) for flow in self.process.flows}
        played = self._played()
        self.parts: dict[str, _Parts] = {}
        self.recorded: set[str] = set()
        self.restarts = [found for each in self.process.interrupts if (found := restart_of(playbook, each))]
        self._ends = 0
        self.beside = Beside(self.process, played)
        self.brought = self._brought()
        self.merges: dict[int, str] = {}
        """Where tokens that are brought along join a flow, by the identity of the flow."""
        self.begun: list[tuple[str, list[Flow]]] = []
        """The gateways from which tokens are brought along, once all merges are known."""

    def build(self) -> None:
        """Make all parts."""
        for node in self.process.nodes:
            if node in self.drawn and node not in self.process.ends:
                self._node(node)
        for node, parts in self.parts.items():
            if parts.chain:
                for flow in self._after(node):
                    self._sequence(flow, parts.departure(flow))
        for source, brought in self.begun:
            self._bring(source, brought)

    def rest(self, besides: set[str]) -> tuple[Record, ...]:
        """The records of what is not drawn: what nothing leads to, and what only makes sure."""
        process = self.process
        nodes = [node for node in process.nodes if node not in self.recorded | besides]
        flows = [flow for flow in process.flows if flow.source not in self.drawn or id(flow) in self.undrawn]
        return (
            *(self.recorder.node(node) for node in nodes),
            *(self.recorder.flow(flow, drawn=False) for flow in flows),
        )

    # -- what there is ---------------------------------------------------------------------------

    def _drawn(self) -> set[str]:
        """What the start leads to, and interrupts that lead to a stage."""
        reached = set(self.process.reachable)
        by_flow = {flow.target for flow in self.process.flows if flow.source in reached}
        return {node for node in reached if node not in self.process.ends or node in by_flow}

    def _brought(self) -> dict[int, Flow]:
        """All flows whose tokens some way back, or some message, brings along."""
        found = [self.beside.anew(restart.target) for restart in self.restarts]
        back = (flow for flow in self.process.flows if flow.kind == "rework" and flow.source in self.drawn)
        found += [self.beside.back(flow) for flow in back]
        return {id(flow): flow for flows in found for flow in flows}

    def _played(self) -> list[Flow]:
        """The flows that are drawn, sorted by where they leave and arrive."""
        only_assured = assured(self.process)
        self.undrawn = {id(flow) for flow in only_assured}
        played = [flow for flow in self.process.flows if flow.source in self.drawn and id(flow) not in self.undrawn]
        played += held_back(self.process, only_assured)
        for flow in played:
            self.successors[flow.source].append(flow)
            self.predecessors[flow.target].append(flow)
        return played

    def _after(self, node: str) -> list[Flow]:
        return self.successors[node]

    def _before(self, node: str) -> list[Flow]:
        return self.predecessors[node]

    def _recorded(self, flow: Flow) -> list[Record]:
        """The record of a flow, if it is one of the core."""
        return [self.recorder.flow(flow)] if id(flow) in self.known else []

    def _is_passed(self, node: str) -> bool:
        """Whether a gate becomes a mere sequence flow: it has one way in and one way out."""
        if node not in self.process.gates or any(restart.target == node for restart in self.restarts):
            return False
        return len(self._before(node)) == len(self._after(node)) == 1 and not self._extras(node)

    # -- nodes -----------------------------------------------------------------------------------

    def _node(self, node: str) -> None:
        parts = self.parts[node] = _Parts()
        if self._is_passed(node):
            return
        before, after = self._before(node), self._after(node)
        again = [restart.message for restart in self.restarts if restart.target == node]
        waiting = [flow for flow in before if flow.mode == "together"]
        others = len(before) - len(waiting) + len(again)
        if len(waiting) > 1:
            parts.join = self._add(node, parts, "join", self._join_kind(node))
            self._merges(node, waiting, parts.join)
        if bool(waiting) + others > 1:
            parts.merge = self._add(node, parts, "merge", "exclusive")
        elif again:
            # Nothing else leads here: the message is where it begins.
            self._place(parts, self._message(node, again.pop(), 1))
            if brought := self.beside.anew(node):
                self.begun.append((self._add(node, parts, "anew", "parallel"), brought))
        self._middle(node, parts)
        for extra in self._extras(node):
            self._place(parts, extra)
        self._partings(node, parts, after)
        for number, message in enumerate(again, 1):
            self.nodes.append(self._message(node, message, number))
            brought = self.beside.anew(node)
            self._flow(self._forked(self.nodes[-1], brought, Way("")), parts.merge, Way(""))

    def _partings(self, node: str, parts: _Parts, after: list[Flow]) -> None:
        gate = self.process.gates.get(node)
        together = [flow for flow in after if flow.mode == "together"]
        apart = [flow for flow in after if flow.mode != "together"]
        kind: NodeKind = "inclusive" if gate and gate.kind == "inclusive" else "parallel"
        if apart and len(apart) + bool(together) > 1:
            label = gate.label if gate and gate.label else "Which way?"
            parts.parting = self._add(node, parts, "split", "exclusive", label)
        if len(together) > 1:
            label = (gate.label or "Which?") if gate and kind == "inclusive" else ""
            parts.fork = self._add(node, parts, "fork", kind, label)
        if not after:
            self._add(node, parts, "end", "end", "Nothing follows")
        elif not parts.chain:
            # Nothing parts and nothing meets, but nothing leads here that could carry it along either.
            gate_kind = SPLITS[gate.kind] if gate else "exclusive"
            self._add(node, parts, "gate", gate_kind, gate.label if gate else "")
        if parts.parting and parts.fork:
            (way, *_) = self._ways(gate, [*together[:1], *apart])
            self._inside(parts.parting, parts.fork, way)

    def _middle(self, node: str, parts: _Parts) -> None:
        """What is done or happens at the node itself."""
        task = self.process.tasks.get(node)
        if task is not None:
            self._task(task, parts)
        elif node == START:
            self._place(parts, ProcessNode(node, "start", self._start_label(), self.lanes.of(node), belongs=node))

    def _task(self, task: Task, parts: _Parts) -> None:
        step = self.playbook.steps[task.step]
        skipped = task.condition is not None and not self._is_chosen(task.id)
        before = self._add(task.id, parts, "if", "exclusive", "Needed?") if skipped else ""
        lane = self.lanes.of(task.id)
        called = step.run.playbook if step.run else ""
        kind: NodeKind = "call" if called else kind_of(step)
        calls = f"process.{called}" if called else ""
        notes = notes_of(self.playbook, task, step)
        node = ProcessNode(
            task.id, kind, step.label, lane, task.stage, task.id, notes, calls=calls, loop=loop_of(step)
        )
        way = Way(condition(self.playbook, task.condition or ""), task.condition or "")
        self._place(parts, node, way if skipped else None)
        nodes, flows = timers_of(self.playbook, node, step)
        self.nodes += nodes
        self.flows += flows
        if skipped:
            after = self._add(task.id, parts, "then", "exclusive")
            self._inside(before, after, Way("otherwise"))

    def _is_chosen(self, node: str) -> bool:
        """Whether a step stands in a choice, whose gate already asks for its condition."""
        return any(flow.source.startswith("choice.") and flow.kind == "condition" for flow in self._before(node))

    def _extras(self, node: str) -> list[ProcessNode]:
        """What is passed at a gate: the milestones of a stage at its exit; who accepts what is handed over."""
        gate = self.process.gates.get(node)
        if gate is None:
            return []
        if gate.kind == "exit":
            return [
                ProcessNode(
                    f"milestone.{id_}",
                    "milestone",
                    milestone.title or words_of(id_),
                    self.lanes.of(node),
                    gate.stage,
                    node,
                    self._milestone_notes(id_),
                )
                for id_, milestone in self.playbook.model.milestones.items()
                if milestone.stage == gate.stage
            ]
        return [self._acceptance(gate)] if node.startswith("handoff.") else []

    def _milestone_notes(self, id_: str) -> tuple[str, ...]:
        said = criteria_in_words(self.playbook, self.playbook.model.milestones[id_].when)
        return (f"Reached when {said}.",) if said else ()

    def _acceptance(self, gate: Gate) -> ProcessNode:
        id_ = gate.id.removeprefix("handoff.")
        handoff = self.playbook.model.handoffs[id_]
        receiver = handoff.accept.by if handoff.accept and handoff.accept.by else handoff.receiver
        title = handoff.title or words_of(id_)
        within = handoff.accept.within if handoff.accept else None
        notes = [
            f"{self.playbook.owner_name(handoff.giver)} hands over to {self.playbook.owner_name(handoff.receiver)}."
        ]
        notes += [f"Accepted or rejected in {within.in_words()}."] if within else []
        lane = self.lanes.of_owner(receiver)
        return ProcessNode(
            f"{gate.id}-accept", "user_task", f"Accept: {title}", lane, gate.stage, gate.id, tuple(notes)
        )

    def _start_label(self) -> str:
        for id_, anchor in self.playbook.model.anchors.items():
            if anchor.start:
                return anchor.title or moment_name(self.playbook, id_)
        return "Start"

    def _join_kind(self, node: str) -> NodeKind:
        split = self.process.gates.get(node.removesuffix(".join"))
        return "inclusive" if node.endswith(".join") and split and split.kind == "inclusive" else "parallel"

    # -- adding ----------------------------------------------------------------------------------

    def _add(self, node: str, parts: _Parts, name: str, kind: NodeKind, label: str = "") -> str:
        """Add a helper of a node behind what it already has, and give its id."""
        lane = self._lane_here(node, parts)
        self._place(parts, ProcessNode(f"{node}-{name}", kind, label, lane, self._stage(node), node))
        return parts.chain[-1]

    def _lane_here(self, node: str, parts: _Parts) -> str:
        """The lane of what it stands behind: what is decided is decided where it was asked."""
        known = {each.id: each.lane for each in self.nodes[-8:]}
        return known.get(parts.chain[-1], "") if parts.chain else self.lanes.of(node)

    def _place(self, parts: _Parts, node: ProcessNode, way: Way | None = None) -> None:
        records: tuple[Record, ...] = ()
        if node.belongs not in self.recorded:
            self.recorded.add(node.belongs)
            records = (self.recorder.node(node.belongs),)
        self.nodes.append(_with(node, records))
        if parts.chain and not node.host:
            self._inside(parts.chain[-1], node.id, way or Way(""))
        parts.chain.append(node.id)

    def _inside(self, source: str, target: str, way: Way) -> None:
        """A flow between two parts of one node; nothing of the core."""
        if any(flow.source == source and flow.target == target for flow in self.flows[-4:]):
            return
        default = bool(way.label) and not way.condition
        self._flow(source, target, way, default=default)

    def _flow(
        self, source: str, target: str, way: Way, *, default: bool = False, records: tuple[Record, ...] = ()
    ) -> None:
        id_ = f"flow.{len(self.flows) + 1}"
        self.flows.append(ProcessFlow(id_, source, target, way.label, way.condition, default, records))

    def _message(self, node: str, message: str, number: int) -> ProcessNode:
        """The message with which the process is begun anew at a node."""
        lane, stage = self.lanes.of(node), self._stage(node)
        return ProcessNode(f"{node}-again{number}", "message_start", message, lane, stage, node, message=message)

    def _merges(self, node: str, waiting: list[Flow], join: str) -> None:
        """Gateways ahead of a join, where tokens that are brought along stand for work that stays done."""
        for number, flow in enumerate((each for each in waiting if id(each) in self.brought), 1):
            id_ = self.merges[id(flow)] = f"{node}-beside{number}"
            lane = self.lanes.of(flow.source)
            self.nodes.append(ProcessNode(id_, "exclusive", "", lane, self._stage(node), node))
            self._flow(id_, join, Way(""))

    def _forked(self, source: ProcessNode, brought: list[Flow], way: Way, *, default: bool = False) -> str:
        """Where a way back goes on from: a gateway that also gives the tokens that it brings along."""
        if not brought:
            return source.id
        count = sum(node.id.startswith(f"{source.id}-back") for node in self.nodes)
        fork = replace(
            ProcessNode(f"{source.id}-back{count + 1}", "parallel"),
            lane=source.lane,
            stage=source.stage,
            belongs=source.belongs,
        )
        self.nodes.append(fork)
        self._flow(source.id, fork.id, way, default=default)
        self.begun.append((fork.id, brought))
        return fork.id

    def _bring(self, source: str, brought: list[Flow]) -> None:
        for flow in brought:
            self._flow(source, self.merges[id(flow)], Way(""))

    def _stage(self, node: str) -> str:
        gate, task = self.process.gates.get(node), self.process.tasks.get(node)
        return gate.stage if gate else task.stage if task else ""

    # -- flows -----------------------------------------------------------------------------------

    def _sequence(self, flow: Flow, source: str) -> None:
        """A flow of the core, through the gates that are only passed, up to the next part."""
        way = self._way(flow)
        records = self._recorded(flow)
        here, onward = flow, flow.target
        while onward not in self.process.ends and not self.parts[onward].chain:
            records.append(self.recorder.node(onward))
            self.recorded.add(onward)
            here = self._after(onward)[0]
            records += self._recorded(here)
            onward = here.target
        default = self._is_default(flow, way)
        if flow.kind == "rework" and (brought := self.beside.back(flow)):
            gate = next(node for node in self.nodes if node.id == source)
            source, way, default = self._forked(gate, brought, way, default=default), Way(""), False
        if onward in self.process.ends:
            target = self._end(here, source)
        else:
            target = self.merges.get(id(here)) or self.parts[onward].arrival(here)
        self._flow(source, target, way, default=default, records=tuple(records))

    def _end(self, flow: Flow, source: str) -> str:
        """An end event of its own for a way that leads to an end."""
        end = self.process.ends[flow.target]
        title = self.playbook.model.ends[end.end].title or words_of(end.end)
        id_ = end.id if end.id not in {node.id for node in self.nodes} else f"{end.id}-{self._ends}"
        self._ends += 1
        before = next(node for node in self.nodes if node.id == source)
        node = ProcessNode(id_, ENDS[flow.mode], title, before.lane, before.stage, end.id)
        self._place(_Parts(), node)
        return id_

    def _way(self, flow: Flow) -> Way:
        """What a flow says where it leaves a decision."""
        parts, gate = self.parts[flow.source], self.process.gates.get(flow.source)
        after = self._after(flow.source)
        together = [each for each in after if each.mode == "together"]
        apart = [each for each in after if each.mode != "together"]
        if gate and gate.kind == "inclusive" and flow.mode == "together" and parts.fork:
            return self._ways(gate, together)[together.index(flow)]
        if not parts.parting or (flow.mode == "together" and parts.fork):
            return Way("")
        asked = [*together[:1], *apart]
        return self._ways(gate, asked)[asked.index(flow)]

    def _is_default(self, flow: Flow, way: Way) -> bool:
        parts, gate = self.parts[flow.source], self.process.gates.get(flow.source)
        forks = bool(parts.fork) and flow.mode == "together"
        decided = forks and gate is not None and gate.kind == "inclusive"
        return not way.condition and (decided or (bool(parts.parting) and not forks))

    def _ways(self, gate: Gate | None, flows: list[Flow]) -> list[Way]:
        return ways(self.playbook, gate, flows)


def _with(node: ProcessNode, records: tuple[Record, ...]) -> ProcessNode:
    return replace(node, records=(*records, *node.records)) if records else node
