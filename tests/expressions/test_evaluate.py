"""Evaluation: Python's own answer for complete values, SQL's for missing ones, and nothing is raised."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

import pytest
import typed_expressions as typed
from hypothesis import given, settings
from hypothesis import strategies as st
from typed_expressions import TODAY, complete, conditions, numbers

from playbook.expressions.check import check_types
from playbook.expressions.evaluate import Value, evaluate, holds
from playbook.expressions.parse import parse_expression
from playbook.expressions.types import BOOLEAN, DATE, DURATION, NUMBER, TEXT, Type
from playbook.text.quantities import parse_duration


def result(text: str, values: Mapping[str, Value | None], today: date = TODAY) -> Value | None:
    tree = parse_expression(text).tree
    assert tree is not None, text
    return evaluate(tree, values, today)


# -- against Python ----------------------------------------------------------------------------------

_NAME = re.compile(r"\b([a-z_]+)\.([a-z_]+)\b")
_QUANTITY = re.compile(r'"(\d+)(d|h|min)"')
_DAY = re.compile(r'"(\d{4})-0?(\d+)-0?(\d+)"')
_UNITS = {"d": "days", "h": "hours", "min": "minutes"}


def by_python(text: str, values: Mapping[str, Any]) -> Any:
    """What Python's own evaluation gives; None where it divides by zero."""
    flat = _NAME.sub(r"\1__\2", text)
    flat = _QUANTITY.sub(lambda match: f"timedelta({_UNITS[match[2]]}={match[1]})", flat)
    flat = _DAY.sub(r"date(\1, \2, \3)", flat)
    scope: dict[str, Any] = {name.replace(".", "__"): value for name, value in values.items()}
    scope |= {"count": len, "days_since": lambda day: (TODAY - day).days, "timedelta": timedelta, "date": date}
    try:
        return eval(flat, scope)
    except ZeroDivisionError:
        return None


@settings(max_examples=150, deadline=None)
@given(conditions, complete)
def test_conditions_are_what_python_says(text: str, values: dict[str, Value]) -> None:
    expected = by_python(text, values)
    if expected is None:
        # Python stops at a division by zero; here the rest may still decide. SQL is asked below.
        assert result(text, values) in (None, True, False)
    else:
        assert result(text, values) is expected


@settings(max_examples=100, deadline=None)
@given(numbers, complete)
def test_numbers_are_what_python_says(text: str, values: dict[str, Value]) -> None:
    expected, found = by_python(text, values), result(text, values)
    assert (type(found), found) == (type(expected), expected)


@settings(max_examples=60, deadline=None)
@given(conditions)
def test_the_random_conditions_are_right_by_type(text: str) -> None:
    types = {
        **dict.fromkeys(typed.NUMBERS, NUMBER),
        **dict.fromkeys(typed.BOOLEANS, BOOLEAN),
        **dict.fromkeys(typed.TEXTS, TEXT),
        **dict.fromkeys(typed.DATES, DATE),
        **dict.fromkeys(typed.DURATIONS, DURATION),
        **dict.fromkeys(typed.LISTS, Type("list")),
    }
    assert check_types(parse_expression(text), types.get) == ()


# -- missing values ----------------------------------------------------------------------------------

partial = st.fixed_dictionaries({name: st.none() | value for name, value in typed.VALUES.items()})


@settings(max_examples=80, deadline=None)
@given(conditions, partial, st.lists(complete, min_size=3, max_size=3))
def test_what_is_decided_without_a_value_is_so_whatever_the_value(
    text: str, known: dict[str, Value | None], fillings: list[dict[str, Value]]
) -> None:
    decided = result(text, known)
    for filling in fillings:
        filled = {name: filling[name] if value is None else value for name, value in known.items()}
        answer = result(text, filled)
        # A completion may itself be missing, where it divides by zero: then nothing is decided by it.
        assert decided is None or answer is decided


