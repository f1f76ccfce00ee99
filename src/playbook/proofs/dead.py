"""Steps whose condition cannot hold where they stand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.core.process import Task
from playbook.proofs.axioms import find, of_variant, relevant_to
from playbook.proofs.conditions import all_of, tree_of
from playbook.proofs.facts import facts_of
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Dead:
    """A step that can never be done: ``against`` is what holds on every way to it, if that is why."""

    task: Task
    condition: str
    against: str
    by_variant: bool


def dead_steps(playbook: CompiledPlaybook) -> Iterator[Dead]:
    """Steps with a condition that can hold by itself, but not where they stand."""
    facts = playbook.remembered(facts_of)
    for task in playbook.process.tasks.values():
        condition = tree_of(task.condition) if task.condition else None
        if condition is None or task.condition is None:
            continue
        before = facts.knowledge.before(task.id)
        chosen = [tree for bit, tree in facts.chosen.items() if before & bit]
        known = [*chosen, *facts.held(before, lasting=True)]
        variant = of_variant(playbook)
        if not (known or variant) or not _contradicts(playbook, condition, [*known, *variant]):
            continue
        if not _contradicts(playbook, condition, []):
            told = [tree for tree in known if _contradicts(playbook, condition, [tree])]
            by_variant = not told and bool(variant)
            against = told or known
            yield Dead(task, task.condition, "" if by_variant else ast.unparse(all_of(against[:1])), by_variant)


def _contradicts(playbook: CompiledPlaybook, condition: ast.expr, assumed: list[ast.expr]) -> bool:
    relevant = relevant_to(playbook, condition, assumed)
    if assumed and not any(tree is other for tree in relevant for other in assumed):
        return False
    verdict = find(playbook, [condition], assumed)
    return verdict is not None and verdict.found == "no"
