"""Every key and value of a TOML text has its place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.config.places import TomlPlaces
from playbook.text.paths import KeyPath

TEXT = """\
# a comment with [brackets] and "quotes = 1"
profile = "team" # ["x"]
include=["**/*.yaml" , 'a # b',
  # between
  "c",  ]
a.b . "c d" = 1_000
[per_file_ignores]
"drafts/**" = [ "RCI" ]
'x.y' = []
[ options . RCI007 ]
at_most = 6
share = -0.5e3
names = [["a"], [ {x = "1", y.z = [true]} ]]
"quo\\"ted" = \"\"\"
a ] # no
""\"\"\"
lit = '''\\'''
day = 2027-03-31 07:32:00
[[many]]
one = 1
[[many]]
one = 2
[many.sub]
two = inf
"""

PLACES: dict[KeyPath, tuple[str, str]] = {
    ("profile",): ("profile", "team"),
    ("include",): ("include", '["**/*.yaml" , \'a # b\',\n  # between\n  "c",  ]'),
    ("include", 1): ("include", "a # b"),
    ("include", 2): ("include", "c"),
    ("a",): ("a", "a"),
    ("a", "b"): ("b", "b"),
    ("a", "b", "c d"): ("c d", "1_000"),
    ("per_file_ignores",): ("per_file_ignores", "per_file_ignores"),
    ("per_file_ignores", "drafts/**"): ("drafts/**", '[ "RCI" ]'),
    ("per_file_ignores", "drafts/**", 0): ("drafts/**", "RCI"),
    ("per_file_ignores", "x.y"): ("x.y", "[]"),
    ("options", "RCI007"): ("RCI007", "RCI007"),
    ("options", "RCI007", "at_most"): ("at_most", "6"),
    ("options", "RCI007", "share"): ("share", "-0.5e3"),
    ("options", "RCI007", "names", 0, 0): ("names", "a"),
    ("options", "RCI007", "names", 1, 0, "x"): ("x", "1"),
    ("options", "RCI007", "names", 1, 0, "y", "z", 0): ("z", "true"),
    ("options", "RCI007", 'quo"ted'): ('quo\\"ted', '\na ] # no\n""'),
    ("options", "RCI007", "lit"): ("lit", "\\"),
    ("options", "RCI007", "day"): ("day", "2027-03-31 07:32:00"),
    ("many", 1, "one"): ("one", "2"),
    ("many", 1, "sub", "two"): ("two", "inf"),
    ("options", "RCI007", "none"): ("RCI007", "RCI007"),
}


@pytest.mark.parametrize("path", PLACES, ids=str)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_places(path: KeyPath, ending: str) -> None:
    text = TEXT.replace("\n", ending)
    places = TomlPlaces(text)
    for expected, key in zip(PLACES[path], (True, False), strict=True):
        found = places.find(path, key=key)
        assert found is not None
        assert text[slice(*found)].replace("\r\n", "\n") == expected


def test_what_is_nowhere() -> None:
    assert TomlPlaces(TEXT).find(("none", "at", "all")) is None
    assert not TomlPlaces(TEXT).has(("none",))
    assert TomlPlaces(TEXT).has(("many", 0, "one"))


def paths_of(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every path of a value with what stands there."""
    if path:
        yield path, value
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from paths_of(part, (*path, key))


KEYS = st.sampled_from(["a", "b-1", '"c.d"', "'e f'", '"é\\n"', '""', "1"])
BLANKS = st.sampled_from(["", " ", "\t"])
LINES = st.sampled_from(["", " ", "\n", ' # x ] = "\n  ', "\r\n"])
SCALARS = st.sampled_from(
    ["1", "-0x1f", "true", "1979-05-27", "'#'", '"a\\"]b"', "'''\n]'''", '"""x"""""', "''", '"""\\""""', "nan"]
)


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    kind = draw(st.sampled_from(["scalar", "scalar", "array", "table"])) if depth else "scalar"
    if kind == "array":
        items = [draw(LINES) + draw(values(depth=depth - 1)) + draw(LINES) for _ in range(draw(st.integers(0, 3)))]
        return "[" + ",".join(items) + ("," if items and draw(st.booleans()) else "") + draw(LINES) + "]"
    if kind == "table":
        count = draw(st.integers(0, 2))
        pairs = [f"k{at}{draw(BLANKS)}={draw(BLANKS)}{draw(values(depth=depth - 1))}" for at in range(count)]
        return "{ " + ", ".join(pairs) + " }"
    return draw(SCALARS)


@st.composite
def documents(draw: st.DrawFn) -> str:
    lines = []
    for _ in range(draw(st.integers(0, 6))):
        dotted = draw(BLANKS) + (draw(BLANKS) + "." + draw(BLANKS)).join(
            draw(st.lists(KEYS, min_size=1, max_size=3))
        )
        head = draw(st.sampled_from(["=", "=", "[", "[["]))
        if head == "=":
            lines.append(f"{dotted}{draw(BLANKS)}={draw(BLANKS)}{draw(values())}{draw(BLANKS)}")
        else:
            lines.append(head + dotted + "]" * len(head))
    return "\n".join(lines)


@given(documents())
def test_all_that_is_read_has_its_place(text: str) -> None:
    places = TomlPlaces(text)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        places.find(("a",))
        return
    for path, value in paths_of(content):
        found = places.find(path)
        assert found is not None
        assert places.has(path)
        if not isinstance(value, dict | list):
            written = text[slice(*found)]
            quoted = [written, *(f"{sign}{written}{sign}" for sign in ("'", '"', "'''", '"""'))]
            assert any(_is(value, each) for each in quoted), (path, written)


def _is(value: object, written: str) -> bool:
    try:
        read = tomllib.loads(f"x = {written}")["x"]
    except tomllib.TOMLDecodeError:
        return False
    return repr(read) == repr(value)


@given(st.text(alphabet="ab=[]{}'\".,#\n\\ 1", max_size=40))
def test_any_text_comes_to_an_end(text: str) -> None:
    TomlPlaces(text).find(("a",))
