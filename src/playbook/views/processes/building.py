"""From the core to BPMN: each node of the core becomes the parts that it needs, each flow a sequence flow.

A node of the core becomes up to six parts in a row: a gateway that waits for all that go together, one where
alternatives meet, a task (between two gateways, if it may be left out), milestones, a gateway where alternatives
part, one where ways part that go together. No gateway both joins and parts, and nothing but a gateway has several
ways in or out. Ends are drawn where they are reached: each way to an end has an end event of its own.
"""

from __future__ import annotations

from playbook.core.process import START, Task
from playbook.shapes.process import NodeKind, ProcessFlow, ProcessNode, Record
from playbook.views.narrowing.excerpt import elsewhere
from playbook.views.parts.phrases import condition
from playbook.views.parts.words import moment_name
from playbook.views.processes.bringing import Bringing
from playbook.views.processes.conditions import Way, ways
from playbook.views.processes.drawing import PLAIN, Drawing, Parts
from playbook.views.processes.lanes import Lanes
from playbook.views.processes.mapping import SPLITS, Recorder
from playbook.views.processes.passed import passed_at
from playbook.views.processes.played import Played
from playbook.views.processes.sequences import Sequences, decided
from playbook.views.processes.tasks import kind_of, loop_of, notes_of, timers_of
from playbook.workspace import CompiledPlaybook


