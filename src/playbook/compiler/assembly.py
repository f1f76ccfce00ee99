"""One workspace, put together of its documents, each compiled when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Protocol, overload

from playbook.compiler.discover import WorkspaceFiles
from playbook.compiler.lazy import OutlinedDocument, OutlinedPlaybook
from playbook.compiler.opening import Known, Opening, Openings, Text, Unknown, opened
from playbook.compiler.outlines import Outline
from playbook.compiler.part import Part, compile_part
from playbook.compiler.surroundings import Surroundings
from playbook.config import Config
from playbook.diagnostics import Diagnostic
from playbook.text.spans import SourceText
from playbook.workspace import CompiledPlaybook, Document, Workspace


@dataclass(frozen=True)
class Compiled:
    """A workspace with its configuration.

    ``selected`` are the files that were asked for, ``passed_over`` the YAML files that are not ours,
    ``paths`` the files by the names that messages tell.
    """

    workspace: Workspace
    config: Config
    selected: frozenset[str]
    passed_over: tuple[str, ...]
    sources: dict[str, SourceText]
    paths: Mapping[str, Path] = field(default_factory=dict, repr=False)

    @property
    def checked(self) -> int:
        """How many documents were asked for."""
        return sum(document.name in self.selected for document in self.workspace.documents)

    @property
    def playbooks(self) -> tuple[CompiledPlaybook, ...]:
        """The playbooks in the files that were asked for."""
        return tuple(playbook for playbook in self.workspace.playbooks if playbook.document.name in self.selected)


class Found(Protocol):
    """What compiling a document adds to its workspace."""

    @property
    def diagnostics(self) -> Sequence[Diagnostic]:
        """The findings of reading and compiling it."""

    @property
    def used(self) -> Iterable[tuple[str, str]]:
        """The kind and id of every symbol that it names."""


class Assembly:
    """A workspace that is being put together of ``texts``, which are in the order of their names.

    ``openings`` are documents that are open already; those that are opened are added.
    """

    def __init__(
        self,
        files: WorkspaceFiles,
        texts: Sequence[Text],
        known: Known | None = None,
        openings: Openings | None = None,
    ) -> None:
        self.files = files
        self._openings: Openings = {} if openings is None else openings
        self._known: Known = known or Unknown()
        self._parts: dict[str, Part] = {}
        self._outlined: dict[str, OutlinedPlaybook] = {}
        self.passed: list[Text] = []
        """The texts that are none of our documents."""
        self.texts: dict[str, Text] = {}
        """The texts of our documents."""
        self.outlines: dict[str, Outline] = {}
        self._add(texts)

    def _add(self, texts: Sequence[Text]) -> None:
        for text in texts:
            outline = self._known.outline(text)
            if outline is True or (isinstance(outline, Outline) and outline.kind != "playbook"):
                # What all share is needed in full by whatever is compiled.
                opening = opened(text, self._openings, self._known)
                outline = opening.outline if opening is not None else False
            if isinstance(outline, Outline):
                self.texts[text.name] = text
                self.outlines[text.name] = outline
            else:
                self.passed.append(text)

    def value(self, name: str) -> str | None:
        """The text of the plain value of a document, if it is known."""
        text = self.texts[name]
        opening = self._openings.get(text.key)
        return opening.value if opening is not None else self._known.value(text)

    def opening(self, name: str) -> Opening:
        """A document of the workspace."""
        opening = opened(self.texts[name], self._openings, self._known)
        assert opening is not None, f"{name} is no document"
        return opening

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """All documents; those that nobody has opened yet are opened when they are looked at."""
        return tuple(self._document(text, self.outlines[name]) for name, text in self.texts.items())

    def _document(self, text: Text, outline: Outline) -> Document:
        opening = self._openings.get(text.key)
        if opening is not None:
            return opening.document
        return OutlinedDocument(outline, lambda: self.opening(text.name).document)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What each document sees of the others."""
        digests = {name: text.digest for name, text in self.texts.items()}
        return Surroundings(tuple(self.outlines.values()), self.documents, digests)

    @property
    def playbooks(self) -> tuple[str, ...]:
        """The names of all playbooks, also of those that could not be read."""
        return tuple(name for name, outline in self.outlines.items() if outline.kind == "playbook")

    def part(self, name: str) -> Part:
        """A document, compiled."""
        if name not in self._parts:
            self._parts[name] = compile_part(self.opening(name), self.surroundings)
        return self._parts[name]

    def playbook(self, name: str) -> CompiledPlaybook:
        """A playbook that could be read; compiled only as far as somebody asks."""
        if name in self._parts:
            return self._playbook(name)
        if name not in self._outlined:
            view = self.surroundings.view()
            compile_ = partial(self._playbook, name)
            self._outlined[name] = OutlinedPlaybook(partial(self.opening, name), view, compile_)
        return self._outlined[name]

    def _playbook(self, name: str) -> CompiledPlaybook:
        playbook = self.part(name).playbook
        assert playbook is not None, f"{name} is no playbook that could be read"
        return playbook

    def compiled(self, found: Mapping[str, Found] | None = None) -> Compiled:
        """The whole workspace. What is ``found`` already need not be compiled for it."""
        known = found or {}
        every: list[Found] = [known.get(name) or self.part(name) for name in self.texts]
        findings = [*self.files.diagnostics, *self.surroundings.findings]
        findings += [finding for part in every for finding in part.diagnostics]
        names = tuple(name for name in self.playbooks if self.outlines[name].read)
        workspace = Workspace(
            self.files.root.as_posix(),
            self.documents,
            CompiledWhenAsked(self, names),
            {**self.surroundings.tables, "playbook": self.surroundings.view().tables["playbook"]},
            frozenset(pair for part in every for pair in part.used),
            # In the order of reports, each once: an alias repeats the place of its anchor.
            tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key)),
            tuple(
                (document, path, text)
                for document in self.documents
                if document.kind != "playbook"
                for path, text in self.part(document.name).expressions
            ),
            self.files.listing,
            self.files.relative,
        )
        sources = {name: text.source for name, text in self.texts.items() if text.source}
        if self.files.config.source is not None:
            sources[self.files.config.source.name] = self.files.config.source
        files = self.files
        return Compiled(
            workspace,
            files.config,
            frozenset(files.selected),
            tuple(text.name for text in self.passed),
            sources,
            dict(files.files),
        )


class CompiledWhenAsked(Sequence[CompiledPlaybook]):
    """The playbooks of a workspace, each compiled when it is asked for."""

    def __init__(self, assembly: Assembly, names: tuple[str, ...]) -> None:
        self._assembly = assembly
        self._names = names

    @overload
    def __getitem__(self, index: int) -> CompiledPlaybook: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[CompiledPlaybook, ...]: ...
    def __getitem__(self, index: int | slice) -> CompiledPlaybook | tuple[CompiledPlaybook, ...]:
        if isinstance(index, slice):
            return tuple(map(self._assembly.playbook, self._names[index]))
        return self._assembly.playbook(self._names[index])

    def named(self, name: str) -> CompiledPlaybook | None:
        """The playbook in the file of that name, if there is one."""
        return self._assembly.playbook(name) if name in self._names else None

    def __iter__(self) -> Iterator[CompiledPlaybook]:
        return map(self._assembly.playbook, self._names)

    def __len__(self) -> int:
        return len(self._names)
