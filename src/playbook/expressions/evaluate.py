"""The value of an expression for one account, by one fixed rule for what is missing.

The rule is that of SQL's three-valued logic; ``None`` stands for "missing":

- a name without a value is missing (an event or state that has not happened is not: its value is ``False``);
- arithmetic, a comparison or a function with something missing gives missing;
- ``and`` is false if one side is false, ``or`` true if one side is true, else missing if one side is;
  ``not`` missing is missing;
- ``x in [...]`` is missing if ``x`` is, or if nothing in the list equals it but something in it is missing;
- division by zero is missing, and so are numbers that overflow or are NaN;
- ``days_since`` is missing for what has not happened or lies in the future;
- a condition *holds* only if it is true: missing is not enough.

A value of another type than is wanted is missing as well: nothing is raised.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from playbook.expressions.literals import amount_of, exact_duration, read_date
from playbook.expressions.tree import dotted_name
from playbook.text.quantities import Duration

Scalar: TypeAlias = bool | int | float | str | date | timedelta | Duration
Value: TypeAlias = Scalar | frozenset[Any] | tuple[Any, ...]
"""What a name can stand for. An event or state has ``False``, ``True``, or the day on which it happened,
which counts as true where true or false is wanted. A time of day is left out of account."""

_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_OF_NUMBERS: dict[str, Callable[..., Any]] = {"abs": abs, "max": max, "min": min}


def evaluate(tree: ast.expr, values: Mapping[str, Value | None], today: date) -> Value | None:
    """The value of an expression, or ``None`` if it is missing (see the rule of this module)."""
    return _Evaluation(values, today).value(tree)


def holds(tree: ast.expr, values: Mapping[str, Value | None], today: date) -> bool:
    """Whether a condition is true. One that is missing does not hold, nor does its negation."""
    return _truth(evaluate(tree, values, today)) is True


class _Evaluation:
    """One account on one day."""

    def __init__(self, values: Mapping[str, Value | None], today: date) -> None:
        self._values = values
        self._today = _day(today)

    def value(self, node: ast.expr) -> Value | None:
        if isinstance(node, ast.Constant):
            return _present(node.value)
        if isinstance(node, ast.Name | ast.Attribute):
            name = dotted_name(node)
            return None if name is None else _present(self._values.get(name))
        if isinstance(node, ast.BoolOp):
            truths = (_truth(self.value(operand)) for operand in node.values)
            return _every(truths) if isinstance(node.op, ast.And) else _any(truths)
        if isinstance(node, ast.UnaryOp):
            operand = self.value(node.operand)
            return _not(_truth(operand)) if isinstance(node.op, ast.Not) else _calculated(operator.neg, operand)
        if isinstance(node, ast.Compare):
            return _every(self._comparisons(node))
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        return self._call(node) if isinstance(node, ast.Call) else None

    def _comparisons(self, node: ast.Compare) -> Iterable[bool | None]:
        left = node.left
        for comparison, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(comparison, ast.In | ast.NotIn):
                found = self._is_in(self.value(left), right)
                yield found if isinstance(comparison, ast.In) else _not(found)
            else:
                yield _compared(_COMPARISONS[type(comparison)], self.value(left), self.value(right))
            left = right

    def _is_in(self, value: Value | None, node: ast.expr) -> bool | None:
        items = self._items(node)
        if items is None or value is None:
            return None
        return _any(_compared(operator.eq, value, item) for item in items)

    def _items(self, node: ast.expr) -> Iterable[Value | None] | None:
        if isinstance(node, ast.List | ast.Tuple):
            return [self.value(item) for item in node.elts]
        value = self.value(node)
        return value if isinstance(value, frozenset | tuple) else None

    def _arithmetic(self, node: ast.BinOp) -> Value | None:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Sub):
            one, other = _as_day(left), _as_day(right)
            if isinstance(one, date) and isinstance(other, date):
                return one - other
        return _calculated(_ARITHMETIC[type(node.op)], left, right)

    def _call(self, node: ast.Call) -> Value | None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in _OF_NUMBERS:
            return _calculated(_OF_NUMBERS[name], *(self.value(argument) for argument in node.args))
        if len(node.args) != 1:
            return None
        if name == "count":
            items = self._items(node.args[0])
            return None if items is None else len(list(items))
        day = _as_day(self.value(node.args[0]))
        if name != "days_since" or not isinstance(day, date) or day > self._today:
            return None
        return (self._today - day).days


# -- three-valued logic ------------------------------------------------------------------------------


def _truth(value: Value | None) -> bool | None:
    if isinstance(value, date):
        return True
    return value if isinstance(value, bool) else None


def _not(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _every(truths: Iterable[bool | None]) -> bool | None:
    missing = False
    for truth in truths:
        if truth is False:
            return False
        missing = missing or truth is None
    return None if missing else True


def _any(truths: Iterable[bool | None]) -> bool | None:
    return _not(_every(_not(truth) for truth in truths))


# -- values ------------------------------------------------------------------------------------------


def _present(value: Any) -> Value | None:
    """A value as it is calculated with: days without the time of day, NaN and infinity as missing."""
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Duration):
        scaled = amount_of(value)
        return timedelta(minutes=scaled[1]) if scaled is not None and scaled[0] == "time" else value
    return value if isinstance(value, bool | int | float | str | timedelta | frozenset | tuple) else None


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _as_day(value: Value | None) -> Value | None:
    return read_date(value) if isinstance(value, str) else value


def _calculated(function: Callable[..., Any], *numbers: Value | None) -> Value | None:
    if not numbers or not all(_is_number(number) for number in numbers):
        return None
    if function in (max, min) and len(numbers) < 2:
        return None
    try:
        return _present(function(*numbers))
    except (ArithmeticError, TypeError):
        # Zero below the line, a number too large, or a wrong count of arguments.
        return None


def _is_number(value: Value | None) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compared(comparison: Callable[[Any, Any], bool], left: Value | None, right: Value | None) -> bool | None:
    left, right = _like(_present(left), right), _like(_present(right), left)
    if left is None or right is None:
        return None
    if isinstance(left, Duration) and isinstance(right, Duration):
        one, other = amount_of(left), amount_of(right)
        return comparison(one[1], other[1]) if one and other and one[0] == other[0] else None
    return comparison(left, right) if _kind(left) == _kind(right) != "list" else None


def _like(value: Value | None, other: Value | None) -> Value | None:
    """A text as the date or duration that it names beside one; the day of an event as true beside a boolean."""
    if isinstance(value, str):
        if isinstance(other, date):
            return read_date(value)
        if isinstance(other, timedelta | Duration):
            return _present(exact_duration(value))
    if isinstance(value, date) and isinstance(other, bool):
        return True
    return value


def _kind(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, frozenset | tuple):
        return "list"
    return "text" if isinstance(value, str) else "date" if isinstance(value, date) else type(value).__name__
