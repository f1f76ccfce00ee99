"""The thorough engine: conditions about several names at once, decided by the z3 solver.

The solver says whether there is a case; which one is told does not depend on what it happens to find.
Import this module only where it is needed. It is not made for threads.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from importlib import import_module
from math import lcm
from typing import Any, TypeAlias

from playbook.expressions.candidates import (
    FIRST_DAY,
    LAST_DAY,
    Other,
    Undecided,
    Value,
    Witness,
    candidates,
    constants_of,
    middle_of,
    sorted_items,
)
from playbook.expressions.formula import (
    COMPARE,
    All,
    Among,
    Formula,
    Item,
    Limit,
    Number,
    Relation,
    Same,
    Some,
    Truth,
    Variable,
    atoms,
    simplest,
    variables_of,
)

EFFORT = 2_000_000
"""How much work one question may be, in the solver's own count: time would depend on the machine."""

_DENOMINATORS = (1, 2, 4, 5, 10, 100, 1_000, 10_000)
_FARTHEST = 2**64
_TOO_INTRICATE = Undecided("the conditions are too intricate to be decided")

_Term: TypeAlias = Any  # z3 tells no types


def solve(formula: Formula, variables: Mapping[str, Variable]) -> Witness | Undecided | None:
    """A case of the formula, ``None`` if there is none."""
    try:
        z3 = import_module("z3")
    except ImportError:
        return Undecided("the solver is not installed (z3-solver)")
    return _Question(z3, formula, variables).answer()


