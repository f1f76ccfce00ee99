"""Flows between stages that only make sure of what is done anyway, and so are not drawn.

A step that follows one of an earlier stage waits for nothing where every way into its own stage has done that one
(see :mod:`playbook.core.token_game`). Drawn, its token would be left over on the ways that never come there.
"""

from __future__ import annotations

from playbook.core.dataflow import Knowledge
from playbook.core.process import Flow, Process


def assured(process: Process) -> list[Flow]:
    """The flows from a step of one stage to a step of another that nothing waits for."""
    stages = _stages_of_inner_nodes(process)
    across = [
        flow
        for flow in process.flows
        if flow.source in stages and flow.target in stages and stages[flow.source] != stages[flow.target]
        if flow.mode != "stop" and flow.source in process.reachable
    ]
    bits = {node: 1 << number for number, node in enumerate(dict.fromkeys(flow.source for flow in across))}
    knowledge = Knowledge(process, bits, lambda _: 0)
    return [flow for flow in across if knowledge.before(f"enter.{stages[flow.target]}") & bits[flow.source]]


def held_back(process: Process, undrawn: list[Flow]) -> list[Flow]:
    """Ways from the entry of a stage to its steps that would have no way in any more.

    A step that follows such steps alone, and forbidden ones of its own stage, hangs on no other node. It begins
    with its stage, as one does that follows steps of other stages alone.
    """
    gone = {id(flow) for flow in undrawn}
    ways_in = {flow.target for flow in process.flows if flow.source in process.reachable and id(flow) not in gone}
    stages = _stages_of_inner_nodes(process)
    lost = dict.fromkeys(flow.target for flow in undrawn if flow.target not in ways_in)
    return [Flow(f"enter.{stages[node]}", node, process.nodes[node]) for node in lost]


def _stages_of_inner_nodes(process: Process) -> dict[str, str]:
    """The nodes between the entry and the exit of a stage, with the stage."""
    found: dict[str, str] = {}
    stage = ""
    for node in process.nodes:
        gate = process.gates.get(node)
        if gate is not None and gate.kind in ("entry", "exit"):
            stage = gate.stage if gate.kind == "entry" else ""
        elif stage:
            found[node] = stage
    return found
