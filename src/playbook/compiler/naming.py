"""The ids that are written in one document: what each stands for, and where it stands.

What a document names is told by the same plan as its references (:mod:`playbook.compiler.plan`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from playbook.compiler.draft import MAPS
from playbook.compiler.near_names import LOOKED_UP
from playbook.compiler.plan import references_in
from playbook.compiler.symbols import OWN_KINDS
from playbook.diagnostics import Place
from playbook.expressions.parse import parse_expression
from playbook.expressions.tree import Places, dotted_name
from playbook.language.base import Document as DocumentModel
from playbook.language.playbook import Playbook
from playbook.language.vocabulary import STATES
from playbook.signals import SEGMENT
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document, Symbol, Table

Role = Literal["declaration", "reference", "former"]
Tables = Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Name:
    """What an id stands for. ``playbook`` is the file of the playbook that has it to itself, or empty."""

    kind: str
    id: str
    playbook: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where an id is written: the characters ``within`` of the value at ``path``, or of its key.

    ``former`` ones are ids that the thing had before (``was``).
    """

    name: Name
    document: Document
    path: KeyPath
    within: tuple[int, int]
    role: Role = "reference"
    on_key: bool = False

    def place(self) -> Place:
        """Where the id itself stands, without quotes and without what stands around it."""
        if not self.on_key:
            return self.document.locator.place(self.path, within=self.within)
        place, source = self.document.locator.place(self.path, key=True), self.document.source
        if source is None:
            return place
        start, end = self.within
        first = place.span.start.offset + (source.slice(place.span)[:1] in {"'", '"'})
        return Place(place.file, source.span(first + start, first + end))


def declared_at(symbol: Symbol) -> Place:
    """Where the id of a symbol is declared."""
    path = symbol.path
    # Stages and steps say their id under `id`, documents under their kind, artifacts in a list.
    on_key = path[-1] != "id" and len(path) > 1 and not isinstance(path[-1], int)
    return Occurrence(Name("", ""), symbol.document, path, (0, len(symbol.id)), "declaration", on_key).place()


class Known(Protocol):
    """What a document's names are looked up in."""

    @property
    def everywhere(self) -> Tables:
        """What any playbook declares."""

    @property
    def shared(self) -> Tables:
        """What all documents see."""

    def playbook(self, file: str) -> CompiledPlaybook | None:
        """The playbook in a file."""


class _Everywhere(Mapping[str, Table]):
    """What any playbook declares; they are compiled for it only once one of their kinds is looked up."""

    def __init__(self, every: Known) -> None:
        self._every = every

    def __getitem__(self, kind: str) -> Table:
        if kind not in OWN_KINDS:
            raise KeyError(kind)
        return self._every.everywhere.get(kind, {})

    def __iter__(self) -> Iterator[str]:
        return iter(OWN_KINDS)

    def __len__(self) -> int:
        return len(OWN_KINDS)


