"""Whose schedule it is: a playbook alone, or an account of a file with its dates, values and people."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import paint_for
from playbook.text.paths import file_name
from playbook.text.quote import shown
from playbook.text.suggest import nearest
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.plans.account import Account
    from playbook.plans.plan import PlanNote
    from playbook.plans.rota import Held
    from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True)
class Case:
    """Whose plan it is: the playbook or its variant, what is given of the account, and what is left out and why."""

    playbook: CompiledPlaybook
    account: str = ""
    anchors: Mapping[str, date] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    held: Mapping[str, Held] = field(default_factory=dict)
    """Who may be given each role."""
    notes: tuple[str, ...] = ()


def account_case(file: str, playbook: CompiledPlaybook, id_: str | None) -> Case:
    """The case of an account of a file. What is wrong with the file is told on standard error.

    Raises :class:`click.UsageError` if it is not clear which account, or if it cannot be read.
    """
    from playbook.plans.situation import rota_of, situation_of, take_turns

    accounts = _accounts(Path(file), playbook)
    wanted = _wanted(file_name(Path(file)), accounts, id_)
    rota = rota_of(playbook)
    # Those ahead of it take their turns first, where people take turns.
    for account in accounts[: accounts.index(wanted)]:
        take_turns(playbook, account, rota)
    situation = situation_of(playbook, wanted, rota)
    return Case(
        playbook=situation.playbook,
        account=wanted.name or wanted.id,
        anchors=situation.anchors,
        left_out=situation.left_out,
        held=situation.held,
        notes=_notes(situation.notes),
    )


def _accounts(path: Path, playbook: CompiledPlaybook) -> list[Account]:
    from playbook.cli.accounts import accounts_from
    from playbook.plans.accounts.problems import AccountProblem
    from playbook.report.text import report

    if not path.exists():
        raise click.UsageError(f"--account: there is no file '{file_name(path)}'")
    accounts: list[Account] = []
    problems: list[AccountProblem] = []
    for each in accounts_from(path, playbook):
        if isinstance(each, AccountProblem):
            problems.append(each)
        else:
            accounts.append(each)
    findings = [finding for problem in problems for finding in problem.findings]
    if findings:
        click.echo(report(findings, {}, paint_for(sys.stderr.isatty())), err=True, nl=False)
    if not accounts:
        that = " that can be read" if findings else ""
        raise click.UsageError(f"--account: {file_name(path)} has no account{that}")
    return accounts


def _wanted(file: str, accounts: list[Account], id_: str | None) -> Account:
    if id_ is None:
        if len(accounts) > 1:
            raise click.UsageError(f"--account: {file} has {len(accounts):,} accounts: name one with --id")
        return accounts[0]
    known = {account.id: account for account in accounts}
    if id_ not in known:
        near = nearest(id_, known)
        hint = f" Did you mean {printable(near)}?" if near else ""
        raise click.UsageError(f"--id: there is no account '{printable(shown(id_))}' in {file}.{hint}")
    return known[id_]


def _notes(notes: tuple[PlanNote, ...]) -> tuple[str, ...]:
    """Notes of one text together, with the steps or roles that they are about."""
    about: dict[str, list[str]] = {}
    for note in notes:
        about.setdefault(note.text, []).append(note.about)
    return tuple(f"{', '.join(filter(None, ids))}: {text}".removeprefix(": ") for text, ids in about.items())
