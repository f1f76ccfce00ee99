"""Runs the program as users do: as a process of its own, with a folder, an environment and standard streams."""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
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
    fresh: bool = False,
    preexec_fn: Callable[[], object] | None = None,
) -> Result:
    """Run ``playbook`` to its end. With ``code``, that is the exit code it must have.

    ``fresh`` starts the interpreter anew, as do settings that it reads at its start; else a copy of one that
    has loaded the program is used. Whatever happens, no traceback may come to the screen.
    """
    texts = [str(argument) for argument in arguments]
    fresh = fresh or preexec_fn is not None or not hasattr(os, "fork")
    if fresh or any(name.startswith(("PYTHON", "LC_", "LANG")) for name in env or ()):
        done = subprocess.run(
            [*COMMAND, *texts],
            cwd=cwd,
            input=stdin or b"",
            capture_output=True,
            env=environment(env),
            timeout=TIMEOUT,
            check=False,
            preexec_fn=preexec_fn,
        )
        result = Result(done.returncode, done.stdout, done.stderr)
    else:
        result = _split_off(texts, cwd, stdin or b"", environment(env))
    assert b"Traceback" not in result.raw_out + result.raw_err, result
    if code is not None:
        assert result.code == code, result
    return result


@cache
def _zygote() -> subprocess.Popen[str]:
    program = Path(__file__).with_name("zygote.py")
    process = subprocess.Popen(
        [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    )
    atexit.register(process.kill)
    return process


def _split_off(arguments: list[str], cwd: Path, stdin: bytes, env: dict[str, str]) -> Result:
    process = _zygote()
    assert process.stdin is not None
    assert process.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        streams = {name: Path(folder) / name for name in ("stdin", "stdout", "stderr")}
        for name, path in streams.items():
            path.write_bytes(stdin if name == "stdin" else b"")
        request = {"arguments": arguments, "cwd": str(cwd), "env": env}
        request.update((name, str(path)) for name, path in streams.items())
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        if not select.select([process.stdout], [], [], TIMEOUT)[0]:
            process.kill()
            _zygote.cache_clear()
            raise TimeoutError(arguments)
        code = int(process.stdout.readline())
        return Result(code, streams["stdout"].read_bytes(), streams["stderr"].read_bytes())


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
    """Every file below a folder with its content, to see that nothing has changed; the cache is no part of it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".playbook_cache" not in path.parts
    }
