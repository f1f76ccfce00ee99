"""Text that is safe to print: no control character reaches a terminal, and widths are known."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls, and the bidirectional overrides that can make a line read as another.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


def printable(text: str) -> str:
    """``text`` with tabs as spaces and other control characters made visible as escapes."""
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char == "\t":
        return " "
    return f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}"


def width(text: str) -> int:
    """How many terminal cells a text takes: two for East Asian wide characters, none for marks."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
