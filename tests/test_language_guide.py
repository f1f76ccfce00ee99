"""The guide to the language: each of its examples is read, and gives the findings it says, and no others."""

from __future__ import annotations

import datetime
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from guide_examples import GUIDE, Example, examples, fences, files_of
from playbook.compiler.compile import Compiled, compile_paths
from playbook.config import Config
from playbook.diagnostics import Diagnostic
from playbook.lint.catalogue import built_in
from playbook.lint.engine import lint
from playbook.lint.rule import Context

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from language_pages.forms import PAGES, models_on  # noqa: E402
from language_pages.samples import keys_shown  # noqa: E402

TEXT = GUIDE.read_text(encoding="utf-8")
ALL = tuple(examples(TEXT))
BASE = files_of(next(example for example in ALL if example.place == "base"), {})
CONFIG = Config()
TODAY = Context(datetime.date(2026, 12, 1))

BESIDE = {
    *("council", "goals", "incentives", "voice_of_customer", "narrative", "content", "backlog", "evolve"),
    *("reviews", "waivers", "escalate_within", "inputs", "interfaces", "workstreams"),
}
"""Keys of documents that the guide leaves to the reference, or may."""


def compiled(example: Example, folder: Path) -> Compiled:
    for name, text in files_of(example, BASE).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return compile_paths([folder], folder)[0]


def is_of_the_base(finding: Diagnostic, example: Example) -> bool:
    """Whether only the base declares what is unused: it has more than any one example needs."""
    if finding.code != "REF003":
        return False
    several = finding.message.partition("nothing names them: ")[2]
    one = re.search(r"\(([\w.]+)\) is declared", finding.message) or re.search(r'"([\w.]+)"', finding.message)
    names = re.split(r", | and ", several) if several else [one[1]] if one else []
    declared = [name for name in names if re.search(rf"^ +{re.escape(name)}:", example.text, re.MULTILINE)]
    return example.place == "base" or (bool(names) and not declared)


@pytest.mark.parametrize("example", ALL, ids=str)
def test_an_example_gives_the_findings_that_it_says(example: Example, tmp_path: Path) -> None:
    workspace = compiled(example, tmp_path)
    found = lint(workspace.workspace, built_in().chosen(CONFIG), CONFIG, TODAY)
    mine = [finding for finding in found if not is_of_the_base(finding, example)]
    if example.place == "whole":
        # A workspace without an organization or tracking plan is told so, as information.
        mine = [finding for finding in mine if finding.severity.value != "info"]
    assert {finding.code for finding in mine} == set(example.gives), [
        f"{finding.place.file}:{finding.place.span.start.line} {finding.code} {finding.message}" for finding in mine
    ]


@pytest.mark.parametrize("example", [each for each in ALL if each.gives], ids=str)
def test_a_comment_says_what_is_found_on_the_line(example: Example, tmp_path: Path) -> None:
    workspace = compiled(example, tmp_path)
    for code in example.gives:
        lines = [
            workspace.sources[finding.place.file].text.splitlines()[finding.place.span.start.line - 1]
            for finding in lint(workspace.workspace, built_in().chosen(CONFIG), CONFIG, TODAY)
            if finding.code == code
        ]
        assert lines
        assert all(f"# check: {code}" in line for line in lines)


def test_what_an_example_changes_is_seen_in_its_workspace(tmp_path: Path) -> None:
    """Laying over is not in vain: every key of every example is a key of the compiled models."""
    for number, example in enumerate(ALL):
        folder = tmp_path / str(number)
        folder.mkdir()
        models = [document.model for document in compiled(example, folder).workspace.documents]
        used = {key for model in models for _, _, key in keys_shown(model)}
        written = set(re.findall(r"^(?:  - |    )?([a-z_]+):", example.text, re.MULTILINE))
        ids: set[str] = set()
        for model in models:
            ids |= ids_in(model)
        assert written <= used | ids, example


def ids_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(ids_in, value.values()))
    if isinstance(value, tuple | list):
        return set().union(*map(ids_in, value))
    return (
        set().union(*(ids_in(part) for part in vars(value).values()))
        if hasattr(value, "model_fields_set")
        else set()
    )


def test_the_guide_covers_the_language(tmp_path: Path) -> None:
    """Each key of playbooks, stages, steps and letters is used by some example, except what is named above."""
    used: set[tuple[str, str, str]] = set()
    for number, example in enumerate(ALL):
        folder = tmp_path / str(number)
        folder.mkdir()
        for document in compiled(example, folder).workspace.documents:
            used |= keys_shown(document.model)
    left_out = {"artifacts", "context", "description", "phase", "status", "system", "was", "workstream", *BESIDE}
    for page in ("playbook", "stage", "step", "raci"):
        main = models_on(page)[0]
        keys = {field.alias or name for name, field in main.model_fields.items()}
        shown = {key for home, name, key in used if (home, name) == (page, main.__name__)}
        assert keys - shown - left_out == set(), PAGES[page]


def test_every_block_is_an_example() -> None:
    assert len(ALL) == len(fences(TEXT))
    assert [example.place for example in ALL].count("base") == 1
