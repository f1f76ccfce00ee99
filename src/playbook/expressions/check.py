"""Types of expressions: what each part gives, and every place where a part of another type is wanted."""

from __future__ import annotations

import ast

from playbook.expressions.comparisons import Operand, check_pair
from playbook.expressions.literals import DATE_FORM, read_date, text_literal, unit_words
from playbook.expressions.meant import as_condition
from playbook.expressions.membership import check_membership, narrowed
from playbook.expressions.mistakes import Mistakes, in_words
from playbook.expressions.parse import Mistake, Parsed
from playbook.expressions.tree import dotted_name
from playbook.expressions.types import BOOLEAN, DATE, DURATION, NUMBER, TEXT, WHOLE, Type, Types

CONDITION = "a comparison, or what is true or false by itself"
_DAYS = Type("number", unit="d", whole=True)

# The least and the most arguments of each function.
_ARGUMENTS: dict[str, tuple[int, int | None]] = {
    "abs": (1, 1),
    "count": (1, 1),
    "days_since": (1, 1),
    "max": (2, None),
    "min": (2, None),
}
_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def check_types(parsed: Parsed, types: Types) -> tuple[Mistake, ...]:
    """All mistakes of type in a condition, in the order of their places.

    A name of which nothing is known never causes one. An expression that cannot be read has none here:
    its mistakes are those of ``parsed``.
    """
    if parsed.tree is None:
        return ()
    checker = _Checker(parsed.text, types)
    checker.condition(parsed.tree)
    return checker.mistakes.in_order()


def type_of(tree: ast.expr, types: Types) -> Type | None:
    """The type of what an expression gives; ``None`` if it hangs on something unknown or wrong."""
    return _Checker("", types).type_of(tree)


