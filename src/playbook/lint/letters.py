"""Letters that stand beside those of steps: on stages, milestones, handoffs and the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playbook.core.owners import Letter
from playbook.core.process import Task
from playbook.language.raci import Raci
from playbook.language.stage import Stage
from playbook.lint.lost import are_whole
from playbook.lint.words import named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Lettered:
    """Something with letters of its own, and where they are written."""

    kind: str
    id: str
    title: str | None
    raci: Raci
    path: KeyPath

    @property
    def name(self) -> str:
        """How messages name it: ``the milestone "First value" (first_value)``."""
        return f"the {self.kind} {named(self.title, self.id)}"


def beside_steps(playbook: CompiledPlaybook) -> Iterator[Lettered]:
    """Everything but steps that has letters, in the order of the language."""
    model = playbook.model
    for index, stage in enumerate(model.stages):
        if stage.raci is not None:
            yield Lettered("stage", stage.id, stage.title, stage.raci, ("stages", index, "raci"))
    titled: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("milestone", "milestones", model.milestones),
        ("handoff", "handoffs", model.handoffs),
        ("interrupt", "interrupts", model.interrupts),
        ("routine", "routines", model.routines),
        ("decision", "decisions", model.decisions),
    )
    for kind, key, entries in titled:
        for id_, entry in entries.items():
            raci = entry.raci  # type: ignore[attr-defined]
            title = entry.title or getattr(entry, "do", None)  # type: ignore[attr-defined]
            if raci is not None:
                yield Lettered(kind, id_, title, raci, (key, id_, "raci"))
    for id_, raci in model.workstreams.items():
        yield Lettered("workstream", id_, None, raci, ("workstreams", id_))


def is_own(letter: Letter) -> bool:
    """Whether a step's letter is written at the step, not inherited from its stage."""
    return letter.path[2] == "steps"


def step_name(playbook: CompiledPlaybook, task: Task) -> str:
    """How messages name a step: ``the step "Write the brief" (write_brief)``."""
    return f"the step {named(playbook.steps[task.step].do, task.step)}"


def stage_name(stage: Stage) -> str:
    """How messages name a stage: ``the stage "Sales to CS" (handover)``."""
    return f"the stage {named(stage.title, stage.id)}"


@dataclass(frozen=True, slots=True)
class Lacking:
    """A step without a letter; if no step of a stage has it, the stage; if none at all has it, all stages.

    ``task`` is ``None`` for a stage, ``stage`` as well for all of them; ``tasks`` are the steps that lack it.
    """

    stage: Stage | None
    tasks: list[Task]
    task: Task | None
    path: KeyPath

    @property
    def what(self) -> str:
        """How messages name several steps: ``any of the 3 steps of the stage "Set up" (set_up)``."""
        of_stage = f" of {stage_name(self.stage)}" if self.stage is not None else ""
        return f"any of the {len(self.tasks)} steps{of_stage}"


def lacking(playbook: CompiledPlaybook, letter: str) -> Iterator[Lacking]:
    """Where a letter (``accountable`` or ``responsible``) is missing: one cause, one answer."""
    asked = list(playbook.process.tasks.values())
    if letter == "responsible":
        # The steps of the playbook that is run have their own.
        asked = [task for task in asked if playbook.steps[task.step].run is None]
    bare = [task for task in asked if getattr(task.owners, letter) is None]
    by_stage: dict[str, list[Task]] = {}
    for task in bare:
        by_stage.setdefault(task.stage, []).append(task)
    if len(bare) == len(asked) and len(by_stage) > 1 and are_whole(playbook, "stages"):
        yield Lacking(None, bare, None, ("stages",))
        return
    for id_, tasks in by_stage.items():
        stage = playbook.stages[id_]
        if len(tasks) > 1 and len(tasks) == len(playbook.tasks_by_stage[id_]):
            yield Lacking(stage, tasks, None, (*tasks[0].path[:2], "raci"))
            continue
        for task in tasks:
            yield Lacking(stage, tasks, task, (*task.path, "raci"))
