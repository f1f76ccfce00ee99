"""Words for boxes in pictures, where a line is short: who, and by when."""

from __future__ import annotations

from collections.abc import Sequence

from playbook.core.process import Task
from playbook.language.step import Step
from playbook.text.quantities import Timing
from playbook.views.parts.words import moment_name, owner_names, together, when
from playbook.workspace import CompiledPlaybook

_LONGEST = 30
"""What fits into one line of a box."""
_DAYS = {"bd": "business day", "d": "day"}


def doer_in_short(playbook: CompiledPlaybook, task: Task) -> str:
    """Who does the work; of several with long names the first, and how many there are besides."""
    letter = task.owners.responsible or task.owners.accountable
    names = owner_names(playbook, letter)
    said = together(names, choice=letter.choice if letter else False)
    if len(names) < 2 or len(said) <= _LONGEST:
        return said
    return f"{names[0]} +{len(names) - 1}"


def due_in_short(playbook: CompiledPlaybook, timing: Timing | None) -> str:
    """A timing in English; what counts from the start of the journey as its day: ``by business day 5``."""
    if timing is not None and counts_from_start(playbook, timing) and timing.offset is not None:
        return f"by {_DAYS[timing.offset.unit]} {timing.offset.low:g}"
    return when(playbook, timing)


def step_due_in_short(playbook: CompiledPlaybook, task: Task, step: Step) -> str:
    """When a step is due, else how long it takes; after the one step before it: ``2 business days later``."""
    timing = step.due
    if timing is None:
        return f"takes {step.takes.in_words()}" if step.takes else ""
    before = {flow.source for flow in playbook.process.predecessors[task.id]}
    steps = {playbook.process.tasks[id_].step for id_ in before if id_ in playbook.process.tasks}
    follows = len(before) == 1 and steps == {timing.reference.removesuffix(".completed").removeprefix("step.")}
    if follows and timing.direction == "after" and timing.offset is not None and timing.offset.high:
        return f"{timing.offset.in_words()} later"
    return due_in_short(playbook, timing)


def counts_from_start(playbook: CompiledPlaybook, timing: Timing) -> bool:
    """Whether a timing is a certain day of the journey."""
    starts = [id_ for id_, anchor in playbook.model.anchors.items() if anchor.start]
    offset = timing.offset
    return (
        starts == [timing.reference]
        and timing.direction == "after"
        and offset is not None
        and offset.unit in _DAYS
        and offset.low == offset.high
        and bool(offset.low)
        and not offset.approximate
    )


def counting_note(playbook: CompiledPlaybook, timings: Sequence[Timing | None]) -> list[str]:
    """From when days are counted, if any of some timings is said as a day of the journey."""
    counted = [each for each in timings if each is not None and counts_from_start(playbook, each)]
    if not counted:
        return []
    return [f"Days are counted from {moment_name(playbook, counted[0].reference)}."]
