"""Another id for anything that is declared: nothing else changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.compiler.compile import compile_paths
from playbook.compiler.occurrences import Name, Occurrences
from playbook.checking.run import results_of
from playbook.diagnostics import Edit
from playbook.editor.buffers import Buffer
from playbook.editor.rename import RefusedError, rename
from playbook.editor.view import View
from playbook.text.spans import SourceText

ROOT = Path(__file__).parents[2]
FOLDERS = [*sorted(path for path in (ROOT / "examples").iterdir() if path.is_dir()), ROOT / "playbooks"]


def view_of(folder: Path, name: Name) -> tuple[View, int]:
    """A place where a name is declared."""
    (compiled,) = compile_paths([folder], folder)
    occurrences = Occurrences(compiled.workspace)
    place, found = next(each for each in occurrences.of(name) if each[1].role == "declaration")
    source = found.document.source
    assert source is not None
    view = View(
        Buffer(SourceText(place.file, source.text)),
        place.file,
        found.document.kind,
        compiled.workspace,
        occurrences,
        occurrences.playbook(place.file),
        found.document,
    )
    return view, place.span.start.offset


def made(texts: dict[str, str], edits: list[Edit]) -> dict[str, str]:
    new = dict(texts)
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = new[edit.file]
        new[edit.file] = text[: edit.start] + edit.text + text[edit.end :]
    return new


def findings(folder: Path, texts: dict[str, str]) -> list[tuple[str, str, str]]:
    compiled = compile_paths([folder], folder, overlays=texts)
    return sorted((each.code, each.place.file, each.message) for each in results_of(compiled).findings)
