"""The documents that an editor has open, the session that checks them, and what is told of them.

All of it runs in one thread, the worker, so that nothing here needs a lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from playbook.checking.run import catalogue_for
from playbook.checking.session import Session
from playbook.checking.settings import Settings
from playbook.compiler.assembly import Compiled
from playbook.compiler.desugar import desugar
from playbook.compiler.documents import open_document
from playbook.compiler.occurrences import Occurrences, playbook_in
from playbook.compiler.symbols import own_symbols
from playbook.diagnostics import Edit, Place
from playbook.editor.addresses import path_of, uri_of
from playbook.editor.buffers import Buffer, Encoding, range_of
from playbook.editor.cursor import kind_of
from playbook.editor.findings import as_diagnostic, text_edit
from playbook.editor.view import View
from playbook.language.playbook import Playbook
from playbook.reader import decode, load_file
from playbook.results import Results
from playbook.text.spans import SourceText
from playbook.workspace import CompiledPlaybook, Workspace

Published = dict[str, tuple[int | None, list[types.Diagnostic]]]
"""Diagnostics by address, each with the version of the text that they are about."""


class Desk:
    """Everything that is known of an editor's documents."""

    def __init__(self, home: Path, encoding: Encoding = "utf-16") -> None:
        self._home = home
        self._encoding: Encoding = encoding
        self._session = Session(home, Settings(home=home))
        self._buffers: dict[str, Buffer] = {}
        self._uris: dict[str, str] = {}
        """The addresses of open files, by the name that messages use: as the editor writes them."""
        self._readable: dict[str, CompiledPlaybook] = {}
        """The last of each playbook that could be read, by file."""
        self._views: dict[str, View] = {}
        self._sources: dict[str, SourceText] = {}
        self._occurrences: tuple[Workspace, Occurrences] | None = None
        self._results: Results | None = None

    # -- what the editor says --------------------------------------------------------------------

    def update(self, uri: str, text: str, version: int | None) -> None:
        """A document was opened, or has another text now."""
        path = path_of(uri, self._home)
        name = self._session.name_of(path)
        self._buffers[uri] = Buffer(SourceText(name, text), self._encoding, version)
        self._uris[name] = uri
        self._results = None
        self._session.update(path, text)

    def close(self, uri: str) -> None:
        """A document was closed: from now on it is as it is on disk."""
        buffer = self._buffers.pop(uri, None)
        if buffer is None:
            return
        self._uris.pop(buffer.source.name, None)
        self._views.pop(uri, None)
        self._results = None
        self._session.update(path_of(uri, self._home), None)

    def changed_on_disk(self) -> None:
        """Files were written, made or removed by somebody else."""
        self._session.reload()
        self._sources.clear()
        self._results = None

    # -- what is told ----------------------------------------------------------------------------

    def diagnostics(self) -> Published:
        """All findings of all files of the workspaces that are known, and empty lists for open ones."""
        results = self._current_results() if self._buffers else Results((), 0)
        found: Published = {uri: (buffer.version, []) for uri, buffer in self._buffers.items()}
        for finding in results.findings:
            uri = self.uri_of(finding.place.file)
            version = self._buffers[uri].version if uri in self._buffers else None
            listed = found.setdefault(uri, (version, []))[1]
            listed.append(as_diagnostic(finding, results.sources, self.uri_of, self._encoding))
        return found

    def _current_results(self) -> Results:
        if self._results is None:
            self._results = self._session.results()
        return self._results

    # -- what is asked ---------------------------------------------------------------------------

    def view(self, uri: str, *, results: bool = False) -> View | None:
        """A document as it is now; ``None`` for one that is not open."""
        buffer = self._buffers.get(uri)
        if buffer is None:
            return None
        compiled = self._session.compiled(path_of(uri, self._home))
        view = self._make(buffer, compiled, self._current_results() if results else None)
        self._views[uri] = view
        return view

    def rough_view(self, uri: str, offset_of: types.Position) -> View | None:
        """A document while it is being typed: with what was last compiled, without compiling anew."""
        buffer = self._buffers.get(uri)
        last = self._views.get(uri)
        if buffer is None:
            return None
        if last is None:
            last = self.view(uri)
            assert last is not None
        playbook = last.playbook
        kind = kind_of(buffer.text)
        if playbook is None and kind == "playbook":
            playbook = _mended(buffer, buffer.line_of(buffer.offset(offset_of)), last.workspace)
        return View(
            buffer, last.file, kind, last.workspace, last.occurrences, playbook, last.document, None, last.catalogue
        )

    def buffer(self, uri: str) -> Buffer | None:
        """The text of an open document."""
        return self._buffers.get(uri)

    def workspaces(self) -> list[Workspace]:
        """The workspaces of the open documents."""
        found: dict[str, Workspace] = {}
        for uri in self._buffers:
            workspace = self._session.compiled(path_of(uri, self._home)).workspace
            found.setdefault(workspace.root, workspace)
        return list(found.values())

    def _make(self, buffer: Buffer, compiled: Compiled, results: Results | None) -> View:
        workspace = compiled.workspace
        self._sources.update(compiled.sources)
        name = buffer.source.name
        document = next((each for each in workspace.documents if each.name == name), None)
        if document is not None and isinstance(document.model, Playbook):
            readable = playbook_in(workspace, name)
            if readable is not None:
                self._readable[name] = readable
        kind = kind_of(buffer.text)
        playbook = self._readable.get(name) if kind == "playbook" else None
        if self._occurrences is None or self._occurrences[0] is not workspace:
            self._occurrences = (workspace, Occurrences(workspace, compiled.sources))
        return View(
            buffer,
            name,
            kind,
            workspace,
            self._occurrences[1],
            playbook,
            document,
            results,
            catalogue_for(compiled),
        )

    # -- addresses and places --------------------------------------------------------------------

    def uri_of(self, file: str) -> str:
        """The address of a file, as the editor writes it if it has it open."""
        return self._uris.get(file) or uri_of(self._home / file)

    def source_of(self, file: str) -> SourceText | None:
        """The text of a file, from the editor or as it was when it was last compiled."""
        uri = self._uris.get(file)
        if uri is not None:
            return self._buffers[uri].source
        if file not in self._sources:
            loaded = load_file(self._home / file, file)[0]
            if loaded is None:
                return None
            self._sources[file] = loaded
        return self._sources[file]

    def location(self, place: Place) -> types.Location:
        """A place as the editor has it."""
        return types.Location(self.uri_of(place.file), range_of(place, self.source_of(place.file), self._encoding))

    def edits(self, edits: Iterable[Edit], *, versioned: bool) -> types.WorkspaceEdit:
        """Edits of files as the editor makes them; ``versioned`` ones only if its text is still the same."""
        by_file: dict[str, list[types.TextEdit]] = {}
        for edit in edits:
            source = self.source_of(edit.file)
            if source is not None:
                by_file.setdefault(edit.file, []).append(text_edit(edit, source, self._encoding))
        if not versioned:
            return types.WorkspaceEdit(changes={self.uri_of(file): listed for file, listed in by_file.items()})
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(self.uri_of(file), self._version(file)),
                    list(listed),
                )
                for file, listed in by_file.items()
            ]
        )

    def _version(self, file: str) -> int | None:
        uri = self._uris.get(file)
        return self._buffers[uri].version if uri is not None else None


def _mended(buffer: Buffer, line: int, workspace: Workspace) -> CompiledPlaybook | None:
    """The playbook of a text that was never readable, without the line that is being typed, or up to it."""
    start, end = buffer.start_of_line(line), buffer.end_of_line(line)
    for text in (buffer.text[:start] + buffer.text[end:], buffer.text[:start]):
        source = decode(text.encode("utf-8", "surrogatepass"), buffer.source.name)[0]
        opened = open_document(source, explicit=False) if source is not None and text.strip() else None
        if opened is not None and isinstance(opened.document.model, Playbook):
            document, model = opened.document, opened.document.model
            return CompiledPlaybook(
                document, model, desugar(model), own_symbols(document, model, []), workspace.symbols
            )
    return None
