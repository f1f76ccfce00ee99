"""``playbook check``: all findings of all files."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from playbook.checking.run import Settings, results_of
from playbook.cli.compiling import compile_arguments, paint_for, rule_codes, write_out
from playbook.compiler.compile import NAMELESS, Compiled
from playbook.diagnostics import Diagnostic, Severity
from playbook.results import Results
from playbook.text.spans import SourceText

_HELP_EXAMPLES = """\b
Examples:
  playbook check                          everything below this folder
  playbook check onboarding.yaml          one file, seen with its workspace
  playbook check --select RCI,HND         only these families of rules
  playbook check --format json > findings.json
  cat onboarding.yaml | playbook check -

\b
Exit codes: 0 no errors or warnings, 1 findings, 2 wrong use, 3 a fault of playbook itself."""


@click.command("check", epilog=_HELP_EXAMPLES)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How findings are written."
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these rules or families, such as RCI001,HND.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Without these rules or families.")
@click.option("-q", "--quiet", is_flag=True, help="Findings only, no closing line.")
@click.option("--statistics", is_flag=True, help="Only how many findings each rule has.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day that counts as today.")
@click.option("--stdin-filename", metavar="FILE", help="With '-': the name and workspace of the text.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    quiet: bool,
    statistics: bool,
    as_of: datetime.datetime | None,
    stdin_filename: str | None,
) -> None:
    """Check playbooks: files, folders, or '-' for standard input.

    Reports every mistake of every file with its place, the reason and what was expected.
    """
    if statistics and form == "json":
        raise click.UsageError("--statistics is a text; JSON has all findings to count")
    settings = Settings(
        rule_codes(select, "--select"), rule_codes(ignore, "--ignore"), as_of.date() if as_of else None
    )
    compiled, unread = _compile(paths, stdin_filename)
    results = results_of(compiled, settings, unread)
    if results.documents == 0 and not results.findings:
        raise click.UsageError(_nothing_found(paths, compiled))
    if form == "json":
        write_out(_json(results))
    else:
        write_out(_text(results, quiet=quiet, statistics=statistics))
    ctx.exit(1 if any(finding.severity is not Severity.INFO for finding in results.findings) else 0)


def _compile(paths: tuple[str, ...], stdin_filename: str | None) -> tuple[list[Compiled], tuple[Diagnostic, ...]]:
    if "-" not in paths:
        if stdin_filename is not None:
            raise click.UsageError("--stdin-filename names the text of '-'; give '-' as the path")
        return compile_arguments(paths), ()
    if len(paths) > 1:
        raise click.UsageError("'-' (standard input) cannot be combined with other paths")
    from playbook.reader import decode
    from playbook.reader.limits import MAX_BYTES

    name = stdin_filename or NAMELESS
    # A caller may have closed it (`<&-`).
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin is not None else b""
    source, findings = decode(data, name)
    if source is None:
        return [], findings
    return compile_arguments([name], SourceText(Path(name).as_posix(), source.text)), ()


def _nothing_found(paths: tuple[str, ...], compiled: list[Compiled]) -> str:
    where = ", ".join(f"'{path}'" for path in paths) or "this folder"
    passed = sum(len(item.passed_over) for item in compiled)
    more = f" ({passed} other YAML file{'s were' if passed > 1 else ' was'} passed over)" if passed else ""
    return f"there is no playbook document in {where}{more}. 'playbook init' starts a workspace."


def _json(results: Results) -> str:
    from playbook.report import json_v1

    return json_v1.report(results.findings, results.documents, results.passed_over)


def _text(results: Results, *, quiet: bool, statistics: bool) -> str:
    from playbook.report import text

    if statistics:
        names = {code: rule.what for code, rule in results.rules.items()}
        return text.statistics(results.findings, names) or ("" if quiet else "no findings\n")
    shown = text.report(results.findings, results.sources, paint_for(sys.stdout.isatty()))
    if quiet:
        return shown
    closing = text.summary(results.findings, results.documents, results.held_to, len(results.passed_over))
    return shown + closing + "\n"
