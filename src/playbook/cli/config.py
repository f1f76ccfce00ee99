"""``playbook config``: the configuration that is in effect."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from playbook.cli.compiling import refuse_unknown, rule_codes, write_out
from playbook.config import PROFILES, Profile
from playbook.lint.registry import family_of
from playbook.text.paths import file_name
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.checking.effective import FileView, Row
    from playbook.checking.settings import Settings
    from playbook.compiler.discover import WorkspaceFiles
    from playbook.lint.catalogue import Catalogue


@click.command(
    "config",
    epilog="\b\nExamples:\n"
    "  playbook config                      what holds for the workspace here\n"
    "  playbook config onboarding.yaml      and for this file\n"
    "  playbook config --format json",
)
@click.argument("path", required=False, default=".")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is written.")
@click.option("--profile", type=click.Choice(PROFILES), help="As for 'playbook check'.")
@click.option("--select", multiple=True, metavar="CODES", help="As for 'playbook check'.")
@click.option("--ignore", multiple=True, metavar="CODES", help="As for 'playbook check'.")
@click.option(
    "--fail-on", type=click.Choice(["error", "warning", "info", "never"]), help="As for 'playbook check'."
)
@click.option("--baseline", metavar="FILE", help="As for 'playbook check'.")
@click.pass_context
def command(
    ctx: click.Context,
    path: str,
    form: str,
    profile: Profile | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: Literal["error", "warning", "info", "never"] | None,
    baseline: str | None,
) -> None:
    """Show every setting that holds at PATH (a file or folder; by default here), and where it comes from.

    Of a file it also shows which rules run on it. The exit code is 1 if playbook.toml has mistakes.
    """
    from playbook.checking.catalogues import catalogue_in
    from playbook.checking.settings import Settings
    from playbook.compiler.discover import discover

    if not path or not os.path.lexists(path):
        raise click.UsageError(f"there is no file or folder '{file_name(path)}'")
    settings = Settings(
        select=rule_codes(select),
        ignore=rule_codes(ignore),
        fail_on=fail_on,
        profile=profile,
        baseline=Path(baseline) if baseline else None,
    )
    found = discover([Path(path)], Path.cwd())
    catalogues = [catalogue_in(files) for files in found]
    known = dict.fromkeys(code for catalogue in catalogues for code in catalogue.codes)
    refuse_unknown(settings, known, complete=all(catalogue.complete for catalogue in catalogues))
    views = [_view(*each, settings) for each in zip(found, catalogues, strict=True)]
    if form == "json":
        write_out(json.dumps([_as_json(view) for view in views], ensure_ascii=False, indent=2) + "\n")
    else:
        write_out("\n".join(_as_text(view) for view in views))
    ctx.exit(1 if any(view.mistakes for view in views) else 0)


@dataclass(frozen=True)
class _View:
    """All that is told of one workspace; ``file`` is the name of its configuration, if it has one.

    ``rules`` are the codes of those that run, of all that ``there_are``.
    """

    workspace: str
    file: str | None
    mistakes: int
    rows: tuple[Row, ...]
    rules: tuple[str, ...]
    there_are: int
    files: tuple[FileView, ...]


def _view(found: WorkspaceFiles, catalogue: Catalogue, settings: Settings) -> _View:
    from playbook.checking.effective import file_view, rows, rules_that_run
    from playbook.lint.settings import read_options, settings_findings

    config = found.config
    mistakes = (*found.diagnostics, *settings_findings(config, catalogue), *read_options(config, catalogue)[1])
    return _View(
        file_name(found.root),
        config.source.name if config.source is not None else None,
        sum(finding.code == "CFG001" for finding in mistakes),
        tuple(rows(config, settings, catalogue)),
        rules_that_run(config, settings, catalogue),
        len(catalogue.rules),
        tuple(
            file_view(config, settings, catalogue, found.root, found.files[name], name)
            for name in sorted(found.explicit)
        ),
    )


def _as_json(view: _View) -> dict[str, Any]:
    return {
        "workspace": view.workspace,
        "file": view.file,
        "mistakes": view.mistakes,
        "settings": [{"path": list(row.path), "value": row.value, "origin": row.origin} for row in view.rows],
        "rules": list(view.rules),
        "files": [
            {"file": file.name, "excluded": file.excluded, "left_out": file.left_out, "rules": list(file.rules)}
            for file in view.files
        ],
    }


def _as_text(view: _View) -> str:
    lines = [f"workspace {view.workspace}"]
    lines.append("no playbook.toml: the defaults hold" if view.file is None else f"configured by {view.file}")
    if view.mistakes:
        what = f"{view.mistakes} mistake{'s' if view.mistakes > 1 else ''}"
        lines.append(f"{what} in it: see 'playbook check'. What is right holds.")
    lines += [
        "",
        *_table(view.rows),
        "",
        f"{len(view.rules)} of {view.there_are} rules run: {_families(view.rules)}",
    ]
    for file in view.files:
        lines += ["", *_of_file(file)]
    return "".join(printable(line).rstrip() + "\n" for line in lines)


def _table(rows: tuple[Row, ...]) -> list[str]:
    cells = [(".".join(map(_key, row.path)), _value(row.value), row.origin) for row in rows]
    widths = [min(max(len(row[column]) for row in cells), 48) for column in (0, 1)]
    return [f"{name:<{widths[0]}}  {value:<{widths[1]}}  {origin}" for name, value, origin in cells]


def _key(name: str) -> str:
    """A key as TOML has it: in quotes if it is a pattern."""
    return name if name.replace("_", "").replace("-", "").isalnum() else f'"{name}"'


def _value(value: Any) -> str:
    if value is None or value == []:
        return "none"
    return ", ".join(value) if isinstance(value, list) else str(value)


def _of_file(file: FileView) -> list[str]:
    lines = [f"{file.name}: {len(file.rules)} rules run on it: {_families(file.rules)}"]
    if file.excluded:
        lines.append(f"  It is checked only when it is named: {file.excluded}.")
    by_place: dict[str, list[str]] = {}
    for code, place in file.left_out.items():
        by_place.setdefault(place, []).append(code)
    lines += [f"  left out: {', '.join(sorted(codes))} ({place})" for place, codes in by_place.items()]
    return lines


def _families(codes: tuple[str, ...]) -> str:
    """How many rules of each family there are: ``CRT 8, GRF 10``."""
    return ", ".join(f"{family} {len(list(members))}" for family, members in groupby(codes, family_of))
