"""What a playbook makes true on its way: conditions that have held, and data that has been captured."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from playbook.core.dataflow import Knowledge
from playbook.core.process import Flow, Task
from playbook.core.reach import descendants
from playbook.expressions.parse import parse_expression
from playbook.language.stage import Stage
from playbook.language.step import Step
from playbook.proofs.conditions import any_of, binding, conjuncts, names_in, negated, text_of, tree_of
from playbook.workspace import CompiledPlaybook

_DECIDED = {"approval": ("approved",), "handoff": ("accepted", "submitted")}
"""What has happened once the decision at a gate went well, by the kind of gate that its id begins with."""


@dataclass(frozen=True, slots=True)
class Source:
    """A step that captures or produces something: under a condition, or perhaps (it may be left out)."""

    task: Task
    bit: int
    condition: str | None = None
    perhaps: bool = False


@dataclass
class Facts:
    """The facts of a playbook as bits, and what is known of them where.

    ``conditions`` are trees by bit: each has held at some time once its bit is known. Those of ``lasting``
    still do: what has happened has happened, and a field that only steps fill keeps its value where none of
    them comes later. Those of ``chosen`` are what branches taken depend on, where no step fills it anew.
    ``sources`` are the steps by what they yield.
    """

    knowledge: Knowledge
    conditions: dict[int, ast.expr]
    lasting: dict[int, ast.expr]
    chosen: dict[int, ast.expr]
    sources: dict[str, list[Source]]

    def held(self, known: int, *, lasting: bool = False) -> list[ast.expr]:
        """The conditions that are known to have held; with ``lasting``, those that hold for good."""
        return [tree for bit, tree in (self.lasting if lasting else self.conditions).items() if known & bit]


def facts_of(playbook: CompiledPlaybook) -> Facts:
    """The facts of a playbook; ask with ``playbook.remembered(facts_of)``."""
    return _Collector(playbook).facts()


@dataclass
class _Collector:
    playbook: CompiledPlaybook
    made: dict[str, int] = field(default_factory=dict)
    told: dict[tuple[str, str], int] = field(default_factory=dict)
    conditions: dict[int, ast.expr] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    lasting: dict[int, ast.expr] = field(default_factory=dict)
    chosen: dict[int, ast.expr] = field(default_factory=dict)
    sources: dict[str, list[Source]] = field(default_factory=dict)
    yields: dict[tuple[str, str | None, bool], int] = field(default_factory=dict)
    bits: int = 0
    asked: set[str] = field(default_factory=set)
    asked_of: set[str] = field(default_factory=set)
    later: dict[str, set[str]] = field(default_factory=dict)
    inclusive: set[str] = field(default_factory=set)
    """The choices of which more than one step may be done."""

    def facts(self) -> Facts:
        playbook = self.playbook
        self.inclusive = {id_ for id_, gate in playbook.process.gates.items() if gate.kind == "inclusive"}
        self.asked = {use.name for _, text in playbook.expressions for use in parse_expression(text).names}
        for kind in (playbook.model.anchors, playbook.model.milestones):
            # Who asks for a milestone asks for its event, and the other way round.
            pairs = [(f"{id_}.reached", entry.event) for id_, entry in kind.items() if entry.event]
            self.asked.update(name for pair in pairs if not self.asked.isdisjoint(pair) for name in pair)
        self.asked_of = {name.rpartition(".")[0] for name in self.asked}
        given = 0
        for id_, anchor in playbook.model.anchors.items():
            if anchor.start:
                given |= self._state(f"{id_}.reached") | (self._state(anchor.event) if anchor.event else 0)
        for task in playbook.process.tasks.values():
            self._task(task, playbook.steps[task.step])
        for stage in playbook.stages.values():
            self._stage(stage)
        for gate in playbook.process.gates:
            self._decided(gate)
        knowledge = Knowledge(playbook.process, self.made, self._told, given)
        return Facts(knowledge, self.conditions, self.lasting, self.chosen, self.sources)

    # -- bits ------------------------------------------------------------------------------------

    def _bit(self) -> int:
        self.bits += 1
        return 1 << self.bits

    def _text(self, text: str, node: str = "") -> int:
        """The bits of an expression: of each condition that must hold for it, as a node makes sure of it."""
        tree = tree_of(text)
        bits = 0
        for part in conjuncts(tree) if tree is not None else ():
            bits |= self._tree(part, node)
        return bits

    def _state(self, name: str) -> int:
        """The bits of what has happened; none where no condition asks for it, directly or by another name."""
        return self._text(name) if name in self.asked else 0

    def _tree(self, tree: ast.expr, node: str = "") -> int:
        held = self._bit_of(text_of(tree), tree, self.conditions)
        if self._lasts(tree, node):
            held |= self._bit_of(f"lasting: {text_of(tree)}", tree, self.lasting)
        return held

    def _bit_of(self, text: str, tree: ast.expr, trees: dict[int, ast.expr]) -> int:
        if text not in self.texts:
            self.texts[text] = self._bit()
            trees[self.texts[text]] = tree
        return self.texts[text]

    def _lasts(self, tree: ast.expr, node: str) -> bool:
        """Whether a condition of which a node makes sure (if there is one) stays true from there on."""
        if isinstance(tree, ast.BoolOp):
            return all(self._lasts(value, node) for value in tree.values)
        if isinstance(tree, ast.Name | ast.Attribute):
            type_ = self.playbook.type_of(text_of(tree))
            if type_ is not None and type_.moment:
                return True
        return bool(node) and all(self._is_settled(name, node) for name in names_in(tree))

    def _is_settled(self, name: str, node: str) -> bool:
        """Whether a field is filled by steps alone, all of which come before a node."""
        tasks = {source.task.id for source in self.sources.get(name, ())}
        symbol = self.playbook.workspace_symbols["field"].get(name)
        if not tasks or symbol is None or symbol.value.captured is not None:  # type: ignore[attr-defined]
            return False
        jumps = [interrupt.target for interrupt in self.playbook.process.interrupts if interrupt.target]
        if any(tasks & self._behind(target) for target in jumps):
            return False
        # A step beside, in a stage that overlaps, is neither before nor behind.
        return all(node in self._behind(task) and task not in self._behind(node) for task in tasks)

    def _behind(self, node: str) -> set[str]:
        if node not in self.later:
            self.later[node] = descendants(self.playbook.process, node)
        return self.later[node]

    def _make(self, node: str, bits: int) -> None:
        self.made[node] = self.made.get(node, 0) | bits

    # -- what makes what true --------------------------------------------------------------------

    def _stage(self, stage: Stage) -> None:
        for node, criteria, state in (("enter", stage.enter, "entered"), ("exit", stage.exit, "exited")):
            for text in binding(criteria):
                self._make(f"{node}.{stage.id}", self._text(text, f"{node}.{stage.id}"))
            self._make(f"{node}.{stage.id}", self._state(f"{stage.id}.{state}"))
        whens = [tree for branch in stage.next if branch.when and (tree := tree_of(branch.when)) is not None]
        for branch in stage.next:
            taken = (
                tree_of(branch.when)
                if branch.when
                else negated(any_of(whens))
                if branch.otherwise and whens
                else None
            )
            if taken is None:
                continue
            target = f"enter.{branch.to}" if branch.to in self.playbook.stages else f"end.{branch.to}"
            bits = 0
            for part in conjuncts(taken):
                bits |= self._tree(part) | self._choose(part, f"exit.{stage.id}")
            self.told[f"next.{stage.id}", target] = self.told[f"exit.{stage.id}", target] = bits

    def _choose(self, tree: ast.expr, node: str) -> int:
        """The bit of what a branch depends on; none for what may be otherwise later on."""
        if any(self._may_change(name, node) for name in names_in(tree)):
            return 0
        return self._bit_of(f"chosen: {text_of(tree)}", tree, self.chosen)

    def _may_change(self, name: str, node: str) -> bool:
        """Whether something may still happen, or is filled by a step behind a node."""
        type_ = self.playbook.type_of(name)
        if type_ is not None and type_.moment:
            return True
        return any(source.task.id in self._behind(node) for source in self.sources.get(name, ()))

    def _task(self, task: Task, step: Step) -> None:
        items = (*step.captures, *step.produces, *(self._given_back(step) if step.run else ()))
        if not items and task.step not in self.asked_of:
            return
        perhaps = step.need != "required" or (step.for_each is not None and step.for_each.at_least == 0)
        perhaps = perhaps or self._is_one_of_several(task)
        for item in items:
            bit = self._yielded(item, step.when, perhaps=perhaps)
            self.sources.setdefault(item, []).append(Source(task, bit, step.when, perhaps))
            self._make(task.id, bit)
        if not perhaps and not step.when and not self.asked_of.isdisjoint((step.id, *step.produces)):
            for state in self._states_of(step):
                self._make(task.id, self._state(state))

    def _yielded(self, item: str, condition: str | None, *, perhaps: bool) -> int:
        """The bit of something being there: one for all steps that yield it alike, so that any of them will do."""
        key = (item, condition, perhaps)
        if key not in self.yields:
            self.yields[key] = self._bit()
        return self.yields[key]

    def _states_of(self, step: Step) -> Iterator[str]:
        """What has happened once a step is done."""
        yield f"{step.id}.completed"
        yield f"{step.id}.started"
        for artifact in step.produces:
            yield f"{artifact}.produced"
        if step.approval and not step.approval.on_reject:
            yield f"{step.id}.approved"

    def _given_back(self, step: Step) -> tuple[str, ...]:
        """What a playbook that is run as a step leaves."""
        run = step.run and self.playbook.workspace_symbols.get("playbook", {}).get(step.run.playbook)
        interface = getattr(run.value, "interface", None) if run else None
        return interface.produces if interface else ()

    def _is_one_of_several(self, task: Task) -> bool:
        """Whether a step stands in a choice of which more than one step may be done."""
        if not self.inclusive:
            return False
        return any(flow.source in self.inclusive for flow in self.playbook.process.predecessors[task.id])

    def _decided(self, gate: str) -> None:
        """What is known once a decision went well."""
        prefix, _, id_ = gate.partition(".")
        bits = 0
        for state in _DECIDED.get(prefix, ()):
            bits |= self._state(f"{id_}.{state}")
        if not bits:
            return
        for flow in self.playbook.process.successors[gate]:
            if flow.mode == "together":
                self.told[flow.source, flow.target] = bits

    def _told(self, flow: Flow) -> int:
        return self.told.get((flow.source, flow.target), 0)
