"""Texts for fields that are short, or of one line."""

from __future__ import annotations

import re
from functools import lru_cache

# Control characters and line ends; a name has one line only.
_NOT_IN_A_LINE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters; one that is cut ends with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def in_one_line(text: str) -> str:
    """A text with single spaces between its words, whatever stands there."""
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """A text as a name: in one line, without control characters."""
    return _NOT_IN_A_LINE.sub(" ", text).strip()
