"""Whatever is done to the sample workspace: findings, never a traceback, the same in every run."""

from __future__ import annotations

import copy
import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lint_samples import Samples, file_of, shown

from playbook.lint.examples import SAMPLE
from playbook.lint.registry import all_rules
from playbook.reader import read_values
from playbook.text.scalars import Plain
from playbook.text.spans import SourceText

MUTATIONS = 120
_REPLACEMENTS = [
    None,
    "",
    "x",
    "=cmd|'/c calc'!A1",
    "everyone",
    "handover",
    "write_brief",
    "first_value.reached",
    "a and",
    "5m after closed_won",
    Plain("0"),
    Plain("true"),
    [],
    {},
    ["csm", "ae"],
    {"any_of": ["csm", "sales"]},
    {"to": "handover"},
    [[[]]],
]


def _nodes(value: object) -> list[tuple[dict[str, object] | list[object], str | int]]:
    found: list[tuple[dict[str, object] | list[object], str | int]] = []
    pending = [value]
    for part in pending:
        entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        for key, inner in entries:
            found.append((part, key))  # type: ignore[arg-type]
            pending.append(inner)
    return found


def _delete(parent: object, key: str | int, _: random.Random) -> None:
    del parent[key]  # type: ignore[attr-defined]


def _duplicate(parent: object, key: str | int, chance: random.Random) -> None:
    again = copy.deepcopy(parent[key])  # type: ignore[index]
    if isinstance(parent, list):
        parent.insert(chance.randrange(len(parent) + 1), again)
    else:
        parent[f"{key}_{chance.randrange(3)}"] = again  # type: ignore[index]


def _replace(parent: object, key: str | int, chance: random.Random) -> None:
    parent[key] = copy.deepcopy(chance.choice(_REPLACEMENTS))  # type: ignore[index]


def _rename(parent: object, key: str | int, chance: random.Random) -> None:
    if isinstance(parent, dict):
        parent[chance.choice(["id", "to", "x", "next", "after", "raci", "A", "when"])] = parent.pop(key)


_HOW: list[Callable[[object, str | int, random.Random], None]] = [_delete, _duplicate, _replace, _replace, _rename]


def mutated(seed: int) -> dict[str, str]:
    """The sample workspace, or the bad example of a rule within it, with one to four random edits."""
    chance = random.Random(seed)
    files = {f"{kind}.yaml": read_values(SourceText(kind, text)).value for kind, text in SAMPLE.items()}
    bad = read_values(SourceText("bad", chance.choice(list(all_rules().values())).bad)).value
    if isinstance(bad, dict) and not {"playbook", "organization", "tracking"} & set(bad):
        files["playbook.yaml"].update(bad)  # type: ignore[union-attr]
    for _ in range(chance.randrange(1, 5)):
        value = files[chance.choice(["playbook.yaml"] * 4 + sorted(files))]
        nodes = _nodes(value)
        if nodes:
            parent, key = chance.choice(nodes)
            chance.choice(_HOW)(parent, key, chance)
    return {name: file_of(value) for name, value in files.items()}  # type: ignore[arg-type]


@pytest.mark.parametrize("block", range(4))
def test_a_mutated_workspace_gives_findings_only(block: int, samples: Samples) -> None:
    size = MUTATIONS // 4
    for seed in range(block * size, (block + 1) * size):
        findings = samples.check(mutated(seed))
        assert list(findings) == sorted(findings, key=lambda finding: finding.sort_key), seed
        assert all(finding.message for finding in findings), seed


def digest(folder: Path) -> str:
    """All findings of some mutated workspaces, and of a tangle of ways, as one number."""
    samples = Samples(folder)
    text = "".join(shown(finding) for seed in range(60) for finding in samples.check(mutated(seed)))
    text += "".join(map(shown, samples.example(_TANGLE)))
    return f"{text.count(': error ')} {hashlib.sha256(text.encode()).hexdigest()}"


_TANGLE = "handoffs: null\nmilestones: null\nstages:\n" + "".join(
    f"  - {{id: s{n}, steps: [{{id: a{n}, after: b{n}}}, {{id: b{n}, after: a{n}}}, "
    f"{{id: c{n}, raci: {{A: sales}}}}],"
    f" next: [{{to: s{(n * 7 + 3) % 12}}}, {{to: s{(n * 5 + 1) % 12}, when: account.status}}]}}\n"
    for n in range(12)
)


def test_findings_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    """A subprocess per seed, since Python reads PYTHONHASHSEED only when it starts."""
    digests = set()
    for seed in ("1", "4242"):
        folder = tmp_path / seed
        folder.mkdir()
        code = "import sys, pathlib, test_lint_mutations as t; print(t.digest(pathlib.Path(sys.argv[1])))"
        environment = dict(os.environ, PYTHONHASHSEED=seed, PYTHONPATH=str(Path(__file__).parent))
        result = subprocess.run(
            [sys.executable, "-c", code, str(folder)], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(result.stdout)
    assert len(digests) == 1
    assert int(digests.pop().split()[0]) > 100
