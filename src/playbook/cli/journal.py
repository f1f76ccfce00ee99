"""The journal of an export in parts: which parts are written, so that one that was stopped can go on.

A file of lines of JSON in the folder of the export: first what is exported, then a line for each part that is
written, at the end one that says so. A line that was cut off when the program was killed does not count.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playbook.cli.writing import CannotWrite, write_file

NAME = ".playbook-export.jsonl"

Written = tuple[str, int]
"""The name of a file, seen from the folder, and its size in bytes."""
Note = tuple[str, str, int]
"""What a note is about, its text, and how many accounts it is of."""


@dataclass(frozen=True)
class Part:
    """A part that is written; ``number`` counts from 1."""

    number: int
    files: Sequence[Written]
    notes: Sequence[Note] = ()

    def is_there(self, folder: Path) -> bool:
        """Whether its files are still as they were written."""
        return all(_size(folder / name) == size for name, size in self.files)


@dataclass
class Journal:
    """What is known of the export in a folder.

    ``subject`` says what is exported, by words that people read; ``earlier`` are files of an export before it.
    """

    folder: Path
    subject: Mapping[str, str]
    parts: dict[int, Part] = field(default_factory=dict)
    is_finished: bool = False
    earlier: Sequence[str] = ()

    def begin(self) -> None:
        """Write what is known, in the place of any journal that was there. Raises :class:`CannotWrite`."""
        lines = [_line({"subject": dict(self.subject), "earlier": list(self.earlier)})]
        lines += [_line(_entry(part)) for part in self.parts.values()]
        self.is_finished = False
        write_file(self.folder / NAME, b"".join(lines))

    def add(self, part: Part) -> None:
        """A part is written. Raises :class:`CannotWrite`."""
        self.parts[part.number] = part
        self._append(_entry(part))

    def finish(self) -> None:
        """All parts are written: files of an earlier export that are not written again go."""
        names = {name for part in self.parts.values() for name, _ in part.files}
        _remove(self.folder, [name for name in self.earlier if name not in names])
        self.is_finished = True
        self._append({"finished": True})

    def files(self) -> list[str]:
        """All files that this export and those before it have written."""
        names = (name for part in self.parts.values() for name, _ in part.files)
        return list(dict.fromkeys((*self.earlier, *names)))

    def differences(self, subject: Mapping[str, str]) -> list[str]:
        """In what the export differs from another one."""
        return [name for name, value in subject.items() if self.subject.get(name) != value]

    def _append(self, entry: Mapping[str, Any]) -> None:
        path = self.folder / NAME
        try:
            with path.open("ab") as file:
                file.write(_line(entry))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise CannotWrite(f"cannot write '{path}': {error.strerror or error}") from None


def journal_in(folder: Path) -> Journal | None:
    """The journal in a folder; ``None`` if there is none that can be read."""
    try:
        lines = (folder / NAME).read_bytes().split(b"\n")[:-1]
        first, *rest = (json.loads(line) for line in lines)
        journal = Journal(folder, dict(first["subject"]), earlier=list(first["earlier"]))
        for entry in rest:
            if "part" in entry:
                files = [(str(name), int(size)) for name, size in entry["files"]]
                notes = [(str(about), str(text), int(count)) for about, text, count in entry["notes"]]
                journal.parts[int(entry["part"])] = Part(int(entry["part"]), files, notes)
            journal.is_finished |= "finished" in entry
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return journal


def clear(journal: Journal, kept: Sequence[str]) -> None:
    """An export without parts takes the place of one in parts: its files go, but for those that are ``kept``."""
    _remove(journal.folder, [name for name in journal.files() if name not in kept])
    (journal.folder / NAME).unlink(missing_ok=True)


def clear_drafts(folder: Path) -> None:
    """Files that were not whole when an export was killed go."""
    for path in folder.glob("[0-9][0-9][0-9][0-9]*/.*.part"):
        with contextlib.suppress(OSError):
            path.unlink()


def _remove(folder: Path, names: Sequence[str]) -> None:
    """Remove files below a folder, and folders that are empty then. What cannot be removed stays."""
    root = Path(os.path.realpath(folder))
    for name in names:
        path = Path(os.path.realpath(folder / name))
        if not path.is_relative_to(root):
            continue
        try:
            path.unlink(missing_ok=True)
            if path.parent != root:
                path.parent.rmdir()
        except OSError:
            continue


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _entry(part: Part) -> dict[str, Any]:
    return {"part": part.number, "files": part.files, "notes": part.notes}


def _line(entry: Mapping[str, Any]) -> bytes:
    return json.dumps(entry).encode() + b"\n"
