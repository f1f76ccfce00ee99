"""How a flaw of the flow is told: in steps and stages, not in tokens."""

from __future__ import annotations

from playbook.core.process import START, Flow
from playbook.core.soundness import Flaw
from playbook.lint.letters import stage_name, step_name
from playbook.lint.words import listed, named, shortened
from playbook.workspace import CompiledPlaybook

_DECISIONS = 3
"""So many of the last decisions of a run are told."""


def node_name(playbook: CompiledPlaybook, node: str) -> str | None:
    """A node as people know it; ``None`` for one that they do not know."""
    process = playbook.process
    if node in process.tasks:
        return step_name(playbook, process.tasks[node])
    if node in process.ends:
        end = process.ends[node].end
        return f"the end {named(playbook.model.ends[end].title, end)}"
    gate = process.gates.get(node)
    return stage_name(playbook.stages[gate.stage]) if gate is not None and gate.kind in ("entry", "exit") else None


def waiting(playbook: CompiledPlaybook, flaw: Flaw) -> str:
    """Who waits, and for what: the beginning of a message."""
    gate = playbook.process.gates.get(flaw.node)
    who = node_name(playbook, flaw.node) or "the journey"
    what = "can never end" if gate is not None and gate.kind == "exit" else "can never begin"
    missing = dict.fromkeys(name for way in flaw.missing if (name := _nearest(playbook, way)))
    if not missing:
        return f"{who} {what}: what it waits for is not done"
    return f"{who} {what}: it waits for {listed(missing)}, which {'is' if len(missing) == 1 else 'are'} not done"


def _nearest(playbook: CompiledPlaybook, way: tuple[str, ...]) -> str | None:
    """The last step on a way, or the last stage if it has none."""
    steps = [node for node in way if node in playbook.process.tasks]
    told = steps or [node for node in way if node != START]
    return next((name for node in reversed(told) if (name := node_name(playbook, node))), None)


def decisions(playbook: CompiledPlaybook, way: tuple[str, ...]) -> list[str]:
    """What was decided on a run, in order: ``the way "otherwise" was taken out of the stage "Intake"``."""
    at = {node: index for index, node in reversed(list(enumerate(way)))}
    taken = [
        (index, flow)
        for flow in playbook.process.flows
        if flow.mode == "alternative" and flow.source in at
        for index in _taken(way, flow)
    ]
    return [_decision(playbook, flow) for _, flow in sorted(taken, key=lambda pair: pair[0])][-_DECISIONS:]


def _taken(way: tuple[str, ...], flow: Flow) -> list[int]:
    """Where on a run a flow was taken: its target comes next of all that the gate leads to."""
    found = []
    for index, node in enumerate(way):
        if node == flow.source and flow.target in way[index + 1 : index + 3]:
            found.append(index)
    return found


def _decision(playbook: CompiledPlaybook, flow: Flow) -> str:
    target = node_name(playbook, flow.target) or "what follows"
    if flow.kind == "rework":
        source = _decided_at(playbook, flow)
        return f"{source} sends the work back to {target}" if source else f"the work goes back to {target}"
    label = f" ({shortened(flow.label)})" if flow.label else ""
    return f"the journey goes on to {target}{label}"


def _decided_at(playbook: CompiledPlaybook, flow: Flow) -> str | None:
    prefix, _, name = flow.source.partition(".")
    if prefix == "approval":
        return node_name(playbook, f"step.{name}")
    if prefix == "handoff":
        return f"the handoff {named(playbook.model.handoffs[name].title, name)}"
    return node_name(playbook, f"exit.{name}") if prefix == "next" else None
