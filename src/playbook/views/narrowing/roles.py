"""The work of one role or team."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from playbook.core.owners import Owners
from playbook.language.raci import names
from playbook.language.stage import Stage
from playbook.language.step import Choice, Step
from playbook.letters import owners_of
from playbook.schedule.relative import schedule_of
from playbook.views.narrowing.bridging import bridged
from playbook.views.narrowing.excerpt import excerpt_of
from playbook.views.narrowing.times import times_of_part
from playbook.workspace import CompiledPlaybook


def work_of(playbook: CompiledPlaybook, owner: str) -> CompiledPlaybook:
    """All steps in which a role has a letter or that it approves; of a team, the same for all of its roles.

    Beside them stay the milestones, handoffs, routines, risks and the like in which it has a part.
    """
    owners = _owners(playbook, owner)
    tasks = {
        task.id
        for task in playbook.process.tasks.values()
        if not owners.isdisjoint(task.owners.everyone()) or _approves(playbook.steps[task.step], owners)
    }
    steps = {playbook.process.tasks[task].step for task in tasks}
    stages = {task.stage for task in playbook.process.tasks.values() if task.id in tasks}
    variants = tuple(work_of(variant, owner) for variant in playbook.variants)
    beside = _beside(playbook, owners)
    whole = playbook.process
    interrupts = tuple(each for each in whole.interrupts if each.id in beside["interrupts"])
    part = excerpt_of(
        playbook,
        model=playbook.model.model_copy(
            update={
                "stages": tuple(_stages(playbook, stages, steps, owners)),
                "variants": {},
                **beside,
            }
        ),
        process=bridged(
            replace(whole, interrupts=interrupts), tasks, stages, _others_gates(playbook, steps, owners)
        ),
        variants=variants,
        scope=getattr(playbook, "scope", "") + _whose(playbook, owner),
    )
    return replace(part, told={schedule_of: lambda: times_of_part(playbook, part, outcome=True)})


def _owners(playbook: CompiledPlaybook, owner: str) -> frozenset[str]:
    """A role; or a team with all of its roles."""
    roles = [role for role in playbook.workspace_symbols["role"] if playbook.team_of(role) == owner]
    return frozenset((owner, *roles))


def _whose(playbook: CompiledPlaybook, owner: str) -> str:
    """``, CSM's work``; nothing for a role that is not known."""
    name = playbook.owner_name(owner)
    whose = f"{name}'" if name.endswith("s") else f"{name}'s"
    return f", {whose} work" if name else ""


def _approves(step: Step, owners: frozenset[str]) -> bool:
    return step.approval is not None and not owners.isdisjoint(names(step.approval.by))


def _others_gates(playbook: CompiledPlaybook, steps: Collection[str], owners: frozenset[str]) -> set[str]:
    """The gates at which only others decide on the work of others."""
    gates = {f"approval.{step}" for step in playbook.steps if step not in steps}
    for id_, handoff in playbook.model.handoffs.items():
        if owners.isdisjoint(playbook.letters["handoffs"][id_].everyone() | _takes_part(handoff)):
            gates.add(f"handoff.{id_}")
    return gates.intersection(playbook.process.gates)


def _stages(
    playbook: CompiledPlaybook, stages: Collection[str], steps: Collection[str], owners: frozenset[str]
) -> Iterator[Stage]:
    for stage in playbook.stages.values():
        if stage.id not in stages:
            continue
        defaults = owners_of(stage.raci, ())
        kept = tuple(
            step.model_copy(update={"after": _after(playbook, step, steps)})
            for step in stage.steps
            if step.id in steps or (step.need == "forbidden" and _holds(owners, owners_of(step.raci, (), defaults)))
        )
        yield stage.model_copy(update={"steps": kept, "choose": _choices(stage, steps)})


def _holds(owners: frozenset[str], letters: Owners) -> bool:
    return not letters.everyone().isdisjoint(owners)


def _after(playbook: CompiledPlaybook, step: Step, steps: Collection[str]) -> tuple[str, ...] | None:
    if step.after is None:
        return None
    return tuple(name for name in step.after if name in steps or name not in playbook.steps)


def _choices(stage: Stage, steps: Collection[str]) -> tuple[Choice, ...] | None:
    choices = []
    for choice in stage.choose or ():
        one_of, any_of = (
            tuple(step for step in members if step in steps) for members in (choice.one_of, choice.any_of)
        )
        if one_of or any_of:
            choices.append(choice.model_copy(update={"one_of": one_of, "any_of": any_of}))
    return tuple(choices) or None


def _beside(playbook: CompiledPlaybook, owners: frozenset[str]) -> dict[str, Any]:
    """What is no step and in which one of the owners has a part."""
    model = playbook.model
    found: dict[str, Any] = {}
    for kind in ("milestones", "handoffs", "decisions", "routines", "interrupts", "workstreams"):
        entries, letters = getattr(model, kind), playbook.letters[kind]
        found[kind] = {
            id_: entry
            for id_, entry in entries.items()
            if _holds(owners, letters[id_]) or not _takes_part(entry).isdisjoint(owners)
        }
    found["risks"] = {id_: risk for id_, risk in model.risks.items() if risk.owner in owners}
    found["inputs"] = {
        id_: entry for id_, entry in model.inputs.items() if not {entry.owner, *entry.consumer}.isdisjoint(owners)
    }
    teams = {playbook.team_of(owner) for owner in owners}
    found["interfaces"] = {
        id_: entry for id_, entry in model.interfaces.items() if not teams.isdisjoint(entry.between)
    }
    return found


def _takes_part(entry: Any) -> set[str]:
    """Who has a part in a handoff beside the letters."""
    accept = getattr(entry, "accept", None)
    parts = {getattr(entry, "giver", None), getattr(entry, "receiver", None), accept.by if accept else None}
    return {owner for owner in parts if owner}
