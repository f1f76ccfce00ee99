"""How wide a text is, on every machine alike.

Widths are those of Helvetica's published metrics (as reportlab ships them) with a margin, since the font
that is found on another machine may be wider: DejaVu Sans, the widest usual one, by 13 to 15 per cent.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MARGIN = 1.16


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in points that a line of text takes at most."""
    return sum(_advance(char, bold) for char in text) * size * _MARGIN


@lru_cache(maxsize=8192)
def _advance(char: str, bold: bool) -> float:
    """The advance of one character, in ems."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(char) in ("W", "F") or ord(char) >= 0x1F000:
        return 1.0
    if ord(char) < 0x100 or char in "–—‘’“”•…€":
        return float(stringWidth(char, "Helvetica-Bold" if bold else "Helvetica", 1))
    return 0.68


def wrap(text: str, size: float, limit: float, *, bold: bool = False) -> list[str]:
    """The text in lines of at most ``limit`` points: broken at spaces, and inside words that are longer."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            candidate = f"{line} {word}" if line else word
            if width(candidate, size, bold=bold) <= limit:
                line = candidate
                continue
            if line:
                lines.append(line)
            *full, line = _pieces(word, size, limit, bold)
            lines += full
        if line:
            lines.append(line)
    return lines or [""]


def _pieces(word: str, size: float, limit: float, bold: bool) -> list[str]:
    """A word in pieces that fit; after a dot, slash, hyphen or underscore where there is one."""
    if width(word, size, bold=bold) <= limit:
        return [word]
    pieces: list[str] = []
    start = 0
    used = 0.0
    for at, char in enumerate(word):
        advance = _advance(char, bold) * size * _MARGIN
        if used + advance > limit and at > start:
            cut = max((word.rfind(mark, start, at) + 1 for mark in "._-/"), default=0)
            cut = cut if cut > start + (at - start) // 2 else at
            pieces.append(word[start:cut])
            start = cut
            used = sum(_advance(each, bold) for each in word[start:at]) * size * _MARGIN
        used += advance
    pieces.append(word[start:])
    return pieces
