"""The same findings, byte for byte, whatever the seed of hashes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SCRIPT = """\
import datetime, sys
from pathlib import Path
from playbook.compiler.compile import compile_paths
from playbook.config import Config
from playbook.lint.engine import lint
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context

for name in sys.argv[1:]:
    for compiled in compile_paths([Path(name)], Path()):
        config = Config(profile="certified")
        for finding in lint(compiled.workspace, all_rules(), config, Context(datetime.date(2026, 10, 1))):
            print(finding)
"""

PLAYBOOK = """\
tracking: t
fields:
  account.f0: {}
  account.f1: {}
  account.tier: {type: choice, values: [a, b, c, d, e, f], captured: CRM}
  account.region: {type: choice, values: [n, s, w, e], captured: CRM}
  account.arr: {type: number, captured: CRM}
---
playbook: p
ends: {done: {success: true}, lost: {}}
segments:
  small: {when: account.arr < 5}
  medium: {when: account.tier == "a" or account.tier == "b"}
  large: {when: account.arr > 7}
stages:
  - {id: a, exit: account.tier != "f" or account.region == "n", steps: [{id: a1, do: Do, captures: account.f0}],
     next: [{to: b, when: account.arr < 7}, {to: c, when: account.region != "n"}, {to: d, when: account.arr > 5}]}
  - {id: b, enter: account.tier == "a", steps: [{id: b1, do: Do, needs: [account.f0, account.f1]}], next: d}
  - {id: c, enter: account.region == "w", steps: [{id: c1, do: Do, captures: account.f1}], next: d}
  - {id: d, enter: account.f1 == "x", steps: [{id: d1, do: Do, when: account.f0 == "y", needs: account.f1}]}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two examples, and a playbook with much to tell."""
    folder = tmp_path_factory.mktemp("many")
    for number, text in enumerate(PLAYBOOK.split("---\n")):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    examples = [str(ROOT / "examples" / name) for name in ("posthog_success_plan", "sourcegraph_implementation")]
    return [*examples, str(folder)]


def output(folders: list[str], seed: int) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *folders], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    return done.stdout


def test_findings_do_not_depend_on_the_seed_of_hashes(folders: list[str]) -> None:
    first = output(folders, 0)
    for code in ("CRT002", "CRT004", "CRT005", "TRK005", "SEG001", "SEG002"):
        assert code.encode() in first, code
    assert [output(folders, seed) for seed in (1, 2)] == [first, first]
