"""What the protocol asks, and who answers it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, BinaryIO, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from playbook.editor.actions import FIX_ALL, actions
from playbook.editor.complete import completions
from playbook.editor.desk import Desk
from playbook.editor.format import formatted
from playbook.editor.hover import hover
from playbook.editor.navigate import definitions, highlights, references
from playbook.editor.rename import RefusedError, rename, renamed_at
from playbook.editor.server import Server
from playbook.editor.symbols import view_outline, workspace_symbols
from playbook.editor.view import View

T = TypeVar("T")
Answer = Callable[[Server, Any], Awaitable[Any]]

PAUSE = 0.15
"""Seconds without a keystroke before the documents are checked."""

_REQUEST_FAILED = -32803


def create(pause: float = PAUSE) -> Server:
    """A server with all of its features."""
    server = Server(pause)
    for name, notice in _NOTICES.items():
        server.feature(name)(notice)
    for name, (answer, options) in _ANSWERS.items():
        server.feature(name, options)(_safe(name, answer))
    return server


def _safe(name: str, answer: Answer) -> Answer:
    """An answer that gives nothing, and leaves a note in the editor's log, where it would fail."""

    async def safe(ls: Server, params: Any) -> Any:
        try:
            return await answer(ls, params)
        except RefusedError as error:
            raise JsonRpcException(str(error), _REQUEST_FAILED) from None
        except Exception:  # whatever fails in one answer, the editor keeps its server and its other answers
            ls.tell_of_fault(name)
            return None

    return safe


def serve(stdin: BinaryIO, stdout: BinaryIO, pause: float = PAUSE) -> int:
    """Serve one editor until it says goodbye: 0 if it did so in order, else 1."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = create(pause)
    server.start_io(stdin, stdout)
    return 0 if server.protocol._shutdown else 1


# -- notices -------------------------------------------------------------------------------------


def _is_ours(uri: str, language: str) -> bool:
    """Whether a document is YAML, and a file, if only once it is saved: an old version (`git:`) is none."""
    is_yaml = language in ("yaml", "playbook") or uri.lower().endswith((".yaml", ".yml"))
    return is_yaml and uri.lower().startswith(("file:", "untitled:"))


def _initialized(ls: Server, params: types.InitializeParams) -> None:
    ls.settle(params)


async def _ready(ls: Server, params: types.InitializedParams) -> None:
    del params
    await ls.watch()


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    if _is_ours(document.uri, document.language_id):
        ls.take(document.uri, document.text, document.version)


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    uri = params.text_document.uri
    if uri in ls.known:
        ls.take(uri, ls.workspace.get_text_document(uri).source, params.text_document.version)


def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    # Where nobody tells of other files, saving one is a good moment to look at them.
    if params.text_document.uri.endswith("playbook.toml") or not ls.is_told_of_files:
        ls.changed_on_disk()


def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    if params.text_document.uri in ls.known:
        ls.drop(params.text_document.uri)


def _changed_on_disk(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    del params
    ls.changed_on_disk()


def _folders_changed(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    del params
    ls.check_soon()


_NOTICES: dict[str, Callable[..., Any]] = {
    types.INITIALIZE: _initialized,
    types.INITIALIZED: _ready,
    types.TEXT_DOCUMENT_DID_OPEN: _opened,
    types.TEXT_DOCUMENT_DID_CHANGE: _changed,
    types.TEXT_DOCUMENT_DID_SAVE: _saved,
    types.TEXT_DOCUMENT_DID_CLOSE: _closed,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _changed_on_disk,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _folders_changed,
}


# -- answers -------------------------------------------------------------------------------------


async def _in_view(ls: Server, uri: str, work: Callable[[View, Desk], T], *, results: bool = False) -> T | None:
    def answer(desk: Desk) -> T | None:
        view = desk.view(uri, results=results)
        return work(view, desk) if view is not None else None

    return await ls.ask(answer)


async def _completion(ls: Server, params: types.CompletionParams) -> types.CompletionList:
    def answer(desk: Desk) -> list[types.CompletionItem]:
        view = desk.rough_view(params.text_document.uri, params.position)
        return (
            completions(view, view.buffer.offset(params.position), again=ls.offers_again)
            if view is not None
            else []
        )

    return types.CompletionList(is_incomplete=False, items=await ls.ask(answer))


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    return await _in_view(
        ls, params.text_document.uri, lambda view, _: hover(view, view.buffer.offset(params.position))
    )


async def _definition(ls: Server, params: types.DefinitionParams) -> list[types.Location] | None:
    return await _in_view(
        ls,
        params.text_document.uri,
        lambda view, desk: definitions(view, view.buffer.offset(params.position), desk.location),
    )


async def _references(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
    declarations = params.context.include_declaration
    return await _in_view(
        ls,
        params.text_document.uri,
        lambda view, desk: references(
            view, view.buffer.offset(params.position), desk.location, declarations=declarations
        ),
    )


async def _highlight(ls: Server, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
    return await _in_view(
        ls, params.text_document.uri, lambda view, _: highlights(view, view.buffer.offset(params.position))
    )


async def _prepare_rename(ls: Server, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    def prepared(view: View, desk: Desk) -> types.PrepareRenamePlaceholder:
        del desk
        place, occurrence = renamed_at(view, view.buffer.offset(params.position))
        return types.PrepareRenamePlaceholder(view.buffer.of_span(place.span), occurrence.name.id)

    return await _in_view(ls, params.text_document.uri, prepared)


async def _rename(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
    versioned = ls.makes_versioned_edits

    def renamed(view: View, desk: Desk) -> types.WorkspaceEdit:
        return desk.edits(rename(view, view.buffer.offset(params.position), params.new_name), versioned=versioned)

    return await _in_view(ls, params.text_document.uri, renamed)


async def _document_symbols(ls: Server, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    return await _in_view(ls, params.text_document.uri, lambda view, _: view_outline(view))


async def _workspace_symbols(ls: Server, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
    return await ls.ask(
        lambda desk: [
            symbol
            for workspace in desk.workspaces()
            for symbol in workspace_symbols(workspace, params.query, desk.location)
        ]
    )


async def _code_actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    versioned = ls.makes_versioned_edits
    return await _in_view(
        ls,
        params.text_document.uri,
        lambda view, desk: actions(view, params, lambda edits: desk.edits(edits, versioned=versioned)),
        results=True,
    )


async def _formatting(ls: Server, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    def answer(desk: Desk) -> list[types.TextEdit]:
        buffer = desk.buffer(params.text_document.uri)
        return formatted(buffer) if buffer is not None else []

    return await ls.ask(answer)


_ANSWERS: dict[str, tuple[Answer, Any]] = {
    types.TEXT_DOCUMENT_COMPLETION: (
        _completion,
        types.CompletionOptions(trigger_characters=[" ", ".", "[", "{", '"', "'", "-", ":"]),
    ),
    types.TEXT_DOCUMENT_HOVER: (_hover, None),
    types.TEXT_DOCUMENT_DEFINITION: (_definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (_references, None),
    types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT: (_highlight, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (_prepare_rename, None),
    types.TEXT_DOCUMENT_RENAME: (_rename, types.RenameOptions(prepare_provider=True)),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (_document_symbols, None),
    types.WORKSPACE_SYMBOL: (_workspace_symbols, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        _code_actions,
        types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL]),
    ),
    types.TEXT_DOCUMENT_FORMATTING: (_formatting, None),
}
