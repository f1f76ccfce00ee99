"""What may stand before ``in``, and what behind it."""

from __future__ import annotations

import ast
from dataclasses import replace

from playbook.expressions.comparisons import Operand, check_pair
from playbook.expressions.literals import exact_duration, family_of, text_literal
from playbook.expressions.mistakes import Mistakes, in_words, literal
from playbook.expressions.types import Type


def check_membership(mistakes: Mistakes, left: Operand, right: Operand, items: list[Operand] | None) -> None:
    """``left in right``; ``items`` are those of a list in brackets."""
    if left.type is not None and left.type.kind == "list":
        message = f"{mistakes.quote(left.node)} is a list, and not one value"
        suggestion = None
        if items is not None and len(items) == 1:
            suggestion = f"{mistakes.source(items[0].node)} in {mistakes.source(left.node)}"
        mistakes.add(message, left.node, right.node, expected="a value on the left of in", suggestion=suggestion)
    elif items is not None:
        if not items:
            mistakes.add("nothing is in an empty list", right.node, expected="a list with at least one value")
        for item in items:
            check_pair(mistakes, left, item, ordering=False)
            left = narrowed(left, item)
    elif right.type is not None and right.type.kind != "list":
        message = f"{mistakes.quote(right.node)} is {in_words(right.type)}, not a list"
        suggestion = f"[{mistakes.source(right.node)}]" if isinstance(right.node, ast.Constant) else None
        expected = 'a list in brackets such as ["a", "b"], or a field that holds a list'
        mistakes.add(message, right.node, expected=expected, suggestion=suggestion)
    elif right.type is not None and left.type is not None:
        _check_item(mistakes, left, left.type, right, right.type)


def narrowed(operand: Operand, other: Operand) -> Operand:
    """A duration of unknown unit has, once it was compared with ``"5bd"``, a unit of that family."""
    text = text_literal(other.node)
    type_ = operand.type
    if text is None or type_ is None or type_.kind != "duration" or family_of(type_.unit) is not None:
        return operand
    duration = exact_duration(text)
    return operand if duration is None else replace(operand, type=replace(type_, unit=duration.unit))


def _check_item(mistakes: Mistakes, left: Operand, type_: Type, right: Operand, items: Type) -> None:
    """``"sso" in account.products``: the left side is like the items of the list."""
    if items.values:
        check_pair(mistakes, left, Operand(right.node, Type("choice", items.values)), ordering=False)
    elif type_.kind not in ("text", "choice"):
        one, other = mistakes.quote(left.node), mistakes.quote(right.node)
        is_number = isinstance(left.node, ast.Constant) and type_.kind == "number"
        mistakes.add(
            f"{one} is {in_words(type_)}, {other} a list of texts",
            left.node,
            expected="a text",
            suggestion=literal(mistakes.source(left.node)) if is_number else None,
        )
