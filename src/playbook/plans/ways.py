"""Which stages an account comes through, as far as its values decide the branches."""

from __future__ import annotations

from datetime import date

from playbook.core.process import START, Flow, Process
from playbook.plans.conditions import Values, condition_of

_OTHERWISE = "otherwise"


def has_branches(process: Process) -> bool:
    """Whether there is a stage whose way out depends on a condition."""
    return any(_is_branch(flow) for flow in process.flows)


def passed_by(process: Process, values: Values, today: date) -> frozenset[str]:
    """The nodes that an account cannot come to, because a branch ahead of them is known not to be taken.

    Where a condition is not known, both ways are open. Ways back decide nothing.
    """
    found = {START}
    pending = [START]
    while pending:
        node = pending.pop()
        targets = [flow.target for flow in _open(process.successors.get(node, []), values, today)]
        for target in (*targets, *process.jumps.get(node, ())):
            if target not in found:
                found.add(target)
                pending.append(target)
    return process.reachable - found


def _is_branch(flow: Flow) -> bool:
    """Whether it is a way out of a stage that is taken on a condition."""
    into = flow.target.startswith(("enter.", "end."))
    return flow.kind == "condition" and flow.mode == "alternative" and into and bool(flow.label)


def _open(flows: list[Flow], values: Values, today: date) -> list[Flow]:
    """The flows that may be taken: of branches, all up to the first that is known to be."""
    found = []
    decided = False
    for flow in flows:
        if not _is_branch(flow) or flow.label == _OTHERWISE:
            continue
        truth = condition_of(flow.label).truth(values, today)
        if truth is not False and not decided:
            found.append(flow)
        decided = decided or truth is True
    for flow in flows:
        if not _is_branch(flow) or (flow.label == _OTHERWISE and not decided):
            found.append(flow)
    return found
