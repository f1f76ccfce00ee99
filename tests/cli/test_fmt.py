"""``playbook fmt`` as users meet it: which files it writes, what it says, how it ends."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from running import everything_below, run, write

from playbook.cli import fmt
from playbook.formatting import Formatted, format_document

UNTIDY = """\
title: Part   # what people read
playbook: minimal
ends: {done: { success: true }}
stages:
- do: nothing
  id: only
"""
TIDY = """\
playbook: minimal
title: Part  # what people read
ends: {done: {success: true}}
stages:
  - id: only
    do: nothing
"""
ORGANIZATION = "organization: acme\nroles:\n  csm: {title: Customer Success Manager}\n"
BROKEN = "tracking: signals\nfields:\n  a: [1\n  b: 2\n"
FOREIGN = "services:   {web:   1}\n"
DIFF = """\
--- p.yaml
+++ p.yaml
@@ -1,6 +1,6 @@
-title: Part   # what people read
 playbook: minimal
-ends: {done: { success: true }}
+title: Part  # what people read
+ends: {done: {success: true}}
 stages:
-- do: nothing
-  id: only
+  - id: only
+    do: nothing
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write(tmp_path, {"p.yaml": UNTIDY, "o.yaml": ORGANIZATION, "compose.yaml": FOREIGN})


def test_files_are_written_in_place(workspace: Path) -> None:
    assert run("fmt", cwd=workspace, code=0).out == "1 file formatted, 1 left as it was\n"
    assert everything_below(workspace) == {
        "p.yaml": TIDY.encode(),
        "o.yaml": ORGANIZATION.encode(),
        "compose.yaml": FOREIGN.encode(),
    }
    assert run("fmt", ".", cwd=workspace, code=0).out == "0 files formatted, 2 left as they were\n"


def test_only_what_is_named_is_written(workspace: Path) -> None:
    write(workspace, {"deep/p.yaml": UNTIDY})
    assert run("fmt", "deep", cwd=workspace, code=0).out == "1 file formatted, 0 left as they were\n"
    assert (workspace / "deep/p.yaml").read_text() == TIDY
    assert (workspace / "p.yaml").read_text() == UNTIDY


def test_check_lists_and_writes_nothing(workspace: Path) -> None:
    before = everything_below(workspace)
    assert (
        run("fmt", "--check", cwd=workspace, code=1).out == "p.yaml\n1 file would be formatted, 1 left as it was\n"
    )
    assert everything_below(workspace) == before
    run("fmt", cwd=workspace, code=0)
    result = run("fmt", "--check", cwd=workspace, code=0)
    assert result.out == "0 files would be formatted, 2 left as they were\n"


def test_diff_is_a_patch_and_writes_nothing(workspace: Path) -> None:
    before = everything_below(workspace)
    for options in (["--diff"], ["--diff", "--check"]):
        assert run("fmt", *options, cwd=workspace, code=1).out == DIFF
    assert everything_below(workspace) == before
    assert run("fmt", "--diff", "o.yaml", cwd=workspace, code=0).out == ""


def test_another_program_can_apply_the_diff(workspace: Path) -> None:
    if shutil.which("patch") is None:
        pytest.skip("this machine has no patch")
    write(workspace, {"p.yaml": UNTIDY + "# the end"})
    patch = run("fmt", "--diff", cwd=workspace, code=1).raw_out
    subprocess.run(["patch", "-p0"], cwd=workspace, input=patch, check=True, capture_output=True)
    assert (workspace / "p.yaml").read_text() == TIDY + "# the end\n"


def test_standard_input(tmp_path: Path) -> None:
    result = run("fmt", "-", cwd=tmp_path, stdin=UNTIDY.encode(), code=0)
    assert (result.out, result.err) == (TIDY, "")
    assert run("fmt", "-", cwd=tmp_path, stdin=TIDY.encode(), code=0).out == TIDY
    assert run("fmt", "--check", "-", cwd=tmp_path, stdin=TIDY.encode(), code=0).out == ""
    assert run("fmt", "--check", "-", cwd=tmp_path, stdin=UNTIDY.encode(), code=1).out == "<stdin>\n"
    assert "-title: Part " in run("fmt", "--diff", "-", cwd=tmp_path, stdin=UNTIDY.encode(), code=1).out


@pytest.mark.parametrize("data", [BROKEN.encode(), b"", b"a: 1\n", b"\xff\n", b"- a\n"])
def test_standard_input_that_cannot_be_formatted(data: bytes, tmp_path: Path) -> None:
    result = run("fmt", "-", cwd=tmp_path, stdin=data, code=1)
    assert result.out == ""
    assert "<stdin>:" in result.err
    assert "error SCH00" in result.err


def test_a_file_with_broken_yaml_is_left_and_reported_as_check_does(workspace: Path) -> None:
    write(workspace, {"broken.yaml": BROKEN})
    result = run("fmt", cwd=workspace, code=1)
    assert (workspace / "broken.yaml").read_text() == BROKEN
    assert (workspace / "p.yaml").read_text() == TIDY
    report, _, summary = result.out.rpartition("\n\n")
    assert summary == "1 file formatted, 1 left as it was; mistakes in 1 to mend first\n"
    assert report in run("check", "broken.yaml", cwd=workspace, code=1).out
    patch = run("fmt", "--diff", cwd=workspace, code=1)
    assert patch.out == ""
    assert "broken.yaml:3:" in patch.err


