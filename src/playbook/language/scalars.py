"""The leaves of the language: ids, references, flags, numbers, dates, quantities, expressions.

The reader hands every scalar on as text (see :mod:`playbook.text.scalars`); the types here say what a
key wants and read it. Nothing is guessed: a quoted ``"12"`` is no number and ``yes`` is no boolean.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError

from playbook.text.quantities import (
    Cadence as CadenceValue,
)
from playbook.text.quantities import (
    Duration as DurationValue,
)
from playbook.text.quantities import (
    QuantityError,
    parse_cadence,
    parse_duration,
    parse_timing,
)
from playbook.text.quantities import (
    Timing as TimingValue,
)
from playbook.text.scalars import FALSES, FLOAT, INTEGER, TRUES, Plain

T = TypeVar("T")

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
CODE_PATTERN = r"^[A-Z]{2,12}[0-9]{3}$"
NAME_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""A stable name in snake_case that can stand in an expression as it is."""

Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
"""The dotted name of a field or event: ``account.use_case``, ``deal.closed_won``."""

Label = Annotated[
    str,
    StringConstraints(min_length=1, strip_whitespace=True),
    # An editor reads an unquoted 2026 as a number; here it stays the text that was written.
    WithJsonSchema({"type": ["string", "number", "boolean"], "minLength": 1}),
]
"""Words for people; may change at any time without consequence."""

