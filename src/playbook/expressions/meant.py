"""What an author probably meant: expressions that could stand in the place of a mistake."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from playbook.expressions.literals import corrected_date, exact_duration
from playbook.expressions.mistakes import literal
from playbook.expressions.types import Scalar, Type
from playbook.text.suggest import nearest

_WRITTEN_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\Z")
_WRITTEN_NUMBER = re.compile(r"-?[0-9][0-9_]*(?:\.[0-9]+)?\Z")
_TRUTHS = {"true": "True", "yes": "True", "1": "True", "false": "False", "no": "False", "0": "False"}


def as_condition(node: ast.expr, type_: Type, source: str) -> str | None:
    """A comparison, for a value that stands where true or false is wanted."""
    if isinstance(node, ast.Constant):
        return _TRUTHS.get(str(node.value).casefold())
    if type_.kind == "choice":
        return f"{source} == {literal(type_.values[0])}" if type_.values else f'{source} != ""'
    return {
        "number": f"{source} > 0",
        "text": f'{source} != ""',
        "duration": f'{source} > "0d"',
        "date": f"days_since({source}) >= 0",
        "list": f"count({source}) > 0",
    }.get(type_.kind)


def as_kind(node: ast.expr, type_: Type, source: str, wanted: Type) -> str | None:
    """One side of a comparison in the type of the other, if both cannot be compared as they are."""
    if type_.moment and wanted.kind == "number":
        return f"days_since({source})"
    if wanted.kind == "date" and _WRITTEN_DATE.match(source):
        # Without quotation marks, 2026-10-31 is a subtraction.
        corrected = corrected_date(source)
        return corrected and literal(corrected)
    if not isinstance(node, ast.Constant):
        return None
    if wanted.kind == "duration" and type_.kind == "number":
        duration = f"{source}{wanted.unit or 'd'}"
        return literal(duration) if exact_duration(duration) is not None else None
    if wanted.kind == "number" and type_.kind == "text":
        return _number_in(str(node.value), wanted)
    if wanted.kind == "boolean":
        return _TRUTHS.get(str(node.value).casefold())
    return literal(source) if wanted.kind in ("text", "choice") and type_.kind == "number" else None


def as_value(node: ast.Constant, values: Iterable[Scalar], mark: str) -> str | None:
    """The value of a choice that is spelled nearly so."""
    by_text: dict[str, Scalar] = {}
    for value in values:
        by_text.setdefault(str(value), value)
    near = nearest(str(node.value), by_text)
    return None if near is None else literal(by_text[near], mark)


def _number_in(text: str, wanted: Type) -> str | None:
    """The number that a text holds; for a number of days, that of a duration such as ``14d``."""
    duration = exact_duration(text) if wanted.unit == "d" else None
    if duration is not None and duration.unit == "d":
        return f"{duration.low:g}"
    bare = text.replace(",", "_")
    return bare if _WRITTEN_NUMBER.match(bare) else None
