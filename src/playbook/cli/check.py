"""``playbook check``: all findings of all files."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click
from click.core import ParameterSource

from playbook.cli.asked import Asked, asked_for
from playbook.cli.compiling import rule_codes
from playbook.config import PROFILES, Profile

if TYPE_CHECKING:
    from playbook.cli.reporting import Reporting

FORMATS = (
    "text",
    "concise",
    "json",
    "sarif",
    "github-sarif",
    "github",
    "github-summary",
    "gitlab",
    "junit",
    "markdown",
)
"""The names in :mod:`playbook.report.registry`, without the import; a test compares them."""

_HELP_EXAMPLES = """\b
Examples:
  playbook check                          everything below this folder
  playbook check onboarding.yaml          one file, seen with its workspace
  playbook check --select RCI,HND         only these families of rules
  playbook check --profile governed       what the next profile would ask for
  playbook check --fix                    mend what can be mended safely
  playbook check --diff --unsafe-fixes    show what could be mended, write nothing
  playbook check --output findings.sarif --output junit=report.xml
  playbook check --write-baseline known.json    tell only new findings from now on
  playbook check --watch                  again at every save
  cat onboarding.yaml | playbook check -

\b
Exit codes: 0 no errors or warnings, 1 findings, 2 wrong use, 3 a fault of playbook itself."""


@click.command("check", epilog=_HELP_EXAMPLES)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="What is asked for, instead of what playbook.toml says; such as the next one.",
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these rules or families, such as RCI001,HND.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Without these rules or families.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without changing the meaning.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also what needs a person's eye.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How findings are written.")
@click.option(
    "-o", "--output", multiple=True, metavar="[FORMAT=]FILE", help="Also write a report to a file; may be repeated."
)
@click.option("-q", "--quiet", is_flag=True, help="Findings only, no closing lines.")
@click.option("--statistics", is_flag=True, help="Only how many findings each rule has.")
@click.option(
    "--max-findings", type=click.IntRange(min=0), metavar="N", help="Tell at most N findings, the gravest first."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="The least severity that makes the exit code 1; by default warning.",
)
@click.option("--baseline", metavar="FILE", help="Findings that are known: only others are told.")
@click.option("--no-baseline", is_flag=True, help="Tell all findings, whatever playbook.toml names as a baseline.")
@click.option(
    "--write-baseline", metavar="FILE", help="Write what is found now as known, so that only new findings are told."
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day that counts as today.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes, until Ctrl-C.")
@click.option("--no-cache", is_flag=True, help="Neither read nor write what is kept from earlier runs.")
@click.option("--cache-dir", metavar="FOLDER", help="Where it is kept; by default .playbook_cache.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=0, metavar="N", help="Processes; by default as many as pay."
)
@click.option("--stdin-filename", metavar="FILE", help="With '-': the name and workspace of the text.")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    profile: Profile | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    form: str,
    output: tuple[str, ...],
    quiet: bool,
    statistics: bool,
    max_findings: int | None,
    fail_on: Literal["error", "warning", "info", "never"] | None,
    baseline: str | None,
    no_baseline: bool,
    write_baseline: str | None,
    as_of: datetime.datetime | None,
    watch: bool,
    no_cache: bool,
    cache_dir: str | None,
    jobs: int,
    stdin_filename: str | None,
) -> None:
    """Check playbooks: files, folders, or '-' for standard input.

    Reports every mistake of every file with its place, the reason and what was expected.
    """
    from playbook.checking.settings import Settings
    from playbook.cli.reporting import reporting

    _agree(_given(ctx) | ({"-"} if "-" in paths else set()))
    _refuse_empty({"--baseline": baseline, "--write-baseline": write_baseline, "--cache-dir": cache_dir})
    reports = reporting(form, output, quiet=quiet, statistics=statistics, most=max_findings)
    settings = Settings(
        select=rule_codes(select),
        ignore=rule_codes(ignore),
        as_of=as_of.date() if as_of else None,
        fail_on=fail_on,
        profile=profile,
        baseline=Path(baseline) if baseline else None,
        use_baseline=not (no_baseline or write_baseline is not None),
    )
    cache = None if no_cache else Path(cache_dir) if cache_dir else ...
    asked = asked_for(paths, settings, stdin_filename=stdin_filename, cache=cache, jobs=jobs)
    what = _Do(watch, fix, diff, unsafe_fixes, write_baseline)
    ctx.exit(_carry_out(what, asked, reports))


class _Do(NamedTuple):
    """What is to be done with what is found; told, if nothing else."""

    watch: bool
    fix: bool
    diff: bool
    unsafe: bool
    write_baseline: str | None


def _carry_out(what: _Do, asked: Asked, reports: Reporting) -> int:
    """Do it, and return the exit code."""
    if what.watch:
        from playbook.cli.watching import watch_and_check

        watch_and_check(asked, reports)
        return 0
    if what.fix or what.diff:
        from playbook.cli.mending import mend_and_report

        return mend_and_report(asked, reports, unsafe=what.unsafe, diff=what.diff)
    if what.write_baseline is not None:
        from playbook.cli.baselines import write_as_baseline

        return write_as_baseline(asked, what.write_baseline, reports)
    return reports.tell(asked.results())


_NEEDS: dict[str, tuple[str, ...]] = {"--unsafe-fixes": ("--fix", "--diff")}
_EXCLUDES: dict[str, tuple[str, ...]] = {
    "--watch": ("--fix", "--diff", "--write-baseline", "-"),
    "--write-baseline": ("--fix", "--diff", "--baseline", "--no-baseline", "--statistics", "-"),
    "--no-baseline": ("--baseline",),
    "--diff": ("--output", "--format", "--statistics", "--max-findings", "--fail-on"),
    "--no-cache": ("--cache-dir",),
}


def _given(ctx: click.Context) -> set[str]:
    """The options that stand on the command line, by their long names."""
    return {
        max(option.opts, key=len)
        for option in ctx.command.params
        if option.name is not None and ctx.get_parameter_source(option.name) is ParameterSource.COMMANDLINE
    }


def _agree(given: set[str]) -> None:
    """Refuse options that say nothing alone, or contradict each other."""
    for option, others in _NEEDS.items():
        if option in given and not given.intersection(others):
            raise click.UsageError(f"{option} says which fixes are made; add {' or '.join(others)}")
    for option, others in _EXCLUDES.items():
        for other in others:
            if {option, other} <= given:
                named = "'-' (standard input)" if other == "-" else other
                raise click.UsageError(f"{option} cannot be combined with {named}")


def _refuse_empty(names: dict[str, str | None]) -> None:
    """Refuse empty names: an unset variable of a script must not quietly change what is checked."""
    for option, name in names.items():
        if name == "":
            raise click.UsageError(f"{option}: '' names nothing; leave the option out, or name one")
