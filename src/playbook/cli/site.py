"""``playbook site``: a static site of everything, for a wiki or a pages host."""

from __future__ import annotations

import datetime
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from playbook.cli.compiling import has_colours, named_paths
from playbook.cli.writing import CannotWrite

if TYPE_CHECKING:
    from playbook.site.building import Progress
    from playbook.site.contents import Contents

_EXAMPLES = """\b
Examples:
  playbook site -o site                   all playbooks below this folder
  playbook site -o site -C onboarding     those below another one
  playbook site -o portal --audience customer

\b
Open site/index.html in a browser, or put the folder on any host for pages: it needs no
server and loads nothing from elsewhere. A later run replaces what it wrote, nothing else.
Exit codes: 0 written, 2 wrong use, 3 a fault of playbook itself."""


@click.command("site", epilog=_EXAMPLES)
@click.option("-o", "--output", metavar="DIR", required=True, help="The folder to write, new or of an earlier run.")
@click.option("-C", "--in", "paths", multiple=True, metavar="PATH", help="Where to look; by default this folder.")
@click.option(
    "--audience",
    type=click.Choice(["all", "customer"]),
    default="all",
    help="Leave out what is internal, to be shown to customers.",
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day that counts as today.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="Processes; by default as many as pay."
)
def command(
    output: str,
    paths: tuple[str, ...],
    audience: Literal["all", "customer"],
    as_of: datetime.datetime | None,
    jobs: int,
) -> None:
    """Write a static site: every playbook with its pictures, tables and findings."""
    from playbook.site.building import build_all
    from playbook.site.output import Refused, ready, write_site
    from playbook.site.pages import pages_of

    if not output:
        raise click.UsageError("--output: '' names nothing; name a folder")
    target = Path(output)
    gc.enable()  # hundreds of pages leave garbage that is worth looking for
    try:
        ready(target)  # before the work, not after it
        pages = pages_of(_contents(paths, audience, as_of))
        progress = _progress()
        files = build_all(pages, jobs, progress)
        if progress is not None:
            progress("")
        removed = write_site(target, files)
    except Refused as refused:
        raise CannotWrite(str(refused)) from None
    gone = f", removed {removed} that {'is' if removed == 1 else 'are'} no longer there" if removed else ""
    click.echo(f"wrote {len(files)} files below {target}{gone}: open {target / 'index.html'}", err=True)


def _contents(
    paths: tuple[str, ...], audience: Literal["all", "customer"], as_of: datetime.datetime | None
) -> Contents:
    from playbook.checking.run import results_of
    from playbook.checking.settings import Settings
    from playbook.compiler.compile import compile_paths
    from playbook.site.contents import contents_of
    from playbook.views.narrowing import Selection

    every = [each for each in compile_paths(*named_paths(paths)) if each.checked]
    if not any(each.playbooks for each in every):
        if any(each.workspace.diagnostics for each in every):
            raise click.UsageError("no playbook here can be read; 'playbook check' says why")
        raise click.UsageError("there is no playbook here. 'playbook init' starts a workspace.")
    results = results_of(every, Settings(as_of=as_of.date() if as_of else None))
    return contents_of(every, results, Selection(audience=audience))


def _progress() -> Progress | None:
    """The page that is being built, on one line of a terminal; nothing where nobody looks."""
    if not sys.stderr.isatty() or not has_colours(True):
        return None

    def progress(name: str) -> None:
        click.echo(f"\r\x1b[2K{f'building {name}' if name else ''}", err=True, nl=False)

    return progress
