"""The promises about time of a playbook: every SLA, with what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.language.stage import Stage
from playbook.language.step import Sla, Step
from playbook.lint.letters import stage_name
from playbook.lint.words import named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Promise:
    """An SLA of a step, or of a stage (``step`` is ``None``). ``path`` leads to its ``sla``."""

    sla: Sla
    stage: Stage
    step: Step | None
    path: KeyPath

    @property
    def about(self) -> str:
        """How messages name what it is about: ``the step "Write the brief" (write_brief)``."""
        return f"the step {named(self.step.do, self.step.id)}" if self.step else stage_name(self.stage)


def promises_of(playbook: CompiledPlaybook) -> tuple[Promise, ...]:
    """All SLAs in the order of the document."""
    return playbook.remembered(_promises_of)


def _promises_of(playbook: CompiledPlaybook) -> tuple[Promise, ...]:
    return tuple(_all(playbook))


def _all(playbook: CompiledPlaybook) -> Iterator[Promise]:
    for index, stage in enumerate(playbook.model.stages):
        if stage.sla is not None:
            yield Promise(stage.sla, stage, None, ("stages", index, "sla"))
        for number, step in enumerate(stage.steps):
            if step.sla is not None:
                yield Promise(step.sla, stage, step, ("stages", index, "steps", number, "sla"))
