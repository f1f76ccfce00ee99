"""Which files there are: what a check may know of the disk beside the documents themselves."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Listing:
    """The files below a root, by their paths from there; ``unsearched`` folders (``a/b/``) were not looked into."""

    files: tuple[str, ...]
    unsearched: tuple[str, ...] = ()

    def may_have(self, path: str) -> bool:
        """Whether a file is there, or may be there unseen."""
        return path in self._files or any(path.startswith(folder) for folder in self.unsearched)

    def in_folder(self, folder: str) -> list[str]:
        """The names of the files right in a folder; ``""`` is the root."""
        start = f"{folder}/" if folder else ""
        return [
            path[len(start) :] for path in self.files if path.startswith(start) and "/" not in path[len(start) :]
        ]

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self.files)
