"""A playbook that is a part of another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from playbook.workspace import CompiledPlaybook

T = TypeVar("T")


@dataclass(frozen=True)
class Excerpt(CompiledPlaybook):
    """A part of a playbook.

    ``scope`` says behind the title which part. ``elsewhere`` are nodes of the process that stand for what lies
    outside of it, with their words; ``numbers`` are those of the stages in the whole. ``customers`` says that it
    is for them. ``told`` is what cannot be worked out from the part, by the functions that would work it out.
    """

    scope: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    customers: bool = False
    told: Mapping[Callable[..., Any], Callable[[], Any]] = field(default_factory=dict, repr=False)

    @property
    def title(self) -> str:
        """What people read: the title of the whole, and which part this is."""
        return f"{super().title}{self.scope}"

    def remembered(self, work_out: Callable[[CompiledPlaybook], T]) -> T:
        """What a function gives for it: as the whole tells, where a part of it does not suffice."""
        told = self.told.get(work_out)
        if told is not None and work_out not in self._memory:
            self._memory[work_out] = told()
        return super().remembered(work_out)


def excerpt_of(playbook: CompiledPlaybook, **changes: Any) -> Excerpt:
    """A playbook with changes, as a part of what it was."""
    fields: dict[str, Any] = {
        # A playbook may be one that reads each of its parts when it is asked for it.
        name: getattr(playbook, name)
        for name in Excerpt.__dataclass_fields__
        if name in CompiledPlaybook.__dataclass_fields__ or isinstance(playbook, Excerpt)
    }
    fields.setdefault("numbers", stage_numbers(playbook))
    return Excerpt(**{**fields, **changes})


def elsewhere(playbook: CompiledPlaybook, node: str) -> str | None:
    """What to write on a node that stands for a part that is not shown: ``From Kickoff``; else ``None``."""
    return playbook.elsewhere.get(node) if isinstance(playbook, Excerpt) else None


def stage_numbers(playbook: CompiledPlaybook) -> dict[str, int]:
    """The number of each stage, counted in the whole playbook."""
    if isinstance(playbook, Excerpt):
        return {stage: playbook.numbers[stage] for stage in playbook.stages}
    return {stage: number for number, stage in enumerate(playbook.stages, 1)}


def is_part(playbook: CompiledPlaybook) -> bool:
    """Whether it is only a part, from which nothing follows for the whole."""
    return isinstance(playbook, Excerpt)


def is_for_customers(playbook: CompiledPlaybook) -> bool:
    """Whether it is what customers may see."""
    return isinstance(playbook, Excerpt) and playbook.customers


def is_blank(playbook: CompiledPlaybook) -> bool:
    """Whether nothing is left in it: no step and, but for customers, nothing else that somebody answers for."""
    kinds = ("milestones", "handoffs", "decisions", "routines", "interrupts", "workstreams", "risks", "inputs")
    beside = () if is_for_customers(playbook) else kinds
    return not playbook.process.tasks and not any(getattr(playbook.model, kind) for kind in beside)