class Finder:
    """The ids in one document; with ``only``, at least all places of that one."""

    def __init__(self, every: Known, document: Document, only: str | None = None) -> None:
        self._every = every
        self._only = only
        self._document = document
        self._playbook = every.playbook(document.name)
        self._own: Tables = self._playbook.symbols if self._playbook else _Everywhere(every)

    def run(self) -> Iterator[Occurrence]:
        """Every id, in no order."""
        model = self._document.model
        assert model is not None
        yield from self._declarations(self._every.shared, shared=True)
        yield from self._references(model)
        if self._playbook is None:
            yield from self._former_of_maps(model)
            return
        yield from self._declarations(self._own)
        yield from self._former(self._playbook.model)
        yield from self._edited(self._playbook)
        for variant in self._playbook.variants:
            yield from self._of_variant(variant)

    # -- declarations ----------------------------------------------------------------------------

    def _declarations(self, tables: Tables, *, shared: bool = False) -> Iterator[Occurrence]:
        for table in tables.values():
            for symbol in table.values():
                if symbol.document.name == self._document.name and self._only in (None, symbol.id):
                    yield self._declaration(symbol, symbol.path, shared=shared)

    def _declaration(self, symbol: Symbol, path: KeyPath, *, shared: bool = False) -> Occurrence:
        on_key = path[-1] != "id" and len(path) > 1 and not isinstance(path[-1], int)
        name = Name(symbol.kind, symbol.id, "" if shared else self._document.name)
        return Occurrence(name, self._document, path, (0, len(symbol.id)), "declaration", on_key)

    # -- references ------------------------------------------------------------------------------

    def _references(self, model: DocumentModel) -> Iterator[Occurrence]:
        found = references_in(model)
        run_by = {path[:-1]: text for kind, text, path, _ in found if kind == "playbook"}
        for kind, text, path, within in found:
            if self._only is None or self._only in text:
                yield from self._named(self._own, kind, text, path, within)
            if kind == "data" and path[-3:-1] == ("run", "give"):
                yield from self._given(run_by.get(path[:-2], ""), str(path[-1]), path)

    def _named(
        self, own: Tables, kind: str, text: str, path: KeyPath, within: tuple[int, int] | None
    ) -> Iterator[Occurrence]:
        """The ids in a text that names something."""
        if kind == "expression":
            for use in parse_expression(text).names:
                yield from self._signal(own, use.name, path, use.start)
            if SEGMENT in text:
                yield from self._segments(own, text, path)
            return
        start = within[0] if within else 0
        if kind == "signal":
            yield from self._signal(own, text, path, start)
        else:
            found = self._find(own, LOOKED_UP.get(kind, (kind,)), text)
            if found is None and kind == "moment":
                yield from self._state(own, text, path, start)
            elif found is not None:
                yield self._reference(found, path, start)

    def _signal(self, own: Tables, name: str, path: KeyPath, start: int) -> Iterator[Occurrence]:
        found = self._find(own, ("field", "event", "kpi"), name)
        if found is not None:
            yield self._reference(found, path, start)
        else:
            yield from self._state(own, name, path, start)

    def _state(self, own: Tables, name: str, path: KeyPath, start: int) -> Iterator[Occurrence]:
        base, _, state = name.rpartition(".")
        kinds = tuple(kind for kind, states in STATES.items() if state in states or not base)
        found = self._find(own, kinds, base or name)
        if found is not None:
            yield self._reference(found, path, start)

    def _segments(self, own: Tables, text: str, path: KeyPath) -> Iterator[Occurrence]:
        """The ids of segments that an expression compares the segment of the account with."""
        tree = parse_expression(text).tree
        places = Places(text)
        for node in ast.walk(tree) if tree is not None else ():
            if not isinstance(node, ast.Compare) or SEGMENT not in map(dotted_name, ast.walk(node)):
                continue
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    found = self._find(own, ("segment",), part.value)
                    if found is not None:
                        yield self._reference(found, path, places.of(part)[0] + 1)

    def _find(self, own: Tables, kinds: Iterable[str], id_: str) -> Name | None:
        for kind in kinds:
            symbol = own.get(kind, {}).get(id_)
            if symbol is not None:
                return Name(kind, id_, symbol.document.name)
            if id_ in self._every.shared.get(kind, {}):
                return Name(kind, id_)
        return None

    def _reference(self, name: Name, path: KeyPath, start: int, *, on_key: bool = False) -> Occurrence:
        return Occurrence(name, self._document, path, (start, start + len(name.id)), on_key=on_key)

    def _given(self, playbook: str, key: str, path: KeyPath) -> Iterator[Occurrence]:
        """What a playbook that is run gets is called as that playbook calls it."""
        symbol = self._every.shared.get("playbook", {}).get(playbook)
        target = self._every.playbook(symbol.document.name) if symbol else None
        if target is not None and key in target.symbols["artifact"]:
            yield self._reference(Name("artifact", key, target.document.name), path, 0, on_key=True)

    # -- former ids ------------------------------------------------------------------------------

    def _former(self, model: Playbook) -> Iterator[Occurrence]:
        yield from self._were(Name("playbook", model.playbook), model.was, ("was",))
        for at, stage in enumerate(model.stages):
            place: KeyPath = ("stages", at)
            yield from self._were(Name("stage", stage.id, self._document.name), stage.was, (*place, "was"))
            for number, step in enumerate(stage.steps):
                path: KeyPath = (*place, "steps", number, "was")
                yield from self._were(Name("step", step.id, self._document.name), step.was, path)

    def _former_of_maps(self, model: DocumentModel) -> Iterator[Occurrence]:
        for key, kind in (("fields", "field"), ("events", "event")):
            for id_, entry in (getattr(model, key, None) or {}).items():
                yield from self._were(Name(kind, id_), getattr(entry, "was", ()), (key, id_, "was"))

    def _were(self, name: Name, former: tuple[str, ...], path: KeyPath) -> Iterator[Occurrence]:
        for at, old in enumerate(former):
            yield Occurrence(name, self._document, (*path, at), (0, len(old)), "former")

    # -- variants and decisions ------------------------------------------------------------------

    def _edited(self, playbook: CompiledPlaybook) -> Iterator[Occurrence]:
        """What the keys of variants name, and the segments that decision tables answer with."""
        for id_, variant in playbook.model.variants.items():
            for old in variant.replace:
                found = self._find(self._own, ("step",), old)
                if found is not None:
                    yield self._reference(found, ("variants", id_, "replace", old), 0, on_key=True)
            for name in variant.set:
                yield from self._set(name, ("variants", id_, "set", name))
        for id_, decision in playbook.model.decisions.items():
            if decision.sets != SEGMENT:
                continue
            for at, rule in enumerate(decision.rules):
                found = self._find(self._own, ("segment",), str(rule.gives))
                if found is not None:
                    yield self._reference(found, ("decisions", id_, "rules", at, "gives"), 0)

    def _set(self, name: str, path: KeyPath) -> Iterator[Occurrence]:
        head, *keys = name.split(".")
        maps = sorted((key.removesuffix("s") for key in MAPS), key=lambda kind: kind == "artifact")
        found = self._find(self._own, ("step", "stage", *maps), head) if keys else None
        if found is not None:
            yield self._reference(found, path, 0, on_key=True)
        elif head == "workstreams" and keys:
            found = self._find(self._own, ("workstream",), keys[0])
            if found is not None:
                yield self._reference(found, path, len(head) + 1, on_key=True)

    def _of_variant(self, variant: CompiledPlaybook) -> Iterator[Occurrence]:
        """What only a variant has: the ids that it declares, and those in the values that it sets."""
        assert variant.applied is not None
        for table in variant.symbols.values():
            for symbol in table.values():
                written = variant.applied.changed_by(symbol.path)
                if written is not None:
                    yield self._declaration(symbol, written)
        for kind, text, path, within in references_in(variant.model):
            written = variant.applied.changed_by(path)
            if written is not None and written[2:3] == ("set",):
                yield from self._named(variant.symbols, kind, text, written, within)
