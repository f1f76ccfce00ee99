"""How wide a text is, on every machine alike.

A character counts with the wider of Helvetica (its published metrics, as reportlab ships them) and of
Bitstream Vera, in which PNG and PDF are drawn; DejaVu Sans, the widest usual font that an SVG finds elsewhere,
has the same advances. Characters that neither has count with what wide fonts of their script need.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from playbook.formats.layout import fonts

_MARGIN = 1.02
"""For hinting, and for fonts that are a little wider in single letters."""
_EMOJI = 1.3
_WIDE = 1.16
_BY_CATEGORY = {"Lu": 0.95, "Ll": 0.8, "So": 1.1}
_BROAD_SCRIPTS = ((0x0B80, 0x0DFF), (0x1000, 0x109F))
"""From Tamil to Sinhala, and Burmese: letters of more than an em."""
_BROAD = 1.25


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in points that a line of text takes at most."""
    return sum(_advance(char, bold) for char in text) * size * _MARGIN


@lru_cache(maxsize=8192)
def _advance(char: str, bold: bool) -> float:
    """The advance of one character, in ems."""
    known = _known(char, bold)
    if known is not None:
        return known
    category = unicodedata.category(char)
    if unicodedata.combining(char) or category in ("Mn", "Me", "Cf"):
        return 0.0
    if ord(char) >= 0x1F000:
        return _EMOJI
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return _WIDE
    # An accent makes no letter wider.
    plain = _known(unicodedata.normalize("NFD", char)[0], bold)
    if plain is not None:
        return plain
    if any(first <= ord(char) <= last for first, last in _BROAD_SCRIPTS):
        return _BROAD
    return _BY_CATEGORY.get(category, 0.9)


def _known(char: str, bold: bool) -> float | None:
    """The advance of a character whose metrics are known."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    drawn = fonts.advance(char, bold=bold)
    if drawn is None or ord(char) >= 0x100:
        return drawn
    return max(drawn, float(stringWidth(char, "Helvetica-Bold" if bold else "Helvetica", 1)))


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
