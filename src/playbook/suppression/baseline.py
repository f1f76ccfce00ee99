"""A baseline: findings that were there when checking began, so that only new ones count.

A JSON file with one line per finding, sorted, so that changes of it are small. Findings are recognized by
their fingerprint, and files by their place seen from the folder of the baseline.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.text.files import read_at_most
from playbook.text.paths import file_name
from playbook.text.quote import shown
from playbook.text.spans import SourceText

VERSION = 1
LARGEST = 50_000_000
"""Longer baselines are not read."""

_PRINT = re.compile(r'"([0-9a-f]{32})"')
_HOW = "a file that 'playbook check --write-baseline' wrote"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: how often a finding is known. ``file`` is seen from the folder of the baseline."""

    file: str
    code: str
    fingerprint: str
    count: int
    message: str


@dataclass(frozen=True)
class Baseline:
    """The entries of a baseline in the order of the file; ``source`` has the name that messages show."""

    path: Path
    source: SourceText
    entries: tuple[Entry, ...] = ()
    by_print: dict[str, Entry] = field(default_factory=dict, repr=False)

    def seen(self, file: Path) -> str:
        """A file's name seen from the folder of the baseline."""
        return seen_from(self.path.parent, file)

    def place(self, entry: Entry) -> Place:
        """The fingerprint of an entry in the file."""
        at = self._offsets.get(entry.fingerprint)
        if at is None:
            return Place(self.source.name)
        return Place(self.source.name, self.source.span(at, at + len(entry.fingerprint)))

    @cached_property
    def _offsets(self) -> dict[str, int]:
        offsets: dict[str, int] = {}
        for match in _PRINT.finditer(self.source.text):
            offsets.setdefault(match[1], match.start(1))
        return offsets


def read_baseline(
    path: Path, name: str, asked_at: Place | None = None
) -> tuple[Baseline | None, tuple[Diagnostic, ...]]:
    """The baseline in a file, or the finding (CFG001) that says why there is none. Never raises.

    ``name`` is how messages call the file, ``asked_at`` the place that names it, for a file that is not there.
    """
    try:
        status = path.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            # Nobody may ever write into a pipe, and reading it would wait.
            return None, (_damaged(Place(name), "is not a regular file"),)
        if size > LARGEST:
            return None, (_damaged(Place(name), f"has {size:,} bytes; at most {LARGEST:,} are read"),)
        text = read_at_most(path, LARGEST).decode("utf-8-sig")
    except FileNotFoundError:
        message = f"there is no baseline '{shown(name)}'"
        hint = f"playbook check --write-baseline {name}"
        place = asked_at or Place(name)
        return None, (Diagnostic("CFG001", Severity.ERROR, message, place, expected=_HOW, suggestion=hint),)
    except UnicodeDecodeError:
        return None, (_damaged(Place(name), "is not UTF-8"),)
    except (OSError, ValueError) as error:
        return None, (_damaged(Place(name), f"cannot be read: {getattr(error, 'strerror', None) or error}"),)
    return _parse(path, SourceText(name, text))


def _parse(path: Path, source: SourceText) -> tuple[Baseline | None, tuple[Diagnostic, ...]]:
    try:
        content = json.loads(source.text)
    except json.JSONDecodeError as error:
        place = Place(source.name, source.span(error.pos, error.pos + 1))
        return None, (_damaged(place, f"is not valid JSON: {error.msg}"),)
    except (RecursionError, ValueError):
        return None, (_damaged(Place(source.name), "is not valid JSON"),)
    rows = content.get("findings") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(rows, list):
        return None, (_damaged(Place(source.name), 'has no list "findings"'),)
    if content.get("version") != VERSION or isinstance(content["version"], bool):
        return None, (_damaged(Place(source.name), f'has no "version": {VERSION}'),)
    entries = []
    for number, row in enumerate(rows, 1):
        entry = _entry(row)
        if entry is None:
            return None, (
                _damaged(_row_place(source, row), f"has no fingerprint, file, code or count in entry {number}"),
            )
        entries.append(entry)
    by_print: dict[str, Entry] = {}
    for entry in entries:
        # The same line twice is what a merge leaves behind: both count.
        before = by_print.get(entry.fingerprint)
        count = entry.count + (before.count if before else 0)
        by_print[entry.fingerprint] = Entry(entry.file, entry.code, entry.fingerprint, count, entry.message)
    return Baseline(path, source, tuple(by_print.values()), by_print), ()


def _entry(row: Any) -> Entry | None:
    if not isinstance(row, dict):
        return None
    file, code, print_ = row.get("file"), row.get("code"), row.get("fingerprint")
    count, message = row.get("count", 1), row.get("message", "")
    texts = isinstance(file, str) and isinstance(code, str) and isinstance(message, str)
    if not texts or not isinstance(print_, str) or not re.fullmatch("[0-9a-f]{32}", print_):
        return None
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        return None
    return Entry(str(file), str(code), print_, count, str(message))


def _row_place(source: SourceText, row: Any) -> Place:
    """Where a damaged entry stands, if its fingerprint tells."""
    print_ = row.get("fingerprint") if isinstance(row, dict) else None
    at = source.text.find(json.dumps(print_, ensure_ascii=False)) if isinstance(print_, str) else -1
    return Place(source.name, source.span(at, at + len(str(print_)) + 2)) if at >= 0 else Place(source.name)


def _damaged(place: Place, message: str) -> Diagnostic:
    return Diagnostic("CFG001", Severity.ERROR, f"the baseline {message}", place, expected=_HOW)


def seen_from(folder: Path, file: Path) -> str:
    """A file's name seen from a folder, with ``/`` on every system."""
    try:
        return file_name(Path(os.path.relpath(file, folder)).as_posix())
    except ValueError:  # another drive
        return file_name(file.as_posix())


def written(entries: Counter[tuple[str, str, str, str]]) -> str:
    """The text of a baseline of (file, code, message, fingerprint), each with its count."""
    lines = []
    for (file, code, message, print_), count in sorted(entries.items()):
        row: dict[str, object] = {"file": file, "code": code, "message": message, "fingerprint": print_}
        if count > 1:
            row["count"] = count
        lines.append("    " + json.dumps(row, ensure_ascii=False))
    rows = ",\n".join(lines)
    return f'{{\n  "version": {VERSION},\n  "findings": [\n{rows}\n  ]\n}}\n' if lines else _EMPTY


_EMPTY = f'{{\n  "version": {VERSION},\n  "findings": []\n}}\n'
