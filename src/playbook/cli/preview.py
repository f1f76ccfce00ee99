"""``playbook preview``: the site in a browser on this machine, which follows what is written."""

from __future__ import annotations

import datetime
import gc
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from playbook.cli.asked import Asked
    from playbook.site.preview import Preview

PORT = 8365

_EXAMPLES = """\b
Examples:
  playbook preview --open                 the playbooks here, in the browser
  playbook preview -C onboarding --port 9000

\b
It listens on 127.0.0.1 only: nobody else can see it. Each save shows at once, with its
findings beside the pictures.
Exit codes: 0 ended with Ctrl-C, 2 wrong use, 3 a fault of playbook itself."""


@click.command("preview", epilog=_EXAMPLES)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="The port; 0 for any that is free.",
)
@click.option("-C", "--in", "paths", multiple=True, metavar="PATH", help="Where to look; by default this folder.")
@click.option("--open", "opening", is_flag=True, help="Open it in the browser.")
def command(port: int, paths: tuple[str, ...], opening: bool) -> None:
    """Show the playbooks in a browser, and again at every save."""
    from playbook.checking.settings import DEFAULT
    from playbook.cli.asked import asked_for
    from playbook.site.preview import Preview
    from playbook.site.serving import PortTaken, Server

    gc.enable()  # one run leaves no garbage worth looking for, but this one does not end
    if "-" in paths:
        raise click.UsageError("'-' (standard input) cannot be shown: name a file or a folder")
    asked = asked_for(paths, DEFAULT)
    preview = Preview()
    try:
        server = Server(preview, port, fault=_tell_fault)
    except PortTaken as taken:
        raise click.UsageError(f"{taken}; choose another one with --port") from None
    try:
        with server:
            for number, told in enumerate(_follow(asked, preview)):
                if number == 0:
                    click.echo(f"{server.address} shows the playbooks; Ctrl-C ends this.")
                    sys.stdout.flush()
                    if opening:
                        click.launch(server.address)
                click.echo(told, err=True)
    except KeyboardInterrupt:
        click.echo("", err=True)


def _follow(asked: Asked, preview: Preview) -> Iterator[str]:
    """Show what is there now, and again after each change; what was found, in words."""
    from playbook.checking.session import Session
    from playbook.cli.watching import changes
    from playbook.report.parts.counting import severities
    from playbook.site.contents import contents_of

    session = Session(asked.home)
    folders = [asked.home / path for path in asked.named]
    for changed in changes(asked):
        with preview.busy:
            for path in changed:
                session.update(path, None)
            results = session.results(folders, asked.settings)
            preview.show(contents_of([each for each in session.workspaces(folders) if each.checked], results))
        now = datetime.datetime.now().astimezone()
        yield f"{now:%H:%M:%S}  {severities(results.findings)}"


def _tell_fault(details: str) -> None:
    click.echo(f"playbook has a fault of its own; please report it:\n{details}", err=True)
