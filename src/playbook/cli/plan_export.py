"""``playbook export TARGET`` of accounts: their dated plans as the tool takes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook import __version__
from playbook.cli.account_checks import Checked, Given, given_accounts, looked_through, rejects_path, write_rejects
from playbook.cli.horizons import horizon_given
from playbook.cli.journal import clear, journal_in
from playbook.cli.ledgers import changes_of, say_changes, say_ledger, write_ledger
from playbook.cli.losses import say_losses
from playbook.cli.target_files import is_folder, write_files
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.cli.exporting import Found
    from playbook.cli.to_target import Asked
    from playbook.compiler.compile import Compiled
    from playbook.plans.plan import Plan
    from playbook.targets.target import File, Settings, Target
    from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True)
class _Job:
    """One export, with all that was asked for."""

    target: Target
    compiled: Compiled
    playbook: CompiledPlaybook
    settings: Settings
    asked: Asked
    given: Given
    checked: Checked
    horizon: date | timedelta | None


def export_plans(target: Target, found: Found, settings: Settings, asked: Asked) -> int:
    """Write the plans of the accounts that are asked for; returns the exit code."""
    if len(found) > 1:
        ids = ", ".join(playbook.id for _, playbook in found)
        raise click.UsageError(f"accounts follow one playbook: name one of {ids} with -p")
    ((compiled, playbook),) = found
    _refuse_parts(asked)
    if asked.changes_since is not None and not Path(asked.changes_since).exists():
        raise click.UsageError(f"--changes-since: there is no file '{printable(asked.changes_since)}'")
    horizon = horizon_given(asked.horizon) if asked.horizon is not None else None
    given = given_accounts(playbook, asked)
    if say_losses(target, playbook, "plan", settings, strict=asked.strict):
        return 1
    for rejects in (rejects_path(asked.output, folder=folder) for folder in (True, False)):
        if given.path is not None and rejects is not None and rejects.resolve() == given.path.resolve():
            raise click.UsageError(f"{rejects} would be written over: name another place with -o")
    checked = looked_through(given, keep_going=asked.keep_going)
    if checked is None:
        return 1
    _refuse_horizon(horizon, playbook, checked)
    job = _Job(target, compiled, playbook, settings, asked, given, checked, horizon)
    size = _size(job)
    status = _in_parts(job, size) if size is not None and checked.count > size else _as_one(job)
    if checked.rejected:
        folder = asked.output is not None and is_folder(asked.output)
        write_rejects(given, checked, rejects_path(asked.output, folder=folder))
        return 1
    return status


def _refuse_horizon(horizon: date | timedelta | None, playbook: CompiledPlaybook, checked: Checked) -> None:
    """Raises :class:`click.UsageError` for a horizon ahead of all dates that a few accounts have."""
    from playbook.plans.conditions import anchors_of

    if not isinstance(horizon, date) or len(checked.sample) < checked.count:
        return
    days = [day for account in checked.sample for day in anchors_of(playbook, account).values()]
    if days and horizon < min(days):
        raise click.UsageError(f"--horizon: {horizon} is before {min(days)}, the first date that is given")


def _refuse_parts(asked: Asked) -> None:
    """Raises :class:`click.UsageError` where parts are asked for and cannot be."""
    for option, is_given in (("--split", asked.split is not None), ("--resume", asked.resume)):
        if is_given and (asked.accounts is None or asked.account is not None):
            raise click.UsageError(f"{option} is for many accounts: give --accounts FILE without --id")
        if is_given and asked.changes_since is not None:
            raise click.UsageError(
                f"{option} does not go with --changes-since, which looks at all accounts at once"
            )


# -- all in one -----------------------------------------------------------------------------------


def _as_one(job: _Job) -> int:
    from playbook.plans.planning import Plans

    target, asked = job.target, job.asked
    plans = Plans(job.playbook, job.given.accounts(), horizon=job.horizon)
    changes = changes_of(target, asked)
    files = [("", file) for file in _files(job, changes.only_new(plans) if changes else plans)]
    _say_notes((note.about, note.text, count) for note, count in plans.notes.items())
    if changes is not None and not changes.new:
        click.echo("nothing is new since then: there is nothing to import", err=True)
        say_changes(changes)
        if changes.changed or changes.gone:
            # Else the same would be told again the next time, though it has been done.
            write_ledger(target, changes, asked)
        return 0
    status = write_files(files, asked.output)
    if asked.output is not None and (earlier := journal_in(Path(asked.output))) is not None:
        clear(earlier, [file.name for _, file in files])
    if changes is not None:
        say_changes(changes)
        write_ledger(target, changes, asked)
    return status


def _files(job: _Job, plans: Iterable[Plan]) -> Iterable[File]:
    from playbook.targets.registry import plan_files

    return plan_files(job.target.name, plans, job.settings)


def _say_notes(notes: Iterable[tuple[str, str, int]]) -> None:
    """Say what could not be told of the accounts: each once, and what is told in the same words in one line."""
    counts: dict[tuple[str, str], int] = {}
    for about, text, count in notes:
        counts[about, text] = counts.get((about, text), 0) + count
    together: dict[tuple[str, int], list[str]] = {}
    for (about, text), count in counts.items():
        together.setdefault((text, count), []).append(about)
    for (text, count), abouts in together.items():
        of = f" ({count:,} accounts)" if count > 1 else ""
        about = ", ".join(abouts)
        click.echo(printable(f"note: {about}{': ' if about else ''}{text}{of}"), err=True)


# -- in parts -------------------------------------------------------------------------------------


def _size(job: _Job) -> int | None:
    """How many accounts a part has; ``None`` where all are looked at at once."""
    from playbook.cli.parts import BYTES, STREAMED, fitting
    from playbook.plans.planning import Plans
    from playbook.targets.registry import sheet_of

    if job.asked.accounts is None or job.asked.account is not None or job.asked.changes_since is not None:
        return None
    if job.asked.split is not None:
        return job.asked.split
    if job.checked.count <= len(job.checked.sample):
        return None
    sample = job.checked.sample
    plans = Plans(job.playbook, sample, horizon=job.horizon)
    most = STREAMED if sheet_of(job.target.name, job.settings) is not None else BYTES
    return fitting(len(sample), sum(len(file.data) for file in _files(job, iter(plans))), most)


def _in_parts(job: _Job, size: int) -> int:
    from playbook.cli.parts import Export, begun_journal, export_parts, ledger_path

    output = job.asked.output
    if output is None or not is_folder(output):
        raise click.UsageError(
            f"these {job.checked.count:,} accounts are written in parts of {size:,}: name a folder with -o"
        )
    folder = Path(output)
    export = Export(job.target, job.playbook, job.settings, job.horizon, folder, job.checked.count, size)
    journal = begun_journal(folder, _subject(job, size), resume=job.asked.resume)
    export_parts(export, job.given.accounts(), journal)
    journal.finish()
    _say_notes(note for number in sorted(journal.parts) for note in journal.parts[number].notes)
    files = sum(len(part.files) for part in journal.parts.values())
    click.echo(f"wrote {files:,} files in {export.parts:,} parts of {size:,} accounts below {folder}", err=True)
    if not job.target.updates:
        say_ledger(job.target, ledger_path(export))
    return 0


def _subject(job: _Job, size: int) -> dict[str, str]:
    """What is exported: an export goes on only if nothing of this has changed."""
    assert job.given.path is not None
    texts = sorted((name, source.text) for name, source in job.compiled.sources.items())
    dates = {anchor: day.isoformat() for anchor, day in job.given.anchors.items()}
    return {
        "the version of playbook": __version__,
        "the target": job.target.name,
        "the playbook": f"{job.playbook.name} {_digest(json.dumps(texts).encode())}",
        "the accounts file": _digest(job.given.path.read_bytes()),
        "the options of the target": json.dumps(dict(job.settings), sort_keys=True),
        "the dates": json.dumps([dates, str(job.horizon)], sort_keys=True),
        "the size of the parts": str(size),
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
