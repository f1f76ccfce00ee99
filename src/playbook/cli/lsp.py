"""``playbook lsp``: the language server, for editors."""

from __future__ import annotations

import sys

import click

_HELP_EXAMPLES = """\b
Examples:
  playbook lsp                            what an editor is told to start
  playbook lsp --pause 500                check only after half a second without a keystroke

\b
Editors start it by themselves, once they are told of it: see docs/editors.md.
It speaks the Language Server Protocol over standard input and output."""

INSTALL = "the language server needs one more package: pip install 'pygls>=2,<3'"


@click.command("lsp", epilog=_HELP_EXAMPLES)
@click.option("--stdio", is_flag=True, help="Speak over standard input and output, as it does anyway.")
@click.option(
    "--pause",
    type=click.IntRange(0, 60_000),
    default=150,
    show_default=True,
    metavar="MS",
    help="Milliseconds without a keystroke before the documents are checked.",
)
@click.pass_context
def command(ctx: click.Context, stdio: bool, pause: int) -> None:
    """Serve an editor: findings while you type, completion, renaming and more."""
    del stdio
    try:
        from playbook.editor.features import serve
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise click.UsageError(INSTALL) from None
    wire = sys.stdout.buffer
    # Whatever else is printed must not get between the messages.
    sys.stdout = sys.stderr
    ctx.exit(serve(sys.stdin.buffer, wire, pause / 1000))
