"""The types of expressions, and how a name gets one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

TypeKind = Literal["number", "text", "boolean", "date", "duration", "choice", "list"]

Scalar = str | bool | float


@dataclass(frozen=True, slots=True)
class Type:
    """What kind of value a name or a part of an expression has.

    ``values`` are the allowed values of a choice, or of the items of a list; none means any text.
    ``unit`` is the unit of a number or the currency of money, as the tracking plan writes it. ``whole``
    marks numbers without fractions. ``moment`` marks booleans that say whether something has happened
    (an event, a milestone, a state): they begin false, and have a time that ``days_since`` counts from.
    """

    kind: TypeKind
    values: tuple[Scalar, ...] = ()
    unit: str | None = None
    whole: bool = False
    moment: bool = False


NUMBER = Type("number")
WHOLE = Type("number", whole=True)
TEXT = Type("text")
BOOLEAN = Type("boolean")
DATE = Type("date")
DURATION = Type("duration")
HAPPENED = Type("boolean", moment=True)

Types = Callable[[str], Type | None]
"""Gives the type of a dotted name; ``None`` if nothing is known of it."""
