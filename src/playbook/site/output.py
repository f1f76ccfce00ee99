"""The site on the disk: written as a whole or not at all, and never over anything that is not ours."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

MANIFEST = ".playbook-site.json"
"""The file that lists what an earlier run has written, and so may be replaced or removed."""


class Refused(Exception):  # noqa: N818 - it says that something was refused, no fault
    """The folder cannot be written to, or holds what is not ours; the words say which."""


def ready(target: Path) -> frozenset[str]:
    """What an earlier run has left in the folder. Raises :class:`Refused` for a folder that is none of ours."""
    try:
        if target.exists() and not target.is_dir():
            raise Refused(f"'{target}' is a file; name a folder for the site")
        if not target.exists() or not any(target.iterdir()):
            return frozenset()
        return _read(target / MANIFEST)
    except OSError as error:
        raise Refused(f"cannot read '{target}': {error.strerror or error}") from None


def write_site(target: Path, files: Mapping[str, bytes]) -> int:
    """Put the files into the folder and take away what an earlier run left there; how many were taken away.

    Raises :class:`Refused`; the folder is then as it was before.
    """
    known = ready(target)
    _refuse_others(target, files, known)
    work: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the folder and not in it, so that moving is renaming and nobody meets half a site.
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.absolute().parent))
        fresh, kept = work / "new", work / "old"
        for name, data in {**files, MANIFEST: _manifest(files)}.items():
            _write(fresh / name, data)
        _move(target, fresh, kept, [*files, MANIFEST], sorted(known.difference(files)))
    except OSError as error:
        raise Refused(f"cannot write '{target}': {error.strerror or error}") from None
    finally:
        if work is not None:
            shutil.rmtree(work, ignore_errors=True)
    return len(known.difference(files))


def _read(manifest: Path) -> frozenset[str]:
    folder = manifest.parent
    if not manifest.is_file():
        raise Refused(
            f"'{folder}' is not empty, and no earlier run of 'playbook site' has made it: "
            "name a new or empty folder; nothing was written"
        )
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        names = content["files"]
        sound = content["version"] == 1 and all(isinstance(name, str) and _is_inside(name) for name in names)
    except (ValueError, KeyError, TypeError):
        sound, names = False, []
    if not sound:
        raise Refused(f"'{manifest}' is no list of a site's files: empty the folder '{folder}' or name another one")
    return frozenset(names)


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    foreign = "\\" in name or ":" in name  # which lead elsewhere on Windows
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and not foreign


def _manifest(files: Iterable[str]) -> bytes:
    what = "The files of a site that 'playbook site' has written. It replaces and removes these and no others."
    return (json.dumps({"version": 1, "about": what, "files": sorted(files)}, indent=1) + "\n").encode()


def _refuse_others(target: Path, files: Iterable[str], known: frozenset[str]) -> None:
    """Refuse to write over a file that is not ours, or through a link that leads out of the folder."""
    real = target.resolve()
    for name in {*files, *known}:
        path = target / name
        if not path.parent.resolve().is_relative_to(real):
            raise Refused(f"'{path}' lies behind a link that leads out of '{target}'; nothing was written")
        if name not in known and os.path.lexists(path):
            raise Refused(f"'{path}' was not written by 'playbook site': move it away; nothing was written")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _move(target: Path, fresh: Path, kept: Path, names: list[str], stale: list[str]) -> None:
    """Move the new files in and the old ones out; if that fails, everything back."""
    done: list[tuple[Path, Path]] = []
    try:
        for name in [*names, *stale]:
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(path):
                (kept / name).parent.mkdir(parents=True, exist_ok=True)
                _rename(path, kept / name, done)
        for name in names:
            _rename(fresh / name, target / name, done)
    except OSError:
        for source, moved in reversed(done):
            with contextlib.suppress(OSError):
                moved.replace(source)
        raise
    for folder in sorted({(target / name).parent for name in stale}, key=lambda path: -len(path.parts)):
        if folder != target:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _rename(source: Path, moved: Path, done: list[tuple[Path, Path]]) -> None:
    source.replace(moved)
    done.append((source, moved))
