"""A small client of the YAML language server that editors run, spoken to over standard input and output.

It does what an editor does (open a document, ask at a place, read what was published), and nothing more:
enough to know what a person sees who edits a playbook with our JSON Schemas.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from language_protocol import Connection, ServerError

ORACLES = Path(__file__).parent
SERVER = ORACLES / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


def missing() -> str | None:
    """Say why the server cannot be started here, or None when it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    if not SERVER.is_file():
        return "tests/oracles/node_modules has no yaml-language-server (make test installs it)"
    return None


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
        self._connection = Connection(self._receive, timeout=timeout)
        self.request = self._connection.request
        self.notify = self._connection.notify
        self._published: dict[str, list[dict[str, Any]]] = {}
        self._configured = False

    # -- life ---------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        """Start the server and wait until it has read its settings."""
        node = shutil.which("node")
        if node is None:
            raise ServerError("node is not installed")
        self._connection.start([node, str(SERVER), "--stdio"], self._root)
        try:
            self._initialize()
        except BaseException:
            self._connection.stop(patience=5)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ask the server to end, and end it when it doesn't."""
        self._connection.stop(patience=5)

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
        self._connection.wait(lambda: self._configured, "its settings to be read")

    # -- what an editor does ------------------------------------------------------------------------------

    def open(self, name: str, text: str) -> Document:
        """Open a document, which need not exist on disk, and wait for its diagnostics."""
        document = Document((self._root / name).as_uri(), text)
        self.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": document.uri, "languageId": "yaml", "version": 1, "text": text}},
        )
        self._connection.wait(lambda: document.uri in self._published, f"diagnostics of {name}")
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

    # -- what the server asks and tells -----------------------------------------------------------------------

    def _receive(self, message: dict[str, Any]) -> dict[str, Any] | None:
        method = message["method"]
        if "id" in message:
            return {"id": message["id"], "result": self._answer(method, message.get("params"))}
        if method == "textDocument/publishDiagnostics":
            self._published[message["params"]["uri"]] = message["params"]["diagnostics"]
        return None

    def _answer(self, method: str, params: Any) -> Any:
        """What the server asks of an editor: its settings; everything else gets an empty answer."""
        if method == "workspace/configuration":
            sections = [item.get("section") for item in params["items"]]
            self._configured = self._configured or "yaml" in sections
            return [self._sections.get(section) for section in sections]
        if method == "workspace/workspaceFolders":
            return [{"uri": self._root.as_uri(), "name": "workspace"}]
        return None
