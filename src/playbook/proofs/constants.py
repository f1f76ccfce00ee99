"""Conditions that are always true, or never."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playbook.expressions.cases import Verdict, find_case
from playbook.expressions.parse import parse_expression
from playbook.language.stage import Criterion
from playbook.proofs.axioms import axioms_for
from playbook.proofs.conditions import about, negated, trees_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Constant:
    """A condition that does not depend on any account; or of which that is not known."""

    path: KeyPath
    text: str
    value: Literal["always", "never", "unknown"]
    verdict: Verdict


def constants_of(playbook: CompiledPlaybook) -> list[Constant]:
    """All constant conditions of a playbook; ask with ``playbook.remembered(constants_of)``."""
    return [*_expressions(playbook), *_gates(playbook)]


def _expressions(playbook: CompiledPlaybook) -> Iterator[Constant]:
    for path, text in playbook.expressions:
        if path[0] == "variants":
            # A variant's own parts are looked at where they are laid over the base.
            continue
        parsed = parse_expression(text)
        names = [use.name for use in parsed.names]
        if parsed.tree is None or _is_plainly_open(playbook, parsed.tree, names):
            continue
        yield from _constant(playbook, path, text, parsed.tree)


def _constant(playbook: CompiledPlaybook, path: KeyPath, text: str, tree: ast.expr) -> Iterator[Constant]:
    holds = _case(playbook, tree)
    if holds.found != "yes":
        yield Constant(path, text, "never" if holds.found == "no" else "unknown", holds)
        return
    fails = _case(playbook, negated(tree))
    if fails.found != "yes":
        yield Constant(path, text, "always" if fails.found == "no" else "unknown", fails)


def _case(playbook: CompiledPlaybook, tree: ast.expr) -> Verdict:
    return find_case([tree, *about(tree, axioms_for(playbook, [tree]))], playbook.type_of)


def _is_plainly_open(playbook: CompiledPlaybook, tree: ast.expr, names: list[str]) -> bool:
    """Whether it can be seen at once that a condition may be true and may be false.

    So it is where every name is read once, and each only compared with one value of many. Nearly all
    conditions are like that, and need no proof.
    """
    if len(set(names)) < len(names):
        return False
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.BoolOp):
            pending.extend(node.values)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            pending.append(node.operand)
        elif isinstance(node, ast.Compare):
            if not _is_open_comparison(playbook, node):
                return False
        elif not isinstance(node, ast.Name | ast.Attribute):
            return False
    return True


def _is_open_comparison(playbook: CompiledPlaybook, node: ast.Compare) -> bool:
    if len(node.ops) > 1 or not isinstance(node.left, ast.Name | ast.Attribute):
        return False
    type_ = playbook.type_of(ast.unparse(node.left))
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
    shared = [tree for tree in trees if len(about(tree, [other for other in trees if other is not tree])) > 0]
    if not shared:
        return
    verdict = find_case([*trees, *axioms_for(playbook, trees)], playbook.type_of)
    if verdict.found != "yes" and all(_case(playbook, tree).found == "yes" for tree in trees):
        text = " and ".join(criterion.check for criterion in criteria)
        yield Constant(path, text, "never" if verdict.found == "no" else "unknown", verdict)
