"""Key paths: where a value stands in a document, as keys and list indexes."""

from __future__ import annotations

KeyPath = tuple[str | int, ...]


def show_path(path: KeyPath) -> str:
    """A key path as people write it: ``stages[0].steps[2].raci.A``."""
    shown = ""
    for key in path:
        shown += f"[{key}]" if isinstance(key, int) else f".{key}" if shown else str(key)
    return shown or "(document)"
