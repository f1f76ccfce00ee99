"""Offsets, lines and columns of a text, and the way back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.text.spans import WHOLE_FILE, SourceText

# Line breaks, a break that is none to YAML (NEL, LS, form feed), non-BMP and combining characters.
texts = st.lists(
    st.sampled_from(["\n", "\r", "\r\n", "a", "é", "🙂", "\t", "\x85", "\u2028", "\x0c", "e\u0301", " "]),
    max_size=20,
).map("".join)


def lines_of(text: str) -> list[str]:
    """Lines as an editor counts them, by another way than the one under test."""
    return re.split(r"\r\n|\n|\r", text)


@given(texts)
def test_positions_agree_with_an_editor(text: str) -> None:
    source = SourceText("x", text)
    lines = lines_of(text)
    for offset in range(len(text) + 1):
        position = source.position(offset)
        assert position.offset == offset
        before = text[:offset]
        inside_break = text[offset - 1 : offset + 1] == "\r\n"
        if inside_break:
            continue  # between \r and \n: still the line that the two end
        assert position.line == len(lines_of(before))
        assert position.column == len(lines_of(before)[-1]) + 1
        assert source.line(position.line) == lines[position.line - 1]


@given(texts)
def test_positions_grow_with_the_offset(text: str) -> None:
    source = SourceText("x", text)
    positions = [source.position(offset) for offset in range(len(text) + 1)]
    assert [(place.line, place.column) for place in positions] == sorted(
        {(place.line, place.column) for place in positions}
    )


@given(texts, st.data())
def test_a_span_slices_back_to_its_text(text: str, data: st.DataObject) -> None:
    source = SourceText("x", text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = source.span(start, end)
    assert source.slice(span) == text[start:end]
    if span.start.line == span.end.line and "\r" not in text[start:end]:
        line = source.line(span.start.line)
        assert line[span.start.column - 1 : span.end.column - 1] == text[start:end]


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("abc", 3, 1, 4),
        ("abc\n", 4, 2, 1),
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\u2028b", 2, 1, 3),
        ("🙂x", 1, 1, 2),
        ("abc", 99, 1, 4),
        ("abc", -5, 1, 1),
    ],
)
def test_positions(text: str, offset: int, line: int, column: int) -> None:
    position = SourceText("x", text).position(offset)
    assert (position.line, position.column) == (line, column)


def test_lines_out_of_reach_are_empty() -> None:
    source = SourceText("x", "a\nb")
    assert [source.line(number) for number in (-1, 0, 1, 2, 3)] == ["", "", "a", "b", ""]


def test_a_span_never_ends_before_it_starts() -> None:
    span = SourceText("x", "abc").span(2, 1)
    assert span.start == span.end


def test_a_whole_file_is_shown_at_its_first_character() -> None:
    assert (WHOLE_FILE.start.line, WHOLE_FILE.start.column) == (1, 1)
