"""``check --watch``: check again whenever a file changes.

Files are looked at again and again rather than waited for: that works on network drives and in containers too,
and a look at 300 files takes a few milliseconds.
"""

from __future__ import annotations

import datetime
import gc
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click

from playbook.checking.session import Session
from playbook.cli.asked import Asked
from playbook.cli.reporting import Reporting
from playbook.compiler.discover import discover
from playbook.config import FILE_NAME

PAUSE = 0.3
"""Seconds between two looks."""

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"

_Stamps = dict[Path, tuple[int, int]]


def watch_and_check(asked: Asked, reports: Reporting) -> None:
    """Check, and again at each change, until the user stops it with Ctrl-C."""
    gc.enable()  # one run leaves no garbage worth looking for, but this one does not end
    session = Session(asked.home)
    try:
        for changed in _changes(asked):
            for path in changed:
                session.update(path, None)
            _tell(asked, reports, session)
    except KeyboardInterrupt:
        click.echo("", err=True)


def _tell(asked: Asked, reports: Reporting, session: Session) -> None:
    """The report, alone on the screen if it is one."""
    if sys.stdout.isatty():
        click.echo(_CLEAR, nl=False)
    paths = [asked.home / path for path in asked.named]
    reports.tell(session.results(paths, asked.settings))
    now = datetime.datetime.now().astimezone()
    click.echo(f"Checked at {now:%H:%M:%S}. Waiting for changes; Ctrl-C ends this.", err=True)


def _changes(asked: Asked) -> Iterator[list[Path]]:
    """The files that have changed: all of them at first."""
    before: _Stamps | None = None
    while True:
        now = _stamps(asked)
        if now != before:
            known = before or {}
            yield sorted(path for path in {*known, *now} if known.get(path) != now.get(path))
            before = now
        time.sleep(PAUSE)


def _stamps(asked: Asked) -> _Stamps:
    """When each file of the workspaces was last written, and its length."""
    stamps = {}
    for workspace in discover(asked.named, asked.home):
        for path in (workspace.root / FILE_NAME, *workspace.files.values()):
            try:
                found = path.stat()
            except OSError:
                continue
            stamps[path] = (found.st_mtime_ns, found.st_size)
    return stamps
