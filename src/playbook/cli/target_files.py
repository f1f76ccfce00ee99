"""The files of a target, written: one to a file or standard output, several into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import write_bytes
from playbook.cli.writing import write_file

if TYPE_CHECKING:
    from playbook.targets.target import File

Placed = tuple[str, "File"]
"""A file, below a folder of the export (empty for the export's own)."""


def write_files(files: list[Placed], output: str | None) -> int:
    """Write the files, each below its folder: one of them to a file or standard output, several into a folder."""
    if not files:
        raise click.UsageError("there is nothing here that this target could take")
    if output is None:
        if len(files) > 1:
            raise click.UsageError(f"{len(files)} files would be written: name a folder with -o")
        write_bytes(files[0][1].data)
        return 0
    target = Path(output)
    folder = len(files) > 1 or is_folder(output)
    written = [target / part / file.name if folder else target for part, file in files]
    for path, (_, file) in zip(written, files, strict=True):
        write_file(path, file.data)
    click.echo(f"wrote {written[0] if len(written) == 1 else f'{len(written)} files below {target}'}", err=True)
    return 0


def is_folder(output: str) -> bool:
    """Whether a folder is named, be it by the end of its name."""
    return Path(output).is_dir() or output.endswith(("/", "\\"))
