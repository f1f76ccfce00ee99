"""Playbooks to be shown, for the tests of views and formats."""

from __future__ import annotations

import textwrap
from functools import lru_cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from playbook.compiler.compile import compile_paths
from playbook.views.subject import Subject

ROOT = Path(__file__).resolve().parents[1]


def subject_from(files: dict[str, str]) -> Subject:
    """The one playbook of some files."""
    with TemporaryDirectory() as name:
        for file, text in files.items():
            (Path(name) / file).write_text(textwrap.dedent(text), encoding="utf-8")
        (compiled,) = compile_paths([Path(name)], Path(name))
    (playbook,) = compiled.playbooks
    return Subject(playbook, compiled.workspace)


def template(name: str) -> Subject:
    """The playbook that ``playbook init --kind`` writes."""
    folder = resources.files("playbook.templates").joinpath(name)
    parts = [part for part in folder.iterdir() if part.name.endswith(".yaml")]
    return subject_from({part.name: part.read_text(encoding="utf-8") for part in parts})


@lru_cache(maxsize=1)
def shipped() -> dict[str, Subject]:
    """Every playbook of the project: its own, the examples, the templates; those of one id by their files."""
    paths = [ROOT / "playbooks", ROOT / "examples", ROOT / "src" / "playbook" / "templates"]
    subjects: dict[str, Subject] = {}
    for compiled in compile_paths(paths, ROOT):
        for playbook in compiled.playbooks:
            name = playbook.id if playbook.id not in subjects else playbook.document.name
            subjects[name] = Subject(playbook, compiled.workspace)
    return subjects
