"""``playbook schedule``: what is due when, from the dates of a real customer."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.anchors import anchors_given, day_given
from playbook.cli.compiling import (
    chosen_playbooks,
    compile_arguments,
    has_colours,
    paint_for,
    with_variant,
    write_bytes,
)
from playbook.cli.writing import write_file
from playbook.text.suggest import nearest

if TYPE_CHECKING:
    from rich.console import RenderableType

    from playbook.cli.account_case import Case
    from playbook.cli.scheduling import Scheduled
    from playbook.compiler.compile import Compiled
    from playbook.workspace import CompiledPlaybook

_PIPE = 100
"""The width of lines that go to no terminal, so that they are the same on any machine."""

_EXAMPLES = """\b
Examples:
  playbook schedule --anchor closed_won=2026-12-01
  playbook schedule enterprise_onboarding --anchor closed_won=2026-12-01 --anchor go_live=2027-01-18
  playbook schedule --account accounts.csv --id acct-17
  playbook schedule --anchor closed_won=2026-12-01 --anchor go_live=2027-01-18 --moved go_live=2027-02-01
  playbook schedule --anchor closed_won=2026-12-01 --as csv -o plan.csv
  playbook schedule --anchor closed_won=2026-12-01 --as json

\b
Dates are written as year, month and day. What hangs on a date that is not given has none, and says so.
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
    """Dates for PLAYBOOK (an id, or a file): what is due when, what has slack, what cannot be in time.

    Work is planned forward from dates that have come and backward from those that are planned, on the calendar
    of the playbook.
    """
    from playbook.cli.scheduling import needs_start, scheduled
    from playbook.views.scheduling.agenda import anchor_titles

    form = _form(form, output)
    compiled, chosen = _one(playbook, paths, variant)
    if _is_refused(compiled, chosen):
        ctx.exit(1)
    case = _case(chosen, accounts, account)
    known, name = anchor_titles(case.playbook), case.playbook.name
    given = {**case.anchors, **anchors_given("--anchor", anchors, known, name)}
    moved_to = anchors_given("--moved", moved, known, name)
    first = day_given("--from", since) if since is not None else None
    needs_start(case, given)
    plan = scheduled(case, given, horizon=horizon, since=first, moved_to=moved_to)
    _write(plan, compiled, form, output)
    ctx.exit(1 if plan.conflicts else 0)


# -- what is asked for ---------------------------------------------------------------------------


def _one(playbook: str | None, paths: tuple[str, ...], variant: str | None) -> tuple[Compiled, CompiledPlaybook]:
    """The one playbook that is meant, or its variant. Raises :class:`click.UsageError`."""
    name = playbook
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


_TABLES = ("csv", "markdown", "xlsx", "html")
_PICTURES = ("pdf", "svg", "png", "pptx")
_FORMS = ("text", "json", *_TABLES, *_PICTURES)


def _form(form: str | None, output: str | None) -> str:
    """The format that is asked for, by name or by the end of the file's name."""
    from playbook.cli.exporting import format_named_by

    form = form or format_named_by(output) or ("text" if output is None or output.endswith(".txt") else None)
    if form is None:
        raise click.UsageError(f"the end of '{output}' is that of no format: say --as, one of {', '.join(_FORMS)}")
    if form not in _FORMS:
        near = nearest(form, _FORMS)
        hint = f" Did you mean {near}?" if near else ""
        raise click.UsageError(f"a schedule cannot be written as '{form}': one of {', '.join(_FORMS)}.{hint}")
    return form


# -- writing ---------------------------------------------------------------------------------------


def _write(plan: Scheduled, compiled: Compiled, form: str, output: str | None) -> None:
    from playbook.report.text import report

    if form == "text":
        text = _text(plan, compiled, to_terminal=output is None and sys.stdout.isatty())
        _put(text.encode("utf-8", "backslashreplace"), output)
        return
    if form in ("xlsx", "pdf", "png", "pptx") and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text for a terminal: name a file with -o")
    _put(_data(plan, form), output)
    if form != "json" and plan.findings:
        click.echo(report(plan.findings, compiled.sources, paint_for(sys.stderr.isatty())), err=True, nl=False)


def _put(data: bytes, output: str | None) -> None:
    if output is None:
        write_bytes(data)
        return
    write_file(Path(output), data)
    click.echo(f"wrote {output}", err=True)


def _data(plan: Scheduled, form: str) -> bytes:
    from playbook.formats.registry import FORMATS
    from playbook.views.scheduling.json_v1 import as_values
    from playbook.views.scheduling.tables import agenda_table, moves_table

    if form == "json":
        return (json.dumps(as_values(plan.agenda, plan.moves), ensure_ascii=False, indent=2) + "\n").encode()
    if form in _TABLES:
        return FORMATS[form].write(moves_table(plan.moves) if plan.moves else agenda_table(plan.agenda))
    from playbook.views.scheduling.timelines import agenda_timeline

    return FORMATS[form].write(agenda_timeline(plan.agenda))


def _text(plan: Scheduled, compiled: Compiled, *, to_terminal: bool) -> str:
    from playbook.cli.agenda_text import agenda_parts, moves_parts
    from playbook.report.text import report

    width = shutil.get_terminal_size().columns if to_terminal else _PIPE
    parts = moves_parts(plan.moves) if plan.moves is not None else agenda_parts(plan.agenda, width)
    text = _rendered(parts, width, to_terminal=to_terminal)
    findings = report(plan.findings, compiled.sources, paint_for(to_terminal))
    return "\n".join(part for part in (text, findings + _summary(plan)) if part)


def _summary(plan: Scheduled) -> str:
    """The last line: how long all takes, and whether it can hold."""
    agenda = plan.agenda
    steps = len([line for line in agenda.lines if line.kind == "step"])
    span = f" from {agenda.starts} to {agenda.ends}" if agenda.starts else ""
    count = plan.conflicts
    told = f"{count} date{'s' if count > 1 else ''} cannot be kept" if count else "no conflicts"
    tight = len(agenda.conflicts) - count
    told += f", {tight} just fit{'s' if tight == 1 else ''}" if tight else ""
    return f"{steps} step{'' if steps == 1 else 's'}{span}; {told}\n"


def _rendered(parts: Iterable[RenderableType], width: int, *, to_terminal: bool) -> str:
    from rich.console import Console

    text = io.StringIO()
    console = Console(
        file=text,
        force_terminal=to_terminal,
        color_system="auto" if has_colours(to_terminal) else None,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in parts:
        console.print(part)
    return "".join(line.rstrip() + "\n" for line in text.getvalue().splitlines())
