"""Records as JSON and back: what is written to the cache, and how it is looked over when it is read.

The shape follows from the fields of the dataclasses, so that a new field cannot be forgotten. Records become
lists of their values. Nothing but plain data is ever made of what is read; whatever has not exactly the shape
of its type is refused.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Turn = Callable[[Any], Any]


class ShapeError(ValueError):
    """What was read has not the shape of its type."""


def to_plain(value: object, form: Any) -> Any:
    """A value of a type as plain data."""
    return _writer(form)(value)


def from_plain(value: object, form: type[T]) -> T:
    """The value of a type that plain data stands for.

    Raises :class:`ShapeError` for data of any other shape.
    """
    return cast(T, _reader(cast(Any, form))(value))


def _plain_value(value: object) -> Any:
    """JSON as it is, with tuples for lists."""
    if isinstance(value, list | tuple):
        return tuple(_plain_value(item) for item in value)
    if isinstance(value, dict):
        return {str(key): _plain_value(item) for key, item in value.items()}
    if value is None or isinstance(value, str | int | float):
        return value
    raise ShapeError(f"no plain data: {type(value).__name__}")


@cache
def _fields(form: type[Any]) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(form)
    return tuple((field.name, hints[field.name]) for field in fields(form))


# -- writing ----------------------------------------------------------------------------------------


@cache
def _writer(form: Any) -> _Turn:
    """The function that turns values of a type into plain data."""
    if form in (str, int, float, bool, type(None)):
        return _same
    if form is Any:
        return _plain_value
    if isinstance(form, type) and issubclass(form, Enum):
        return lambda value: value.value
    if isinstance(form, type) and is_dataclass(form):
        parts = [(name, _writer(hint)) for name, hint in _fields(form)]
        return lambda value: [write(getattr(value, name)) for name, write in parts]
    origin, inner = get_origin(form), get_args(form)
    if origin is tuple and inner[-1] is not Ellipsis:
        writers = [_writer(part) for part in inner]
        return lambda value: [write(item) for write, item in zip(writers, value, strict=True)]
    if origin is tuple:
        item = _writer(inner[0])
        return lambda value: [item(part) for part in value]
    if origin is frozenset:
        item = _writer(inner[0])
        return lambda value: sorted(item(part) for part in value)
    if origin in (dict, Mapping):
        item = _writer(inner[1])
        return lambda value: {key: item(part) for key, part in value.items()}
    if origin in (Union, types.UnionType):
        return _either_writer(inner)
    if origin is Literal:
        return _same
    raise TypeError(f"no plain form for {form!r}")


def _either_writer(options: tuple[Any, ...]) -> _Turn:
    """Of a union at most one part is not written as it is."""
    special = [_writer(option) for option in options if _writer(option) is not _same]
    if not special:
        return _same
    write = special[0]
    assert len(special) == 1, f"cannot tell {options} apart"
    return lambda value: value if value is None or isinstance(value, str | int) else write(value)


def _same(value: object) -> Any:
    return value


# -- reading ----------------------------------------------------------------------------------------


@cache
def _reader(form: Any) -> _Turn:
    """The function that turns plain data into values of a type, or raises :class:`ShapeError`."""
    if form in (str, int, float, bool, type(None)):
        return _exactly((float, int) if form is float else (form,))
    if form is Any:
        return _plain_value
    if isinstance(form, type) and issubclass(form, Enum):
        return _one_of({member.value: member for member in form})
    if isinstance(form, type) and is_dataclass(form):
        return _record(form)
    origin, inner = get_origin(form), get_args(form)
    if origin is tuple and inner[-1] is not Ellipsis:
        readers = [_reader(part) for part in inner]
        return lambda value: tuple(
            read(item) for read, item in zip(readers, _list(value, len(readers)), strict=True)
        )
    if origin is tuple:
        item = _reader(inner[0])
        return lambda value: tuple(map(item, _list(value)))
    if origin is frozenset:
        item = _reader(inner[0])
        return lambda value: frozenset(map(item, _list(value)))
    if origin in (dict, Mapping):
        item = _reader(inner[1])
        return lambda value: {key: item(part) for key, part in _dict(value).items()}
    if origin in (Union, types.UnionType):
        return _either([_reader(option) for option in inner])
    if origin is Literal:
        return _one_of({choice: choice for choice in inner})
    raise TypeError(f"no plain form for {form!r}")


def _exactly(forms: tuple[type, ...]) -> _Turn:
    def read(value: Any) -> Any:
        if type(value) in forms:
            return value
        raise ShapeError(f"not {forms[0].__name__}: {type(value).__name__}")

    return read


def _one_of(choices: Mapping[Any, Any]) -> _Turn:
    def read(value: Any) -> Any:
        if isinstance(value, str | int) and value in choices:
            return choices[value]
        raise ShapeError("not one of what is allowed")

    return read


def _record(form: type[Any]) -> _Turn:
    parts: list[_Turn] = []

    def read(value: Any) -> Any:
        if not parts:
            # Put off to the first use: records may contain themselves.
            parts.extend(_reader(hint) for _, hint in _fields(cast(Any, form)))
        return form(*(turn(item) for turn, item in zip(parts, _list(value, len(parts)), strict=True)))

    return read


def _either(readers: list[_Turn]) -> _Turn:
    def read(value: Any) -> Any:
        for reader in readers:
            try:
                return reader(value)
            except ShapeError:
                continue
        raise ShapeError("none of what is allowed")

    return read


def _list(value: Any, length: int | None = None) -> list[Any]:
    if type(value) is list and (length is None or len(value) == length):
        return value
    raise ShapeError("not a list of the right length")


def _dict(value: Any) -> dict[str, Any]:
    if type(value) is dict:
        return value
    raise ShapeError("not a mapping")
