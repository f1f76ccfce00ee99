"""Letters that stand beside those of steps: on stages, milestones, handoffs and the like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playbook.core.owners import Letter
from playbook.core.process import Task
from playbook.language.raci import Raci
from playbook.language.stage import Stage
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
            if raci is not None:
                yield Lettered(kind, id_, entry.title, raci, (key, id_, "raci"))  # type: ignore[attr-defined]
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
    """A step without a letter; or, if no step of a stage has it, the stage (``task`` is ``None``)."""

    stage: Stage
    tasks: list[Task]
    task: Task | None
    path: KeyPath


def lacking(playbook: CompiledPlaybook, letter: str) -> Iterator[Lacking]:
    """Where a letter (``accountable`` or ``responsible``) is missing: one cause, one answer."""
    bare = [task for task in playbook.process.tasks.values() if getattr(task.owners, letter) is None]
    if letter == "responsible":
        # The steps of the playbook that is run have their own.
        bare = [task for task in bare if playbook.steps[task.step].run is None]
    by_stage: dict[str, list[Task]] = {}
    for task in bare:
        by_stage.setdefault(task.stage, []).append(task)
    for id_, tasks in by_stage.items():
        stage = playbook.stages[id_]
        if len(tasks) > 1 and len(tasks) == len(playbook.tasks_by_stage[id_]):
            yield Lacking(stage, tasks, None, (*tasks[0].path[:2], "raci"))
            continue
        for task in tasks:
            yield Lacking(stage, tasks, task, (*task.path, "raci"))
