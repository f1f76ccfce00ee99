"""What a step waits for, seen through the gates between the steps."""

from __future__ import annotations

from playbook.core.process import Process, Task


def steps_ahead(process: Process, task: Task) -> tuple[Task, ...]:
    """The steps right ahead of a step, in the order of the file; ways back do not count."""
    found: dict[str, None] = {}
    pending = [task.id]
    seen = {task.id}
    while pending:
        for flow in process.predecessors[pending.pop()]:
            if flow.kind == "rework" or flow.source in seen:
                continue
            seen.add(flow.source)
            if flow.source in process.tasks:
                found[flow.source] = None
            elif flow.source in process.gates:
                pending.append(flow.source)
    order = {node: index for index, node in enumerate(process.nodes)}
    return tuple(process.tasks[node] for node in sorted(found, key=order.__getitem__))
