"""What is written as YAML is read back as the same values."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playbook.reader import read_values
from playbook.text.emit import WIDTH, lines, scalar
from playbook.text.paths import KeyPath
from playbook.text.scalars import Plain
from playbook.text.spans import SourceText

TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "null", "~", "yes", "1", "1.0", "0x1F", ".inf", "true", "- a", "-", "?", "? a", ":", "a:", "a: b"]
    ),
    st.sampled_from(
        ["a #b", "#", "&a", "*a", "!t", "|", ">", "'", '"', "%", "@", "`", "<<", "=", "...", "---", "{a}", "[a]"]
    ),
    st.sampled_from(
        ["a, b", "a:b", "Who?", "it's", 'say "no"', "back\\slash", "two\nlines", "two\nlines\n", "\n", "a\n\nb"]
    ),
    st.sampled_from([" a\nb", "a \nb", "a\n b", "tab\there", "2026-10-01", "~2bh", "≥ 60 %", "\u2028", "\x85"]),
    st.text(st.characters(codec="utf-8"), max_size=12),
)
NUMBERS = st.sampled_from(["12", "-3", "1.50", "3.10", "true", "False", "1e5", "0o17"]).map(Plain)
KEYS = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.recursive(
    st.one_of(st.none(), TEXTS, NUMBERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def written(value: object) -> str:
    return "".join(f"{line.text}\n" for line in lines(value))


def same(value: object, other: object) -> bool:
    """Equal, and plain where the other is plain."""
    if isinstance(value, dict) and isinstance(other, dict):
        return list(value) == list(other) and all(same(value[key], other[key]) for key in value)
    if isinstance(value, list) and isinstance(other, list):
        return len(value) == len(other) and all(map(same, value, other))
    return value == other and isinstance(value, Plain) == isinstance(other, Plain)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=5) | st.lists(VALUES, max_size=5))
@example({"stages": [{"id": "a", "steps": [{"id": "x", "description": "one\n\ntwo\n"}, {}]}, []]})
@example({"a": {"b": ["x" * 120, {"c": "y\nz"}]}})
def test_what_is_written_is_read_back(value: object) -> None:
    values = read_values(SourceText("p.yaml", written(value)))
    assert not values.failed, (values.diagnostics, written(value))
    assert same(values.value, value)


@pytest.mark.parametrize(
    "text", ["5bd after x", "account.seats >= 5", "~2bh", "2026-10-01", "Kick-off: no", "Who?"]
)
def test_a_text_is_quoted_only_where_it_must(text: str) -> None:
    assert scalar(text) == (f'"{text}"' if ": " in text else text)


def test_quotes_inside_are_read_without_escapes() -> None:
    assert scalar('account.segment in ["a", "b"]', in_brackets=True) == '\'account.segment in ["a", "b"]\''
    assert scalar("tab\there\x7f\u202e") == '"tab\\there\\u007f\\u202e"'


def test_steps_stand_line_by_line_and_small_mappings_in_brackets() -> None:
    step = {"id": "greet", "raci": {"A": "csm"}, "do": "Greet", "after": ["x", "y"]}
    value = {
        "playbook": "p",
        "ends": {"done": {"success": Plain("true")}},
        "stages": [{"id": "a", "steps": [step]}],
    }
    assert (
        written(value)
        == """\
playbook: p
ends:
  done: {success: true}
stages:
  - id: a
    steps:
      - id: greet
        raci: {A: csm}
        do: Greet
        after: [x, y]
"""
    )


def test_wide_collections_get_lines_of_their_own() -> None:
    value = {"a": {"b": ["word " * 10 + "end"] * 3}}
    assert all(len(line.text) <= WIDTH for line in lines(value))
    assert [line.path for line in lines(value)] == [("a",), ("a", "b"), *(("a", "b", at) for at in range(3))]


def test_what_must_not_stand_together_gets_lines_of_its_own() -> None:
    def apart(path: KeyPath) -> bool:
        return path != ("a", "raci")

    assert [line.text for line in lines({"a": {"raci": {"A": "x", "R": "y"}}}, apart)] == [
        "a:",
        "  raci:",
        "    A: x",
        "    R: y",
    ]


def test_further_lines_of_a_text_have_no_path() -> None:
    assert [(line.text, line.path) for line in lines({"a": "one\ntwo\n"})] == [
        ("a: |", ("a",)),
        ("  one", None),
        ("  two", None),
    ]
