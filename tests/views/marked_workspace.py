"""A workspace in which every text and every id is marked, whatever keys the language has.

It is made by walking the models, so that a new key is in it from the day it is there.
"""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from playbook.language.scalars import IsExpression, RefersTo
from playbook.text.quantities import Cadence, Duration, Timing

MARK = "secret"
"""In every text and id; also in capitals."""

_REFERENCES = {
    "data": f"{MARK}_artifact",
    "destination": f"{MARK}_end",
    "event": f"{MARK}.event_happened",
    "field": f"{MARK}.field",
    "moment": f"{MARK}_anchor",
    "owner": f"{MARK}_role",
    "part": f"{MARK}_routine",
    "point": f"{MARK}_milestone",
    "predecessor": f"{MARK}_milestone",
    "signal": f"{MARK}.field",
    "step_or_stage": f"{MARK}_stage",
}
_EXPRESSION = f'{MARK}.field == "SECRET value" and {MARK}_milestone.reached'
_SINGULAR = {"people": "SECRET person", "fields": f"{MARK}.field", "events": f"{MARK}.event_happened"}
_DEEPEST = 3


def filled(model: type[BaseModel], depth: int = 0) -> dict[str, Any]:
    """The data of a document or a part of one in which every key is there, and every text marked."""
    if not getattr(model, "__pydantic_fields_complete__", False):
        model.model_rebuild()
    found = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        value = _value(_annotation(info), (), key, depth)
        if value is not None:
            found[key] = value
    return found


def _annotation(info: FieldInfo) -> Any:
    annotation = info.annotation
    for mark in reversed(info.metadata):
        annotation = Annotated[annotation, mark]
    return annotation


def _value(annotation: Any, marks: tuple[Any, ...], key: str, depth: int) -> Any:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _value(inner, (*more, *marks), key, depth)
    if origin in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not NoneType]
        return _value(options[0], marks, key, depth)
    if origin is tuple:
        item = _value(get_args(annotation)[0], marks, key, depth)
        return None if item is None else [item]
    if origin is dict:
        item = _value(get_args(annotation)[1], (), key, depth)
        return None if item is None else {_key(key): item}
    if origin is Literal:
        return get_args(annotation)[-1]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None if depth >= _DEEPEST else filled(annotation, depth + 1)
    return _scalar(annotation, marks, key)


def _key(key: str) -> str:
    """The id of the one entry of a map."""
    singular = key.removesuffix("s") if not key.endswith("ies") else f"{key.removesuffix('ies')}y"
    return _SINGULAR.get(key, f"{MARK}_{singular}")


def _scalar(annotation: Any, marks: tuple[Any, ...], key: str) -> Any:
    for mark in marks:
        if isinstance(mark, RefersTo):
            return _REFERENCES.get(mark.kind, f"{MARK}_{mark.kind}")
        if isinstance(mark, IsExpression):
            return _EXPRESSION
    pattern = next((mark.pattern for mark in marks if getattr(mark, "pattern", None)), None)
    known = {
        Timing: f"3bd after {MARK}_anchor",
        Duration: "3bd",
        Cadence: "week",
        bool: True,
        int: 1,
        float: 0.5,
    }
    if annotation in known:
        return known[annotation]
    if annotation is str:
        return _text(pattern, key)
    # Dates, and what may be a text or a number.
    return "2026-10-01" if "date" in str(annotation) else "SECRET value"


def _text(pattern: str | None, key: str) -> str:
    if pattern is None:
        return f"SECRET {key}"
    words = {"A-Z]{2,12}": "SECRET001", "0-9A-Za-z.+_-": "1.0.0-SECRET", "A-Z]{2}$": "DE", "01][0-9]": "09:00-17:00"}
    return next((text for part, text in words.items() if part in pattern), f"{MARK}_{key}")
