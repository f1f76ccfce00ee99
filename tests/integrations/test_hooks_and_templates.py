"""The hooks for pre-commit and the job for GitLab: their commands are run for real."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
HOOKS: list[dict[str, Any]] = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
TEMPLATE: dict[str, Any] = YAML(typ="safe").load(ROOT / "integrations" / "playbook.gitlab-ci.yml")
BIN = Path(sys.executable).parent

UNFORMATTED = "organization:   acme\nteams: {sales:  {title: Sales}}\n"
WRONG = "organization: acme\nteam: {}\n"


def hook(id_: str) -> dict[str, Any]:
    return next(each for each in HOOKS if each["id"] == id_)


def run_hook(id_: str, folder: Path) -> int:
    """A hook as pre-commit runs it: the words of its entry, in the repository, without file names."""
    entry = hook(id_)
    assert entry["pass_filenames"] is False
    words = shlex.split(entry["entry"])
    done = subprocess.run([BIN / words[0], *words[1:]], cwd=folder, check=False, capture_output=True)
    return done.returncode


def test_the_check_hook(tmp_path: Path) -> None:
    file = tmp_path / "organization.yaml"
    file.write_text(UNFORMATTED)
    assert run_hook("playbook-check", tmp_path) == 0
    file.write_text(WRONG)
    assert run_hook("playbook-check", tmp_path) == 1


def test_the_format_hook_changes_files(tmp_path: Path) -> None:
    file = tmp_path / "organization.yaml"
    file.write_text(UNFORMATTED)
    assert run_hook("playbook-fmt", tmp_path) == 0
    assert file.read_text() != UNFORMATTED  # which is what makes pre-commit stop the commit


def test_the_hooks_start_for_the_files_that_matter() -> None:
    pattern = re.compile(hook("playbook-check")["files"])
    for name in ("a.yaml", "x/b.yml", "playbook.toml", "x/playbook.toml"):
        assert pattern.search(name), name
    for name in ("a.py", "yaml", "notplaybook.toml", "playbook.toml.bak"):
        assert not pattern.search(name), name


def test_the_gitlab_job(tmp_path: Path) -> None:
    (tmp_path / "organization.yaml").write_text(WRONG)
    job = TEMPLATE["playbook"]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        **{name: value.replace("$CI_PROJECT_DIR", str(tmp_path)) for name, value in job["variables"].items()},
    }
    (script,) = job["script"]
    # Only the place of the installation is another here.
    script = script.replace("/tmp/playbook/bin/", f"{BIN}/")
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=tmp_path, env=environment, check=False, capture_output=True
    )
    assert done.returncode == 1, done.stderr
    reports = job["artifacts"]["reports"]
    (entry,) = json.loads((tmp_path / reports["codequality"]).read_text())
    assert entry["check_name"] == "SCH002"
    assert entry["location"]["path"] == "organization.yaml"
    suite = ET.parse(tmp_path / reports["junit"]).getroot()
    assert suite.find(".//failure") is not None
    assert set(job["artifacts"]["paths"]) == set(reports.values())
    assert job["artifacts"]["when"] == "always"


def test_the_gitlab_job_installs_what_it_runs() -> None:
    install = TEMPLATE["playbook"]["before_script"]
    assert install[1].split()[-1] == "/tmp/playbook"
    assert '"$PLAYBOOK_PACKAGE"' in install[2]
    environment = {"PATH": os.environ["PATH"]}
    unset = subprocess.run(["sh", "-c", install[0]], env=environment, check=False, capture_output=True, text=True)
    assert unset.returncode != 0
    assert "set this variable" in unset.stderr
    subprocess.run(["sh", "-c", install[0]], env={**environment, "PLAYBOOK_PACKAGE": "x"}, check=True)
