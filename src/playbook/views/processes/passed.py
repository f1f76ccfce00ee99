"""What is passed at a gate: the milestones of a stage at its exit, and who accepts what is handed over."""

from __future__ import annotations

from playbook.core.process import Gate
from playbook.shapes.process import ProcessNode
from playbook.views.parts.flow import handoff_title
from playbook.views.parts.milestones import milestones_of
from playbook.views.parts.words import criteria_in_words
from playbook.views.processes.lanes import Lanes
from playbook.workspace import CompiledPlaybook


def passed_at(playbook: CompiledPlaybook, lanes: Lanes, node: str) -> list[ProcessNode]:
    """The nodes that are passed at a node of the core; there are none but at gates."""
    gate = playbook.process.gates.get(node)
    if gate is None:
        return []
    if gate.kind == "exit":
        return _milestones(playbook, gate, lanes.of(node))
    return [_acceptance(playbook, lanes, gate)] if node.startswith("handoff.") else []


def _milestones(playbook: CompiledPlaybook, gate: Gate, lane: str) -> list[ProcessNode]:
    found = []
    for reached in milestones_of(playbook):
        if reached.stage == gate.stage:
            said = criteria_in_words(playbook, reached.milestone.when)
            notes = (f"Reached when {said}.",) if said else ()
            id_ = f"milestone.{reached.id}"
            found.append(ProcessNode(id_, "milestone", reached.title, lane, gate.stage, gate.id, notes))
    return found


def _acceptance(playbook: CompiledPlaybook, lanes: Lanes, gate: Gate) -> ProcessNode:
    id_ = gate.id.removeprefix("handoff.")
    handoff = playbook.model.handoffs[id_]
    receiver = handoff.accept.by if handoff.accept and handoff.accept.by else handoff.receiver
    within = handoff.accept.within if handoff.accept else None
    notes = [f"{playbook.owner_name(handoff.giver)} hands over to {playbook.owner_name(handoff.receiver)}."]
    notes += [f"Accepted or rejected in {within.in_words()}."] if within else []
    title = f"Accept: {handoff_title(id_, handoff)}"
    lane = lanes.of_owner(receiver)
    return ProcessNode(f"{gate.id}-accept", "user_task", title, lane, gate.stage, gate.id, tuple(notes))
