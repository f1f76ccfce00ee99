"""Key paths (where a value stands in a document, as keys and list indexes) and the names of files."""

from __future__ import annotations

import os

KeyPath = tuple[str | int, ...]


def show_path(path: KeyPath) -> str:
    """A key path as people write it: ``stages[0].steps[2].raci.A``."""
    shown = ""
    for key in path:
        shown += f"[{key}]" if isinstance(key, int) else f".{key}" if shown else str(key)
    return shown or "(document)"


def file_name(path: str | os.PathLike[str]) -> str:
    """The name of a file as messages show it: readable under any locale, what is no UTF-8 as escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
