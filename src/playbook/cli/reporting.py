"""Results to where they were asked for: standard output in one format, files in others."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from playbook.cli.compiling import paint_for, write_out
from playbook.cli.writing import write_file
from playbook.report.output import Output, OutputError, outputs
from playbook.report.registry import FORMATS
from playbook.results import Results, at_most, exit_status


@dataclass(frozen=True)
class Reporting:
    """How results are told. ``most`` is the number of findings that are told, if it is limited."""

    form: str
    files: tuple[Output, ...]
    quiet: bool
    statistics: bool
    most: int | None

    def tell(self, results: Results, *, to_error: bool = False) -> int:
        """Write all reports; the exit code. The files are complete, whatever is cut for the reader."""
        for output in self.files:
            write_file(Path(output.file), output.form.write(results).encode("utf-8", "backslashreplace"))
        self.show(results, to_error=to_error)
        return exit_status(results)

    def show(self, results: Results, *, to_error: bool = False) -> None:
        """Write the report that is read at once."""
        text = self.text(results if self.most is None else at_most(results, self.most), to_error=to_error)
        if to_error:
            click.echo(text, nl=False, err=True)
        else:
            write_out(text)

    def text(self, results: Results, *, to_error: bool = False) -> str:
        """The report that is read at once."""
        if self.statistics:
            return self._statistics(results)
        paint = paint_for((sys.stderr if to_error else sys.stdout).isatty())
        if self.form == "text":
            from playbook.report import text

            return text.write(results, paint, quiet=self.quiet)
        return FORMATS[self.form].write(results, paint)

    def _statistics(self, results: Results) -> str:
        if self.form == "json":
            from playbook.report import json_v1

            return json_v1.statistics(results)
        from playbook.report.text import statistics

        names = {code: rule.what for code, rule in results.rules.items()}
        every = (*results.findings, *results.left_out)
        return statistics(every, names) or ("" if self.quiet else "no findings\n")


def reporting(form: str, files: Iterable[str], *, quiet: bool, statistics: bool, most: int | None) -> Reporting:
    """What the options of reports mean. Raises :class:`click.UsageError` for those that make no sense."""
    if statistics and form not in ("text", "json"):
        raise click.UsageError(f"--statistics comes as text or json, not as {form}")
    try:
        return Reporting(form, outputs(files), quiet, statistics, most)
    except OutputError as error:
        raise click.UsageError(str(error)) from None
