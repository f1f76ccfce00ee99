"""What the names in the expressions of a playbook stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from playbook.expressions.types import BOOLEAN, DATE, DURATION, HAPPENED, NUMBER, TEXT, WHOLE, Type
from playbook.language.vocabulary import EVENTS, STATES

if TYPE_CHECKING:
    from playbook.language.tracking import TrackedField

SEGMENT = "account.segment"
"""The built-in field whose values are the segments of the playbook."""

_SIMPLE = {
    "text": TEXT,
    "integer": WHOLE,
    "boolean": BOOLEAN,
    "date": DATE,
    "datetime": DATE,
    "duration": DURATION,
}


def type_of_field(field: TrackedField) -> Type:
    """The type of the values of a tracked field."""
    if field.type in ("choice", "list"):
        return Type("choice" if field.type == "choice" else "list", field.values)
    if field.type in ("number", "money") or (field.type == "integer" and field.unit):
        return Type("number", unit=field.unit, whole=field.type == "integer") if field.unit else NUMBER
    return _SIMPLE[field.type]


Symbols = Mapping[str, Mapping[str, Any]]
"""Declared symbols by kind and id."""


def type_of_name(name: str, own: Symbols, shared: Symbols) -> Type | None:
    """The type of a dotted name in an expression; ``None`` if nothing declares it."""
    symbol = shared.get("field", {}).get(name)
    if symbol is not None:
        return type_of_field(symbol.value)
    if name == SEGMENT:
        segments = tuple(own.get("segment", {}))
        return Type("choice", segments) if segments else TEXT
    if name == "account.status":
        return TEXT
    if name in shared.get("event", {}) or name in EVENTS:
        return HAPPENED
    base, _, state = name.rpartition(".")
    if any(state in states and base in own.get(kind, {}) for kind, states in STATES.items()):
        return HAPPENED
    return None
