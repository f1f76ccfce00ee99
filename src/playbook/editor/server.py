"""The server's life: it takes over texts, has them checked in a moment, and tells what was found."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from lsprotocol import types
from pygls.exceptions import FeatureRequestError, JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from playbook import __version__
from playbook.editor.addresses import path_of
from playbook.editor.buffers import Encoding
from playbook.editor.desk import Desk, Published
from playbook.editor.tidying import Tidying

P = ParamSpec("P")
T = TypeVar("T")


class Protocol(LanguageServerProtocol):
    """The protocol, that also answers questions which it cannot read."""

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message from its JSON. Raises :class:`JsonRpcException`."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise


class Server(LanguageServer):
    """Keeps the editor's documents checked. The desk is touched by the one worker alone."""

    def __init__(self, pause: float) -> None:
        # Whole texts, not changes of them: the protocol and Python do not agree on what ends a line, and
        # a playbook is sent in no time.
        super().__init__(
            "playbook",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,
            protocol_cls=Protocol,
            max_workers=2,
        )
        self.desk = Desk(Path.cwd())
        self.offers_again = False
        """Whether the editor can be told to offer what comes next once something was chosen."""
        self.is_told_of_files = False
        """Whether the editor tells of files that others change."""
        self._pause = pause
        self._worker = ThreadPoolExecutor(1, "playbook")
        self._versions: dict[str, int | None] = {}
        self._published: dict[str, list[types.Diagnostic]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._checking: asyncio.Task[None] | None = None
        self._is_due = False
        """Whether to check again as soon as what is being worked out is told."""
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
        editor = params.client_info.name.lower() if params.client_info else ""
        self.offers_again = any(name in editor for name in ("code", "codium", "cursor"))
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
        self.is_told_of_files = True
        watchers = [types.FileSystemWatcher(pattern) for pattern in ("**/*.yaml", "**/*.yml", "**/playbook.toml")]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        await self.client_register_capability_async(types.RegistrationParams([registration]))

    def report_server_error(self, error: Exception, source: object) -> None:
        """Note in the editor's log what was wrong with a message, or with what was done about it."""
        if source is FeatureRequestError:
            return  # whoever asked is answered with the error
        self.window_log_message(
            types.LogMessageParams(types.MessageType.Warning, f"{type(error).__name__}: {error}")
        )

    # -- texts -----------------------------------------------------------------------------------

    def take(self, uri: str, text: str, version: int | None) -> None:
        """A text is new, and will be checked in a moment."""
        self._versions[uri] = version
        # At once, and not together with what is asked next: an editor may take its question back.
        self._submit(self.desk.update, uri, text, version)
        self.check_soon()

    def drop(self, uri: str) -> None:
        """A document was closed."""
        self._versions.pop(uri, None)
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
        except Exception:  # nobody waits for this work: only here can its fault be told
            sys.stderr.write(traceback.format_exc())

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
            self._is_due = True
            return
        self._checking = asyncio.ensure_future(self._checked())

    async def _checked(self) -> None:
        try:
            self._publish(await self.ask(Desk.diagnostics))
            self._tidying.checked()
        except Exception:  # a fault of one check must not end all checks to come
            self.tell_of_fault("checking")
        if self._is_due and self._timer is None:
            self.check_soon(0)
        self._is_due = False

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
        return await asyncio.get_running_loop().run_in_executor(self._worker, work, self.desk)

    def tell_of_fault(self, doing: str) -> None:
        """Say in the editor's log that something of ours has failed, and go on."""
        words = f"playbook has a fault of its own ({doing}); nothing is wrong with your files."
        message = f"{words}\n{traceback.format_exc()}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))