@pytest.mark.parametrize(
    "text",
    [
        "playbook: a\nplaybook: b\nstages: []\n",
        "playbook: a\nstages: !x []\n",
        "playbook: a\nstages: []\n---\nplaybook: b\n",
        "playbok: a\nstages:   []\n",
    ],
)
def test_what_can_be_read_in_two_ways_is_left(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": text})
    assert "error SCH00" in run("fmt", cwd=tmp_path, code=1).out
    assert (tmp_path / "p.yaml").read_text() == text


def test_unknown_keys_and_wrong_types_are_no_hindrance(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": "playbook: p\nzoo: {a:  1}\nstages: 3\ntitel: T\ntitle: [T]\n"})
    run("fmt", cwd=tmp_path, code=0)
    assert (tmp_path / "p.yaml").read_text() == "playbook: p\ntitle: [T]\nstages: 3\nzoo: {a: 1}\ntitel: T\n"


@pytest.mark.parametrize(
    "text",
    [
        "replicas: 1\nmetrics:   {enabled: true}\n",
        "metrics: {enabled:   true}\n",
        "name: x\ncalendar:   team\nzone: x\n",
    ],
)
def test_what_may_be_the_file_of_another_tool_is_left_unless_named(text: str, workspace: Path) -> None:
    write(workspace, {"values.yaml": text})
    assert "values.yaml:1:" in run("fmt", cwd=workspace, code=1).out
    assert (workspace / "values.yaml").read_text() == text
    run("fmt", "values.yaml", cwd=workspace, code=0)
    assert (workspace / "values.yaml").read_text() != text


def test_the_configuration_says_which_files_are_ours(workspace: Path) -> None:
    write(workspace, {"playbook.toml": 'exclude = ["old"]\n', "old/p.yaml": UNTIDY})
    assert run("fmt", cwd=workspace, code=0).out.startswith("1 file formatted")
    assert (workspace / "old/p.yaml").read_text() == UNTIDY


def test_without_a_configuration_that_can_be_read_nothing_is_written(workspace: Path) -> None:
    write(workspace, {"playbook.toml": "exclude = [old]\n"})
    before = everything_below(workspace)
    assert "playbook.toml:1:" in run("fmt", cwd=workspace, code=1).out
    assert everything_below(workspace) == before
    run("fmt", "p.yaml", cwd=workspace, code=1)
    assert (workspace / "p.yaml").read_text() == TIDY


def test_wrong_use(workspace: Path) -> None:
    assert "no file or folder 'nope'" in run("fmt", "nope", cwd=workspace, code=2).err
    assert "cannot be combined" in run("fmt", "-", "p.yaml", cwd=workspace, code=2).err
    (workspace / "empty").mkdir()
    assert "no playbook document in 'empty'" in run("fmt", "empty", cwd=workspace, code=2).err


# -- how files are written -----------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_permissions_stay(mode: int, workspace: Path) -> None:
    (workspace / "p.yaml").chmod(mode)
    run("fmt", cwd=workspace, code=0)
    assert stat.S_IMODE((workspace / "p.yaml").stat().st_mode) == mode
    assert (workspace / "p.yaml").read_text() == TIDY


def test_a_link_keeps_pointing_to_its_file(workspace: Path) -> None:
    (workspace / "p.yaml").rename(workspace / "real.txt")
    (workspace / "p.yaml").symlink_to("real.txt")
    run("fmt", "p.yaml", cwd=workspace, code=0)
    assert (workspace / "p.yaml").is_symlink()
    assert (workspace / "real.txt").read_text() == TIDY


def test_what_need_not_change_is_not_written(workspace: Path) -> None:
    path = workspace / "o.yaml"
    before = path.stat()
    run("fmt", cwd=workspace, code=0)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_write_protected_file_is_left(workspace: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write every file")
    (workspace / "p.yaml").chmod(0o444)
    assert "cannot write 'p.yaml': Permission denied" in run("fmt", "p.yaml", cwd=workspace, code=2).err
    assert (workspace / "p.yaml").read_text() == UNTIDY


def test_a_fault_of_ours_leaves_the_file_and_formats_the_others(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(workspace, {"a.yaml": UNTIDY})
    monkeypatch.chdir(workspace)
    monkeypatch.setattr(
        fmt,
        "format_document",
        lambda source, kind: (
            Formatted(source.text, "its meaning") if source.name == "a.yaml" else format_document(source, kind)
        ),
    )
    result = CliRunner().invoke(fmt.command, [])
    assert result.exit_code == 3
    assert "formatting a.yaml would have changed its meaning" in result.output
    assert (workspace / "a.yaml").read_text() == UNTIDY
    assert (workspace / "p.yaml").read_text() == TIDY
