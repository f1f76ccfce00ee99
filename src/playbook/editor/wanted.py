"""What the language wants at a place: read from the models, for offering and explaining it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from playbook.language.base import Model
from playbook.language.documents import KINDS, model_of
from playbook.language.scalars import IsExpression, RefersTo, _OneOrManySchema, _ShortFormSchema
from playbook.text.paths import KeyPath
from playbook.text.quantities import Cadence, Duration, Timing

Quantity = Literal["duration", "timing", "cadence"]
_QUANTITIES: dict[Any, Quantity] = {Duration: "duration", Timing: "timing", Cadence: "cadence"}

ModelOf = Callable[[str], type[Model] | None]
"""Gives the model of the part of a playbook that an id stands for."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a model, and what is wanted behind it."""

    name: str
    description: str
    required: bool
    wanted: Wanted
    examples: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may stand somewhere; of a union, all of it.

    ``items`` is what a list holds, ``entries`` what a map by id holds. ``bare`` says that one item may stand
    without brackets. ``short`` is the key of a model that a bare text stands for.
    """

    models: tuple[tuple[type[Model], str | None], ...] = ()
    values: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    expression: bool = False
    flag: bool = False
    quantity: Quantity | None = None
    items: Wanted | None = None
    entries: Wanted | None = None
    bare: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is neither a mapping nor a list."""
        return not (self.models or self.items or self.entries)

    def keys(self) -> dict[str, Key]:
        """The keys that a mapping here may have, those that it must have first."""
        found: dict[str, Key] = {}
        for model, _ in self.models:
            for key in keys_of(model).values():
                found.setdefault(key.name, key)
        if not found and self.items is not None and self.bare:
            found = self.items.keys()
        return dict(sorted(found.items(), key=lambda item: not item[1].required))

    def inside(self, key: str | int) -> Wanted:
        """What is wanted behind a key or at an index."""
        if isinstance(key, int):
            # One item may stand without brackets, or somebody is about to write a list where one will do.
            return self.items if self.items is not None else replace(self, bare=False)
        if self.entries is not None:
            return self.entries
        known = self.keys().get(key)
        return known.wanted if known else NOTHING

    def as_text(self) -> Iterator[Wanted]:
        """What a bare text may stand for here."""
        yield self
        for model, short in self.models:
            if short is not None:
                yield from keys_of(model)[short].wanted.as_text()
        if self.items is not None and self.bare:
            yield from self.items.as_text()


NOTHING = Wanted()


def wanted_at(kind: str, path: KeyPath, model_of_part: ModelOf = lambda _: None) -> Wanted:
    """What is wanted at a path of a document of some kind."""
    if len(path) > 3 and path[0] == "variants" and path[2] == "set":
        head, *keys = str(path[3]).split(".")
        model = model_of_part(head) if keys else None
        # Without an id in front it is a key of the playbook itself.
        whole = Wanted(((model, None),)) if model else Wanted(((model_of("playbook"), None),))
        rest = (*(keys if model else (head, *keys)), *path[4:])
        return _walk(whole, rest)
    return _walk(Wanted(((model_of(kind), None),)), path)


def key_at(kind: str, path: KeyPath, model_of_part: ModelOf = lambda _: None) -> Key | None:
    """The key of a model that a path ends with, if it ends with one."""
    names = [at for at, key in enumerate(path) if isinstance(key, str)]
    if not names:
        return None
    above, name = path[: names[-1]], str(path[names[-1]])
    if len(above) == 3 and above[0] == "variants" and above[2] == "set":
        above, name = (*above, name.rpartition(".")[0]), name.rpartition(".")[2]
    return wanted_at(kind, above, model_of_part).keys().get(name)


def _walk(wanted: Wanted, path: KeyPath) -> Wanted:
    for key in path:
        if isinstance(key, str) and wanted.items is not None and not wanted.models:
            wanted = wanted.items
        wanted = wanted.inside(key)
    return wanted


@cache
def keys_of(model: type[Model]) -> dict[str, Key]:
    """The keys of a model, in the order of the language."""
    model.model_rebuild()
    found = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        wanted = _wanted(info.annotation, tuple(info.metadata))
        if key in KINDS and KINDS[key] == model.__name__:
            wanted = NOTHING
        found[key] = Key(
            key,
            info.description or "",
            info.is_required(),
            wanted,
            tuple(example for example in info.examples or ()),
        )
    return found


@dataclass
class _Parts:
    models: list[tuple[type[Model], str | None]] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    expression: bool = False
    flag: bool = False
    quantity: Quantity | None = None
    items: Wanted | None = None
    entries: Wanted | None = None
    bare: bool = False


def _wanted(annotation: Any, marks: tuple[Any, ...] = ()) -> Wanted:
    parts = _Parts()
    _collect(annotation, marks, parts)
    return Wanted(
        tuple(parts.models),
        tuple(parts.values),
        tuple(parts.references),
        parts.expression,
        parts.flag,
        parts.quantity,
        parts.items,
        parts.entries,
        parts.bare,
    )


def _collect(annotation: Any, marks: tuple[Any, ...], parts: _Parts) -> None:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        _collect(inner, (*marks, *more), parts)
    elif origin in (Union, UnionType):
        for option in get_args(annotation):
            _collect(option, marks, parts)
    elif origin is tuple:
        parts.items = _wanted(get_args(annotation)[0])
        parts.bare = any(isinstance(mark, _OneOrManySchema) for mark in marks)
    elif origin is dict:
        parts.entries = _wanted(get_args(annotation)[1])
    elif origin is Literal:
        parts.values += [str(value) for value in get_args(annotation)]
    elif isinstance(annotation, type) and issubclass(annotation, Model):
        short = next((mark.key for mark in marks if isinstance(mark, _ShortFormSchema)), None)
        parts.models.append((annotation, short))
    else:
        _collect_text(annotation, marks, parts)


def _collect_text(annotation: Any, marks: tuple[Any, ...], parts: _Parts) -> None:
    parts.flag = parts.flag or annotation is bool
    parts.quantity = parts.quantity or _QUANTITIES.get(annotation)
    parts.expression = parts.expression or any(isinstance(mark, IsExpression) for mark in marks)
    parts.references += [mark.kind for mark in marks if isinstance(mark, RefersTo)]
