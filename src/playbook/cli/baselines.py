"""``check --write-baseline``: what is found now counts as known from now on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from playbook.cli.asked import Asked
from playbook.cli.reporting import Reporting
from playbook.cli.writing import CannotWrite, write_file
from playbook.suppression.writing import baseline_text


def write_as_baseline(asked: Asked, file: str, reports: Reporting) -> int:
    """Write a baseline, then report what it cannot hold. The exit code."""
    path = Path(file)
    if path.exists() and not path.is_file():
        raise CannotWrite(f"cannot write the baseline '{file}': it is no regular file")
    results = asked.results()
    text, damaged = baseline_text(results, path, asked.home)
    if text is None:
        raise CannotWrite(f"cannot write the baseline '{file}': {damaged[0].message}, and is not written over")
    write_file(path, text.encode())
    after = replace(asked, settings=replace(asked.settings, baseline=path, use_baseline=True)).results()
    status = reports.tell(after)
    known = sum(each.by == "baseline" for each in after.suppressed)
    if not reports.quiet:
        click.echo(f"{known:,} finding{'' if known == 1 else 's'} written to {file}", err=True)
    return status
