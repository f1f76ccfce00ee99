"""An export of very many accounts, in parts: each is written by a process of its own into a folder of its own.

Memory does not grow with the number of accounts, and an export that was stopped goes on where it was.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.journal import Journal, Note, Part, Written, clear_drafts, journal_in
from playbook.cli.target_files import all_apart
from playbook.cli.writing import Draft, write_file

if TYPE_CHECKING:
    from playbook.plans.account import Account
    from playbook.plans.plan import Plan
    from playbook.plans.rota import Rota
    from playbook.targets.target import Settings, Target
    from playbook.workspace import CompiledPlaybook

BYTES = 32_000_000
"""So much is written for the accounts of one part, roughly: its files are held in memory until they are written."""
STREAMED = 100_000_000
"""The same of files that are written row by row."""
_CHUNK = 2_500
"""So many accounts are planned together."""


@dataclass(frozen=True)
class Export:
    """What is exported, and into which folder. ``size`` is how many accounts a part has at most."""

    target: Target
    playbook: CompiledPlaybook
    settings: Settings
    horizon: date | timedelta | None
    folder: Path
    count: int
    size: int

    @property
    def parts(self) -> int:
        """How many parts there are."""
        return -(-self.count // self.size)


@dataclass(frozen=True)
class _Share:
    """The accounts of one part; ``rota`` has given all those before them their turns."""

    number: int
    accounts: list[Account]
    rota: Rota


def fitting(count: int, size: int, most_bytes: int) -> int:
    """How many accounts a part has, if what is written for ``count`` of them has ``size`` bytes: 1, 2, 5, 10 …"""
    most = max(1, most_bytes * count // max(size, 1))
    power = int("1" + "0" * (len(str(most)) - 1))
    return next(step * power for step in (5, 2, 1) if step * power <= most)


def export_parts(export: Export, accounts: Iterable[Account], journal: Journal) -> None:
    """Write all parts that the journal does not have yet. Raises :class:`~playbook.cli.writing.CannotWrite`."""
    from playbook.checking.helpers import one_by_one

    here = os.getpid()

    def work(share: _Share) -> Part:
        part = _write(export, share)
        if os.getpid() == here:
            # No other process could be started; this one does not end with the part, so it clears up behind it.
            gc.collect()
        return part

    with _bar(export) as advance:
        advance(min(export.count, len(journal.parts) * export.size))
        for part in one_by_one(_shares(export, accounts, journal), work):
            journal.add(part)
            advance(min(export.size, export.count - (part.number - 1) * export.size))
    if not export.target.updates:
        _join_ledgers(export)


def begun_journal(folder: Path, subject: dict[str, str], *, resume: bool) -> Journal:
    """The journal of an export; with ``resume`` the one that is there, with the parts that are still as they were.

    Raises :class:`click.UsageError` if that is of another export.
    """
    before = journal_in(folder)
    if before is not None:
        clear_drafts(folder)
    if before is not None and resume:
        differences = before.differences(subject)
        if differences:
            raise click.UsageError(
                f"--resume: the export in {folder} cannot go on: {' and '.join(differences)} "
                f"{'is' if len(differences) == 1 else 'are'} not the same. Without --resume it starts anew."
            )
        before.parts = {number: part for number, part in before.parts.items() if part.is_there(folder)}
        there = len(before.parts)
        click.echo(f"{there:,} {'part is' if there == 1 else 'parts are'} there already", err=True)
        # Its last line may have been cut off.
        before.begin()
        return before
    if resume:
        click.echo(f"there is no export in {folder} to go on with: this one starts from the beginning", err=True)
    elif before is not None and not before.is_finished:
        click.echo(
            f"an export in {folder} was stopped; this one starts anew, --resume would have gone on", err=True
        )
    journal = Journal(folder, subject, earlier=before.files() if before else ())
    journal.begin()
    return journal


# -- parts -----------------------------------------------------------------------------------------------


def _shares(export: Export, accounts: Iterable[Account], journal: Journal) -> Iterator[_Share]:
    """The accounts of each part that is not written yet. Those of the others take their turns all the same."""
    from playbook.plans.situation import rota_of, take_turns

    if len(journal.parts) >= export.parts:
        return
    rota = rota_of(export.playbook)
    coming = iter(accounts)
    for number in range(1, export.parts + 1):
        own = list(islice(coming, export.size))
        if number not in journal.parts:
            yield _Share(number, own, rota.copy())
        if rota.takes_turns:
            for account in own:
                take_turns(export.playbook, account, rota)


def _write(export: Export, share: _Share) -> Part:
    """Write the files of a part."""
    from playbook.plans.ledger import Changes, ledger_bytes
    from playbook.plans.planning import Plans

    folder = f"{share.number:04}"
    plans = Plans(export.playbook, share.accounts, horizon=export.horizon, rota=share.rota, chunk=_CHUNK)
    changes = None if export.target.updates else Changes({}, export.target.dated_only)
    written = [
        (f"{folder}/{name}", size)
        for name, size in _files(export, changes.only_new(plans) if changes else plans, export.folder / folder)
    ]
    if changes is not None:
        data = ledger_bytes(changes.handed_over.values())
        write_file(export.folder / _ledger_part(export, share.number), data)
    notes: list[Note] = [(note.about, note.text, count) for note, count in plans.notes.items()]
    return Part(share.number, written, notes)


def _files(export: Export, plans: Iterable[Plan], folder: Path) -> Iterator[Written]:
    """Write the files of some plans; row by row if there is nothing but a sheet."""
    from playbook.targets.files.rows import filled
    from playbook.targets.registry import plan_files, sheet_of

    sheet = sheet_of(export.target.name, export.settings)
    if sheet is None:
        names: list[str] = []
        for file in plan_files(export.target.name, plans, export.settings):
            write_file(folder / file.name, file.data)
            names.append(file.name)
            yield file.name, len(file.data)
        all_apart(names)
        return
    drafts: list[Draft] = []

    def begin(name: str) -> Draft:
        drafts.append(Draft(folder / name))
        return drafts[-1]

    try:
        for name, draft in filled(sheet, plans, begin):
            draft.keep()
            yield name, draft.size
    finally:
        for draft in drafts:
            draft.drop()


def ledger_path(export: Export) -> Path:
    """Where the ledger of the whole export stands."""
    return export.folder / f"{export.target.name}.ledger.csv"


def _ledger_part(export: Export, number: int) -> str:
    return f"{number:04}/.{export.target.name}.ledger.csv"


def _join_ledgers(export: Export) -> None:
    """One ledger of those of all parts, without holding it in memory."""
    whole = ledger_path(export)
    parts = [export.folder / _ledger_part(export, number) for number in range(1, export.parts + 1)]
    if not all(part.exists() for part in parts):
        return
    draft = whole.with_name(f".{whole.name}.part")
    with draft.open("wb") as out:
        for number, part in enumerate(parts):
            with part.open("rb") as lines:
                header = lines.readline()
                out.write(b"" if number else header)
                while block := lines.read(1 << 20):
                    out.write(block)
    draft.replace(whole)
    for part in parts:
        part.unlink()


@contextmanager
def _bar(export: Export) -> Iterator[Callable[[int], object]]:
    """What is told how many accounts are written; on a terminal it shows a bar."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=export.count, file=sys.stderr, label="accounts", show_pos=True) as bar:
        yield bar.update
