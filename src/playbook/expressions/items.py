"""Values of choices and texts, and the comparisons with them."""

from __future__ import annotations

import ast

from playbook.expressions.forms import DoubtError, exact
from playbook.expressions.formula import COMPARE, Among, Formula, Item, Relation, Variable, constant
from playbook.expressions.types import Scalar, Type
from playbook.text.quote import quoted

EQUALITIES: dict[Relation, bool] = {"==": True, "!=": False}
"""The only relations of texts, and whether they ask for the same."""


def textual_variable(name: str, type_: Type) -> Variable:
    """The variable of a name that is a choice or text."""
    names = frozenset((name,))
    if type_.kind == "choice" and type_.values:
        return Variable(name, "choice", names, items=tuple(dict.fromkeys(map(item_of, type_.values))))
    return Variable(name, "text", names)


def item_of(value: Scalar) -> Item:
    """A value as it is told apart from others."""
    if isinstance(value, str):
        return value
    return ("boolean", value) if isinstance(value, bool) else ("number", exact(value))


def item_in(node: ast.expr) -> Item | None:
    """A literal as a value of a choice or text."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        item = item_in(node.operand)
        return ("number", -item[1]) if isinstance(item, tuple) and item[0] == "number" else None
    value = node.value if isinstance(node, ast.Constant) else None
    return item_of(value) if isinstance(value, str | int | float) else None


def among(variable: Variable, items: set[Item], inside: bool) -> Formula:
    """The variable is one of the items, or none of them; a choice has only its own values."""
    if variable.kind == "choice":
        items = items.intersection(variable.items)
    elif not all(isinstance(item, str) for item in items):
        raise DoubtError(f"{quoted(variable.key)} is a text")
    return Among(variable.key, frozenset(items), inside) if items else constant(not inside)


def items_in_order(variable: Variable, relation: Relation, item: Item) -> set[Item]:
    """The numbers among the values of a choice that are less than (greater than...) one."""
    if isinstance(item, str) or not all(
        isinstance(value, tuple) and value[0] == item[0] for value in variable.items
    ):
        raise DoubtError(f"the values of {quoted(variable.key)} have no order")
    return {value for value in variable.items if isinstance(value, tuple) and COMPARE[relation](value[1], item[1])}


def related_texts(left: str, relation: Relation, right: str) -> bool:
    """Two literals compared with each other."""
    if relation not in EQUALITIES:
        raise DoubtError("texts have no order")
    return (left == right) is EQUALITIES[relation]
