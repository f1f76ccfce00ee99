"""Where a cursor stands, also in what is no YAML at the moment."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.editor.cursor import Cursor, cursor_at, kind_of

MARK = "▮"


def at(marked: str) -> Cursor:
    offset = marked.index(MARK)
    return cursor_at(marked.replace(MARK, ""), offset)


STEP: tuple[str | int, ...] = ("stages", 0, "steps", 0)
HEAD = "playbook: x\nstages:\n  - id: a\n    title: A\n    steps:\n      - id: s\n"


@pytest.mark.parametrize(
    ("text", "where", "path", "written"),
    [
        ("▮", "key", (), ""),
        ("pl▮", "key", (), "pl"),
        ("playbook: ▮", "value", ("playbook",), ""),
        ("playbook:▮", "value", ("playbook",), ""),
        ("playbook: x▮", "value", ("playbook",), "x"),
        ("playbook: x # a▮", "comment", (), "# a"),
        ("# a▮", "comment", (), "# a"),
        ("playbook: 'x # a▮", "value", ("playbook",), "x # a"),
        ("playbook: 'x' # a▮", "comment", (), "# a"),
        ("playbook: x\n▮", "key", (), ""),
        ("playbook: x\n\n▮\ntitle: y", "key", (), ""),
        ("stages:\n▮", "key", (), ""),
        ("stages:\n  ▮", "item", ("stages",), ""),
        ("stages:\n  - ▮", "item", ("stages", 0), ""),
        ("stages:\n- ▮", "item", ("stages", 0), ""),
        ("stages:\n- id: a\n- ▮", "item", ("stages", 1), ""),
        ("stages:\n- id: a\n  ▮", "key", ("stages", 0), ""),
        (HEAD + "        ▮", "key", ("stages", 0, "steps", 0), ""),
        (HEAD + "        d▮", "key", ("stages", 0, "steps", 0), "d"),
        (HEAD + "        do: ▮", "value", (*STEP, "do"), ""),
        (HEAD + "        raci: {▮", "key", ("stages", 0, "steps", 0, "raci"), ""),
        (HEAD + "        raci: {A▮", "key", ("stages", 0, "steps", 0, "raci"), "A"),
        (HEAD + "        raci: {A: ▮", "value", ("stages", 0, "steps", 0, "raci", "A"), ""),
        (HEAD + "        raci: {A: x, R: [a, ▮]}", "value", ("stages", 0, "steps", 0, "raci", "R", 1), ""),
        (HEAD + "        raci: {A: x, ▮}", "key", ("stages", 0, "steps", 0, "raci"), ""),
        (HEAD + "        raci: {A: x}▮", "nowhere", (), ""),
        (HEAD + "        raci: {A: x}  # p▮", "comment", (), "# p"),
        (HEAD + "        raci:\n          ▮", "item", ("stages", 0, "steps", 0, "raci"), ""),
        (HEAD + "        raci:\n          A: x\n          ▮", "key", ("stages", 0, "steps", 0, "raci"), ""),
        (HEAD + "        raci: {A: x,\n          R: ▮", "value", ("stages", 0, "steps", 0, "raci", "R"), ""),
        (HEAD + "        raci: {A: x,\n        do: ▮", "value", (*STEP, "do"), ""),
        (HEAD + "        do: 'x\n        due: ▮", "value", ("stages", 0, "steps", 0, "due"), ""),
        (HEAD + "        after:\n          - ▮", "item", ("stages", 0, "steps", 0, "after", 0), ""),
        (HEAD + "        after:\n        - a\n        - ▮", "item", ("stages", 0, "steps", 0, "after", 1), ""),
        (HEAD + "      - ▮", "item", ("stages", 0, "steps", 1), ""),
        (HEAD + "      ▮", "item", ("stages", 0, "steps", 1), ""),
        (HEAD + "    ▮", "key", ("stages", 0), ""),
        (HEAD + "  - id: b\n    ▮", "key", ("stages", 1), ""),
        (HEAD + "  ▮", "item", ("stages", 1), ""),
        (HEAD + "        when: >-\n          a == 1\n          and ▮", "value", (*STEP, "when"), None),
        (HEAD + "        description: |\n          key: text ▮", "value", (*STEP, "description"), None),
        (HEAD + "        description: |\n          text\n        ▮", "key", ("stages", 0, "steps", 0), ""),
        (HEAD + "        description: |\n\n          text\n        do: ▮", "value", (*STEP, "do"), ""),
        (HEAD + "        : : broken [\n        do: ▮", "value", (*STEP, "do"), ""),
        ("roles:\r\n  csm: {title: C}\r\n  ▮", "key", ("roles",), ""),
        ("roles:\n  csm: {title: 'a, b: {', team: ▮}", "value", ("roles", "csm", "team"), ""),
        ("handoffs: {to_cs: {from: ▮}}", "value", ("handoffs", "to_cs", "from"), ""),
        ("handoffs: {to_cs: {from: ae, to: csm}, back: {▮}}", "key", ("handoffs", "back"), ""),
        ("when: a == \"x\" and ▮", "value", ("when",), 'a == "x" and '),
        ("when: 'a == \"▮\"'", "value", ("when",), 'a == "'),
        ("title: 🚀 go ▮", "value", ("title",), "🚀 go "),
        ("---\nplaybook: x\n▮", "key", (), ""),
        ('"playbook": ▮', "value", ("playbook",), ""),
        ("x: &anchor ▮", "value", ("x",), ""),
    ],
)  # fmt: skip
def test_places(text: str, where: str, path: tuple[str | int, ...], written: str | None) -> None:
    cursor = at(text)
    assert (cursor.where, cursor.path) == (where, path)
    if written is not None:
        assert cursor.text == written


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("playbook: x\n▮\ntitle: y\nstages:\n  - id: a\n", {"playbook", "title", "stages"}),
        (
            "stages:\n  - id: a\n    ▮\n    goal: x\n    steps:\n      - id: b\n  - next: y\n",
            {"id", "goal", "steps"},
        ),
        ("stages:\n  - ▮\n    goal: x\n  - next: y\n", {"goal"}),
        ("raci: {A: x, ▮, R: y, C: {b: z}}", {"A", "R", "C"}),
        ("raci: {A▮: x, R: y}", {"R"}),
        ("ti▮tle: x\nid: y", {"id"}),
    ],
)
def test_keys_that_are_there(text: str, present: set[str]) -> None:
    assert at(text).present == present


def test_kinds() -> None:
    assert kind_of("# c\n\nplaybook: x\n{{") == "playbook"
    assert kind_of("services:\n  metrics: x\n") is None
    assert kind_of("") is None


_PIECES = st.sampled_from(
    [*"{}[]'\"|>xé🚀:\t\\\u2028%", "a: ", "- ", "\n", "\n  ", "\n    ", ", ", "# ", "\r\n", "&a ", "? ", "---"]
)


@given(st.lists(_PIECES, max_size=40).map("".join), st.integers(0, 120))
@example("}" * 20, 20)
@example("{a: ]}", 6)
@example("a: '" + "\\" * 9, 13)
def test_any_text_has_an_answer(text: str, offset: int) -> None:
    cursor = cursor_at(text, offset)
    assert 0 <= cursor.start <= len(text)
    if cursor.where in ("key", "item"):
        assert cursor.start <= min(offset, len(text)) <= cursor.end


def test_long_lines_are_read_in_no_time() -> None:
    for text in (
        "a" + " " * 50_000,
        "{" * 50_000,
        "- " * 25_000,
        "'" * 50_000,
        "a: " + "[" * 25_000,
        "#" * 50_000,
    ):
        cursor_at(text, len(text))
