"""``playbook completion``: what a shell needs to complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(
    "completion",
    epilog="\b\nExamples:\n"
    '  eval "$(playbook completion bash)"          in ~/.bashrc\n'
    '  eval "$(playbook completion zsh)"           in ~/.zshrc\n'
    "  playbook completion fish | source           in ~/.config/fish/config.fish",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL."""
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"there is no completion for '{shell}'")
    root = ctx.find_root()
    # The script itself; click would also ask bash for its version, which need not be installed here.
    script = completion(root.command, {}, "playbook", "_PLAYBOOK_COMPLETE")
    click.echo(script.source_template % script.source_vars())
