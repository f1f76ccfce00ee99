"""Reads what stands left or right of a comparison as weighted sums."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import TypeAlias

from playbook.expressions.forms import DoubtError, Form, exact
from playbook.expressions.formula import Number, Relation, Variable
from playbook.expressions.literals import amount_of, exact_duration, read_date
from playbook.expressions.names import Names, names_in, written
from playbook.expressions.reach import reach_of
from playbook.expressions.tree import dotted_name
from playbook.expressions.types import Type
from playbook.text.quote import quoted

MOST_CASES = 16
"""``min``, ``max`` and ``abs`` are read as cases; with more of them the term is looked at as a whole."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a term amounts to when the guards hold (each is a form compared with nothing)."""

    form: Form
    guards: tuple[tuple[Form, Relation], ...] = ()


Cases: TypeAlias = tuple[Case, ...]


class Arithmetic:
    """Reads terms. Raises :class:`DoubtError` for what is no number, date or duration."""

    def __init__(self, names: Names, variables: dict[str, Variable]) -> None:
        self._names = names
        self._variables = variables

    def cases(self, node: ast.expr, scale: str | None = None) -> Cases:
        """The cases of a term, usually one. ``scale`` is that of the literal it is compared with."""
        name = dotted_name(node)
        if name is not None:
            return (Case(self._named(name, scale)),)
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float)
            and not isinstance(node.value, bool)
        ):
            return (Case(Form({}, exact(node.value))),)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return tuple(Case(case.form.negated(), case.guards) for case in self.cases(node.operand, scale))
        if isinstance(node, ast.BinOp):
            return self._calculation(node, scale)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, node.func.id, scale)
        raise DoubtError(f"{quoted(written(node))} is no number")

    def _named(self, name: str, scale: str | None) -> Form:
        type_ = self._names.type_of(name)
        kind = type_.kind if type_ is not None else None
        if kind == "duration":
            return self._duration(name, scale)
        if type_ is None or kind not in {"number", "date"}:
            raise DoubtError(f"{quoted(name)} is no number" if type_ else f"it is not clear what {quoted(name)} is")
        if kind == "number":
            self.number(name, type_)
            return Form({name: 1}, 0, unit=type_.unit)
        if name not in self._variables:
            self._variables[name] = Variable(name, "date", frozenset((name,)), whole=True)
        return Form({name: 1}, 0, "date")

    def number(self, name: str, type_: Type) -> Variable:
        """The variable of a name that is a number."""
        variable = self._variables.get(name)
        if variable is None:
            variable = self._variables[name] = Variable(name, "number", frozenset((name,)), whole=type_.whole)
        return variable

    def _duration(self, name: str, scale: str | None) -> Form:
        scales = self._names.scales_of(name)
        if len(scales) < 2:
            key, scale = name, next(iter(scales), "time")
        elif scale is None:
            raise DoubtError(f"{quoted(name)} is compared with times in different units")
        else:
            # The same time in business days and in hours: two numbers, and nothing said of how they go together.
            key = f"{name} (in {scale})"  # no term is written like this
        if key not in self._variables:
            doubt = "" if key == name else f"{quoted(name)} is compared with times in different units"
            self._variables[key] = Variable(
                key, "duration", frozenset((name,)), least=0, scale=scale, doubt=doubt, term=bool(doubt)
            )
        return Form({key: 1}, 0, "duration", scale=scale)

    def _calculation(self, node: ast.BinOp, scale: str | None) -> Cases:
        pairs = list(product(self.cases(node.left, scale), self.cases(node.right, scale)))
        found: list[Case] = []
        for left, right in pairs:
            form = _calculated(node.op, left.form, right.form)
            if form is None or len(pairs) > MOST_CASES:
                return self._as_a_whole(node)
            found.append(Case(form, left.guards + right.guards))
        return tuple(found)

    def _call(self, node: ast.Call, function: str, scale: str | None) -> Cases:
        if function in {"count", "days_since"}:
            return self._as_a_whole(node, least=0, whole=function == "count", any_value=True)
        if not node.args or (function == "abs") is not (len(node.args) == 1):
            raise DoubtError(f"{quoted(written(node))} has the wrong number of arguments")
        operands = [self.cases(argument, scale) for argument in node.args]
        ways = prod(len(cases) for cases in operands) * max(len(operands), 2)
        if ways > MOST_CASES:
            return self._as_a_whole(node)
        if function == "abs":
            return tuple(case for inner in operands[0] for case in _absolute(inner))
        relation: Relation = "<=" if function == "min" else ">="
        return tuple(case for chosen in product(*operands) for case in _outermost(chosen, relation))

    def _as_a_whole(
        self, node: ast.expr, *, least: Number | None = None, whole: bool = False, any_value: bool = False
    ) -> Cases:
        """A term that is not looked into: a variable of its own."""
        key = written(node)
        if key not in self._variables:
            names = names_in(node)
            reach = reach_of(node, self._names)
            free = (any_value and names) or reach in {"any", "whole"}
            self._variables[key] = Variable(
                key,
                "number",
                frozenset(names),
                whole=whole or reach == "whole",
                least=least,
                doubt="" if free else f"it is not known which values {quoted(key)} can have",
                moments=self._moments(names) if any_value else (),
                term=True,
            )
        return (Case(Form({key: 1}, 0)),)

    def _moments(self, names: list[str]) -> tuple[str, ...]:
        types = {name: self._names.type_of(name) for name in sorted(set(names))}
        return tuple(name for name, type_ in types.items() if type_ is not None and type_.kind == "boolean")


