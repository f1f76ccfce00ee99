"""Texts for fields that are short, or of one line."""

from __future__ import annotations


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters; one that is cut ends with an ellipsis."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def in_one_line(text: str) -> str:
    """A text with single spaces between its words, whatever stands there."""
    return " ".join(text.split())
