"""Installs made-up packages with rules, as far as Python can tell: a module, and what pip writes about it."""

from __future__ import annotations

from pathlib import Path

ACME_RULES = """\
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    share = len(playbook.model.stages) / len(playbook.model.risks)
    if share > 5:
        yield Finding(f"{share:g} stages for each risk", ("risks",), on_key=True, expected="at most 5")


RULES = [
    Rule(
        code="ACME100",
        name="stages-per-risk",
        severity=Severity.WARNING,
        profile="basic",
        what="There are many stages for few risks.",
        why="What takes long can go wrong in many ways.",
        bad="",
        good="",
        playbook=check,
    )
]
"""


def install(folder: Path, name: str, code: str, *, entry: str | None = None) -> Path:
    """Install a distribution whose module is ``code``; the folder has to be one that Python imports from."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.py").write_text(code, encoding="utf-8")
    about = folder / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    offered = entry if entry is not None else f"{name} = {name}:RULES"
    (about / "entry_points.txt").write_text(f"[playbook.rules]\n{offered}\n", encoding="utf-8")
    return folder
