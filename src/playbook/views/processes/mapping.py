"""The core and the parts of BPMN: the one place that says what stands for what, in both directions.

Forward, a node of the core becomes one or several BPMN nodes that belong to it, and a flow becomes a sequence
flow. Each carries a record of what the core says of it. Gates where nothing parts or meets become no node: the
sequence flow that runs through them carries their records, in the order in which it passes them. Backward, the
records give the parts, and the drawn graph gives what leads where.

No record has a value called ``id``: tools index whatever carries one, and would take a record for the node.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import cast

from playbook.core.owners import Letter, Owners
from playbook.core.process import (
    End,
    Flow,
    FlowKind,
    FlowMode,
    Gate,
    GateKind,
    Interrupt,
    Process,
    Task,
)
from playbook.shapes.process import NodeKind, ProcessModel, Record
from playbook.text.paths import KeyPath

SPLITS: dict[GateKind, NodeKind] = {
    "entry": "parallel",
    "exit": "parallel",
    "exclusive": "exclusive",
    "inclusive": "inclusive",
    "join": "parallel",
}
"""The gateway that stands for a gate where the ways that leave it part."""

ENDS: dict[FlowMode, NodeKind] = {"together": "end", "alternative": "end", "stop": "terminate_end"}
"""The end event that a flow leads to, if it leads to an end."""

_OWNERS = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed"}


# -- forward -------------------------------------------------------------------------------------


class Recorder:
    """Writes the records of the parts of one process. ``order`` is their place in the file."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._nodes = {node: index for index, node in enumerate(process.nodes)}
        self._flows = {id(flow): index for index, flow in enumerate(process.flows)}

    def node(self, id_: str) -> Record:
        """The record of the start, a task, a gate or an end."""
        process = self.process
        common = (("node", id_), ("order", str(self._nodes[id_])), ("path", _path(process.nodes[id_])))
        if id_ in process.tasks:
            task = process.tasks[id_]
            asked = () if task.condition is None else (("condition", task.condition),)
            values = (*common, ("step", task.step), ("stage", task.stage), *asked)
            return Record("task", values, tuple(_letters(task.owners)))
        if id_ in process.gates:
            gate = process.gates[id_]
            return Record("gate", (*common, ("kind", gate.kind), ("stage", gate.stage), ("label", gate.label)))
        if id_ in process.ends:
            end = process.ends[id_]
            return Record("end", (*common, ("end", end.end), ("success", _flag(end.success))))
        return Record("start", common)

    def flow(self, flow: Flow, *, drawn: bool = True) -> Record:
        """The record of a flow. Of one that is not drawn, it names both ends."""
        ends = () if drawn else (("source", flow.source), ("target", flow.target))
        values = (
            ("order", str(self._flows[id(flow)])),
            ("path", _path(flow.path)),
            ("kind", flow.kind),
            ("mode", flow.mode),
            ("bounded", _flag(flow.bounded)),
            ("label", flow.label),
        )
        return Record("flow", (*ends, *values))

    def interrupt(self, index: int, interrupt: Interrupt) -> Record:
        """The record of an interrupt."""
        target = () if interrupt.target is None else (("target", interrupt.target),)
        values = (("interrupt", interrupt.id), ("order", str(index)), ("path", _path(interrupt.path)))
        return Record("interrupt", (*values, ("stages", json.dumps(interrupt.stages)), *target))


def _letters(owners: Owners) -> Iterable[Record]:
    for name, letter in owners.letters():
        holders = json.dumps(letter.holders)
        values = (
            ("name", name),
            ("holders", holders),
            ("choice", _flag(letter.choice)),
            ("path", _path(letter.path)),
        )
        yield Record("letter", values)


def _path(path: KeyPath) -> str:
    return json.dumps(path)


def _flag(value: bool) -> str:
    return "true" if value else "false"


# -- backward ------------------------------------------------------------------------------------


def core_of(model: ProcessModel) -> Process:
    """The core that a model was made of."""
    return _Reader(model).process()


