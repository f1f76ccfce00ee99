"""Where a playbook runs another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.language.playbook import Playbook
from playbook.language.step import Run
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class RunUse:
    """One place that runs another playbook; ``target`` is ``None`` if there is no such playbook."""

    run: Run
    path: KeyPath
    target: Playbook | None


def runs_of(playbook: CompiledPlaybook) -> Iterator[RunUse]:
    """All places at which a playbook runs another one, in the order of the document."""
    model = playbook.model
    for index, stage in enumerate(model.stages):
        for number, step in enumerate(stage.steps):
            if step.run is not None:
                yield _use(playbook, step.run, ("stages", index, "steps", number, "run"))
    for key, entries in (("interrupts", model.interrupts), ("routines", model.routines), ("risks", model.risks)):
        for id_, entry in entries.items():
            if entry.run is not None:
                yield _use(playbook, entry.run, (key, id_, "run"))


def _use(playbook: CompiledPlaybook, run: Run, path: KeyPath) -> RunUse:
    symbol = playbook.workspace_symbols["playbook"].get(run.playbook)
    target = symbol.value if symbol else None
    return RunUse(run, path, target if isinstance(target, Playbook) else None)
