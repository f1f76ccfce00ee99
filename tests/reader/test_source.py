"""Files and bytes that are no text, and files that are no files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from playbook.reader import decode, load_file
from playbook.reader.limits import MAX_BYTES


def refused(data: bytes) -> tuple[str, str, str | None]:
    source, (found,) = decode(data, "f.yaml")
    assert source is None
    assert found.code == "SCH001"
    start = found.place.span.start
    return f"{start.line}:{start.column}", found.message, found.suggestion


def test_utf8_with_and_without_a_mark() -> None:
    for data in ("a: é😀".encode(), "a: é😀".encode("utf-8-sig")):
        source, found = decode(data, "f.yaml")
        assert source is not None
        assert (source.text, source.name, found) == ("a: é😀", "f.yaml", ())


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-16-le", b"\xff\xfe", "UTF-16 (little-endian)"),
        ("utf-16-be", b"\xfe\xff", "UTF-16 (big-endian)"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "UTF-32 (little-endian)"),
        ("utf-32-be", b"\x00\x00\xfe\xff", "UTF-32 (big-endian)"),
    ],
)
def test_wider_encodings(encoding: str, mark: bytes, name: str) -> None:
    message = f"the file is encoded in {name}, not in UTF-8"
    for data in (mark + "a: é".encode(encoding), "playbook: x\ntitle: y".encode(encoding), mark):
        assert refused(data) == ("1:1", message, "save the file as UTF-8")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: 1\nb: caf\xe9\n", ("2:7", "byte 0xE9 is not valid UTF-8", "Windows")),
        (b"a: \x93x\x94", ("1:4", "byte 0x93 is not valid UTF-8", "Windows")),
        ("😀: ".encode() + b"\xff", ("1:4", "byte 0xFF is not valid UTF-8", "Windows")),
        (b"\xef\xbb\xbfa\n\xc3(", ("2:1", "byte 0xC3 is not valid UTF-8", "Windows")),
        (b"a\xed\xa0\x80", ("1:2", "byte 0xED is not valid UTF-8", "Windows")),
        (b"PK\x03\x04\x00\xff", ("1:6", "byte 0xFF is not valid UTF-8", None)),
    ],
)
def test_invalid_utf8(data: bytes, expected: tuple[str, str, str | None]) -> None:
    place, message, hint = refused(data)
    assert (place, message) == expected[:2]
    assert (hint is None) == (expected[2] is None)
    assert hint is None or hint.startswith("the file looks like Windows-1252/Latin-1")


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"a: b\x00c", "1:5", "character U+0000 is not allowed in YAML"),
        (b"a:\n  b\x1b[0m", "2:4", "character U+001B is not allowed in YAML"),
        (b"\x7fELF", "1:1", "character U+007F is not allowed in YAML"),
        ("é\x9f".encode(), "1:2", "character U+009F is not allowed in YAML"),
        ("é\r\n\ufffe".encode(), "2:1", "character U+FFFE is not allowed in YAML"),
        ("a: b\n\ufeffc: d".encode(), "2:1", "byte order mark (U+FEFF) inside the text"),
        ("\ufeff\ufeffa: b".encode(), "1:1", "byte order mark (U+FEFF) inside the text"),
    ],
)
def test_forbidden_characters(data: bytes, place: str, message: str) -> None:
    assert refused(data)[:2] == (place, message)


def test_allowed_characters() -> None:
    for text in ("\t\n\r ~", "\x85\xa0\ud7ff\ue000\ufffd\U0010ffff\u2028"):
        assert decode(text.encode(), "f.yaml")[1] == ()


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\n")
    source, found = load_file(path, "dir/a.yaml")
    assert found == ()
    assert source is not None
    assert (source.name, source.text) == ("dir/a.yaml", "a: 1\r\n")


def unreadable(path: Path) -> str:
    source, (found,) = load_file(path, "f.yaml")
    assert source is None
    assert (found.code, found.place.file) == ("SCH001", "f.yaml")
    return found.message


def test_a_missing_file(tmp_path: Path) -> None:
    assert unreadable(tmp_path / "none.yaml") == "cannot read f.yaml: no such file"
    assert unreadable(tmp_path / "a\0b").startswith("cannot read f.yaml: ")
    assert unreadable(tmp_path / ("x" * 5000)).startswith("cannot read f.yaml: ")


def test_a_folder(tmp_path: Path) -> None:
    assert unreadable(tmp_path) == "cannot read f.yaml: it is a folder"


def test_a_loop_of_links(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert unreadable(tmp_path / "loop").startswith("cannot read f.yaml: ")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1")

    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)  # root may read everything, so the refusal is played
    assert unreadable(path) == "cannot read f.yaml: permission denied"


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and devices in the file system")
def test_pipes_and_devices(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert unreadable(tmp_path / "pipe") == "cannot read f.yaml: it is not a regular file"
    assert unreadable(Path("/dev/zero")) == "cannot read f.yaml: it is not a regular file"


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("read"))
    assert unreadable(path) == "the file is too large to be a playbook: the limit is 5,000,000 bytes"


def test_a_file_that_grows_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "grows.yaml"
    path.write_bytes(b"a: 1\n")
    monkeypatch.setattr(os, "read", lambda _, size: b"x" * min(size, 1_000_000))
    assert "too large" in unreadable(path)


def test_the_limit_itself() -> None:
    assert decode(b"#" * MAX_BYTES, "f.yaml")[0] is not None
    assert "too large" in refused(b"#" * (MAX_BYTES + 1))[1]
