"""Lines, characters and addresses as editors write them."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from playbook.diagnostics import Edit, Place
from playbook.editor.actions import smaller
from playbook.editor.addresses import path_of, uri_of
from playbook.editor.buffers import Buffer, Encoding, range_of
from playbook.text.spans import SourceText

FILE = "file:" + "//"
TEXTS = st.text(st.sampled_from("aé🚀\n\r\t\u2028\ufeff\ud800 "), max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@given(TEXTS, ENCODINGS, st.integers(0, 40))
def test_an_offset_and_its_position_are_one_place(text: str, encoding: Encoding, offset: int) -> None:
    buffer = Buffer(SourceText("x", text), encoding)
    offset = min(offset, len(text))
    if text[offset - 1 : offset + 1] != "\r\n":
        assert buffer.offset(buffer.position(offset)) == offset


@given(TEXTS, ENCODINGS, st.integers(0, 40), st.integers(0, 40))
def test_a_span_is_counted_as_its_offsets_are(text: str, encoding: Encoding, first: int, second: int) -> None:
    source = SourceText("x", text)
    start, end = sorted((min(first, len(text)), min(second, len(text))))
    if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return
    assert range_of(Place("x", source.span(start, end)), source, encoding) == Buffer(source, encoding).range(
        start, end
    )


@given(TEXTS, st.integers(-2, 50), st.integers(-2, 50))
def test_positions_outside_are_moved_inside(text: str, line: int, character: int) -> None:
    buffer = Buffer(SourceText("x", text))
    assert 0 <= buffer.offset(types.Position(max(line, 0), max(character, 0))) <= len(text)


def test_columns_of_a_wide_character() -> None:
    buffers = {encoding: Buffer(SourceText("x", "🚀é: x"), encoding) for encoding in ("utf-8", "utf-16", "utf-32")}
    assert {name: buffer.position(2).character for name, buffer in buffers.items()} == {
        "utf-8": 6,
        "utf-16": 3,
        "utf-32": 2,
    }


@given(TEXTS, TEXTS)
def test_edits_of_lines_make_the_whole_change(before: str, after: str) -> None:
    text = before
    for edit in sorted(
        smaller(Edit("x", 0, len(before), after), before), key=lambda edit: edit.start, reverse=True
    ):
        text = text[: edit.start] + edit.text + text[edit.end :]
    assert text == after


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        (FILE + "/place/a%20b/%C3%A9.yaml", "/place/a b/é.yaml"),
        (FILE + "/place/a+b.yaml", "/place/a+b.yaml"),
        (FILE + "localhost/place/x.yaml", "/place/x.yaml"),
        (FILE + "/place/../x.yaml", "/x.yaml"),
        ("untitled:Untitled-1", "/ws/untitled_Untitled-1.yaml"),
        ("untitled:new.yaml", "/ws/untitled_new.yaml"),
        ("git:/place/x.yaml?ref=HEAD", "/ws/git_place_x.yaml_ref_HEAD.yaml"),
        (FILE + "/place/%00.yaml", "/ws/file_place_0_.yaml"),
        ("", "/ws/untitled.yaml"),
        (FILE, "/ws/file.yaml"),
        ("http://[::1", "/ws/http_1.yaml"),
    ],
)
def test_files_of_addresses(uri: str, path: str) -> None:
    found = path_of(uri, Path("/ws"))
    if "%00" in uri:
        assert found.parent == Path("/ws")
    else:
        assert found == Path(path)


@given(st.text(st.characters(blacklist_characters="\0/\\", blacklist_categories=["Cs"]), min_size=1, max_size=20))
def test_every_file_has_an_address(name: str) -> None:
    path = Path("/ws") / name
    if name not in (".", ".."):
        assert path_of(uri_of(path), Path("/other")) == path
        assert path_of(path.as_uri(), Path("/other")) == path


def test_windows_drives() -> None:
    assert uri_of(PurePosixPath("C:/docs/a b/x.yaml")) == FILE + "/c%3A/docs/a%20b/x.yaml"
    for uri in (FILE + "/c%3A/docs/x.yaml", FILE + "/C:/docs/x.yaml"):
        assert path_of(uri, Path("/ws")).as_posix().endswith("C:/docs/x.yaml")
    assert uri_of(PurePosixPath("//server/share/x.yaml")) == FILE + "server/share/x.yaml"
