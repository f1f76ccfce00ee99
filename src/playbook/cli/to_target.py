"""``playbook export TARGET``: what a tool is given of some playbooks, and what is lost on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import chosen_playbooks, compile_arguments, paint_for, with_variant
from playbook.cli.losses import say_losses
from playbook.cli.target_files import write_files
from playbook.text.quote import shown

if TYPE_CHECKING:
    from playbook.cli.exporting import Found
    from playbook.compiler.compile import Compiled
    from playbook.diagnostics import Diagnostic
    from playbook.targets.target import File, Settings, Target

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
    accounts: str | None = None
    """A file of accounts."""
    account: str | None = None
    """The id of one account: of the file, or of the one whose dates ``anchors`` are."""
    anchors: tuple[str, ...] = ()
    """``id=date`` each, for accounts that say none of their own."""
    horizon: str | None = None
    changes_since: str | None = None
    """A ledger of what was handed over before."""
    keep_going: bool = False

    @property
    def is_of_accounts(self) -> bool:
        """Whether a plan is asked for, and not a template."""
        return bool(self.accounts or self.account or self.anchors)


def export_to_target(name: str, asked: Asked) -> int:
    """Write the files of a target; returns the exit code. Raises :class:`click.UsageError` for wrong use."""
    from playbook.targets.registry import target_of

    target = target_of(name)
    found = chosen_playbooks(compile_arguments(asked.paths), asked.name)
    if not found:
        raise click.UsageError("there is no playbook here. 'playbook init' starts a workspace.")
    settings = _settings(target, found, asked.chosen)
    if asked.is_of_accounts and "plan" not in target.modes:
        raise click.UsageError(
            f"{target.name} takes no plan of an account: it is given {' or '.join(target.modes)}"
        )
    if target.modes == ("workspace",):
        return write_files(_of_workspaces(target, found, settings), asked.output)
    if asked.variant is not None:
        found = [(compiled, chosen) for compiled, _, chosen in with_variant(found, asked.variant)]
    if _say_refused(found):
        return 1
    if asked.is_of_accounts or target.modes == ("plan",):
        from playbook.cli.plan_export import export_plans

        return export_plans(target, found, settings, asked)
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
    return 1 if stop else write_files(files, asked.output)


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
