"""Collecting what is wrong with an expression that can be read, and quoting from it."""

from __future__ import annotations

import ast
from functools import cached_property
from itertools import accumulate

from playbook.expressions.parse import Mistake
from playbook.expressions.tree import Places, without_texts
from playbook.expressions.types import Scalar, Type
from playbook.text.quote import shown

_KINDS = {
    "number": "a number",
    "text": "a text",
    "boolean": "true or false",
    "date": "a date",
    "duration": "a duration",
    "choice": "a choice",
    "list": "a list",
}


def in_words(type_: Type) -> str:
    """What a value of the type is, after "is": ``a number``, ``true or false``."""
    return _KINDS[type_.kind]


def literal(value: Scalar, quote: str = '"') -> str:
    """A value as a literal of the language."""
    if not isinstance(value, str):
        return repr(value)
    escaped = value.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{escaped}{quote}"


class Mistakes:
    """The mistakes in one expression."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: list[Mistake] = []

    @cached_property
    def _places(self) -> Places:
        # Most expressions are right and need no places.
        return Places(self._text)

    def add(
        self,
        message: str,
        at: ast.AST,
        until: ast.AST | None = None,
        *,
        expected: str | None = None,
        suggestion: str | None = None,
    ) -> None:
        """Report a mistake at a part of the expression, or from one part to the end of another."""
        start, end = self._places.of(at)
        if until is not None:
            other_start, other_end = self._places.of(until)
            start, end = self._balanced(min(start, other_start), max(end, other_end))
        self._found.append(Mistake(message, start, end, suggestion, expected))

    def _balanced(self, start: int, end: int) -> tuple[int, int]:
        """The place with the brackets around its first or last part, which belong to neither."""
        bare = without_texts(self._text)
        depths = list(accumulate({"(": 1, ")": -1}.get(char, 0) for char in bare[start:end]))
        closed = -min([0, *depths])
        for _ in range(closed):
            start = max(bare.rfind("(", 0, start), 0)
        for _ in range(sum(depths[-1:]) + closed):
            end = bare.find(")", end) + 1 or end
        return start, end

    def source(self, node: ast.AST) -> str:
        """A part of the expression as it is written."""
        start, end = self._places.of(node)
        return self._text[start:end]

    def quote(self, node: ast.AST) -> str:
        """The same as messages quote it: on one line, and cut when it is long."""
        return shown(self.source(node))

    def quotation_mark(self, node: ast.AST) -> str:
        """The mark that a text literal is written with, so that a suggestion fits where it stands."""
        return "'" if self.source(node).startswith("'") else '"'

    def in_order(self) -> tuple[Mistake, ...]:
        """All mistakes by place, each once."""
        return tuple(
            sorted(dict.fromkeys(self._found), key=lambda mistake: (mistake.start, mistake.end, mistake.message))
        )
