"""``playbook fmt``: documents in one order and style."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from playbook.cli.compiling import paint_for, write_out
from playbook.cli.writing import CannotWrite, write_file
from playbook.compiler.compile import NAMELESS
from playbook.compiler.discover import WorkspaceFiles, discover
from playbook.compiler.documents import Opened, open_document
from playbook.diagnostics import Diagnostic
from playbook.fixing.patch import patch
from playbook.formatting import format_document, is_surely
from playbook.reader import decode, load_file
from playbook.reader.limits import MAX_BYTES
from playbook.text.paths import file_name
from playbook.text.spans import SourceText

_HELP_EXAMPLES = """\b
Examples:
  playbook fmt                            everything below this folder
  playbook fmt onboarding.yaml            one file
  playbook fmt --check                    for CI: only say which files would change
  playbook fmt --diff                     show what would change
  cat onboarding.yaml | playbook fmt -

\b
Exit codes: 0 done, 1 a file cannot be read, or with --check or --diff would change, 2 wrong use,
3 a fault of playbook itself."""


@dataclass
class _Run:
    """What is to be done with the files, and what has become of them."""

    write: bool
    diff: bool
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    findings: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, SourceText] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@click.command("fmt", epilog=_HELP_EXAMPLES)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], check: bool, diff: bool) -> None:
    """Write documents in one order and style: files, folders, or '-' for standard input.

    Keys come in the order of the language, every comment stays with what it is about, and what a document
    means never changes. A file with mistakes in its YAML is left as it is.
    """
    run = _Run(write=not (check or diff), diff=diff)
    if "-" in paths:
        if len(paths) > 1:
            raise click.UsageError("'-' (standard input) cannot be combined with other paths")
        _standard_input(run)
    else:
        _files(run, paths)
    # What a program reads from standard output (a document, a patch) has nothing else in it.
    _report(run, to_error=diff or "-" in paths)
    if check and not diff:
        write_out("".join(f"{name}\n" for name in run.changed))
    if not diff and "-" not in paths:
        write_out(_summary(run))
    would_change = (check or diff) and run.changed
    ctx.exit(3 if run.faults else 1 if run.findings or would_change else 0)


def _files(run: _Run, paths: Sequence[str]) -> None:
    for workspace in discover(_named(paths), _home()):
        run.findings += (finding for finding in workspace.diagnostics if _concerns(finding, workspace))
        if workspace.config.source is not None:
            run.sources[workspace.config.source.name] = workspace.config.source
        # What a broken configuration would have excluded cannot be told.
        doubtful = any(finding.code == "CFG001" for finding in workspace.diagnostics)
        for name in sorted(workspace.explicit if doubtful else workspace.selected & workspace.files.keys()):
            _file(run, workspace.files[name], name, explicit=name in workspace.explicit)
    if not (run.changed or run.unchanged or run.findings or run.faults):
        where = ", ".join(f"'{file_name(path)}'" for path in paths) or "this folder"
        raise click.UsageError(f"there is no playbook document in {where}. 'playbook init' starts a workspace.")


def _concerns(finding: Diagnostic, workspace: WorkspaceFiles) -> bool:
    return finding.code == "CFG001" or finding.place.file in workspace.selected


def _named(paths: Sequence[str]) -> list[Path]:
    if any(not path for path in paths):
        raise click.UsageError("an empty path names nothing; leave it out for this folder")
    named = [Path(path) for path in paths] or [Path()]
    for path in named:
        if not os.path.lexists(path):
            raise click.UsageError(f"there is no file or folder '{file_name(path)}'")
    return named


def _home() -> Path:
    try:
        return Path.cwd()
    except OSError:
        raise click.UsageError("the folder you are in no longer exists") from None


def _file(run: _Run, path: Path, name: str, *, explicit: bool) -> None:
    source, findings = load_file(path, name)
    run.findings += findings
    if source is None:
        return
    text = _formatted(run, source, explicit=explicit)
    if text is not None and _changes(run, source, text) and run.write:
        _replace(path, name, text.encode())


def _standard_input(run: _Run) -> None:
    # A caller may have closed it (`<&-`).
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin is not None else b""
    source, findings = decode(data, NAMELESS)
    run.findings += findings
    if source is None:
        return
    text = _formatted(run, source, explicit=True)
    if text is None:
        return
    _changes(run, source, text)
    if run.write:
        write_out(text)


def _formatted(run: _Run, source: SourceText, *, explicit: bool) -> str | None:
    """The formatted text of a document; ``None`` if it is none of ours or cannot be formatted."""
    opened = open_document(source, explicit=explicit)
    if opened is None:
        return None
    kind = opened.document.kind
    found = _in_the_way(opened, source, explicit=explicit)
    if found or kind is None:
        run.findings += found
        run.sources[source.name] = source
        return None
    formatted = format_document(source, kind)
    if formatted.fault:
        run.faults.append(f"formatting {source.name} would have changed {formatted.fault}")
        return None
    return formatted.text


def _in_the_way(opened: Opened, source: SourceText, *, explicit: bool) -> tuple[Diagnostic, ...]:
    """The findings that leave open what a file says, or whether it is ours."""
    found, kind = opened.diagnostics, opened.document.kind
    unread = tuple(finding for finding in found if finding.code == "SCH001")
    if unread:
        return unread
    # Other tools also have keys such as `metrics`: what may be theirs is written only if somebody names it.
    if kind is None or (found and not explicit and not is_surely(source, kind)):
        return tuple(finding for finding in found if finding.code == "SCH003") or found
    return ()


def _changes(run: _Run, source: SourceText, text: str) -> bool:
    """Count a document as changed or not, and show how it changes."""
    if text == source.text:
        run.unchanged += 1
        return False
    run.changed.append(source.name)
    if run.diff:
        write_out(patch(source.name, source.text, text))
    return True


def _replace(path: Path, name: str, data: bytes) -> None:
    """Write a file anew with the permissions that it has; at no moment may more people read it."""
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode & 0o7777
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with _umask(~mode & 0o777):
            write_file(target, data)
        target.chmod(mode)
    except OSError as error:
        raise CannotWrite(f"cannot write '{name}': {error.strerror or error}") from None


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def _report(run: _Run, *, to_error: bool) -> None:
    from playbook.report import text

    for fault in run.faults:
        words = f"playbook has a fault of its own: {fault}. It is left as it was; please report this."
        click.echo(words, err=True)
    if not run.findings:
        return
    stream = sys.stderr if to_error else sys.stdout
    findings = sorted(run.findings, key=lambda finding: finding.sort_key)
    shown = text.report(findings, run.sources, paint_for(stream.isatty()))
    if to_error:
        click.echo(shown, nl=False, err=True)
    else:
        write_out(shown)


def _summary(run: _Run) -> str:
    count = len(run.changed)
    done = "formatted" if run.write else "would be formatted"
    formatted = f"{count:,} file{'' if count == 1 else 's'} {done}"
    left = f"{run.unchanged:,} left as {'it was' if run.unchanged == 1 else 'they were'}"
    wrong = len({finding.place.file for finding in run.findings})
    return f"{formatted}, {left}{f'; mistakes in {wrong:,} to mend first' if wrong else ''}\n"
