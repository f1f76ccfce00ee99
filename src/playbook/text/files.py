"""Files that somebody else may have put there."""

from __future__ import annotations

import os
from pathlib import Path


def read_at_most(path: Path, most: int) -> bytes:
    """The bytes of a file, but never more than ``most`` and one. Raises :class:`OSError`."""
    # Without waiting, should the file have become a pipe since it was looked at, or be one in disguise.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    pieces: list[bytes] = []
    missing = most + 1
    try:
        while missing > 0 and (piece := os.read(descriptor, missing)):
            pieces.append(piece)
            missing -= len(piece)
    finally:
        os.close(descriptor)
    return b"".join(pieces)
