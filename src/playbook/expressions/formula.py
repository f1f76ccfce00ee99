"""Conditions as logic: atoms about variables, joined by "all" and "some", with no negation left.

This is what the two engines decide. How an expression becomes one is told in ``translation.py``.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

Number: TypeAlias = int | Fraction
"""Numbers are exact: 0.1 is a tenth, as its author means it."""

Item: TypeAlias = str | tuple[str, bool | Number]
"""A value of a choice or text. What is no text is marked, because to Python ``True`` equals 1."""

Relation: TypeAlias = Literal["<", "<=", ">", ">=", "==", "!="]

VariableKind = Literal["boolean", "number", "date", "duration", "choice", "text"]

OPPOSITE: dict[Relation, Relation] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""What holds when a relation does not."""

MIRRORED: dict[Relation, Relation] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
"""The same relation read from right to left."""


COMPARE: dict[Relation, Callable[[Number, Number], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


@dataclass(frozen=True, slots=True)
class Variable:
    """Something that has a value: a name, or a term that is looked at as a whole.

    ``key`` is the name, or the term as text; ``names`` are the names in it. ``items`` are the values of a
    choice. Numbers may be ``whole`` and have a ``least`` value; durations are counted on a ``scale``, in
    minutes for ``time``. ``doubt`` says why nothing is known of which values a term can have; without it
    the term can have any value, provided that nothing else is said of its names. ``moments`` must have
    happened for the term to have a value. Terms of one ``family`` share a name and yet are independent.
    """

    key: str
    kind: VariableKind
    names: frozenset[str]
    items: tuple[Item, ...] = ()
    whole: bool = False
    least: Number | None = None
    scale: str = "time"
    doubt: str = ""
    moments: tuple[str, ...] = ()
    family: str = ""
    term: bool = False


# Atoms are tuples because tuples are made fast. They are told apart by their class: as tuples, "all of
# nothing" and "some of nothing" are equal, so formulas are not to be compared.


class Truth(NamedTuple):
    """A boolean variable is true, or is false."""

    variable: str
    wanted: bool


class Among(NamedTuple):
    """A choice or text is one of the items, or (``inside`` false) is none of them."""

    variable: str
    items: frozenset[Item]
    inside: bool


class Limit(NamedTuple):
    """One number, date or duration compared with a constant."""

    variable: str
    relation: Relation
    bound: Number


class Linear(NamedTuple):
    """A weighted sum of several variables compared with a constant."""

    terms: tuple[tuple[str, Number], ...]
    relation: Relation
    bound: Number


class Same(NamedTuple):
    """Two choices or texts have the same value, or (``wanted`` false) different ones."""

    left: str
    right: str
    wanted: bool


class All(NamedTuple):
    """Every part holds."""

    parts: tuple[Formula, ...]


class Some(NamedTuple):
    """At least one part holds."""

    parts: tuple[Formula, ...]


Formula: TypeAlias = Truth | Among | Limit | Linear | Same | All | Some

ALWAYS = All(())
NEVER = Some(())


def constant(value: bool) -> Formula:
    """The formula that always holds, or never."""
    return ALWAYS if value else NEVER


def atoms(formula: Formula) -> Iterator[Truth | Among | Limit | Linear | Same]:
    """Every atom of a formula, as often as it stands in it."""
    pending: list[Formula] = [formula]
    while pending:
        part = pending.pop()
        if isinstance(part, All | Some):
            pending.extend(part.parts)
        else:
            yield part


def variables_of(atom: Truth | Among | Limit | Linear | Same) -> tuple[str, ...]:
    """The variables that an atom is about."""
    if isinstance(atom, Linear):
        return tuple(key for key, _ in atom.terms)
    if isinstance(atom, Same):
        return (atom.left, atom.right)
    return (atom.variable,)


def simplest(number: Number) -> Number:
    """The same number, as an ``int`` if it is whole."""
    return number.numerator if number.denominator == 1 else number


def limit(variable: Variable, relation: Relation, bound: Number) -> Formula:
    """A variable compared with a constant; whole numbers only with whole ones."""
    if not variable.whole or bound.denominator == 1:
        return Limit(variable.key, relation, bound)
    if relation in {"==", "!="}:
        return constant(relation == "!=")
    return (
        Limit(variable.key, "<=", math.floor(bound))
        if relation in {"<", "<="}
        else Limit(variable.key, ">=", math.ceil(bound))
    )


def all_of(parts: list[Formula]) -> Formula:
    """All parts hold; what always holds is left out."""
    kept: list[Formula] = []
    for part in parts:
        if isinstance(part, Some) and not part.parts:
            return NEVER
        if not isinstance(part, All) or part.parts:
            kept.append(part)
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def some_of(parts: list[Formula]) -> Formula:
    """Some part holds; what never holds is left out."""
    kept: list[Formula] = []
    for part in parts:
        if isinstance(part, All) and not part.parts:
            return ALWAYS
        if not isinstance(part, Some) or part.parts:
            kept.append(part)
    return kept[0] if len(kept) == 1 else Some(tuple(kept))