def literal_form(text: str, like: Form) -> Form:
    """A text literal read as what it is compared with."""
    if like.kind == "date":
        day = read_date(text)
        if day is not None:
            return Form({}, day.toordinal(), "date")
    elif like.kind == "duration":
        duration = exact_duration(text)
        amount = amount_of(duration) if duration is not None else None
        if amount is not None:
            return Form({}, exact(amount[1]), "duration", scale=amount[0] if amount[1] else None)
    raise DoubtError(f"a {like.kind} cannot be compared with the text {quoted(text)}")


def _calculated(operator: ast.operator, left: Form, right: Form) -> Form | None:
    """The result of a calculation, ``None`` if it is no weighted sum."""
    if isinstance(operator, ast.Sub):
        difference = left.minus(right)
        return difference.between_dates() if left.kind == "date" else difference
    if isinstance(operator, ast.Add):
        if left.kind == "date":
            raise DoubtError("dates cannot be added")
        return left.minus(right.negated())
    if isinstance(operator, ast.Mult) and not left.terms and left.kind == "number":
        left, right = right, left
    if right.kind != "number" and (isinstance(operator, ast.Mult) or left.kind != "duration"):
        raise DoubtError(f"a {right.kind} cannot be calculated with like this")
    if right.terms or left.kind == "date" or right.kind != "number":
        if left.kind != right.kind:
            raise DoubtError(f"a {left.kind} cannot be calculated with like this")
        return None
    if isinstance(operator, ast.Mult):
        return left.times(right.constant)
    return left.times(Fraction(1, 1) / right.constant) if right.constant else None


def _absolute(case: Case) -> Cases:
    if case.form.kind == "date":
        raise DoubtError("a date has no sign")
    return (
        Case(case.form, (*case.guards, (case.form, ">="))),
        Case(case.form.negated(), (*case.guards, (case.form, "<="))),
    )


def _outermost(chosen: tuple[Case, ...], relation: Relation) -> list[Case]:
    """One case for each argument that can be the least (or greatest) of all."""
    given = tuple(guard for case in chosen for guard in case.guards)
    found: list[Case] = []
    for index, case in enumerate(chosen):
        others = chosen[:index] + chosen[index + 1 :]
        guards = tuple((case.form.minus(other.form), relation) for other in others)
        found.append(Case(case.form, given + guards))
    return found
