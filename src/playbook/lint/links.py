"""Addresses and paths in texts: where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from playbook.text.paths import KeyPath
from playbook.workspace import Document

if TYPE_CHECKING:
    from playbook.language.governance import Governance
    from playbook.language.playbook import Playbook

URL = re.compile(
    r"(?i)\b(?:https?|ftp|file)://(?:\[[0-9a-f:.]*\])?"
    # What ends a sentence or closes a bracket is no part of an address.
    r"(?:[^\s<>\"'`|\\^{}\[\]]*[^\s<>\"'`|\\^{}\[\].,;:!?()])?"
)
_PRIVATE = re.compile(
    r"(?:localhost|.*\.localhost|0\.0\.0\.0|127\.\d+\.\d+\.\d+|10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+"
    r"|172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+|169\.254\.\d+\.\d+|::1|f[cd][0-9a-f]{2}:.*|fe80:.*)\Z",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?:\.{1,2}/)*[\w.-]+(?:/[\w. -]+)*\.[A-Za-z][A-Za-z0-9]{0,4}\Z")
_OF_ONE_MACHINE = re.compile(r"(?:~|/(?:home|Users|root|tmp|var|etc|private|mnt|opt)/|[A-Za-z]:[\\/]|\\\\)")


def named_files(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """The texts of a document that say where something lies."""
    if document.kind == "playbook" and document.model is not None:
        for id_, artifact in cast("Playbook", document.model).artifacts.items():
            if artifact.template:
                yield ("artifacts", id_, "template"), artifact.template
    elif document.kind == "governance" and document.model is not None:
        governance = cast("Governance", document.model)
        for id_, content in governance.content.items():
            # What a tool holds lies where the tool says.
            if content.location and content.system is None:
                yield ("content", id_, "location"), content.location
        if governance.narrative:
            yield ("narrative",), governance.narrative
        if governance.council is not None and governance.council.roadmap:
            yield ("council", "roadmap"), governance.council.roadmap


def is_file(text: str) -> bool:
    """Whether a text is surely the path of a file in the workspace, not words or an address."""
    return _FILE.match(text) is not None and ("/" in text or text.count(".") == 1) and not text.startswith("www.")


def leads_out(text: str, document: Document) -> bool:
    """Whether a path leaves the workspace from where its document lies, or is one of a single machine."""
    if _OF_ONE_MACHINE.match(text):
        return True
    depth = document.name.count("/")
    for part in text.replace("\\", "/").split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
    return False


def private_host(url: str) -> str | None:
    """The host of an address that only one machine or one network reaches; ``None`` for all others."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme.lower() == "file":
        return host or "this computer"
    return host if _PRIVATE.match(host) else None
