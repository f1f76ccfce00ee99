"""New texts of files onto the disk, so that no file is ever lost, half written or written over blindly.

All texts are written beside their files first; only then does each take its file's place, in one move.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_MARK = b"\xef\xbb\xbf"


class CannotRewriteError(Exception):
    """A file cannot be written, or has changed since it was read. All files are as they were."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file, the name that messages show, the text that was read from it, and the one it gets."""

    path: Path
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    rewrite: Rewrite
    target: Path
    old: bytes
    part: Path


def write_all(rewrites: Iterable[Rewrite]) -> None:
    """Write new texts over files; what a link leads to is written, and the link stays.

    Permissions and a byte order mark stay as they are. Raises :class:`CannotRewriteError` if a file holds
    something else than was read, or cannot be written; then none is changed.
    """
    with contextlib.ExitStack() as stack:
        prepared = [stack.enter_context(_beside(rewrite)) for rewrite in _one_for_each_file(rewrites)]
        done: list[_Prepared] = []
        for each in prepared:
            try:
                _unchanged(each.rewrite, each.target.read_bytes())
                each.part.replace(each.target)
            except (OSError, CannotRewriteError) as error:
                _take_back(done)
                raise _cannot(each.rewrite, error) from None
            except KeyboardInterrupt:
                _take_back(done)
                raise
            done.append(each)
        for folder in dict.fromkeys(each.target.parent for each in done):
            _settle(folder)


def _one_for_each_file(rewrites: Iterable[Rewrite]) -> list[Rewrite]:
    """Links may give one file several names: it is written once, if all want it to be the same."""
    found: dict[str, Rewrite] = {}
    for rewrite in rewrites:
        first = found.setdefault(os.path.realpath(rewrite.path), rewrite)
        if first.after != rewrite.after:
            reason = f"it is the same file as '{first.name}', and is to become another text"
            raise _cannot(rewrite, CannotRewriteError(reason))
    return list(found.values())


@contextlib.contextmanager
def _beside(rewrite: Rewrite) -> Iterator[_Prepared]:
    """The new bytes in a file beside the old one, which is gone again in the end."""
    target = Path(os.path.realpath(rewrite.path))
    part: Path | None = None
    try:
        old = target.read_bytes()
        mark = _unchanged(rewrite, old)
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        part = _written(target, mark + rewrite.after.encode(), target.stat().st_mode & 0o7777)
    except (OSError, CannotRewriteError) as error:
        raise _cannot(rewrite, error) from None
    try:
        yield _Prepared(rewrite, target, old, part)
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _unchanged(rewrite: Rewrite, data: bytes) -> bytes:
    """The byte order mark of a file whose text is still the one that was read."""
    mark = _MARK if data.startswith(_MARK) else b""
    if data[len(mark) :] != rewrite.before.encode():
        raise CannotRewriteError("it has changed since it was read")
    return mark


def _written(target: Path, data: bytes, mode: int) -> Path:
    """A new file beside another one, safely on the disk. At no moment may more people read it."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def _take_back(done: Iterable[_Prepared]) -> None:
    """The old bytes again, as far as the disk still lets us."""
    for each in done:
        with contextlib.suppress(OSError):
            _written(each.target, each.old, each.target.stat().st_mode & 0o7777).replace(each.target)


def _settle(folder: Path) -> None:
    """Make the moves of a folder last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot(rewrite: Rewrite, error: Exception) -> CannotRewriteError:
    reason = getattr(error, "strerror", None) or str(error)
    return CannotRewriteError(f"cannot write '{rewrite.name}': {reason}; nothing is written")
