"""``playbook export TARGET``: what a tool is given of some playbooks, and what is lost on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import chosen_playbooks, compile_arguments, paint_for, with_variant
from playbook.cli.losses import say_losses, say_workspace_losses
from playbook.cli.target_files import Placed, write_files
from playbook.text.quote import shown

if TYPE_CHECKING:
    from playbook.cli.exporting import Found
    from playbook.compiler.compile import Compiled
    from playbook.diagnostics import Diagnostic
    from playbook.targets.target import Settings, Target

_MEANINGLESS = ("CFG", "SCH", "REF001", "REF002", "GRF001", "GRF011")
"""Rules whose errors leave no order of work to hand over."""
_ALL = {"template": "a template, in which there are no dates", "workspace": "what all playbooks share"}
"""What a target takes that takes no plan."""


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
    resume: bool = False
    """Whether to go on with an export in parts that was stopped."""
    split: int | None = None
    """How many accounts are in a part, if it is said."""

    @property
    def is_of_accounts(self) -> bool:
        """Whether a plan is asked for, and not a template."""
        return bool(self.accounts or self.account or self.anchors)


def export_to_target(name: str, asked: Asked) -> int:
    """Write the files of a target; returns the exit code. Raises :class:`click.UsageError` for wrong use."""
    from playbook.targets.registry import target_of

    target = target_of(name)
    if asked.is_of_accounts and "plan" not in target.modes:
        raise click.UsageError(
            f"{target.name} takes no plan of an account, but {_ALL[target.modes[0]]}: "
            "leave out --accounts, --id and --anchor"
        )
    compiled = compile_arguments(asked.paths)
    found = chosen_playbooks(compiled, asked.name) if target.modes != ("workspace",) or asked.name else []
    if not found and (target.modes != ("workspace",) or not compiled):
        raise click.UsageError("there is no playbook here. 'playbook init' starts a workspace.")
    settings = _settings(target, compiled, asked.chosen, asked.output)
    if asked.variant is not None:
        found = [(compiled, chosen) for compiled, _, chosen in with_variant(found, asked.variant)]
    if found and _say_refused(found):
        return 1
    if asked.is_of_accounts or target.modes == ("plan",):
        from playbook.cli.plan_export import export_plans

        return export_plans(target, found, settings, asked)
    templates = _templates(target, found, settings, asked) if "template" in target.modes else []
    shared = _of_workspaces(target, compiled, settings, asked) if "workspace" in target.modes else []
    if templates is None or shared is None:
        return 1
    return write_files([*templates, *shared], asked.output)


def _settings(target: Target, workspaces: list[Compiled], chosen: tuple[str, ...], output: str | None) -> Settings:
    """The options of the target: those of the command line go before those of the configuration."""
    from playbook.targets.settings import settings_of

    given = dict(_pairs(chosen))
    for compiled in workspaces:
        for option, value in compiled.config.targets.get(target.name, {}).items():
            given.setdefault(option, value)
    if (form := _form_named_by(target, output)) is not None:
        given.setdefault("format", form)
    settings, wrong = settings_of(target, given)
    if wrong:
        told = [
            f"{each.message}: {each.expected}" + (f". Did you mean {each.suggestion}?" if each.suggestion else "")
            for each in wrong
        ]
        raise click.UsageError("\n".join(told))
    return settings


def _form_named_by(target: Target, output: str | None) -> str | None:
    """Which of the formats that a target lets choose the end of the output's name says."""
    from playbook.cli.exporting import format_named_by

    choices = next((option.choices for option in target.options if option.name == "format"), ())
    named = format_named_by(output)
    return named if named in choices else None


def _pairs(chosen: Iterable[str]) -> Iterator[tuple[str, str]]:
    for text in chosen:
        option, equals, value = text.partition("=")
        if not equals or not option.strip():
            raise click.UsageError(f"'{shown(text)}' is no option: write it as --set name=value")
        yield option.strip(), value.strip()


# -- what is given to the tool -------------------------------------------------------------------


def _of_workspaces(
    target: Target, workspaces: list[Compiled], settings: Settings, asked: Asked
) -> list[Placed] | None:
    """The files of the workspaces; ``None`` if they may not be written."""
    from playbook.targets.registry import workspace_files

    stopped = [
        say_workspace_losses(target, compiled.workspace, settings, strict=asked.strict) for compiled in workspaces
    ]
    if any(stopped):
        return None
    several = len(workspaces) > 1
    return [
        (f"workspace-{number}" if several else "", file)
        for number, compiled in enumerate(workspaces, 1)
        for file in workspace_files(target.name, compiled.workspace, settings)
    ]


def _templates(target: Target, found: Found, settings: Settings, asked: Asked) -> list[Placed] | None:
    """The files of the playbooks as templates; ``None`` if they may not be written."""
    from playbook.cli.exporting import folders_of
    from playbook.plans.templating import template_of
    from playbook.targets.registry import template_files

    stopped = [say_losses(target, playbook, "template", settings, strict=asked.strict) for _, playbook in found]
    if any(stopped):
        return None
    playbooks = [playbook for _, playbook in found]
    folders = folders_of(playbooks)
    return [
        (folder if len(folders) > 1 else "", file)
        for folder, playbook in zip(folders, playbooks, strict=True)
        for file in template_files(target.name, template_of(playbook), settings)
    ]


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
