"""How messages quote what was written: on one line, and no longer than a reader needs."""

from __future__ import annotations

_LONGEST = 80


def shown(text: str) -> str:
    """A text on one line, cut when it is long."""
    flat = " ".join(text.split()) if any(char.isspace() and char != " " for char in text) else text
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 3] + "..."


def quoted(text: str) -> str:
    """A text in quotation marks, on one line, cut when it is long."""
    return f"'{shown(text)}'"
