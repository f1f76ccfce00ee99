"""No key that names something is missed by the compiler: the marks of the models, counted in another way."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from playbook.compiler.plan import references_in
from playbook.language.documents import KINDS, model_of
from playbook.language.scalars import IsExpression, RefersTo
from playbook.text.quantities import Timing, parse_timing

Way = tuple[str, ...]


def marked(model: type[BaseModel], above: tuple[type[BaseModel], ...] = ()) -> Iterator[tuple[Way, str]]:
    """Every way from a model to a mark, as keys (``*`` for an item or entry), with what is marked.

    A model inside itself (a checklist's checklist) is followed once.
    """
    if above.count(model) > 1:
        return
    model.model_rebuild()
    for name, info in model.model_fields.items():
        annotation: Any = info.annotation
        for mark in reversed(info.metadata):
            annotation = Annotated[annotation, mark]
        for way, kind in _in_type(annotation, (*above, model)):
            yield (info.alias or name, *way), kind


def _in_type(annotation: Any, above: tuple[type[BaseModel], ...]) -> Iterator[tuple[Way, str]]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        for mark in arguments[1:]:
            if isinstance(mark, RefersTo):
                yield (), mark.kind
                return
            if isinstance(mark, IsExpression):
                yield (), "expression"
                return
        yield from _in_type(arguments[0], above)
    elif annotation is Timing:
        yield (), "moment"
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from marked(annotation, above)
    elif origin is tuple:
        for way, kind in _in_type(arguments[0], above):
            yield ("*", *way), kind
    elif origin is dict:
        assert not list(_in_type(arguments[0], above)), "a key of a map that names something is not resolved"
        for way, kind in _in_type(arguments[1], above):
            yield ("*", *way), kind
    elif origin in (Union, UnionType):
        for option in arguments:
            yield from _in_type(option, above)


def instance(model: type[BaseModel], way: Way) -> BaseModel:
    """A model in which only what lies on the way is filled in."""
    for name, info in model.model_fields.items():
        if (info.alias or name) == way[0]:
            empty = dict.fromkeys(model.model_fields)
            return model.model_construct(**{**empty, name: _value(info.annotation, info.metadata, way[1:])})
    raise AssertionError(way)


def _value(annotation: Any, metadata: Any, way: Way) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(arguments[0], (*metadata, *arguments[1:]), way)
    if annotation is Timing:
        return parse_timing("1d after wanted")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return instance(annotation, way)
    if origin is tuple:
        return (_value(arguments[0], (), way[1:]),)
    if origin is dict:
        return {"*": _value(arguments[1], (), way[1:])}
    if origin in (Union, UnionType):
        for option in arguments:
            try:
                found = list(_in_type(option, ()))
            except RecursionError:  # pragma: no cover
                continue
            if way in [each for each, _ in found] or (not way and found):
                return _value(option, (), way)
        for option in arguments:
            if option is not type(None):
                try:
                    return _value(option, (), way)
                except (AssertionError, IndexError):
                    continue
        raise AssertionError(way)
    assert not way, way
    return "wanted"


WAYS = [(kind, way, mark) for kind in KINDS for way, mark in sorted(set(marked(model_of(kind))))]


def test_there_are_marks_in_every_kind_of_document() -> None:
    assert {kind for kind, _, _ in WAYS} == set(KINDS) - {"calendar", "rules"}
    assert len(WAYS) > 250


@pytest.mark.parametrize("kind", sorted({kind for kind, _, _ in WAYS}))
def test_every_mark_is_seen(kind: str) -> None:
    missed = []
    for _, way, mark in (each for each in WAYS if each[0] == kind):
        expected = tuple(0 if key == "*" else key for key in way)
        found = references_in(instance(model_of(kind), way))
        seen = [(what, tuple(0 if key == "*" else key for key in path)) for what, _, path, _ in found]
        if (mark, expected) not in seen:
            missed.append((way, mark, seen))
    assert missed == []


def test_what_is_seen_comes_with_its_text_and_place() -> None:
    playbook = model_of("playbook").model_validate(
        {
            "playbook": "p",
            "outcome": {"within": "50% between start and go_live"},
            "stages": [{"id": "a", "exit": ["x.y", {"check": "z"}], "raci": {"A": "csm", "R": {"any_of": ["ae"]}}}],
        }
    )
    assert references_in(playbook) == [
        ("moment", "start", ("outcome", "within"), (12, 17)),
        ("moment", "go_live", ("outcome", "within"), (22, 29)),
        ("expression", "x.y", ("stages", 0, "exit", 0, "check"), None),
        ("expression", "z", ("stages", 0, "exit", 1, "check"), None),
        ("owner", "csm", ("stages", 0, "raci", "A", 0), None),
        ("owner", "ae", ("stages", 0, "raci", "R", "any_of", 0), None),
    ]
