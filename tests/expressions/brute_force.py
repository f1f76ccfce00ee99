"""An oracle for the engines: tries all values of a grid, with Python itself as the evaluator."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import total_ordering
from itertools import product
from typing import Any

from hypothesis import strategies as st

from playbook.expressions.parse import parse_expression
from playbook.expressions.types import BOOLEAN, DATE, DURATION, NUMBER, TEXT, WHOLE, Type
from playbook.text.quantities import parse_duration

MINUTES = {"min": 1, "h": 60, "d": 1440, "w": 10080}


@total_ordering
class Span:
    """A duration that compares itself with texts such as "14d"."""

    def __init__(self, text: str) -> None:
        self.text = text
        duration = parse_duration(text)
        assert duration.low is not None
        self.minutes = duration.low * MINUTES[duration.unit]

    def __eq__(self, other: object) -> bool:
        span = Span(other) if isinstance(other, str) else other
        return isinstance(span, Span) and self.minutes == span.minutes

    def __lt__(self, other: Any) -> bool:
        return bool(self.minutes < (Span(other) if isinstance(other, str) else other).minutes)

    def __hash__(self) -> int:
        return hash(self.minutes)

    def __repr__(self) -> str:
        return self.text


PLAN = Type("choice", values=("draft", "review", "done"))
LEVEL = Type("choice", values=(1, 2, 3))
TYPES: dict[str, Type] = {
    "arr": NUMBER,
    "fee": NUMBER,
    "seats": WHOLE,
    "users": WHOLE,
    "signed": BOOLEAN,
    "live": Type("boolean", moment=True),
    "plan": PLAN,
    "stage": PLAN,
    "level": LEVEL,
    "note": TEXT,
    "start": DATE,
    "wait": DURATION,
}

# One value for each constant that is generated below and for each gap between and beside them.
_NUMBERS = [
    Fraction(value) for value in ("-2", "-1", "-0.5", "0", "0.3", "0.5", "0.7", "1", "2", "2.5", "3", "5", "9")
]
GRID: dict[str, Sequence[Any]] = {
    "arr": _NUMBERS,
    "fee": _NUMBERS,
    "seats": range(-3, 8),
    "users": range(-3, 8),
    "signed": [False, True],
    "live": [False, True],
    "plan": PLAN.values,
    "stage": PLAN.values,
    "level": LEVEL.values,
    "note": ["", "a", "b", "another text"],
    "start": ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02", "2026-01-30", "2026-01-31", "2026-02-01"],
    "wait": [Span(text) for text in ("0d", "1h", "1d", "30h", "3d", "5d", "1w", "9d")],
}

_LITERALS: dict[str, list[str]] = {
    "arr": ["-1", "0", "0.5", "1", "2.5", "5", "2 * 2.5", "1 - 2"],
    "seats": ["-1", "0", "0.5", "1", "2.5", "5", "4 - 3"],
    "start": ['"2025-12-31"', '"2026-01-01"', '"2026-01-31"'],
    "wait": ['"0d"', '"1d"', '"24h"', '"5d"', '"1w"'],
    "level": ["1", "2", "3", "4"],
    "plan": ['"draft"', '"review"', '"done"', '"gone"'],
    "note": ['""', '"a"', '"b"'],
}
_ORDER = ["<", "<=", ">", ">=", "==", "!="]
_EQUALITY = ["==", "!="]


def _atom(name: str) -> st.SearchStrategy[str]:
    if name in {"signed", "live"}:
        return st.sampled_from([name, f"{name} == True", f"{name} != True", f"False == {name}"])
    literal = st.sampled_from(_LITERALS[name])
    operator = st.sampled_from(_EQUALITY if name in {"plan", "note"} else _ORDER)
    comparison = st.builds(lambda op, value: f"{name} {op} {value}", operator, literal)
    mirrored = st.builds(lambda op, value: f"{value} {op} {name}", operator, literal)
    chain = st.builds(lambda a, op, b, other: f"{a} {op} {name} {other} {b}", literal, operator, literal, operator)
    items = st.lists(literal, max_size=3).map(lambda values: "[" + ", ".join(values) + "]")
    member = st.builds(lambda op, values: f"{name} {op} {values}", st.sampled_from(["in", "not in"]), items)
    return (
        st.one_of(comparison, mirrored, chain)
        if name == "start"
        else st.one_of(comparison, mirrored, chain, member)
    )


def conditions_over(atoms: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    """Lists of conditions, with and, or and not."""
    trees = st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.builds("({} and {})".format, inner, inner),
            st.builds("({} or {})".format, inner, inner),
            st.builds("not ({})".format, inner),
        ),
        max_leaves=5,
    )
    return st.lists(trees, min_size=1, max_size=most)


SINGLE_NAMES = ["arr", "seats", "signed", "live", "plan", "level", "note", "start", "wait"]


def single_name_conditions() -> st.SearchStrategy[list[str]]:
    """Conditions whose atoms are each about one of at most three names."""
    names = st.lists(st.sampled_from(SINGLE_NAMES), min_size=1, max_size=3, unique=True)
    return names.flatmap(lambda some: conditions_over(st.one_of([_atom(name) for name in some])))


def trees_of(texts: Sequence[str]) -> list[ast.expr]:
    """The trees as the linter passes them on."""
    trees: list[ast.expr] = []
    for text in texts:
        tree = parse_expression(text).tree
        assert tree is not None, text
        trees.append(tree)
    return trees


def evaluator(texts: Sequence[str]) -> Callable[[Mapping[str, Any]], bool]:
    """Python's own answer. Where ``arr / fee`` divides by zero, the rest must decide."""
    joined = " and ".join(f"({text})" for text in texts)
    code = compile(joined.replace("arr / fee", "quotient"), "<conditions>", "eval")
    functions = {"__builtins__": {"min": min, "max": max, "abs": abs}}
    divides = "arr / fee" in joined

    def holds(values: Mapping[str, Any]) -> bool:
        if not divides:
            return bool(eval(code, functions, dict(values)))
        quotients = [values["arr"] / values["fee"]] if values["fee"] else [Fraction(-9), Fraction(0), Fraction(9)]
        return all(eval(code, functions, {**values, "quotient": quotient}) for quotient in quotients)

    return holds


def names_of(texts: Sequence[str]) -> list[str]:
    """The names in the conditions, sorted."""
    return sorted({use.name for text in texts for use in parse_expression(text).names})


def assignments(names: Sequence[str], fixed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All values of the grid for the names that are not fixed."""
    for values in product(*([fixed[name]] if name in fixed else GRID[name] for name in names)):
        yield dict(zip(names, values, strict=True))


def read_value(name: str, shown: str) -> Any:
    """A shown value read back."""
    kind = TYPES[name].kind
    if kind == "boolean":
        return {"true": True, "false": False}[shown]
    if kind == "number" or name == "level":
        return Fraction(shown.replace(",", ""))
    if kind == "duration":
        return Span(shown)
    if kind == "date":
        return date.fromisoformat(shown).isoformat()
    return "" if shown == '""' else shown
