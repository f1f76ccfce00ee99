"""A whole document, formatted; with proof that it means what it meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playbook.formatting.comments import attach
from playbook.formatting.order import orders
from playbook.formatting.shapes import knows, shape_of_kind
from playbook.formatting.write import Writer
from playbook.reader import read_values
from playbook.reader.concrete import Collection, Concrete, Leaf
from playbook.reader.transcribe import transcribe
from playbook.text.scalars import Plain
from playbook.text.spans import SourceText


@dataclass(frozen=True, slots=True)
class Formatted:
    """The formatted text. ``fault`` says what it would have changed; the text is then the one given."""

    text: str
    fault: Literal["", "its meaning", "its comments"] = ""


def format_document(source: SourceText, kind: str) -> Formatted:
    """Write a document of some kind in the canonical order and style.

    Only for texts in which the reader finds nothing wrong. What the language doesn't know stays in the order
    in which it is written.
    """
    written = transcribe(source)
    arranged = orders(written.root, shape_of_kind(kind))
    text = Writer(written, arranged, attach(written), _stages(written, kind)).document()
    fault = _difference(source, written, text)
    return Formatted(source.text, fault) if fault else Formatted(text)


def is_surely(source: SourceText, kind: str) -> bool:
    """Whether a text is a document of a kind, however many mistakes it has: it says its id under the kind's key.

    That key stands first, or else the language knows all keys beside it.
    """
    value = read_values(source).value
    if not isinstance(value, dict) or not isinstance(value.get(kind), str):
        return False
    return next(iter(value)) == kind or knows(kind, value)


def _stages(document: Concrete, kind: str) -> Collection | None:
    """The list of stages, between which blank lines stand."""
    root = document.root
    if kind != "playbook" or not isinstance(root, Collection):
        return None
    for entry in root.entries:
        if isinstance(entry.key, Leaf) and entry.key.value == "stages" and isinstance(entry.value, Collection):
            return entry.value
    return None


def _difference(source: SourceText, before: Concrete, text: str) -> Literal["", "its meaning", "its comments"]:
    after = SourceText(source.name, text)
    old, new = read_values(source), read_values(after)
    if new.diagnostics or not same(old.value, new.value):
        return "its meaning"
    kept = transcribe(after).comments
    if sorted(comment.text for comment in before.comments) != sorted(comment.text for comment in kept):
        return "its comments"
    return ""


def same(first: object, second: object) -> bool:
    """Whether two values mean the same: the order of keys means nothing, a number is no text."""
    if isinstance(first, dict):
        return (
            isinstance(second, dict)
            and first.keys() == second.keys()
            and all(same(value, second[key]) for key, value in first.items())
        )
    if isinstance(first, list):
        return isinstance(second, list) and len(first) == len(second) and all(map(same, first, second))
    return first == second and isinstance(first, Plain) == isinstance(second, Plain)
