"""The ``playbook`` command: finds the subcommand, and turns our own faults into exit code 3."""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from playbook import __version__

# pydantic looks through all installed packages for plugins of its own; none is used here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

COMMANDS: tuple[str, ...] = (
    "init",
    "check",
    "fmt",
    "show",
    "export",
    "schedule",
    "targets",
    "site",
    "preview",
    "rule",
    "config",
    "lsp",
    "completion",
)
"""Every command; its module is ``cli/<name>.py`` and holds a click command ``command``."""

_EXAMPLES = """\b
Examples:
  playbook init onboarding        start a workspace
  playbook check                  check all documents below this folder
  playbook fmt                    write them in one style
  playbook show                   the journey as a tree
  playbook export journey --as svg -o journey.svg
  playbook schedule --anchor closed_won=2026-12-01    what is due when
  playbook export hubspot-workflow -o build    what a tool takes; 'playbook targets' lists them
  playbook site -o site           all of it as pages for a wiki
  playbook preview                the same in a browser, while you write
  playbook rule RCI002            what a rule is about

\b
Exit codes: 0 clean, 1 findings, 2 wrong use, 3 a fault of playbook itself."""


class _Commands(click.Group):
    """Loads a command's module only when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"playbook.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from playbook.text.suggest import nearest

            near = nearest(args[0], COMMANDS)
            if near is None or near in error.message:
                raise
            raise click.UsageError(f"{error.message} Did you mean '{near}'?", ctx) from None


@click.command(
    cls=_Commands,
    epilog=_EXAMPLES,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", message="playbook %(version)s")
def playbook() -> None:
    """Onboarding as code: check, draw and list customer journeys written in YAML."""


def run() -> NoReturn:
    """The command as a process of its own. Exits with 0 clean, 1 findings, 2 wrong use, 3 our own fault.

    It leaves at once: taking a large workspace apart object by object takes a fifth of a whole run.
    """
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def main() -> int:
    """Run the command that the arguments name; the exit code."""
    # A run builds one large result and ends: looking for garbage in it again and again finds none and
    # costs a quarter of the time.
    gc.disable()
    _prepare_streams()
    try:
        status = playbook.main(prog_name="playbook", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        status = 130
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        # The reader (head, less) has seen enough. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        status = _stream_failed(error)
    except Exception:  # the one catch-all, at the edge: what comes here is our own mistake
        _own_fault()
        status = 3
    return status if isinstance(status, int) else 0


def _prepare_streams() -> None:
    """Text for people is UTF-8 under any locale; the one of a container or a cron job is often ASCII."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Closed by the caller (`>&-`), who wants to see nothing.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _stream_failed(error: OSError) -> int:
    """What the commands print themselves (help, say) met a full disk; all else is our own fault."""
    if error.errno not in (errno.ENOSPC, errno.EIO, errno.EFBIG):
        _own_fault()
        return 3
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    click.echo(f"Error: cannot write to standard output: {error.strerror}", err=True)
    return 2


def _own_fault() -> None:
    """Say that it is our fault and where the details are, without a traceback on the screen."""
    import tempfile
    import traceback

    details = (
        f"playbook {__version__}, Python {sys.version.split()[0]} on {sys.platform}\n"
        f"arguments: {sys.argv[1:]}\n\n{traceback.format_exc()}"
    )
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="playbook-fault-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(details)
        where = f"Details are in {file.name}; please report them."
    except OSError:
        where = details
    click.echo(f"playbook has a fault of its own and stopped; nothing is wrong with your files.\n{where}", err=True)


if __name__ == "__main__":
    main()