class _Reader:
    def __init__(self, model: ProcessModel) -> None:
        self.model = model
        self.belongs = {node.id: node.belongs for node in model.nodes}
        self.nodes: dict[str, Record] = {}
        self.flows: list[tuple[int, Flow]] = []
        self.interrupts: list[tuple[int, Interrupt]] = []

    def process(self) -> Process:
        for node in (*self.model.nodes, *(each for handler in self.model.handlers for each in handler.nodes)):
            self._take(node.records)
        for handler in self.model.handlers:
            self._take(handler.records)
        for flow in self.model.flows:
            self._follow(self.belongs[flow.source], flow.records, self.belongs[flow.target])
        self._take(self.model.records)
        in_order = sorted(self.nodes, key=lambda id_: int(_value(self.nodes[id_], "order")))
        ordered = {id_: self.nodes[id_] for id_ in in_order}
        return Process(
            nodes={id_: _read_path(record) for id_, record in ordered.items()},
            tasks={id_: _task(record) for id_, record in ordered.items() if record.name == "task"},
            gates={id_: _gate(record) for id_, record in ordered.items() if record.name == "gate"},
            ends={id_: _end(record) for id_, record in ordered.items() if record.name == "end"},
            flows=tuple(flow for _, flow in sorted(self.flows, key=lambda each: each[0])),
            interrupts=tuple(each for _, each in sorted(self.interrupts, key=lambda each: each[0])),
        )

    def _take(self, records: Iterable[Record]) -> None:
        for record in records:
            if record.name == "interrupt":
                self.interrupts.append((int(_value(record, "order")), _interrupt(record)))
            elif record.name == "flow":
                self._flow(record, _value(record, "source"), _value(record, "target"))
            elif record.name in ("start", "task", "gate", "end"):
                self.nodes[_value(record, "node")] = record

    def _follow(self, source: str, records: tuple[Record, ...], last: str) -> None:
        """Read a sequence flow: flows of the core and the gates between them, in turn."""
        for index, record in enumerate(records):
            if record.name == "flow":
                passed = records[index + 1] if index + 1 < len(records) else None
                target = _value(passed, "node") if passed else last
                self._flow(record, source, target)
                source = target
            else:
                self._take((record,))

    def _flow(self, record: Record, source: str, target: str) -> None:
        flow = Flow(
            source,
            target,
            _read_path(record),
            cast("FlowKind", _value(record, "kind")),
            _value(record, "label"),
            _value(record, "bounded") == "true",
            cast("FlowMode", _value(record, "mode")),
        )
        self.flows.append((int(_value(record, "order")), flow))


def _value(record: Record, name: str) -> str:
    return dict(record.values).get(name, "")


def _read_path(record: Record) -> KeyPath:
    return tuple(json.loads(_value(record, "path")))


def _task(record: Record) -> Task:
    condition = dict(record.values).get("condition")
    id_, step, stage = (_value(record, name) for name in ("node", "step", "stage"))
    return Task(id_, step, stage, _read_path(record), _owners(record), condition)


def _owners(record: Record) -> Owners:
    letters = {}
    for part in record.parts:
        holders = tuple(json.loads(_value(part, "holders")))
        letters[_OWNERS[_value(part, "name")]] = Letter(holders, _read_path(part), _value(part, "choice") == "true")
    return Owners(**letters)


def _gate(record: Record) -> Gate:
    kind = cast("GateKind", _value(record, "kind"))
    return Gate(_value(record, "node"), kind, _value(record, "stage"), _read_path(record), _value(record, "label"))


def _end(record: Record) -> End:
    success = _value(record, "success") == "true"
    return End(_value(record, "node"), _value(record, "end"), _read_path(record), success)


def _interrupt(record: Record) -> Interrupt:
    stages = tuple(json.loads(_value(record, "stages")))
    return Interrupt(_value(record, "interrupt"), _read_path(record), stages, dict(record.values).get("target"))
