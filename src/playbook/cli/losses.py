"""What an export says of what does not arrive in the tool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.targets.target import Loss, Mode, Settings, Target
    from playbook.workspace import CompiledPlaybook, Workspace


def say_losses(target: Target, playbook: CompiledPlaybook, mode: Mode, settings: Settings, *, strict: bool) -> bool:
    """Say what of a playbook does not arrive, on standard error. Whether nothing may be written because of it."""
    from playbook.plans.templating import template_of
    from playbook.targets.losses import losses_of

    return _said(losses_of(target, template_of(playbook), mode, settings), playbook.name, target, strict=strict)


def say_workspace_losses(target: Target, workspace: Workspace, settings: Settings, *, strict: bool) -> bool:
    """The same of what a workspace shares."""
    from playbook.targets.registry import losses_of_workspace

    return _said(losses_of_workspace(target.name, workspace, settings), "the workspace", target, strict=strict)


def _said(losses: Sequence[Loss], name: str, target: Target, *, strict: bool) -> bool:
    from playbook.targets.losses import alike

    if not losses:
        return False
    counts = Counter(_kind(loss) for loss in losses)
    told = ", ".join(f"{counts[kind]} {kind}" for kind in ("refused", "lost", "changed") if counts[kind])
    click.echo(f"{name} to {target.title}: {told}", err=True)
    for loss, what in alike(losses):
        click.echo(printable(f"  {_kind(loss):<8}{what}: {loss.why}"), err=True)
    if counts["refused"] or (strict and counts["lost"]):
        reason = f"{target.name} cannot take it" if counts["refused"] else "--strict"
        click.echo(f"{name} is not exported: {reason}.", err=True)
        return True
    return False


def _kind(loss: Loss) -> str:
    return "refused" if loss.refused else "changed" if loss.part else "lost"
