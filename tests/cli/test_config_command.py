"""``playbook config``: what holds, and where it is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import MINIMAL, ORGANIZATION, run, write

TOML = """\
profile = "team"
extend_select = ["GOV101"]
exclude = ["old/**"]
ignore = [
  "NAM001",
]
[per_file_ignores]
"drafts/*.yaml" = ["RCI", "SCH001"]
[severity]
"RCI002" = "info"
[options.RCI007]
at_most = 6
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    files = {"playbook.toml": TOML, "p.yaml": MINIMAL, "o.yaml": ORGANIZATION}
    return write(tmp_path, {**files, "drafts/d.yaml": MINIMAL, "old/x.yaml": MINIMAL})


def table(out: str) -> dict[str, tuple[str, str]]:
    rows = [line.split("  ") for line in out.splitlines() if "  " in line and not line.startswith(" ")]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    return {row[0]: (row[1], row[2]) for row in cells if len(row) == 3}


def test_every_value_with_its_origin(workspace: Path) -> None:
    result = run("config", cwd=workspace, code=0)
    assert table(result.out) == {
        "profile": ("team", "playbook.toml:1"),
        "include": ("**/*.yaml, **/*.yml", "default"),
        "exclude": ("old/**", "playbook.toml:3"),
        "select": ("none", "default"),
        "extend_select": ("GOV101", "playbook.toml:2"),
        "ignore": ("NAM001", "playbook.toml:4"),
        "mandatory": ("none", "default"),
        "fail_on": ("warning", "default"),
        "baseline": ("none", "default"),
        "plugins": ("none", "default"),
        'per_file_ignores."drafts/*.yaml"': ("RCI, SCH001", "playbook.toml:8"),
        "severity.RCI002": ("info", "playbook.toml:10"),
        "options.RCI007.at_most": ("6", "playbook.toml:12"),
    }
    assert "rules run: CAL" in result.out
    assert "configured by playbook.toml\n" in result.out


def test_the_command_line_goes_before(workspace: Path) -> None:
    arguments = ("--select", "RCI,HND001", "--ignore", "RCI002", "--fail-on", "never", "--baseline", "b.json")
    content = json.loads(run("config", "--format", "json", *arguments, cwd=workspace, code=0).out)[0]
    rows = [(".".join(row["path"]), row["value"], row["origin"]) for row in content["settings"]]
    assert ("select", ["RCI", "HND001"], "command line") in rows
    assert ("ignore", ["RCI002"], "command line") in rows
    assert ("fail_on", "never", "command line") in rows
    assert ("baseline", "b.json", "command line") in rows
    assert {code[:3] for code in content["rules"]} == {"RCI", "HND"}
    assert "RCI002" not in content["rules"]


def test_what_holds_for_a_file(workspace: Path) -> None:
    content = json.loads(run("config", "drafts/d.yaml", "--format", "json", cwd=workspace, code=0).out)[0]
    (file,) = content["files"]
    assert file["file"] == "drafts/d.yaml"
    assert file["excluded"] == ""
    assert set(file["left_out"].values()) == {"playbook.toml:8"}
    assert not any(code.startswith("RCI") for code in file["rules"])
    assert "SCH001" in file["rules"]
    assert set(file["rules"]) | set(file["left_out"]) == set(content["rules"])
    out = run("config", "drafts/d.yaml", cwd=workspace, code=0).out
    assert f"drafts/d.yaml: {len(file['rules'])} rules run on it" in out
    assert "  left out: RCI001, " in out


def test_a_file_that_is_left_out(workspace: Path) -> None:
    out = run("config", "old/x.yaml", cwd=workspace, code=0).out
    assert "It is checked only when it is named: 'exclude' names it by 'old/**' (playbook.toml:3)." in out
    out = run("config", "playbook.toml", cwd=workspace, code=0).out
    assert "'include' does not name it (default)" in out


def test_from_another_folder(workspace: Path) -> None:
    out = run("config", ".", cwd=workspace / "drafts", code=0).out
    assert table(out)["profile"] == ("team", f"{workspace}/playbook.toml:1")


def test_without_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL})
    out = run("config", cwd=tmp_path, code=0).out
    assert "no playbook.toml: the defaults hold\n" in out
    assert {origin for _, origin in table(out).values()} == {"default"}


@pytest.mark.parametrize(
    "toml", ["profile = [\n", 'profile = "taem"\n', 'ignore = ["NO"]\n', "options.RCI007.x = 1\n"]
)
def test_mistakes_are_counted(toml: str, tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "playbook.toml": toml})
    assert (
        "1 mistake in it: see 'playbook check'. What is right holds.\n" in run("config", cwd=tmp_path, code=1).out
    )


def test_wrong_use(workspace: Path) -> None:
    assert "there is no file or folder 'none'" in run("config", "none", cwd=workspace, code=2).err
    assert "no rule or family" in run("config", "--select", "XYZ", cwd=workspace, code=2).err
