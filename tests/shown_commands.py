"""Pages that show commands with their output, and what these commands say now.

Three things in a page are done, in order, in an empty folder that is the page's own:

- a block of ``console``: each line that begins with ``$ `` is run, and what it writes is compared;
- a comment ``<!-- run: … -->``: a command that readers do not see. ``$REPOSITORY`` is this repository;
- a comment ``<!-- file: NAME -->`` right above a block of any kind: the block is written to that file.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = tuple(
    page
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    if "```console\n" in page.read_text(encoding="utf-8")
)
"""The pages that show output."""

_DONE = re.compile(
    r"^<!-- run: (?P<hidden>.*?) -->$"
    r"|^<!-- file: (?P<file>\S+) -->\n```\w+\n(?P<content>.*?)^```$"
    r"|^```console\n(?P<shown>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def page_as_it_should_be(text: str, folder: Path) -> str:
    """A page with the true output of each command that it shows."""
    parts: list[str] = []
    end = 0
    for block in _DONE.finditer(text):
        parts.append(text[end : block.start()])
        end = block.end()
        parts.append(_done(block, folder))
    return re.sub(r"[ \t]+$", "", "".join(parts) + text[end:], flags=re.MULTILINE)


def _done(block: re.Match[str], folder: Path) -> str:
    if block["hidden"] is not None:
        run(block["hidden"], folder)
        return block[0]
    if block["file"] is not None:
        file = folder / block["file"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block["content"], encoding="utf-8")
        return block[0]
    commands = [line[2:] for line in block["shown"].splitlines() if line.startswith("$ ")]
    outputs = "".join(f"$ {command}\n{run(command, folder)}" for command in commands)
    return f"```console\n{outputs}```"


def run(command: str, folder: Path) -> str:
    """What a command writes: its output, then its messages."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "REPOSITORY": str(ROOT),
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=120, check=False
    )
    output = (done.stdout + done.stderr).decode()
    assert "has a fault of its own" not in output, f"{command}: {output}"
    return output
