"""Which program this is: what was found by another one, or by another state of it, does not count."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

from playbook import __version__
from playbook.text.digests import digest

_LIBRARIES = ("pydantic", "ruamel", "networkx", "z3")
"""The libraries that findings come from; the names of their packages begin with these."""


@cache
def stamp() -> str:
    """A digest of the versions of everything that findings come from, and of the state of our own files.

    A developer who edits a rule changes the size or the time of its file, and so gets no stale results.
    """
    package = Path(__file__).parents[1]
    ours = sorted(_states(str(package)))
    return digest(repr((__version__, sys.version, sys.platform, _installed(package.parent), ours)))


def _states(folder: str) -> list[tuple[str, int, int]]:
    """The path, size and time of every source file."""
    found: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    found += _states(entry.path)
            elif entry.name.endswith(".py"):
                status = entry.stat()
                found.append((entry.path, status.st_size, status.st_mtime_ns))
    return found


def _installed(home: Path) -> list[str]:
    """The libraries with their versions, as their folders of metadata are called."""
    names: list[str] = []
    for folder in dict.fromkeys([str(home), *sys.path]):
        try:
            names += [name for name in os.listdir(folder) if _is_library(name)]  # noqa: PTH208 - it runs at every start
        except OSError:
            continue
    return sorted(names)


def _is_library(name: str) -> bool:
    return name.lower().startswith(_LIBRARIES) and name.endswith((".dist-info", ".egg-info"))
