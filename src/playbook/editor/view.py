"""What an answer is made of: a text of the editor, and the workspace that it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from playbook.compiler.occurrences import Name, Occurrences
from playbook.compiler.symbols import PARTS
from playbook.editor.buffers import Buffer
from playbook.editor.wanted import ModelOf
from playbook.expressions.types import Type
from playbook.language.base import Model
from playbook.language.stage import Stage
from playbook.language.step import Step
from playbook.lint.catalogue import Catalogue, built_in
from playbook.results import Results
from playbook.signals import type_of_name
from playbook.workspace import CompiledPlaybook, Document, Symbol, Table, Workspace


@dataclass(frozen=True)
class View:
    """A document as somebody sees it who asks something of it.

    ``kind`` is told from the text, ``document`` is what was last compiled of it. ``playbook`` is the
    document's own; while it cannot be read, the last one that could. ``catalogue`` has the rules that there are.
    """

    buffer: Buffer
    file: str
    kind: str | None
    workspace: Workspace
    occurrences: Occurrences
    playbook: CompiledPlaybook | None
    document: Document | None
    results: Results | None = None
    catalogue: Catalogue = field(default_factory=built_in)

    @property
    def own(self) -> Mapping[str, Table]:
        """What the document itself declares; for one that is no playbook, what any playbook declares."""
        if self.playbook is not None:
            return self.playbook.symbols
        return {} if self.kind == "playbook" else self.occurrences.everywhere

    @property
    def shared(self) -> Mapping[str, Table]:
        """What all documents see."""
        return self.workspace.symbols

    @property
    def is_current(self) -> bool:
        """Whether the document was compiled from this very text."""
        document = self.document
        return document is not None and document.source is not None and document.source.text == self.buffer.text

    def symbols(self, kind: str) -> Table:
        """The symbols of a kind that this document sees."""
        table = self.own.get(kind)
        return table if table is not None else self.shared.get(kind, {})

    def type_of(self, name: str) -> Type | None:
        """The type of a name in an expression."""
        return type_of_name(name, self.own, self.shared)

    def part(self, id_: str) -> Symbol | None:
        """The part of the playbook that an id stands for."""
        return next((self.own[kind][id_] for kind in PARTS if id_ in self.own.get(kind, {})), None)

    @property
    def model_of_part(self) -> ModelOf:
        """The models of parts, by id."""
        return self._model_of_part

    def _model_of_part(self, id_: str) -> type[Model] | None:
        symbol = self.part(id_)
        if symbol is None:
            return None
        if isinstance(symbol.value, Model):
            return type(symbol.value)
        known: dict[str, type[Model]] = {"step": Step, "stage": Stage}
        return known.get(symbol.kind)

    def name_of(self, symbol: Symbol) -> Name:
        """What identifies a symbol."""
        is_own = symbol.kind not in self.shared
        return Name(symbol.kind, symbol.id, symbol.document.name if is_own else "")

    def titles(self, symbol: Symbol) -> Iterator[str]:
        """What a symbol is called by people, if anything."""
        for key in ("title", "do"):
            text = getattr(symbol.value, key, None)
            if isinstance(text, str):
                yield text
