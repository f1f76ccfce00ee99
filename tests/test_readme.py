"""What the README shows is what happens: its commands are run, in order, and their output compared.

``UPDATE_GOLDEN=1`` writes the true output into the README.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).resolve().parent.parent / "README.md"
_BLOCK = re.compile(r"^<!-- run: (?P<hidden>.*?) -->$|^```console\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)


def _run(command: str, folder: Path) -> str:
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=120, check=False
    )
    return (done.stdout + done.stderr).decode()


def test_shown_output_is_true(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    true_text: list[str] = []
    end = 0
    for block in _BLOCK.finditer(text):
        true_text.append(text[end : block.start()])
        end = block.end()
        if block["hidden"] is not None:
            _run(block["hidden"], tmp_path)
            true_text.append(block[0])
            continue
        commands = [line[2:] for line in block["shown"].splitlines() if line.startswith("$ ")]
        outputs = [f"$ {command}\n{_run(command, tmp_path)}" for command in commands]
        true_text.append(f"```console\n{''.join(outputs)}```")
    true_text.append(text[end:])
    expected = re.sub(r"[ \t]+$", "", "".join(true_text), flags=re.MULTILINE)
    if os.environ.get("UPDATE_GOLDEN"):
        README.write_text(expected, encoding="utf-8")
    assert text == expected


def test_the_twenty_line_playbook_is_valid(tmp_path: Path) -> None:
    sample = re.search(
        r"^```yaml\n(playbook: pilot.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert sample
    (tmp_path / "pilot.yaml").write_text(sample[1], encoding="utf-8")
    output = _run("playbook check pilot.yaml; echo $?", tmp_path)
    assert output.endswith("\n0\n"), output


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8")))
def test_links_lead_somewhere(target: str) -> None:
    assert (README.parent / target).exists()
