"""The language server: what the protocol asks, answered by the modules beside this one."""

from __future__ import annotations

import asyncio
import logging
import sys
import traceback
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, ParamSpec, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from playbook import __version__
from playbook.editor.actions import FIX_ALL, actions
from playbook.editor.addresses import path_of
from playbook.editor.buffers import Encoding
from playbook.editor.complete import completions
from playbook.editor.desk import Desk, Published
from playbook.editor.format import formatted
from playbook.editor.hover import hover
from playbook.editor.navigate import definitions, highlights, references
from playbook.editor.rename import RefusedError, rename, renamed_at
from playbook.editor.symbols import view_outline, workspace_symbols
from playbook.editor.tidying import Tidying
from playbook.editor.view import View

P = ParamSpec("P")
T = TypeVar("T")

PAUSE = 0.15
"""Seconds without a keystroke before the documents are checked."""

_REQUEST_FAILED = -32803


class Server(LanguageServer):
    """Keeps the editor's documents checked. The desk is touched by the one worker alone."""

    def __init__(self, pause: float = PAUSE) -> None:
        # Whole texts, not changes of them: the protocol and Python do not agree on what ends a line, and
        # a playbook is sent in no time.
        super().__init__(
            "playbook", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full, max_workers=2
        )
        self.desk = Desk(Path.cwd())
        self._pause = pause
        self._worker = ThreadPoolExecutor(1, "playbook")
        self._texts: dict[str, tuple[str, int | None]] = {}
        """Texts that the desk does not have yet."""
        self._versions: dict[str, int | None] = {}
        self._published: dict[str, list[types.Diagnostic]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._checking: asyncio.Task[None] | None = None
        self._tidying = Tidying(self._submit)

    # -- starting --------------------------------------------------------------------------------

    def settle(self, params: types.InitializeParams) -> None:
        """Take over what the editor says of itself."""
        self._tidying.start()
        folders = [folder.uri for folder in params.workspace_folders or ()]
        if not folders and params.root_uri:
            folders = [params.root_uri]
        home = path_of(folders[0], Path.cwd()) if folders else Path.cwd()
        agreed = self.workspace.position_encoding
        encodings: dict[object, Encoding] = {"utf-8": "utf-8", "utf-32": "utf-32"}
        self.desk = Desk(home, encodings.get(getattr(agreed, "value", agreed), "utf-16"))

    @property
    def known(self) -> dict[str, int | None]:
        """The documents that are open and ours to look at, with their versions."""
        return self._versions

    @property
    def makes_versioned_edits(self) -> bool:
        """Whether the editor takes edits with the version of the text that they are for."""
        capabilities = self.client_capabilities.workspace
        edits = capabilities.workspace_edit if capabilities else None
        return bool(edits and edits.document_changes)

    async def watch(self) -> None:
        """Ask the editor to tell of files that others change."""
        capabilities = self.client_capabilities.workspace
        watching = capabilities.did_change_watched_files if capabilities else None
        if not (watching and watching.dynamic_registration):
            return
        watchers = [types.FileSystemWatcher(pattern) for pattern in ("**/*.yaml", "**/*.yml", "**/playbook.toml")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await self.client_register_capability_async(types.RegistrationParams([registration]))

    # -- texts -----------------------------------------------------------------------------------

    def take(self, uri: str, version: int | None) -> None:
        """A text is new, and will be checked in a moment."""
        self._versions[uri] = version
        self._texts[uri] = (self.workspace.get_text_document(uri).source, version)
        self.check_soon()

    def drop(self, uri: str) -> None:
        """A document was closed."""
        self._versions.pop(uri, None)
        self._texts.pop(uri, None)
        self._submit(self.desk.close, uri)
        self.check_soon(0)

    def changed_on_disk(self) -> None:
        """Files were changed by others."""
        self._submit(self.desk.changed_on_disk)
        self.check_soon()

    def _submit(self, work: Callable[P, Any], *args: P.args, **kwargs: P.kwargs) -> None:
        self._worker.submit(self._guarded, partial(work, *args, **kwargs))

    def _guarded(self, work: Callable[[], Any]) -> None:
        try:
            work()
        except Exception:
            sys.stderr.write(traceback.format_exc())

    def _hand_over(self, texts: dict[str, tuple[str, int | None]]) -> None:
        """In the worker: give the desk the texts that it does not have yet."""
        for uri, (text, version) in texts.items():
            self.desk.update(uri, text, version)

    # -- checking --------------------------------------------------------------------------------

    def check_soon(self, pause: float | None = None) -> None:
        """Check once nothing has changed for a moment."""
        if self._timer is not None:
            self._timer.cancel()
        wait = self._pause if pause is None else pause
        self._timer = asyncio.get_running_loop().call_later(wait, self._check)

    def _check(self) -> None:
        self._timer = None
        if self._checking is not None and not self._checking.done():
            # What is being worked out is about an older text; it is told, and then done again.
            self.check_soon()
            return
        self._checking = asyncio.ensure_future(self._checked())

    async def _checked(self) -> None:
        texts, self._texts = self._texts, {}
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._worker, self._findings, texts)
        except Exception:
            self.tell_of_fault("checking")
            return
        self._publish(found)
        self._tidying.checked()

    def _findings(self, texts: dict[str, tuple[str, int | None]]) -> Published:
        self._hand_over(texts)
        return self.desk.diagnostics()

    def _publish(self, found: Published) -> None:
        """Tell of the files whose findings are others than before."""
        for uri in [uri for uri in self._published if uri not in found]:
            found[uri] = (None, [])
        for uri, (version, diagnostics) in found.items():
            if self._versions.get(uri) != version:
                continue  # typed on meanwhile: the next check tells
            if self._published.get(uri, []) != diagnostics or (
                uri not in self._published and uri in self._versions
            ):
                self._published[uri] = diagnostics
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, diagnostics, version))
            if not diagnostics and uri not in self._versions:
                self._published.pop(uri, None)

    # -- answering -------------------------------------------------------------------------------

    async def ask(self, work: Callable[[Desk], T]) -> T:
        """Have the worker answer, with the texts as they are now."""
        texts, self._texts = self._texts, {}

        def answer() -> T:
            self._hand_over(texts)
            return work(self.desk)

        return await asyncio.get_running_loop().run_in_executor(self._worker, answer)

    def tell_of_fault(self, doing: str) -> None:
        """Say in the editor's log that something of ours has failed, and go on."""
        words = f"playbook has a fault of its own ({doing}); nothing is wrong with your files."
        message = f"{words}\n{traceback.format_exc()}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))


