"""When steps are due, counted from one anchor, and what that contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.core.process import Process, Task
from playbook.language.calendar import Calendar
from playbook.proofs.spans import Span, highest, lowest
from playbook.text.quantities import Timing
from playbook.workspace import CompiledPlaybook

_DEEPEST = 20
"""So many timers may hang on each other before the chain is given up (it may be a circle)."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time counted from an anchor (negative: before it): not before ``earliest``, not after ``latest``.

    An end that is open is ``None``.
    """

    anchor: str
    earliest: Span
    latest: Span | None


@dataclass(frozen=True, slots=True)
class Late:
    """A step that is due later than steps that follow it."""

    task: Task
    followers: tuple[Task, ...]


def working_days(playbook: CompiledPlaybook) -> int:
    """How many days of a week are worked by the playbook's calendar."""
    symbol = playbook.workspace_symbols["calendar"].get(playbook.model.calendar or "")
    calendar = symbol.value if symbol else None
    return len(set(calendar.working_days)) if isinstance(calendar, Calendar) and calendar.working_days else 5


def moment_of(playbook: CompiledPlaybook, timing: Timing, depth: int = 0) -> Moment | None:
    """A timing counted from the anchor that it hangs on in the end; ``None`` where that cannot be said."""
    if timing.offset is None or depth > _DEEPEST:
        return None
    working = working_days(playbook)
    low, high = lowest(timing.offset, working), highest(timing.offset, working)
    base = _base(playbook, timing.reference, depth)
    if base is None:
        return None
    if timing.direction == "after":
        latest = None if high is None or base.latest is None else base.latest.and_then(high)
        return Moment(base.anchor, base.earliest.and_then(low), latest)
    latest = None if base.latest is None else base.latest.less(low)
    return Moment(base.anchor, base.earliest.less(high), latest) if high is not None else None


def _base(playbook: CompiledPlaybook, name: str, depth: int) -> Moment | None:
    """What a timer hangs on: a step or stage with a time of its own, or an anchor."""
    base = name.rpartition(".")[0] or name
    step = playbook.steps.get(name) or playbook.steps.get(base)
    due = step.due if step else playbook.stages[base].due if base in playbook.stages else None
    if step is not None or base in playbook.stages:
        return moment_of(playbook, due, depth + 1) if due is not None and not name.endswith(".entered") else None
    nothing = Span((), working_days(playbook))
    anchor = playbook.model.anchors.get(name) or playbook.model.anchors.get(base)
    if anchor is not None and anchor.event:
        return Moment(anchor.event, nothing, nothing)
    milestone = playbook.model.milestones.get(name) or playbook.model.milestones.get(base)
    if milestone is not None and milestone.event:
        return Moment(milestone.event, nothing, nothing)
    return Moment(name, nothing, nothing)


def late_steps(playbook: CompiledPlaybook) -> Iterator[Late]:
    """Steps that are due after steps which wait for them, for sure."""
    due: dict[str, Moment] = {}
    for task in playbook.process.tasks.values():
        timing = playbook.steps[task.step].due
        moment = moment_of(playbook, timing) if timing is not None else None
        if moment is not None:
            due[task.id] = moment
    if len(due) < 2:
        return
    followers: dict[str, list[Task]] = {}
    for node, earlier in _earlier(playbook.process, due).items():
        for other in earlier:
            if node in due and _is_before(due[node], due[other]):
                followers.setdefault(other, []).append(playbook.process.tasks[node])
                break
    for node in due:
        if node in followers:
            yield Late(playbook.process.tasks[node], tuple(followers[node]))


def _is_before(first: Moment, second: Moment) -> bool:
    """Whether one moment is over before another can begin, for sure."""
    return (
        first.anchor == second.anchor and first.latest is not None and second.earliest.is_longer_than(first.latest)
    )


def _earlier(process: Process, due: dict[str, Moment]) -> dict[str, list[str]]:
    """For each node the steps with a time that are ahead of it, of each anchor the one that is due last."""
    found: dict[str, list[str]] = {}
    for node in in_order(process):
        latest: dict[str, str] = {}
        for flow in process.predecessors[node]:
            if flow.kind == "rework" or flow.source not in found:
                continue
            for other in (*found[flow.source], *((flow.source,) if flow.source in due else ())):
                known = latest.get(due[other].anchor)
                if known is None or due[other].earliest.is_longer_than(due[known].earliest):
                    latest[due[other].anchor] = other
        found[node] = list(latest.values())
    return found


def in_order(process: Process) -> list[str]:
    """The nodes so that each comes after those that lead to it, ways back aside; circles are left out."""
    waiting = dict.fromkeys(process.nodes, 0)
    onward = {
        node: [flow.target for flow in flows if flow.kind != "rework"] for node, flows in process.successors.items()
    }
    for targets in onward.values():
        for target in targets:
            waiting[target] += 1
    order = [node for node, count in waiting.items() if count == 0]
    for node in order:
        for target in onward[node]:
            waiting[target] -= 1
            if waiting[target] == 0:
                order.append(target)
    return order
