"""A small client of the YAML language server that editors run, spoken to over standard input and output.

It does what an editor does (open a document, ask at a place, read what was published), and nothing more:
enough to know what a person sees who edits a playbook with our JSON Schemas.
The protocol is LSP 3.17, https://microsoft.github.io/language-server-protocol/specification.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

ORACLES = Path(__file__).parent
SERVER = ORACLES / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


def missing() -> str | None:
    """Say why the server cannot be started here, or None when it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not SERVER.is_file():
        return "tests/oracles/node_modules has no yaml-language-server (make test installs it)"
    return None


class LanguageServerError(Exception):
    """The server ended, answered with an error, or did not answer in time."""


@dataclass(frozen=True)
class Document:
    """A document the server has open: its address and its text, for turning a word into a place."""

    uri: str
    text: str

    def position(self, needle: str, *, after: bool = False) -> dict[str, int]:
        """Where `needle` first occurs, or the place just behind it; LSP counts in UTF-16 units."""
        offset = self.text.index(needle) + (len(needle) if after else 0)
        line = self.text.count("\n", 0, offset)
        start = self.text.rfind("\n", 0, offset) + 1
        return {"line": line, "character": len(self.text[start:offset].encode("utf-16-le")) // 2}


class LanguageServer:
    """One running server. Use it as a context manager; it ends only the process that it started.

    `schemas` maps the address of a JSON Schema (`file://…`) to the glob patterns of the documents it is for,
    as in the editors' setting `yaml.schemas`. `settings` is laid over the section `yaml`.
    The catalogue of public schemas is off and the proxy is a closed port, so that no test needs a network.
    """

    def __init__(
        self,
        schemas: dict[str, str | list[str]],
        root: Path,
        *,
        settings: dict[str, Any] | None = None,
        http: dict[str, Any] | None = None,
        timeout: float = 30.0,
    ) -> None:
        self._root = root
        self._timeout = timeout
        self._sections: dict[str, Any] = {
            "yaml": {
                "schemas": schemas,
                "validate": True,
                "hover": True,
                "completion": True,
                "schemaStore": {"enable": False},
                "kubernetesCRDStore": {"enable": False},
                **(settings or {}),
            },
            "http": http or {"proxy": "http://127.0.0.1:9", "proxyStrictSSL": False},
            "editor": {"tabSize": 2},
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._writing = threading.Lock()
        self._changed = threading.Condition()
        self._answers: dict[int, dict[str, Any]] = {}
        self._published: dict[str, list[dict[str, Any]]] = {}
        self._configured = False
        self._ended = False
        self._last_id = 0

    # -- life ---------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        """Start the server and wait until it has read its settings."""
        node = shutil.which("node")
        if node is None:
            raise LanguageServerError("node is not installed")
        self._stderr = tempfile.TemporaryFile()  # a pipe that nobody reads could fill
        self._process = subprocess.Popen(
            [node, str(SERVER), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            cwd=self._root,
        )
        threading.Thread(target=self._listen, name="language-server", daemon=True).start()
        try:
            self._initialize()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ask the server to end, and end it when it doesn't."""
        self._stop()

    def _initialize(self) -> None:
        root = self._root.as_uri()
        self.request(
            "initialize",
            {
                "processId": None,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "workspace"}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "completion": {
                            "completionItem": {
                                "snippetSupport": True,
                                "documentationFormat": ["markdown", "plaintext"],
                            }
                        },
                        "hover": {"contentFormat": ["markdown", "plaintext"]},
                        "publishDiagnostics": {"relatedInformation": True},
                    },
                },
            },
        )
        self.notify("initialized", {})
        self._wait(lambda: self._configured, "its settings to be read")

    def _stop(self) -> None:
        process = self._process
        if process is None:
            return
        if process.poll() is None and not self._ended:
            try:
                self._timeout = min(self._timeout, 5.0)
                self.request("shutdown", None)
                self.notify("exit", None)
                process.wait(timeout=5)
            except (LanguageServerError, OSError, subprocess.TimeoutExpired):
                process.kill()
        if process.poll() is None:
            process.kill()
        process.wait(timeout=5)
        for stream in (process.stdin, process.stdout, self._stderr):
            if stream is not None:
                with suppress(OSError):  # a pipe to a process that has ended has nothing left to flush
                    stream.close()
        self._process = None

    # -- what an editor does ------------------------------------------------------------------------------

    def open(self, name: str, text: str) -> Document:
        """Open a document, which need not exist on disk, and wait for its diagnostics."""
        document = Document((self._root / name).as_uri(), text)
        self.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": document.uri, "languageId": "yaml", "version": 1, "text": text}},
        )
        self._wait(lambda: document.uri in self._published, f"diagnostics of {name}")
        return document

    def diagnostics(self, document: Document) -> list[dict[str, Any]]:
        """What the server last published about the document."""
        return self._published[document.uri]

    def completion(self, document: Document, behind: str) -> list[dict[str, Any]]:
        """The items offered with the cursor right behind the first occurrence of `behind`."""
        position = document.position(behind, after=True)
        answer = self.request(
            "textDocument/completion", {"textDocument": {"uri": document.uri}, "position": position}
        )
        items = answer["items"] if isinstance(answer, dict) else answer or []
        return list(items)

    def hover(self, document: Document, word: str) -> str:
        """The Markdown shown with the pointer inside the first occurrence of `word`, or an empty text."""
        position = document.position(word)
        # At the first letter of a key the server still answers for the block that ends there.
        position["character"] += 1
        answer = self.request("textDocument/hover", {"textDocument": {"uri": document.uri}, "position": position})
        return str(answer["contents"]["value"]) if answer else ""

    # -- the wire -----------------------------------------------------------------------------------------

    def request(self, method: str, params: Any) -> Any:
        """Send a request and return its result."""
        self._last_id += 1
        identifier = self._last_id
        self._send({"id": identifier, "method": method, "params": params})
        self._wait(lambda: identifier in self._answers, f"an answer to {method}")
        answer = self._answers.pop(identifier)
        if "error" in answer:
            raise LanguageServerError(f"{method}: {answer['error'].get('message')}")
        return answer.get("result")

    def notify(self, method: str, params: Any) -> None:
        """Send a notification, which has no answer."""
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        if message.get("params", ...) is None:
            del message["params"]
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        process = self._process
        if process is None or process.stdin is None:
            raise LanguageServerError("the server is not running")
        with self._writing:
            try:
                process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                process.stdin.flush()
            except (OSError, ValueError) as error:
                raise LanguageServerError(f"the server ended: {self._said()}") from error

    def _listen(self) -> None:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        try:
            while (message := _read_message(process.stdout)) is not None:
                self._receive(message)
        except (OSError, ValueError, LanguageServerError):
            pass  # the stream was closed under us: the waiting side reports it
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _receive(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            with self._changed:
                self._answers[message["id"]] = message
                self._changed.notify_all()
        elif "id" in message:
            self._answer(message["id"], method, message.get("params"))
        elif method == "textDocument/publishDiagnostics":
            with self._changed:
                self._published[message["params"]["uri"]] = message["params"]["diagnostics"]
                self._changed.notify_all()

    def _answer(self, identifier: Any, method: str, params: Any) -> None:
        """Answer what the server asks of an editor: its settings; everything else gets an empty answer."""
        result: Any = None
        if method == "workspace/configuration":
            sections = [item.get("section") for item in params["items"]]
            result = [self._sections.get(section) for section in sections]
            self._send({"id": identifier, "result": result})
            if "yaml" in sections:
                with self._changed:
                    self._configured = True
                    self._changed.notify_all()
            return
        if method == "workspace/workspaceFolders":
            result = [{"uri": self._root.as_uri(), "name": "workspace"}]
        self._send({"id": identifier, "result": result})

    def _wait(self, done: Any, what: str) -> None:
        deadline = time.monotonic() + self._timeout
        with self._changed:
            while not done():
                if self._ended:
                    raise LanguageServerError(f"the server ended while waiting for {what}: {self._said()}")
                left = deadline - time.monotonic()
                if left <= 0:
                    raise LanguageServerError(f"no {what} within {self._timeout:g} s: {self._said()}")
                self._changed.wait(left)

    def _said(self) -> str:
        if self._stderr is None or self._stderr.closed:
            return ""
        self._stderr.seek(0)
        return self._stderr.read()[-2000:].decode(errors="replace").strip()


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
