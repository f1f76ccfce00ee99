"""Text that is safe to print."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.text.paths import show_path
from playbook.text.scalars import Plain, resolve_plain
from playbook.text.terminal import printable, width


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\tb", "a b"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("bell\x07", "bell\\x07"),
        ("a\rb", "a\\x0db"),
        ("a\nb", "a\\x0ab"),
        ("\x9b31m", "\\x9b31m"),  # the one-character form of ESC [
        ("\u202eevil", "\\u202eevil"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("a\u2028b", "a\\u2028b"),
        ("\x7f", "\\x7f"),
        ("żółć 🙂 日本", "żółć 🙂 日本"),
    ],
)
def test_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_no_control_character_is_printed(text: str) -> None:
    for char in printable(text):
        assert unicodedata.category(char) not in ("Cc", "Zl", "Zp")
        assert unicodedata.bidirectional(char) not in (
            "RLO",
            "LRO",
            "RLE",
            "LRE",
            "PDF",
            "RLI",
            "LRI",
            "FSI",
            "PDI",
        )


@given(st.text())
def test_printable_is_stable(text: str) -> None:
    assert printable(printable(text)) == printable(text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("日本", 4),
        ("ｗ", 2),
        ("🙂", 2),
        ("e\u0301", 1),
        ("a\u200db", 2),
        ("\u00ad", 0),
        ("é", 1),
    ],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@given(st.text(), st.text())
def test_widths_add_up(left: str, right: str) -> None:
    assert width(left + right) == width(left) + width(right)


def test_paths_are_shown_as_people_write_them() -> None:
    assert show_path(("stages", 0, "steps", 2, "raci", "A")) == "stages[0].steps[2].raci.A"
    assert show_path(()) == "(document)"


@pytest.mark.parametrize(
    "text", ["1", "-1", "+1", "0o17", "0xFF", "1.5", ".5", "1e3", ".inf", "-.INF", ".nan", "true"]
)
def test_numbers_and_booleans_are_marked(text: str) -> None:
    assert isinstance(resolve_plain(text), Plain)


@pytest.mark.parametrize(
    "text", ["yes", "on", "12:30", "2026-10-01", "1.2.3", "0b1", "1_000", "tRuE", "5bd", ".", "x"]
)
def test_all_else_stays_text(text: str) -> None:
    assert type(resolve_plain(text)) is str
    assert resolve_plain(text) == text


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none(text: str) -> None:
    assert resolve_plain(text) is None
