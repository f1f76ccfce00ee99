"""What may be compared with what: like with like, and a text with the date or choice that it names."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from playbook.expressions.literals import (
    DATE_FORM,
    DURATION_FORM,
    corrected_date,
    exact_duration,
    family_of,
    read_date,
    read_duration,
    text_literal,
    unit_words,
)
from playbook.expressions.meant import as_kind, as_value
from playbook.expressions.mistakes import Mistakes, in_words, literal
from playbook.expressions.types import Scalar, Type
from playbook.text.quantities import QuantityError

_SHOWN = 12
"""So many values of a choice are listed before it says how many more there are."""

_FAMILIES = "units that can be compared: min, h, d and w; bh and bd; mo by itself"


@dataclass(frozen=True, slots=True)
class Operand:
    """A side of a comparison and its type, if that is known."""

    node: ast.expr
    type: Type | None


def check_pair(mistakes: Mistakes, left: Operand, right: Operand, *, ordering: bool) -> None:
    """Two sides of ``==`` and ``!=``, or of ``<``, ``<=``, ``>`` and ``>=`` (``ordering``)."""
    if left.type is None or right.type is None:
        return
    pair = _Pair(mistakes, left.node, left.type, right.node, right.type, ordering)
    if text_literal(left.node) is not None and text_literal(right.node) is None:
        # What a text literal means hangs on the other side.
        pair = _Pair(mistakes, right.node, right.type, left.node, left.type, ordering)
    pair.check()


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sides of known types; a lone text literal is the right one."""

    mistakes: Mistakes
    left: ast.expr
    left_type: Type
    right: ast.expr
    right_type: Type
    ordering: bool

    def check(self) -> None:
        kinds = {self.left_type.kind, self.right_type.kind}
        text = text_literal(self.right)
        if "list" in kinds:
            self._list()
        elif text is not None and self.left_type.kind == "date":
            self._date_literal(text)
        elif text is not None and self.left_type.kind == "duration":
            self._duration_literal(text)
        elif kinds <= {"text", "choice"} or self._is_value_beside_choice():
            self._choice_or_text()
        elif kinds == {"number"}:
            self._numbers()
        elif kinds == {"duration"}:
            self._durations(self.right_type.unit)
        elif kinds == {"boolean"}:
            self._booleans()
        elif kinds != {"date"}:
            self._unlike()

    # -- like kinds --------------------------------------------------------------------------------

    def _numbers(self) -> None:
        one, other = self.left_type.unit, self.right_type.unit
        if one and other and unit_words(one) != unit_words(other):
            message = f"{self._left} is in {unit_words(one)}, {self._right} in {unit_words(other)}"
            self._both(message, "one unit on both sides")

    def _booleans(self) -> None:
        if self.ordering:
            self._both("true and false have no order", "== or !=, or the condition by itself")
        elif not isinstance(self.left, ast.Constant) and not isinstance(self.right, ast.Constant):
            message = f"{self._left} and {self._right} are both true or false"
            self._both(message, "and, or, not; a comparison only with True or False")

    def _durations(self, other: str | None) -> None:
        one = self.left_type.unit
        if one is None or other is None or None in (family_of(one), family_of(other)):
            return
        if family_of(one) != family_of(other):
            message = f"{self._left} is in {unit_words(one)}, {self._right} in {unit_words(other)}"
            if text_literal(self.right) is None:
                self._both(message, _FAMILIES)
            else:
                self.mistakes.add(message, self.right, expected=_FAMILIES)

    # -- choices -----------------------------------------------------------------------------------

    def _is_value_beside_choice(self) -> bool:
        """Whether one side is a choice and the other a number or boolean that may be one of its values."""
        for choice, type_, node in (
            (self.left_type, self.right_type, self.right),
            (self.right_type, self.left_type, self.left),
        ):
            if choice.kind == "choice" and choice.values and type_.kind in ("number", "boolean"):
                wanted = bool if type_.kind == "boolean" else (int, float)
                return isinstance(node, ast.Constant) or any(isinstance(value, wanted) for value in choice.values)
        return False

    def _choice_or_text(self) -> None:
        if self.ordering:
            is_left = text_literal(self.left) is None
            which, type_ = (self._left, self.left_type) if is_left else (self._right, self.right_type)
            self._both(f"{which} is {in_words(type_)}, which has no order", "== or !=, or in [...]")
            return
        one, other = self.left_type.values, self.right_type.values
        if one and isinstance(self.right, ast.Constant):
            self._value(self._left, one, self.right)
        elif other and isinstance(self.left, ast.Constant):
            self._value(self._right, other, self.left)
        elif one and other and set(map(literal, one)).isdisjoint(map(literal, other)):
            message = f"{self._left} and {self._right} have no value in common"
            self._both(message, f"for {self._left} {_listed(one)}")

    def _value(self, choice: str, values: tuple[Scalar, ...], node: ast.Constant) -> None:
        if not any(_same(value, node.value) for value in values):
            self.mistakes.add(
                f"{choice} has no value {self.mistakes.quote(node)}",
                node,
                expected=_listed(values),
                suggestion=as_value(node, values, self.mistakes.quotation_mark(node)),
            )

    # -- text literals -----------------------------------------------------------------------------

    def _date_literal(self, text: str) -> None:
        if read_date(text) is None:
            corrected = corrected_date(text)
            self.mistakes.add(
                f"{self._right} is not a date",
                self.right,
                expected=DATE_FORM,
                suggestion=corrected and literal(corrected, self.mistakes.quotation_mark(self.right)),
            )

    def _duration_literal(self, text: str) -> None:
        try:
            duration = read_duration(text)
        except QuantityError as error:
            exact = exact_duration(error.suggestion)
            self.mistakes.add(
                f"{self._right} is not a duration" + (f": {error.message}" if error.unit else ""),
                self.right,
                # An ambiguous unit has two readings, and no single one to put in its place.
                expected=error.suggestion if error.suggestion and exact is None else DURATION_FORM,
                suggestion=literal(exact.text, self.mistakes.quotation_mark(self.right)) if exact else None,
            )
        else:
            self._durations(duration.unit)

    # -- unlike kinds ------------------------------------------------------------------------------

    def _list(self) -> None:
        is_left = self.left_type.kind == "list"
        list_, item = (self.left, self.right) if is_left else (self.right, self.left)
        suggestion = None
        if isinstance(item, ast.Constant) and not isinstance(list_, ast.List | ast.Tuple):
            suggestion = f"{self.mistakes.source(item)} in {self.mistakes.source(list_)}"
        message = f"{self.mistakes.quote(list_)} is a list, and is compared with nothing"
        self._both(message, "in, not in or count(...)", suggestion)

    def _unlike(self) -> None:
        words = f"{self._left} is {in_words(self.left_type)}, {self._right} {in_words(self.right_type)}"
        for node, type_, other, wanted in (
            (self.right, self.right_type, self._left, self.left_type),
            (self.left, self.left_type, self._right, self.right_type),
        ):
            suggestion = as_kind(node, type_, self.mistakes.source(node), wanted)
            if suggestion is not None:
                expected = f"{in_words(wanted)}, as {other} is"
                self.mistakes.add(words, node, expected=expected, suggestion=suggestion)
                return
        expected = "the same kind of value on both sides"
        literals = [node for node in (self.left, self.right) if isinstance(node, ast.Constant)]
        if len(literals) == 1:
            self.mistakes.add(words, literals[0], expected=expected)
        else:
            self._both(words, expected)

    # -- reporting ---------------------------------------------------------------------------------

    @property
    def _left(self) -> str:
        return self.mistakes.quote(self.left)

    @property
    def _right(self) -> str:
        return self.mistakes.quote(self.right)

    def _both(self, message: str, expected: str, suggestion: str | None = None) -> None:
        """A mistake of which neither side alone is the place."""
        self.mistakes.add(message, self.left, self.right, expected=expected, suggestion=suggestion)


def _same(value: Scalar, other: object) -> bool:
    """1 and 1.0 are one value; 1 and True are not."""
    return value == other and isinstance(value, bool) == isinstance(other, bool)


def _listed(values: tuple[Scalar, ...]) -> str:
    shown = ", ".join(literal(value) for value in values[:_SHOWN])
    more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
    return f"one of {shown}{more}"
