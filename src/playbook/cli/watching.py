"""``check --watch``: check again whenever a file changes.

Files are looked at again and again rather than waited for: that works on network drives and in containers too,
and a look at 300 files takes a few milliseconds.
"""

from __future__ import annotations

import datetime
import gc
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from playbook.checking.session import Session
from playbook.cli.asked import Asked
from playbook.cli.reporting import Reporting
from playbook.compiler.discover import WorkspaceFiles, discover
from playbook.config import FILE_NAME
from playbook.results import Results

PAUSE = 0.3
"""Seconds between two looks."""

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"

_Stamps = dict[Path, tuple[int, int]]


def watch_and_check(asked: Asked, reports: Reporting) -> None:
    """Check, and again at each change, until the user stops it with Ctrl-C."""
    gc.enable()  # one run leaves no garbage worth looking for, but this one does not end
    session = Session(asked.home)
    try:
        for number, changed in enumerate(changes(asked)):
            for path in changed:
                session.update(path, None)
            results = session.results([asked.home / path for path in asked.named], asked.settings)
            if number == 0:
                # Later on, a rule of the team's own may be gone for a moment, while it is being written.
                asked.refuse_unknown_rules(results)
            _tell(results, reports)
    except KeyboardInterrupt:
        click.echo("", err=True)


def _tell(results: Results, reports: Reporting) -> None:
    """The report, alone on the screen if it is one."""
    if sys.stdout.isatty():
        click.echo(_CLEAR, nl=False)
    reports.tell(results)
    now = datetime.datetime.now().astimezone()
    click.echo(f"Checked at {now:%H:%M:%S}. Waiting for changes; Ctrl-C ends this.", err=True)


def changes(asked: Asked) -> Iterator[list[Path]]:
    """The files that have changed, all of them at first; none of them where it is a baseline that has."""
    before: tuple[_Stamps, _Stamps] | None = None
    while True:
        every = discover(asked.named, asked.home)
        files = [path for each in every for path in (each.root / FILE_NAME, *each.files.values())]
        now = _stamps(files), _stamps(_baselines(asked, every))
        if now != before:
            known = before[0] if before is not None else {}
            yield sorted(path for path in {*known, *now[0]} if known.get(path) != now[0].get(path))
            before = now
        time.sleep(PAUSE)


def _baselines(asked: Asked, every: Iterable[WorkspaceFiles]) -> list[Path]:
    """The baselines that findings are held against."""
    if asked.settings.baseline is not None:
        return [asked.home / asked.settings.baseline]
    return [path for each in every for path in each.config.files(each.root)]


def _stamps(paths: Iterable[Path]) -> _Stamps:
    """When each file was last written, and its length."""
    stamps = {}
    for path in paths:
        try:
            found = path.stat()
        except OSError:
            continue
        stamps[path] = (found.st_mtime_ns, found.st_size)
    return stamps
