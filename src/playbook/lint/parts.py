"""Parts of a process that a walk does not reach, told by their root causes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playbook.core.process import START, Process
from playbook.language.playbook import Playbook
from playbook.workspace import CompiledPlaybook


def final_parts(nodes: Iterable[str], following: Mapping[str, list[str]]) -> list[list[str]]:
    """The strongly connected parts among ``nodes`` that nothing inside ``nodes`` follows.

    Every other of the nodes leads to one of them, so they are the causes and the rest consequences.
    Parts and their nodes are in the order of ``nodes``.
    """
    order = {node: index for index, node in enumerate(nodes)}
    after = {node: [target for target in following[node] if target in order] for node in order}
    before: dict[str, list[str]] = {node: [] for node in order}
    for node, targets in after.items():
        for target in targets:
            before[target].append(node)
    found: list[list[str]] = []
    left = dict.fromkeys(order)
    while left:
        node = next(iter(left))
        while True:
            reached = _walk(node, after)
            leading = set(_walk(node, before))
            onward = [other for other in reached if other not in leading]
            if not onward:
                break
            # The last one reached is the farthest, and so the nearest to a final part.
            node = onward[-1]
        found.append(sorted(reached, key=order.__getitem__))
        for other in (*reached, *leading):
            left.pop(other, None)
    return sorted(found, key=lambda part: order[part[0]])


def _walk(start: str, following: Mapping[str, list[str]]) -> list[str]:
    found = {start: None}
    pending = [start]
    for node in pending:
        for target in following[node]:
            if target not in found:
                found[target] = None
                pending.append(target)
    return pending


def falls_off(playbook: CompiledPlaybook) -> bool:
    """Whether the last stage leads to no end, because no end or several ends are a success."""
    stages = list(playbook.stages.values())
    return bool(stages) and not stages[-1].next and len(success_ends(playbook)) != 1


def success_ends(playbook: CompiledPlaybook) -> list[str]:
    """The ids of the ends that were hoped for."""
    return [id_ for id_, end in playbook.model.ends.items() if end.success]


def names_unknown_places(playbook: Playbook, process: Process) -> bool:
    """Whether a branch, interrupt or rejection leads to something that does not exist."""
    destinations = [branch.to for stage in playbook.stages for branch in stage.next]
    for interrupt in playbook.interrupts.values():
        destinations += [place for place in (interrupt.to, interrupt.end) if place]
    for handoff in playbook.handoffs.values():
        if handoff.reject and handoff.reject.end:
            destinations.append(handoff.reject.end)
    return any(
        f"enter.{place}" not in process.nodes and f"end.{place}" not in process.nodes for place in destinations
    )


def cycle_stages(process: Process, cycles: Iterable[list[str]]) -> set[str]:
    """The stages that a cycle runs through."""
    found: set[str] = set()
    for cycle in cycles:
        for node in cycle:
            part = process.tasks.get(node) or process.gates.get(node)
            if part is not None:
                found.add(part.stage)
    return found


def is_told(node: str, process: Process) -> bool:
    """Whether people know a node: a step, a stage or an end, not a gate between them."""
    gate = process.gates.get(node)
    return node != START and (gate is None or gate.kind == "entry")
