"""Texts that show as themselves in Markdown."""

from __future__ import annotations

import re

# What would mean something to Markdown, or to HTML inside of it, in a paragraph or a table cell.
_MEANING = re.compile(r"[\\`*_{}\[\]<>|~#!&$]")
_LIST = re.compile(r"^(\d+[.)](?=\s|$)|[-+=])")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def text(words: str) -> str:
    """A text that shows as itself: escaped, on one line."""
    words = _CONTROLS.sub("\ufffd", words.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = _MEANING.sub(lambda match: "&lt;" if match[0] == "<" else "\\" + match[0], words.strip())
    # A number with a dot, a dash or a plus at the start would begin a list.
    escaped = _LIST.sub(lambda match: match[0][:-1] + "\\" + match[0][-1], escaped)
    return re.sub(r"\s*\n\s*", "<br>", escaped).replace("\t", " ")


def heading(words: str, level: int) -> str:
    """A heading; there are six levels."""
    return f"{'#' * min(level, 6)} {text(words)}".rstrip()


def bold(words: str) -> str:
    """A text in bold; nothing for nothing."""
    escaped = text(words)
    return f"**{escaped}**" if escaped else ""


def bullets(texts: tuple[str, ...]) -> str:
    """A list, an item each."""
    return "\n".join(f"- {text(each)}".rstrip() for each in texts)
