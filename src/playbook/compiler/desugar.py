"""From the forms people write to the core: order, choices, approvals, handoffs, branches, overlaps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from playbook.core.owners import Owners
from playbook.core.process import START, End, Flow, FlowKind, Gate, GateKind, Interrupt, Process, Task
from playbook.language.playbook import Handoff, Playbook
from playbook.language.stage import Branch, Stage
from playbook.language.step import Step
from playbook.letters import letter_at, owners_of
from playbook.text.paths import KeyPath


def desugar(playbook: Playbook) -> Process:
    """The core of a playbook. References that lead nowhere are left out; they are reported elsewhere."""
    builder = _Builder(playbook)
    for index, stage in enumerate(playbook.stages):
        if f"enter.{stage.id}" not in builder.nodes:
            builder.stage_nodes(stage, ("stages", index))
    builder.end_nodes()
    for stage, path in builder.stages.values():
        builder.stage_flows(stage, path)
    builder.transitions()
    return builder.process()


@dataclass
class _Builder:
    """Nodes first, then flows, since a step may follow one that is written later."""

    playbook: Playbook
    nodes: dict[str, KeyPath] = field(default_factory=lambda: {START: ("stages",)})
    tasks: dict[str, Task] = field(default_factory=dict)
    gates: dict[str, Gate] = field(default_factory=dict)
    ends: dict[str, End] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)
    stages: dict[str, tuple[Stage, KeyPath]] = field(default_factory=dict)
    leave: dict[str, str] = field(default_factory=dict)
    """The node from which a step's successors follow: its task, or the last gate behind it."""

    # -- nodes -----------------------------------------------------------------------------------

    def stage_nodes(self, stage: Stage, path: KeyPath) -> None:
        self.stages[stage.id] = (stage, path)
        self._gate(f"enter.{stage.id}", "entry", stage.id, stage.id, path)
        defaults = owners_of(stage.raci, (*path, "raci"))
        for index, step in enumerate(stage.steps):
            self._step_nodes(step, stage.id, (*path, "steps", index), defaults)
        self._gate(f"exit.{stage.id}", "exit", stage.id, stage.id, path)

    def _step_nodes(self, step: Step, stage: str, path: KeyPath, defaults: Owners) -> None:
        node = f"step.{step.id}"
        if step.need == "forbidden" or node in self.nodes:
            return
        owners = owners_of(step.raci, (*path, "raci"), defaults) if step.raci else defaults
        approval = step.approval
        if approval and owners.responsible is None:
            owners = replace(owners, responsible=letter_at(approval.by, (*path, "approval", "by")))
        self.tasks[node] = Task(node, step.id, stage, path, owners, step.when)
        self.nodes[node] = path
        self.leave[step.id] = node
        if approval and approval.on_reject:
            gate = f"approval.{step.id}"
            self._gate(gate, "exclusive", step.id, stage, (*path, "approval"), "Approved?")
            self._flow(node, gate, path)
            self.leave[step.id] = gate
        for id_, handoff in self._handoffs_at(step.id):
            self.leave[step.id] = self._handoff_gate(id_, handoff, stage, self.leave[step.id])

    def end_nodes(self) -> None:
        for id_, end in self.playbook.ends.items():
            node = f"end.{id_}"
            path: KeyPath = ("ends", id_)
            self.ends[node] = End(node, id_, path, end.success)
            self.nodes[node] = path

    def _handoffs_at(self, place: str) -> list[tuple[str, Handoff]]:
        """Handoffs at a step or stage that can be rejected, and so part the ways."""
        return [
            (id_, handoff)
            for id_, handoff in self.playbook.handoffs.items()
            if handoff.at == place and handoff.reject
        ]

    def _handoff_gate(self, id_: str, handoff: Handoff, stage: str, before: str) -> str:
        gate = f"handoff.{id_}"
        label = f"{handoff.title or id_.replace('_', ' ').capitalize()} accepted?"
        self._gate(gate, "exclusive", id_, stage, ("handoffs", id_), label)
        self._flow(before, gate, ("handoffs", id_))
        return gate

    def _gate(self, id_: str, kind: GateKind, about: str, stage: str, path: KeyPath, label: str = "") -> None:
        self.gates[id_] = Gate(id_, kind, about, stage, path, label)
        self.nodes[id_] = path

    def _flow(
        self,
        source: str,
        target: str,
        path: KeyPath,
        kind: FlowKind = "sequence",
        label: str = "",
        bounded: bool = False,
    ) -> None:
        if source in self.nodes and target in self.nodes:
            self.flows.append(Flow(source, target, path, kind, label, bounded))

    # -- flows inside a stage --------------------------------------------------------------------

    def stage_flows(self, stage: Stage, path: KeyPath) -> None:
        entry = current = f"enter.{stage.id}"
        choices = self._choices(stage, path)
        followed: set[str] = set()
        outs: list[str] = []
        for index, step in enumerate(stage.steps):
            place: KeyPath = (*path, "steps", index)
            if self.nodes.get(f"step.{step.id}") != place:
                continue
            split = choices.get(step.id)
            before = self._before(step, stage, entry, current)
            if split is None:
                target, out = f"step.{step.id}", self.leave[step.id]
            else:
                target, out = split, f"{split}.join"
                self._flow(split, f"step.{step.id}", place, "condition", step.when or "")
                self._flow(self.leave[step.id], out, place)
            if target not in outs:
                for source in before:
                    self._flow(source, target, (*place, "after") if step.after else place)
                    followed.add(source)
                outs.append(target)
            current = out
            self._approval_flows(step, place)
        ends = [
            self.leave[node.removeprefix("step.")] if node.startswith("step.") else f"{node}.join" for node in outs
        ]
        open_ends = [node for node in ends if node not in followed] or ([entry] if not outs else [])
        for node in open_ends:
            self._flow(node, f"exit.{stage.id}", path)

    def _choices(self, stage: Stage, path: KeyPath) -> dict[str, str]:
        """The gate that each step of a choice hangs on, by step id."""
        gate_of: dict[str, str] = {}
        for index, choice in enumerate(stage.choose or ()):
            members = [step for step in (*choice.one_of, *choice.any_of) if f"step.{step}" in self.tasks]
            if len(members) < 2:
                continue
            gate = f"choice.{stage.id}.{index + 1}"
            place: KeyPath = (*path, "choose", index)
            self._gate(gate, "exclusive", stage.id, stage.id, place, choice.title or "Which?")
            self._gate(f"{gate}.join", "join", stage.id, stage.id, place)
            gate_of.update(dict.fromkeys(members, gate))
        return gate_of

    def _before(self, step: Step, stage: Stage, entry: str, current: str) -> list[str]:
        """The nodes that a step waits for."""
        if step.after is None:
            return [entry] if stage.parallel else [current]
        before = [self.leave[name] for name in step.after if name in self.leave]
        inside = {other.id for other in stage.steps}
        if not any(name in inside for name in step.after):
            # What it waits for lies outside, so the stage's own entry holds it back as well.
            before.append(entry)
        return list(dict.fromkeys(before))

    def _approval_flows(self, step: Step, path: KeyPath) -> None:
        gate = f"approval.{step.id}"
        if gate in self.gates and step.approval and step.approval.on_reject:
            rejected = step.approval.on_reject
            self._rejection(
                gate, (*path, "approval", "on_reject"), rejected.back_to, rejected.end, rejected.at_most
            )

    def _rejection(
        self, gate: str, path: KeyPath, back_to: str | None, end: str | None, at_most: int | None
    ) -> None:
        if back_to:
            self._flow(gate, f"step.{back_to}", (*path, "back_to"), "rework", "rejected", at_most is not None)
        if end:
            self._flow(gate, f"end.{end}", (*path, "end"), "condition", "rejected")

    # -- flows between stages --------------------------------------------------------------------

    def transitions(self) -> None:
        order = list(self.stages)
        if order:
            self._flow(START, f"enter.{order[0]}", self.stages[order[0]][1])
        for index, id_ in enumerate(order):
            stage, path = self.stages[id_]
            tail = f"exit.{id_}"
            for name, handoff in self._handoffs_at(id_):
                tail = self._handoff_gate(name, handoff, id_, tail)
            following = order[index + 1] if index + 1 < len(order) else None
            if stage.next:
                self._branches(stage, path, tail, order)
            elif following and self._overlapped(following, id_):
                later = self.stages[following][1]
                self._flow(f"enter.{id_}", f"enter.{following}", (*later, "overlaps"), "overlap")
                # The later stage may start early, but is not over before the earlier one.
                self._flow(tail, f"exit.{following}", (*later, "overlaps"))
            elif following:
                self._flow(tail, f"enter.{following}", path)
            else:
                self._default_end(tail, path)
        for name, handoff in self.playbook.handoffs.items():
            if handoff.reject and f"handoff.{name}" in self.gates:
                refused = handoff.reject
                place: KeyPath = ("handoffs", name, "reject")
                self._rejection(f"handoff.{name}", place, refused.back_to, refused.end, refused.at_most)

    def _overlapped(self, later: str, earlier: str) -> bool:
        return any(overlap.stage == earlier for overlap in self.stages[later][0].overlaps)

    def _branches(self, stage: Stage, path: KeyPath, tail: str, order: list[str]) -> None:
        source = tail
        if len(stage.next) > 1:
            source = f"next.{stage.id}"
            self._gate(source, "exclusive", stage.id, stage.id, (*path, "next"), "Which way?")
            self._flow(tail, source, (*path, "next"))
        for index, branch in enumerate(stage.next):
            place: KeyPath = (*path, "next", index)
            label = branch.when or ("otherwise" if branch.otherwise else "")
            if branch.to in self.stages:
                back = order.index(branch.to) <= order.index(stage.id)
                kind: FlowKind = "rework" if back else "condition" if label else "sequence"
                self._flow(source, f"enter.{branch.to}", place, kind, label, _bounded(branch))
            else:
                self._flow(source, f"end.{branch.to}", place, "condition" if label else "sequence", label)

    def _default_end(self, tail: str, path: KeyPath) -> None:
        """The last stage leads to the one end that is a success, if there is just one."""
        successes = [node for node, end in self.ends.items() if end.success]
        if len(successes) == 1:
            self._flow(tail, successes[0], path)

    # -- the whole -------------------------------------------------------------------------------

    def process(self) -> Process:
        interrupts = []
        for id_, interrupt in self.playbook.interrupts.items():
            stages = interrupt.stages or tuple(self.stages)
            wanted = interrupt.end or interrupt.to
            target = next((node for node in (f"end.{wanted}", f"enter.{wanted}") if node in self.nodes), None)
            known = tuple(stage for stage in stages if stage in self.stages)
            interrupts.append(Interrupt(id_, ("interrupts", id_), known, target))
        return Process(self.nodes, self.tasks, self.gates, self.ends, tuple(self.flows), tuple(interrupts))


def _bounded(branch: Branch) -> bool:
    return branch.at_most is not None or branch.within is not None
