"""The accounts that an export is of: looked through as a whole before anything is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.accounts import accounts_from
from playbook.cli.anchors import anchors_given
from playbook.cli.compiling import paint_for
from playbook.cli.writing import write_file
from playbook.text.paths import file_name
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.cli.to_target import Asked
    from playbook.plans.account import Account
    from playbook.plans.accounts.problems import AccountProblem
    from playbook.workspace import CompiledPlaybook

REJECTS = "rejects.csv"
"""The end of the name of the file of rows that were left out."""

_MOST_TOLD = 200
"""So many problems are told; the rest is counted."""
_SAMPLE = 40


@dataclass(frozen=True)
class Given:
    """The accounts that are asked for: those of a file (or the one of an id), or one that only has dates."""

    playbook: CompiledPlaybook
    anchors: dict[str, date]
    path: Path | None
    only: str | None

    def accounts(self) -> Iterator[Account]:
        """The accounts, in order, those with mistakes left out. An anchor of the command line is each one's own
        if it has none."""
        from playbook.plans.account import Account

        if self.path is None:
            assert self.only is not None
            yield Account(self.only, self.only, self.anchors)
            return
        for each in accounts_from(self.path, self.playbook):
            if isinstance(each, Account) and self.only in (None, each.id):
                anchors = self.anchors
                yield replace(each, anchors={**anchors, **each.anchors}) if anchors else each


@dataclass
class Checked:
    """What was found in a file of accounts. ``left_out`` are the texts of rows with mistakes, for a file of their
    own; ``rejected`` counts them, and what has no row."""

    count: int = 0
    rejected: int = 0
    left_out: list[str] = field(default_factory=list)
    sample: tuple[Account, ...] = ()


def given_accounts(playbook: CompiledPlaybook, asked: Asked) -> Given:
    """What is asked for. Raises :class:`click.UsageError` if there is no such file or anchor."""
    from playbook.plans.templating import template_of

    titles = {id_: anchor.title for id_, anchor in template_of(playbook).anchors.items()}
    anchors = anchors_given("--anchor", asked.anchors, titles, playbook.name)
    if asked.accounts is None and asked.account is None:
        raise click.UsageError(
            "a plan is that of an account: name it with --id and give its dates, such as "
            "--id acme --anchor closed_won=2026-12-01, or give a file with --accounts"
        )
    path = Path(asked.accounts) if asked.accounts is not None else None
    if path is not None and not path.exists():
        raise click.UsageError(f"--accounts: there is no file '{printable(str(path))}'")
    return Given(playbook, anchors, path, asked.account)


def looked_through(given: Given, *, keep_going: bool) -> Checked | None:
    """Look through the accounts first, so that all mistakes are told at once and nothing is half exported.

    ``None`` if nothing may be written. Raises :class:`click.UsageError` if there is no account to be exported.
    """
    from playbook.plans.account import Account

    if given.path is None:
        return Checked(1, sample=tuple(given.accounts()))
    found, told = Checked(), _Told()
    for each in accounts_from(given.path, given.playbook):
        if isinstance(each, Account):
            found.count += given.only in (None, each.id)
            continue
        told.problem(each)
        if each.reach == "account":
            found.rejected += 1
            found.left_out += [each.row] if each.row else []
    told.close()
    if told.is_fatal or (found.rejected and not keep_going):
        hint = "" if told.is_fatal else "; --keep-going exports the others"
        click.echo(f"nothing is exported: the accounts file has mistakes{hint}.", err=True)
        return None
    if not found.count and given.only is not None:
        raise click.UsageError(f"--id: there is no account '{printable(given.only)}' in {file_name(given.path)}")
    if not found.count:
        raise click.UsageError(f"--accounts: {file_name(given.path)} has no account that could be exported")
    found.sample = tuple(islice(given.accounts(), _SAMPLE))
    return found


class _Told:
    """Problems are told as they are found, so that a file of mistakes takes no memory."""

    def __init__(self) -> None:
        self.is_fatal = False
        self._count = 0

    def problem(self, problem: AccountProblem) -> None:
        """Tell one."""
        from playbook.report.text import report

        self.is_fatal |= problem.is_fatal
        self._count += 1
        if self._count <= _MOST_TOLD or problem.is_fatal:
            paint = paint_for(sys.stderr.isatty())
            click.echo(report(problem.findings, problem.sources, paint), err=True, nl=False)

    def close(self) -> None:
        """Say how many were not told."""
        if self._count > _MOST_TOLD:
            click.echo(f"... and {self._count - _MOST_TOLD:,} more problems of this kind.\n", err=True)


# -- what was left out -------------------------------------------------------------------------------


def rejects_path(output: str | None, *, folder: bool) -> Path | None:
    """Where rows are kept that were left out: in the folder of the export, or beside its one file."""
    if output is None:
        return None
    path = Path(output)
    return path / REJECTS if folder else path.with_name(f"{path.name}.{REJECTS}")


def write_rejects(given: Given, checked: Checked, path: Path | None) -> None:
    """Write the rows with mistakes below the header of the accounts file, as they stand in it."""
    assert given.path is not None
    accounts = "1 account was" if checked.rejected == 1 else f"{checked.rejected:,} accounts were"
    where = ""
    if path is not None and checked.left_out:
        from playbook.plans.accounts.table import header_text

        rows = [header_text(given.path), *checked.left_out]
        text = "".join(row if row.endswith(("\n", "\r")) else f"{row}\n" for row in rows)
        write_file(path, text.encode("utf-8", "surrogateescape"))
        where = f": mend {path} and export it by itself"
    click.echo(f"{accounts} left out because of mistakes{where}.", err=True)
