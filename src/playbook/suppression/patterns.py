"""Rules that are left out in some files: ``[per_file_ignores]``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.lint.catalogue import Catalogue
from playbook.text.globs import matches
from playbook.text.quote import shown


class FilePatterns:
    """The per-file ignores of one configuration."""

    def __init__(self, config: Config, catalogue: Catalogue) -> None:
        self._config = config
        self._codes = [
            (
                pattern,
                {code: at for at, named in reversed(list(enumerate(items))) for code in catalogue.matching(named)},
            )
            for pattern, items in config.per_file_ignores.items()
        ]

    def ignored(self, relative: str) -> dict[str, Place]:
        """The codes that are left out in a file, each with the place that says so."""
        found: dict[str, Place] = {}
        for pattern, codes in self._codes:
            if matches(relative, (pattern,)):
                for code, at in codes.items():
                    found.setdefault(code, self._config.place("per_file_ignores", pattern, at))
        return found

    def idle(self, relatives: Iterable[str]) -> Iterator[Diagnostic]:
        """A note for each pattern that matches none of the files of the workspace."""
        names = tuple(relatives)
        for pattern, _ in self._codes:
            if not any(matches(name, (pattern,)) for name in names):
                yield Diagnostic(
                    "CFG001",
                    # Of a folder that is empty today, such as drafts/, nothing is wrong.
                    Severity.INFO,
                    f"the pattern '{shown(pattern)}' matches no file of this workspace",
                    self._config.place("per_file_ignores", pattern, key=True),
                    expected="a pattern of files seen from the folder of playbook.toml, such as drafts/**",
                )
