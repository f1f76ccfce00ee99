"""Values in English: names, numbers, dates, durations, arithmetic and functions."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from playbook.expressions.literals import exact_duration, read_date, text_literal
from playbook.expressions.phrases import Operator, Phrase, relation
from playbook.expressions.sentences import listed
from playbook.expressions.tree import dotted_name

# Not from `calendar`, whose names follow the machine's language.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_ARITHMETIC: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("plus", 1),
    ast.Sub: ("minus", 1),
    ast.Mult: ("times", 2),
    ast.Div: ("divided by", 2),
}
_WORD = re.compile(r"[^\W\d_][\w-]*\Z")
# Bare, these would read as words of the sentence.
_RESERVED = frozenset({"and", "or", "not", "both", "either", "neither", "nor", "is", "true", "false", "empty"})


class Speaker:
    """Says values, with the phrases of one project."""

    def __init__(self, phrase: Callable[[str], Phrase]) -> None:
        self._phrase = phrase

    def phrase_of(self, node: ast.expr) -> Phrase | None:
        """The phrase of a name; ``None`` for what is no name."""
        name = dotted_name(node)
        return None if name is None else self._phrase(name)

    def relation(self, operator: Operator, left: ast.expr, right: ast.expr) -> str:
        """The words between "is" and the right side."""
        kind = self._kind(left, right) or self._kind(right, left) or "number"
        return relation(operator, kind, to_literal=is_literal(right))

    def value(self, node: ast.expr, beside: ast.expr | None = None) -> str:
        """A part that gives a value; ``beside`` is what it is compared with."""
        if isinstance(node, ast.Constant):
            return self._literal(node, beside)
        phrase = self.phrase_of(node)
        if phrase is not None:
            return phrase.subject
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return f"-{self.value(node.operand)}" if is_literal(node) else f"minus {self._operand(node.operand, 3)}"
        if isinstance(node, ast.BinOp):
            return self._time_between(node, beside) or self._arithmetic(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, node.func.id)
        if isinstance(node, ast.List | ast.Tuple):
            return listed([self.value(item) for item in node.elts], "and")
        return ast.unparse(node)

    def since(self, node: ast.Call) -> str | None:
        """What ``days_since`` counts from; ``None`` for another function."""
        if not isinstance(node.func, ast.Name) or node.func.id != "days_since" or len(node.args) != 1:
            return None
        phrase = self.phrase_of(node.args[0])
        if phrase is not None:
            return phrase.past() if phrase.predicate else phrase.subject
        text = text_literal(node.args[0])
        day = read_date(text) if text is not None else None
        return self.value(node.args[0]) if day is None else spoken_date(day)

    # -- literals ----------------------------------------------------------------------------------

    def _kind(self, node: ast.expr, beside: ast.expr | None) -> str | None:
        """What kind of value a part is, as far as its phrase and its form tell."""
        phrase = self.phrase_of(node)
        if phrase is not None:
            return phrase.kind
        text = text_literal(node)
        if text is None:
            is_time = isinstance(node, ast.BinOp) and self._time_between(node, beside) is not None
            return "duration" if is_time else None
        other = self.phrase_of(beside) if beside is not None else None
        if other is not None and other.kind is not None:
            return other.kind
        if read_date(text) is not None:
            return "date"
        return "duration" if exact_duration(text) is not None else "text"

    def _literal(self, node: ast.Constant, beside: ast.expr | None) -> str:
        if isinstance(node.value, bool):
            return "true" if node.value else "false"
        if isinstance(node.value, int | float):
            return spoken_number(node.value)
        text = str(node.value)
        kind = self._kind(node, beside)
        day = read_date(text) if kind == "date" else None
        if day is not None:
            return spoken_date(day)
        duration = exact_duration(text) if kind == "duration" else None
        return duration.in_words() if duration is not None else spoken_text(text)

    # -- arithmetic and functions --------------------------------------------------------------------

    def _arithmetic(self, node: ast.BinOp) -> str:
        word, strength = _ARITHMETIC[type(node.op)]
        return f"{self._operand(node.left, strength)} {word} {self._operand(node.right, strength + 1)}"

    def _operand(self, node: ast.expr, strength: int) -> str:
        """An operand, in brackets where it binds less than what is around it."""
        if isinstance(node, ast.BinOp) and _ARITHMETIC[type(node.op)][1] < strength:
            return f"({self.value(node)})"
        return self.value(node)

    def _time_between(self, node: ast.BinOp, beside: ast.expr | None) -> str | None:
        """The difference of two dates, which their phrases or a duration beside it tell from numbers."""
        if not isinstance(node.op, ast.Sub):
            return None
        sides = [self.phrase_of(side) for side in (node.left, node.right)]
        text = text_literal(beside) if beside is not None else None
        is_dates = any(side is not None and side.kind == "date" for side in sides)
        if not is_dates and (text is None or exact_duration(text) is None):
            return None
        return f"the time from {self.value(node.right)} to {self.value(node.left)}"

    def _call(self, node: ast.Call, name: str) -> str:
        since = self.since(node)
        if since is not None:
            return f"the number of days since {since}"
        arguments = [self._operand(argument, 3) for argument in node.args]
        if name == "count":
            return f"the number of {listed(arguments, 'and')}"
        if name == "abs":
            return f"the absolute value of {listed(arguments, 'and')}"
        two, more = ("smaller", "smallest") if name == "min" else ("larger", "largest")
        return f"the {two if len(arguments) == 2 else more} of {listed(arguments, 'and')}"


def spoken_number(value: float) -> str:
    """``10,000``, ``0.6``: thousands parted, no fraction that is not there."""
    if isinstance(value, int):
        return f"{value:,}"
    if not math.isfinite(value):
        return "infinity"
    exact = Decimal(repr(value))
    return f"{int(value):,}" if exact == exact.to_integral_value() else f"{exact:,f}"


def spoken_date(day: date) -> str:
    """``31 January 2027``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def spoken_text(text: str) -> str:
    """A single word as it is (``self_serve`` as "self serve"), everything else in quotation marks."""
    if not text:
        return "empty"
    if _WORD.match(text) and _RESERVED.isdisjoint(text.casefold().split("_")):
        return text.replace("_", " ")
    return f"“{text}”"


def is_literal(node: ast.expr) -> bool:
    """Whether a part is a literal, such as ``5``, ``-5`` or ``"draft"``."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return isinstance(node.operand, ast.Constant)
    return isinstance(node, ast.Constant)
