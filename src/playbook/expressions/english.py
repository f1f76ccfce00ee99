"""A condition in plain English that reads aloud: ``ARR is at least 10,000 and First value is reached``."""

from __future__ import annotations

import ast
from collections.abc import Callable
from itertools import pairwise

from playbook.expressions.phrases import NEGATED, Operator, Phrase, flipped, operator_of
from playbook.expressions.sentences import Clause, Part, joined, listed, sentence
from playbook.expressions.spoken import Speaker, is_literal

__all__ = ["Phrase", "in_english"]


def in_english(tree: ast.expr, phrase: Callable[[str], Phrase]) -> str:
    """The condition in English, without capital letter and full stop; ``phrase`` says each name.

    Negations are told where they belong: ``not (a and b)`` is "A is not reached or B is not reached". This
    changes no truth, also with missing values.
    """
    return sentence(_Clauses(Speaker(phrase)).of(tree, negated=False))


class _Clauses:
    """Turns conditions into clauses."""

    def __init__(self, speaker: Speaker) -> None:
        self._say = speaker

    def of(self, node: ast.expr, *, negated: bool) -> Part:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self.of(node.operand, negated=not negated)
        if isinstance(node, ast.BoolOp):
            is_and = isinstance(node.op, ast.And) != negated
            return joined("and" if is_and else "or", [self.of(part, negated=negated) for part in node.values])
        if isinstance(node, ast.Compare):
            return self._compare(node, negated)
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            return Clause("always" if node.value != negated else "never")
        phrase = self._say.phrase_of(node)
        if phrase is None:
            return Clause(f"{self._say.value(node)} is {'false' if negated else 'true'}")
        return Clause(phrase.denied() if negated else phrase.stated())

    def _compare(self, node: ast.Compare, negated: bool) -> Part:
        sides = [node.left, *node.comparators]
        operators = [operator_of(operator) for operator in node.ops]
        if len(sides) == 3:
            range_ = self._range(sides, operators, negated)
            if range_ is not None:
                return range_
        pairs = zip(pairwise(sides), operators, strict=True)
        clauses = [self._pair(left, operator, right, negated) for (left, right), operator in pairs]
        return joined("or" if negated else "and", clauses)

    def _range(self, sides: list[ast.expr], operators: list[Operator], negated: bool) -> Clause | None:
        """``10_000 <= arr < 100_000``: one subject, two bounds."""
        low, middle, high = sides
        if is_literal(middle) or any(operator not in ("<", "<=", ">", ">=") for operator in operators):
            return None
        bounds: list[str] = []
        for operator, bound in ((flipped(operators[0]), low), (operators[1], high)):
            relation = self._say.relation(NEGATED[operator] if negated else operator, middle, bound)
            bounds.append(f"{relation} {self._say.value(bound, beside=middle)}")
        subject = self._say.value(middle, beside=low)
        return Clause(f"{subject} is {listed(bounds, 'or' if negated else 'and')}", coordinated=True)

    def _pair(self, left: ast.expr, operator: Operator, right: ast.expr, negated: bool) -> Part:
        if operator in ("in", "not in"):
            return self._membership(left, right, (operator == "in") != negated)
        if is_literal(left) and not is_literal(right):
            left, operator, right = right, flipped(operator), left
        if negated:
            operator = NEGATED[operator]
        if operator in ("==", "!=") and isinstance(right, ast.Constant) and isinstance(right.value, bool):
            return self.of(left, negated=right.value == (operator == "!="))
        passed = self._passed(left, operator, right)
        if passed is not None:
            return passed
        words = (
            self._say.value(left, beside=right),
            "is",
            self._say.relation(operator, left, right),
            self._say.value(right, beside=left),
        )
        return Clause(" ".join(filter(None, words)))

    def _passed(self, left: ast.expr, operator: Operator, right: ast.expr) -> Clause | None:
        """``days_since(kickoff.completed) < 5``: "fewer than 5 days have passed since Kickoff was completed"."""
        amounts = {"<": "fewer than", "<=": "at most", ">": "more than", ">=": "at least", "==": "exactly"}
        if operator not in amounts or not isinstance(right, ast.Constant) or not isinstance(left, ast.Call):
            return None
        since = self._say.since(left)
        if since is None or isinstance(right.value, str):
            return None
        days = "day has" if right.value == 1 else "days have"
        return Clause(f"{amounts[operator]} {self._say.value(right)} {days} passed since {since}")

    def _membership(self, left: ast.expr, right: ast.expr, is_in: bool) -> Clause:
        subject = self._say.value(left)
        if not isinstance(right, ast.List | ast.Tuple):
            return Clause(f"{subject} is {'' if is_in else 'not '}among {self._say.value(right)}")
        items = [self._say.value(item, beside=left) for item in right.elts]
        if not items:
            return Clause("never" if is_in else "always")
        if is_in:
            return Clause(f"{subject} is {listed(items, 'or')}", coordinated=len(items) > 1)
        if len(items) == 1:
            return Clause(f"{subject} is not {items[0]}")
        if len(items) == 2:
            return Clause(f"{subject} is neither {items[0]} nor {items[1]}")
        return Clause(f"{subject} is none of {listed(items, 'and')}", coordinated=True)
