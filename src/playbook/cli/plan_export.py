"""``playbook export TARGET`` of accounts: their dated plans as the tool takes them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.anchors import anchors_given, day_given
from playbook.cli.compiling import paint_for
from playbook.cli.losses import say_losses
from playbook.cli.target_files import write_files
from playbook.cli.writing import write_file
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.cli.exporting import Found
    from playbook.cli.to_target import Asked
    from playbook.plans.account import Account
    from playbook.plans.ledger import Changes
    from playbook.plans.plan import Plan
    from playbook.targets.target import File, Settings, Target
    from playbook.workspace import CompiledPlaybook

LEDGER = "ledger.csv"
"""The end of the name of the file that says what was handed over."""


def export_plans(target: Target, found: Found, settings: Settings, asked: Asked) -> int:
    """Write the plans of the accounts that are asked for; returns the exit code."""
    if "plan" not in target.modes:
        raise click.UsageError(f"{target.name} takes no plan of an account, only a {target.modes[0]}")
    if len(found) > 1:
        ids = ", ".join(playbook.id for _, playbook in found)
        raise click.UsageError(f"accounts follow one playbook: name one of {ids} with -p")
    ((_, playbook),) = found
    if say_losses(target, playbook, "plan", settings, strict=asked.strict):
        return 1
    accounts = _accounts(playbook, asked)
    if accounts is None:
        return 1
    plans = _noted(_plans(playbook, accounts, asked))
    changes = _changes(target, asked)
    files = [("", file) for file in _files(target, changes.only_new(plans) if changes else plans, settings)]
    if changes is not None and not changes.new:
        click.echo("nothing is new since then: nothing is written", err=True)
        _say_changes(changes)
        return 0
    status = write_files(files, asked.output)
    if changes is not None:
        _say_changes(changes)
        _write_ledger(target, changes, asked)
    return status


# -- the accounts --------------------------------------------------------------------------------


def _accounts(playbook: CompiledPlaybook, asked: Asked) -> Iterator[Account] | None:
    """The accounts that are asked for; ``None`` if the file has mistakes, which are then told."""
    from playbook.plans.account import Account

    anchors = anchors_given("--anchor", asked.anchors, _titles(playbook), playbook.name)
    if asked.accounts is None:
        if asked.account is None:
            raise click.UsageError(
                "a plan is that of an account: name it with --id and give its dates, such as "
                "--id acme --anchor closed_won=2026-12-01, or give a file with --accounts"
            )
        return iter((Account(asked.account, asked.account, anchors),))
    path = Path(asked.accounts)
    if not path.exists():
        raise click.UsageError(f"--accounts: there is no file '{printable(asked.accounts)}'")
    if not _is_right(path, playbook, asked):
        return None
    return _with_anchors(_of_file(path, playbook, asked), anchors)


def _titles(playbook: CompiledPlaybook) -> dict[str, str]:
    from playbook.plans.templating import template_of

    return {id_: anchor.title for id_, anchor in template_of(playbook).anchors.items()}


def _is_right(path: Path, playbook: CompiledPlaybook, asked: Asked) -> bool:
    """Look through the whole file first, so that all its mistakes are told at once and nothing is half exported."""
    from playbook.cli.accounts import accounts_from
    from playbook.plans.accounts.problems import AccountProblem
    from playbook.report.text import report

    problems = []
    count, is_there = 0, asked.account is None
    for each in accounts_from(path, playbook):
        if isinstance(each, AccountProblem):
            problems.append(each)
        else:
            count += 1
            is_there |= each.id == asked.account
    findings = [finding for problem in problems for finding in problem.findings]
    if findings:
        click.echo(report(findings, {}, paint_for(sys.stderr.isatty())), err=True, nl=False)
    left_out = sum(problem.reach == "account" for problem in problems)
    if any(problem.is_fatal for problem in problems) or (left_out and not asked.keep_going):
        hint = "" if any(problem.is_fatal for problem in problems) else "; --keep-going exports the others"
        click.echo(f"nothing is exported: the accounts file has mistakes{hint}.", err=True)
        return False
    if not is_there:
        raise click.UsageError(f"--id: there is no account '{printable(asked.account or '')}' in {path.name}")
    if not count:
        raise click.UsageError(f"--accounts: {path.name} has no account")
    return True


def _of_file(path: Path, playbook: CompiledPlaybook, asked: Asked) -> Iterator[Account]:
    from playbook.cli.accounts import accounts_from
    from playbook.plans.accounts.problems import AccountProblem

    for each in accounts_from(path, playbook):
        if not isinstance(each, AccountProblem) and asked.account in (None, each.id):
            yield each


def _with_anchors(accounts: Iterable[Account], anchors: dict[str, date]) -> Iterator[Account]:
    """The accounts; one that does not say the date of an anchor has that of the command line."""
    for account in accounts:
        yield replace(account, anchors={**anchors, **account.anchors}) if anchors else account


# -- the plans -----------------------------------------------------------------------------------


def _plans(playbook: CompiledPlaybook, accounts: Iterator[Account], asked: Asked) -> Iterator[Plan]:
    from playbook.plans.planning import plans_of

    horizon = day_given("--horizon", asked.horizon) if asked.horizon is not None else None
    return plans_of(playbook, accounts, horizon=horizon)


def _noted(plans: Iterable[Plan]) -> Iterator[Plan]:
    """The plans; what could not be told of the accounts is said when they have all gone by."""
    notes: Counter[tuple[str, str]] = Counter()
    for plan in plans:
        notes.update((note.about, note.text) for note in plan.notes)
        yield plan
    for (about, text), count in notes.items():
        of = f" ({count} accounts)" if count > 1 else ""
        click.echo(printable(f"note: {about}{': ' if about else ''}{text}{of}"), err=True)


def _files(target: Target, plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    from playbook.targets.registry import plan_files

    return plan_files(target.name, plans, settings)


# -- what was handed over before -------------------------------------------------------------------


def _changes(target: Target, asked: Asked) -> Changes | None:
    """What tells new tasks from those that a tool has; ``None`` where it can match them itself."""
    from playbook.plans.ledger import Changes, LedgerError, read_ledger

    if asked.changes_since is None:
        return None if target.updates else Changes({}, target.dated_only)
    try:
        return Changes(read_ledger(Path(asked.changes_since).read_bytes()), target.dated_only)
    except OSError as error:
        raise click.UsageError(
            f"--changes-since: cannot read '{printable(asked.changes_since)}': {error.strerror}"
        ) from None
    except LedgerError as error:
        raise click.UsageError(
            f"--changes-since: '{printable(asked.changes_since)}' is no ledger: {error}"
        ) from None


def _say_changes(changes: Changes) -> None:
    """Say what a file of new tasks cannot bring into the tool, so that a person does."""
    if not changes.before:
        return
    click.echo(f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.gone)} gone", err=True)
    for entry, differences in changes.changed:
        click.echo(
            printable(f"  change by hand  {entry.account}: {entry.title}: {'; '.join(differences)}"), err=True
        )
    for entry in changes.gone:
        click.echo(printable(f"  take away       {entry.account}: {entry.title}"), err=True)


def _write_ledger(target: Target, changes: Changes, asked: Asked) -> None:
    """Beside the export: what the tool has when it is imported."""
    from playbook.plans.ledger import ledger_bytes

    if asked.output is None:
        click.echo(f"{target.name} creates everything anew at each import; with -o a ledger is kept.", err=True)
        return
    output = Path(asked.output)
    path = output / f"{target.name}.{LEDGER}" if output.is_dir() else output.with_name(f"{output.name}.{LEDGER}")
    known = {key: entry for key, entry in changes.before.items() if key not in changes.handed_over}
    gone = {entry.key for entry in changes.gone}
    kept = [entry for key, entry in known.items() if key not in gone]
    write_file(path, ledger_bytes([*kept, *changes.handed_over.values()]))
    click.echo(
        f"{target.name} creates everything anew at each import. Next time: --changes-since {path} gives what is new.",
        err=True,
    )
