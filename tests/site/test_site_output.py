"""The site on the disk: all or nothing, and nothing that is not ours is touched."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import pytest

from playbook.site import output
from playbook.site.output import MANIFEST, Refused, ready, write_site

FIRST = {"index.html": b"one", "playbooks/a.html": b"a", "assets/page.css": b"css"}


def below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_folder_is_made(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    assert write_site(target, FIRST) == 0
    files = below(target)
    assert json.loads(files.pop(MANIFEST))["files"] == sorted(FIRST)
    assert files == FIRST
    assert [path.name for path in target.parent.iterdir()] == ["site"]
    assert (target / "index.html").stat().st_mode & 0o444


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST)
    assert set(below(tmp_path)) == {*FIRST, MANIFEST}


def test_a_later_run_replaces_and_removes_only_its_own(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST)
    (tmp_path / "CNAME").write_text("ours.example")
    (tmp_path / "playbooks" / "notes.txt").write_text("mine")
    assert write_site(tmp_path, {"index.html": b"two", "new/b.html": b"b"}) == 2
    files = below(tmp_path)
    assert json.loads(files.pop(MANIFEST))["files"] == ["index.html", "new/b.html"]
    assert files == {
        "index.html": b"two",
        "new/b.html": b"b",
        "CNAME": b"ours.example",
        "playbooks/notes.txt": b"mine",
    }
    assert not (tmp_path / "assets").exists()


@pytest.mark.parametrize("name", ["index.html", "readme.txt"])
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(Refused, match="not empty"):
        write_site(tmp_path, FIRST)
    assert below(tmp_path) == {name: b"mine"}


def test_a_file_that_came_in_between_is_refused(tmp_path: Path) -> None:
    write_site(tmp_path, FIRST)
    (tmp_path / "new.html").write_text("mine")
    with pytest.raises(Refused, match="was not written by"):
        write_site(tmp_path, {**FIRST, "new.html": b"ours"})
    assert below(tmp_path)["new.html"] == b"mine"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"version": 2, "files": []}',
        '{"version": 1, "files": [1]}',
        '{"version": 1, "files": ["../outside.txt"]}',
        '{"version": 1, "files": ["/etc/passwd"]}',
        '{"version": 1, "files": ["a\\\\..\\\\b"]}',
    ],
)
def test_a_list_that_is_no_list_is_refused(tmp_path: Path, content: str) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    target = tmp_path / "site"
    target.mkdir()
    (target / MANIFEST).write_text(content)
    with pytest.raises(Refused, match="is no list"):
        write_site(target, FIRST)
    assert outside.read_text() == "mine"
    assert set(below(target)) == {MANIFEST}


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="links need rights on Windows")
def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    target, other = tmp_path / "site", tmp_path / "other"
    write_site(target, {"index.html": b"one"})
    other.mkdir()
    (target / "playbooks").symlink_to(other)
    with pytest.raises(Refused, match="leads out"):
        write_site(target, FIRST)
    assert below(other) == {}


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(Refused, match="is a file"):
        ready(tmp_path / "site")


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    for _ in range(2):
        write_site(tmp_path / "site", FIRST)
    assert (tmp_path / "site").is_symlink()
    assert set(below(tmp_path / "real")) == {*FIRST, MANIFEST}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["real", "site"]


def test_a_folder_is_written_whose_surroundings_are_not_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mounted folder is a disk of its own: nothing can be moved into it from beside it."""
    target = tmp_path / "site"
    target.mkdir()
    replace = Path.replace

    def within(self: Path, other: Path) -> Path:
        assert self.is_relative_to(target)
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", within)
    write_site(target, FIRST)
    assert set(below(target)) == {*FIRST, MANIFEST}


def test_a_run_that_was_killed_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After any number of moves, with nobody left to clean up."""

    class Killed(BaseException):
        pass

    replace = Path.replace
    for survived in range(8):
        target = tmp_path / str(survived) / "site"
        write_site(target, FIRST)
        moves: list[Path] = []

        def dying(self: Path, other: Path, moves: list[Path] = moves, survived: int = survived) -> Path:
            if len(moves) >= survived:
                raise Killed
            moves.append(other)
            return replace(self, other)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", dying)
            patch.setattr(output, "_remove_empty", lambda *_: None)
            patch.setattr(output.shutil, "rmtree", lambda *_, **__: None)
            with contextlib.suppress(Killed):
                write_site(target, {"index.html": b"two", "new.html": b"new"})
        write_site(target, {"index.html": b"three", "new.html": b"new"})
        files = below(target)
        assert json.loads(files.pop(MANIFEST))["files"] == ["index.html", "new.html"]
        assert files == {"index.html": b"three", "new.html": b"new"}


def test_ctrl_c_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "site"
    write_site(target, FIRST)
    replace, moves = Path.replace, []

    def interrupted(self: Path, other: Path) -> Path:
        moves.append(other)
        if len(moves) == 5:
            raise KeyboardInterrupt
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_site(target, {"index.html": b"two"})
    assert below(target).keys() == {*FIRST, MANIFEST}
    assert below(target)["index.html"] == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_nothing_changes_if_something_cannot_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "site"
    write_site(target, FIRST)
    before = below(target)
    replace, moves = Path.replace, []

    def failing(self: Path, other: Path) -> Path:
        moves.append(other)
        if len(moves) == 4:
            raise OSError(28, "No space left on device")
        return replace(self, other)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(Refused, match="No space left"):
        write_site(target, dict.fromkeys(FIRST, b"changed"))
    monkeypatch.undo()
    assert below(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
