"""A small web server for the preview. It listens on this machine only and serves what was built, never files."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, unquote

from playbook.site.preview import Preview

HOST = "127.0.0.1"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_BEAT = 15.0
"""Seconds after which an idle connection is told that it is still alive."""
_FAULT = b"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Fault</title>
<script src="/assets/page.js"></script><body data-version="%s"><h1>playbook has a fault of its own</h1>
<p>The terminal says more. This page loads again at the next save.</p>
</html>
"""


class PortTaken(Exception):  # noqa: N818 - it says what has happened
    """The port cannot be listened on; the words say why."""


class Server:
    """Serves a preview while it is used as a context."""

    def __init__(self, preview: Preview, port: int, fault: Callable[[str], None] = lambda _: None) -> None:
        self._preview = preview
        try:
            self._server = _Server(port, preview, fault)
        except OSError as error:
            raise PortTaken(f"port {port} cannot be used: {(error.strerror or str(error)).lower()}") from None
        self._server.allowed = frozenset(f"{name}:{self.port}" for name in (HOST, "localhost"))
        if self.port == 80:
            self._server.allowed |= {HOST, "localhost"}
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """The address of the start page."""
        return f"http://{HOST}:{self.port}/"

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._preview.close()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    # Elsewhere it lets a port be used again at once; on Windows it would let two programs share one.
    allow_reuse_address = sys.platform != "win32"
    allowed: frozenset[str] = frozenset()

    def __init__(self, port: int, preview: Preview, fault: Callable[[str], None]) -> None:
        self.preview = preview
        self.fault = fault
        super().__init__((HOST, port), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that has gone away in the middle is no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "playbook"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        if self.headers.get("Host", "").lower() not in self.server.allowed:
            # Another site's name that leads here (DNS rebinding) must not read what is shown.
            self._answer(HTTPStatus.FORBIDDEN, b"This preview is for this machine only.\n", "text/plain")
            return
        if self._is_foreign():
            self._answer(
                HTTPStatus.FORBIDDEN, b"Pages of others may lead here, but not read along.\n", "text/plain"
            )
            return
        # By hand: what a browser never sends is no page, and must not be a fault either.
        path, _, query = self.path.partition("?")
        if path == "/changes":
            self._changes(parse_qs(query).get("since", [""])[0])
            return
        self._page(unquote(path).removeprefix("/") or "index.html")

    def do_HEAD(self) -> None:
        self.do_GET()

    def _is_foreign(self) -> bool:
        """Whether a page of somebody else wants to read it (Fetch Metadata); a link to here does not."""
        site, mode = self.headers.get("Sec-Fetch-Site", "none"), self.headers.get("Sec-Fetch-Mode", "")
        return site not in ("none", "same-origin") and mode != "navigate"

    def _page(self, path: str) -> None:
        try:
            data = self.server.preview.page(path)
        except Exception:  # the server goes on: the next save may mend it
            self.server.fault(traceback.format_exc())
            self._answer(
                HTTPStatus.INTERNAL_SERVER_ERROR, _FAULT % self.server.preview.version.encode(), _TYPES[".html"]
            )
            return
        kind = next((each for end, each in _TYPES.items() if path.endswith(end)), _TYPES[".html"])
        if data is None:
            self._answer(HTTPStatus.NOT_FOUND, self.server.preview.missing(), _TYPES[".html"])
        else:
            self._answer(HTTPStatus.OK, data, kind)

    def _answer(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _changes(self, version: str) -> None:
        """Tell of the next change (server-sent events, as HTML has them)."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        while True:
            current = self.server.preview.wait(version, _BEAT)
            if self.server.preview.closed:
                break
            self.wfile.write(b": still here\n\n" if current == version else b"event: changed\ndata: now\n\n")
            self.wfile.flush()
            if current != version:
                return
        self.wfile.write(b"event: bye\ndata: now\n\n")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""
