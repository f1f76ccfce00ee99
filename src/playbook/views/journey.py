"""The journey map: stages with their steps, gates and ends, and what leads where."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.core.process import START, Flow, Gate, Process
from playbook.shapes.diagram import Diagram, DiagramEdge, DiagramGroup, DiagramNode, EdgeKind, NodeTone
from playbook.text.ids import words_of
from playbook.views.subject import Subject
from playbook.views.words import criteria, doer, moment_name, party_of, when
from playbook.workspace import CompiledPlaybook

_TONES: dict[str, NodeTone] = {
    "internal": "plain",
    "customer": "customer",
    "joint": "customer",
    "partner": "partner",
    "system": "system",
}


def diagram(subject: Subject) -> Diagram:
    """The journey of one playbook."""
    playbook = subject.playbook
    kept = _drawn_nodes(playbook.process)
    nodes = tuple(_node(playbook, id_) for id_ in playbook.process.nodes if id_ in kept)
    return Diagram(
        name=f"{playbook.name}.journey",
        title=playbook.title,
        nodes=nodes,
        edges=_edges(playbook.process, kept),
        groups=tuple(_groups(playbook)),
        notes=tuple(_notes(playbook)),
    )


def _drawn_nodes(process: Process) -> set[str]:
    """All nodes but gates where nothing parts or meets: those only frame a stage."""
    return {
        id_ for id_ in process.nodes if id_ not in process.gates or _parts_or_meets(process, process.gates[id_])
    }


def _parts_or_meets(process: Process, gate: Gate) -> bool:
    leaving, reaching = process.successors[gate.id], process.predecessors[gate.id]
    if gate.kind == "entry":
        return sum(flow.kind != "overlap" for flow in leaving) > 1
    if gate.kind in ("exit", "join"):
        return len(reaching) > 1
    return True


def _node(playbook: CompiledPlaybook, id_: str) -> DiagramNode:
    process = playbook.process
    if id_ == START:
        return DiagramNode(id_, _start_label(playbook), "start")
    if id_ in process.ends:
        end = process.ends[id_]
        title = playbook.model.ends[end.end].title or words_of(end.end)
        return DiagramNode(id_, title, "end", tone="success" if end.success else "stop")
    if id_ in process.gates:
        gate = process.gates[id_]
        if gate.kind in ("exclusive", "inclusive"):
            return DiagramNode(id_, gate.label, "exclusive_gate", gate.stage)
        return DiagramNode(id_, "", "exclusive_gate" if gate.kind == "join" else "parallel_gate", gate.stage)
    task = process.tasks[id_]
    step = playbook.steps[task.step]
    details = (
        doer(playbook, task),
        when(playbook, step.due),
        f"if {task.condition}" if task.condition else "",
        step.need if step.need != "required" else "",
    )
    return DiagramNode(
        id_,
        step.label,
        "step",
        task.stage,
        tuple(detail for detail in details if detail),
        _TONES[party_of(playbook, task, step)],
        dashed=step.need in ("optional", "recommended") or task.condition is not None,
    )


def _start_label(playbook: CompiledPlaybook) -> str:
    for id_, anchor in playbook.model.anchors.items():
        if anchor.start:
            return anchor.title or moment_name(playbook, id_)
    return "Start"


@dataclass(frozen=True)
class _Way:
    """How a node is reached from another over gates that are not drawn."""

    target: str
    kind: EdgeKind
    label: str


def _edges(process: Process, kept: set[str]) -> tuple[DiagramEdge, ...]:
    edges: dict[tuple[str, str, str, str], DiagramEdge] = {}
    for source in process.nodes:
        if source not in kept:
            continue
        for way in _ways(process, source, kept):
            edge = DiagramEdge(source, way.target, way.label, way.kind)
            edges.setdefault((source, way.target, way.label, way.kind), edge)
    return tuple(edges.values())


def _ways(process: Process, source: str, kept: set[str]) -> list[_Way]:
    found: list[_Way] = []
    pending = [(flow, flow.kind, flow.label) for flow in reversed(process.successors[source])]
    seen: set[Flow] = set()
    while pending:
        flow, kind, label = pending.pop()
        if flow in seen:
            continue
        seen.add(flow)
        if flow.target in kept:
            found.append(_Way(flow.target, kind, label))
            continue
        for onward in reversed(process.successors[flow.target]):
            # The most telling part of the way gives the edge its kind.
            carried = onward.kind if kind == "sequence" else kind
            words = " and ".join(part for part in (label, onward.label) if part)
            pending.append((onward, carried, words))
    return found


def _groups(playbook: CompiledPlaybook) -> list[DiagramGroup]:
    groups = []
    for number, stage in enumerate(playbook.stages.values(), 1):
        enter, leave = criteria(stage.enter), criteria(stage.exit)
        details = [f"Enter when {enter}" if enter else "", f"Exit when {leave}" if leave else ""]
        details += [f"Never: {step.label}" for step in stage.steps if step.need == "forbidden"]
        groups.append(DiagramGroup(stage.id, f"{number}. {stage.label}", tuple(text for text in details if text)))
    return groups


def _notes(playbook: CompiledPlaybook) -> list[str]:
    """What belongs to the journey but to no arrow of it."""
    notes = []
    for id_, interrupt in playbook.model.interrupts.items():
        title = interrupt.title or words_of(id_)
        target = interrupt.end or interrupt.to or (interrupt.run.playbook if interrupt.run else "")
        notes.append(f"At any time: {title}" + (f", leads to {words_of(target)}" if target else ""))
    return notes
