"""The whole way: from paths, or a text, to compiled workspaces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from playbook.compiler.desugar import desugar
from playbook.compiler.discover import WorkspaceFiles, discover
from playbook.compiler.documents import Opened, open_document, unreadable
from playbook.compiler.plan import Expressions, expressions_among, references_in
from playbook.compiler.resolve import Resolver
from playbook.compiler.symbols import OWN_KINDS, SHARED_KINDS, own_symbols, shared_symbols
from playbook.compiler.variants import compile_variants
from playbook.config import Config
from playbook.diagnostics import Diagnostic
from playbook.language.documents import KINDS
from playbook.language.playbook import Playbook
from playbook.reader import load_file
from playbook.text.spans import SourceText
from playbook.workspace import CompiledPlaybook, Symbol, Table, Workspace

NAMELESS = "<stdin>"
"""What a text from standard input is called that has no file name."""


@dataclass(frozen=True)
class Compiled:
    """A workspace with its configuration.

    ``selected`` are the files that were asked for, ``passed_over`` the YAML files that are not ours.
    """

    workspace: Workspace
    config: Config
    selected: frozenset[str]
    passed_over: tuple[str, ...]
    sources: dict[str, SourceText]

    @property
    def checked(self) -> int:
        """How many documents were asked for."""
        return sum(document.name in self.selected for document in self.workspace.documents)

    @property
    def playbooks(self) -> tuple[CompiledPlaybook, ...]:
        """The playbooks in the files that were asked for."""
        return tuple(playbook for playbook in self.workspace.playbooks if playbook.document.name in self.selected)


def compile_paths(paths: Iterable[Path], home: Path, overlay: SourceText | None = None) -> list[Compiled]:
    """Compile the workspaces that ``paths`` belong to.

    ``overlay`` is a text that is not on disk (standard input); the one path then says its name and so
    its workspace.
    """
    found = discover(paths, home)
    for files in found if overlay is not None else ():
        # The name of the text is no file of its own; a file of that name gives way to it.
        for name in files.explicit:
            files.files.pop(name, None)
            overlay = SourceText(name, overlay.text) if overlay is not None else None
    return [_compile(files, overlay) for files in found]


def _compile(files: WorkspaceFiles, overlay: SourceText | None) -> Compiled:
    opened: list[Opened] = []
    passed_over: list[str] = []
    for name in sorted(files.files):
        source, findings = load_file(files.files[name], name)
        if source is None:
            opened.append(unreadable(name, findings))
            continue
        document = open_document(source, explicit=name in files.explicit)
        if document is None:
            passed_over.append(name)
        else:
            opened.append(document)
    if overlay is not None:
        extra = open_document(overlay, explicit=True)
        if extra is not None:
            opened = sorted(_instead(opened, extra), key=lambda item: item.document.name)
    sources = {item.document.name: item.document.source for item in opened if item.document.source}
    if files.config.source is not None:
        sources[files.config.source.name] = files.config.source
    workspace = _workspace(files, opened)
    return Compiled(workspace, files.config, frozenset(files.selected), tuple(passed_over), sources)


def _instead(opened: list[Opened], extra: Opened) -> list[Opened]:
    """A text without a name of its own stands in for the file with the same document."""
    if extra.document.name != NAMELESS:
        return [*opened, extra]
    same = (extra.document.kind, extra.document.id)
    return [item for item in opened if (item.document.kind, item.document.id) != same or None in same] + [extra]


def _workspace(files: WorkspaceFiles, opened: list[Opened]) -> Workspace:
    findings: list[Diagnostic] = [
        *files.diagnostics,
        *(finding for item in opened for finding in item.diagnostics),
    ]
    documents = tuple(item.document for item in opened)
    shared = shared_symbols(documents, findings)
    own = {
        document.name: own_symbols(document, document.model, findings)
        for document in documents
        if isinstance(document.model, Playbook)
    }
    everywhere = _union(own)
    resolver = _resolver(shared, opened)
    expressions: dict[str, Expressions] = {}
    for item in opened:
        document, model = item.document, item.document.model
        if model is not None:
            known = own.get(document.name, everywhere)
            references = references_in(model)
            resolver.resolve(document, references, known, item.lost_kinds)
            expressions[document.name] = expressions_among(references)
    findings.extend(resolver.findings)
    playbooks: list[CompiledPlaybook] = []
    for item in opened:
        document, model = item.document, item.document.model
        if not isinstance(model, Playbook):
            continue
        base = CompiledPlaybook(
            document,
            model,
            desugar(model),
            own[document.name],
            shared,
            expressions=expressions[document.name],
        )
        # What is lost, or was read as another id than is written, would be told again of each variant.
        variants = () if item.lost else compile_variants(base, resolver, findings)
        playbooks.append(replace(base, variants=variants))
    return Workspace(
        files.root.as_posix(),
        documents,
        tuple(playbooks),
        shared,
        frozenset(resolver.used),
        tuple(_unique(findings)),
        tuple(
            (document, path, text)
            for document in documents
            if not isinstance(document.model, Playbook)
            for path, text in expressions.get(document.name, ())
        ),
    )


def _resolver(shared: dict[str, Table], opened: list[Opened]) -> Resolver:
    kinds = frozenset(item.document.kind for item in opened if item.document.kind)
    failed = {item.document.kind for item in opened if item.document.kind and item.document.model is None}
    if any(item.document.kind is None for item in opened):
        # What could not be read at all may be of any kind of which there is no other document.
        failed.update(kind for kind in KINDS if kind not in kinds)
    return Resolver(
        shared,
        kinds,
        frozenset(failed),
        frozenset(id_ for item in opened for id_ in item.lost),
        frozenset(kind for item in opened for kind in item.lost_kinds if kind in SHARED_KINDS),
    )


def _union(own: dict[str, dict[str, dict[str, Symbol]]]) -> dict[str, dict[str, Symbol]]:
    """What any playbook declares, for documents that speak of all of them."""
    tables: dict[str, dict[str, Symbol]] = {kind: {} for kind in OWN_KINDS}
    for symbols in own.values():
        for kind, table in symbols.items():
            for id_, symbol in table.items():
                tables[kind].setdefault(id_, symbol)
    return tables


def _unique(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Findings in the order of reports, each once: an alias repeats the place of its anchor."""
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key)
