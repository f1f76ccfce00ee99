"""Values as HCL, the language of Terraform, laid out as ``terraform fmt`` does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")


class Raw(str):
    """An expression that is written as it is: a reference, or a call."""

    __slots__ = ()


class Encoded(dict[str, Any]):
    """An object that the configuration turns into JSON."""


def block(kind: str, labels: tuple[str, ...], attributes: Mapping[str, Any]) -> str:
    """A block with its labels; an attribute over several lines stands between blank lines."""
    head = " ".join((kind, *(quoted(label) for label in labels)))
    return "\n".join((f"{head} {{", *_attributes(attributes, 1, spaced=True), "}")) + "\n"


def quoted(text: str) -> str:
    """A text in quotes, with nothing in it that Terraform would fill in."""
    written = json.dumps(text.encode("utf-8", "backslashreplace").decode(), ensure_ascii=False)
    # JSON and HCL share \\n, \\t, \\r, \\" and \\\\ and \\uNNNN; \\b and \\f are JSON's alone.
    written = re.sub(r"\\\\|\\b|\\f", lambda found: _ESCAPES.get(found[0], found[0]), written)
    return written.replace("${", "$${").replace("%{", "%%{").replace("\x7f", "\\u007f")


_ESCAPES = {"\\b": "\\u0008", "\\f": "\\u000c"}


def _attributes(values: Mapping[str, Any], depth: int, *, spaced: bool = False) -> Iterator[str]:
    """The lines of attributes; those of one line that follow each other have their values below each other."""
    group: list[tuple[str, str]] = []
    blank = False
    for key, value in values.items():
        name = key if _IDENTIFIER.match(key) else quoted(key)
        written = _value(value, depth)
        if "\n" not in written:
            if blank:
                yield ""
                blank = False
            group.append((name, written))
            continue
        yield from _aligned(group, depth)
        if spaced and (group or blank):
            yield ""
        group, blank = [], spaced
        yield f"{'  ' * depth}{name} = {written}"
    yield from _aligned(group, depth)


def _aligned(group: list[tuple[str, str]], depth: int) -> Iterator[str]:
    width = max((_columns(name) for name, _ in group), default=0)
    for name, written in group:
        yield f"{'  ' * depth}{name}{' ' * (width - _columns(name))} = {written}"


def _columns(name: str) -> int:
    return len(name)


def _value(value: Any, depth: int) -> str:
    if isinstance(value, Raw):
        return value
    if isinstance(value, Encoded):
        return f"jsonencode({_object(value, depth)})"
    if isinstance(value, Mapping):
        return _object(value, depth)
    if isinstance(value, list):
        if not value:
            return "[]"
        items = [f"{'  ' * (depth + 1)}{_value(item, depth + 1)}," for item in value]
        return "\n".join(("[", *items, f"{'  ' * depth}]"))
    if isinstance(value, str):
        return quoted(value)
    return json.dumps(value)


def _object(value: Mapping[str, Any], depth: int) -> str:
    if not value:
        return "{}"
    return "\n".join(("{", *_attributes(value, depth + 1), f"{'  ' * depth}}}"))
