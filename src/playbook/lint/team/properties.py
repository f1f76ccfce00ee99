"""What a team's rule may ask of a part of a playbook: every key of its model, by name and type.

A key that may be missing also has ``<key>.given``, which says whether it is there.
"""

from __future__ import annotations

import datetime
import keyword
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from playbook.expressions.evaluate import Value
from playbook.expressions.types import BOOLEAN, DATE, DURATION, NUMBER, TEXT, WHOLE, Type
from playbook.language.base import Model
from playbook.language.raci import AnyOf, names
from playbook.text.paths import KeyPath
from playbook.text.quantities import Cadence, Duration, Timing

Read = Callable[[Any], Any]

LIST = Type("list")

_DEEPEST = 3
"""Models may contain themselves (a rhythm that follows a rhythm); nobody asks further than this."""

_MAIN_KEYS = ("id", "check", "do", "to", "stage", "status", "change", "one_of")
"""What stands for an item of a list that is a mapping."""


@dataclass(frozen=True, slots=True)
class Property:
    """Something that can be asked of a part: its type, how it is read, and where it is written below the part."""

    name: str
    type: Type
    what: str
    read: Read
    path: KeyPath = ()


@cache
def properties_of(model: type[Model]) -> dict[str, Property]:
    """Everything that can be asked of a model, by name, in the order of its keys."""
    return {each.name: each for each in _properties(model, (), lambda value: value, 1)}


def _properties(model: type[Model], path: KeyPath, read: Read, depth: int) -> Iterator[Property]:
    if not getattr(model, "__pydantic_fields_complete__", False):
        model.model_rebuild()
    for attribute, info in model.model_fields.items():
        key = info.alias or attribute
        # A word of the expression grammar cannot stand in a name.
        place: KeyPath = (*path, key)
        name = ".".join((*map(str, path), attribute if keyword.iskeyword(key) else key))
        value = _reader(read, attribute)
        form = _without_none(info.annotation)
        what = info.description or ""
        inner = _model_in(form)
        if inner is not None:
            if depth < _DEEPEST:
                yield from _properties(inner, place, value, depth + 1)
        else:
            yield from _leaf(name, form, what, value, place)
        if info.default in (None, (), {}):
            yield Property(f"{name}.given", BOOLEAN, f"Whether `{name}` is written.", _given(value), place)


def _reader(read: Read, attribute: str) -> Read:
    def value(item: Any) -> Any:
        part = read(item)
        return None if part is None else getattr(part, attribute)

    return value


def _given(read: Read) -> Read:
    return lambda item: bool(read(item)) or read(item) in (0, False)


def _leaf(name: str, form: Any, what: str, read: Read, path: KeyPath) -> Iterator[Property]:
    type_ = _type_of(form)
    if type_ is not None:
        yield Property(name, type_, what, lambda item: as_value(read(item)), path)


def is_written(part: Any, path: KeyPath) -> bool:
    """Whether a part has a key of its own at ``path``, and not only the default for it."""
    if not path or not isinstance(part, Model):
        return True  # a short form: what is written stands for the rest
    for attribute, info in type(part).model_fields.items():
        if (info.alias or attribute) == path[0]:
            return attribute in part.model_fields_set and is_written(getattr(part, attribute), path[1:])
    return False


def _without_none(annotation: Any) -> Any:
    """A type without what surrounds it, and without the nothing that it may be."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        options = [option for option in get_args(annotation) if option is not NoneType]
        return _without_none(options[0]) if len(options) == 1 else annotation
    return annotation


def _model_in(form: Any) -> type[Model] | None:
    return form if isinstance(form, type) and issubclass(form, Model) else None


def _type_of(form: Any) -> Type | None:
    simple: dict[Any, Type] = {
        str: TEXT,
        bool: BOOLEAN,
        int: WHOLE,
        float: NUMBER,
        datetime.date: DATE,
        Duration: DURATION,
        Timing: TEXT,
        Cadence: TEXT,
    }
    origin = get_origin(form)
    if origin is Literal:
        return Type("choice", get_args(form))
    if origin in (tuple, dict):
        return LIST
    if origin in (Union, UnionType):
        options = [_without_none(option) for option in get_args(form)]
        # Holders, and lists in one order or in none: {any_of: [...]}.
        return LIST if any(get_origin(option) is tuple for option in options) else None
    return simple.get(form)


def as_value(value: Any) -> Value | None:
    """A value of a model as expressions calculate with it. A range of time counts with its far end."""
    if isinstance(value, Duration):
        end = value.high if value.high is not None else value.low
        return replace(value, low=end, high=end)
    if isinstance(value, Timing | Cadence):
        return str(value)
    if isinstance(value, AnyOf):
        return names(value)
    if isinstance(value, Model):
        return tuple(_item(part) for part in getattr(value, "any_of", ()))
    if isinstance(value, tuple | dict):
        return tuple(_item(part) for part in value)
    return value  # type: ignore[no-any-return]


def _item(value: Any) -> Any:
    if not isinstance(value, Model):
        return value
    return next((getattr(value, key) for key in _MAIN_KEYS if getattr(value, key, None) is not None), "")