class _Sql(ast.NodeVisitor):
    """The expression in SQLite's SQL: dates are texts, durations minutes; there is nothing like lists."""

    operators: ClassVar[dict[type[ast.AST], str]] = {
        ast.Add: "+",
        ast.Sub: "-",
        ast.Mult: "*",
        ast.Eq: "=",
        ast.NotEq: "<>",
        ast.Lt: "<",
        ast.LtE: "<=",
        ast.Gt: ">",
        ast.GtE: ">=",
        ast.In: "IN",
        ast.NotIn: "NOT IN",
    }

    def generic_visit(self, node: ast.AST) -> str:
        raise NotImplementedError(ast.dump(node))

    def visit_BoolOp(self, node: ast.BoolOp) -> str:
        word = " AND " if isinstance(node.op, ast.And) else " OR "
        return f"({word.join(map(self.visit, node.values))})"

    def visit_UnaryOp(self, node: ast.UnaryOp) -> str:
        return f"({'NOT' if isinstance(node.op, ast.Not) else '-'} {self.visit(node.operand)})"

    def visit_BinOp(self, node: ast.BinOp) -> str:
        left, right = self.visit(node.left), self.visit(node.right)
        if ast.unparse(node.left) in typed.DATES:
            return f"(1440 * (julianday({left}) - julianday({right})))"
        if isinstance(node.op, ast.Div):
            return f"(CAST({left} AS REAL) / {right})"
        return f"({left} {self.operators[type(node.op)]} {right})"

    def visit_Compare(self, node: ast.Compare) -> str:
        sides = [self.visit(side) for side in (node.left, *node.comparators)]
        pairs = zip(sides, node.ops, sides[1:], strict=False)
        return "(" + " AND ".join(f"({a} {self.operators[type(op)]} {b})" for a, op, b in pairs) + ")"

    def visit_List(self, node: ast.List) -> str:
        return f"({', '.join(map(self.visit, node.elts))})"

    def visit_Call(self, node: ast.Call) -> str:
        assert isinstance(node.func, ast.Name)
        arguments = ", ".join(map(self.visit, node.args))
        if node.func.id == "days_since":
            return f"(julianday('{TODAY}') - julianday({arguments}))"
        return f"{node.func.id}({arguments})"

    def visit_Attribute(self, node: ast.Attribute) -> str:
        name = ast.unparse(node)
        if name in typed.LISTS:
            raise NotImplementedError
        return f":{name.replace('.', '_')}"

    def visit_Constant(self, node: ast.Constant) -> str:
        if isinstance(node.value, str):
            duration = _QUANTITY.fullmatch(f'"{node.value}"')
            minutes = {"d": 1440, "h": 60, "min": 1}
            return str(int(duration[1]) * minutes[duration[2]]) if duration else f"'{node.value}'"
        return str(int(node.value)) if isinstance(node.value, bool) else str(node.value)


def _bound(value: Value | None) -> float | str | None:
    if isinstance(value, timedelta):
        return value / timedelta(minutes=1)
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | str) else None


DATABASE = sqlite3.connect(":memory:")


@settings(max_examples=150, deadline=None)
@given(conditions, partial)
def test_missing_values_are_treated_as_sql_does(text: str, values: dict[str, Value | None]) -> None:
    tree = parse_expression(text).tree
    assert tree is not None
    try:
        sql = _Sql().visit(tree)
    except NotImplementedError:
        return
    names = {name.replace(".", "_"): _bound(value) for name, value in values.items()}
    (answer,) = DATABASE.execute(f"SELECT {sql}", names).fetchone()
    assert result(text, values) is (None if answer is None else bool(answer))


KNOWN: dict[str, Value | None] = {
    "account.arr": 10_000,
    "account.zero": 0,
    "account.nan": float("nan"),
    "account.infinite": float("inf"),
    "account.name": "x",
    "account.go_live": datetime(2026, 6, 21, 23, 59),
    "account.renewal": date(2026, 7, 2),
    "account.lead": timedelta(days=14),
    "account.sla": parse_duration("5bd"),
    "account.term": parse_duration("2w"),
    "account.range": parse_duration("1..2w"),
    "account.tags": ("a", "a", "b"),
    "yes.so": True,
    "no.so": False,
    "kickoff.completed": date(2026, 6, 30),
    "later.reached": False,
    "gone.x": None,
}

