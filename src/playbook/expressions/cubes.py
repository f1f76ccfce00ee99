"""The fast engine: conditions whose atoms are each about one variable.

Every variable has a few canonical values (``candidates.py``), so an atom is the set of those that make
it true: a bit mask. A case is a *cube*, one set for each variable that matters; cubes are found by going
through the alternatives depth first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias, cast

from playbook.expressions.candidates import Value, Witness, candidates, constants_of
from playbook.expressions.formula import (
    COMPARE,
    All,
    Among,
    Formula,
    Limit,
    Linear,
    Number,
    Same,
    Some,
    Truth,
    Variable,
)

MOST_CUBES = 256
"""With more alternatives than this the solver is faster."""


class BeyondCubesError(Exception):
    """An atom is about several variables, or there are more alternatives than this engine looks at."""


class _Literal(NamedTuple):
    """A variable has one of the allowed values (a bit for each candidate)."""

    variable: str
    allowed: int


class _Every(NamedTuple):
    parts: tuple[_Node, ...]


class _Either(NamedTuple):
    parts: tuple[_Node, ...]


_Node: TypeAlias = _Literal | _Every | _Either
_Cube: TypeAlias = dict[str, int]

_TRUE = _Every(())
_FALSE = _Either(())


def smallest_case(formula: Formula, variables: Mapping[str, Variable]) -> Witness | None:
    """The case with the fewest variables, ``None`` if there is none.

    Raises :class:`BeyondCubesError`.
    """
    masks = _Masks(formula, variables)
    node = masks.node(formula)
    best = _smallest(_Search().cubes(node, {}))
    if best is None:
        return None
    if isinstance(node, _Either) or (
        isinstance(node, _Every) and any(isinstance(part, _Either) for part in node.parts)
    ):
        best = _without_needless(best, node, masks)
    return {key: masks.values[key][_lowest(best[key])] for key in sorted(best)}


class _Masks:
    """Translates atoms into sets of candidates, and keeps what the bits mean."""

    def __init__(self, formula: Formula, variables: Mapping[str, Variable]) -> None:
        self.values: dict[str, tuple[Value, ...]] = {}
        self.full: dict[str, int] = {}
        self._variables = variables
        self._constants = constants_of(formula)

    def node(self, formula: Formula) -> _Node:
        if isinstance(formula, All):
            return self._joined(formula.parts, every=True)
        if isinstance(formula, Some):
            return self._joined(formula.parts, every=False)
        if isinstance(formula, Linear | Same):
            raise BeyondCubesError
        key = formula.variable
        values = self.values.get(key)
        if values is None:
            values = self.values[key] = candidates(self._variables[key], self._constants)
            self.full[key] = (1 << len(values)) - 1
        return self._literal(key, _allowed(formula, values))

    def _literal(self, key: str, allowed: int) -> _Node:
        if allowed == 0:
            return _FALSE
        return _TRUE if allowed == self.full[key] else _Literal(key, allowed)

    def _joined(self, parts: tuple[Formula, ...], *, every: bool) -> _Node:
        """Join parts; what is said of one variable becomes one literal."""
        literals: dict[str, int] = {}
        others: list[_Node] = []
        nodes = [self.node(part) for part in parts]
        while nodes:
            node = nodes.pop()
            if isinstance(node, _Literal):
                key, allowed = node
                before = literals.get(key)
                if before is not None:
                    allowed = before & allowed if every else before | allowed
                literals[key] = allowed
            elif isinstance(node, _Every) is every:
                nodes.extend(node.parts)
            elif not node.parts:
                return node
            else:
                others.append(node)
        for key, allowed in literals.items():
            simple = self._literal(key, allowed)
            if isinstance(simple, _Literal):
                others.append(simple)
            elif isinstance(simple, _Every) is not every:
                return simple
        if len(others) == 1:
            return others[0]
        return _Every(tuple(others)) if every else _Either(tuple(others))


def _allowed(atom: Truth | Among | Limit, values: tuple[Value, ...]) -> int:
    if isinstance(atom, Truth):
        return 2 if atom.wanted else 1
    mask, bit = 0, 1
    if isinstance(atom, Limit):
        compare, bound = COMPARE[atom.relation], atom.bound
        for value in values:
            if compare(cast(Number, value), bound):
                mask |= bit
            bit <<= 1
        return mask
    for value in values:
        if (value in atom.items) is atom.inside:
            mask |= bit
        bit <<= 1
    return mask


class _Search:
    """Goes through the cubes of a formula, and gives up after too many."""

    def __init__(self) -> None:
        self._left = MOST_CUBES

    def cubes(self, node: _Node, start: _Cube) -> list[_Cube]:
        found: list[_Cube] = []
        pending: list[tuple[_Cube, list[_Node]]] = [(dict(start), [node])]
        while pending:
            cube, nodes = pending.pop()
            alternatives = self._narrowed(cube, nodes)
            if alternatives is None:
                continue
            if not alternatives:
                found.append(cube)
                continue
            first, rest = alternatives[0], alternatives[1:]
            self._left -= len(first.parts)
            if self._left < 0:
                raise BeyondCubesError
            pending.extend((dict(cube), [part, *rest]) for part in first.parts)
        return found

    def _narrowed(self, cube: _Cube, nodes: list[_Node]) -> list[_Either] | None:
        """Put all literals into the cube; what is left are alternatives. ``None``: it cannot hold."""
        alternatives: list[_Either] = []
        while nodes:
            node = nodes.pop()
            if isinstance(node, _Literal):
                key, allowed = node
                allowed &= cube.get(key, allowed)
                if not allowed:
                    return None
                cube[key] = allowed
            elif isinstance(node, _Every):
                nodes.extend(node.parts)
            else:
                alternatives.append(node)
        return [node for node in alternatives if not _holds_anyway(node, cube)] if alternatives else alternatives


def _holds_anyway(node: _Either, cube: _Cube) -> bool:
    """Whether one of the alternatives asks for nothing that the cube does not say already."""
    for part in node.parts:
        if isinstance(part, _Literal) and part.variable in cube and not cube[part.variable] & ~part.allowed:
            return True
    return False


def _smallest(cubes: list[_Cube]) -> _Cube | None:
    """The cube with the fewest variables; among equals the one with the first names and plainest values."""
    if len(cubes) < 2:
        return cubes[0] if cubes else None

    def rank(cube: _Cube) -> tuple[int, list[tuple[str, int]]]:
        return len(cube), [(key, _lowest(cube[key])) for key in sorted(cube)]

    return min(cubes, key=rank)


def _without_needless(cube: _Cube, node: _Node, masks: _Masks) -> _Cube:
    """Leave out variables whose value does not matter once the others have theirs."""
    kept = {key: 1 << _lowest(cube[key]) for key in sorted(cube)}
    negated = _negated(node, masks.full)
    for key in sorted(cube):
        rest = {other: bit for other, bit in kept.items() if other != key}
        try:
            if not _Search().cubes(negated, rest):
                kept = rest
        except BeyondCubesError:
            continue
    return kept


def _negated(node: _Node, full: Mapping[str, int]) -> _Node:
    if isinstance(node, _Literal):
        return _Literal(node.variable, full[node.variable] & ~node.allowed)
    parts = tuple(_negated(part, full) for part in node.parts)
    return _Either(parts) if isinstance(node, _Every) else _Every(parts)


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
