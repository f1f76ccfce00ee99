"""``playbook export TARGET``: what a tool is given of some playbooks, and what is lost on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import chosen_playbooks, compile_arguments, paint_for, with_variant, write_bytes
from playbook.cli.writing import write_file
from playbook.text.quote import shown
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.cli.exporting import Found
    from playbook.compiler.compile import Compiled
    from playbook.diagnostics import Diagnostic
    from playbook.targets.target import File, Loss, Mode, Settings, Target
    from playbook.workspace import CompiledPlaybook

_MEANINGLESS = ("CFG", "SCH", "REF001", "REF002", "GRF001", "GRF011")
"""Rules whose errors leave no order of work to hand over."""


@dataclass(frozen=True)
class Asked:
    """What the arguments say, beside the target."""

    output: str | None = None
    variant: str | None = None
    name: str | None = None
    paths: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    """Options of the target, ``name=value`` each."""
    strict: bool = False


def export_to_target(name: str, asked: Asked) -> int:
    """Write the files of a target; returns the exit code. Raises :class:`click.UsageError` for wrong use."""
    from playbook.targets.registry import target_of

    target = target_of(name)
    found = chosen_playbooks(compile_arguments(asked.paths), asked.name)
    if not found:
        raise click.UsageError("there is no playbook here. 'playbook init' starts a workspace.")
    settings = _settings(target, found, asked.chosen)
    if target.modes == ("workspace",):
        return _write(_of_workspaces(target, found, settings), asked.output)
    if asked.variant is not None:
        found = [(compiled, chosen) for compiled, _, chosen in with_variant(found, asked.variant)]
    if _say_refused(found):
        return 1
    return _templates(target, found, settings, asked)


def _settings(target: Target, found: Found, chosen: tuple[str, ...]) -> Settings:
    """The options of the target: those of the command line go before those of the configuration."""
    from playbook.targets.settings import settings_of

    given = dict(_pairs(chosen))
    for compiled, _ in found:
        for option, value in compiled.config.targets.get(target.name, {}).items():
            given.setdefault(option, value)
    settings, wrong = settings_of(target, given)
    if wrong:
        told = [
            f"{each.message}: {each.expected}" + (f". Did you mean {each.suggestion}?" if each.suggestion else "")
            for each in wrong
        ]
        raise click.UsageError("\n".join(told))
    return settings


def _pairs(chosen: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in chosen:
        option, equals, value = text.partition("=")
        if not equals or not option.strip():
            raise click.UsageError(f"'{shown(text)}' is no option: write it as --set name=value")
        yield option.strip(), value.strip()


# -- what is given to the tool -------------------------------------------------------------------


def _of_workspaces(target: Target, found: Found, settings: Settings) -> list[tuple[str, File]]:
    from playbook.targets.registry import workspace_files

    workspaces: dict[int, Compiled] = {id(compiled): compiled for compiled, _ in found}
    several = len(workspaces) > 1
    return [
        (f"workspace-{number}" if several else "", file)
        for number, compiled in enumerate(workspaces.values(), 1)
        for file in workspace_files(target.name, compiled.workspace, settings)
    ]


def _templates(target: Target, found: Found, settings: Settings, asked: Asked) -> int:
    from playbook.plans.templating import template_of
    from playbook.targets.registry import template_files

    if "template" not in target.modes:
        raise click.UsageError(
            f"{target.name} takes dated plans only: give the account and its dates, "
            "such as --account acme --anchor closed_won=2026-12-01, or --accounts FILE"
        )
    several = len(found) > 1
    files: list[tuple[str, File]] = []
    stop = False
    for _, playbook in found:
        template = template_of(playbook)
        stop |= say_losses(target, playbook, "template", settings, strict=asked.strict)
        if not stop:
            files += [
                (template.name if several else "", file) for file in template_files(target.name, template, settings)
            ]
    return 1 if stop else _write(files, asked.output)


# -- what is said ----------------------------------------------------------------------------------


def say_losses(target: Target, playbook: CompiledPlaybook, mode: Mode, settings: Settings, *, strict: bool) -> bool:
    """Say what does not arrive, on standard error. Whether nothing may be written because of it."""
    from playbook.plans.templating import template_of
    from playbook.targets.losses import losses_of

    losses = losses_of(target, template_of(playbook), mode, settings)
    if not losses:
        return False
    refused = any(loss.refused for loss in losses)
    counts = [
        (sum(loss.refused for loss in losses), "refused"),
        (sum(not loss.part and not loss.refused for loss in losses), "lost"),
        (sum(loss.part for loss in losses), "changed"),
    ]
    told = ", ".join(f"{count} {word}" for count, word in counts if count)
    click.echo(f"{playbook.name} to {target.title}: {told}", err=True)
    for loss in losses:
        click.echo(f"  {_loss(loss)}", err=True)
    lost = any(not loss.part for loss in losses)
    if refused or (strict and lost):
        reason = f"{target.name} cannot take it" if refused else "--strict"
        click.echo(f"{playbook.name} is not exported: {reason}.", err=True)
        return True
    return False


def _loss(loss: Loss) -> str:
    kind = "refused" if loss.refused else "changed" if loss.part else "lost"
    where = f" ({_some(loss.where)})" if loss.where else ""
    return printable(f"{kind:<8}{loss.what}{where}: {loss.why}")


def _some(names: tuple[str, ...], most: int = 4) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _say_refused(found: Found) -> bool:
    """Say which findings make an export meaningless; whether there are any."""
    from playbook.checking.run import findings_of
    from playbook.diagnostics import Severity
    from playbook.report.text import report
    from playbook.views.subject import findings_in_the_way

    reasons: dict[Diagnostic, None] = {}
    for compiled, playbook in found:
        for finding in findings_in_the_way(playbook, compiled.workspace, findings_of(compiled)):
            if finding.severity is Severity.ERROR and finding.code.startswith(_MEANINGLESS):
                reasons[finding] = None
    if not reasons:
        return False
    sources = {name: source for compiled, _ in found for name, source in compiled.sources.items()}
    click.echo(report(reasons, sources, paint_for(sys.stderr.isatty())), err=True, nl=False)
    click.echo("nothing is exported: these findings leave nothing that could be handed over.", err=True)
    return True


# -- writing -----------------------------------------------------------------------------------------


def _write(files: list[tuple[str, File]], output: str | None) -> int:
    """Write the files, each below its folder: one of them to a file or standard output, several into a folder."""
    if not files:
        raise click.UsageError("there is nothing here that this target could take")
    if output is None:
        if len(files) > 1:
            raise click.UsageError(f"{len(files)} files would be written: name a folder with -o")
        write_bytes(files[0][1].data)
        return 0
    target = Path(output)
    folder = len(files) > 1 or target.is_dir() or output.endswith(("/", "\\"))
    written = [target / part / file.name if folder else target for part, file in files]
    for path, (_, file) in zip(written, files, strict=True):
        write_file(path, file.data)
    click.echo(f"wrote {written[0] if len(written) == 1 else f'{len(written)} files below {target}'}", err=True)
    return 0
