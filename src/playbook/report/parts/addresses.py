"""Files as addresses, and columns as other programs count them."""

from __future__ import annotations

import re
from urllib.parse import quote

_DRIVE = re.compile(r"[A-Za-z]:/")


def is_absolute(file: str) -> bool:
    """Whether a name does not start from the folder that the tool was run in."""
    return file.startswith("/") or bool(_DRIVE.match(file))


def address(file: str) -> str:
    """The URI of a file: relative as its name is, or ``file:`` for an absolute one; percent-encoded."""
    # A colon in a relative name would make a scheme of what stands before it.
    encoded = quote(file, safe="/", errors="backslashreplace")
    if not is_absolute(file):
        return encoded
    return f"file://{'' if encoded.startswith('/') else '/'}{encoded.replace('%3A', ':', 1)}"


def utf16_column(line: str, column: int) -> int:
    """The column of a line in UTF-16 code units, from 1, of one in code points."""
    if line.isascii():
        return column
    return len(line[: column - 1].encode("utf-16-le", "surrogatepass")) // 2 + 1
