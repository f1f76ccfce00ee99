"""``--output``: which files are to be written, and in which formats.

``--output findings.sarif`` takes the format from the end of the name, ``--output junit=build/report.txt``
names it. The equals sign stands in no drive and in few file names, unlike a colon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from playbook.report.registry import FORMATS, Format, format_of_file
from playbook.text.suggest import nearest


@dataclass(frozen=True, slots=True)
class Output:
    """A file to write, and its format."""

    file: str
    form: Format


class OutputError(ValueError):
    """An ``--output`` that says no file, or no format. Its text tells a user why."""


def outputs(values: Iterable[str]) -> tuple[Output, ...]:
    """The files that some values of ``--output`` ask for. Raises :class:`OutputError`."""
    found = tuple(_output(value) for value in values)
    seen: set[PurePath] = set()
    for output in found:
        path = PurePath(output.file)
        if path in seen:
            raise OutputError(f"--output names '{output.file}' twice; each report needs a file of its own")
        seen.add(path)
    return found


def _output(value: str) -> Output:
    name, equals, file = value.partition("=")
    if not equals or "/" in name or "\\" in name:
        return _by_ending(value)
    if name not in FORMATS:
        near = nearest(name, FORMATS)
        hint = f"; did you mean '{near}'?" if near else ""
        raise OutputError(
            f"--output: there is no format '{name}'{hint}. Formats are {', '.join(FORMATS)}. "
            f"For a file of that name, write './{value}'"
        )
    return Output(_named(file, value), FORMATS[name])


def _by_ending(value: str) -> Output:
    file = _named(value, value)
    form = format_of_file(file)
    if form is None:
        endings = ", ".join(f"{ending} ({known.name})" for known in FORMATS.values() for ending in known.endings)
        raise OutputError(
            f"--output: the end of '{file}' means no format; such ends are {endings}. "
            f"Or name the format, such as 'sarif={file}'"
        )
    return Output(file, form)


def _named(file: str, value: str) -> str:
    if not file:
        raise OutputError(f"--output: '{value}' names no file; write one such as 'sarif=findings.sarif'")
    if file == "-":
        raise OutputError("--output writes files; what goes to standard output is said by --format")
    return file
