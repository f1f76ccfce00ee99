"""What was asked for, beside the paths. Nothing heavy is imported for it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from playbook.config import Config, Profile
from playbook.results import FailOn


@dataclass(frozen=True)
class Settings:
    """What the command line says beside the paths. ``as_of`` is the day that counts as today.

    ``profile``, ``baseline`` and ``fail_on`` go before those of the configuration; without ``use_baseline``
    there is no baseline at all. ``home`` is the folder from which file names are told; by default the current
    one.

    Everything that results depend on stands here or in the configuration: results that are kept count only
    for equal settings. Of a ``Path`` to a file, its content counts too.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    as_of: datetime.date | None = None
    fail_on: FailOn | None = None
    profile: Profile | None = None
    baseline: Path | None = None
    use_baseline: bool = True
    home: Path | None = None

    def on(self, config: Config) -> Config:
        """A configuration with what the command line says instead."""
        return replace(config, profile=self.profile) if self.profile else config

    @property
    def today(self) -> datetime.date:
        """The day that counts as today."""
        return self.as_of or datetime.datetime.now(tz=datetime.UTC).date()


DEFAULT = Settings()
