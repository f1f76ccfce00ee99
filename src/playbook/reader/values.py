"""Texts into plain values: ``dict``, ``list``, ``str``, ``Plain`` and ``None``, by YAML 1.2's core schema."""

from __future__ import annotations

from dataclasses import dataclass, field

from playbook.diagnostics import Diagnostic
from playbook.reader.compose import compose
from playbook.reader.composition import Composition
from playbook.reader.events import has_c_parser
from playbook.reader.fast import fast_values
from playbook.reader.nodes import Node, Scalar, Sequence
from playbook.text.spans import SourceText


@dataclass(frozen=True, slots=True)
class Values:
    """A document's value and the findings of reading it.

    Where ``failed`` is true the value is ``None`` and means nothing. An empty document is ``None``
    without a finding. An unquoted number or boolean is a ``Plain``, aliases share one object; a ``simple``
    value has neither aliases nor anything else that is unusual.
    """

    value: object
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False
    simple: bool = field(default=False, compare=False)


def read_values(source: SourceText) -> Values:
    """The value of a source text. Never raises: every mistake is a finding ``SCH001``."""
    if has_c_parser():
        try:
            return Values(fast_values(source.text), simple=True)
        except Exception:  # the careful reading finds the reason and its place
            pass
    composition = compose(source)
    value = None if composition.failed else _value_of(composition)
    return Values(value, tuple(composition.findings), composition.failed)


def _value_of(composition: Composition) -> object:
    return None if composition.root is None else _value(composition.root, {})


def _value(node: Node, known: dict[int, object]) -> object:
    """The value of a node; the limits on depth bound the recursion, and sharing the work."""
    if isinstance(node, Scalar):
        return node.value()
    if id(node) in known:
        return known[id(node)]
    if isinstance(node, Sequence):
        items: list[object] = []
        known[id(node)] = items
        items.extend(_value(child, known) for child in node.children)
        return items
    entries: dict[str, object] = {}
    known[id(node)] = entries
    for key, (_, value) in node.entries.items():
        entries[key] = _value(value, known)
    return entries
