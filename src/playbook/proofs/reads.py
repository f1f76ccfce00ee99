"""Where a playbook reads data: fields and artifacts that must be there by then."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from playbook.expressions.parse import NameUse, parse_expression
from playbook.expressions.tree import dotted_name
from playbook.language.stage import Criterion
from playbook.proofs.conditions import all_of, conjuncts, negated, tree_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

Kind = Literal["condition", "need", "payload"]


@dataclass(frozen=True, slots=True)
class Read:
    """One read of one name. ``node`` is where in the flow, ``after`` whether once that node is done; without a
    node it may be read at any time. ``given`` is the condition under which it is read."""

    name: str
    kind: Kind
    path: KeyPath
    within: tuple[int, int] | None = None
    node: str | None = None
    after: bool = False
    given: ast.expr | None = None
    whole: bool = False
    """Whether the name is by itself a condition that must hold."""


def reads_of(playbook: CompiledPlaybook) -> Iterator[Read]:
    """All reads of a playbook, in the order of the document."""
    for index, stage in enumerate(playbook.model.stages):
        if playbook.stages.get(stage.id) is not stage:
            continue
        place: KeyPath = ("stages", index)
        yield from _criteria(stage.enter, (*place, "enter"), f"enter.{stage.id}")
        yield from _steps(playbook, index)
        yield from _criteria(stage.exit, (*place, "exit"), f"exit.{stage.id}")
        for number, branch in enumerate(stage.next):
            if branch.when:
                path: KeyPath = (*place, "next", number, "when")
                yield from _expression(branch.when, path, f"exit.{stage.id}", after=True)
    yield from _payloads(playbook)
    known = ("stages", "variants")
    for path, text in playbook.expressions:
        if path[0] not in known and path[-1] != "where":
            yield from _expression(text, path, None)


def _steps(playbook: CompiledPlaybook, index: int) -> Iterator[Read]:
    stage = playbook.model.stages[index]
    for number, step in enumerate(stage.steps):
        node = f"step.{step.id}"
        path: KeyPath = ("stages", index, "steps", number)
        task = playbook.process.tasks.get(node)
        if task is None or task.path != path:
            continue
        given = tree_of(step.when) if step.when else None
        if step.when:
            yield from _expression(step.when, (*path, "when"), node)
        for at, line in enumerate(step.checklist):
            if line.when:
                yield from _expression(line.when, (*path, "checklist", at, "when"), node)
        for at, name in enumerate(step.needs):
            yield Read(name, "need", (*path, "needs", at), None, node, given=given)
        for name, data in (step.run.give if step.run else {}).items():
            yield Read(data, "need", (*path, "run", "give", name), None, node, given=given)


def _criteria(criteria: Iterable[Criterion], path: KeyPath, node: str) -> Iterator[Read]:
    for index, criterion in enumerate(criteria):
        yield from _expression(criterion.check, (*path, index, "check"), node)


def _expression(text: str, path: KeyPath, node: str | None, *, after: bool = False) -> Iterator[Read]:
    for use, given, whole in _guarded(text):
        yield Read(use.name, "condition", path, (use.start, use.end), node, after, given, whole)


@lru_cache(maxsize=8192)
def _guarded(text: str) -> tuple[tuple[NameUse, ast.expr | None, bool], ...]:
    """The names of an expression, each with the condition under which its value matters, if there is one, and
    whether it must hold by itself."""
    parsed = parse_expression(text)
    if parsed.tree is None:
        return ()
    whole = {dotted_name(part) for part in conjuncts(parsed.tree)}
    guards = _guards(parsed.tree, [])
    return tuple(
        (use, all_of(given) if given else None, use.name in whole)
        for use, given in zip(parsed.names, guards, strict=True)
    )


def _guards(tree: ast.expr, given: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """For each name of a condition, in order: what holds wherever its value matters.

    In ``not a or b`` that of ``b`` matters only where ``a`` holds; in ``a and b`` as well.
    """
    if isinstance(tree, ast.Name | ast.Attribute):
        yield given
    elif isinstance(tree, ast.BoolOp):
        is_and = isinstance(tree.op, ast.And)
        for value in tree.values:
            others = [other if is_and else negated(other) for other in tree.values if other is not value]
            yield from _guards(value, [*given, *others])
    else:
        parts = tree.args if isinstance(tree, ast.Call) else ast.iter_child_nodes(tree)
        for part in parts:
            if isinstance(part, ast.expr):
                yield from _guards(part, given)


def _payloads(playbook: CompiledPlaybook) -> Iterator[Read]:
    for id_, handoff in playbook.model.handoffs.items():
        places = (f"step.{handoff.at}", f"exit.{handoff.at}")
        at = next((node for node in places if node in playbook.process.nodes), None)
        given = tree_of(handoff.when) if handoff.when else None
        for index, name in enumerate(handoff.payload):
            yield Read(name, "payload", ("handoffs", id_, "payload", index), None, at, after=True, given=given)
