"""Conditions as trees: read, joined and negated."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from playbook.expressions.parse import parse_expression
from playbook.language.stage import Criterion


def tree_of(text: str) -> ast.expr | None:
    """The tree of an expression; ``None`` if it has a mistake, which is reported elsewhere."""
    return parse_expression(text).tree


def trees_of(texts: Iterable[str]) -> list[ast.expr]:
    """The trees of those of some expressions that can be read."""
    return [tree for text in texts if (tree := tree_of(text)) is not None]


def negated(tree: ast.expr) -> ast.expr:
    """The condition that holds where another does not."""
    return ast.UnaryOp(ast.Not(), tree)


def all_of(trees: list[ast.expr]) -> ast.expr:
    """The condition that all of some hold."""
    return trees[0] if len(trees) == 1 else ast.BoolOp(ast.And(), trees) if trees else ast.Constant(True)


def any_of(trees: list[ast.expr]) -> ast.expr:
    """The condition that one of some holds."""
    return trees[0] if len(trees) == 1 else ast.BoolOp(ast.Or(), trees) if trees else ast.Constant(False)


def same(left: ast.expr, right: ast.expr) -> ast.expr:
    """The condition that two others hold together or not at all."""
    return any_of([all_of([left, right]), all_of([negated(left), negated(right)])])


def conjuncts(tree: ast.expr) -> list[ast.expr]:
    """The conditions that must all hold for a condition to hold: ``a and b`` are two."""
    if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And):
        return [part for value in tree.values for part in conjuncts(value)]
    return [tree]


def names_in(tree: ast.expr) -> set[str]:
    """The dotted names that a condition reads."""
    found: set[str] = set()
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Attribute | ast.Name):
            found.add(ast.unparse(node))
        elif isinstance(node, ast.Call):
            pending.extend(node.args)
        else:
            pending.extend(ast.iter_child_nodes(node))
    return found


def about(claim: ast.expr, conditions: Iterable[ast.expr]) -> list[ast.expr]:
    """Those of some conditions that a claim has to do with: they share a name with it, or with each other."""
    left = [(tree, names_in(tree)) for tree in conditions]
    reached = names_in(claim)
    found: list[ast.expr] = []
    while True:
        near = [pair for pair in left if pair[1] & reached]
        if not near:
            return found
        left = [pair for pair in left if not pair[1] & reached]
        for tree, names in near:
            found.append(tree)
            reached |= names


def binding(criteria: Iterable[Criterion]) -> list[str]:
    """The criteria of a gate that nobody may waive, as texts."""
    return [criterion.check for criterion in criteria if criterion.waivable is None]
