"""Key paths (where a value stands in a document, as keys and list indexes) and the names of files."""

from __future__ import annotations

import os
from collections.abc import Iterable

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


LostItems = dict[KeyPath, list[int]]
"""The indexes, in the file, of the items that the list at a path has lost."""


def lost_items(pruned: Iterable[KeyPath]) -> LostItems:
    """The items of lists among the paths that were left out."""
    removed: LostItems = {}
    for cut in pruned:
        if cut and isinstance(cut[-1], int):
            removed.setdefault(cut[:-1], []).append(cut[-1])
    return removed


def original_path(path: KeyPath, pruned: Iterable[KeyPath] | LostItems) -> KeyPath:
    """The path in the file of a path in the model, whose lists may have lost the items at ``pruned``."""
    removed = pruned if isinstance(pruned, dict) else lost_items(pruned)
    if not removed:
        return path
    original: KeyPath = ()
    for key in path:
        if isinstance(key, int):
            for index in sorted(removed.get(original, ())):
                if index <= key:
                    key += 1  # noqa: PLW2901 - each item lost before it moves it by one
        original = (*original, key)
    return original
