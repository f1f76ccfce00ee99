"""Weighted sums of variables: the two sides of a comparison of numbers, dates or durations."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from playbook.expressions.formula import (
    COMPARE,
    MIRRORED,
    Formula,
    Linear,
    Number,
    Relation,
    Variable,
    constant,
    limit,
    simplest,
)

MINUTES_OF_A_DAY = 1440
_MOST_BITS = 4096

Kind: TypeAlias = Literal["number", "date", "duration"]

_KINDS: dict[Kind, str] = {"number": "numbers", "date": "dates", "duration": "durations"}


class DoubtError(Exception):
    """A comparison that cannot be decided, with the reason in plain words."""


@dataclass(frozen=True, slots=True)
class Form:
    """A weighted sum of variables, and a constant. ``unit`` is of numbers, ``scale`` of durations."""

    terms: dict[str, Number]
    constant: Number
    kind: Kind = "number"
    unit: str | None = None
    scale: str | None = None

    def times(self, factor: Number) -> Form:
        """The form multiplied by a number; a unit falls away."""
        terms = {key: simplest(weight * factor) for key, weight in self.terms.items()} if factor else {}
        return Form(terms, simplest(self.constant * factor), self.kind, None, self.scale)

    def negated(self) -> Form:
        """The form with the opposite sign."""
        terms = {key: -weight for key, weight in self.terms.items()}
        return Form(terms, -self.constant, self.kind, self.unit, self.scale)

    def minus(self, other: Form) -> Form:
        """The difference. Two dates have a duration between them."""
        unit, scale = _common(self, other)
        terms = dict(self.terms)
        for key, weight in other.terms.items():
            rest = simplest(terms.pop(key, 0) - weight)
            if rest:
                terms[key] = rest
        return Form(terms, simplest(self.constant - other.constant), self.kind, unit, scale)

    def between_dates(self) -> Form:
        """A difference of dates as a duration."""
        days = self.times(MINUTES_OF_A_DAY)
        return Form(days.terms, days.constant, "duration", scale="time")


def _common(left: Form, right: Form) -> tuple[str | None, str | None]:
    """The unit and scale of two forms that are added or compared."""
    if left.kind != right.kind:
        raise DoubtError(f"{_KINDS[left.kind]} and {_KINDS[right.kind]} cannot be compared")
    if left.unit and right.unit and left.unit != right.unit:
        raise DoubtError(f"{left.unit} and {right.unit} cannot be compared")
    if left.scale and right.scale and left.scale != right.scale:
        raise DoubtError("times in different units cannot be compared exactly")
    return left.unit or right.unit, left.scale or right.scale


def comparison(difference: Form, relation: Relation, variables: dict[str, Variable]) -> Formula:
    """The formula for: the form is less than (equal to...) nothing."""
    terms, bound = difference.terms, readable(-difference.constant)
    for weight in terms.values():
        readable(weight)
    if not terms:
        return constant(COMPARE[relation](0, bound))
    if len(terms) > 1:
        return Linear(tuple(sorted(terms.items())), relation, bound)
    ((key, weight),) = terms.items()
    if weight != 1:
        bound = simplest(Fraction(bound) / weight)
        relation = MIRRORED[relation] if weight < 0 else relation
    return limit(variables[key], relation, bound)


def exact(value: float) -> Number:
    """A literal as the number that is written."""
    if isinstance(value, int):
        return value
    if value in {float("inf"), float("-inf")}:
        raise DoubtError("the numbers are too large")
    return simplest(Fraction(repr(value)))


def readable(number: Number) -> Number:
    """The same number, unless it has so many digits that nobody can read them."""
    if number.numerator.bit_length() > _MOST_BITS or number.denominator.bit_length() > _MOST_BITS:
        raise DoubtError("the numbers are too large")
    return number