class _Question:
    """One formula in the solver's terms."""

    def __init__(self, z3: Any, formula: Formula, variables: Mapping[str, Variable]) -> None:
        self._z3 = z3
        keys = sorted({key for atom in atoms(formula) for key in variables_of(atom)})
        self._variables = {key: variables[key] for key in keys}
        self._constants = constants_of(formula)
        named = (*self._constants.items.values(), *(variable.items for variable in self._variables.values()))
        self._items = sorted_items({item for items in named for item in items})
        self._codes: dict[Item, int] = {item: code for code, item in enumerate(self._items)}
        self._terms = {key: self._new_term(index, variables[key]) for index, key in enumerate(keys)}
        domains = [self._domain(key) for key in keys]
        whole = self._translated(formula)
        self._solver = self._new_solver([*domains, whole])
        self._opposite = self._new_solver([*domains, z3.Not(whole)])

    def answer(self) -> Witness | Undecided | None:
        outcome = self._solver.check()
        if outcome != self._z3.sat:
            return None if outcome == self._z3.unsat else _TOO_INTRICATE
        found: Witness = {}
        for key in self._variables:
            value = self._value(key, found)
            if value is None:
                return _TOO_INTRICATE
            found[key] = value
        for key in self._variables:
            rest = {other: value for other, value in found.items() if other != key}
            if self._opposite.check(*self._equalities(rest)) == self._z3.unsat:
                found = rest
        return found

    # The formula for the solver

    def _new_solver(self, constraints: list[_Term]) -> Any:
        solver = self._z3.SimpleSolver()
        solver.set("rlimit", EFFORT)
        solver.add(*constraints)
        return solver

    def _new_term(self, index: int, variable: Variable) -> _Term:
        if variable.kind == "boolean":
            return self._z3.Bool(f"b{index}")
        if variable.kind in {"number", "duration"} and not variable.whole:
            return self._z3.Real(f"r{index}")
        return self._z3.Int(f"i{index}")

    def _domain(self, key: str) -> _Term:
        variable, term = self._variables[key], self._terms[key]
        if variable.kind == "choice":
            return self._z3.Or([term == self._codes[item] for item in variable.items])
        if variable.kind == "text":
            return term >= 0
        if variable.kind == "date":
            return self._z3.And(term >= FIRST_DAY, term <= LAST_DAY)
        return term >= self._number(variable.least) if variable.least is not None else self._z3.BoolVal(True)

    def _translated(self, formula: Formula) -> _Term:
        if isinstance(formula, All):
            return self._z3.And([self._translated(part) for part in formula.parts])
        if isinstance(formula, Some):
            return self._z3.Or([self._translated(part) for part in formula.parts])
        if isinstance(formula, Truth):
            term = self._terms[formula.variable]
            return term if formula.wanted else self._z3.Not(term)
        if isinstance(formula, Among):
            term = self._terms[formula.variable]
            among = self._z3.Or([term == self._codes[item] for item in sorted_items(formula.items)])
            return among if formula.inside else self._z3.Not(among)
        if isinstance(formula, Same):
            same = self._terms[formula.left] == self._terms[formula.right]
            return same if formula.wanted else self._z3.Not(same)
        if isinstance(formula, Limit):
            return self._compared(((formula.variable, 1),), formula.relation, formula.bound)
        return self._compared(formula.terms, formula.relation, formula.bound)

    def _compared(self, terms: tuple[tuple[str, Number], ...], relation: Relation, bound: Number) -> _Term:
        """A comparison of a sum, multiplied so that there are only whole factors."""
        factor = lcm(bound.denominator, *(weight.denominator for _, weight in terms))
        total = self._z3.Sum([self._terms[key] * int(weight * factor) for key, weight in terms])
        return COMPARE[relation](total, int(bound * factor))

    def _number(self, number: Number) -> _Term:
        return number if isinstance(number, int) else self._z3.Q(number.numerator, number.denominator)

    # The case that is told

    def _value(self, key: str, fixed: Witness) -> Value | None:
        """The plainest value that goes with those of the names before."""
        given = self._equalities(fixed)
        for value in self._plain_values(key):
            if self._can(*given, self._equal(key, value)):
                return value
        return self._nearest(key, given) if self._variables[key].kind in {"number", "date", "duration"} else None

    def _plain_values(self, key: str) -> tuple[Value, ...]:
        values = candidates(self._variables[key], self._constants)
        if self._variables[key].kind != "text":
            return values
        # Texts that are compared with each other may have to be equal to what only the other is compared with.
        others = [Other(number) for number in range(1, len(self._variables))]
        return (*values, *(item for item in self._items if item not in values), *others)

    def _nearest(self, key: str, given: list[_Term]) -> Value | None:
        """The number nearest to a plain one, with as few decimals as possible."""
        variable, term = self._variables[key], self._terms[key]
        middle = middle_of(variable, self._constants)
        for denominator in (1,) if variable.whole else _DENOMINATORS:
            scaled = (term - middle) * denominator
            needed = given if variable.whole else [*given, self._z3.IsInt(scaled)]
            distance = self._least_distance(scaled, needed)
            if distance is not None:
                offset = Fraction(distance, denominator)
                above, below = simplest(middle + offset), simplest(middle - offset)
                return above if self._can(*given, self._equal(key, above)) else below
        return None

    def _least_distance(self, scaled: _Term, needed: list[_Term]) -> int | None:
        def reaches(distance: int) -> bool:
            return self._can(*needed, scaled <= distance, scaled >= -distance)

        if not self._can(*needed):
            return None
        high = 1
        while not reaches(high):
            high *= 2
            if high > _FARTHEST:
                return None
        low = high // 2
        while low < high:
            half = (low + high) // 2
            low, high = (low, half) if reaches(half) else (half + 1, high)
        return high

    def _can(self, *constraints: _Term) -> bool:
        return bool(self._solver.check(*constraints) == self._z3.sat)

    def _equalities(self, values: Witness) -> list[_Term]:
        return [self._equal(key, value) for key, value in values.items()]

    def _equal(self, key: str, value: Value) -> _Term:
        term = self._terms[key]
        if isinstance(value, bool):
            return term if value else self._z3.Not(term)
        if isinstance(value, Other):
            return term == len(self._codes) + value.number
        if isinstance(value, str | tuple):
            return term == self._codes[value]
        return term == self._number(value)
