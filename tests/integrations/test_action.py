"""The GitHub Action: its shell steps run as a runner would run them, with a stand-in for the installation."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
ACTION: dict[str, Any] = YAML(typ="safe").load(ROOT / "action.yml")

BAD = """\
playbook: p
ends: {done: {success: true}}
stages:
  - id: s
    enter: deal.closed_won
    exit: a.b
    steps: []
"""


@dataclass
class Runner:
    """A job: its temporary folder, its checkout, and what its steps have written."""

    folder: Path

    def __post_init__(self) -> None:
        self.checkout = self.folder / "checkout"
        self.checkout.mkdir()
        self.temporary = self.folder / "temp"
        self.temporary.mkdir()
        self.installed = self.folder / "installed"
        self.python = self.folder / "python"
        self._program(self.python, self._make_environment())

    def run(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Both steps, until one fails; what the last one wrote."""
        done = None
        for step in ACTION["runs"]["steps"]:
            done = self._step(step, inputs)
            if done.returncode:
                break
        assert done is not None
        return done

    @property
    def outputs(self) -> dict[str, str]:
        lines = (self.folder / "output").read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)

    @property
    def summary(self) -> str:
        return (self.folder / "summary").read_text(encoding="utf-8")

    def _step(self, step: dict[str, Any], inputs: dict[str, str]) -> subprocess.CompletedProcess[str]:
        assert step["shell"] == "bash"
        known = {
            **{f"inputs.{name}": str(entry.get("default", "")) for name, entry in ACTION["inputs"].items()},
            **{f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()},
            "inputs.python": str(self.python),
            "github.action_path": str(ROOT),
            "runner.temp": str(self.temporary),
        }

        def filled(text: str) -> str:
            return re.sub(r"\$\{\{ *([\w.-]+) *\}\}", lambda match: known[match[1]], text)

        assert "${{" not in step["run"], "what users write must not become part of a script"
        script = self.folder / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        environment = {name: filled(value) for name, value in step.get("env", {}).items()}
        return subprocess.run(
            # As GitHub runs `shell: bash`.
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)],
            cwd=self.checkout / filled(step.get("working-directory", ".")),
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "GITHUB_OUTPUT": str(self.folder / "output"),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
                **environment,
            },
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def _program(self, path: Path, text: str) -> None:
        path.write_text(f"#!/bin/sh\n{text}", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def _make_environment(self) -> str:
        """A Python whose `-m venv` makes a folder that leads to what is here, and notes what pip is told."""
        here = Path(sys.executable).parent
        inner = (
            f'if [ "$1 $2 $3" = "-I -m pip" ]; then echo "$@" >> "{self.installed}"; exit 0; fi\n'
            f'exec "{sys.executable}" "$@"\n'
        )
        self._program(self.folder / "inner", inner)
        return (
            '[ "$1 $2 $3" = "-I -m venv" ] || exit 9\n'
            f'mkdir -p "$4/bin" && cp "{self.folder / "inner"}" "$4/bin/python"'
            f' && ln -s "{here / "playbook"}" "$4/bin/playbook"\n'
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_a_clean_repository(runner: Runner) -> None:
    (runner.checkout / "organization.yaml").write_text("organization: acme\n")
    done = runner.run()
    assert (done.returncode, done.stderr) == (0, "")
    assert runner.outputs == {"exit-code": "0", "findings": "0"}
    assert "no findings" in runner.summary.lower()
    assert str(ROOT) in runner.installed.read_text()


def test_findings_mark_the_lines_and_fail_the_job(runner: Runner) -> None:
    (runner.checkout / "p.yaml").write_text(BAD)
    done = runner.run(sarif_file="out/findings.sarif", comment_file="comment.md")
    assert done.returncode == 1
    assert runner.outputs["exit-code"] == "1"
    assert int(runner.outputs["findings"]) > 0
    assert re.search(r"^::error file=p\.yaml,line=\d+,col=\d+,.*title=GRF011 ", done.stdout, re.MULTILINE)
    assert "p.yaml" in runner.summary
    sarif = json.loads((runner.checkout / "out" / "findings.sarif").read_text())
    assert sarif["version"] == "2.1.0"
    assert sarif["runs"][0]["results"]
    assert "GRF011" in (runner.checkout / "comment.md").read_text()


def test_the_inputs(runner: Runner) -> None:
    (runner.checkout / "sub dir").mkdir()
    (runner.checkout / "sub dir" / "p.yaml").write_text(BAD)
    done = runner.run(working_directory="sub dir", paths="p.yaml", args="--select GRF011\n--quiet", fail_on="never")
    assert done.returncode == 0
    assert runner.outputs == {"exit-code": "0", "findings": "1"}


def test_an_input_is_never_run(runner: Runner) -> None:
    (runner.checkout / "p.yaml").write_text(BAD)
    done = runner.run(paths='p.yaml $(touch${IFS}x) `touch${IFS}y` "; touch z', args="--ignore GRF")
    assert done.returncode == 2
    assert runner.outputs["exit-code"] == "2"
    assert sorted(path.name for path in runner.checkout.iterdir() if path.name in "xyz") == []


def test_no_code_of_the_repository_is_run(runner: Runner) -> None:
    for name in ("json", "pip", "venv", "sitecustomize", "playbook"):
        (runner.checkout / f"{name}.py").write_text("open('ran', 'w')\n")
    (runner.checkout / "p.yaml").write_text(BAD)
    runner.run()
    assert int(runner.outputs["findings"]) > 0
    assert not (runner.checkout / "ran").exists()


def test_a_report_of_the_repository_is_not_taken_for_ours(runner: Runner) -> None:
    (runner.checkout / "p.yaml").write_text(BAD)
    (runner.checkout / "comment.md").write_text("All is well.")
    mine = runner.folder / "mine"
    mine.write_text("mine")
    (runner.checkout / "f.sarif").symlink_to(mine)
    assert runner.run(comment_file="comment.md", args="--no-such-option").returncode == 2
    assert not (runner.checkout / "comment.md").exists()
    assert runner.run(sarif_file="f.sarif").returncode == 1
    assert mine.read_text() == "mine"


@pytest.mark.parametrize("file", ["action.yml", "integrations/playbook.gitlab-ci.yml"])
def test_python_never_looks_for_modules_in_the_repository(file: str) -> None:
    calls = re.findall(r"\bpython\"? (-.*)|PLAYBOOK_PYTHON\" (-.*)", (ROOT / file).read_text(), re.IGNORECASE)
    found = [first or second for first, second in calls]
    assert len(found) >= 2
    assert [call for call in found if not call.startswith("-I ")] == []


def test_a_baseline(runner: Runner) -> None:
    (runner.checkout / "p.yaml").write_text(BAD)
    playbook = Path(sys.executable).parent / "playbook"
    subprocess.run(
        [playbook, "check", "--write-baseline", "known.json"], cwd=runner.checkout, check=True, capture_output=True
    )
    done = runner.run(baseline="known.json")
    assert done.returncode == 0
    assert runner.outputs["findings"] == "0"


def test_what_the_action_says_of_itself() -> None:
    for entry in (*ACTION["inputs"].values(), *ACTION["outputs"].values()):
        assert entry["description"].endswith(".")
    used = set(re.findall(r"\$\{\{ *inputs\.([\w-]+) *\}\}", (ROOT / "action.yml").read_text()))
    assert used == set(ACTION["inputs"])
