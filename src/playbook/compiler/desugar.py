"""From the forms people write to the core: order, choices, approvals, handoffs, branches, overlaps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from playbook.core.owners import Owners
from playbook.core.process import START, End, Flow, FlowKind, FlowMode, Gate, GateKind, Interrupt, Process, Task
from playbook.language.playbook import Handoff, Playbook
from playbook.language.stage import Branch, Stage
from playbook.language.step import Rework, Step
from playbook.letters import letter_at, owners_of
from playbook.text.ids import words_of
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
    tails: dict[str, str] = field(default_factory=dict)
    """The node from which a stage's successors follow: its exit, or the last gate behind it."""
    choice_of: dict[str, str] = field(default_factory=dict)
    """The gate of the choice that a step stands in, by step id."""
    handoffs_at: dict[str, list[tuple[str, Handoff]]] = field(default_factory=dict)
    """The handoffs that can be rejected, and so part the ways, by the step or stage where they are."""

    def __post_init__(self) -> None:
        for id_, handoff in self.playbook.handoffs.items():
            if handoff.at and handoff.reject:
                self.handoffs_at.setdefault(handoff.at, []).append((id_, handoff))

    # -- nodes -----------------------------------------------------------------------------------

    def stage_nodes(self, stage: Stage, path: KeyPath) -> None:
        self.stages[stage.id] = (stage, path)
        self._gate(f"enter.{stage.id}", "entry", stage.id, path)
        defaults = owners_of(stage.raci, (*path, "raci"))
        self._choices(stage, path)
        for index, step in enumerate(stage.steps):
            gate = self.choice_of.get(step.id)
            if gate is not None and gate not in self.nodes:
                self.nodes[gate] = self.gates[gate].path
            self._step_nodes(step, stage.id, (*path, "steps", index), defaults)
        for index in range(len(stage.choose or ())):
            join = f"choice.{stage.id}.{index + 1}.join"
            if join in self.gates:
                self.nodes[join] = self.gates[join].path
        tail = f"exit.{stage.id}"
        self._gate(tail, "exit", stage.id, path)
        for name, handoff in self.handoffs_at.get(stage.id, ()):
            tail = self._handoff_gate(name, handoff, stage.id, tail)
        if len(stage.next) > 1:
            gate = f"next.{stage.id}"
            self._gate(gate, "exclusive", stage.id, (*path, "next"), "Which way?")
            self._flow(tail, gate, (*path, "next"))
            tail = gate
        self.tails[stage.id] = tail

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
            self._gate(gate, "exclusive", stage, (*path, "approval"), "Approved?")
            self._flow(node, gate, path)
            self.leave[step.id] = gate
        for id_, handoff in self.handoffs_at.get(step.id, ()):
            self.leave[step.id] = self._handoff_gate(id_, handoff, stage, self.leave[step.id])

    def end_nodes(self) -> None:
        for id_, end in self.playbook.ends.items():
            node = f"end.{id_}"
            path: KeyPath = ("ends", id_)
            self.ends[node] = End(node, id_, path, end.success)
            self.nodes[node] = path

    def _handoff_gate(self, id_: str, handoff: Handoff, stage: str, before: str) -> str:
        gate = f"handoff.{id_}"
        label = f"{handoff.title or words_of(id_)} accepted?"
        self._gate(gate, "exclusive", stage, ("handoffs", id_), label)
        self._flow(before, gate, ("handoffs", id_))
        return gate

    def _gate(self, id_: str, kind: GateKind, stage: str, path: KeyPath, label: str = "") -> None:
        self.gates[id_] = Gate(id_, kind, stage, path, label)
        self.nodes[id_] = path

    def _flow(
        self,
        source: str,
        target: str,
        path: KeyPath,
        kind: FlowKind = "sequence",
        label: str = "",
        bounded: bool = False,
        mode: FlowMode = "together",
    ) -> None:
        if source in self.nodes and target in self.nodes:
            self.flows.append(Flow(source, target, path, kind, label, bounded, mode))

    # -- flows inside a stage --------------------------------------------------------------------

    def stage_flows(self, stage: Stage, path: KeyPath) -> None:
        entry = current = f"enter.{stage.id}"
        followed: set[str] = set()
        ways_out: list[str] = []
        for index, step in enumerate(stage.steps):
            place: KeyPath = (*path, "steps", index)
            node = f"step.{step.id}"
            if self.nodes.get(node) != place:
                continue
            if step.approval and step.approval.on_reject:
                self._rejection_of(step.id, step.approval.on_reject, place)
            split = self.choice_of.get(step.id)
            target, out = (node, self.leave[step.id]) if split is None else (split, f"{split}.join")
            if split is not None:
                mode: FlowMode = "together" if self.gates[split].kind == "inclusive" else "alternative"
                self._flow(split, node, place, "condition", step.when or "", mode=mode)
                self._flow(self.leave[step.id], out, place, mode=mode)
            if out in ways_out:
                # A further step of a choice that stands where its first one does.
                continue
            for source in self._before(step, stage, entry, current):
                self._flow(source, target, (*place, "after") if step.after else place)
                followed.add(source)
            ways_out.append(out)
            current = out
        open_ends = [way for way in ways_out if way not in followed] or ([] if ways_out else [entry])
        for way in open_ends:
            self._flow(way, f"exit.{stage.id}", path)

    def _choices(self, stage: Stage, path: KeyPath) -> None:
        """The two gates of each choice. A step belongs to the first choice that names it."""
        steps = {step.id for step in stage.steps if step.need != "forbidden"}
        for index, choice in enumerate(stage.choose or ()):
            named = dict.fromkeys((*choice.one_of, *choice.any_of))
            members = [step for step in named if step in steps and step not in self.choice_of]
            if len(members) < 2:
                continue
            gate = f"choice.{stage.id}.{index + 1}"
            place: KeyPath = (*path, "choose", index)
            kind: GateKind = "inclusive" if choice.any_of else "exclusive"
            self.gates[gate] = Gate(gate, kind, stage.id, place, choice.title or "Which?")
            self.gates[f"{gate}.join"] = Gate(f"{gate}.join", "join", stage.id, place)
            self.choice_of.update(dict.fromkeys(members, gate))

    def _before(self, step: Step, stage: Stage, entry: str, current: str) -> list[str]:
        """The nodes that a step waits for; of a choice, what all of its steps wait for together."""
        gate = self.choice_of.get(step.id)
        if gate is None and not step.after:
            return [entry] if stage.parallel or step.after is not None else [current]
        members = [step] if gate is None else [each for each in stage.steps if self.choice_of.get(each.id) == gate]
        named = [
            name for each in members for name in each.after or () if self.choice_of.get(name) != gate or not gate
        ]
        if not named:
            return [entry] if stage.parallel or step.after is not None else [current]
        done = [name for name in named if name in self.leave]
        before = [self._way_out(name) for name in done]
        inside = {other.id for other in stage.steps}
        if not any(name in inside for name in done or named):
            # What it waits for lies outside, so the stage's own entry holds it back as well.
            before.append(entry)
        return list(dict.fromkeys(before))

    def _way_out(self, step: str) -> str:
        """Where the successors of a step go on: of a step in a choice, where the choice ends."""
        gate = self.choice_of.get(step)
        return self.leave[step] if gate is None else f"{gate}.join"

    def _rejection_of(self, step: str, rejected: Rework, path: KeyPath) -> None:
        place: KeyPath = (*path, "approval", "on_reject")
        self._rejection(f"approval.{step}", place, rejected.back_to, rejected.end, rejected.at_most)

    def _rejection(
        self, gate: str, path: KeyPath, back_to: str | None, end: str | None, at_most: int | None
    ) -> None:
        if back_to:
            bounded = at_most is not None
            self._flow(gate, f"step.{back_to}", (*path, "back_to"), "rework", "rejected", bounded, "alternative")
        if end:
            self._flow(gate, f"end.{end}", (*path, "end"), "condition", "rejected", mode="stop")

    # -- flows between stages --------------------------------------------------------------------

    def transitions(self) -> None:
        """Stages in order. A stage that another overlaps stays open until one comes that does not."""
        order = list(self.stages)
        if order:
            self._flow(START, f"enter.{order[0]}", self.stages[order[0]][1])
        pending: list[str] = []
        for index, id_ in enumerate(order):
            stage, path = self.stages[id_]
            for earlier in list(pending):
                if any(overlap.stage == earlier for overlap in stage.overlaps):
                    self._flow(f"enter.{earlier}", f"enter.{id_}", (*path, "overlaps"), "overlap")
                else:
                    self._flow(self.tails[earlier], f"enter.{id_}", self.stages[earlier][1])
                    pending.remove(earlier)
            following = order[index + 1] if index + 1 < len(order) else None
            if following and self._goes_on_to(stage, following):
                pending.append(id_)
                continue
            for earlier in pending:
                # What it overlapped ends before it does.
                self._flow(self.tails[earlier], f"exit.{id_}", (*path, "overlaps"))
            pending = []
            if stage.next:
                self._branches(stage, path, order)
            else:
                self._default_end(self.tails[id_], path)
        for name, handoff in self.playbook.handoffs.items():
            if handoff.reject and f"handoff.{name}" in self.gates:
                refused = handoff.reject
                place: KeyPath = ("handoffs", name, "reject")
                self._rejection(f"handoff.{name}", place, refused.back_to, refused.end, refused.at_most)

    def _goes_on_to(self, stage: Stage, following: str) -> bool:
        """Whether a stage leads to the next one of the file, by default or by its one ``next``."""
        if not stage.next:
            return True
        only = stage.next[0] if len(stage.next) == 1 else None
        overlapped = any(overlap.stage == stage.id for overlap in self.stages[following][0].overlaps)
        return only is not None and only.to == following and only.when is None and overlapped

    def _branches(self, stage: Stage, path: KeyPath, order: list[str]) -> None:
        source = self.tails[stage.id]
        for index, branch in enumerate(stage.next):
            place: KeyPath = (*path, "next", index)
            label = branch.when or ("otherwise" if branch.otherwise else "")
            if branch.to in self.stages:
                back = order.index(branch.to) <= order.index(stage.id)
                kind: FlowKind = "rework" if back else "condition" if label else "sequence"
                self._flow(source, f"enter.{branch.to}", place, kind, label, _bounded(branch), "alternative")
            else:
                way: FlowKind = "condition" if label else "sequence"
                self._flow(source, f"end.{branch.to}", place, way, label, mode="alternative")

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
