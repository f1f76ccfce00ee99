"""The files of a target, written: one to a file or standard output, several into a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import write_bytes
from playbook.cli.writing import write_file
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.targets.target import File

Placed = tuple[str, "File"]
"""A file, below a folder of the export (empty for the export's own)."""

_NAMED = 240
"""Files are named when they are written if that takes no more letters; else there is only their number."""
_SAME = {".yml": ".yaml", ".markdown": ".md", ".htm": ".html"}
_KNOWN = {".csv", ".html", ".ics", ".json", ".md", ".pdf", ".pptx", ".tf", ".xlsx", ".xml", ".yaml"}


def write_files(files: list[Placed], output: str | None) -> int:
    """Write the files, each below its folder: one of them to a file or standard output, several into a folder."""
    if not files:
        raise click.UsageError("there is nothing here that this target could take")
    if output is None:
        if len(files) > 1:
            raise click.UsageError(f"{len(files)} files would be written: name a folder with -o, such as -o build/")
        write_bytes(files[0][1].data)
        return 0
    target = Path(output)
    folder = is_folder(output)
    if not folder:
        _refuse_name(files, output)
    written = [target / part / file.name if folder else target for part, file in files]
    all_apart(path.as_posix() for path in written)
    for path, (_, file) in zip(written, files, strict=True):
        write_file(path, file.data)
    click.echo(printable(f"wrote {_told(written, target)}"), err=True)
    return 0


def all_apart(names: Iterable[str]) -> None:
    """Raises :class:`RuntimeError` if two files of an export have one name, be it only where case is ignored.

    One would be lost, unseen: no user can mend that, so it ends as a mistake of ours.
    """
    counts = Counter(name.casefold() for name in names)
    if alike := [name for name, count in counts.items() if count > 1]:
        raise RuntimeError(f"an export has several files of one name: {', '.join(alike[:3])}")


def _told(written: list[Path], target: Path) -> str:
    if len(written) == 1:
        return str(written[0])
    names = ", ".join(path.relative_to(target).as_posix() for path in written)
    return f"{len(written):,} files below {target}{f': {names}' if len(names) <= _NAMED else ''}"


def is_folder(output: str) -> bool:
    """Whether a folder is named: one that exists, or a name that ends with ``/`` or has no ending like ``.csv``."""
    path = Path(output)
    return path.is_dir() or output.endswith(("/", "\\")) or not (path.suffix or path.exists())


def _refuse_name(files: list[Placed], output: str) -> None:
    """Raises :class:`click.UsageError` if the name of a file is given for several, or for another kind of file."""
    if len(files) > 1:
        # A folder called plan.csv is what nobody means.
        raise click.UsageError(
            f"{len(files):,} files would be written, and '{printable(output)}' names one: "
            f"name a folder with -o, such as -o {printable(str(Path(output).with_suffix('')))}/"
        )
    ending, given = PurePosixPath(files[0][1].name).suffix, _ending(output)
    if given in _KNOWN and ending in _KNOWN and given != ending:
        raise click.UsageError(
            f"what would be written is {ending[1:]}, and '{printable(output)}' says {given[1:]}: "
            f"name it {printable(str(Path(output).with_suffix(ending)))}"
        )


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    return _SAME.get(ending, ending)
