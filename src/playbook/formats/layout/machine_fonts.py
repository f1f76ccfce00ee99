"""The fonts of this machine, for letters that the bundled ones lack.

They are looked for by the names of their files where systems keep fonts, and only those that a picture needs
are handed to whoever draws it. A renderer that may choose from all fonts draws a whole text in any font that
has its rarest letter, be it bold, slanted or with serifs (resvg issues 301 and 973).
"""

from __future__ import annotations

import os
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.formats.layout import fonts

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont


@dataclass(frozen=True, slots=True)
class Family:
    """A family of fonts with the names of its files, without their ends."""

    name: str
    regular: str
    bold: str

    @property
    def files(self) -> list[str]:
        """Where its faces are on this machine; empty if the regular one is missing."""
        known = _files()
        paths = dict.fromkeys(known[each.lower()] for each in (self.regular, self.bold) if each.lower() in known)
        return list(paths) if self.regular.lower() in known else []


def _noto(script: str) -> Family:
    stem = "NotoSans" + script.replace(" ", "")
    return Family(f"Noto Sans {script}", f"{stem}-Regular", f"{stem}-Bold")


# DejaVu Sans is Vera with many more letters, right-to-left scripts and symbols among them.
_WESTERN = (
    Family("DejaVu Sans", "DejaVuSans", "DejaVuSans-Bold"),
    Family("Segoe UI", "segoeui", "segoeuib"),
    Family("Arial Unicode MS", "Arial Unicode", "Arial Unicode"),
    Family("Arial", "Arial", "Arial Bold"),
    Family("Noto Sans", "NotoSans-Regular", "NotoSans-Bold"),
    Family("Liberation Sans", "LiberationSans-Regular", "LiberationSans-Bold"),
)
_CJK = ("NotoSansCJK-Regular", "NotoSansCJK-Bold")
_CHINESE = (
    Family("Noto Sans CJK SC", *_CJK),
    Family("Noto Sans SC", "NotoSansSC-Regular", "NotoSansSC-Bold"),
    Family("PingFang SC", "PingFang", "PingFang"),
    Family("Hiragino Sans GB", "Hiragino Sans GB", "Hiragino Sans GB"),
    Family("Microsoft YaHei", "msyh", "msyhbd"),
    Family("WenQuanYi Micro Hei", "wqy-microhei", "wqy-microhei"),
    Family("Droid Sans Fallback", "DroidSansFallbackFull", "DroidSansFallbackFull"),
)
_JAPANESE = (
    Family("Noto Sans CJK JP", *_CJK),
    Family("Hiragino Sans", "ヒラギノ角ゴシック W3", "ヒラギノ角ゴシック W6"),
    Family("Yu Gothic", "YuGothR", "YuGothB"),
    *_CHINESE,
)
_KOREAN = (
    Family("Noto Sans CJK KR", *_CJK),
    Family("Apple SD Gothic Neo", "AppleSDGothicNeo", "AppleSDGothicNeo"),
    Family("Malgun Gothic", "malgun", "malgunbd"),
)
_NIRMALA = Family("Nirmala UI", "Nirmala", "NirmalaB")
_LEELAWADEE = Family("Leelawadee UI", "LeelawUI", "LeelaUIb")
_INDIAN = ("Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Sinhala", "Tamil", "Telugu")
_FAMILIES: dict[str, tuple[Family, ...]] = {
    **dict.fromkeys(("CJK", "FULLWIDTH", "IDEOGRAPHIC"), _CHINESE),
    **dict.fromkeys(("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"), _JAPANESE),
    "HANGUL": _KOREAN,
    **{script.upper(): (_noto(script), _NIRMALA) for script in _INDIAN},
    "THAI": (_noto("Thai"), Family("Thonburi", "Thonburi", "Thonburi"), _LEELAWADEE),
    "LAO": (_noto("Lao"), _LEELAWADEE),
    "KHMER": (_noto("Khmer"), _LEELAWADEE),
    "MYANMAR": (_noto("Myanmar"), Family("Myanmar Text", "mmrtext", "mmrtextb")),
    "ETHIOPIC": (_noto("Ethiopic"), Family("Ebrima", "ebrima", "ebrimabd")),
}
_EMOJI = (
    Family("Noto Color Emoji", "NotoColorEmoji", "NotoColorEmoji"),
    Family("Apple Color Emoji", "Apple Color Emoji", "Apple Color Emoji"),
    Family("Segoe UI Emoji", "seguiemj", "seguiemj"),
    Family("Noto Sans Symbols2", "NotoSansSymbols2-Regular", "NotoSansSymbols2-Regular"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What draws a text: the families to name, the best first, the files of all, and whether these will do."""

    families: tuple[str, ...]
    files: tuple[str, ...]
    complete: bool


@lru_cache(maxsize=4096)
def choice_for(text: str) -> Choice:
    """The fonts for a text: named is that of its first script that the bundled ones lack.

    Fonts of pictograms have no letters, so they are never named.
    """
    scripts: dict[tuple[Family, ...], None] = {}
    for char in text:
        if not fonts.is_covered(char) and unicodedata.category(char) not in ("Mn", "Me", "Cf", "Cc"):
            scripts.setdefault(_families(char))
    chosen = [next((each for each in families if each.files), None) for families in scripts]
    found = [each for each in chosen if each is not None]
    return Choice(
        (*[each.name for each in found if each not in _EMOJI][:1], fonts.FAMILY),
        tuple(file for each in found for file in each.files),
        complete=len(found) == len(scripts),
    )


@lru_cache(maxsize=4096)
def plain_face(text: str, *, bold: bool = False) -> str | None:
    """The name under which reportlab knows a font that can write a text letter by letter; it embeds it.

    ``None`` if the letters of the text join, stack or run from right to left, or if there is no such font.
    """
    for char in text:
        if not fonts.is_covered(char) and (
            _families(char) is not _WESTERN
            or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn")
            or unicodedata.bidirectional(char) in ("R", "AL", "AN")
        ):
            return None
    for family in _WESTERN:
        font = _loaded(family.files[-1] if bold else family.files[0]) if family.files else None
        if font is not None and all(ord(char) in font.face.charToGlyph for char in text):
            return str(font.fontName)
    return None


@lru_cache(maxsize=32)
def _loaded(file: str) -> TTFont | None:
    """A font file as reportlab reads it; ``None`` if it cannot, or may not embed it."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    try:
        font = TTFont(f"Machine-{Path(file).stem}", file)
    except Exception:  # a file of others, which may be broken in any way
        return None
    registerFont(font)
    return font


def _families(char: str) -> tuple[Family, ...]:
    if ord(char) >= 0x1F000 and unicodedata.category(char) in ("So", "Sk"):
        return _EMOJI
    return _FAMILIES.get(unicodedata.name(char, "").split(" ")[0], _WESTERN)


@lru_cache(maxsize=1)
def _files() -> dict[str, str]:
    """The font files of this machine by their names in small letters, without their ends."""
    found: dict[str, str] = {}
    for folder in _folders():
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in (".ttf", ".otf", ".ttc"):
                found.setdefault(path.stem.lower(), str(path))
    return found


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return [
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            *([Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []),
        ]
    shared = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
    return [*shared, home / ".local" / "share" / "fonts", home / ".fonts"]
