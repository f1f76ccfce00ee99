"""A small editor: starts ``playbook lsp``, speaks to it over standard input and output, and remembers.

It does what an editor does and no more. The protocol is LSP 3.17,
https://microsoft.github.io/language-server-protocol/specification.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self

MARK = "▮"
"""Where the cursor stands in a marked text."""


class ServerError(Exception):
    """The server ended, answered with an error, or did not answer in time."""


@dataclass
class Open:
    """A document that is open."""

    uri: str
    text: str
    version: int = 1


def units(text: str, encoding: str) -> int:
    """How many characters the protocol counts in a text."""
    return {
        "utf-16": len(text.encode("utf-16-le", "surrogatepass")) // 2,
        "utf-8": len(text.encode("utf-8", "surrogatepass")),
        "utf-32": len(text),
    }[encoding]


def position(text: str, offset: int, encoding: str = "utf-16") -> dict[str, int]:
    """An offset of a text as the protocol counts."""
    lines = text[:offset].replace("\r\n", "\n").split("\n")
    return {"line": len(lines) - 1, "character": units(lines[-1], encoding)}


def offset_of(text: str, place: dict[str, int], encoding: str = "utf-16") -> int:
    """The offset of a position of the protocol."""
    at = 0
    for _ in range(place["line"]):
        at = text.index("\n", at) + 1
    counted = 0
    while counted < place["character"]:
        counted += units(text[at], encoding)
        at += 1
    return at


def edited(text: str, edits: list[dict[str, Any]], encoding: str = "utf-16") -> str:
    """A text with edits of the protocol made."""
    stretches = [
        (offset_of(text, edit["range"]["start"], encoding), offset_of(text, edit["range"]["end"], encoding), edit)
        for edit in edits
    ]
    for start, end, edit in sorted(stretches, key=lambda item: item[:2], reverse=True):
        text = text[:start] + edit["newText"] + text[end:]
    return text


@dataclass
class Editor:
    """One running server. Use it as a context manager; it ends only the process that it started."""

    root: Path
    capabilities: dict[str, Any] = field(default_factory=dict)
    encodings: list[str] = field(default_factory=lambda: ["utf-16"])
    folders: list[Path] | None = None
    timeout: float = 60.0
    pause: float = 0.15
    """Seconds without a keystroke before the server checks."""
    result: dict[str, Any] = field(default_factory=dict)
    status: int | None = None

    def __post_init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._writing = threading.Lock()
        self._changed = threading.Condition()
        self._answers: dict[int, dict[str, Any]] = {}
        self._ended = False
        self._last_id = 0
        self.published: dict[str, list[dict[str, Any]]] = {}
        self.publications: list[tuple[float, dict[str, Any]]] = []
        """What was told of documents, each with the time at which it came."""
        self.logged: list[str] = []
        self.registered: list[str] = []

    # -- life ------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._stderr = tempfile.TemporaryFile()  # a pipe that nobody reads could fill
        self._process = subprocess.Popen(
            [sys.executable, "-m", "playbook", "lsp", "--stdio", "--pause", f"{self.pause * 1000:.0f}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            cwd=self.root,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self._initialize()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _initialize(self) -> None:
        folders = self.folders if self.folders is not None else [self.root]
        self.result = self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": self.root.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name} for folder in folders],
                "capabilities": {"general": {"positionEncodings": self.encodings}, **self.capabilities},
            },
        )
        self.notify("initialized", {})

    @property
    def encoding(self) -> str:
        """The encoding that was agreed on."""
        return str(self.result["capabilities"].get("positionEncoding", "utf-16"))

    def stop(self) -> None:
        """Ask the server to end, and end it when it does not."""
        process = self._process
        if process is None:
            return
        if process.poll() is None and not self._ended:
            try:
                self.timeout = min(self.timeout, 10.0)
                self.request("shutdown", None)
                self.notify("exit", None)
                process.wait(timeout=10)
            except (ServerError, OSError, subprocess.TimeoutExpired):
                process.kill()
        if process.poll() is None:
            process.kill()
        self.status = process.wait(timeout=10)
        for stream in (process.stdin, process.stdout, self._stderr):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._process = None

    # -- what somebody does ----------------------------------------------------------------------

    def open(self, name: str, text: str, *, uri: str | None = None, wait: bool = True) -> Open:
        """Open a document, which need not exist on disk, and wait until it is checked."""
        document = Open(uri or (self.root / name).as_uri(), text)
        self.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": document.uri, "languageId": "yaml", "version": 1, "text": text}},
        )
        if wait:
            self.wait(lambda: document.uri in self.published, f"diagnostics of {name}")
        return document

    def change(self, document: Open, text: str) -> None:
        """Type: the document has another text now."""
        document.text = text
        document.version += 1
        self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": document.uri, "version": document.version},
                "contentChanges": [{"text": text}],
            },
        )

    def checked(self, document: Open) -> list[dict[str, Any]]:
        """What is told of the document, once its present text has been checked.

        A question is answered behind the check that was begun before it. The first may come ahead of a check
        that is only just about to begin, so there are two; and more while there is news.
        """
        deadline = time.monotonic() + self.timeout
        quiet = 0
        while quiet < 2 and time.monotonic() < deadline:
            before = len(self.publications)
            time.sleep(self.pause + 0.01)
            self.ask("textDocument/hover", document, 0)
            quiet = quiet + 1 if len(self.publications) == before else 0
        return self.published.get(document.uri, [])

    def close(self, document: Open) -> None:
        """Close a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": document.uri}})

    def ask(self, method: str, document: Open, offset: int, **more: Any) -> Any:
        """Ask something at a place of a document."""
        place = position(document.text, offset, self.encoding)
        return self.request(method, {"textDocument": {"uri": document.uri}, "position": place, **more})

    def of(self, method: str, document: Open, **more: Any) -> Any:
        """Ask something of a whole document."""
        return self.request(method, {"textDocument": {"uri": document.uri}, **more})

    # -- the wire --------------------------------------------------------------------------------

    def request(self, method: str, params: Any) -> Any:
        """Send a request and return its result."""
        self._last_id += 1
        identifier = self._last_id
        self.send({"id": identifier, "method": method, "params": params})
        self.wait(lambda: identifier in self._answers, f"an answer to {method}")
        answer = self._answers.pop(identifier)
        if "error" in answer:
            raise ServerError(answer["error"].get("message"))
        return answer.get("result")

    def ask_and_cancel(self, method: str, document: Open, offset: int) -> None:
        """Ask something, and take the question back at once, as editors do while somebody types on."""
        self._last_id += 1
        place = position(document.text, offset, self.encoding)
        params = {"textDocument": {"uri": document.uri}, "position": place}
        self.send({"id": self._last_id, "method": method, "params": params})
        self.notify("$/cancelRequest", {"id": self._last_id})

    def notify(self, method: str, params: Any) -> None:
        """Send a notification, which has no answer."""
        self.send({"method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        """Send any message."""
        if message.get("params", ...) is None:
            del message["params"]
        self.send_bytes(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_bytes(self, body: bytes) -> None:
        """Send any bytes as a message."""
        process = self._process
        assert process is not None
        assert process.stdin is not None
        with self._writing:
            try:
                process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                process.stdin.flush()
            except (OSError, ValueError) as error:
                raise ServerError(f"the server ended: {self.said()}") from error

    def _listen(self) -> None:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        with suppress(OSError, ValueError):
            while (message := _read_message(process.stdout)) is not None:
                self._receive(message)
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _receive(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        with self._changed:
            if method is None:
                self._answers[message["id"]] = message
            elif method == "textDocument/publishDiagnostics":
                self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
                self.publications.append((time.perf_counter(), message["params"]))
            elif method in ("window/logMessage", "window/showMessage"):
                self.logged.append(message["params"]["message"])
            elif method == "client/registerCapability":
                self.registered += [each["method"] for each in message["params"]["registrations"]]
            self._changed.notify_all()
        if method is not None and "id" in message:
            self.send({"id": message["id"], "result": None})

    def wait(self, done: Callable[[], bool], what: str) -> None:
        """Wait for something that the server does."""
        deadline = time.monotonic() + self.timeout
        with self._changed:
            while not done():
                if self._ended:
                    raise ServerError(f"the server ended while waiting for {what}: {self.said()}")
                left = deadline - time.monotonic()
                if left <= 0:
                    raise ServerError(f"no {what} within {self.timeout:g} s: {self.said()}")
                self._changed.wait(left)

    def said(self) -> str:
        """What the server wrote to the editor's log and to standard error."""
        written = b""
        if self._stderr is not None and not self._stderr.closed:
            self._stderr.seek(0)
            written = self._stderr.read()[-3000:]
        return "\n".join([*self.logged[-5:], written.decode(errors="replace").strip()])


def _read_message(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read one message of the base protocol: headers, an empty line, a JSON body of the announced length."""
    length: int | None = None
    while line := stream.readline():
        name, _, value = line.decode("ascii").strip().partition(":")
        if not name:
            break
        if name.lower() == "content-length":
            length = int(value)
    if length is None:
        return None
    body = stream.read(length)
    if len(body) < length:
        return None
    message: dict[str, Any] = json.loads(body)
    return message
