"""In which format a schedule is written, and where to."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import has_colours, paint_for, write_bytes
from playbook.cli.writing import write_file
from playbook.text.suggest import nearest

if TYPE_CHECKING:
    from rich.console import RenderableType

    from playbook.cli.scheduling import Scheduled
    from playbook.compiler.compile import Compiled

_PIPE = 100
"""The width of lines that go to no terminal, so that they are the same on any machine."""

_TABLES = ("csv", "markdown", "xlsx", "html")
_PICTURES = ("pdf", "svg", "png", "pptx")
_FORMS = ("text", "json", *_TABLES, *_PICTURES)


def form_of(form: str | None, output: str | None) -> str:
    """The format that is asked for, by name or by the end of the file's name.

    Raises :class:`click.UsageError`.
    """
    from playbook.cli.exporting import format_named_by

    form = form or format_named_by(output) or ("text" if output is None or output.endswith(".txt") else None)
    if form is None:
        raise click.UsageError(f"the end of '{output}' is that of no format: say --as, one of {', '.join(_FORMS)}")
    if form not in _FORMS:
        near = nearest(form, _FORMS)
        hint = f" Did you mean {near}?" if near else ""
        raise click.UsageError(f"a schedule cannot be written as '{form}': one of {', '.join(_FORMS)}.{hint}")
    return form


def write_schedule(plan: Scheduled, compiled: Compiled, form: str, output: str | None) -> None:
    """Write it to a file or to standard output; what is found beside a table or picture, to standard error."""
    from playbook.report.text import report

    if form == "text":
        text = _text(plan, compiled, to_terminal=output is None and sys.stdout.isatty())
        _put(text.encode("utf-8", "backslashreplace"), output)
        return
    if form in ("xlsx", "pdf", "png", "pptx") and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text for a terminal: name a file with -o")
    _put(data_of(plan, form), output)
    if form != "json" and plan.findings:
        click.echo(report(plan.findings, compiled.sources, paint_for(sys.stderr.isatty())), err=True, nl=False)


def _put(data: bytes, output: str | None) -> None:
    if output is None:
        write_bytes(data)
        return
    write_file(Path(output), data)
    click.echo(f"wrote {output}", err=True)


def data_of(plan: Scheduled, form: str) -> bytes:
    """A schedule, or what moves in it, in a format other than text."""
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
    from playbook.cli.agenda_text import agenda_parts
    from playbook.cli.moves_text import moves_parts
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
