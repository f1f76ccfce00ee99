"""What the commands share: compiling what the arguments name, linting it, painting text."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.writing import CannotWrite
from playbook.lint.registry import family_of, matching
from playbook.report.text import Paint, no_paint
from playbook.text.paths import file_name
from playbook.text.quote import shown
from playbook.text.suggest import nearest
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.checking.settings import Settings
    from playbook.compiler.compile import Compiled
    from playbook.workspace import CompiledPlaybook

_STYLES: dict[str, dict[str, object]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "blue", "bold": True},
    "place": {"bold": True},
    "dim": {"dim": True},
}


def compile_arguments(paths: Sequence[str]) -> list[Compiled]:
    """The workspaces of the named files and folders; of the current folder if none is named.

    Raises :class:`click.UsageError` for a path that does not exist.
    """
    from playbook.compiler.compile import compile_paths

    return compile_paths(*named_paths(paths))


def named_paths(paths: Sequence[str], *, exists: bool = True) -> tuple[list[Path], Path]:
    """The paths that some arguments name, or this folder, and the folder from which they are seen.

    Raises :class:`click.UsageError` for a path that does not exist, if it must.
    """
    if any(not path for path in paths):
        raise click.UsageError("an empty path names nothing; leave it out for this folder")
    named = [Path(path) for path in paths] or [Path()]
    for path in named:
        if exists and not os.path.lexists(path):
            raise click.UsageError(f"there is no file or folder '{file_name(path)}'")
    try:
        return named, Path.cwd()
    except OSError:
        raise click.UsageError("the folder you are in no longer exists") from None


def rule_codes(values: Iterable[str]) -> tuple[str, ...]:
    """Codes and families given as ``A,B`` or by repeating an option.

    Whether there are such rules is known when the workspace is: it may have rules of its own.
    """
    return tuple(part.strip().upper() for value in values for part in value.split(",") if part.strip())


def refuse_unknown(settings: Settings, known: Collection[str], *, complete: bool = True) -> None:
    """Raises :class:`click.UsageError` for codes of the command line that no rule and no family has.

    ``complete`` says whether the ``known`` codes are all that there are.
    """
    for option, codes in (("--select", settings.select), ("--ignore", settings.ignore)):
        for code in codes:
            if matching(code, known):
                continue
            if not complete:
                raise click.UsageError(
                    f"{option}: there is no rule or family of rules '{code}' among those that could be read; "
                    "see 'playbook check'."
                )
            near = nearest(code, [*known, *{family_of(each) for each in known}])
            hint = f" Did you mean {near}?" if near else ""
            raise click.UsageError(f"{option}: there is no rule or family of rules '{code}'.{hint}")


def has_colours(stream_is_terminal: bool) -> bool:
    """Whether to colour: on a terminal that can, unless NO_COLOR is set (no-color.org)."""
    return stream_is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint_for(stream_is_terminal: bool) -> Paint:
    """Colours for a terminal; none for files and pipes, or where NO_COLOR is set."""
    if not has_colours(stream_is_terminal):
        return no_paint

    def paint(style: str, text: str) -> str:
        return click.style(text, **_STYLES.get(style, {}))  # type: ignore[arg-type]

    return paint


def write_out(text: str) -> None:
    """Write a report to standard output: UTF-8, whatever the locale, and in one go."""
    write_bytes(text.encode("utf-8", "backslashreplace"))


def write_bytes(data: bytes) -> None:
    """Write to standard output. A reader that has seen enough (head, less) changes nothing else.

    Raises :class:`CannotWrite` if the disk behind it is full.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Python flushes once more at exit, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise CannotWrite(f"cannot write to standard output: {error.strerror or error}") from None


def chosen_playbooks(compiled: list[Compiled], name: str | None) -> list[tuple[Compiled, CompiledPlaybook]]:
    """The playbooks of some workspaces, or the one of that id.

    Raises :class:`click.UsageError` if there is none.
    """
    every = [(item, playbook) for item in compiled for playbook in item.playbooks]
    if name is None:
        return every
    found = [(item, playbook) for item, playbook in every if playbook.id == name]
    if not found:
        ids = [playbook.id for _, playbook in every]
        near = nearest(name, ids)
        known = f" Known are: {', '.join(ids)}." if ids else ""
        raise click.UsageError(
            f"there is no playbook '{name}' here.{f' Did you mean {near}?' if near else ''}{known}"
        )
    return found


def with_variant(
    found: list[tuple[Compiled, CompiledPlaybook]], id_: str
) -> list[tuple[Compiled, CompiledPlaybook, CompiledPlaybook]]:
    """Those of some playbooks that have a variant of that id, each with it.

    Raises :class:`click.UsageError` if none has, and :class:`click.ClickException` if it has mistakes.
    """
    chosen = []
    known: dict[str, None] = {}
    for compiled, playbook in found:
        variants = {variant.variant: variant for variant in playbook.variants}
        if id_ in variants:
            chosen.append((compiled, playbook, variants[id_]))
        elif id_ in playbook.model.variants or _is_lost_variant(playbook, id_):
            file = printable(playbook.document.name)
            what = f"the variant '{id_}' of {playbook.id} cannot be told, because of mistakes"
            raise click.ClickException(f"{what}: see 'playbook check {file}'")
        known.update(dict.fromkeys(playbook.model.variants))
    if not chosen:
        near = nearest(id_, known)
        hint = f" Did you mean {near}?" if near else ""
        listed = f" Known are: {', '.join(known)}." if known else " There are none."
        where = found[0][1].id if len(found) == 1 else "any playbook here"
        raise click.UsageError(f"there is no variant '{shown(id_)}' of {where}.{hint}{listed}")
    return chosen


def _is_lost_variant(playbook: CompiledPlaybook, id_: str) -> bool:
    """Whether the variants, or the one of that id, could not be read."""
    lost = [path[1:2] for path in playbook.document.pruned if path[:1] == ("variants",)]
    return () in lost or (id_,) in lost
