"""``playbook export``: a view of playbooks, written in a format; or what a tool takes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from playbook.cli.compiling import (
    chosen_playbooks,
    compile_arguments,
    paint_for,
    with_variant,
    write_bytes,
    write_out,
)
from playbook.cli.destinations import no_such_view
from playbook.cli.exporting import (
    Wanted,
    exports,
    for_audience,
    format_named_by,
    formats_of,
    pairs_of,
    with_selection,
)
from playbook.cli.writing import write_file

if TYPE_CHECKING:
    from playbook.cli.exporting import Exports, Found, Job

_WORTH = 16
"""From half so many files of a playbook on it pays to start another process."""
_EXAMPLES = """\b
Examples:
  playbook export --list                                views and the formats of each
  playbook export journey -o journey.svg                the one playbook here
  playbook export review -o review.pptx                 the deck for the onboarding review
  playbook export raci --as csv -p enterprise_onboarding
  playbook export swimlanes --stage kickoff -o kickoff.png
  playbook export journey --audience customer -o plan.pdf
  playbook export tasks --as csv --variant self_serve   as a variant has it
  playbook export --all -o build                        all but variants, a folder per playbook
  playbook export hubspot-workflow -o build             what a tool takes: see 'playbook targets'
  playbook export asana --id acme --anchor closed_won=2026-12-01 -o acme.csv
  playbook export task-csv --accounts accounts.csv -o out/   of many accounts, in parts if need be

