"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import MINIMAL, ORGANIZATION, everything_below, run, write

from playbook.cli.writing import CannotWrite, write_file

OLD = b"the old file\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    # Enough steps that no format of a table fits into the few kilobytes of the full disks below.
    many = "".join(f"      - {{id: s{n}, do: Do the work number {n} for the customer}}\n" for n in range(400))
    return write(tmp_path / "workspace", {"p.yaml": MINIMAL + many, "o.yaml": ORGANIZATION})


def test_an_output_folder_that_is_a_file(workspace: Path) -> None:
    write(workspace, {"build": OLD})
    result = run("export", "--all", "-o", "build", cwd=workspace, code=2)
    assert "cannot write 'build/minimal/overview." in result.err
    assert "': 'build' is a file" in result.err
    assert (workspace / "build").read_bytes() == OLD


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc")
def test_an_output_folder_that_takes_no_files(workspace: Path) -> None:
    result = run("export", "raci", "--as", "csv", "-o", "/proc/raci.csv", cwd=workspace, code=2)
    assert "cannot write '/proc/raci.csv'" in result.err


def test_a_folder_that_takes_no_files_from_us(workspace: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write into every folder")
    folder = workspace / "locked"
    folder.mkdir(mode=0o555)
    result = run("export", "raci", "--as", "csv", "-o", "locked/raci.csv", cwd=workspace, code=2)
    assert "cannot write 'locked/raci.csv': Permission denied" in result.err


def test_a_folder_in_the_place_of_the_file(workspace: Path) -> None:
    (workspace / "out" / "minimal" / "raci.csv").mkdir(parents=True)
    result = run("export", "--all", "-o", "out", cwd=workspace, code=2)
    assert "cannot write 'out/minimal/raci.csv'" in result.err
    assert not [name for name in everything_below(workspace) if name.endswith(".part")]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 kB; skipped where we may not make one."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = shutil.which("mount")
    made = (
        mount
        and not subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=8k", "tmpfs", folder], capture_output=True, check=False
        ).returncode
    )
    if not made:
        pytest.skip("only root may make a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_old_file_and_nothing_else(workspace: Path, tiny_disk: Path) -> None:
    write(tiny_disk, {"tasks.csv": OLD})
    result = run("export", "tasks", "--as", "csv", "-o", tiny_disk / "tasks.csv", cwd=workspace, code=2)
    assert result.err == f"Error: cannot write '{tiny_disk / 'tasks.csv'}': No space left on device\n"
    assert everything_below(tiny_disk) == {"tasks.csv": OLD}


def test_a_disk_that_fills_up_among_many_files(workspace: Path, tiny_disk: Path) -> None:
    result = run("export", "--all", "-o", tiny_disk, cwd=workspace, code=2)
    assert "No space left on device" in result.err
    assert not [name for name in everything_below(tiny_disk) if ".part" in name]


def test_a_file_that_grows_too_large_leaves_the_old_one(workspace: Path) -> None:
    """The same as a full disk, where no disk can be made: the system refuses more than 4 kB."""
    write(workspace, {"out/tasks.csv": OLD})
    result = run(
        "export",
        *("tasks", "--as", "csv", "-o", "out/tasks.csv"),
        cwd=workspace,
        code=2,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        env={"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert "cannot write 'out/tasks.csv': File too large" in result.err
    assert everything_below(workspace / "out") == {"tasks.csv": OLD}


# -- the function itself -------------------------------------------------------------------------


def test_a_new_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "x"
    usual = tmp_path / "usual"
    usual.touch()
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
    assert list(path.parent.iterdir()) == [path]


def test_a_link_keeps_pointing_to_its_file(tmp_path: Path) -> None:
    write(tmp_path, {"real/x": OLD})
    (tmp_path / "link").symlink_to("real/x")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "x").read_bytes() == b"new"


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_failure_at_any_moment_leaves_the_old_file(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"x": OLD})

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if failing == "fsync" else (Path, "replace")), fail)
    with pytest.raises(CannotWrite, match="No space left"):
        write_file(tmp_path / "x", b"new")
    assert everything_below(tmp_path) == {"x": OLD}


def test_an_interruption_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"x": OLD})

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with contextlib.suppress(KeyboardInterrupt):
        write_file(tmp_path / "x", b"new")
    assert everything_below(tmp_path) == {"x": OLD}
