"""Conditions as trees: read, joined and negated."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache

from playbook.expressions.parse import parse_expression
from playbook.expressions.tree import dotted_name
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


@lru_cache(maxsize=16_384)
def text_of(tree: ast.expr) -> str:
    """A condition as text, the same for all that say the same."""
    return ast.unparse(tree)


@lru_cache(maxsize=16_384)
def names_in(tree: ast.expr) -> frozenset[str]:
    """The dotted names that a condition reads."""
    found: set[str] = set()
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Attribute | ast.Name):
            found.add(dotted_name(node) or "")
        elif isinstance(node, ast.Call):
            pending.extend(node.args)
        else:
            pending.extend(ast.iter_child_nodes(node))
    return frozenset(found)


@lru_cache(maxsize=16_384)
def names_in_products(tree: ast.expr) -> frozenset[str]:
    """The names that are multiplied with or divided by others, or given to a function."""
    found: frozenset[str] = frozenset()
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
            together = bool(names_in(node.left)) and bool(names_in(node.right))
            found |= names_in(node) if together else frozenset()
        elif isinstance(node, ast.Call):
            found |= names_in(node)
    return found


def binding(criteria: Iterable[Criterion]) -> list[str]:
    """The criteria of a gate that nobody may waive, as texts."""
    return [criterion.check for criterion in criteria if criterion.waivable is None]
