"""A real workspace with something hostile in the place of every text that people may write."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from playbook.compiler.compile import compile_paths
from playbook.language.scalars import Label
from playbook.reader import load_file, read_values
from playbook.text.scalars import Plain

ATTACK = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'{{7*7}}</title></svg>]]>${7*7}"
_LABEL = typing.get_args(Label)[1]
"""What marks a text as words for people, in the models of the language."""


def attacked(folder: Path, target: Path) -> dict[str, int]:
    """Copy a workspace, and put an attack into each text; how many texts of each kind of document there were."""
    (compiled,) = compile_paths([folder], folder)
    found = {}
    for document in compiled.workspace.documents:
        texts = {text for text in _labels(type(document.model), document.model) if " " in text or text.istitle()}
        found[document.kind] = found.get(document.kind, 0) + len(texts)
        source, _ = load_file(folder / document.name, document.name)
        assert source is not None
        (target / document.name).parent.mkdir(parents=True, exist_ok=True)
        (target / document.name).write_text(_flow(read_values(source).value, texts), encoding="utf-8")
    return found


def _labels(hint: object, value: object) -> Iterator[str]:
    """The words for people in a value of a type of the language."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is typing.Annotated:
        if _LABEL in arguments and isinstance(value, str):
            yield value
        yield from _labels(arguments[0], value)
    elif isinstance(value, BaseModel):
        for name, each in typing.get_type_hints(type(value), include_extras=True).items():
            if name in type(value).model_fields:
                yield from _labels(each, getattr(value, name))
    elif typing.get_origin(hint) in (typing.Union, types.UnionType):
        for each in arguments:
            yield from _labels(each, value)
    elif isinstance(value, Mapping) and arguments:
        for each in value.values():
            yield from _labels(arguments[-1], each)
    elif isinstance(value, list | tuple) and arguments:
        for each in value:
            yield from _labels(arguments[0], each)


def _flow(value: object, texts: set[str]) -> str:
    """YAML on one line; of the texts nothing is left but that they are different ones."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flow(key, set())}: {_flow(each, texts)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each, texts) for each in value) + "]"
    if isinstance(value, str) and not isinstance(value, Plain):
        return json.dumps(f"{ATTACK} {sorted(texts).index(value.strip())}" if value.strip() in texts else value)
    return "null" if value is None else str(value)
