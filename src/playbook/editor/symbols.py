"""The outline of a document, and everything that a workspace declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lsprotocol import types

from playbook.compiler.occurrences import declared_at
from playbook.editor.buffers import Buffer
from playbook.editor.navigate import Locate
from playbook.editor.view import View
from playbook.language.documents import KINDS
from playbook.language.playbook import Playbook
from playbook.language.stage import Stage
from playbook.text.paths import KeyPath
from playbook.workspace import Document, Symbol, Workspace

_MOST = 500
"""So many symbols of a workspace are listed; whoever looks for one writes more of its name."""

_SYMBOLS = types.SymbolKind
_KINDS = {
    "stage": _SYMBOLS.Namespace,
    "step": _SYMBOLS.Function,
    "role": _SYMBOLS.Class,
    "team": _SYMBOLS.Class,
    "field": _SYMBOLS.Field,
    "event": _SYMBOLS.Event,
    "milestone": _SYMBOLS.Event,
    "anchor": _SYMBOLS.Event,
    "handoff": _SYMBOLS.Interface,
    "kpi": _SYMBOLS.Number,
    "segment": _SYMBOLS.EnumMember,
    "playbook": _SYMBOLS.Module,
}


def outline(document: Document, buffer: Buffer) -> list[types.DocumentSymbol]:
    """Stages with their steps, and the maps of a document with their entries."""
    if document.model is None or document.kind is None:
        return []
    drawer = _Drawer(document, buffer)
    id_ = document.id or document.kind
    title = getattr(document.model, "title", None)
    parts = sorted(drawer.parts(), key=lambda part: (part.range.start.line, part.range.start.character))
    whole = buffer.range(0, len(buffer.text))
    place = document.locator.place((document.kind,))
    head = buffer.of_span(place.span)
    return [types.DocumentSymbol(id_, _SYMBOLS.Module, whole, head, title or document.kind, children=parts)]


class _Drawer:
    def __init__(self, document: Document, buffer: Buffer) -> None:
        self._document = document
        self._buffer = buffer

    def parts(self) -> Iterator[types.DocumentSymbol]:
        model = self._document.model
        for name in type(model).model_fields if model is not None else ():
            value = getattr(model, name)
            if name == "stages" and isinstance(model, Playbook):
                yield from (self._stage(stage, ("stages", at)) for at, stage in enumerate(model.stages))
            elif isinstance(value, dict) and value and name not in KINDS:
                yield self._map(name, value)

    def _stage(self, stage: Stage, path: KeyPath) -> types.DocumentSymbol:
        steps = [
            self._symbol(step.id, "step", step.do, (*path, "steps", at), (*path, "steps", at, "id"))
            for at, step in enumerate(stage.steps)
        ]
        return self._symbol(stage.id, "stage", stage.title, path, (*path, "id"), steps)

    def _map(self, name: str, entries: dict[str, Any]) -> types.DocumentSymbol:
        kind = name.removesuffix("s")
        children = []
        for id_, entry in entries.items():
            title = getattr(entry, "title", None) or getattr(entry, "do", None)
            children.append(self._symbol(id_, kind, title, (name, id_), None))
        return self._symbol(name, "map", None, (name,), None, children)

    def _symbol(
        self,
        name: str,
        kind: str,
        title: str | None,
        path: KeyPath,
        id_path: KeyPath | None,
        children: list[types.DocumentSymbol] | None = None,
    ) -> types.DocumentSymbol:
        locator = self._document.locator
        whole = locator.place(path).span
        head = locator.place(id_path).span if id_path else locator.place(path, key=True).span
        start = min(whole.start.offset, head.start.offset)
        end = max(whole.end.offset, head.end.offset)
        return types.DocumentSymbol(
            name,
            _KINDS.get(kind, _SYMBOLS.Object),
            self._buffer.range(start, end),
            self._buffer.of_span(head),
            title,
            children=children,
        )


def workspace_symbols(workspace: Workspace, query: str, locate: Locate) -> list[types.WorkspaceSymbol]:
    """What a workspace declares whose id or title has the letters of a query in their order."""
    wanted = "".join(query.casefold().split())
    found = []
    for symbol in _declared(workspace):
        title = getattr(symbol.value, "title", None) or getattr(symbol.value, "do", None) or ""
        if not (_has(symbol.id, wanted) or _has(str(title), wanted)):
            continue
        location = locate(declared_at(symbol))
        kind = _KINDS.get(symbol.kind, _SYMBOLS.Object)
        container = f"{symbol.kind} in {symbol.document.name}"
        found.append(types.WorkspaceSymbol(location, symbol.id, kind, container_name=container))
        if len(found) >= _MOST:
            break
    return found


def _declared(workspace: Workspace) -> Iterator[Symbol]:
    for table in workspace.symbols.values():
        yield from table.values()
    for playbook in workspace.playbooks:
        for table in playbook.symbols.values():
            yield from table.values()


def _has(text: str, letters: str) -> bool:
    rest = iter(text.casefold())
    return all(letter in rest for letter in letters)


def view_outline(view: View) -> list[types.DocumentSymbol]:
    """The outline of a document; of one that cannot be read just now, none."""
    return outline(view.document, view.buffer) if view.document is not None and view.is_current else []
