"""The fonts of pictures: Bitstream Vera, which reportlab ships, so that it is the same on every machine.

It has the letters of western Europe and most of those of its other Latin scripts. What it lacks is drawn with
the fonts of the machine.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

FAMILY = "Bitstream Vera Sans"
_REGULAR, _BOLD = "PlaybookSans", "PlaybookSans-Bold"
_FILES = {_REGULAR: "Vera.ttf", _BOLD: "VeraBd.ttf"}


def files() -> list[str]:
    """The files of the regular and the bold face."""
    import reportlab

    folder = Path(reportlab.__file__).parent / "fonts"
    return [str(folder / file) for file in _FILES.values()]


def face(*, bold: bool = False) -> str:
    """The name under which reportlab knows a face; it embeds what a PDF uses of it."""
    font(bold=bold)
    return _BOLD if bold else _REGULAR


@lru_cache(maxsize=2)
def font(*, bold: bool = False) -> TTFont:
    """A face, as reportlab reads it."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    name = _BOLD if bold else _REGULAR
    loaded = TTFont(name, files()[bold])
    registerFont(loaded)
    return loaded


def is_covered(text: str) -> bool:
    """Whether every character of a text can be drawn with these fonts."""
    known = font().face.charToGlyph
    return all(ord(char) in known for char in text)


def advance(char: str, *, bold: bool = False) -> float | None:
    """The advance of one character in ems; ``None`` for one that these fonts lack."""
    shape = font(bold=bold)
    if ord(char) not in shape.face.charToGlyph:
        return None
    return float(shape.stringWidth(char, 1))
