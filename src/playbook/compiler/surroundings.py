"""What a document sees of the rest of its workspace, and a record of what it has asked.

Whether what was found in a playbook still holds is told by its own text, by the documents that all share,
and by the answers to what was asked about the other playbooks. There is no way around the asking: the tables
and sets that a playbook is given are made here.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property

from playbook.compiler.outlines import Outline
from playbook.compiler.resolve import DECLARING
from playbook.compiler.symbols import OWN_KINDS, SHARED_KINDS, Declared, shared_symbols
from playbook.diagnostics import Diagnostic
from playbook.language.documents import KINDS
from playbook.text.digests import digest
from playbook.workspace import Document, Symbol, Table


class Surroundings:
    """A workspace as one of its documents sees it.

    ``outlines`` and ``documents`` are those of all files, in the same order; of a playbook the document may
    be one that is read only when it is looked at. ``digests`` are those of the files' texts, by name.
    """

    def __init__(
        self, outlines: Sequence[Outline], documents: Sequence[Document], digests: Mapping[str, str]
    ) -> None:
        self.findings: list[Diagnostic] = []
        """What is declared twice."""
        self.tables: Declared = shared_symbols(documents, self.findings)
        self._digests = digests
        self._outlines = outlines
        self.playbooks: dict[str, Document] = {}
        """The playbooks by id; of two with one id, the first."""
        for outline, document in zip(outlines, documents, strict=True):
            if outline.kind == "playbook" and outline.id:
                self.playbooks.setdefault(outline.id, document)
        kinds = {outline.kind for outline in outlines if outline.kind}
        failed = {outline.kind for outline in outlines if outline.kind and not outline.read}
        if any(outline.kind is None for outline in outlines):
            # What could not be read at all may be of any kind of which there is no other document.
            failed.update(kind for kind in KINDS if kind not in kinds)
        # Others are never asked for, and playbooks come and go while somebody types.
        self.kinds = frozenset(kinds & DECLARING)
        self.failed = frozenset(failed & DECLARING)
        self.lost_kinds = frozenset(
            kind for outline in outlines for kind in outline.lost_kinds if kind in SHARED_KINDS
        )

    @cached_property
    def _lost(self) -> frozenset[str]:
        return frozenset(id_ for outline in self._outlines for id_ in outline.lost)

    @cached_property
    def _yielding(self) -> dict[str, set[str]]:
        """The playbooks that capture or produce a thing."""
        found: dict[str, set[str]] = {}
        of_name = {outline.name: outline for outline in self._outlines}
        for id_, document in self.playbooks.items():
            for name in of_name[document.name].yields:
                found.setdefault(name, set()).add(id_)
        return found

    @cached_property
    def everywhere(self) -> dict[str, dict[str, None]]:
        """The ids that any playbook declares for itself, for documents that speak of all of them."""
        tables: dict[str, dict[str, None]] = {kind: {} for kind in OWN_KINDS}
        for outline in self._outlines:
            for kind, ids in (outline.declared or {}).items():
                tables[kind].update(dict.fromkeys(ids))
        return tables

    @cached_property
    def common(self) -> str:
        """A digest of what every playbook depends on: the documents that all share."""
        shared = [(it.name, self._digests[it.name]) for it in self._outlines if it.kind != "playbook"]
        return digest(repr((shared, sorted(self.kinds), sorted(self.failed), sorted(self.lost_kinds))))

    def answer(self, question: tuple[str, ...]) -> str:
        """The answer to a question of a playbook about the others."""
        match question:
            case ("playbook", id_):
                document = self.playbooks.get(id_)
                return f"{document.name}:{self._digests[document.name]}" if document else ""
            case ("playbooks",):
                return self._ids
            case ("lost", name):
                return "yes" if name in self._lost else ""
            case ("yields", name, besides):
                return "yes" if self._yielding.get(name, set()) - {besides} else ""
        return "?"  # a question of another version of this program

    @cached_property
    def _ids(self) -> str:
        return digest("\0".join(self.playbooks))

    def view(self) -> View:
        """The surroundings for one document, which remembers what it asks."""
        return View(self)


class View:
    """The surroundings of one document, and what it has asked."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._answers: dict[tuple[str, ...], str] = {}
        self.tables: dict[str, Table] = {
            **surroundings.tables,
            "playbook": Playbooks(self, surroundings.playbooks),
        }
        self.lost = _Lost(self)

    def ask(self, *question: str) -> str:
        """The answer to a question, which is remembered."""
        answer = self._answers.get(question)
        if answer is None:
            answer = self._answers[question] = self._surroundings.answer(question)
        return answer

    def yields(self, name: str, besides: str) -> bool:
        """Whether a step captures or produces something in a playbook other than that of the id ``besides``."""
        return self.ask("yields", name, besides) == "yes"

    @property
    def asked(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """All questions and their answers so far."""
        return tuple(self._answers.items())


class Playbooks(Mapping[str, Symbol]):
    """The playbooks of a workspace as a table of symbols, each read only when it is looked up."""

    def __init__(self, view: View, documents: Mapping[str, Document]) -> None:
        self._view = view
        self._documents = documents
        self._symbols: dict[str, Symbol] = {}

    def __getitem__(self, id_: str) -> Symbol:
        if id_ not in self:
            raise KeyError(id_)
        if id_ not in self._symbols:
            document = self._documents[id_]
            self._symbols[id_] = Symbol("playbook", id_, document, ("playbook",), document.model)
        return self._symbols[id_]

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self._view.ask("playbook", id_) != ""

    def __iter__(self) -> Iterator[str]:
        self._view.ask("playbooks")
        return iter(self._documents)

    def __len__(self) -> int:
        self._view.ask("playbooks")
        return len(self._documents)


class _Lost(Container[str]):
    """The names that a mistake somewhere in the workspace may have hidden."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._view.ask("lost", name) == "yes"
