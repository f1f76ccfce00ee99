"""What ``check`` was asked to look at: files and folders, or a text from standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from types import EllipsisType

import click

from playbook.checking.settings import Settings
from playbook.cli.compiling import named_paths, refuse_unknown
from playbook.diagnostics import Diagnostic
from playbook.results import Results
from playbook.text.quote import shown
from playbook.text.spans import SourceText

NAMELESS = "<stdin>"


@dataclass(frozen=True)
class Asked:
    """The paths, seen from ``home``, and how they are checked.

    ``overlay`` is the text of standard input, ``unread`` what is wrong with it if it is no text. ``cache`` is the
    folder of what is kept from earlier runs; ``None`` for nothing, ``...`` for the usual one.
    """

    paths: tuple[str, ...]
    named: list[Path]
    home: Path
    settings: Settings
    overlay: SourceText | None = None
    unread: tuple[Diagnostic, ...] = ()
    cache: Path | EllipsisType | None = ...
    jobs: int = 0

    def results(self) -> Results:
        """Check it. Raises :class:`click.UsageError` for unknown rules, and if there is nothing to check."""
        from playbook.checking.check import check

        results = check(
            self.named,
            self.home,
            self.settings,
            overlay=self.overlay,
            unread=self.unread,
            cache=self.cache,
            jobs=self.jobs,
        )
        self.refuse_unknown_rules(results)
        if results.documents == 0 and not results.findings:
            raise click.UsageError(_nothing_found(self.paths, len(results.passed_over)))
        return results

    def refuse_unknown_rules(self, results: Results) -> None:
        """Raises :class:`click.UsageError` for rules that are asked for or left out and that there are not."""
        # What could not be read has no workspace whose rules could be known.
        refuse_unknown(self.settings, results.rules, complete=results.every_rule and not self.unread)


def asked_for(
    paths: tuple[str, ...],
    settings: Settings,
    *,
    stdin_filename: str | None = None,
    cache: Path | EllipsisType | None = ...,
    jobs: int = 0,
) -> Asked:
    """What some arguments mean. Raises :class:`click.UsageError` for paths that do not exist."""
    if "-" not in paths:
        if stdin_filename is not None:
            raise click.UsageError("--stdin-filename names the text of '-'; give '-' as the path")
        named, home = named_paths(paths)
        return Asked(paths, named, home, settings, cache=cache, jobs=jobs)
    if len(paths) > 1:
        raise click.UsageError("'-' (standard input) cannot be combined with other paths")
    from playbook.reader import decode
    from playbook.reader.limits import MAX_BYTES

    name = NAMELESS if stdin_filename is None else stdin_filename
    if Path(name).is_dir():
        raise click.UsageError(f"--stdin-filename '{shown(name)}' is a folder; it names the file of the text")
    # A caller may have closed it (`<&-`).
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin is not None else b""
    source, findings = decode(data, name)
    named, home = named_paths([name], exists=False)
    if source is None:
        return Asked(paths, named, home, settings, unread=findings)
    overlay = SourceText(Path(name).as_posix(), source.text)
    return Asked(paths, named, home, settings, overlay, cache=cache, jobs=jobs)


def _nothing_found(paths: tuple[str, ...], passed: int) -> str:
    where = ", ".join(f"'{path}'" for path in paths) or "this folder"
    more = f" ({passed} other YAML file{'s were' if passed > 1 else ' was'} passed over)" if passed else ""
    return f"there is no playbook document in {where}{more}. 'playbook init' starts a workspace."
