"""Where the words for people stand in a document: read once from the models, then walked on every run.

Most documents have nothing to report, so a walk allocates no key path until it has found something.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from playbook.language.base import Model
from playbook.language.scalars import Label
from playbook.text.paths import KeyPath

Hit = tuple[KeyPath, str]
"""The key path of a label below the value that was walked, and its text."""

_Visit = Callable[[Any], list[Hit]]
_NONE: list[Hit] = []
_LABEL = get_args(Label)[1]


@lru_cache(maxsize=8)
def labels_that(is_wanted: Callable[[str], bool]) -> Callable[[Model], list[Hit]]:
    """A walk over models that finds the labels for which ``is_wanted`` holds, in the order of keys."""
    models: dict[type[Model], _Visit] = {}

    def label(value: Any) -> list[Hit]:
        return [((), value)] if is_wanted(value) else _NONE

    def model_visit(model: type[Model]) -> _Visit:
        if model not in models:
            models[model] = _model(model, type_visit)
        return models[model]

    def type_visit(annotation: Any, metadata: tuple[Any, ...]) -> _Visit | None:
        origin = get_origin(annotation)
        if origin is Annotated:
            inner, *more = get_args(annotation)
            return type_visit(inner, (*metadata, *more))
        if annotation is str:
            return label if _LABEL in metadata else None
        if isinstance(annotation, type) and issubclass(annotation, Model):
            return model_visit(annotation) if _has_labels(annotation) else None
        if origin is tuple:
            return _each(type_visit(get_args(annotation)[0], ()))
        if origin is dict:
            return _entries(type_visit(get_args(annotation)[1], ()))
        if origin in (Union, UnionType):
            return _either([(option, type_visit(option, metadata)) for option in get_args(annotation)])
        return None

    return lambda value: model_visit(type(value))(value)


def _model(model: type[Model], type_visit: Callable[[Any, tuple[Any, ...]], _Visit | None]) -> _Visit:
    parts: list[tuple[str, str, _Visit]] | None = None

    def visit(value: Any) -> list[Hit]:
        nonlocal parts
        if parts is None:
            # Put off to the first use: models may contain themselves.
            parts = []
            for name, info in model.model_fields.items():
                inner = type_visit(info.annotation, tuple(info.metadata))
                if inner is not None:
                    parts.append((name, info.alias or name, inner))
        found = _NONE
        values = value.__dict__
        for name, key, inner in parts:
            part = values[name]
            if part:
                hits = inner(part)
                if hits:
                    found = [*found, *(((key, *path), text) for path, text in hits)]
        return found

    return visit


def _each(inner: _Visit | None) -> _Visit | None:
    if inner is None:
        return None

    def visit(value: Any) -> list[Hit]:
        found = _NONE
        for index, part in enumerate(value):
            hits = inner(part)
            if hits:
                found = [*found, *(((index, *path), text) for path, text in hits)]
        return found

    return visit


def _entries(inner: _Visit | None) -> _Visit | None:
    if inner is None:
        return None

    def visit(value: Any) -> list[Hit]:
        found = _NONE
        for key, part in value.items():
            hits = inner(part)
            if hits:
                found = [*found, *(((key, *path), text) for path, text in hits)]
        return found

    return visit


def _either(options: list[tuple[Any, _Visit | None]]) -> _Visit | None:
    """A union of one form and a list of it, or of a value and nothing: the value's own type tells which."""
    wanted = [(_is_list(annotation), visit) for annotation, visit in options if visit is not None]
    if len(wanted) <= 1:
        return wanted[0][1] if wanted else None

    def visit(value: Any) -> list[Hit]:
        for for_list, inner in wanted:
            if for_list == isinstance(value, tuple):
                return inner(value)
        return _NONE

    return visit


def _is_list(annotation: Any) -> bool:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return get_origin(annotation) is tuple


@cache
def _has_labels(model: type[Model], above: tuple[type[Model], ...] = ()) -> bool:
    if not getattr(model, "__pydantic_fields_complete__", False):
        # Its types name what was not there yet, such as itself. To rebuild all models would take longer than
        # all that is asked of them.
        model.model_rebuild()
    return any(
        _leads_to_label(info.annotation, tuple(info.metadata), (*above, model))
        for info in model.model_fields.values()
    )


def _leads_to_label(annotation: Any, metadata: tuple[Any, ...], above: tuple[type[Model], ...]) -> bool:
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _leads_to_label(inner, (*metadata, *more), above)
    if annotation is str:
        return _LABEL in metadata
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation not in above and _has_labels(annotation, above)
    return any(_leads_to_label(option, (), above) for option in get_args(annotation))