TABLE: dict[str, Any] = {
    # missing
    "gone.x": None,
    "never.heard": None,
    "gone.x == gone.x": None,
    "gone.x + 1": None,
    "-gone.x": None,
    "abs(gone.x)": None,
    "max(1, gone.x)": None,
    "count(gone.x)": None,
    "days_since(gone.x)": None,
    "not gone.x": None,
    "gone.x and no.so": False,
    "gone.x and yes.so": None,
    "gone.x or yes.so": True,
    "gone.x or no.so": None,
    "gone.x in [1, 2]": None,
    "gone.x not in []": None,
    "account.arr in [10_000, gone.x]": True,
    "account.arr in [1, gone.x]": None,
    "account.arr not in [1, gone.x]": None,
    "account.arr in []": False,
    '"a" in gone.x': None,
    "5 < gone.x < 1": None,
    "5 < 1 < gone.x": False,
    # numbers
    "account.arr / account.zero": None,
    "account.arr / account.zero > 1 or yes.so": True,
    "account.nan": None,
    "account.nan != account.nan": None,
    "account.infinite > 1": None,
    "1e308 * 10": None,
    "1e999 > 1": None,
    f"{'9' * 400} / 1": None,
    "0.1 + 0.2": 0.1 + 0.2,
    "7 / 2": 3.5,
    "max(1)": None,
    "abs(1, 2)": None,
    # dates and events
    "account.go_live": date(2026, 6, 21),
    'account.go_live == "2026-06-21"': True,
    'account.go_live < "2026-06-21"': False,
    'account.go_live < "soon"': None,
    "days_since(account.go_live)": 10,
    'days_since("2026-06-30")': 1,
    "days_since(account.renewal)": None,
    "days_since(kickoff.completed) < 5": True,
    "days_since(later.reached) < 5": None,
    "days_since(yes.so)": None,
    "kickoff.completed and yes.so": True,
    "not kickoff.completed": False,
    "kickoff.completed == True": True,
    "False != kickoff.completed": True,
    "later.reached": False,
    'account.renewal - account.go_live == "11d"': True,
    'account.renewal - "2026-07-01"': timedelta(days=1),
    # durations
    'account.lead == "2w" and account.lead > "1h"': True,
    "account.lead == account.term": True,
    'account.sla > "4bd"': True,
    'account.sla > "4bh"': None,
    'account.sla > "4d"': None,
    "account.sla > account.lead": None,
    'account.lead < "1..2w"': None,
    'account.range < "3w"': None,
    # lists
    "count(account.tags)": 3,
    "count([1, 2])": 2,
    '"b" in account.tags': True,
    '"c" not in account.tags': True,
    # other types than are wanted: missing, never an error
    "account.arr and yes.so": None,
    "account.name + 1": None,
    "yes.so + 1": None,
    "account.name < 5": None,
    "account.name == 5": None,
    "yes.so == 1": None,
    "account.tags == account.tags": None,
    "account.name in account.name": None,
    "[1, 2]": None,
    "days_since(account.name)": None,
    "days_since(kickoff.completed, yes.so)": None,
    "count(account.name)": None,
}


@pytest.mark.parametrize("text", TABLE)
def test_table(text: str) -> None:
    found = result(text, KNOWN)
    assert (type(found), found) == (type(TABLE[text]), TABLE[text])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yes.so", True),
        ("no.so", False),
        ("gone.x", False),
        ("not gone.x", False),
        ("kickoff.completed", True),
        ("later.reached", False),
        ("not later.reached", True),
        ("account.arr", False),
        ("True", True),
    ],
)
def test_missing_is_not_enough_to_hold(text: str, expected: bool) -> None:
    tree = parse_expression(text).tree
    assert tree is not None
    assert holds(tree, KNOWN, TODAY) is expected


def test_a_composed_tree_can_be_evaluated() -> None:
    inner = parse_expression("account.arr > 5").tree
    assert inner is not None
    tree = ast.BoolOp(ast.And(), [ast.UnaryOp(ast.Not(), inner), ast.Constant(True)])
    assert evaluate(tree, KNOWN, TODAY) is False


LEAVES = [*KNOWN, "1", "0", "0.5", "True", '"a"', '"14d"', '"5bd"', '"2026-01-31"', "[]"]


@settings(max_examples=150, deadline=None)
@given(typed.anything(LEAVES))
def test_nothing_is_raised_whatever_the_types(text: str) -> None:
    result(text, KNOWN)
