"""A small editor: starts ``playbook lsp``, does what an editor does and no more, and remembers."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from language_protocol import Connection, ServerError

__all__ = ["MARK", "Editor", "Open", "ServerError", "edited", "offset_of", "position", "units"]

MARK = "▮"
"""Where the cursor stands in a marked text."""


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
        self._connection = Connection(self._receive, timeout=self.timeout, said=lambda: "\n".join(self.logged[-5:]))
        self.request = self._connection.request
        self.notify = self._connection.notify
        self.send = self._connection.send
        self.send_bytes = self._connection.send_bytes
        self.wait = self._connection.wait
        self.said = self._connection.said
        self.published: dict[str, list[dict[str, Any]]] = {}
        self.publications: list[tuple[float, dict[str, Any]]] = []
        """What was told of documents, each with the time at which it came."""
        self.logged: list[str] = []
        self.registered: list[str] = []

    # -- life ------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._connection.start(
            [sys.executable, "-m", "playbook", "lsp", "--stdio", "--pause", f"{self.pause * 1000:.0f}"],
            self.root,
            {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
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
        status = self._connection.stop(patience=10)
        self.status = self.status if status is None else status

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

    def ask_and_cancel(self, method: str, document: Open, offset: int) -> None:
        """Ask something, and take the question back at once, as editors do while somebody types on."""
        place = position(document.text, offset, self.encoding)
        params = {"textDocument": {"uri": document.uri}, "position": place}
        self.notify("$/cancelRequest", {"id": self._connection.ask(method, params)})

    def _receive(self, message: dict[str, Any]) -> dict[str, Any] | None:
        method = message["method"]
        if method == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
            self.publications.append((time.perf_counter(), message["params"]))
        elif method in ("window/logMessage", "window/showMessage"):
            self.logged.append(message["params"]["message"])
        elif method == "client/registerCapability":
            self.registered += [each["method"] for each in message["params"]["registrations"]]
        return {"id": message["id"], "result": None} if "id" in message else None
