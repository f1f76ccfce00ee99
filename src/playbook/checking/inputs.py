"""The files that a check reads, as bytes: read once, and told apart by their content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

from playbook.checking.settings import Settings
from playbook.checking.stamp import stamp
from playbook.checking.store import FOLDER
from playbook.compiler.discover import WorkspaceFiles
from playbook.diagnostics import Diagnostic
from playbook.reader.source import read_file
from playbook.suppression.baseline import LARGEST
from playbook.text.digests import digest


@dataclass(frozen=True)
class Inputs:
    """The files of one workspace with their bytes, or with the findings that say why they cannot be read."""

    files: WorkspaceFiles
    data: dict[str, tuple[bytes | None, tuple[Diagnostic, ...]]]

    @cached_property
    def key(self) -> str:
        """A digest of all that is known of the workspace."""
        files = self.files
        contents = [
            (name, digest(data) if data is not None else repr(findings))
            for name, (data, findings) in self.data.items()
        ]
        asked = (sorted(files.selected), sorted(files.explicit))
        return digest(repr((str(files.root), _config(files), files.diagnostics, asked, contents, _listed(files))))


def read_inputs(files: WorkspaceFiles) -> Inputs:
    """Read the files of a workspace."""
    return Inputs(files, {name: read_file(files.files[name], name) for name in sorted(files.files)})


def key_of(every: Sequence[Inputs], home: Path, settings: Settings) -> str:
    """A digest of all that the results of a check depend on."""
    named = [(str(path), _content(path)) for each in every for path in _named(each.files, settings)]
    return digest(repr((stamp(), str(home), settings_key(settings), named, [each.key for each in every])))


def settings_key(settings: Settings) -> str:
    """What tells one set of settings from another; the day counts even if nobody has named one."""
    values = [(field.name, repr(getattr(settings, field.name))) for field in fields(settings)]
    return repr((settings.today.isoformat(), values))


def _config(files: WorkspaceFiles) -> str:
    return files.config.source.text if files.config.source is not None else ""


def _listed(files: WorkspaceFiles) -> object:
    """Which files there are; the cache itself comes and goes."""
    listing = files.listing
    if listing is None:
        return None
    return listing.files, [folder for folder in listing.unsearched if folder != f"{FOLDER}/"]


def _named(files: WorkspaceFiles, settings: Settings) -> list[Path]:
    """The files that settings or the configuration name, whose content counts too."""
    named = [getattr(settings, field.name) for field in fields(settings)]
    home = settings.home or Path.cwd()
    paths = [home / value for value in named if isinstance(value, Path)]
    return [*paths, *files.config.files(files.root)]


def _content(path: Path) -> str:
    # A baseline may be longer than any document.
    data, findings = read_file(path, str(path), LARGEST)
    return digest(data) if data is not None else repr(findings)