ReferenceKind = Literal[
    "artifact",
    "calendar",
    "content",
    "data",
    "end",
    "event",
    "field",
    "kpi",
    "milestone",
    "moment",
    "owner",
    "part",
    "playbook",
    "point",
    "predecessor",
    "role",
    "segment",
    "signal",
    "stage",
    "step",
    "step_or_stage",
    "destination",
    "system",
    "team",
    "window",
    "workstream",
]
"""What a reference may name. ``owner`` is a role or a team; ``data`` an artifact or a field; ``moment``
anything a timer can hang on; ``part`` a step, stage or handoff; ``point`` an anchor, milestone or event;
``predecessor`` a step, milestone or event; ``destination`` a stage or an end; ``signal`` a field or event."""


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a text as the id of something declared elsewhere; the compiler resolves it."""

    kind: ReferenceKind


@dataclass(frozen=True, slots=True)
class IsExpression:
    """Marks a text as an expression; the compiler parses it and resolves its names."""


ArtifactRef = Annotated[str, RefersTo("artifact")]
CalendarRef = Annotated[str, RefersTo("calendar")]
ContentRef = Annotated[str, RefersTo("content")]
DataRef = Annotated[str, RefersTo("data")]
DestinationRef = Annotated[str, RefersTo("destination")]
EndRef = Annotated[str, RefersTo("end")]
EventRef = Annotated[str, RefersTo("event")]
FieldRef = Annotated[str, RefersTo("field")]
KpiRef = Annotated[str, RefersTo("kpi")]
OwnerRef = Annotated[str, RefersTo("owner")]
PartRef = Annotated[str, RefersTo("part")]
PlaybookRef = Annotated[str, RefersTo("playbook")]
PointRef = Annotated[str, RefersTo("point")]
PredecessorRef = Annotated[str, RefersTo("predecessor")]
RoleRef = Annotated[str, RefersTo("role")]
SegmentRef = Annotated[str, RefersTo("segment")]
SignalRef = Annotated[str, RefersTo("signal")]
StageRef = Annotated[str, RefersTo("stage")]
StepRef = Annotated[str, RefersTo("step")]
StepOrStageRef = Annotated[str, RefersTo("step_or_stage")]
SystemRef = Annotated[str, RefersTo("system")]
TeamRef = Annotated[str, RefersTo("team")]
WindowRef = Annotated[str, RefersTo("window")]
WorkstreamRef = Annotated[str, RefersTo("workstream")]

Expression = Annotated[str, StringConstraints(min_length=1), IsExpression()]
"""A condition over fields, events, milestones, artifacts, handoffs and steps."""


def _flag(value: object) -> bool:
    if isinstance(value, Plain):
        if value in TRUES:
            return True
        if value in FALSES:
            return False
    raise PydanticCustomError("flag", "not true or false")


def _whole(value: object) -> int:
    if isinstance(value, Plain) and INTEGER.match(value) and len(value) <= 15:
        return int(value, 0) if value[:2] in ("0o", "0x") else int(value)
    raise PydanticCustomError("whole_number", "not a whole number")


def _at_least_one(value: object) -> int:
    number = _whole(value)
    if number < 1:
        raise PydanticCustomError("greater_than_equal", "too small", {"ge": 1})
    return number


def _share(value: object) -> float:
    number = _number(value)
    if not 0 < number <= 1:
        raise PydanticCustomError("share", "no share")
    return number


def _number(value: object) -> float:
    if isinstance(value, Plain) and (INTEGER.match(value) or FLOAT.match(value)) and len(value) <= 30:
        if INTEGER.match(value):
            return int(value, 0) if value[:2] in ("0o", "0x") else int(value)
        number = float(value)
        if abs(number) != float("inf") and number == number:  # noqa: PLR0124 - the test for NaN
            return number
    raise PydanticCustomError("number", "not a number")


def _date(value: object) -> datetime.date:
    # Python also reads week dates and other forms of ISO 8601.
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date", "not a date")


def _value(value: object) -> str | bool | float:
    """A scalar of any type, for lists of allowed values and the like."""
    if isinstance(value, Plain):
        return _flag(value) if value in TRUES or value in FALSES else _number(value)
    if isinstance(value, str):
        return value
    raise PydanticCustomError("scalar", "not a single value")


Q = TypeVar("Q")


def _quantity(parse: Callable[[str], Q], expected: str) -> Callable[[object], Q]:
    def read(value: object) -> Q:
        if not isinstance(value, str):
            raise PydanticCustomError("quantity_type", "not a text", {"expected": expected})
        try:
            return parse(value)
        except QuantityError as error:
            raise PydanticCustomError(
                "quantity_unit" if error.unit else "quantity",
                "{message}",
                {
                    "message": error.message,
                    "expected": error.expected,
                    "suggestion": error.suggestion,
                    "start": error.start,
                    "end": error.end,
                },
            ) from None

    return read


_UNIT = r"(min|bh|h|bd|d|w|mo)"
_AMOUNT = rf"~? ?([0-9.]+|[0-9.]*\.\.[0-9.]+|[0-9.]+\.\.) ?{_UNIT}|[0-9.]+{_UNIT}\.\.([0-9.]+{_UNIT})?"

Flag = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
Whole = Annotated[int, PlainValidator(_whole), WithJsonSchema({"type": "integer"})]
Count = Annotated[int, PlainValidator(_at_least_one), WithJsonSchema({"type": "integer", "minimum": 1})]
"""A whole number of at least 1."""
Share = Annotated[
    float, PlainValidator(_share), WithJsonSchema({"type": "number", "exclusiveMinimum": 0, "maximum": 1})
]
"""A part of a whole: above 0, at most 1."""
Number = Annotated[float, PlainValidator(_number), WithJsonSchema({"type": "number"})]
Date = Annotated[
    datetime.date,
    PlainValidator(_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "examples": ["2026-10-01"]}),
]
Value = Annotated[
    str | bool | float, PlainValidator(_value), WithJsonSchema({"type": ["string", "number", "boolean"]})
]
Version = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+_-]*$"),
    # An editor reads an unquoted 3.1 as a number; here it stays the text that was written.
    WithJsonSchema({"type": ["string", "number"], "examples": ["1.0.0"]}),
]
Duration = Annotated[
    DurationValue,
    PlainValidator(_quantity(parse_duration, "a duration such as 2bd")),
    WithJsonSchema({"type": "string", "pattern": f"^({_AMOUNT})$", "examples": ["2bd", "1..2w", "30min"]}),
]
Timing = Annotated[
    TimingValue,
    PlainValidator(_quantity(parse_timing, "a timing such as 5bd after kickoff")),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^(({_AMOUNT}) +(after|before) +[a-z_]\S*|[0-9.]+% +between +\S+ +and +\S+)$",
            "examples": ["5bd after kickoff", "14d before go_live"],
        }
    ),
]
Cadence = Annotated[
    CadenceValue,
    PlainValidator(_quantity(parse_cadence, "a cadence such as 2w or monthly")),
    WithJsonSchema({"type": "string", "examples": ["1w", "monthly", "quarterly"]}),
]


def _as_list(value: object) -> object:
    return value if value is None or isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class _OneOrManySchema:
    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        many = handler(schema)
        return {"anyOf": [many["items"], many]}


OneOrMany = Annotated[tuple[T, ...], BeforeValidator(_as_list), _OneOrManySchema()]
"""A list, where one value may stand without brackets."""

SomeOf = Annotated[tuple[T, ...], Field(min_length=1), BeforeValidator(_as_list), _OneOrManySchema()]
"""A list of at least one, where one value may stand without brackets."""


SHORT_FORM = "x-short-form"
"""Where the schema of a model says which key a bare value stands for, until the schemas are finished."""


@dataclass(frozen=True, slots=True)
class _ShortFormSchema:
    key: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        model = handler(schema)
        return {"anyOf": [{SHORT_FORM: self.key, **model}, model]}


def short_form(key: str) -> tuple[BeforeValidator, _ShortFormSchema]:
    """Lets a model be written as the bare value of its main ``key``.

    Use as ``Annotated[Touch, *short_form("kind")]``.
    """

    def expand(value: object) -> object:
        return {key: value} if isinstance(value, str) else value

    return BeforeValidator(expand), _ShortFormSchema(key)