class _Checker:
    """Walks one expression from its leaves to its root."""

    def __init__(self, text: str, types: Types) -> None:
        self.mistakes = Mistakes(text)
        self._types = types

    # -- true or false -----------------------------------------------------------------------------

    def condition(self, tree: ast.expr) -> None:
        """The whole expression has to be true or false."""
        type_ = self.type_of(tree)
        if type_ is not None and type_.kind != "boolean":
            message = f"the condition gives {in_words(type_)}, not true or false"
            suggestion = as_condition(tree, type_, self.mistakes.source(tree))
            self.mistakes.add(message, tree, expected=CONDITION, suggestion=suggestion)

    def _logic(self, node: ast.BoolOp | ast.UnaryOp) -> Type:
        operands = node.values if isinstance(node, ast.BoolOp) else [node.operand]
        for index, operand in enumerate(operands):
            type_ = self.type_of(operand)
            if type_ is None or type_.kind == "boolean":
                continue
            suggestion = self._repeated(operands[:index], operand) or as_condition(
                operand, type_, self.mistakes.source(operand)
            )
            message = f"{self.mistakes.quote(operand)} is {in_words(type_)}, not true or false"
            self.mistakes.add(message, operand, expected=CONDITION, suggestion=suggestion)
        return BOOLEAN

    def _repeated(self, before: list[ast.expr], node: ast.expr) -> str | None:
        """``plan == "a" or "b"``: the comparison that is meant to go on."""
        if not isinstance(node, ast.Constant):
            return None
        for operand in reversed(before):
            if isinstance(operand, ast.Compare) and isinstance(operand.ops[0], ast.Eq | ast.NotEq):
                operator = "==" if isinstance(operand.ops[0], ast.Eq) else "!="
                return f"{self.mistakes.source(operand.left)} {operator} {self.mistakes.source(node)}"
        return None

    # -- types of parts ----------------------------------------------------------------------------

    def type_of(self, node: ast.expr) -> Type | None:
        """The type of a part; mistakes inside it are collected."""
        if isinstance(node, ast.Constant):
            return _type_of_literal(node)
        if isinstance(node, ast.Name | ast.Attribute):
            name = dotted_name(node)
            return None if name is None else self._types(name)
        if isinstance(node, ast.BoolOp) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
            return self._logic(node)
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.UnaryOp):
            return self._number(node.operand, "-")
        if isinstance(node, ast.BinOp):
            return self._arithmetic(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.List | ast.Tuple):
            for item in node.elts:
                self.type_of(item)
            return Type("list")
        return None

    def _compare(self, node: ast.Compare) -> Type:
        left = self._operand(node.left)
        for operator, comparator in zip(node.ops, node.comparators, strict=True):
            items: list[Operand] | None = None
            if isinstance(comparator, ast.List | ast.Tuple):
                items = [self._operand(item) for item in comparator.elts]
                right = Operand(comparator, Type("list"))
            else:
                right = self._operand(comparator)
            if isinstance(operator, ast.In | ast.NotIn):
                check_membership(self.mistakes, left, right, items)
            else:
                ordering = not isinstance(operator, ast.Eq | ast.NotEq)
                check_pair(self.mistakes, left, right, ordering=ordering)
            left = narrowed(right, left)
        return BOOLEAN

    def _operand(self, node: ast.expr) -> Operand:
        return Operand(node, self.type_of(node))

    # -- arithmetic --------------------------------------------------------------------------------

    def _arithmetic(self, node: ast.BinOp) -> Type | None:
        operator = _OPERATORS[type(node.op)]
        if operator == "-":
            left, right = self._maybe_date(node.left), self._maybe_date(node.right)
            if DATE in (left, right):
                return self._difference(node, left, right)
        else:
            left, right = self.type_of(node.left), self.type_of(node.right)
        left = self._want_number(node.left, left, operator)
        right = self._want_number(node.right, right, operator)
        if left is None or right is None:
            return None
        whole = left.whole and right.whole and operator != "/"
        if operator in "*/":
            return WHOLE if whole else NUMBER
        return Type("number", unit=self._common_unit(node.left, left, node.right, right), whole=whole)

    def _maybe_date(self, node: ast.expr) -> Type | None:
        text = text_literal(node)
        return DATE if text is not None and read_date(text) else self.type_of(node)

    def _difference(self, node: ast.BinOp, left: Type | None, right: Type | None) -> Type | None:
        if left is None or right is None:
            return None
        if left == right:
            return Type(DURATION.kind, unit="d")
        sides = (
            f"{self.mistakes.quote(side)} is {in_words(type_)}"
            for side, type_ in ((node.left, left), (node.right, right))
        )
        self.mistakes.add(", ".join(sides), node.left, node.right, expected="a date on both sides of -")
        return None

    def _number(self, node: ast.expr, user: str) -> Type | None:
        return self._want_number(node, self.type_of(node), user)

    def _want_number(self, node: ast.expr, type_: Type | None, user: str) -> Type | None:
        """The type again if it is a number; else a mistake. ``user`` is the operator or function."""
        if type_ is None or type_.kind == "number":
            return type_
        text = text_literal(node)
        suggestion = text if text is not None and text.isdecimal() and text.isascii() else None
        message = f"{self.mistakes.quote(node)} is {in_words(type_)}, and {user} takes numbers"
        self.mistakes.add(message, node, expected="a number", suggestion=suggestion)
        return None

    def _common_unit(self, node: ast.expr, left: Type, other: ast.expr, right: Type) -> str | None:
        if left.unit and right.unit and unit_words(left.unit) != unit_words(right.unit):
            one, two = self.mistakes.quote(node), self.mistakes.quote(other)
            message = f"{one} is in {unit_words(left.unit)}, {two} in {unit_words(right.unit)}"
            self.mistakes.add(message, node, other, expected="one unit")
            return None
        return left.unit or right.unit

    # -- functions ---------------------------------------------------------------------------------

    def _call(self, node: ast.Call) -> Type | None:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in _ARGUMENTS:
            return None
        least, most = _ARGUMENTS[name]
        given = len(node.args)
        if given < least or (most is not None and given > most):
            wanted = f"{least} argument{'' if least == 1 else 's'}{'' if most else ' or more'}"
            self.mistakes.add(f"{name} takes {wanted}, not {given}", node, expected=wanted)
        if name == "count":
            return self._count(node.args)
        return self._days_since(node.args) if name == "days_since" else self._of_numbers(name, node.args)

    def _count(self, arguments: list[ast.expr]) -> Type:
        for argument in arguments:
            type_ = self.type_of(argument)
            if type_ is not None and type_.kind != "list":
                message = f"{self.mistakes.quote(argument)} is {in_words(type_)}, and count takes a list"
                self.mistakes.add(message, argument, expected="a field that holds a list")
        return WHOLE

    def _days_since(self, arguments: list[ast.expr]) -> Type:
        expected = "a date, or an event or state, which has the time at which it happened"
        for argument in arguments:
            type_ = self._maybe_date(argument)
            if type_ is None or type_.kind == "date" or type_.moment:
                continue
            what = f"is {in_words(type_)}, and has no day"
            if text_literal(argument) is not None:
                what, expected = "is not a date", DATE_FORM
            self.mistakes.add(f"{self.mistakes.quote(argument)} {what}", argument, expected=expected)
        return _DAYS

    def _of_numbers(self, name: str, arguments: list[ast.expr]) -> Type:
        result: Type = WHOLE
        first: ast.expr | None = None
        for argument in arguments:
            type_ = self._number(argument, name)
            if type_ is None:
                result = Type("number", unit=result.unit)
                continue
            unit = result.unit if first is None else self._common_unit(first, result, argument, type_)
            if type_.unit and first is None:
                first, unit = argument, type_.unit
            result = Type("number", unit=unit, whole=result.whole and type_.whole)
        return result


def _type_of_literal(node: ast.Constant) -> Type | None:
    if isinstance(node.value, bool):
        return BOOLEAN
    if isinstance(node.value, int):
        return WHOLE
    if isinstance(node.value, float):
        return NUMBER
    return TEXT if isinstance(node.value, str) else None
