"""Where milestones are reached: in the stage that they name, or where what they need becomes true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from playbook.expressions.parse import parse_expression
from playbook.language.playbook import Milestone
from playbook.language.stage import Stage
from playbook.text.ids import words_of
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone and the stage in which it is reached, as far as the playbook tells."""

    id: str
    milestone: Milestone
    stage: str | None

    @property
    def title(self) -> str:
        """What people read."""
        return self.milestone.title or words_of(self.id)


def milestones_of(playbook: CompiledPlaybook) -> tuple[Reached, ...]:
    """All milestones in the order of the file."""
    return tuple(
        Reached(id_, milestone, _stage_of(playbook, id_, milestone))
        for id_, milestone in playbook.model.milestones.items()
    )


def _stage_of(playbook: CompiledPlaybook, id_: str, milestone: Milestone) -> str | None:
    if milestone.stage:
        return milestone.stage if milestone.stage in playbook.stages else None
    needed = {name for criterion in milestone.when for name in _names(criterion.check)}
    return _where_it_becomes_true(playbook, needed) or _where_it_is_asked_for(playbook, id_, milestone)


def _where_it_becomes_true(playbook: CompiledPlaybook, needed: set[str]) -> str | None:
    """The last stage with a step that is asked for, or that fills a field that is asked for."""
    found = None
    for stage in playbook.stages.values():
        for step in stage.steps:
            if needed.intersection(step.captures) or f"{step.id}.completed" in needed:
                found = stage.id
    return found


def _where_it_is_asked_for(playbook: CompiledPlaybook, id_: str, milestone: Milestone) -> str | None:
    """The first stage that cannot be left without it; else the one ahead of the first that waits for it."""
    wanted = {f"{id_}.reached", *((milestone.event,) if milestone.event else ())}
    stages = list(playbook.stages.values())
    for stage in stages:
        if wanted.intersection(_asked_at_exit(stage)):
            return stage.id
    for before, stage in pairwise(stages):
        if wanted.intersection(name for each in stage.enter for name in _names(each.check)):
            return before.id
    return None


def _asked_at_exit(stage: Stage) -> Iterator[str]:
    for criterion in stage.exit:
        yield from _names(criterion.check)
    for branch in stage.next:
        yield from _names(branch.when or "")


def _names(text: str) -> Iterator[str]:
    return (use.name for use in parse_expression(text).names) if text else iter(())
