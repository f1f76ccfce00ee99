"""The earliest and the latest times: the critical path method (J. Kelley and M. Walker, 1959), with ranges.

Each is counted from an anchor. While it is not known how far two anchors are apart, what hangs on one of
them says nothing of the other, so that a node has times for several anchors, or none.
"""

from __future__ import annotations

from playbook.core.process import START
from playbook.schedule.network import Network, Times
from playbook.schedule.ranges import NOW, Range
from playbook.text.quantities import Timing


def earliest_ends(network: Network) -> dict[str, Times]:
    """When each node can be over at the earliest, by the work ahead of it and the planned starts of stages."""
    after: dict[str, Times] = {}
    entered: dict[str, Times] = {}
    for node in network.order:
        times = {network.declared.start: NOW} if node == START else network.joined(node, after)
        kind, _, id_ = node.partition(".")
        stage = network.playbook.stages.get(id_) if kind in ("enter", "exit") else None
        if stage is not None and kind == "enter":
            starts = network.declared.moment(stage.starts)
            if starts is not None:
                known = times.get(starts.anchor)
                times[starts.anchor] = known.later(starts.at) if known else starts.at
            entered[id_] = times
        elif stage is not None and stage.takes is not None:
            whole = network.declared.time.range(stage.takes)
            for anchor, at in entered.get(id_, {}).items():
                over = at.plus(whole)
                times[anchor] = times[anchor].later(over) if anchor in times else over
        work = network.work(node)
        after[node] = {anchor: at.plus(work) for anchor, at in times.items()}
    return after


def latest_ends(network: Network) -> dict[str, Times]:
    """When each node must be over at the latest, for everything behind it to be done by the day that it is due.

    The low limit holds if all takes its longest, the high one if all takes its shortest.
    """
    latest: dict[str, Times] = {}
    for node in reversed(network.order):
        times: Times = {}
        for flow in network.out(node):
            if flow.mode == "stop" or flow.target not in latest:
                continue
            work = network.work(flow.target)
            for anchor, at in latest[flow.target].items():
                start = Range(at.low - work.high, at.high - work.low)
                times[anchor] = times[anchor].sooner(start) if anchor in times else start
        due = network.declared.moment(_due(network, node))
        if due is not None:
            limit = Range(due.at.high, due.at.high)
            times[due.anchor] = times[due.anchor].sooner(limit) if due.anchor in times else limit
        latest[node] = times
    return latest


def _due(network: Network, node: str) -> Timing | None:
    task = network.process.tasks.get(node)
    if task is not None:
        return network.playbook.steps[task.step].due
    kind, _, id_ = node.partition(".")
    stage = network.playbook.stages.get(id_) if kind == "exit" else None
    return stage.due if stage else None
