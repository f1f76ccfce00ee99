"""``playbook schedule``: what is due when, from the dates of a real customer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from playbook.cli.anchors import anchors_given, day_given, is_day
from playbook.cli.compiling import (
    chosen_playbooks,
    compile_arguments,
    paint_for,
    with_variant,
)

if TYPE_CHECKING:
    from playbook.cli.account_case import Case
    from playbook.compiler.compile import Compiled
    from playbook.workspace import CompiledPlaybook

_EXAMPLES = """\b
Examples:
  playbook schedule --anchor closed_won=2026-12-01
  playbook schedule onboarding --anchor closed_won=2026-12-01 --anchor go_live=2027-01-18
  playbook schedule --account accounts.csv --id acct-17
  playbook schedule --account acme.yaml --moved go_live=2027-02-01     what moves with it
  playbook schedule --anchor closed_won=2026-12-01 -o plan.csv
  playbook schedule --anchor closed_won=2026-12-01 --as json

\b
Dates are year, month and day. What hangs on a date that is not given has none, and says so.
Exit codes: 0 written, 1 dates that cannot be kept, 2 wrong use, 3 a fault of playbook itself."""


@click.command("schedule", epilog=_EXAMPLES)
@click.argument("playbook", required=False)
@click.option(
    "--anchor", "anchors", multiple=True, metavar="ID=DATE", help="The date of an anchor; may be repeated."
)
@click.option(
    "--moved", multiple=True, metavar="ID=DATE", help="Show what moves if this anchor moves to that date."
)
@click.option("--account", "accounts", metavar="FILE", help="An account with its dates, values and people.")
@click.option("--id", "account", metavar="ID", help="Which account of the file.")
@click.option("--variant", metavar="ID", help="The playbook as this variant of it has it.")
@click.option("--from", "since", metavar="DATE", help="Only what is due on this day or later.")
@click.option(
    "--horizon",
    metavar="DATE|TIME",
    help="Up to when recurring work is listed: a date, or so long behind the last date of the plan (90d).",
)
@click.option(
    "--as", "form", metavar="FORMAT", help="text, json, csv, markdown, xlsx, html, pdf, svg, png or pptx."
)
@click.option("-o", "--output", metavar="FILE", help="Where to write; by default standard output.")
@click.option("-C", "--in", "paths", multiple=True, metavar="PATH", help="Where to look; by default this folder.")
@click.pass_context
def command(
    ctx: click.Context,
    playbook: str | None,
    anchors: tuple[str, ...],
    moved: tuple[str, ...],
    accounts: str | None,
    account: str | None,
    variant: str | None,
    since: str | None,
    horizon: str | None,
    form: str | None,
    output: str | None,
    paths: tuple[str, ...],
) -> None:
    """Give PLAYBOOK (an id, or a file) dates: what is due when, has slack, cannot be in time.

    Work is planned forward from dates that have come and backward from those that are planned, on the calendar
    of the playbook.
    """
    from playbook.cli.schedule_output import form_of, write_schedule
    from playbook.cli.scheduling import needs_moves, needs_start, scheduled
    from playbook.views.scheduling.agenda import anchor_titles

    form = form_of(form, output)
    compiled, chosen = _one(playbook, paths, variant)
    if _is_refused(compiled, chosen):
        ctx.exit(1)
    case = _case(chosen, accounts, account)
    known, name = anchor_titles(case.playbook), case.playbook.name
    given = {**case.anchors, **anchors_given("--anchor", anchors, known, name)}
    moved_to = anchors_given("--moved", moved, known, name)
    first = day_given("--from", since) if since is not None else None
    needs_start(case, given)
    needs_moves(given, moved_to)
    plan = scheduled(case, given, horizon=horizon, since=first, moved_to=moved_to)
    write_schedule(plan, compiled, form, output)
    ctx.exit(1 if plan.conflicts else 0)


# -- what is asked for ---------------------------------------------------------------------------


def _one(playbook: str | None, paths: tuple[str, ...], variant: str | None) -> tuple[Compiled, CompiledPlaybook]:
    """The one playbook that is meant, or its variant. Raises :class:`click.UsageError`."""
    name = playbook
    if playbook and is_day(playbook):
        raise click.UsageError(f"the date {playbook} belongs to an anchor: --anchor closed_won={playbook}")
    if playbook and playbook.endswith((".yaml", ".yml")):
        if paths:
            raise click.UsageError("a file says itself where it is: name the file, or an id with --in")
        name, paths = None, (playbook,)
    found = chosen_playbooks(compile_arguments(paths), name)
    if not found:
        raise click.UsageError("there is no playbook here. 'playbook init' starts a workspace.")
    if len(found) > 1:
        ids = ", ".join(each.id for _, each in found)
        raise click.UsageError(f"dates are given for one playbook: name one of {ids}")
    if variant is not None:
        ((compiled, _, chosen),) = with_variant(found, variant)
        return compiled, chosen
    return found[0]


def _is_refused(compiled: Compiled, playbook: CompiledPlaybook) -> bool:
    """Whether mistakes of the playbook make every date meaningless; they are told."""
    from playbook.checking.run import findings_of
    from playbook.report.text import report
    from playbook.views.registry import VIEWS
    from playbook.views.subject import findings_in_the_way

    blocking = VIEWS["timeline"].blocking(findings_in_the_way(playbook, compiled.workspace, findings_of(compiled)))
    if blocking:
        click.echo(report(blocking, compiled.sources, paint_for(sys.stderr.isatty())), err=True, nl=False)
        click.echo(f"{playbook.name} has no dates: these findings make them meaningless.", err=True)
    return bool(blocking)


def _case(playbook: CompiledPlaybook, accounts: str | None, account: str | None) -> Case:
    from playbook.cli.account_case import Case, account_case

    if accounts is None:
        if account is not None:
            raise click.UsageError("--id says which account of a file: add --account FILE")
        return Case(playbook)
    return account_case(accounts, playbook, account)
