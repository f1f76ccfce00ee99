"""The effective configuration of one workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from playbook.config.places import TomlPlaces
from playbook.diagnostics import Place, Severity
from playbook.results import FailOn
from playbook.text.spans import SourceText

FILE_NAME = "playbook.toml"

Profile = Literal["basic", "team", "governed", "certified"]
PROFILES: tuple[Profile, ...] = ("basic", "team", "governed", "certified")
"""Each profile asks for what the one before it asks, and more."""


@dataclass(frozen=True)
class Config:
    """The effective configuration of one workspace; what each part means is in :mod:`playbook.config.settings`.

    Patterns are relative to the workspace, rules are told by code or family. ``options`` are as written, so
    of unknown types; those of ``targets`` are texts.
    """

    include: tuple[str, ...] = ("**/*.yaml", "**/*.yml")
    exclude: tuple[str, ...] = ()
    profile: Profile = "basic"
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mandatory: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    fail_on: FailOn = "warning"
    baseline: str | None = None
    plugins: tuple[str, ...] = ()
    source: SourceText | None = field(default=None, repr=False, compare=False)
    """The text of the file, if there is one that could be read."""

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where a value of the file, or its key, is written; of what is not there, its nearest ancestor's key.

        An item of a list is told by its index: ``place("select", 0)``.
        """
        if self.source is None:
            return Place(FILE_NAME)
        found = self._places.find(path, key=key)
        return Place(self.source.name, self.source.span(*found)) if found else Place(self.source.name)

    def is_written(self, *path: str | int) -> bool:
        """Whether the file itself has this key."""
        return self.source is not None and self._places.has(path)

    def files(self, root: Path) -> tuple[Path, ...]:
        """Other files that the configuration names, and results depend on."""
        return () if self.baseline is None else (root / self.baseline,)

    @cached_property
    def _places(self) -> TomlPlaces:
        return TomlPlaces(self.source.text if self.source else "")
