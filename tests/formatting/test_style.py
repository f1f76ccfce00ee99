"""The style, case by case: what is written and what it becomes."""

from __future__ import annotations

import pytest

from playbook.formatting import format_document
from playbook.reader import events
from playbook.text.spans import SourceText

LONG = "a label of some length that fills the line"

CASES: dict[str, tuple[str, str]] = {
    "the kind comes first, then the model's order": (
        "title: T\nversion: 1.0\nplaybook: p\nstages: []\n",
        "playbook: p\ntitle: T\nversion: 1.0\nstages: []\n",
    ),
    "an id comes before its title": (
        "playbook: p\nstages:\n  - title: A\n    steps:\n      - do: Call\n        id: call\n    id: a\n",
        "playbook: p\nstages:\n  - id: a\n    title: A\n    steps:\n      - id: call\n        do: Call\n",
    ),
    "keys of short lines have the same order": (
        "playbook: p\nhandoffs:\n  h: { to: csm,from: ae,accept: {by: x, within: 1d} }\n",
        "playbook: p\nhandoffs:\n  h: {from: ae, to: csm, accept: {within: 1d, by: x}}\n",
    ),
    "maps by id keep their order": (
        "playbook: p\nends:\n  z: {success: true, title: Z}\n  a: {}\n",
        "playbook: p\nends:\n  z: {title: Z, success: true}\n  a: {}\n",
    ),
    "unknown keys come last, in their order": (
        "playbook: p\nzoo: 1\napple: 2\ntitle: T\n",
        "playbook: p\ntitle: T\nzoo: 1\napple: 2\n",
    ),
    "a wrong type stays as it is": (
        "playbook: p\nstages: {b: 1, a: 2}\nends: [x, {b: 1}]\nraci: 3\n",
        "playbook: p\nends: [x, {b: 1}]\nstages: {b: 1, a: 2}\nraci: 3\n",
    ),
    "a block text without words stays as it is": (
        "playbook: p\nends:\n  a: |\n\n\nstages: []\n",
        "playbook: p\nends:\n  a: |\n\nstages: []\n",
    ),
    "lists are indented under their key": (
        "playbook: p\nstages:\n- id: a\n  enter:\n    - x\n    -   y\n",
        "playbook: p\nstages:\n  - id: a\n    enter:\n      - x\n      - y\n",
    ),
    "lists in lists": (
        "playbook: p\nx:\n-\n  - - a\n    - b\n-   - c\n",
        "playbook: p\nx:\n  - - - a\n      - b\n  - - c\n",
    ),
    "what does not fit becomes a block": (
        f"playbook: p\nends:\n  won: {{title: {LONG}, description: {LONG}, success: true}}  # why\n",
        f"playbook: p\nends:\n  won:  # why\n    title: {LONG}\n    description: {LONG}\n    success: true\n",
    ),
    "an item that does not fit": (
        f"playbook: p\nx:\n  - {{a: {LONG}, b: {LONG}, c: [1, 2]}}  # why\n",
        f"playbook: p\nx:\n  # why\n  - a: {LONG}\n    b: {LONG}\n    c: [1, 2]\n",
    ),
    "brackets over several lines come onto one": (
        "playbook: p\nends: {\n  a: {},\n  b: {\n  success: true },\n}\n",
        "playbook: p\nends: {a: {}, b: {success: true}}\n",
    ),
    "brackets with comments become a block": (
        "playbook: p\nx: [  # all\n  a, # first\n  # above b\n  b\n  # end\n]  # closed\n",
        "playbook: p\n# all\nx:  # closed\n  - a  # first\n  # above b\n  - b\n  # end\n",
    ),
    "a pair in a list": ("playbook: p\nx: [a: 1, b]\n", "playbook: p\nx: [{a: 1}, b]\n"),
    "texts stay as they are written": (
        "playbook: 'p'\ntitle:   \"T\\u0041\"\nversion: 3.10\nx: 0x1F\ny: ~\nz:\n",
        "playbook: 'p'\ntitle: \"T\\u0041\"\nversion: 3.10\nx: 0x1F\ny: ~\nz:\n",
    ),
    "block texts move with their key": (
        "playbook: p\ntitle: >-\n      one\n      two\n\n"
        "        deeper\n\n\noutcome:\n   statement: |\n     a  \n     b\n",
        "playbook: p\ntitle: >-\n  one\n  two\n\n    deeper\n\noutcome:\n  statement: |\n    a  \n    b\n",
    ),
    "a block text that begins with blanks": (
        "playbook: p\nx: |4-\n      two in\n    none\ny: |-1\n  one in\n",
        "playbook: p\nx: |2-\n    two in\n  none\ny: |2-\n   one in\n",
    ),
    "blank lines that belong to a text": (
        "playbook: p\nx:\n  y: |+\n    a\n\n\nz: {}\nends:\n  a: >+\n   b\n\nstages:\n - id: c\n",
        "playbook: p\nends:\n  a: >+\n    b\n\nstages:\n  - id: c\n\nx:\n  y: |+\n    a\n\n\nz: {}\n",
    ),
    "a block text at the end of a file without a line break": (
        "playbook: p\nx: |\n  a",
        "playbook: p\nx: |-\n  a\n",
    ),
    "a kept text at the end of a file without a line break, that moves up": (
        "playbook: p\nstages:\n  - id: a\nends:\n  x: |+\n    b",
        "playbook: p\nends:\n  x: |-\n    b\n\nstages:\n  - id: a\n",
    ),
    "texts over several lines": (
        "playbook: p\nx: one\n   two\n\n   three\ny: \"a \\\n     b\\ \n     c\"\nz:\n     'd\n  e'\n",
        "playbook: p\nx: one\n  two\n\n  three\ny: \"a \\\n  b\\ \n  c\"\nz: 'd\n  e'\n",
    ),
    "a long text below its key stays there": (
        f"playbook: p\ntitle:\n    {LONG} {LONG} {LONG}\ndescription:\n  short\n",
        f"playbook: p\ntitle:\n  {LONG} {LONG} {LONG}\ndescription: short\n",
    ),
    "sections are set apart": (
        "playbook: p\ntitle: T\nends:\n  a: {}\nsegments:\n  b: {}\nx: {}\n\n\ny: 1\n",
        "playbook: p\ntitle: T\nends:\n  a: {}\n\nsegments:\n  b: {}\nx: {}\n\ny: 1\n",
    ),
    "stages are set apart": (
        "playbook: p\nstages:\n\n  - id: a\n    due: 1d\n  # the second\n"
        "  - id: b\n    steps:\n\n      - id: c\n\n\n      - id: d\n",
        "playbook: p\nstages:\n  - id: a\n    due: 1d\n\n  # the second\n"
        "  - id: b\n    steps:\n      - id: c\n\n      - id: d\n",
    ),
    "comments move with their keys": (
        "playbook: p\n# when it counts\nversion: 1  # the first\n"
        "\n# what it is called\n# in public\n\ntitle: T # short\n",
        "playbook: p\n\n# what it is called\n# in public\n\n"
        "title: T  # short\n# when it counts\nversion: 1  # the first\n",
    ),
    "a comment ends the block that it is indented to": (
        "playbook: p\nstages:\n  - id: a\n    steps:\n    - id: s\n"
        "    # end of the stage\n  # above b\n  - id: b\n# the end\n",
        "playbook: p\nstages:\n  - id: a\n    steps:\n      - id: s\n"
        "    # end of the stage\n\n  # above b\n  - id: b\n# the end\n",
    ),
    "a comment above what becomes the first key of an item": (
        "playbook: p\nstages:\n  - title: A\n    # its name\n    id: a\n",
        "playbook: p\nstages:\n  # its name\n  - id: a\n    title: A\n",
    ),
    "comments between a key and its value": (
        "playbook: p\ntitle: # one\n  # two\n  T  # three\n",
        "playbook: p\n# two\n# one\ntitle: T  # three\n",
    ),
    "a comment in the header of a text": (
        "playbook: p\nx: |-   # why\n    # text\n",
        "playbook: p\nx: |-  # why\n  # text\n",
    ),
    "a header stays on top": (
        "# Copyright\n\n# about the title\ntitle: T\nplaybook: p\n",
        "# Copyright\n\nplaybook: p\n# about the title\ntitle: T\n",
    ),
    "directives and markers": (
        "%YAML 1.2\n# c\n---   # here\nplaybook: p   \n...\n# after\n",
        "%YAML 1.2\n# c\n--- # here\nplaybook: p\n...\n# after\n",
    ),
    "an anchor stays above what repeats it": (
        "playbook: p\nstages:\n  - id: a\n    sla: &s {breach: 1d}\n"
        "    due: 1d\n    raci: {A: x}\n    steps: [{sla: *s, id: b}]\n",
        "playbook: p\nstages:\n  - id: a\n    raci: {A: x}\n    due: 1d\n"
        "    sla: &s {breach: 1d}\n    steps: [{id: b, sla: *s}]\n",
    ),
    "an anchor that would come too late": (
        "playbook: p\nstages: &s\n  - id: a\nchangelog: *s\ntitle: T\n",
        "playbook: p\ntitle: T\nstages: &s\n  - id: a\nchangelog: *s\n",
    ),
    "merges, tags and aliases as keys": (
        "playbook: &p p\nx: {<<: &m {b: !!str 1}, *p : !!str , c}\n? y\n: - !!str\n  - &e\n",
        "playbook: &p p\nx: {<<: &m {b: !!str 1}, *p : !!str , c}\ny:\n  - !!str\n  - &e\n",
    ),
    "a key over several lines": (
        'playbook: p\nx:\n  ? "a\n     b"\n  : [1]\n',
        'playbook: p\nx:\n  ? "a\n    b"\n  : [1]\n',
    ),
    "what only means itself in brackets stays there": (
        f"playbook: p\nx: [-,  {LONG}, {LONG}, {LONG}]\n",
        f"playbook: p\nx: [-, {LONG}, {LONG}, {LONG}]\n",
    ),
    "a document in brackets": ("{title: T, playbook: p}\n", "{playbook: p, title: T}\n"),
    "a long document in brackets": (
        f"# c\n{{title: {LONG}, playbook: p, description: {LONG}, stages: []}}\n",
        f"# c\nplaybook: p\ntitle: {LONG}\ndescription: {LONG}\nstages: []\n",
    ),
    "line ends": (
        "playbook: p\r\ntitle: |\r\n  a\r\n  b\r\nends: {}  \r\n\r\n\r\n",
        "playbook: p\ntitle: |\n  a\n  b\nends: {}\n",
    ),
    "colons in brackets": (
        "playbook: p\nx: {u: https://x.example/a?b, t: 12:30}\n",
        "playbook: p\nx: {u: https://x.example/a?b, t: 12:30}\n",
    ),
    "breaks that YAML 1.2 does not have": (
        "title: a\u2028b # c\x85d\nplaybook: p\n",
        "playbook: p\ntitle: a\u2028b  # c\x85d\n",
    ),
}


@pytest.fixture(params=["c", "pure"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure":
        monkeypatch.setattr(events, "_CParser", None)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("case", CASES)
def test_style(case: str) -> None:
    given, expected = CASES[case]
    result = format_document(SourceText("f.yaml", given), "playbook")
    assert (result.text, result.fault) == (expected, "")
    assert format_document(SourceText("f.yaml", expected), "playbook").text == expected


def test_one_item_without_brackets_is_ordered_like_an_item() -> None:
    given = "playbook: p\nstages:\n  - id: a\n    enter: {check: x, title: T}\n"
    assert "enter: {title: T, check: x}" in format_document(SourceText("f", given), "playbook").text


def test_where_one_of_several_models_may_stand_the_keys_tell() -> None:
    given = "playbook: p\nstages:\n  - id: a\n    statuses: {any_of: [{clock: stopped, status: New}]}\n"
    assert "{any_of: [{status: New, clock: stopped}]}" in format_document(SourceText("f", given), "playbook").text


def test_an_anchor_ends_where_the_parser_says() -> None:
    """One parser reads the anchor ``a`` here, the other ``a:b``; either way the meaning stays."""
    assert format_document(SourceText("x", "playbook: p\nends:\n  &a:b:\n"), "playbook").fault == ""
