"""Where paths stand: values, keys, what is missing, aliases and merges, columns inside texts."""

from __future__ import annotations

import pytest

from playbook.reader import read_positions
from playbook.text.spans import SourceText

DOCUMENT = """\
# a playbook
playbook: "x"
stages:
  - id: one     # first
    raci: {A: csm,
           R: [se, ae]}
    steps:
      - do: |
          Write it

          down

      - do: two

  # the end
empty:
last: &d {k: v}
again: *d
merged:
  <<: *d
  own: 1
"""


def shown(path: tuple[str | int, ...], part: str = "value", text: str = DOCUMENT) -> str:
    source = SourceText("f.yaml", text)
    span = read_positions(source).span(path, part)  # type: ignore[arg-type]
    return f"{span.start.line}:{span.start.column} {source.slice(span)}"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("playbook",), '2:11 "x"'),
        (("stages", 0, "id"), "4:9 one"),
        (("stages", 0, "raci"), "5:11 {A: csm,\n           R: [se, ae]}"),
        (("stages", 0, "raci", "R"), "6:15 [se, ae]"),
        (("stages", 0, "raci", "R", 1), "6:20 ae"),
        (("stages", 0, "steps", 0, "do"), "8:13 |\n          Write it\n\n          down"),
        (("stages", 0, "steps", 1), "13:9 do: two"),
        (("empty",), "16:7 "),
        (("again", "k"), "17:14 v"),
        (("merged", "k"), "17:14 v"),
        (("merged", "own"), "21:8 1"),
    ],
)
def test_values(path: tuple[str | int, ...], value: str) -> None:
    assert shown(path) == value


def test_a_block_ends_with_its_last_child() -> None:
    assert shown(("stages", 0, "steps")).endswith("- do: two")
    assert shown(("stages",)).endswith("- do: two")
    assert shown(()).startswith("2:1 playbook")
    assert shown(()).endswith("own: 1")


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("playbook",), "2:1 playbook"),
        (("stages", 0, "raci", "A"), "5:12 A"),
        (("merged", "k"), "17:11 k"),
        (("stages", 0), "4:5 id"),
        (("stages", 0, "raci", "R", 0), "6:16 se"),
        ((), "2:1 playbook"),
    ],
)
def test_keys(path: tuple[str | int, ...], key: str) -> None:
    assert shown(path, "key") == key


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("missing",), "2:1 playbook"),
        (("stages", 0, "missing"), "4:5 id"),
        (("stages", 7), "3:1 stages"),
        (("stages", "x"), "3:1 stages"),
        (("stages", 0, "raci", "Z", "deeper"), "5:5 raci"),
        (("playbook", "str"), '2:11 "x"'),
        (("empty", "x"), "16:1 empty"),
    ],
)
def test_what_is_missing_has_the_place_of_its_nearest_ancestor(path: tuple[str | int, ...], place: str) -> None:
    assert shown(path) == place
    assert not read_positions(SourceText("f.yaml", DOCUMENT)).exists(path)


def test_empty_documents_and_roots_without_keys() -> None:
    for text in ("", "# x\n", "\n\n"):
        assert shown(("a",), "value", text) == "1:1 "
        assert not read_positions(SourceText("f.yaml", text)).exists(())
    assert shown(("a",), "value", "\n  []\n") == "2:3 []"
    assert shown(("a",), "value", "text\n") == "1:1 text"


def test_duplicates_and_broken_documents_keep_what_was_read() -> None:
    assert shown(("a",), "value", "a: 1\na: 2\n") == "1:4 1"
    broken = "a: {b: 1, c: [2, 3\nd: @\n"
    assert shown(("a", "c", 1), "value", "a:\n  c: [2, 3]\n  d: @\n") == "2:10 3"
    assert shown(("a", "b"), "value", broken) == "1:8 1"
    assert shown(("d",), "key", "a: 1\nd: @\n") == "2:1 d"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: &x !!str 12", "1:13 12"),
        ("a: !!str &x # why\n  'q'", "2:3 'q'"),
        ("a: &x\n  b: c", "2:3 b: c"),
        ("a: &x\n- b\n- c\n", "2:1 - b\n- c"),
        ("a: !foo\nb: 1", "1:8 "),
        ("a: &x []", "1:7 []"),
        ("a: |+\n  x\n\n\nb: c", "1:4 |+\n  x\n\n\n"),
        ("&k a: b", "1:7 b"),
        ("a: 😀é\u2028x # c", "1:4 😀é\u2028x"),
    ],
)
def test_anchors_and_tags_are_not_part_of_the_value(text: str, value: str) -> None:
    assert shown(("a",), "value", text) == value


def within(text: str, start: int, end: int) -> str:
    source = SourceText("f.yaml", text)
    span = read_positions(source).within(("a",), start, end)
    return f"{span.start.line}:{span.start.column} {source.slice(span)}"


@pytest.mark.parametrize(
    ("text", "start", "end", "place"),
    [
        ("a: 5bd after x", 4, 9, "1:8 after"),
        ('a: "5bd after"', 4, 9, "1:9 after"),
        ("a: 'it''s x'", 5, 6, "1:11 x"),
        ("a: 'it''s x'", 2, 3, "1:7 ''"),
        (r'a: "\t\u00e9\x41 \U0001F600!"', 1, 3, r"1:7 \u00e9\x41"),
        (r'a: "\t\u00e9\x41 \U0001F600!"', 5, 6, "1:28 !"),
        ('a: "one\n  two"', 4, 7, "2:3 two"),
        ('a: "one\n  two"', 3, 4, "1:8 \n  "),
        ('a: "one \\\n   two"', 4, 7, "2:4 two"),
        ("a: one\n  two\n\n  three", 4, 7, "2:3 two"),
        ("a: one\n  two\n\n  three", 8, 13, "4:3 three"),
        ("a: |\n  one\n    two\n  x", 6, 9, "3:5 two"),
        ("a: |2\n    one\n  x", 2, 5, "2:5 one"),
        ("a: >-\n  one\n  two\n", 4, 7, "3:3 two"),
        ("a: >-\r\n  one\r\n  two\r\n", 4, 7, "3:3 two"),
        ("a: one", 9, 12, "1:7 "),
        ("a: one", -3, 1, "1:4 o"),
        ("a: ''", 0, 0, "1:5 "),
        ("a: [x]", 0, 1, "1:4 [x]"),
        ("b: 1", 0, 1, "1:1 b"),
    ],
)
def test_columns_inside_texts(text: str, start: int, end: int, place: str) -> None:
    assert within(text, start, end) == place


def test_a_very_long_folded_text_is_shown_whole() -> None:
    text = "a: x\n" + "  yy\n" * 30_000
    assert within(text, 2, 4).startswith("1:4 x\n")
