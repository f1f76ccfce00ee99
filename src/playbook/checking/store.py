"""The folder in which results are kept from run to run.

What is in there is data (JSON), never code. It counts only if this machine has written it into this very
folder: each file carries a keyed checksum, and the key is the identity of the folder's marker, a file that
gets another one wherever it is copied, checked out or unpacked. So a cache that comes along with somebody's
files proves nothing. Whatever cannot be read or written is passed over in silence.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
import time
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

FOLDER = ".playbook_cache"
VARIABLE = "PLAYBOOK_CACHE_DIR"

_MARKER = "CACHEDIR.TAG"
_MARK = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder is a cache of playbook. It can be deleted at any time.\n"
)
_OURS = re.compile(r"[a-z]+-[0-9a-f]+\.json(?:\.[0-9]+\.tmp)?\Z")
"""The names of what is kept, and of what nobody has finished writing: nothing else is ever taken away."""
_HEAD = b"playbook cache 1 "
_LARGEST = 512 * 1024 * 1024
_KEPT = 8
"""So many files of a kind are kept, of other options too; and one more for each other workspace of a check."""
_STALE = 3600
"""Seconds after which a file that nobody has finished writing is taken away."""


class Store:
    """Plain data by name, in one folder, for a check of so many ``workspaces``."""

    def __init__(self, folder: Path, workspaces: int = 1) -> None:
        self._folder = folder
        self._kept = _KEPT + workspaces - 1

    def read(self, name: str) -> Any:
        """The data of a name; ``None`` if there is none that this machine has written here."""
        if self._key is None:
            return None
        try:
            head, _, body = _bytes(self._folder / name).partition(b"\n")
            if head != _HEAD + self._checksum(name, body):
                return None
            return json.loads(body)
        except (OSError, ValueError, RecursionError):
            return None

    def write(self, name: str, data: Any) -> None:
        """Keep data under a name. Another process that reads or writes it meanwhile sees the one or the other."""
        body = json.dumps(data, separators=(",", ":"), check_circular=False).encode()
        temporary = self._folder / f"{name}.{os.getpid()}.tmp"
        try:
            self._prepare()
            if self._key is None:
                return
            _create(temporary, _HEAD + self._checksum(name, body) + b"\n" + body)
            os.replace(temporary, self._folder / name)  # noqa: PTH105 - the same on every system
            self._tidy(name.partition("-")[0])
        except OSError:
            with contextlib.suppress(OSError):
                temporary.unlink()

    def touch(self, name: str) -> None:
        """Note that what is kept under a name has been of use."""
        with contextlib.suppress(OSError):
            os.utime(self._folder / name)

    @cached_property
    def _key(self) -> bytes | None:
        """The identity of the marker; ``None`` if there is no folder of ours."""
        try:
            if self._folder.is_symlink():
                return None
            status = os.lstat(self._folder / _MARKER)
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        return f"{status.st_ino} {status.st_ctime_ns}".encode()

    def _checksum(self, name: str, body: bytes) -> bytes:
        seal = blake2b(name.encode() + b"\0", digest_size=24, key=(self._key or b"")[:64])
        seal.update(body)
        return seal.hexdigest().encode()

    def _prepare(self) -> None:
        if self._folder.is_symlink():
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        # A folder that has something in it already may be anybody's: its files are not to be ignored.
        ignored = () if os.listdir(self._folder) else ((".gitignore", "*\n"),)  # noqa: PTH208
        for name, text in (*ignored, (_MARKER, _MARK)):
            with contextlib.suppress(FileExistsError):
                _create(self._folder / name, text.encode())
        vars(self).pop("_key", None)

    def _tidy(self, kind: str) -> None:
        """Take away what has not been used for longest, and what was left half written."""
        kept: list[tuple[float, str]] = []
        oldest = time.time() - _STALE
        with os.scandir(self._folder) as entries:
            for entry in entries:
                if not _OURS.match(entry.name):
                    continue
                if entry.name.endswith(".tmp") and entry.stat(follow_symlinks=False).st_mtime < oldest:
                    os.unlink(entry.path)  # noqa: PTH108
                elif entry.name.startswith(f"{kind}-") and not entry.name.endswith(".tmp"):
                    kept.append((entry.stat(follow_symlinks=False).st_mtime, entry.path))
        for _, path in sorted(kept, reverse=True)[self._kept :]:
            os.unlink(path)  # noqa: PTH108


def _create(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, 0o644), "wb") as file:  # noqa: PTH123 - only so it is surely a new file
        file.write(data)


def _bytes(path: Path) -> bytes:
    """A file's bytes, without following links or waiting for pipes."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST:
            raise OSError("no regular file")
        return file.read()
