"""What YAML 1.2 means, and what the reader makes of aliases and merges."""

from __future__ import annotations

import gc

import pytest

from playbook.reader import Values, read_values
from playbook.text.scalars import Plain
from playbook.text.spans import SourceText


def read(text: str) -> object:
    values = read_values(SourceText("f.yaml", text))
    assert values.diagnostics == ()
    return values.value


TEXTS = (
    "yes",
    "on",
    "off",
    "No",
    "12:30",
    "2026-10-01",
    "3.1.0",
    "1_000",
    "5bd",
    "0b1",
    "+-1",
    "1e",
    ".",
    "0o8",
)
NUMBERS = ("12", "-12", "+3", "0777", "0o17", "0xFF", "3.10", "1e3", ".5", "5.", "-.inf", ".NaN", "9" * 5000)
BOOLEANS = ("true", "True", "TRUE", "false", "False", "FALSE")


@pytest.mark.parametrize("text", TEXTS)
def test_unquoted_texts(text: str) -> None:
    value = read(f"a: {text}")
    assert value == {"a": text}
    assert type(value["a"]) is str  # type: ignore[index]


@pytest.mark.parametrize("text", NUMBERS + BOOLEANS)
def test_unquoted_numbers_and_booleans(text: str) -> None:
    for document in (f"a: {text}", f"- {text}", f"{{a: {text}}}", text):
        value = read(document)
        while isinstance(value, (dict, list)):
            value = value["a"] if isinstance(value, dict) else value[0]
        assert type(value) is Plain
        assert value == text


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL", "# only a comment"])
def test_nothing(text: str) -> None:
    assert read(f"a: {text}") == {"a": None}
    assert read_values(SourceText("f.yaml", text)) == Values(None)


@pytest.mark.parametrize(
    "text", ["'12'", '"12"', "!!str 12", "! 12", "|-\n  12", ">-\n  12", "!<tag:yaml.org,2002:str> 12"]
)
def test_quoted_and_tagged_texts_are_texts(text: str) -> None:
    value = read(f"a: {text}")
    assert value == {"a": "12"}
    assert type(value["a"]) is str  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{url: https://x/y, due: 12:30}", {"url": "https://x/y", "due": "12:30"}),
        ("[Is it live?, a?b, what? yes]", ["Is it live?", "a?b", "what? yes"]),
        ("{is it?: yes, a: b:c}", {"is it?": "yes", "a": "b:c"}),
        ('{"a":1}', {"a": "1"}),
        ("[a:b, !!str 1, c:d]", ["a:b", "1", "c:d"]),
        ("{a: is it?, b: 'c:d', e: \"f?g\"}", {"a": "is it?", "b": "c:d", "e": "f?g"}),
        ("a: x\u2028y\x85 z\nb: 'q\u2029'\n", {"a": "x\u2028y\x85 z", "b": "q\u2029"}),
        ("a: [b?, \ue000, x\u2028y]", {"a": ["b?", "\ue000", "x\u2028y"]}),
        ("1: a\ntrue: b\n2026-01-01: c", {"1": "a", "true": "b", "2026-01-01": "c"}),
        ("a: >\n  one\n  two\n\n  three\n", {"a": "one two\nthree\n"}),
        ("a:\tb\n", {"a": "b"}),
        ("? a\n: b\n", {"a": "b"}),
        ("%YAML 1.2\n---\na: yes\n...\n", {"a": "yes"}),
    ],
)
def test_yaml_1_2(text: str, value: object) -> None:
    assert read(text) == value


def test_an_alias_is_the_same_object() -> None:
    value = read("a: &x [1]\nb: *x\nc: &y text\nd: *y\n*y : e")
    assert isinstance(value, dict)
    assert value["a"] is value["b"]
    assert value["d"] == "text"
    assert value["text"] == "e"


def test_an_anchor_may_be_redefined() -> None:
    assert read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == {"a": "1", "b": "1", "c": "2", "d": "2"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{<<: *a, y: 9}", {"x": "1", "y": "9"}),
        ("{y: 9, <<: *a}", {"y": "9", "x": "1"}),
        ("{<<: [*a, *b]}", {"x": "1", "y": "2", "z": "4"}),
        ("{<<: [*b, *a]}", {"x": "3", "z": "4", "y": "2"}),
        ("{<<: {q: 1}, r: 2}", {"q": "1", "r": "2"}),
        ("{'<<': 1}", {"<<": "1"}),
        ("{<<: *c}", {"x": "1", "y": "2", "n": "0"}),
    ],
)
def test_merges(text: str, value: dict[str, str]) -> None:
    document = f"a: &a {{x: 1, y: 2}}\nb: &b {{x: 3, z: 4}}\nc: &c {{<<: *a, n: 0}}\nm: {text}\n"
    result = read(document)
    assert isinstance(result, dict)
    assert result["m"] == value
    assert list(result["m"]) == list(value)


def test_the_first_of_duplicate_keys_wins() -> None:
    values = read_values(SourceText("f.yaml", "a: 1\nb: {c: 1, c: 2, d: 3}\na: {e: 1}\n"))
    assert values.value == {"a": "1", "b": {"c": "1", "d": "3"}}
    assert not values.failed


def test_the_garbage_collector_is_as_before() -> None:
    for text in ("a: 1", "a: @", "a: 1\na: 2"):
        read_values(SourceText("f.yaml", text))
        assert gc.isenabled()
    gc.disable()
    try:
        read_values(SourceText("f.yaml", "a: 1"))
        assert not gc.isenabled()
    finally:
        gc.enable()
