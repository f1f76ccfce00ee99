"""Small workspaces on disk, checked as the command does it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path

from playbook.checking.run import results_of
from playbook.checking.settings import Settings
from playbook.compiler.compile import compile_paths
from playbook.diagnostics import Diagnostic
from playbook.results import Results, Suppressed

TODAY = datetime.date(2026, 10, 1)

ORGANIZATION = """\
organization: acme
teams:
  success: {title: Success}
roles:
  csm: {title: Customer Success Manager, team: success}
"""

JOURNEY = """\
playbook: journey
scope: part
ends:
  done: {success: true}
stages:
  - id: only
    enter: deal.closed_won
    exit: greet.completed
    steps:
      - id: greet
        do: Greet the customer
        raci: {R: csm}
      - id: train
        do: Train the customer
        raci: {R: csm}
      - id: close
        do: Close the project
        raci: {A: csm, R: csm}
"""
"""Nobody is accountable for two steps: RCI001 on the lines 12 and 15."""

GOVERNANCE = """\
governance: council
waivers:
  hiring:
    rule: {rule}
    playbook: {playbook}
    reason: the CSM is being hired
    until: {until}
"""


def write(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


def check(root: Path, *names: str, home: Path | None = None, **settings: object) -> Results:
    """The results for a workspace, or for some files of it; names are told from ``home``."""
    base = home or root
    paths = [root / name for name in names] or [root]
    wishes = Settings(**{"as_of": TODAY, "home": base, **settings})  # type: ignore[arg-type]
    return results_of(compile_paths(paths, base), wishes)


def told(findings: tuple[Diagnostic, ...]) -> list[str]:
    """The findings with the number of their line: ``12 RCI001``; of other files than YAML also the name."""
    return [_short(finding) for finding in findings]


def kept(suppressed: tuple[Suppressed, ...]) -> list[str]:
    return [f"{_short(each.finding)} by {each.by}" for each in suppressed]


def _short(finding: Diagnostic) -> str:
    name = finding.place.file
    file = "" if name.endswith("journey.yaml") else f"{os.path.basename(name)} "  # noqa: PTH119
    return f"{file}{finding.place.span.start.line} {finding.code}"
