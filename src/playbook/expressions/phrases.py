"""How names and comparisons are said."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

from playbook.expressions.types import TypeKind

Operator = Literal["==", "!=", "<", "<=", ">", ">=", "in", "not in"]

_OPERATORS: dict[type[ast.cmpop], Operator] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
NEGATED: dict[Operator, Operator] = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "in": "not in",
    "not in": "in",
}
"""The operator that holds where another does not, unless a value is missing: then neither does."""

_FLIPPED: dict[Operator, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}

_RELATIONS: dict[str, dict[Operator, str]] = {
    "number": {"<": "below", "<=": "at most", ">": "above", ">=": "at least"},
    "duration": {"<": "less than", "<=": "at most", ">": "more than", ">=": "at least"},
    "date": {"<": "before", "<=": "on or before", ">": "after", ">=": "on or after"},
}
# Verbs whose past and negation are regular enough to be told from the phrase alone.
_VERBS = {
    "is": ("is not", "was"),
    "are": ("are not", "were"),
    "has": ("has not", "had"),
    "have": ("have not", "had"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a name is said.

    A state or event has a predicate and its negation: ``Phrase("First value", "is reached", "is not
    reached")``. A field has a subject alone: ``Phrase("ARR")``. ``kind`` is its type, where it is known:
    dates are "before", numbers "below", and a value of a choice that looks like a date stays as it is.
    """

    subject: str
    predicate: str = ""
    negative: str = ""
    kind: TypeKind | None = None

    def stated(self) -> str:
        """That it is so."""
        return f"{self.subject} {self.predicate or 'is true'}"

    def denied(self) -> str:
        """That it is not so."""
        if not self.predicate:
            return f"{self.subject} {self.negative or 'is false'}"
        verb, _, rest = self.predicate.partition(" ")
        if self.negative:
            return f"{self.subject} {self.negative}"
        if verb in _VERBS:
            return f"{self.subject} {_VERBS[verb][0]} {rest}".rstrip()
        return f"it is not so that {self.subject} {self.predicate}"

    def past(self) -> str:
        """When it was so: ``First value was reached``."""
        verb, _, rest = self.predicate.partition(" ")
        return f"{self.subject} {_VERBS[verb][1] if verb in _VERBS else verb} {rest}".rstrip()


def operator_of(node: ast.cmpop) -> Operator:
    """The operator as it is written."""
    return _OPERATORS[type(node)]


def flipped(operator: Operator) -> Operator:
    """The operator with its sides exchanged."""
    return _FLIPPED.get(operator, operator)


def relation(operator: Operator, kind: str, *, to_literal: bool) -> str:
    """An ordering or equality after "is": ``at least``; nothing for ``==`` with a literal."""
    if operator == "==":
        return "" if to_literal else "the same as"
    if operator == "!=":
        return "not" if to_literal else "not the same as"
    return _RELATIONS.get(kind, _RELATIONS["number"]).get(operator, operator)
