"""When steps are due, counted from one anchor, and what that contradicts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from playbook.core.forward import in_order
from playbook.core.process import Process, Task
from playbook.core.reach import descendants
from playbook.language.calendar import Calendar, Weekday
from playbook.proofs.spans import USUAL_DAYS, Span, highest, lowest
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
    return len(working_week(playbook))


def working_week(playbook: CompiledPlaybook) -> tuple[Weekday, ...]:
    """The days of the week that are worked by the playbook's calendar, from Monday on."""
    return playbook.remembered(_working_week)


def _working_week(playbook: CompiledPlaybook) -> tuple[Weekday, ...]:
    symbol = playbook.workspace_symbols["calendar"].get(playbook.model.calendar or "")
    calendar = symbol.value if symbol else None
    worked = calendar.working_days if isinstance(calendar, Calendar) else ()
    week: tuple[Weekday, ...] = get_args(Weekday)
    return tuple(day for day in week if day in worked) or week[:5]


def moment_of(playbook: CompiledPlaybook, timing: Timing, depth: int = 0) -> Moment | None:
    """A timing counted from the anchor that it hangs on in the end; ``None`` where that cannot be said."""
    if timing.offset is None or depth > _DEEPEST:
        return None
    working = working_days(playbook)
    low, high = lowest(timing.offset, working), highest(timing.offset, working)
    base = _base_of(playbook, timing.reference, depth)
    if base is None:
        return None
    if timing.direction == "after":
        latest = None if high is None or base.latest is None else base.latest.and_then(high)
        return Moment(base.anchor, base.earliest.and_then(low), latest)
    latest = None if base.latest is None else base.latest.less(low)
    return Moment(base.anchor, base.earliest.less(high), latest) if high is not None else None


def _base_of(playbook: CompiledPlaybook, name: str, depth: int) -> Moment | None:
    if depth:
        # What a long chain could not say of its beginning is no answer for others.
        return _base(playbook, name, depth)
    bases = playbook.remembered(_bases)
    if name not in bases:
        bases[name] = _base(playbook, name, depth)
    return bases[name]


def _bases(playbook: CompiledPlaybook) -> dict[str, Moment | None]:
    """What timers hang on, as far as it has been worked out."""
    del playbook
    return {}


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


@dataclass(frozen=True, slots=True)
class _Due:
    """When a step is due, in usual days from an anchor: enough to know what need not be compared."""

    node: str
    timing: Timing
    base: Moment
    earliest: float
    latest: float

    @property
    def anchor(self) -> str:
        """What the time is counted from in the end."""
        return self.base.anchor

    @property
    def key(self) -> tuple[str, frozenset[str]]:
        """What can be compared for sure: the anchor and the units."""
        units: set[str] = {unit for unit, _ in self.base.earliest.amounts}
        if self.timing.offset is not None:
            units.add(self.timing.offset.unit)
        return (self.anchor, frozenset(units))


def late_steps(playbook: CompiledPlaybook) -> Iterator[Late]:
    """Steps that are due after steps which wait for them, for sure."""
    due: dict[str, _Due] = {}
    for task in playbook.process.tasks.values():
        timing = playbook.steps[task.step].due
        usual = _usual(playbook, task.id, timing) if timing is not None else None
        if usual is not None:
            due[task.id] = usual
    if len(due) < 2 or _is_in_order(playbook.process, due):
        return
    followers: dict[str, list[Task]] = {}
    told: set[str] = set()
    for earlier, late in _suspects(playbook.process, due):
        if late.node not in told and _is_before(playbook, late.timing, earlier.timing):
            told.add(late.node)
            followers.setdefault(earlier.node, []).append(playbook.process.tasks[late.node])
    for node in due:
        if node in followers:
            yield Late(playbook.process.tasks[node], tuple(followers[node]))


def misplaced_timers(playbook: CompiledPlaybook) -> Iterator[tuple[Task, str]]:
    """Steps that are due some time after work which comes only behind them, each with that work's node."""
    process = playbook.process
    for task in process.tasks.values():
        timing = playbook.steps[task.step].due
        if timing is None or timing.direction != "after":
            continue
        base, _, state = timing.reference.rpartition(".")
        names = {timing.reference, base if state in ("completed", "approved", "exited") else timing.reference}
        nodes = [node for name in names for node in (f"step.{name}", f"exit.{name}") if node in process.nodes]
        for node in sorted(nodes):
            behind = descendants(process, task.id)
            if node == task.id or (node in behind and task.id not in descendants(process, node)):
                yield task, node


def _is_in_order(process: Process, due: dict[str, _Due]) -> bool:
    """Whether steps are due in the order of the file and all ways lead down it: nothing can contradict then."""
    last: dict[str, float] = {}
    for each in due.values():
        before = last.get(each.anchor, -math.inf)
        if before > each.latest:
            return False
        if each.earliest > before:
            last[each.anchor] = each.earliest
    position = {node: index for index, node in enumerate(process.nodes)}
    return all(flow.kind == "rework" or position[flow.source] < position[flow.target] for flow in process.flows)


def _usual(playbook: CompiledPlaybook, node: str, timing: Timing) -> _Due | None:
    base = _base_of(playbook, timing.reference, 0)
    if base is None or timing.offset is None:
        return None
    unit = USUAL_DAYS[timing.offset.unit]
    if timing.offset.unit == "bd":
        unit = 7 / base.earliest.working
    low = (timing.offset.low or 0) * unit
    high = math.inf if timing.offset.high is None else timing.offset.high * unit
    if timing.direction == "before":
        low, high = -high, -low
    latest = math.inf if base.latest is None else base.latest.usual_days
    return _Due(node, timing, base, base.earliest.usual_days + low, latest + high)


def _is_before(playbook: CompiledPlaybook, first: Timing, second: Timing) -> bool:
    """Whether one moment is over before another can begin, for sure."""
    one, other = moment_of(playbook, first), moment_of(playbook, second)
    if one is None or other is None or one.latest is None:
        return False
    return other.earliest.is_longer_than(one.latest)


def _suspects(process: Process, due: dict[str, _Due]) -> Iterator[tuple[_Due, _Due]]:
    """Pairs of steps of which the first is ahead of the second and usually due later.

    Of all that is ahead of a step only what is due last is looked at, for each anchor and the units that it
    is counted in: in one unit that is certain.
    """
    ahead: dict[str, dict[tuple[str, frozenset[str]], _Due]] = {}
    for node in in_order(process):
        last: dict[tuple[str, frozenset[str]], _Due] = {}
        for flow in process.predecessors[node]:
            if flow.kind != "rework" and flow.source in ahead:
                for key, other in ahead[flow.source].items():
                    if key not in last or other.earliest > last[key].earliest:
                        last[key] = other
        own = due.get(node)
        if own is not None:
            for (anchor, _), other in last.items():
                if anchor == own.anchor and other.earliest > own.latest:
                    yield other, own
            before = last.get(own.key, own)
            if own.earliest >= before.earliest:
                last[own.key] = own
        ahead[node] = last
