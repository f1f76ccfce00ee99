"""The way forward through a process: its flows without ways back, so that each loop is run once."""

from __future__ import annotations

from playbook.core import walks
from playbook.core.process import Flow, Process


def following(process: Process) -> dict[str, list[str]]:
    """The nodes that come next after each, ways back aside."""
    return {node: [flow.target for flow in leaving(process, node)] for node in process.nodes}


def in_order(process: Process) -> list[str]:
    """The nodes so that each comes after those that lead to it, ways back aside; circles are left out."""
    return walks.in_order(following(process))


def leaving(process: Process, node: str) -> list[Flow]:
    """The flows that leave a node, but for ways back."""
    return [flow for flow in process.successors[node] if flow.kind != "rework"]


def reaching(process: Process, node: str) -> list[Flow]:
    """The flows that reach a node, but for ways back and for what breaks the journey off."""
    return [flow for flow in process.predecessors[node] if flow.kind != "rework" and flow.mode != "stop"]


def one_is_enough(process: Process, node: str) -> bool:
    """Whether one of the ways into a node may be the only one: a choice of several steps ends there."""
    split = process.gates.get(node.removesuffix(".join")) if node.endswith(".join") else None
    return split is not None and split.kind == "inclusive"
