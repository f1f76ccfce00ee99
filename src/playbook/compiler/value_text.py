"""The plain value of a document as a text that is read faster than the document: JSON."""

from __future__ import annotations

import json
from typing import Any

from playbook.text.scalars import Plain

_MARK = ""
"""The key that marks a :class:`Plain`. No document that is read without detours has it."""


def value_text(value: object) -> str:
    """A value of mappings, lists, texts and ``None`` as a text."""
    return json.dumps(_marked(value), separators=(",", ":"), check_circular=False)


def value_in(text: str) -> object:
    """The value that a text stands for; ``None`` if it is none."""
    try:
        return json.loads(text, object_hook=_unmarked)
    except (ValueError, RecursionError):
        return None


def _marked(value: object) -> object:
    kind = value.__class__
    if kind is dict:
        entries: dict[str, object] = value  # type: ignore[assignment]
        return {key: part if part.__class__ is str else _marked(part) for key, part in entries.items()}
    if kind is list:
        return [part if part.__class__ is str else _marked(part) for part in value]  # type: ignore[attr-defined]
    return {_MARK: str(value)} if kind is Plain else value


def _unmarked(entries: dict[str, Any]) -> Any:
    if len(entries) == 1 and isinstance(entries.get(_MARK), str):
        return Plain(entries[_MARK])
    return entries
