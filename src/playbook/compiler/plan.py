"""Which keys of a model name something: read once from the types, then run over every document.

The models say with ``RefersTo`` and ``IsExpression`` what a text stands for. A plan turns that into one
function per model that walks only the keys that matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from playbook.language.scalars import IsExpression, RefersTo
from playbook.text.paths import KeyPath
from playbook.text.quantities import Timing

Found = tuple[str, str, KeyPath, tuple[int, int] | None]
"""A reference kind (or ``expression``), the text, its key path, and which characters of it count."""

Expressions = tuple[tuple[KeyPath, str], ...]
"""Expressions with their key paths."""

Visit = Callable[[Any, KeyPath, list[Found]], None]


def references_in(model: BaseModel) -> list[Found]:
    """Everything that a document names, in the order of its keys."""
    found: list[Found] = []
    _model_visit(type(model))(model, (), found)
    return found


def expressions_among(found: list[Found]) -> Expressions:
    """The expressions among all that a document names."""
    return tuple((path, text) for kind, text, path, _ in found if kind == "expression")


@cache
def _model_visit(model: type[BaseModel]) -> Visit:
    parts: list[tuple[str, str, Visit]] | None = None

    def visit(value: Any, path: KeyPath, found: list[Found]) -> None:
        nonlocal parts
        if parts is None:
            # Put off to the first use: models may contain themselves.
            parts = list(_parts(model))
        values = value.__dict__
        for attribute, key, inner in parts:
            part = values[attribute]
            if part:
                inner(part, (*path, key), found)

    return visit


def _parts(model: type[BaseModel]) -> Iterator[tuple[str, str, Visit]]:
    if not getattr(model, "__pydantic_fields_complete__", False):
        # Its types name what was not there yet, such as itself. To rebuild all models would take longer than
        # all that is asked of them.
        model.model_rebuild()
    for attribute, info in model.model_fields.items():
        inner = _type_visit(info.annotation, tuple(info.metadata))
        if inner is not None:
            yield attribute, info.alias or attribute, inner


def _type_visit(annotation: Any, metadata: tuple[Any, ...] = ()) -> Visit | None:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        return _type_visit(inner, (*metadata, *more))
    for mark in metadata:
        if isinstance(mark, RefersTo):
            return _leaf(mark.kind)
        if isinstance(mark, IsExpression):
            return _leaf("expression")
    if annotation is Timing:
        return _timing
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model_visit(annotation)
    if origin is tuple:
        return _each(_type_visit(get_args(annotation)[0]))
    if origin is dict:
        return _entries(_type_visit(get_args(annotation)[1]))
    if origin in (Union, UnionType):
        return _either([_type_visit(option) for option in get_args(annotation)], get_args(annotation))
    return None


def _leaf(kind: str) -> Visit:
    def visit(value: Any, path: KeyPath, found: list[Found]) -> None:
        found.append((kind, value, path, None))

    return visit


def _timing(value: Any, path: KeyPath, found: list[Found]) -> None:
    start = value.reference_start
    found.append(("moment", value.reference, path, (start, start + len(value.reference))))
    if value.until is not None:
        found.append(("moment", value.until, path, (value.until_start, value.until_start + len(value.until))))


def _each(inner: Visit | None) -> Visit | None:
    if inner is None:
        return None
    item = inner

    def visit(value: Any, path: KeyPath, found: list[Found]) -> None:
        for index, part in enumerate(value):
            item(part, (*path, index), found)

    return visit


def _entries(inner: Visit | None) -> Visit | None:
    if inner is None:
        return None
    entry = inner

    def visit(value: Any, path: KeyPath, found: list[Found]) -> None:
        for key, part in value.items():
            entry(part, (*path, key), found)

    return visit


def _either(visits: list[Visit | None], options: tuple[Any, ...]) -> Visit | None:
    """A union: of a model and a list, the value's own type tells which."""
    wanted = [(visit, _is_list(option)) for visit, option in zip(visits, options, strict=True) if visit]
    if not wanted:
        return None
    if len(wanted) == 1:
        return wanted[0][0]

    def visit(value: Any, path: KeyPath, found: list[Found]) -> None:
        for inner, for_list in wanted:
            if for_list == isinstance(value, tuple):
                inner(value, path, found)
                return

    return visit


def _is_list(annotation: Any) -> bool:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return get_origin(annotation) is tuple