\b
-o names a file, or a folder if it exists, ends with '/', or several files are written;
of a target, a name without an ending such as .csv is a folder too.
Without --as the end of the file's name says the format.
Exit codes: 0 written, 1 refused because of findings, 2 wrong use, 3 a fault of playbook itself."""


@click.command("export", epilog=_EXAMPLES)
@click.argument("view", required=False, metavar="[VIEW|TARGET]")
@click.option("--as", "form", metavar="FORMAT", help="The format; see --list.")
@click.option("-o", "--output", metavar="FILE|DIR", help="Where to write; by default standard output.")
@click.option("--variant", metavar="ID", help="The playbook as this variant of it has it.")
@click.option(
    "--audience",
    type=click.Choice(["all", "customer"]),
    default="all",
    help="Leave out what is internal, to be shown to customers.",
)
@click.option("--role", metavar="ID", help="Only the work of this role or team.")
@click.option("--stage", metavar="ID", help="Only this stage.")
@click.option(
    "--lanes", type=click.Choice(["team", "role"]), default="team", help="What a row of the swimlanes is."
)
@click.option("-p", "--playbook", "name", metavar="ID", help="Which playbook; by default all that are found.")
@click.option("-C", "--in", "paths", multiple=True, metavar="PATH", help="Where to look; by default this folder.")
@click.option("--set", "chosen", multiple=True, metavar="NAME=VALUE", help="Of a target: one of its options.")
@click.option("--strict", is_flag=True, help="Of a target: write nothing if anything is lost.")
@click.option("--accounts", metavar="FILE", help="Of a target: the accounts whose dated plans are written.")
@click.option("--id", "account", metavar="ID", help="Of a target: only this account; without a file, its id.")
@click.option("--anchor", "anchors", multiple=True, metavar="ID=DATE", help="Of a target: the date of an anchor.")
@click.option("--horizon", metavar="DATE|TIME", help="Of a target: up to when repeated work is listed.")
@click.option("--changes-since", metavar="LEDGER", help="Of a target: only what is new since that export.")
@click.option("--keep-going", is_flag=True, help="Of a target: leave out accounts with mistakes.")
@click.option("--resume", is_flag=True, help="Of a target: go on with an export that was stopped.")
@click.option(
    "--split", type=click.IntRange(1), metavar="N", help="Of a target: so many accounts in each part of an export."
)
@click.option("--all", "everything", is_flag=True, help="All views in all formats.")
@click.option("--list", "listing", is_flag=True, help="List views and formats.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    view: str | None,
    form: str | None,
    output: str | None,
    variant: str | None,
    audience: Literal["all", "customer"],
    role: str | None,
    stage: str | None,
    lanes: Literal["team", "role"],
    name: str | None,
    paths: tuple[str, ...],
    everything: bool,
    listing: bool,
    **of_targets: Any,
) -> None:
    """Write a VIEW (journey, raci, review ...) in a format, or what a TARGET (hubspot-tasks, asana ...) takes."""
    from playbook.targets.registry import MODULES
    from playbook.views.narrowing import Selection
    from playbook.views.registry import VIEWS

    if listing:
        write_out(_listing())
        return
    if view in MODULES:
        from playbook.cli.to_target import Asked, export_to_target

        _refuse(ctx, "a target", _OF_VIEWS)
        ctx.exit(export_to_target(view, Asked(output, variant, name, paths, **of_targets)))
    if view is not None and view not in VIEWS:
        raise no_such_view(view)
    _refuse(ctx, "a view", _OF_TARGETS)
    selection = Selection(audience, role, stage)
    pairs = for_audience(pairs_of(view, form, output, everything=everything), selection, everything=everything)
    if everything and (variant is not None or selection != Selection()):
        # A part of a playbook is asked for, and not what is about the whole workspace.
        pairs = [pair for pair in pairs if pair.view.of == "playbook"]
    found = chosen_playbooks(compile_arguments(paths), name)
    if not found:
        raise click.UsageError("there is no playbook here. 'playbook init' starts a workspace.")
    if variant is not None:
        found = [(compiled, chosen) for compiled, _, chosen in with_variant(found, variant)]
    found = with_selection(found, selection)
    planned = exports(found, Wanted(pairs, selection, lanes))
    _say_refused(planned, found)
    if not planned.jobs and not planned.refused:
        raise click.UsageError(f"there is no {pairs[0].view.documents} document here, which {view} shows")
    several = len(found) > 1 and any(pair.view.of == "playbook" for pair in pairs)
    many = several or len(pairs) > 1 or len(planned.jobs) > 1
    _write(planned.jobs, output, many=many, choose=not everything)
    ctx.exit(1 if planned.refused else 0)


_OF_VIEWS = {
    "form": "--as",
    "audience": "--audience",
    "role": "--role",
    "stage": "--stage",
    "lanes": "--lanes",
    "everything": "--all",
}
_OF_TARGETS = {
    "chosen": "--set",
    "strict": "--strict",
    "accounts": "--accounts",
    "account": "--id",
    "anchors": "--anchor",
    "horizon": "--horizon",
    "changes_since": "--changes-since",
    "keep_going": "--keep-going",
    "resume": "--resume",
    "split": "--split",
}


def _refuse(ctx: click.Context, what: str, options: dict[str, str]) -> None:
    """Raises :class:`click.UsageError` if an option is given that has no meaning."""
    for name, option in options.items():
        if ctx.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT:
            raise click.UsageError(f"{option} is not for {what}; 'playbook export -h' says what each option is for")


def _listing() -> str:
    from playbook.views.registry import VIEWS

    width = max(len(name) for name in VIEWS)
    lines = []
    for view in VIEWS.values():
        names = ", ".join(pair.form.name for pair in formats_of(view))
        lines.append(f"{view.name:<{width}}  {view.what}\n{'':<{width}}  --as {names}\n")
    return "".join(lines)


def _write(jobs: list[Job], output: str | None, *, many: bool, choose: bool) -> None:
    if not jobs:
        return
    if output is None:
        _to_standard_output(jobs, many=many, choose=choose)
        return
    target = Path(output)
    if many and format_named_by(output) and not target.is_dir():
        # A folder called review.pptx is what nobody means.
        raise _several(jobs, choose=choose)
    folder = many or target.is_dir() or output.endswith(("/", "\\"))
    base = target if folder else target.parent
    # Writers of papers and decks leave much garbage in rings, which nothing collects by default.
    gc.enable()
    for job, data in _told(_written(jobs), len(jobs)):
        write_file(base / (job.name if folder else target.name), data)
    only = jobs[0].name if folder else target.name
    where = f"{len(jobs)} files below {target}" if len(jobs) > 1 else str(base / only)
    click.echo(f"wrote {where}", err=True)


def _written(jobs: list[Job]) -> Iterator[tuple[Job, bytes]]:
    """The files with their bytes, in order. The views of one playbook are shared out among processes."""
    from playbook.checking.helpers import shared_out

    for _, of_one in groupby(jobs, key=lambda job: id(job.shelf)):
        files = {job.name: job for job in of_one}
        # What takes long lies in the format (a PNG, a deck): one after the other, processes get the same of it.
        names = sorted(files, key=lambda name: files[name].pair.form.name)
        made = shared_out(names, lambda name, files=files: files[name].data(), 0, worth=_WORTH)  # type: ignore[misc]
        yield from ((job, made[name]) for name, job in files.items())


def _told(written: Iterator[tuple[Job, bytes]], count: int) -> Iterator[tuple[Job, bytes]]:
    """The same; on a terminal with a bar that says how far it is, if there are many."""
    if count < 8 or not sys.stderr.isatty():
        yield from written
        return
    with click.progressbar(
        written,
        length=count,
        file=sys.stderr,
        show_pos=True,
        item_show_func=lambda item: item[0].name if item else "",
    ) as told:
        yield from told


def _to_standard_output(jobs: list[Job], *, many: bool, choose: bool) -> None:
    if many:
        raise _several(jobs, choose=choose)
    for job in jobs:
        if job.pair.form.binary and sys.stdout.isatty():
            raise click.UsageError(f"{job.pair.form.name} is no text for a terminal: name a file with -o")
        write_bytes(job.data())


def _several(jobs: list[Job], *, choose: bool) -> click.UsageError:
    ids = ", ".join(dict.fromkeys(job.shelf.subject.playbook.id for job in jobs))
    choice = f", or one of {ids} with -p" if choose else ""
    return click.UsageError(f"several files would be written: name a folder with -o{choice}")


def _say_refused(planned: Exports, found: Found) -> None:
    if not planned.refused:
        return
    from playbook.report.text import report

    sources = {name: source for compiled, _ in found for name, source in compiled.sources.items()}
    every = dict.fromkeys(finding for findings in planned.refused.values() for finding in findings)
    click.echo(report(every, sources, paint_for(sys.stderr.isatty())), err=True, nl=False)
    for _, playbook in found:
        if playbook.document.name in planned.refused:
            click.echo(f"{playbook.name} is not exported: these findings make the view meaningless.", err=True)
