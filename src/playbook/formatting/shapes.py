"""What the language says about the order of keys, read from its models.

A mapping that is a model has its keys in the order of the model's fields. A map by id keeps the order in
which it is written: it means nothing to the language, but something to those who wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from playbook.language.base import Document, Model
from playbook.language.documents import KINDS, model_of

MERGE = "<<"
_ID = "id"
"""Says which thing a mapping is, and stands even before its title."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand somewhere: models as mappings, or a map by id whose values have ``values``.

    A list has the shape of its items, because one item may stand without brackets.
    """

    models: tuple[type[Model], ...] = ()
    values: Any = None  # the annotation of the values of a map

    def model_for(self, keys: Iterable[str]) -> type[Model] | None:
        """The model that a mapping with these keys is meant to be."""
        if not self.models or self.values is not None:
            return None
        written = set(keys)
        return max(self.models, key=lambda model: len(written & _places(model).keys()))

    def inside(self, key: str, model: type[Model] | None) -> Shape:
        """The shape of a mapping's value."""
        if self.values is not None:
            return _shape(self.values)
        return _value_shapes(model).get(key, UNKNOWN) if model else UNKNOWN


UNKNOWN = Shape()


def shape_of_kind(kind: str) -> Shape:
    """The shape of a document."""
    return Shape((model_of(kind),))


def knows(kind: str, keys: Iterable[str]) -> bool:
    """Whether a kind of document has all of these keys."""
    return _places(model_of(kind)).keys() >= set(keys)


def place_of(key: str, model: type[Model]) -> int:
    """Where a key stands in its mapping: what the model doesn't know comes last."""
    places = _places(model)
    return places.get(key, len(places))


@cache
def _places(model: type[Model]) -> dict[str, int]:
    model.model_rebuild()
    keys = [info.alias or name for name, info in model.model_fields.items()]
    first = [key for key in keys if key == _ID or key == _kind_key(model)]
    ordered = [*first, MERGE, *(key for key in keys if key not in first)]
    return {key: place for place, key in enumerate(ordered)}


def _kind_key(model: type[Model]) -> str | None:
    if not issubclass(model, Document):
        return None
    return next(kind for kind, name in KINDS.items() if name == model.__name__)


@cache
def _value_shapes(model: type[Model]) -> dict[str, Shape]:
    model.model_rebuild()
    return {info.alias or name: _shape(info.annotation) for name, info in model.model_fields.items()}


def _shape(annotation: Any) -> Shape:
    origin = get_origin(annotation)
    if origin is Annotated or origin is tuple:
        return _shape(get_args(annotation)[0])
    if origin is dict:
        return Shape(values=get_args(annotation)[1])
    if origin in (Union, UnionType):
        shapes = [_shape(option) for option in get_args(annotation)]
        values = next((shape.values for shape in shapes if shape.values is not None), None)
        return Shape(tuple(model for shape in shapes for model in shape.models), values)
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return Shape((annotation,))
    return UNKNOWN
