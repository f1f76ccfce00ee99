"""The addresses (URIs) that an editor gives files, and the files."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

_DRIVE = re.compile(r"/[A-Za-z]:")
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")


def path_of(uri: str, home: Path) -> Path:
    """The file of an address. A text that was never saved stands in ``home``, under a name of its own."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        parts = None
    if parts is None or parts.scheme != "file" or not parts.path.strip("/") or "\0" in unquote(parts.path):
        name = _UNSAFE.sub("_", unquote(uri))[-100:].strip("_.") or "untitled"
        return home / f"{name}{'' if name.endswith(('.yaml', '.yml')) else '.yaml'}"
    path = unquote(parts.path, errors="surrogateescape")
    if _DRIVE.match(path):
        # `c%3A/…`: editors write the drive in small and in capital letters.
        path = path[1].upper() + path[2:]
    elif parts.netloc and parts.netloc != "localhost":
        path = f"//{unquote(parts.netloc)}{path}"
    return Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links


def uri_of(path: Path | PurePosixPath) -> str:
    """The address of a file, as most editors write it."""
    text = path.as_posix()
    if _DRIVE.match(f"/{text}"):
        return f"file:///{text[0].lower()}%3A{quote(os.fsencode(text[2:]))}"
    if text.startswith("//"):
        host, _, rest = text[2:].partition("/")
        return f"file://{host}/{quote(os.fsencode(rest))}"
    return f"file://{quote(os.fsencode(text))}"
