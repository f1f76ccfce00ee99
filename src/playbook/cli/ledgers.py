"""``--changes-since``: what was handed over to a tool before, and what is new since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.target_files import is_folder
from playbook.cli.writing import write_file
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.cli.to_target import Asked
    from playbook.plans.ledger import Changes
    from playbook.targets.target import Target

LEDGER = "ledger.csv"
"""The end of the name of the file that says what was handed over."""


def changes_of(target: Target, asked: Asked) -> Changes | None:
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


def say_changes(changes: Changes) -> None:
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


def write_ledger(target: Target, changes: Changes, asked: Asked) -> None:
    """Beside the export: what the tool has when it is imported."""
    from playbook.plans.ledger import ledger_bytes

    if asked.output is None:
        click.echo(f"{target.name} creates everything anew at each import; with -o a ledger is kept.", err=True)
        return
    output = Path(asked.output)
    path = (
        output / f"{target.name}.{LEDGER}"
        if is_folder(asked.output)
        else output.with_name(f"{output.name}.{LEDGER}")
    )
    write_file(path, ledger_bytes(changes.after))
    say_ledger(target, path)


def say_ledger(target: Target, path: Path) -> None:
    """Say what a ledger is good for."""
    told = f"{target.name} creates everything anew at each import."
    click.echo(f"{told} Next time: --changes-since {path} gives what is new.", err=True)
