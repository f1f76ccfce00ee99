"""From conditions to formulas: negations are pushed inward, and every comparison becomes an atom.

A comparison that has no exact meaning here (kinds that do not go together, times in different units) is
kept as a boolean variable of its own with a doubt, so that what follows whatever it means still follows.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from playbook.expressions.arithmetic import Arithmetic, Case, literal_form
from playbook.expressions.forms import DoubtError, comparison, exact, readable
from playbook.expressions.formula import (
    MIRRORED,
    OPPOSITE,
    Formula,
    Relation,
    Same,
    Truth,
    Variable,
    all_of,
    constant,
    limit,
    some_of,
)
from playbook.expressions.items import (
    EQUALITIES,
    among,
    item_in,
    item_of,
    items_in_order,
    related_texts,
    textual_variable,
)
from playbook.expressions.literals import text_literal
from playbook.expressions.names import Names, names_in, scale_of, written
from playbook.expressions.tree import dotted_name
from playbook.expressions.types import Types
from playbook.text.quote import quoted

_RELATIONS: dict[type[ast.cmpop], Relation] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
# A comparison in doubt and its opposite are about the same variable.
_POSITIVE: dict[type[ast.cmpop], ast.cmpop] = {
    ast.GtE: ast.Lt(),
    ast.Gt: ast.LtE(),
    ast.NotEq: ast.Eq(),
    ast.NotIn: ast.In(),
}
_NUMBERS = {int, float}
_TEXTUAL = {"text", "choice"}
_DEEPEST = 4
"""Equalities of conditions inside each other, each of which doubles what is to be looked at."""


@dataclass(frozen=True, slots=True)
class Translation:
    """All conditions as one formula, and what its variables are."""

    formula: Formula
    variables: dict[str, Variable]


def translate(conditions: Sequence[ast.expr], types: Types) -> Translation:
    """Read the conditions as the formula that holds when all of them do."""
    translator = _Translator(Names(conditions, types))
    formula = all_of([translator.truth(condition, True) for condition in conditions])
    return Translation(formula, translator.variables)


class _Translator:
    def __init__(self, names: Names) -> None:
        self._names = names
        self.variables: dict[str, Variable] = {}
        self._arithmetic = Arithmetic(names, self.variables)
        self._depth = 0

    def truth(self, node: ast.expr, wanted: bool) -> Formula:
        """The formula for: the node is true (or false)."""
        if isinstance(node, ast.Compare):
            return self._chain(node, wanted)
        if isinstance(node, ast.BoolOp):
            parts = [self.truth(value, wanted) for value in node.values]
            return all_of(parts) if isinstance(node.op, ast.And) is wanted else some_of(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self.truth(node.operand, not wanted)
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            return constant(node.value is wanted)
        name = dotted_name(node)
        if name is None:
            return self._in_doubt(node, wanted, f"{quoted(written(node))} is neither true nor false")
        type_ = self._names.type_of(name)
        if type_ is None or type_.kind != "boolean":
            why = (
                f"{quoted(name)} is neither true nor false" if type_ else f"it is not clear what {quoted(name)} is"
            )
            return self._in_doubt(node, wanted, why)
        if name not in self.variables:
            self.variables[name] = Variable(name, "boolean", frozenset((name,)))
        return Truth(name, wanted)

    def _chain(self, node: ast.Compare, wanted: bool) -> Formula:
        if len(node.ops) == 1:
            return self._comparison(node.left, node.ops[0], node.comparators[0], wanted)
        operands = [node.left, *node.comparators]
        parts = [
            self._comparison(left, operator, right, wanted)
            for left, operator, right in zip(operands, node.ops, operands[1:], strict=False)
        ]
        return all_of(parts) if wanted else some_of(parts)

    def _comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr, wanted: bool) -> Formula:
        relation = _RELATIONS.get(type(operator))
        try:
            if relation is None:
                return self._membership(left, right, wanted is isinstance(operator, ast.In))
            return self._related(left, relation if wanted else OPPOSITE[relation], right)
        except DoubtError as doubt:
            positive = _POSITIVE.get(type(operator))
            node = ast.Compare(left, [positive or operator], [right])
            return self._in_doubt(node, wanted is (positive is None), str(doubt))

    def _related(self, left: ast.expr, relation: Relation, right: ast.expr) -> Formula:
        if isinstance(right, ast.Constant) and type(right.value) in _NUMBERS:
            # By far the most frequent comparison, so it goes no detour.
            name = dotted_name(left)
            type_ = self._names.type_of(name) if name is not None else None
            if name is not None and type_ is not None and type_.kind == "number":
                return limit(
                    self._arithmetic.number(name, type_), relation, readable(exact(cast(float, right.value)))
                )
        kinds = {self._kind(left), self._kind(right)}
        if kinds & _TEXTUAL:
            return self._textual(left, relation, right)
        if "boolean" in kinds:
            return self._equal_truths(left, relation, right, kinds)
        left_text, right_text = text_literal(left), text_literal(right)
        if left_text is not None and right_text is not None:
            return constant(related_texts(left_text, relation, right_text))
        return self._sums(left, relation, right)

    def _kind(self, node: ast.expr) -> str:
        """The kind of a name, ``literal`` for a text, ``boolean``, or ``number`` for all that is calculated."""
        if isinstance(node, ast.Constant):
            value = node.value
            return "boolean" if isinstance(value, bool) else "literal" if isinstance(value, str) else "number"
        name = dotted_name(node)
        if name is not None:
            type_ = self._names.type_of(name)
            return type_.kind if type_ is not None else "unclear"
        if isinstance(node, ast.Compare | ast.BoolOp):
            return "boolean"
        return "boolean" if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) else "number"

    def _sums(self, left: ast.expr, relation: Relation, right: ast.expr) -> Formula:
        scale = next(iter(sorted(scale_of(left) | scale_of(right))), None)
        left_text, right_text = text_literal(left), text_literal(right)
        if left_text is not None:
            return self._sums(right, MIRRORED[relation], left)
        cases = self._arithmetic.cases(left, scale)
        others = (
            self._arithmetic.cases(right, scale)
            if right_text is None
            else (Case(literal_form(right_text, cases[0].form)),)
        )
        return some_of([self._case(case, relation, other) for case in cases for other in others])

    def _case(self, left: Case, relation: Relation, right: Case) -> Formula:
        parts = [comparison(form, guard, self.variables) for form, guard in left.guards + right.guards]
        return all_of([*parts, comparison(left.form.minus(right.form), relation, self.variables)])

    def _textual(self, left: ast.expr, relation: Relation, right: ast.expr) -> Formula:
        variable, other = self._textual_variable(left), self._textual_variable(right)
        if variable is not None and other is not None:
            if relation not in EQUALITIES:
                raise DoubtError("texts have no order")
            if variable.key == other.key:
                return constant(EQUALITIES[relation])
            return Same(variable.key, other.key, EQUALITIES[relation])
        if variable is None:
            return self._textual(right, MIRRORED[relation], left)
        item = item_in(right)
        if item is None:
            raise DoubtError(f"{quoted(variable.key)} cannot be compared with {quoted(written(right))}")
        if relation in EQUALITIES:
            return among(variable, {item}, EQUALITIES[relation])
        return among(variable, items_in_order(variable, relation, item), True)

    def _textual_variable(self, node: ast.expr) -> Variable | None:
        name = dotted_name(node)
        type_ = self._names.type_of(name) if name is not None else None
        if name is None or type_ is None or type_.kind not in _TEXTUAL:
            return None
        if name not in self.variables:
            self.variables[name] = textual_variable(name, type_)
        return self.variables[name]

    def _equal_truths(self, left: ast.expr, relation: Relation, right: ast.expr, kinds: set[str]) -> Formula:
        if relation not in EQUALITIES or kinds - {"boolean", "unclear"}:
            raise DoubtError("true and false can only be equal to each other")
        equal = EQUALITIES[relation]
        for node, other in ((left, right), (right, left)):
            if isinstance(node, ast.Constant):
                return self.truth(other, node.value is equal)
        if self._depth >= _DEEPEST:
            raise DoubtError("too many conditions are compared with each other")
        self._depth += 1
        both = all_of([self.truth(left, True), self.truth(right, equal)])
        neither = all_of([self.truth(left, False), self.truth(right, not equal)])
        self._depth -= 1
        return some_of([both, neither])

    def _membership(self, left: ast.expr, right: ast.expr, wanted: bool) -> Formula:
        if isinstance(right, ast.List | ast.Tuple):
            variable = self._textual_variable(left)
            items = [item_in(node) for node in right.elts]
            if variable is not None and None not in items:
                return among(variable, {item for item in items if item is not None}, wanted)
            parts = [self._comparison(left, ast.Eq(), node, wanted) for node in right.elts]
            return some_of(parts) if wanted else all_of(parts)
        node = ast.Compare(left, [ast.In()], [right])
        name = dotted_name(right)
        type_ = self._names.type_of(name) if name is not None else None
        item = item_in(left)
        if name is None or type_ is None or type_.kind != "list" or item is None:
            return self._in_doubt(node, wanted, f"it is not known when {quoted(written(node))} holds")
        if type_.values and item not in [item_of(value) for value in type_.values]:
            return constant(not wanted)
        key = written(node)
        self.variables.setdefault(key, Variable(key, "boolean", frozenset((name,)), family=name, term=True))
        return Truth(key, wanted)

    def _in_doubt(self, node: ast.expr, wanted: bool, why: str) -> Formula:
        # What is compared may also be calculated with: no term is written like this.
        key = written(node) if isinstance(node, ast.Compare) else f"{written(node)} (true)"
        variable = Variable(key, "boolean", frozenset(names_in(node)), doubt=why, term=True)
        self.variables.setdefault(key, variable)
        return Truth(key, wanted)