class Builder:
    """Builds the nodes and flows of one playbook's process."""

    def __init__(self, playbook: CompiledPlaybook, lanes: Lanes, recorder: Recorder) -> None:
        self._playbook = playbook
        self._process = playbook.process
        self._lanes = lanes
        self._played = Played(playbook)
        self._drawing = Drawing(self._played, lanes, recorder)
        self._bringing = Bringing(self._drawing)

    def build(self) -> None:
        """Make all parts, and what leads from one to the other."""
        for node in self._process.nodes:
            if node in self._played.nodes and node not in self._process.ends:
                self._node(node)
        Sequences(self._playbook, self._drawing, self._bringing).draw()
        self._bringing.finish()

    @property
    def nodes(self) -> tuple[ProcessNode, ...]:
        """What was made, in reading order."""
        return tuple(self._drawing.nodes.values())

    @property
    def flows(self) -> tuple[ProcessFlow, ...]:
        """What leads from one to the other."""
        return tuple(self._drawing.flows)

    def rest(self, besides: set[str]) -> tuple[Record, ...]:
        """The records of what is not drawn: what nothing leads to, and what only makes sure."""
        drawing = self._drawing
        nodes = [node for node in self._process.nodes if node not in drawing.recorded | besides]
        return (
            *(drawing.recorder.node(node) for node in nodes),
            *(drawing.recorder.flow(flow, drawn=False) for flow in self._played.undrawn()),
        )

    # -- the parts of a node ---------------------------------------------------------------------

    def _node(self, node: str) -> None:
        parts = self._drawing.parts[node] = Parts()
        if self._is_passed(node):
            return
        further = self._meetings(node, parts)
        self._middle(node, parts)
        for each in passed_at(self._playbook, self._lanes, node):
            self._drawing.place(parts, each)
        self._partings(node, parts)
        for number, message in enumerate(further, 1):
            started = self._message(node, message, number)
            self._drawing.put(started)
            brought = self._played.brought_anew(node)
            self._drawing.flow(self._bringing.forked(started, brought, PLAIN), parts.merge, PLAIN)

    def _is_passed(self, node: str) -> bool:
        """Whether a gate becomes a mere sequence flow: it has one way in and one way out."""
        if node not in self._process.gates or self._played.messages(node):
            return False
        alone = len(self._played.before[node]) == len(self._played.after[node]) == 1
        return alone and not passed_at(self._playbook, self._lanes, node)

    def _meetings(self, node: str, parts: Parts) -> list[str]:
        """The gateways where flows meet. The messages that are to lead there as well are given back."""
        drawing, before, again = self._drawing, self._played.before[node], self._played.messages(node)
        waiting = [flow for flow in before if flow.mode == "together"]
        others = len(before) - len(waiting) + len(again)
        if len(waiting) > 1:
            parts.join = drawing.helper(node, parts, "join", self._join_kind(node))
            self._bringing.merges(node, waiting, parts.join)
        if bool(waiting) + others > 1:
            parts.merge = drawing.helper(node, parts, "merge", "exclusive")
        elif again:
            # Nothing else leads here: the message is where it begins.
            drawing.place(parts, self._message(node, again.pop(), 1))
            if brought := self._played.brought_anew(node):
                self._bringing.begin(drawing.helper(node, parts, "anew", "parallel"), brought)
        return again

    def _join_kind(self, node: str) -> NodeKind:
        split = self._process.gates.get(node.removesuffix(".join"))
        return "inclusive" if node.endswith(".join") and split and split.kind == "inclusive" else "parallel"

    def _message(self, node: str, message: str, number: int) -> ProcessNode:
        """The message with which the process is begun anew at a node."""
        lane, stage = self._lanes.of(node), self._played.stage(node)
        return ProcessNode(f"{node}-again{number}", "message_start", message, lane, stage, node, message=message)

    def _partings(self, node: str, parts: Parts) -> None:
        """The gateways where flows part."""
        drawing, gate, after = self._drawing, self._process.gates.get(node), self._played.after[node]
        together = sum(flow.mode == "together" for flow in after)
        kind: NodeKind = "inclusive" if gate and gate.kind == "inclusive" else "parallel"
        asked = decided(after)
        taken = PLAIN
        if together < len(after) and len(asked) > 1:
            label = gate.label if gate and gate.label else "Which way?"
            parts.parting = drawing.helper(node, parts, "split", "exclusive", label)
            taken = ways(self._playbook, gate, asked)[0]
        if together > 1:
            label = (gate.label or "Which?") if gate and kind == "inclusive" else ""
            parts.fork = drawing.helper(node, parts, "fork", kind, label, taken)
        if not after:
            drawing.helper(node, parts, "end", "end", "Nothing follows")
        elif not parts.chain:
            # Nothing parts and nothing meets, but nothing leads here that could carry it along either.
            gate_kind = SPLITS[gate.kind] if gate else "exclusive"
            drawing.helper(node, parts, "gate", gate_kind, gate.label if gate else "")

    # -- what is done or happens at a node -------------------------------------------------------

    def _middle(self, node: str, parts: Parts) -> None:
        task = self._process.tasks.get(node)
        if task is not None:
            self._task(task, parts)
        elif node == START:
            start = ProcessNode(node, "start", self._start_label(), self._lanes.of(node), belongs=node)
            self._drawing.place(parts, start)

    def _task(self, task: Task, parts: Parts) -> None:
        drawing, step = self._drawing, self._playbook.steps[task.step]
        skipped = task.condition is not None and not self._played.is_chosen(task.id)
        before = drawing.helper(task.id, parts, "if", "exclusive", "Needed?") if skipped else ""
        node = self._activity(task)
        expression = task.condition or ""
        drawing.place(parts, node, Way(condition(self._playbook, expression), expression) if skipped else PLAIN)
        nodes, flows = timers_of(self._playbook, node, step)
        drawing.put(*nodes)
        drawing.flows += flows
        if skipped:
            after = drawing.helper(task.id, parts, "then", "exclusive")
            drawing.inside(before, after, Way("otherwise"))

    def _activity(self, task: Task) -> ProcessNode:
        step = self._playbook.steps[task.step]
        called = step.run.playbook if step.run else ""
        return ProcessNode(
            task.id,
            "call" if called else kind_of(step),
            step.label,
            self._lanes.of(task.id),
            task.stage,
            task.id,
            notes_of(self._playbook, task, step),
            calls=f"process.{called}" if called else "",
            loop=loop_of(step),
        )

    def _start_label(self) -> str:
        """What it begins with; of a part, what is ahead of it."""
        ahead = elsewhere(self._playbook, START)
        if ahead is not None:
            return ahead
        for id_, anchor in self._playbook.model.anchors.items():
            if anchor.start:
                return anchor.title or moment_name(self._playbook, id_)
        return "Start"
