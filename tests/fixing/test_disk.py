"""New texts onto the disk: whatever happens meanwhile, each file is the old one or the new one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from playbook.fixing.disk import CannotRewriteError, Rewrite, write_all


def rewrite(path: Path, before: str, after: str) -> Rewrite:
    return Rewrite(path, path.name, before, after)


def parts(folder: Path) -> list[Path]:
    """What has been left behind beside the files."""
    return list(folder.rglob(".*.part"))


@pytest.fixture
def two(tmp_path: Path) -> list[Rewrite]:
    """Two files and the texts that they are to get."""
    found = []
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(f"{name}: old\n")
        found.append(rewrite(tmp_path / name, f"{name}: old\n", f"{name}: new\n"))
    return found


def test_files_get_their_new_texts(two: list[Rewrite], tmp_path: Path) -> None:
    write_all(two)
    assert [each.path.read_text() for each in two] == ["a.yaml: new\n", "b.yaml: new\n"]
    assert parts(tmp_path) == []


def test_line_ends_mark_and_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: \xc3\xa9\r\n")
    path.chmod(0o640)
    write_all([rewrite(path, "a: é\r\n", "a: 😀\r\n")])
    assert path.read_bytes() == b"\xef\xbb\xbfa: \xf0\x9f\x98\x80\r\n"
    assert path.stat().st_mode & 0o7777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    target, link = folder / "real.yaml", tmp_path / "link.yaml"
    target.write_text("old")
    link.symlink_to(target)
    write_all([rewrite(link, "old", "new")])
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_what_has_changed_meanwhile_is_not_written_over(two: list[Rewrite], tmp_path: Path) -> None:
    two[1].path.write_text("b.yaml: mine\n")
    with pytest.raises(CannotRewriteError, match=r"cannot write 'b.yaml': it has changed since it was read"):
        write_all(two)
    assert [each.path.read_text() for each in two] == ["a.yaml: old\n", "b.yaml: mine\n"]
    assert parts(tmp_path) == []


def test_a_file_that_changes_just_before_its_turn_is_kept(
    two: list[Rewrite], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def meddle(self: Path, target: Path) -> Path:
        two[1].path.write_text("b.yaml: mine\n")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", meddle)
    with pytest.raises(CannotRewriteError):
        write_all(two)
    monkeypatch.undo()
    assert [each.path.read_text() for each in two] == ["a.yaml: old\n", "b.yaml: mine\n"]
    assert parts(tmp_path) == []


@pytest.mark.parametrize("call", range(1, 10))
def test_a_fault_at_any_call_leaves_all_as_it_was(
    call: int, two: list[Rewrite], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = [call]

    def failing(name: str, owner: object) -> None:
        real = getattr(owner, name)

        def fails(*args: object, **more: object) -> object:
            calls[0] -= 1
            if calls[0] == 0:
                raise OSError(28, "No space left on device")
            return real(*args, **more)

        monkeypatch.setattr(owner, name, fails)

    for owner, name in ((os, "fsync"), (Path, "chmod"), (Path, "replace"), (os, "fdopen")):
        failing(name, owner)
    try:
        write_all(two)
    except CannotRewriteError as error:
        assert "No space left on device; nothing is written" in str(error)  # noqa: PT017 - some calls fail nothing
        assert [each.path.read_text() for each in two] == ["a.yaml: old\n", "b.yaml: old\n"]
    else:
        assert [each.path.read_text() for each in two] == ["a.yaml: new\n", "b.yaml: new\n"]
    monkeypatch.undo()
    assert parts(tmp_path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_is_not_replaced(two: list[Rewrite]) -> None:
    two[1].path.chmod(0o444)
    with pytest.raises(CannotRewriteError, match="Permission denied"):
        write_all(two)
    assert two[0].path.read_text() == "a.yaml: old\n"


def test_a_file_that_is_gone_is_said(two: list[Rewrite]) -> None:
    two[0].path.unlink()
    with pytest.raises(CannotRewriteError, match=r"cannot write 'a.yaml': No such file"):
        write_all(two)
    assert two[1].path.read_text() == "b.yaml: old\n"


_WRITER = """
import sys
from pathlib import Path
from playbook.fixing.disk import Rewrite, write_all
paths = [Path(name) for name in sys.argv[1:]]
texts = ["a" * 300_000, "b" * 200_000]
print("ready", flush=True)
while True:
    write_all([Rewrite(path, path.name, texts[0], texts[1]) for path in paths])
    texts.reverse()
"""


def test_killed_at_any_moment_each_file_is_whole(tmp_path: Path) -> None:
    rng = random.Random(5)
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    whole = {"a" * 300_000, "b" * 200_000}
    for _ in range(8):
        for path in paths:
            path.write_text("a" * 300_000)
        command = [sys.executable, "-c", _WRITER, *map(str, paths)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(rng.uniform(0, 0.03))
            assert writer.poll() is None
            writer.send_signal(signal.SIGKILL)
        assert {path.read_text() for path in paths} <= whole


def test_a_file_with_two_names_is_written_once(tmp_path: Path) -> None:
    target, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    target.write_text("old")
    link.symlink_to(target)
    write_all([rewrite(target, "old", "new"), rewrite(link, "old", "new")])
    assert link.is_symlink()
    assert target.read_text() == "new"
    with pytest.raises(CannotRewriteError, match=r"'link.yaml': it is the same file as 'real.yaml'"):
        write_all([rewrite(target, "new", "a"), rewrite(link, "new", "b")])
    assert target.read_text() == "new"


def test_ctrl_c_between_two_files_leaves_both_as_they_were(
    two: list[Rewrite], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        if target.name == "b.yaml":
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_all(two)
    monkeypatch.undo()
    assert [each.path.read_text() for each in two] == ["a.yaml: old\n", "b.yaml: old\n"]
    assert parts(tmp_path) == []
