"""Which files form which workspace."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from playbook.config import FILE_NAME, Config, read_config
from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.text.globs import matches
from playbook.text.listing import Listing
from playbook.text.paths import file_name

_PASSED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv"})
_SUFFIXES = (".yaml", ".yml")


@dataclass
class WorkspaceFiles:
    """A workspace before it is read: its root, its configuration and its files.

    ``selected`` are the files that were asked for; the others are read so that references resolve.
    ``explicit`` are those asked for by their own name.
    """

    root: Path
    config: Config
    diagnostics: tuple[Diagnostic, ...] = ()
    files: dict[str, Path] = field(default_factory=dict)
    searched: bool | None = None
    """Whether the root was searched, and if so, with all folders below it."""
    selected: set[str] = field(default_factory=set)
    explicit: set[str] = field(default_factory=set)
    found: set[str] = field(default_factory=set)
    """Those that the search found; others are there only because they were asked for by name."""
    listing: Listing | None = None
    """Every file below the root, where all folders below it were searched."""

    @property
    def relative(self) -> dict[str, str]:
        """The paths of the files from the root, by their names."""
        root = self.root
        return {
            name: path.relative_to(root).as_posix()
            for name, path in self.files.items()
            if path.is_relative_to(root)
        }


def discover(paths: Iterable[Path], home: Path) -> list[WorkspaceFiles]:
    """The workspaces that the paths belong to, in the order of their roots.

    A workspace is a folder with ``playbook.toml`` and all below it; without one, a folder that is given
    is a workspace of its own, and a file that is given sees the files beside it. ``home`` is the folder
    from which file names are told.
    """
    found: dict[Path, WorkspaceFiles] = {}
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        if absolute.is_dir():
            _take_folder(absolute, found, home)
        else:
            _take_file(absolute, found, home)
    return [found[root] for root in sorted(found)]


def _take_folder(folder: Path, found: dict[Path, WorkspaceFiles], home: Path) -> None:
    for root in [_root_above(folder) or folder, *_roots_below(folder)]:
        workspace = _workspace(root, found, home, recursive=True)
        for name, path in workspace.files.items():
            if path.is_relative_to(folder):
                workspace.selected.add(name)


def _take_file(file: Path, found: dict[Path, WorkspaceFiles], home: Path) -> None:
    root = _root_above(file.parent)
    workspace = _workspace(root or file.parent, found, home, recursive=root is not None)
    name = _name(file, home)
    workspace.files[name] = file
    workspace.selected.add(name)
    workspace.explicit.add(name)


def _workspace(root: Path, found: dict[Path, WorkspaceFiles], home: Path, *, recursive: bool) -> WorkspaceFiles:
    if root not in found:
        config, diagnostics = read_config(root, _name(root / FILE_NAME, home))
        found[root] = WorkspaceFiles(root, config, diagnostics)
    workspace = found[root]
    if workspace.searched or workspace.searched is recursive:
        return workspace
    workspace.searched = recursive
    unreadable: list[OSError] = []
    listing = _listing(root, unreadable, recursive=recursive)
    for relative in _yaml_files(listing):
        if matches(relative, workspace.config.include) and not matches(relative, workspace.config.exclude):
            path = root / relative
            name = _name(path, home)
            workspace.files.setdefault(name, path)
            workspace.found.add(name)
    if recursive:
        workspace.listing = listing
    for error in unreadable:
        # Files that may be in there are not checked, so this is said like an unreadable file.
        place = Place(_name(Path(error.filename), home))
        message = f"the folder cannot be read: {error.strerror}"
        workspace.diagnostics += (Diagnostic("SCH001", Severity.ERROR, message, place),)
        workspace.selected.add(place.file)
    return workspace


@lru_cache(maxsize=1024)
def _root_above(folder: Path) -> Path | None:
    for candidate in (folder, *folder.parents):
        if (candidate / FILE_NAME).is_file():
            return candidate
    return None


def forget_folders() -> None:
    """Forget where ``playbook.toml`` was found: for whoever looks for a second time."""
    _root_above.cache_clear()


def _roots_below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_searched(name))
        if FILE_NAME in files and Path(parent) != folder:
            yield Path(parent)


def _listing(root: Path, unreadable: list[OSError], *, recursive: bool) -> Listing:
    """The files of a workspace; a folder below with its own ``playbook.toml`` is not part of it."""
    found: list[str] = []
    unsearched: list[str] = []
    for parent, folders, files in os.walk(root, onerror=unreadable.append):
        below = Path(parent).relative_to(root).as_posix() + "/" if parent != str(root) else ""
        if below and FILE_NAME in files:
            folders.clear()
            unsearched.append(below)
            continue
        found += [below + name for name in sorted(files)]
        unsearched += [f"{below}{name}/" for name in folders if not (recursive and _is_searched(name))]
        folders[:] = sorted(name for name in folders if _is_searched(name)) if recursive else []
    unsearched += [
        Path(error.filename).relative_to(root).as_posix() + "/" for error in unreadable if error.filename
    ]
    return Listing(tuple(found), tuple(sorted(unsearched)))


def _yaml_files(listing: Listing) -> Iterator[str]:
    for relative in listing.files:
        name = relative.rpartition("/")[2]
        if name.endswith(_SUFFIXES) and not name.startswith("."):
            yield relative


def _is_searched(folder: str) -> bool:
    return not folder.startswith(".") and folder not in _PASSED_FOLDERS


def _name(path: Path, home: Path) -> str:
    """How messages call a file: from ``home`` if it lies below it."""
    return file_name((path.relative_to(home) if path.is_relative_to(home) else path).as_posix())
