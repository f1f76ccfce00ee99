"""What the expressions of the language accept, found out by asking the code that reads them."""

from __future__ import annotations

from playbook.expressions.check import check_types
from playbook.expressions.parse import parse_expression
from playbook.expressions.types import BOOLEAN, DATE, DURATION, HAPPENED, NUMBER, TEXT, Type

KINDS_OF_VALUES: dict[str, Type] = {
    "number": NUMBER,
    "date": DATE,
    "duration": DURATION,
    "text": TEXT,
    "choice": Type("choice", ("a", "b")),
    "boolean": BOOLEAN,
    "event or state": HAPPENED,
    "list": Type("list", ("a", "b")),
}
"""Every kind of value that a name can have, by the word that people use."""

ALL_OPERATORS = (
    *("or", "and", "not", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"),
    *("+", "-", "*", "/", "//", "%", "**", "@", "&", "|", "^", "~", "<<", ">>", ":="),
)
"""Every operator of Python's expressions; some of them are not in the language."""

_ONE_SIDED = ("not", "~")


def _accepted(expression: str, types: dict[str, Type]) -> bool:
    parsed = parse_expression(expression)
    return parsed.tree is not None and not check_types(parsed, types.get)


def is_read(operator: str) -> bool:
    """Whether an operator is part of the language."""
    return parse_expression(f"{operator} x" if operator in _ONE_SIDED else f"x {operator} y").tree is not None


def kinds_for(operator: str) -> list[str]:
    """The kinds of values that may stand on both sides of an operator."""
    kinds = []
    for kind, type_ in KINDS_OF_VALUES.items():
        both = {"x": type_, "y": type_}
        sides = [f"not x = {kind}"] if operator == "not" else []
        if operator in _ONE_SIDED:
            sides = [f"{operator} x"]
        elif operator in ("in", "not in"):
            sides = [f"x {operator} [y]"]
        else:
            # Of an operator that gives a number, the number is compared, so that the whole is a condition.
            sides = [f"x {operator} y", f"x {operator} y > 0", f"x {operator} y > '1d'"]
        if any(_accepted(side, both) for side in sides):
            kinds.append(kind)
    return kinds


def kinds_in_list(operator: str) -> bool:
    """Whether a text can be looked for in a list field."""
    return _accepted(f"'a' {operator} x", {"x": KINDS_OF_VALUES["list"]})


def kinds_of_arguments(function: str, number: int) -> list[str]:
    """The kinds of values that a function takes, ``number`` of them at a time."""
    call = f"{function}({', '.join(['x'] * number)}) > 0"
    return [kind for kind, type_ in KINDS_OF_VALUES.items() if _accepted(call, {"x": type_})]


def meant_by(spelling: str) -> str:
    """What another language's spelling is here, as the reader's own suggestion says it."""
    mistakes = parse_expression(f"x {spelling} y").mistakes or parse_expression(f"{spelling} x").mistakes
    return next((mistake.suggestion for mistake in mistakes if mistake.suggestion), "")
