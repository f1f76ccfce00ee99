"""What a reader of a timeline must know: what is assumed, and what nobody has said."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.schedule.critical import CriticalPath
from playbook.schedule.ranges import Range
from playbook.schedule.relative import Schedule, StepTimes
from playbook.text.ids import words_of
from playbook.text.quantities import Duration, Timing
from playbook.views.narrowing.excerpt import is_part
from playbook.views.parts.words import together
from playbook.workspace import CompiledPlaybook


def notes(playbook: CompiledPlaybook, schedule: Schedule) -> tuple[str, ...]:
    """The notes below a timeline, the most important first."""
    if not any(True for _ in _durations(playbook)):
        return ("Nobody says when anything is due or how long it takes: the steps are listed in their order.",)
    return tuple(
        note
        for note in (
            _critical(playbook, schedule),
            _critical_stages(playbook, schedule),
            _without_duration(schedule.steps),
            _without_time(playbook, schedule.steps),
            _between(playbook, schedule.steps),
            _open(playbook),
            _unplaced(playbook, schedule),
            _loops(playbook),
            _converted(playbook, schedule),
        )
        if note
    )


def _critical(playbook: CompiledPlaybook, schedule: Schedule) -> str:
    path = schedule.critical
    if path is None and is_part(playbook):
        return ""
    if path is None:
        return "No step that must be done says how long it takes, so there is no critical path to mark."
    said = f"Critical path: the longest chain of work up to {_goal(playbook, path)} takes {in_days(path.length)}"
    if any(times.sure and times.work is None for times in schedule.steps):
        said += "; steps that do not say how long they take are not counted"
    return f"{said}."


def _critical_stages(playbook: CompiledPlaybook, schedule: Schedule) -> str:
    nodes = schedule.critical.nodes if schedule.critical else ()
    labels = [playbook.stages[node.removeprefix("exit.")].label for node in nodes if node.startswith("exit.")]
    names = together([f'"{label}"' for label in labels])
    if len(labels) < 2:
        return f"{names} is on the critical path as a whole: it takes longer than its steps." if labels else ""
    return f"{names} are on the critical path as a whole: they take longer than their steps."


def _goal(playbook: CompiledPlaybook, path: CriticalPath) -> str:
    kind, _, id_ = path.goal.partition(".")
    if kind == "exit":
        return f'the end of "{playbook.stages[id_].label}"'
    return f'"{playbook.model.ends[id_].title or words_of(id_)}"'


def in_days(days: Range) -> str:
    """Working days in words, rounded to what people plan with."""
    low, high = _rounded(days.low), _rounded(days.high)
    if high == "0":
        return "less than a working day"
    if low == "0" and low != high:
        return f"up to {high} working {'day' if high == '1' else 'days'}"
    if low == high:
        return f"{low} working {'day' if low == '1' else 'days'}"
    return f"{low} to {high} working days"


def _rounded(value: float) -> str:
    """Half days where there are few, whole ones where there are many."""
    return f"{round(value * 2) / 2:g}" if abs(value) < 10 else f"{value:.0f}"


def _without_duration(steps: tuple[StepTimes, ...]) -> str:
    return _said(
        sum(step.work is None and step.due is not None for step in steps),
        "1 step says when it is due but not how long it takes: its light bar runs from the work ahead to that day.",
        "{} steps say when they are due but not how long they take: their light bars run from the work ahead to "
        "that day.",
    )


def _without_time(playbook: CompiledPlaybook, steps: tuple[StepTimes, ...]) -> str:
    return _said(
        sum(step.work is None and playbook.steps[step.step].due is None for step in steps),
        "1 step has no time of its own and stands where its turn comes, within the time of its stage.",
        "{} steps have no time of their own and stand where their turn comes, within the time of their stages.",
    )


def _between(playbook: CompiledPlaybook, steps: tuple[StepTimes, ...]) -> str:
    timings = [playbook.steps[times.step].due for times in steps if times.due is None]
    return _said(
        sum(timing is not None and timing.offset is None for timing in timings),
        "1 step is due part of the way between two dates and is placed by the work around it.",
        "{} steps are due part of the way between two dates and are placed by the work around them.",
    )


def _open(playbook: CompiledPlaybook) -> str:
    return _said(
        sum(step.takes is not None and step.takes.high is None for step in playbook.steps.values()),
        "1 step takes at least the time drawn; nobody says how long at most.",
        "{} steps take at least the time drawn; nobody says how long at most.",
    )


def _unplaced(playbook: CompiledPlaybook, schedule: Schedule) -> str:
    if not schedule.unplaced:
        return ""
    labels = ", ".join(f'"{playbook.steps[step].label}"' for step in schedule.unplaced)
    return f"Not drawn, since they wait for each other in a circle: {labels}."


def _loops(playbook: CompiledPlaybook) -> str:
    looped = any(flow.kind == "rework" for flow in playbook.process.flows)
    return "What may be done again after a rejection is drawn once." if looped else ""


def _converted(playbook: CompiledPlaybook, schedule: Schedule) -> str:
    units = {duration.unit for duration in _durations(playbook)}
    if not units & {"d", "w", "mo"}:
        return ""
    return (
        f"Calendar time is drawn in working days, {schedule.time.days_a_week} for every 7 days; "
        "public holidays depend on the dates and are left out."
    )


def _durations(playbook: CompiledPlaybook) -> Iterator[Duration]:
    model = playbook.model
    timings: list[Timing | None] = [milestone.due for milestone in model.milestones.values()]
    timings += [step.due for step in playbook.steps.values()]
    timings += [timing for stage in playbook.stages.values() for timing in (stage.starts, stage.due)]
    timings += [model.outcome.within] if model.outcome else []
    yield from (timing.offset for timing in timings if timing is not None and timing.offset is not None)
    takes = [step.takes for step in playbook.steps.values()]
    takes += [stage.takes for stage in playbook.stages.values()]
    yield from (duration for duration in takes if duration is not None)


def _said(count: int, one: str, many: str) -> str:
    return "" if not count else one if count == 1 else many.format(count)
