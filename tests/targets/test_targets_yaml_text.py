from __future__ import annotations

import io
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some
from ruamel.yaml import YAML
from tests.formats.samples import HOSTILE

from playbook.targets.files.yaml_text import yaml_bytes

ODD = [
    "no",
    "Yes",
    "on",
    "y",
    "null",
    "~",
    "12:30",
    "1e3",
    "0o7",
    "017",
    "1_000",
    "2026-12-01",
    ".5",
    "- a",
    "a: b",
    "#x",
]


def readings(data: bytes) -> list[Any]:
    """What a reader of YAML 1.1 and one of 1.2 make of it."""
    return [yaml.safe_load(data), YAML(typ="safe", pure=True).load(io.BytesIO(data))]


@pytest.mark.parametrize("text", [*ODD, *HOSTILE.values(), "{{ x }}", "plain words", "a_b.c"])
def test_a_text_stays_a_text(text: str) -> None:
    expected = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for read in readings(yaml_bytes({"text": text, text or "empty": [text]})):
        assert list(read) == ["text", expected or "empty"]
        assert read["text"] == expected
        assert read[expected or "empty"] == [expected]


_PLAIN: Any = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(some.characters(exclude_categories=["Cs"])),
    lambda inside: (
        some.lists(inside, max_size=3) | some.dictionaries(some.text("abyno1:- ", min_size=1), inside, max_size=3)
    ),
    max_leaves=10,
)


@given(_PLAIN)
def test_any_data_comes_back(value: Any) -> None:
    for read in readings(yaml_bytes({"value": value})):
        assert read == {"value": value}


def test_comments_stand_above_and_the_same_list_twice_is_written_twice() -> None:
    shared = ["a"]
    data = yaml_bytes({"one": shared, "two": shared}, ["Said\nin one line: no"])
    assert data == b"# Said in one line: no\none:\n  - a\ntwo:\n  - a\n"
