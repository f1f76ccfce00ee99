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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        # isfile and not is_file, which raises where a folder must not be looked into.
        in_the_way = next((f"'{each}' is a file" for each in path.parents if os.path.isfile(each)), None)  # noqa: PTH113
        raise CannotWrite(f"cannot write '{path}': {in_the_way or error.strerror or error}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes files for the owner alone; what is exported is as readable as any other file.
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(target)
    except OSError as error:
        raise CannotWrite(f"cannot write '{path}': {error.strerror or error}") from None
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()


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
