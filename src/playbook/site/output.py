"""The site on the disk: written as a whole or not at all, and never over anything that is not ours."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

MANIFEST = ".playbook-site.json"
"""The file that lists what an earlier run has written, and so may be replaced or removed."""
_PREFIX, _SUFFIX = ".playbook-site.", ".part"


class Refused(Exception):  # noqa: N818 - it says that something was refused, no fault
    """The folder cannot be written to, or holds what is not ours; the words say which."""


def ready(target: Path) -> frozenset[str]:
    """What an earlier run has left in the folder. Raises :class:`Refused` for a folder that is none of ours."""
    try:
        if target.exists() and not target.is_dir():
            raise Refused(f"'{target}' is a file; name a folder for the site")
        if not target.exists() or not any(path for path in target.iterdir() if not _is_left(path)):
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
    stale = sorted(name for name in known.difference(files) if os.path.lexists(target / name))
    try:
        with _workplace(target) as work:
            for name, data in {**files, MANIFEST: _manifest(files)}.items():
                _write(work / "new" / name, data)
            if target.is_dir():
                # Whoever ends us from outside leaves a folder that says what is ours in it.
                _write(work / MANIFEST, _manifest({*files, *known}))
                _move(target, work, [*files], stale)
            else:
                (work / "new").rename(target)
    except OSError as error:
        raise Refused(f"cannot write '{target}': {error.strerror or error}") from None
    return len(stale)


@contextlib.contextmanager
def _workplace(target: Path) -> Iterator[Path]:
    """A folder on the same disk, so that moving is renaming; it and what others have left of theirs go away.

    It is in a target that is there already, which may be a disk of its own or the only place to write to.
    """
    home = target.resolve() if target.is_dir() else target.absolute().parent
    home.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=home))
    try:
        yield work
    finally:
        left = [path for path in target.iterdir() if _is_left(path)] if target.is_dir() else []
        for path in (work, *left):
            shutil.rmtree(path, ignore_errors=True)


def _is_left(path: Path) -> bool:
    """Whether it is where a run has worked that was ended from outside."""
    return path.name.startswith(_PREFIX) and path.name.endswith(_SUFFIX) and path.is_dir() and not path.is_symlink()


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


def _move(target: Path, work: Path, names: list[str], stale: list[str]) -> None:
    """Move the new files in, each where an old one was, and the rest of the old ones out.

    If that fails or is interrupted, everything back.
    """
    done: list[tuple[Path, Path]] = []
    try:
        _swap(target, work, MANIFEST, work / MANIFEST, done)
        for name in names:
            _swap(target, work, name, work / "new" / name, done)
        for name in stale:
            _swap(target, work, name, None, done)
        _swap(target, work / "last", MANIFEST, work / "new" / MANIFEST, done)
    except BaseException:  # also Ctrl-C
        for source, moved in reversed(done):
            with contextlib.suppress(OSError):
                moved.replace(source)
        _remove_empty(target, names)
        raise
    _remove_empty(target, stale)


def _remove_empty(target: Path, names: Iterable[str]) -> None:
    """Remove the folders of some files where nothing is left in them."""
    for folder in sorted({(target / name).parent for name in names}, key=lambda path: -len(path.parts)):
        if folder != target:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _swap(target: Path, kept: Path, name: str, fresh: Path | None, done: list[tuple[Path, Path]]) -> None:
    """Put a file in the place of the one of its name, which is kept in case of need.

    At no moment there is none.
    """
    old, place = kept / "old" / name, target / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(place):
        if fresh is not None:
            _rename(fresh, place, done)
        return
    old.parent.mkdir(parents=True, exist_ok=True)
    if fresh is None:
        _rename(place, old, done)
        return
    shutil.copy2(place, old, follow_symlinks=False)
    fresh.replace(place)
    done.append((place, old))


def _rename(source: Path, moved: Path, done: list[tuple[Path, Path]]) -> None:
    source.replace(moved)
    done.append((source, moved))
