"""Where each declared id is written: its declarations, and everything that names it.

For those who ask "what is this?", "where else does it stand?" and "call it something else". Positions are
read only of the documents that somebody asks for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from playbook.compiler.assembly import CompiledWhenAsked
from playbook.compiler.naming import Finder, Name, Occurrence, Tables, declared_at
from playbook.diagnostics import Place
from playbook.text.spans import SourceText
from playbook.workspace import CompiledPlaybook, Symbol, Workspace

__all__ = ["Name", "Occurrence", "Occurrences", "declared_at", "playbook_in"]


def playbook_in(workspace: Workspace, file: str) -> CompiledPlaybook | None:
    """The playbook in a file; the others are not compiled for it."""
    every = workspace.playbooks
    if isinstance(every, CompiledWhenAsked):
        return every.named(file)
    return next((playbook for playbook in every if playbook.document.name == file), None)


def _declarations_first(occurrence: Occurrence) -> bool:
    return occurrence.role != "declaration"


class Occurrences:
    """All ids of a workspace and where they are written. ``sources`` are the texts of its files."""

    def __init__(self, workspace: Workspace, sources: Mapping[str, SourceText] | None = None) -> None:
        self._workspace = workspace
        self._sources = sources or {}
        self._found: dict[str, tuple[Occurrence, ...]] = {}
        self._places: dict[str, list[tuple[Place, Occurrence]]] = {}
        self._documents = {document.name: document for document in workspace.documents}

    def within(self, file: str) -> tuple[Occurrence, ...]:
        """Every id in a file."""
        if file not in self._found:
            self._found[file] = self._find(file, None)
        return self._found[file]

    def _with_id(self, file: str, id_: str) -> tuple[Occurrence, ...]:
        """At least all places of an id in a file; not all ids are looked up for it."""
        return self._found[file] if file in self._found else self._find(file, id_)

    def _find(self, file: str, only: str | None) -> tuple[Occurrence, ...]:
        document = self._documents.get(file)
        if document is None or document.model is None:
            return ()
        return tuple(Finder(self, document, only).run())

    def placed(self, file: str) -> list[tuple[Place, Occurrence]]:
        """Every id in a file with its place, each place once, in the order of the text.

        Behind an alias stands what its anchor says: several ids of the file then have one place.
        """
        if file not in self._places:
            first: dict[Place, Occurrence] = {}
            # Of what declares and names at once (an artifact that is produced) the declaration counts.
            for occurrence in sorted(self.within(file), key=_declarations_first):
                first.setdefault(occurrence.place(), occurrence)
            self._places[file] = sorted(first.items(), key=lambda item: item[0].span)
        return self._places[file]

    def at(self, file: str, offset: int) -> tuple[Place, Occurrence] | None:
        """The id that stands at an offset of a file's text, also right behind its last character."""
        found = None
        for place, occurrence in self.placed(file):
            if place.span.start.offset <= offset <= place.span.end.offset:
                found = (place, occurrence)
                if offset < place.span.end.offset:
                    break
        return found

    def of(self, name: Name) -> list[tuple[Place, Occurrence]]:
        """Every place where a thing is named, in the order of files and places."""
        found: dict[Place, Occurrence] = {}
        for file in sorted(self._documents):
            if self._may_name(file, name):
                here = [each for each in self._with_id(file, name.id) if each.name == name]
                for occurrence in sorted(here, key=_declarations_first):
                    found.setdefault(occurrence.place(), occurrence)
        return sorted(found.items(), key=lambda item: (item[0].file, item[0].span))

    def declarations(self, name: Name) -> list[Place]:
        """Where a thing is declared: once, or by several variants of a playbook."""
        if not name.playbook:
            symbol = self.symbol(name)
            return [declared_at(symbol)] if symbol is not None else []
        every = self.placed(name.playbook)
        return [place for place, each in every if each.name == name and each.role == "declaration"]

    def _may_name(self, file: str, name: Name) -> bool:
        """Whether a file is worth being read for a name; most texts of a workspace have no part in it."""
        is_other = name.playbook not in ("", file) and self._documents[file].kind == "playbook"
        if is_other and name.kind != "artifact":
            return False
        source = self._sources.get(file)
        return source is None or name.id in source.text or "\\" in source.text

    def symbol(self, name: Name) -> Symbol | None:
        """What declares a name."""
        playbook = self.playbook(name.playbook)
        for tables in self.tables(playbook):
            symbol = tables.get(name.kind, {}).get(name.id)
            if symbol is not None:
                return symbol
        return None

    def tables(self, playbook: CompiledPlaybook | None) -> Iterator[Tables]:
        """The tables in which the ids of a document are looked up: its own, its variants', those of all."""
        if playbook is not None:
            yield playbook.symbols
            yield from (variant.symbols for variant in playbook.variants)
        yield self._workspace.symbols

    @cached_property
    def everywhere(self) -> Tables:
        """What any playbook declares, for documents that speak of all of them."""
        union: dict[str, dict[str, Symbol]] = {}
        for playbook in self._workspace.playbooks:
            for kind, table in playbook.symbols.items():
                for id_, symbol in table.items():
                    union.setdefault(kind, {}).setdefault(id_, symbol)
        return union

    @property
    def shared(self) -> Tables:
        """What all documents see."""
        return self._workspace.symbols

    def playbook(self, file: str) -> CompiledPlaybook | None:
        """The playbook in a file."""
        document = self._documents.get(file)
        return playbook_in(self._workspace, file) if document and document.kind == "playbook" else None
