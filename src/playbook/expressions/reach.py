"""Which values a calculation can have, if nothing else is said of the names in it."""

from __future__ import annotations

import ast
from typing import Literal, TypeAlias

from playbook.expressions.names import Names, names_in
from playbook.expressions.tree import dotted_name

Reach: TypeAlias = Literal["any", "whole", "some", "unknown"]
"""``any`` rational number, any ``whole`` number, ``some`` numbers of which one is not 0, or unknown."""


def reach_of(node: ast.expr, names: Names) -> Reach:
    """What values a calculation can have. A name that stands in it twice leaves that unknown."""
    used = names_in(node)
    return _reach(node, names) if len(used) == len(set(used)) else "unknown"


def _reach(node: ast.expr, names: Names) -> Reach:
    name = dotted_name(node)
    if name is not None:
        type_ = names.type_of(name)
        if type_ is None or type_.kind not in {"number", "duration"}:
            return "unknown"
        if type_.kind == "duration":
            return "some"
        return "whole" if type_.whole else "any"
    if isinstance(node, ast.Constant):
        return "some" if node.value else "unknown"
    if isinstance(node, ast.UnaryOp):
        return _reach(node.operand, names)
    if isinstance(node, ast.BinOp):
        return _calculated(node.op, _reach(node.left, names), _reach(node.right, names))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _called(node.func.id, [_reach(argument, names) for argument in node.args])
    return "unknown"


def _calculated(operator: ast.operator, left: Reach, right: Reach) -> Reach:
    parts = (left, right)
    if "unknown" in parts:
        return "unknown"
    if isinstance(operator, ast.Div):
        # A quotient of whole numbers is any fraction; so is one whole number by any number at all.
        return "any" if left == "any" or (left == "whole" and right != "some") else "some"
    if "any" in parts:
        return "any"
    if left == right == "whole":
        return "whole"
    # A product of two numbers other than 0 is not 0 either; a sum may be.
    return "some" if isinstance(operator, ast.Mult) else "unknown"


def _called(function: str, arguments: list[Reach]) -> Reach:
    if function in {"count", "days_since"}:
        return "some"
    if "unknown" in arguments or not arguments:
        return "unknown"
    if function in {"min", "max"} and "some" not in arguments:
        return "any" if "any" in arguments else "whole"
    return "some" if function == "abs" else "unknown"
