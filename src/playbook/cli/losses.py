"""What an export says of what does not arrive in the tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.targets.target import Loss, Mode, Settings, Target
    from playbook.workspace import CompiledPlaybook


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
