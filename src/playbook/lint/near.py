"""The work that comes right after a place in a playbook."""

from __future__ import annotations

from playbook.core.process import Task
from playbook.workspace import CompiledPlaybook


def work_after(playbook: CompiledPlaybook, place: str) -> list[Task]:
    """The tasks that follow a step or stage, as far as the end of the next stage; ways back apart.

    None if there is no such place, or nothing follows it.
    """
    process = playbook.process
    node = f"step.{place}" if place in playbook.steps else f"exit.{place}"
    if node not in process.nodes:
        return []
    found: list[Task] = []
    # How many stages were entered on the way to a node.
    entered = {node: 0}
    pending = [node]
    for here in pending:
        for flow in process.successors[here]:
            gate = process.gates.get(flow.target)
            count = entered[here] + (gate is not None and gate.kind == "entry")
            if flow.kind == "rework" or flow.target in entered or count > 1:
                continue
            entered[flow.target] = count
            pending.append(flow.target)
            if flow.target in process.tasks:
                found.append(process.tasks[flow.target])
    return found


def holders_of(tasks: list[Task]) -> set[str]:
    """All who hold a letter on one of some tasks."""
    return {
        holder
        for task in tasks
        for letter in (
            task.owners.accountable,
            task.owners.responsible,
            task.owners.consulted,
            task.owners.informed,
        )
        if letter is not None
        for holder in letter.holders
    }
