"""``playbook export``: a view of playbooks, written in a format."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.checking.run import findings_of
from playbook.cli.compiling import (
    chosen_playbooks,
    compile_arguments,
    paint_for,
    with_variant,
    write_bytes,
    write_out,
)
from playbook.cli.writing import write_file

if TYPE_CHECKING:
    from playbook.compiler.compile import Compiled
    from playbook.diagnostics import Diagnostic
    from playbook.formats.registry import Format
    from playbook.views.registry import View
    from playbook.workspace import CompiledPlaybook

_EXAMPLES = """\b
Examples:
  playbook export --list                                views and the formats of each
  playbook export journey --as svg -o journey.svg       the one playbook here
  playbook export raci --as csv -p enterprise_onboarding
  playbook export tasks --as csv --variant self_serve   as a variant has it
  playbook export --all -o build                        all but variants, a folder per playbook

\b
-o names a file, or a folder if it exists, ends with '/', or several files are written.
Exit codes: 0 written, 1 refused because of findings, 2 wrong use, 3 a fault of playbook itself."""


@click.command("export", epilog=_EXAMPLES)
@click.argument("view", required=False)
@click.option("--as", "form", metavar="FORMAT", help="The format; see --list.")
@click.option("-o", "--output", metavar="FILE|DIR", help="Where to write; by default standard output.")
@click.option("--variant", metavar="ID", help="The playbook as this variant of it has it.")
@click.option("-p", "--playbook", "name", metavar="ID", help="Which playbook; by default all that are found.")
@click.option("-C", "--in", "paths", multiple=True, metavar="PATH", help="Where to look; by default this folder.")
@click.option("--all", "everything", is_flag=True, help="All views in all formats.")
@click.option("--list", "listing", is_flag=True, help="List views and formats.")
@click.pass_context
def command(
    ctx: click.Context,
    view: str | None,
    form: str | None,
    output: str | None,
    variant: str | None,
    name: str | None,
    paths: tuple[str, ...],
    everything: bool,
    listing: bool,
) -> None:
    """Write VIEW (journey, raci, tasks) of playbooks in a format."""
    if listing:
        write_out(_listing())
        return
    wanted = _wanted(view, form, everything=everything)
    found = chosen_playbooks(compile_arguments(paths), name)
    if not found:
        raise click.UsageError("there is no playbook here. 'playbook init' starts a workspace.")
    if variant is not None:
        found = [(compiled, chosen) for compiled, _, chosen in with_variant(found, variant)]
    jobs, refused = _jobs(found, wanted)
    _say_refused(refused, found)
    _write(jobs, output, many=len(wanted) > 1 or len(found) > 1, choose=not everything)
    ctx.exit(1 if refused else 0)


@dataclass(frozen=True)
class _Job:
    playbook: CompiledPlaybook
    view: View
    form: Format

    def data(self) -> bytes:
        return self.form.write(self.view.build(self.playbook))


def _listing() -> str:
    from playbook.formats.registry import FORMATS
    from playbook.views.registry import VIEWS

    lines = []
    for view in VIEWS.values():
        names = ", ".join(form.name for form in FORMATS.values() if form.takes == view.gives)
        lines.append(f"{view.name:<9} {view.what}\n          --as {names}\n")
    return "".join(lines)


def _wanted(view: str | None, form: str | None, *, everything: bool) -> list[tuple[View, Format]]:
    """The pairs of view and format that are asked for."""
    from playbook.formats.registry import FORMATS
    from playbook.text.suggest import nearest
    from playbook.views.registry import VIEWS

    if everything and (view or form):
        raise click.UsageError("--all stands for every view and format; name none beside it")
    if view is None and not everything:
        raise click.UsageError(f"name a view ({', '.join(VIEWS)}), or give --all or --list")
    if view is not None and view not in VIEWS:
        near = nearest(view, VIEWS)
        raise click.UsageError(f"there is no view '{view}'.{f' Did you mean {near}?' if near else ''}")
    views = list(VIEWS.values()) if view is None else [VIEWS[view]]
    pairs = [(each, it) for each in views for it in FORMATS.values() if it.takes == each.gives]
    if everything:
        return pairs
    fitting = {it.name: (each, it) for each, it in pairs}
    if form is None:
        raise click.UsageError(f"--as is missing: one of {', '.join(fitting)}")
    if form not in fitting:
        near = nearest(form, fitting)
        hint = f" Did you mean {near}?" if near else ""
        raise click.UsageError(f"{view} cannot be written as '{form}': one of {', '.join(fitting)}.{hint}")
    return [fitting[form]]


def _jobs(
    found: list[tuple[Compiled, CompiledPlaybook]], wanted: list[tuple[View, Format]]
) -> tuple[list[_Job], dict[str, tuple[Diagnostic, ...]]]:
    """What can be written; and for each file with a playbook of which a view is refused, the findings why."""
    findings = {id(compiled): findings_of(compiled) for compiled, _ in found}
    jobs: list[_Job] = []
    refused: dict[str, tuple[Diagnostic, ...]] = {}
    for compiled, playbook in found:
        file = playbook.document.name
        about = tuple(
            finding
            for finding in (*compiled.workspace.diagnostics, *findings[id(compiled)])
            if finding.code == "CFG001" or (finding.place.file == file and _concerns(finding, playbook))
        )
        blocking = {view.name: view.blocking(about) for view, _ in wanted}
        jobs += [_Job(playbook, view, form) for view, form in wanted if not blocking[view.name]]
        reasons = tuple(dict.fromkeys(finding for each in blocking.values() for finding in each))
        if reasons:
            refused[file] = tuple(sorted(reasons, key=lambda finding: finding.sort_key))
    return jobs, refused


def _concerns(finding: Diagnostic, playbook: CompiledPlaybook) -> bool:
    """Whether a finding in the file of a playbook is about it, not only about variants of it."""
    return not finding.variants or playbook.variant in finding.variants


def _write(jobs: list[_Job], output: str | None, *, many: bool, choose: bool) -> None:
    if not jobs:
        return
    if output is None:
        _to_standard_output(jobs, many=many, choose=choose)
        return
    target = Path(output)
    folder = many or target.is_dir() or output.endswith(("/", "\\"))
    names = _file_names(jobs) if folder else [target.name]
    base = target if folder else target.parent
    for job, name in zip(jobs, names, strict=True):
        write_file(base / name, job.data())
    where = f"{len(jobs)} files below {target}" if len(jobs) > 1 else str(base / names[0])
    click.echo(f"wrote {where}", err=True)


def _file_names(jobs: list[_Job]) -> list[str]:
    """``<playbook>/<view>.<suffix>``, of a variant ``<playbook>/<view>.<variant>.<suffix>``.

    A second playbook of the same id gets its number.
    """
    numbers: dict[str, dict[str, int]] = {}
    names = []
    for job in jobs:
        known = numbers.setdefault(job.playbook.id, {})
        number = known.setdefault(job.playbook.document.name, len(known) + 1)
        folder = job.playbook.id if number == 1 else f"{job.playbook.id}-{number}"
        variant = f".{job.playbook.variant}" if job.playbook.variant else ""
        names.append(f"{folder}/{job.view.name}{variant}{job.form.suffix}")
    return names


def _to_standard_output(jobs: list[_Job], *, many: bool, choose: bool) -> None:
    if many:
        ids = ", ".join(dict.fromkeys(job.playbook.id for job in jobs))
        choice = f", or one of {ids} with -p" if choose else ""
        raise click.UsageError(f"several files would be written: name a folder with -o{choice}")
    for job in jobs:
        if job.form.binary and sys.stdout.isatty():
            raise click.UsageError(f"{job.form.name} is no text for a terminal: name a file with -o")
        write_bytes(job.data())


def _say_refused(
    refused: dict[str, tuple[Diagnostic, ...]], found: list[tuple[Compiled, CompiledPlaybook]]
) -> None:
    if not refused:
        return
    from playbook.report.text import report

    sources = {name: source for compiled, _ in found for name, source in compiled.sources.items()}
    every = dict.fromkeys(finding for findings in refused.values() for finding in findings)
    click.echo(report(every, sources, paint_for(sys.stderr.isatty())), err=True, nl=False)
    for _, playbook in found:
        if playbook.document.name in refused:
            click.echo(f"{playbook.name} is not exported: these findings make the view meaningless.", err=True)