def create(pause: float = PAUSE) -> Server:
    """A server with all of its features."""
    server = Server(pause)
    for name, notice in _NOTICES.items():
        server.feature(name)(notice)
    for name, (answer, options) in _ANSWERS.items():
        server.feature(name, options)(_safe(name, answer))
    return server


Answer = Callable[["Server", Any], Awaitable[Any]]


def _safe(name: str, answer: Answer) -> Answer:
    """An answer that gives nothing, and leaves a note in the editor's log, where it would fail."""

    async def safe(ls: Server, params: Any) -> Any:
        try:
            return await answer(ls, params)
        except RefusedError as error:
            raise JsonRpcException(str(error), _REQUEST_FAILED) from None
        except Exception:
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


def _is_yaml(uri: str, language: str) -> bool:
    return language in ("yaml", "playbook") or uri.lower().endswith((".yaml", ".yml"))


def _initialized(ls: Server, params: types.InitializeParams) -> None:
    ls.settle(params)


async def _ready(ls: Server, params: types.InitializedParams) -> None:
    del params
    await ls.watch()


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    if _is_yaml(document.uri, document.language_id):
        ls.take(document.uri, document.version)


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    if params.text_document.uri in ls.known:
        ls.take(params.text_document.uri, params.text_document.version)


def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    if params.text_document.uri.endswith("playbook.toml"):
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
        return completions(view, view.buffer.offset(params.position)) if view is not None else []

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
