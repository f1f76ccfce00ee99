"""Canonical values: for each variable the few values that stand for all others, the plainest first.

Where a variable is only compared with constants, two values between the same neighbouring constants
make the same comparisons true. One value for each constant and each gap therefore decides everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from playbook.expressions.formula import Among, Formula, Item, Limit, Linear, Number, Variable, atoms, simplest


class Other(NamedTuple):
    """A text that no condition names; different numbers are different texts."""

    number: int


Value: TypeAlias = bool | Number | Item | Other

Witness: TypeAlias = dict[str, Value]
"""The values of the variables that matter."""

FIRST_DAY = 1
LAST_DAY = date.max.toordinal()
SOME_DAY = date(2026, 1, 1).toordinal()
"""Stands for a date that is compared with no constant."""

_BOOLEANS: tuple[Value, ...] = (False, True)
_ANOTHER_TEXT = "another text"


@dataclass(frozen=True, slots=True)
class Undecided:
    """An engine has not come to an answer, for this reason."""

    reason: str


@dataclass(slots=True)
class Constants:
    """What each variable is compared with: numbers, items, and the results of sums it is part of."""

    numbers: dict[str, set[Number]] = field(default_factory=dict)
    items: dict[str, set[Item]] = field(default_factory=dict)
    sums: dict[str, set[Number]] = field(default_factory=dict)


def constants_of(formula: Formula) -> Constants:
    """Collect the constants of a formula."""
    found = Constants()
    for atom in atoms(formula):
        if isinstance(atom, Limit):
            found.numbers.setdefault(atom.variable, set()).add(atom.bound)
        elif isinstance(atom, Among):
            found.items.setdefault(atom.variable, set()).update(atom.items)
        elif isinstance(atom, Linear):
            for key, weight in atom.terms:
                found.sums.setdefault(key, set()).add(simplest(Fraction(atom.bound) / weight))
    return found


def candidates(variable: Variable, constants: Constants) -> tuple[Value, ...]:
    """The canonical values of a variable, the plainest first."""
    kind = variable.kind
    if kind == "boolean":
        return _BOOLEANS
    if kind == "choice":
        return variable.items
    if kind == "text":
        return (*sorted_items(constants.items.get(variable.key, ())), Other(0))
    points = constants.numbers.get(variable.key, set())
    if kind == "date":
        return _dates(points)
    return _numbers(variable, points | constants.sums.get(variable.key, set()))


def middle_of(variable: Variable, constants: Constants) -> int:
    """The number near which others are plain: 0, or a day that conditions name."""
    if variable.kind != "date":
        return 0
    return int(min(constants.numbers.get(variable.key, {SOME_DAY})))


def sorted_items(items: Iterable[Item]) -> list[Item]:
    """Items in one fixed order: texts by the alphabet, then all others."""
    return sorted(items, key=lambda item: ("", item) if isinstance(item, str) else (item[0], str(item[1])))


def _dates(points: set[Number]) -> tuple[Value, ...]:
    if not points:
        return (SOME_DAY,)
    ordered = [simplest(point) for point in sorted(points)]
    wanted = dict.fromkeys([*ordered, *(near for point in ordered for near in (point + 1, point - 1))])
    # A day outside the calendar cannot be shown, and no constant asks for one.
    return tuple(day for day in wanted if FIRST_DAY <= day <= LAST_DAY)


def _numbers(variable: Variable, points: set[Number]) -> tuple[Value, ...]:
    if variable.whole:
        points = {point.numerator // point.denominator for point in points}
    least = variable.least
    if least is not None:
        points = {*points, least}
    ordered = sorted(points)
    step = _step(variable, ordered)
    nearest_first = sorted(ordered, key=_distance_from_zero) if len(ordered) > 1 else ordered
    found: dict[Number, None] = {0: None}
    found.update(dict.fromkeys(nearest_first))
    for point in nearest_first:
        found[point + step] = None
        found[point - step] = None
    if not variable.whole:
        for low, high in pairwise(ordered):
            found[_half(low + high)] = None
    if least is None:
        return tuple(found)
    return tuple(number for number in found if number >= least)


def _half(number: Number) -> Number:
    return number // 2 if isinstance(number, int) and number % 2 == 0 else simplest(Fraction(number) / 2)


def _distance_from_zero(number: Number) -> tuple[Number, bool]:
    return (-number, True) if number < 0 else (number, False)


def _step(variable: Variable, points: list[Number]) -> int:
    """One unit: of durations the largest one that all constants are written in."""
    if variable.kind != "duration" or variable.scale != "time":
        return 1
    return next((unit for unit in (1440, 60) if all(point % unit == 0 for point in points)), 1)


def shown_other(value: Other, taken: set[Item]) -> str:
    """Words for a text that no condition names; ``taken`` are the texts that conditions name."""
    words = _ANOTHER_TEXT if value.number == 0 else f"{_ANOTHER_TEXT} ({value.number + 1})"
    while words in taken:
        words = f"yet {words}"
    return words


def shown_value(variable: Variable, value: bool | Number | Item) -> str:
    """A value as people write it."""
    if isinstance(value, tuple):
        value = value[1]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value or '""'
    if variable.kind == "date":
        return date.fromordinal(int(value)).isoformat()
    if variable.kind == "duration":
        return _shown_duration(value, variable.scale)
    return shown_number(value)


def shown_number(number: Number) -> str:
    """``12,000``, ``0.6``, or ``1/3`` where decimals have no end."""
    if number.denominator == 1:
        return f"{number.numerator:,}"
    rest, places = number.denominator, 0
    while rest % 10 == 0:
        rest, places = rest // 10, places + 1
    while rest % 5 == 0 or rest % 2 == 0:
        rest, places = rest // (5 if rest % 5 == 0 else 2), places + 1
    if rest != 1:
        return f"{number.numerator:,}/{number.denominator:,}"
    digits = f"{abs(number.numerator) * 10**places // number.denominator:0{places + 1}d}"
    whole, decimals = digits[:-places], digits[-places:].rstrip("0")
    return f"{'-' if number < 0 else ''}{int(whole):,}.{decimals}"


def _shown_duration(amount: Number, scale: str) -> str:
    if scale != "time":
        return f"{shown_number(amount)}{scale}"
    for unit, minutes in (("d", 1440), ("h", 60)):
        if amount % minutes == 0:
            return f"{shown_number(simplest(Fraction(amount) / minutes))}{unit}"
    return f"{shown_number(amount)}min"
