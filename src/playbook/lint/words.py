"""How messages name things: the label people know, and the id that stands in the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal


def named(label: str | None, id_: str) -> str:
    """A thing by its label and its id, ``"Write the brief" (write_brief)``; by its id if it has no label."""
    return f'"{shortened(label)}" ({shortened(id_)})' if label else f'"{shortened(id_)}"'


def shortened(text: str, limit: int = 60) -> str:
    """A text on one line, cut at ``limit`` characters."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 3].rstrip() + "..."


def listed(items: Iterable[str], word: Literal["and", "or"] = "and", limit: int = 8) -> str:
    """Items as a sentence lists them: ``a, b and c``; of many, the first and how many more."""
    parts = list(items)
    if len(parts) > limit:
        return f"{', '.join(parts[:limit])} {word} {len(parts) - limit} more"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {word} {parts[-1]}" if parts else ""


def counted(number: int, noun: str) -> str:
    """A number with its noun: ``1 step``, ``3 steps``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
