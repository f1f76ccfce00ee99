"""Runs the program as users do: as a process of its own, with a folder, an environment and standard streams."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

COMMAND = [sys.executable, "-m", "playbook"]
TIMEOUT = 60
TEMPLATES = ("self_serve", "mid_market", "enterprise")

MINIMAL = """\
playbook: minimal
scope: part
ends:
  done: {success: true}
stages:
  - id: only
    enter: deal.closed_won
    exit: greet.completed
    raci: {A: csm, R: csm}
    steps:
      - id: greet
        do: Greet the customer
"""

ORGANIZATION = """\
organization: acme
teams:
  success: {title: Success}
roles:
  csm: {title: Customer Success Manager, team: success}
"""


@dataclass(frozen=True)
class Result:
    """How a run ended and what it said."""

    code: int
    raw_out: bytes
    raw_err: bytes

    @property
    def out(self) -> str:
        return self.raw_out.decode("utf-8")

    @property
    def err(self) -> str:
        return self.raw_err.decode("utf-8")


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of the tests without what would change the output."""
    unset = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS", "PYTHONIOENCODING", "PYTHONUTF8")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return {**kept, **(changes or {})}


def run(
    *arguments: str | Path,
    cwd: Path,
    stdin: bytes | None = None,
    env: Mapping[str, str] | None = None,
    code: int | None = None,
    **options: object,
) -> Result:
    """Run ``playbook`` to its end. With ``code``, that is the exit code it must have.

    Whatever happens, no traceback may come to the screen.
    """
    done = subprocess.run(  # type: ignore[call-overload]
        [*COMMAND, *map(str, arguments)],
        cwd=cwd,
        input=b"" if stdin is None else stdin,
        capture_output=True,
        env=environment(env),
        timeout=TIMEOUT,
        check=False,
        **options,
    )
    result = Result(done.returncode, done.stdout, done.stderr)
    assert b"Traceback" not in result.raw_out + result.raw_err, result
    if code is not None:
        assert result.code == code, result
    return result


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def template(name: str) -> dict[str, str]:
    """The documents of a template of ``playbook init``."""
    folder = resources.files("playbook.templates").joinpath(name)
    return {
        part: folder.joinpath(part).read_text(encoding="utf-8")
        for part in ("organization.yaml", "tracking.yaml", "onboarding.yaml")
    }


def everything_below(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, to see that nothing has changed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
