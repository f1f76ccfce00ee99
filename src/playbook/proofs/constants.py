"""Conditions that are always true, or never."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from playbook.expressions.cases import Verdict, find_case
from playbook.expressions.parse import parse_expression
from playbook.expressions.types import Type
from playbook.language.stage import Criterion
from playbook.proofs.axioms import find, limits_of, names_meant, relevant_to
from playbook.proofs.conditions import binding, names_in, negated, text_of, trees_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Constant:
    """A condition that does not depend on any account; or of which that is not known.

    ``on_leaving`` says that it is so for accounts that leave the stage.
    """

    path: KeyPath
    text: str
    value: Literal["always", "never", "unknown"]
    verdict: Verdict
    on_leaving: bool = False


def constants_of(playbook: CompiledPlaybook) -> list[Constant]:
    """All constant conditions of a playbook; ask with ``playbook.remembered(constants_of)``."""
    return [*_expressions(playbook), *_gates(playbook), *_branches(playbook)]


def _expressions(playbook: CompiledPlaybook) -> Iterator[Constant]:
    for path, text in playbook.expressions:
        if path[0] == "variants":
            # A variant's own parts are looked at where they are laid over the base.
            continue
        tree = parse_expression(text).tree
        if tree is not None and not _is_open(playbook, tree):
            yield from _constant(playbook, path, text, tree)


def _constant(playbook: CompiledPlaybook, path: KeyPath, text: str, tree: ast.expr) -> Iterator[Constant]:
    holds = _case(playbook, tree)
    fails = _case(playbook, _negated(tree))
    if holds is None or fails is None:
        return
    if holds.found != "yes":
        yield Constant(path, text, "never" if holds.found == "no" else "unknown", holds)
    elif fails.found != "yes":
        yield Constant(path, text, "always" if fails.found == "no" else "unknown", fails)


@lru_cache(maxsize=4096)
def _negated(tree: ast.expr) -> ast.expr:
    """One tree for each, so that what is known of it is known again."""
    return negated(tree)


def _case(playbook: CompiledPlaybook, tree: ast.expr) -> Verdict | None:
    names = tuple(sorted(names_in(tree)))
    types = tuple(playbook.type_of(name) for name in names)
    if None in types or relevant_to(playbook, tree):
        return find(playbook, [tree])
    verdict = _case_of_types(tree, names, types)
    return verdict if verdict.found == "yes" else find(playbook, [tree])


@lru_cache(maxsize=4096)
def _case_of_types(tree: ast.expr, names: tuple[str, ...], types: tuple[Type | None, ...]) -> Verdict:
    """The same for every playbook in which the names have these types."""
    return find_case([tree], dict(zip(names, types, strict=True)).get)


def _can_hold(playbook: CompiledPlaybook, tree: ast.expr) -> bool:
    verdict = _case(playbook, tree)
    return verdict is not None and verdict.found == "yes"


def _is_open(playbook: CompiledPlaybook, tree: ast.expr) -> bool:
    """Whether a condition may be true and may be false: seen at once, or from its parts, or proven.

    Parts that have nothing to do with each other may each be what they like.
    """
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        return _is_open(playbook, tree.operand)
    if isinstance(tree, ast.BoolOp):
        names = [names_meant(playbook, part) for part in tree.values]
        apart = len(frozenset().union(*names)) == sum(map(len, names))
        return apart and all(_is_open(playbook, part) for part in tree.values)
    if isinstance(tree, ast.Name | ast.Attribute):
        return True
    if isinstance(tree, ast.Compare) and _is_open_comparison(playbook, tree):
        return True
    return not relevant_to(playbook, tree) and all(_can_hold(playbook, each) for each in (tree, _negated(tree)))


def _is_open_comparison(playbook: CompiledPlaybook, node: ast.Compare) -> bool:
    if len(node.ops) > 1 or not isinstance(node.left, ast.Name | ast.Attribute):
        return False
    name = text_of(node.left)
    type_ = playbook.type_of(name)
    if limits_of(playbook, name):
        return False
    right = node.comparators[0]
    if type_ is None or not isinstance(right, ast.Constant):
        return False
    if type_.kind == "choice":
        return len(type_.values) > 1 and right.value in type_.values and isinstance(node.ops[0], ast.Eq | ast.NotEq)
    return type_.kind == "number" and isinstance(right.value, int | float) and not type_.whole


def _gates(playbook: CompiledPlaybook) -> Iterator[Constant]:
    """Criteria of one gate that cannot all hold together, where each by itself can."""
    for index, stage in enumerate(playbook.model.stages):
        for key, criteria in (("enter", stage.enter), ("exit", stage.exit)):
            if len(criteria) > 1:
                yield from _gate(playbook, criteria, ("stages", index, key))


def _gate(playbook: CompiledPlaybook, criteria: tuple[Criterion, ...], path: KeyPath) -> Iterator[Constant]:
    trees = trees_of(criterion.check for criterion in criteria)
    names = [names_meant(playbook, tree) for tree in trees]
    if len(frozenset().union(*names)) == sum(map(len, names)):
        # They speak of different things.
        return
    verdict = find(playbook, trees)
    if verdict is not None and verdict.found != "yes" and all(_can_hold(playbook, tree) for tree in trees):
        text = " and ".join(criterion.check for criterion in criteria)
        yield Constant(path, text, "never" if verdict.found == "no" else "unknown", verdict)


def _branches(playbook: CompiledPlaybook) -> Iterator[Constant]:
    """Branches that no account can take which meets the exit criteria, though others could."""
    for index, stage in enumerate(playbook.model.stages):
        exits = trees_of(binding(stage.exit)) if any(branch.when for branch in stage.next) else []
        for number, branch in enumerate(stage.next):
            tree = parse_expression(branch.when).tree if branch.when and exits else None
            if tree is None or branch.when is None or not _can_hold(playbook, tree):
                continue
            verdict = find(playbook, [tree], exits)
            if verdict is not None and verdict.found == "no":
                path: KeyPath = ("stages", index, "next", number, "when")
                yield Constant(path, branch.when, "never", verdict, on_leaving=True)
