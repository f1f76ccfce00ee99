"""Writing files so that none is ever lost or half written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

import click


class CannotWrite(click.ClickException):
    """A file cannot be written: the folder is read-only, the disk is full, a folder is in the way."""

    exit_code = 2


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``: beside it first, then in its place in one move.

    Raises :class:`CannotWrite`; the file is then as it was before.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file() and not target.is_dir():
        _write_into(target, data)
        return
    draft = Draft(path)
    try:
        draft.write(data)
        draft.keep()
    finally:
        draft.drop()


class Draft:
    """A file that is written bit by bit beside its place, and put there when it is whole.

    All raise :class:`CannotWrite`; a file that was there before stays until :meth:`keep`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._target = Path(os.path.realpath(path))
        self.size = 0
        try:
            self._target.parent.mkdir(parents=True, exist_ok=True)
            handle, self._name = tempfile.mkstemp(
                prefix=f".{self._target.name}.", suffix=".part", dir=self._target.parent
            )
        except OSError as error:
            # isfile and not is_file, which raises where a folder must not be looked into.
            in_the_way = next((f"'{each}' is a file" for each in path.parents if os.path.isfile(each)), None)  # noqa: PTH113
            raise CannotWrite(f"cannot write '{path}': {in_the_way or error.strerror or error}") from None
        self._file = os.fdopen(handle, "wb", buffering=1 << 20)

    def write(self, data: bytes) -> None:
        """Add some bytes."""
        try:
            self._file.write(data)
        except OSError as error:
            raise self._failed(error) from None
        self.size += len(data)

    def keep(self) -> None:
        """All is written: it takes its place."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            # mkstemp makes files for the owner alone; what is exported is as readable as any other file.
            Path(self._name).chmod(0o666 & ~_umask())
            Path(self._name).replace(self._target)
        except OSError as error:
            raise self._failed(error) from None

    def drop(self) -> None:
        """Nothing of it stays, unless it was kept."""
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            Path(self._name).unlink()

    def _failed(self, error: OSError) -> CannotWrite:
        return CannotWrite(f"cannot write '{self._path}': {error.strerror or error}")


def _write_into(target: Path, data: bytes) -> None:
    """Write to a pipe or device, which must not be replaced by a file."""
    try:
        with target.open("wb") as stream:
            stream.write(data)
    except OSError as error:
        raise CannotWrite(f"cannot write '{target}': {error.strerror or error}") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
