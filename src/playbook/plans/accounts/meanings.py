"""What the names in an accounts file stand for: columns of a table, keys of a list."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from playbook.core.process import START
from playbook.expressions.inference import infer
from playbook.expressions.parse import parse_expression
from playbook.expressions.types import Type
from playbook.language.tracking import TrackedField, Tracking
from playbook.language.vocabulary import BUILT_IN_FIELDS
from playbook.plans.accounts.cells import Reader, day, reader_of
from playbook.plans.accounts.problems import MisreadError
from playbook.text.quote import quoted
from playbook.text.suggest import nearest
from playbook.workspace import CompiledPlaybook

ACCOUNT = "account"
NAME = "name"
_LONGEST_ID = 200
_ROLE_PREFIXES = ("role.", "people.")

Kind = Literal["account", "name", "anchor", "field", "role", "collection", "item"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one name stands for: the ``target`` of a ``kind``, and what reads its cells.

    An ``item`` is a field of the things in a ``collection``.
    """

    kind: Kind
    target: str
    read: Reader
    collection: str = ""


@dataclass(frozen=True)
class Meanings:
    """All names that an accounts file for a playbook and its variants can use."""

    anchors: frozenset[str]
    start: str
    """The anchor with which the journey starts."""
    starts_somewhere: bool
    """Whether the playbook says so itself."""
    start_names: frozenset[str]
    """The names that give its date: its own, that of its event or that of its field."""
    fields: dict[str, Reader]
    roles: frozenset[str]
    collections: dict[str, str]
    """The name of one item by that of its collection: ``contact`` by ``contacts``."""

    def of(self, name: str) -> Meaning | None:
        """What a name stands for; ``None`` if for nothing."""
        if name == ACCOUNT:
            return Meaning("account", name, account_id)
        if name == NAME:
            return Meaning("name", name, str)
        anchor = name.removeprefix("anchor.")
        if anchor in self.anchors:
            return Meaning("anchor", anchor, day)
        collection = self._collection_of(name)
        if name in self.collections:
            return Meaning("collection", name, str)
        for prefix in _ROLE_PREFIXES:
            if name.startswith(prefix) and name.removeprefix(prefix) in self.roles:
                return Meaning("role", name.removeprefix(prefix), str)
        if collection:
            return Meaning("item", name, self.fields.get(name, str), collection)
        return Meaning("field", name, self.fields[name]) if name in self.fields else None

    def _collection_of(self, name: str) -> str:
        entity, dot, _ = name.partition(".")
        return next((many for many, one in self.collections.items() if one == entity), "") if dot else ""

    def nearest(self, name: str) -> str | None:
        """The name that was probably meant."""
        return nearest(name, self._all()) or _by_role(name, self.roles)

    def _all(self) -> Iterator[str]:
        yield from (ACCOUNT, NAME, *self.anchors, *self.fields, *self.collections)
        yield from (f"role.{role}" for role in self.roles)


def _by_role(name: str, roles: frozenset[str]) -> str | None:
    return f"role.{name}" if name in roles else None


def account_id(text: str) -> str:
    """An id, which is part of every key."""
    if len(text) > _LONGEST_ID:
        raise MisreadError(
            f"the id {quoted(text)} is too long", f"at most {_LONGEST_ID} characters", None, "ACC005"
        )
    if not text.isprintable():
        raise MisreadError(
            f"the id {quoted(text)} has characters that nobody sees", "printable characters", None, "ACC005"
        )
    return text


def meanings_of(playbook: CompiledPlaybook) -> Meanings:
    """The names for a playbook, worked out once."""
    return playbook.remembered(_meanings)


def _meanings(playbook: CompiledPlaybook) -> Meanings:
    all_ = (playbook, *playbook.variants)
    anchors = {id_: anchor for each in all_ for id_, anchor in each.model.anchors.items()}
    # A playbook that does not say with what it starts has a start all the same, which has no other name.
    start = next((id_ for id_, anchor in anchors.items() if anchor.start), START)
    names = [anchors[start].event, anchors[start].field, start] if start in anchors else [start]
    return Meanings(
        anchors=frozenset((*anchors, start)),
        start=start,
        starts_somewhere=start in anchors,
        start_names=frozenset(name for name in names if name),
        fields=dict(_fields(playbook, all_)),
        roles=frozenset((*playbook.workspace_symbols["role"], *playbook.workspace_symbols["team"])),
        collections=_collections(playbook, all_),
    )


def _fields(playbook: CompiledPlaybook, all_: tuple[CompiledPlaybook, ...]) -> Iterator[tuple[str, Reader]]:
    declared = playbook.workspace_symbols["field"]
    used = {name: type_ for each in all_ for name, type_ in _names_in_expressions(each).items()}
    anchored = {name for each in all_ for anchor in each.model.anchors.values() for name in (anchor.field,) if name}
    events = {anchor.event for each in all_ for anchor in each.model.anchors.values() if anchor.event}
    for name in dict.fromkeys((*declared, *BUILT_IN_FIELDS, *used, *sorted(anchored), *sorted(events))):
        type_ = playbook.type_of(name) or used.get(name)
        if type_ is None and name in anchored:
            type_ = Type("date")
        elif type_ is None:
            type_ = Type("boolean", moment=True) if name in events else Type("text")
        field = declared[name].value if name in declared else None
        limits = (field.at_least, field.at_most) if isinstance(field, TrackedField) else (None, None)
        yield name, reader_of(type_, *limits)


def _names_in_expressions(playbook: CompiledPlaybook) -> dict[str, Type | None]:
    """Every name that a condition reads, with the type that is declared or follows from its use."""
    trees: list[ast.expr] = []
    found: dict[str, Type | None] = {}
    for _, text in playbook.expressions:
        parsed = parse_expression(text)
        if parsed.tree is not None:
            trees.append(parsed.tree)
            found.update((use.name, playbook.type_of(use.name)) for use in parsed.names if "." in use.name)
    inferred = infer(trees, playbook.type_of)
    return {name: type_ or inferred.get(name) for name, type_ in found.items()}


def _collections(playbook: CompiledPlaybook, all_: tuple[CompiledPlaybook, ...]) -> dict[str, str]:
    """What steps are done for each of, and what one of it is called: as the tracking plan says, else in English."""
    fields = playbook.workspace_symbols["field"].values()
    documents = {id(symbol.document): symbol.document for symbol in fields}
    models = [document.model for document in documents.values() if isinstance(document.model, Tracking)]
    plurals = {entity.plural: id_ for model in models for id_, entity in model.entities.items() if entity.plural}
    for each in all_:
        for step in each.steps.values():
            if step.for_each is not None:
                plurals.setdefault(step.for_each.of, _singular(step.for_each.of))
    return plurals


def _singular(plural: str) -> str:
    if plural.endswith("ies"):
        return plural[:-3] + "y"
    return plural.removesuffix("s")
