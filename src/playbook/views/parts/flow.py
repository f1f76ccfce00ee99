"""What leads where, as people are shown it: without the gates that only frame a stage, and in English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from playbook.core.process import Flow, Gate, Process
from playbook.language.playbook import Handoff
from playbook.shapes.diagram import DiagramEdge, EdgeKind
from playbook.text.ids import words_of
from playbook.views.parts.phrases import shown_condition
from playbook.workspace import CompiledPlaybook

_SAID = ("otherwise", "rejected")
"""Labels of flows that are words already, not conditions."""


def drawn_nodes(process: Process) -> set[str]:
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


def drawn_edges(playbook: CompiledPlaybook, kept: set[str]) -> tuple[DiagramEdge, ...]:
    """The arrows between the drawn nodes: conditions in English, handoffs where work changes hands."""
    process = playbook.process
    edges: dict[tuple[str, str, str, str], DiagramEdge] = {}
    for source in process.nodes:
        if source not in kept:
            continue
        for way in _ways(playbook, source, kept):
            edge = DiagramEdge(source, way.target, way.label, way.kind)
            edges.setdefault((source, way.target, way.label, way.kind), edge)
    return _with_handoffs(playbook, list(edges.values()), kept)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a node is reached from another over gates that are not drawn."""

    target: str
    kind: EdgeKind
    label: str


def _ways(playbook: CompiledPlaybook, source: str, kept: set[str]) -> list[_Way]:
    process = playbook.process
    found: list[_Way] = []
    pending = [(flow, flow.kind, _label(playbook, flow)) for flow in reversed(process.successors[source])]
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
            words = " and ".join(part for part in (label, _label(playbook, onward)) if part)
            pending.append((onward, carried, words))
    return found


def _label(playbook: CompiledPlaybook, flow: Flow) -> str:
    """The condition of a flow in English; none where the step that it leads to says the same."""
    if not flow.label or flow.label in _SAID:
        return flow.label
    task = playbook.process.tasks.get(flow.target)
    if task is not None and task.condition == flow.label:
        return ""
    return f"if {shown_condition(playbook, flow.label)}"


# -- handoffs --------------------------------------------------------------------------------------


def handoff_title(id_: str, handoff: Handoff) -> str:
    """What a handoff is called."""
    return handoff.title or words_of(id_)


def _with_handoffs(playbook: CompiledPlaybook, edges: list[DiagramEdge], kept: set[str]) -> tuple[DiagramEdge, ...]:
    """The edges on which work changes hands get their kind and the title of the handoff."""
    for id_, handoff in playbook.model.handoffs.items():
        title = handoff_title(id_, handoff)
        for at in _crossing(playbook, id_, handoff, edges, kept):
            condition = edges[at].label or (f"if {shown_condition(playbook, handoff.when)}" if handoff.when else "")
            label = f"{title}, {condition}" if condition else title
            edges[at] = replace(edges[at], label=label, kind="handoff")
    return tuple(edges)


def _crossing(
    playbook: CompiledPlaybook, id_: str, handoff: Handoff, edges: list[DiagramEdge], kept: set[str]
) -> list[int]:
    """The edges of a handoff: to the gate of its acceptance, or out of the step or stage where it happens."""
    process = playbook.process
    plain = [number for number, edge in enumerate(edges) if edge.kind in ("sequence", "condition")]
    gate = f"handoff.{id_}"
    if gate in kept:
        return [number for number in plain if edges[number].target == gate]
    if handoff.at is None:
        return []
    ahead = [number for number in plain if edges[number].label != "rejected"]
    if handoff.at in playbook.stages:
        targets = set(_after_stage(process, handoff.at, kept))
        inside = {node for node in kept if _stage_of(process, node) == handoff.at}
        leaving = [n for n in ahead if edges[n].target in targets and edges[n].source in inside]
        # To a next stage, if there is one: work that ends has not changed hands.
        return [n for n in leaving if edges[n].target not in process.ends] or leaving
    sources = (f"step.{handoff.at}", f"approval.{handoff.at}")
    leaving = [n for n in ahead if edges[n].source in sources and edges[n].target not in sources]
    received = [n for n in leaving if handoff.receiver in _doers(process, edges[n].target)]
    return received or leaving


def _stage_of(process: Process, node: str) -> str | None:
    part = process.tasks.get(node) or process.gates.get(node)
    return part.stage if part else None


def _after_stage(process: Process, stage: str, kept: set[str]) -> Iterator[str]:
    """The drawn nodes that follow once a stage has been left."""
    pending = [f"exit.{stage}"]
    seen = set(pending)
    while pending:
        node = pending.pop()
        for flow in process.successors.get(node, ()):
            if flow.target in seen or flow.kind not in ("sequence", "condition"):
                continue
            seen.add(flow.target)
            if flow.target in kept and _stage_of(process, flow.target) != stage:
                yield flow.target
            elif flow.target not in kept or flow.target in process.gates:
                pending.append(flow.target)


def _doers(process: Process, node: str) -> Iterable[str]:
    task = process.tasks.get(node)
    if task is None:
        return ()
    letters = (task.owners.responsible, task.owners.accountable)
    return [holder for letter in letters if letter for holder in letter.holders]
