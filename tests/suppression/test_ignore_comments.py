"""What a comment says, and what it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.suppression.comments import Ignore, ignores_in
from playbook.suppression.grammar import directives_in, has_directives
from playbook.text.spans import SourceText

UNDERSTOOD = {
    "one code": ("# playbook: ignore[RCI002]", ["RCI002"], None, ""),
    "lower case": ("# playbook: ignore[rci002]", ["RCI002"], None, ""),
    "a family": ("# playbook: ignore[HND]", ["HND"], None, ""),
    "several": ("# playbook: ignore[RCI002,HND]", ["RCI002", "HND"], None, ""),
    "blanks": ("#playbook:ignore [ RCI002 , HND ]", ["RCI002", "HND"], None, ""),
    "a last day": ("# playbook: ignore[HND] until=2027-03-31", ["HND"], "2027-03-31", ""),
    "a reason": ("# playbook: ignore[HND] reason: it's, well, #12", ["HND"], None, "it's, well, #12"),
    "both": (
        "# playbook: ignore[HND] until=2027-03-31 reason: merger in progress",
        ["HND"],
        "2027-03-31",
        "merger in progress",
    ),
    "a capital letter": ("# Playbook: ignore[HND]", ["HND"], None, ""),
    "day behind reason": (
        "# playbook: ignore[HND] reason: a b until=2027-03-31",
        ["HND"],
        "2027-03-31",
        "a b",
    ),
    "both, with commas": ("# playbook: ignore[HND], until=2027-03-31, reason: a", ["HND"], "2027-03-31", "a"),
    "colon after until": ("# playbook: ignore[HND] until: 2027-03-31", ["HND"], "2027-03-31", ""),
    "behind other words": ("# we know. # playbook: ignore[HND]", ["HND"], None, ""),
    "an empty reason": ("# playbook: ignore[HND] reason:", ["HND"], None, ""),
    "a comma too many": ("# playbook: ignore[HND,]", ["HND"], None, ""),
    "a code that is none": ("# playbook: ignore[RCI0O2]", ["RCI0O2"], None, ""),
}

UNCLEAR = {
    "no codes": ("# playbook: ignore", "names no rules", "ignore"),
    "two days": ("# playbook: ignore[HND] until=2027-01-01 reason: a until=2027-03-31", "a second last day", None),
    "no day behind the reason": ("# playbook: ignore[HND] reason: a until=soon", "is not a day", None),
    "no codes, a reason": ("# playbook: ignore reason: all", "names no rules", "ignore"),
    "empty": ("# playbook: ignore[]", "'ignore[]' names no rules", "ignore[]"),
    "only commas": ("# playbook: ignore[ , ]", "names no rules", "ignore[ , ]"),
    "open bracket": ("# playbook: ignore[RCI002 until=2027-03-31", "not closed", None),
    "no such word": ("# playbook: disable[RCI002]", "'disable' is nothing", "disable"),
    "slip of the pen": ("# playbook: ingore[RCI002]", "'ingore' is nothing", "ingore"),
    "capital": ("# playbook: Ignore[RCI002]", "'Ignore' is nothing", "Ignore"),
    "no day": ("# playbook: ignore[HND] until=", "the last day is missing", "until="),
    "not a day": ("# playbook: ignore[HND] until=2027-02-30", "'2027-02-30' is not a day", "until=2027-02-30"),
    "another form of day": ("# playbook: ignore[HND] until=31.3.2027", "'31.3.2027' is not a day", None),
    "day of other digits": ("# playbook: ignore[HND] until=２０２７-03-31", "is not a day", None),
    "words behind": ("# playbook: ignore[HND] as agreed", "'as agreed' is neither", "as agreed"),
    "order": ("# playbook: ignore[HND] because until=2027-03-31", "is neither a last day nor", None),
    "a number as a code": ("# playbook: ignore[RCI002, 5]", "'5' is no code", "5"),
    "a star": ("# playbook: ignore[*]", "'*' is no code", "*"),
}

REMARKS = (
    "# playbook: the enterprise one",
    "# playbook:",
    "# playbook",
    "# see playbook: ignore[HND]",
    "# playbook: ignored until we hire",
    "# the playbook: ignore[HND]",
    "# a playbook is a [list]",
)


@pytest.mark.parametrize("what", UNDERSTOOD)
def test_what_is_understood(what: str) -> None:
    text, codes, until, reason = UNDERSTOOD[what]
    (found,) = directives_in(text)
    assert found.mistake == ""
    assert [code.name for code in found.codes] == codes
    assert [text[code.start : code.end].upper() for code in found.codes] == codes
    assert (found.until.isoformat() if found.until else None) == until
    assert found.reason == reason
    assert has_directives(text)


@pytest.mark.parametrize("what", UNCLEAR)
def test_what_is_unclear_is_said(what: str) -> None:
    text, message, place = UNCLEAR[what]
    (found,) = directives_in(text)
    assert message in found.mistake
    assert found.expected
    if place is not None:
        assert text[slice(*found.mistake_at)] == place
    assert has_directives(text)


@pytest.mark.parametrize("text", REMARKS)
def test_a_remark_asks_for_nothing(text: str) -> None:
    assert list(directives_in(text)) == []


def test_two_requests_in_one_comment() -> None:
    text = "# playbook: ignore[HND] reason: a # playbook: ignore[RCI] until=2027-01-01"
    first, second = directives_in(text)
    assert (first.codes[0].name, first.reason) == ("HND", "a")
    assert (second.codes[0].name, str(second.until)) == ("RCI", "2027-01-01")
    assert text[first.start : first.end] == "# playbook: ignore[HND] reason: a"
    assert text[second.start : second.end] == "# playbook: ignore[RCI] until=2027-01-01"


def test_the_key_of_a_playbook_is_no_request() -> None:
    assert not has_directives("playbook: p\ntitle: 'a # b'\nruns: {playbook: q}\n")
    assert has_directives("playbook: p\n#\t playbook: ignore[HND]\n")


# The text from « to » is what the comment is about.
SCOPES = {
    "a line": "a: 1\n«b: 2  »# playbook: ignore[X]\nc: 3\n",
    "a line that opens a block": "a:\n«  b:  »# playbook: ignore[X]\n    c: 3\n",
    "a line of a list": "a:\n«  - id: b  »# playbook: ignore[X]\n    c: 3\n",
    "an entry": "a: 1\n# playbook: ignore[X]\n«b: 2»\nc: 3\n",
    "an entry with all in it": "a: 1\n# playbook: ignore[X]\n«b:\n  c: 3\n  d:\n    - 4»\ne: 5\n",
    "an item with all in it": "a:\n  - id: b\n  # playbook: ignore[X]\n  «- id: c\n    d: 3»\n  - id: e\n",
    "an item that is a list": "a:\n  # playbook: ignore[X]\n  «- - 1\n    - 2»\n  - 3\n",
    "a key in an item": "a:\n  - id: b\n    # playbook: ignore[X]\n    «c: {d: 3}»\n    e: 4\n",
    "the first key": "# playbook: ignore[X]\n«a:\n  b: 1»\nc: 2\n",
    "a part of brackets": "a: {\n  b: 1,\n  # playbook: ignore[X]\n  «c: [1,\n   2]»,\n  d: 1}\n",
    "under other comments": "# what it is\n# playbook: ignore[X]\n\n# more\n«a: 1»\nb: 2\n",
    "indented less": "a:\n# playbook: ignore[X]\n  «- 1»\n  - 2\n",
    "indented more": "a:\n  - 1\n  # playbook: ignore[X]\n«b: 2»\n",
    "a text over lines": "«a: b\n  c  »# playbook: ignore[X]\nd: 1\n",
    "a quoted text over lines": "d: 1\n«a: 'b\n  c'  »# playbook: ignore[X]\n",
    "a block text": "«a: |  »# playbook: ignore[X]\n  text\nb: 1\n",
    "brackets over lines": "a: [1,\n«  2]  »# playbook: ignore[X]\n",
    "Windows lines": "a: 1\r\n«b: 2  »# playbook: ignore[X]\r\nc: 3\r\n",
    "an anchor": "a: 1\n# playbook: ignore[X]\n«b: &x {c: 1}»\nd: *x\n",
    "the file": "# playbook: ignore-file[X]\na: 1\n",
    "the file, below a remark": "# about it\n\n# playbook: ignore-file[X]\n---\na: 1\n",
}


@pytest.mark.parametrize("what", SCOPES)
def test_what_a_comment_is_about(what: str) -> None:
    marked = SCOPES[what]
    text = marked.replace("«", "").replace("»", "")
    stretch = (marked.index("«"), marked.index("»") - 1) if "«" in marked else (0, len(text))
    (found,) = ignores_in(SourceText("f", text))
    assert found.directive.mistake == ""
    assert text[slice(*found.stretch)] == text[slice(*stretch)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\n# playbook: ignore-file[X]\nb: 1\n", "'ignore-file' stands below the first line"),
        ("a: 1 # playbook: ignore-file[X]\n", "'ignore-file' stands below the first line"),
        ("a: 1\n# playbook: ignore[X]\n", "nothing stands below"),
        ("# playbook: ignore[X]\n", "nothing stands below"),
    ],
)
def test_a_comment_where_it_means_nothing(text: str, message: str) -> None:
    (found,) = ignores_in(SourceText("f", text))
    assert message in found.directive.mistake


@pytest.mark.parametrize(
    "text",
    [
        "a: '# playbook: ignore[X]'\n",
        'a: "b\n  # playbook: ignore[X]\n  c"\n',
        "a: |\n  # playbook: ignore[X]\n",
        "a: >-\n  b\n  # playbook: ignore[X]\nb: 1\n",
        "a: b# playbook: ignore[X]\n",
        "a: [\n# playbook: ignore[X]\n",  # no YAML
        "a: 1\n  b: 2 # playbook: ignore[X]\n",
    ],
)
def test_what_is_no_comment(text: str) -> None:
    assert ignores_in(SourceText("f", text)) == ()


REMOVED = {
    "a: 1  # playbook: ignore[X]\nb: 2\n": "a: 1\nb: 2\n",
    "a: 1  # why # playbook: ignore[X]\nb: 2\n": "a: 1  # why\nb: 2\n",
    "a:\n  # playbook: ignore[X]\n  b: 2\n": "a:\n  b: 2\n",
    "a:\r\n  # playbook: ignore[X] \r\n  b: 2\r\n": "a:\r\n  b: 2\r\n",
    "a:\n  # why # playbook: ignore[X]\n  b: 2\n": "a:\n  # why\n  b: 2\n",
    "# playbook: ignore-file[X]": "",
}


@pytest.mark.parametrize("text", REMOVED)
def test_what_goes_with_a_comment(text: str) -> None:
    (found,) = ignores_in(SourceText("f", text))
    assert text[: found.whole[0]] + text[found.whole[1] :] == REMOVED[text]


def test_removing_one_of_two() -> None:
    text = "  # playbook: ignore[X] # playbook: ignore[Y]\n  a: 1\n"
    first, second = ignores_in(SourceText("f", text))
    assert _without(text, first) == "  # playbook: ignore[Y]\n  a: 1\n"
    assert _without(text, second) == "  # playbook: ignore[X]\n  a: 1\n"


def _without(text: str, ignore: Ignore) -> str:
    return text[: ignore.whole[0]] + text[ignore.whole[1] :]


SIGNS = ["# playbook: ignore[", "RCI001", "]", ",", " until=", "2027-01-31", " reason: ", "#", "'", '"', "|", "\n"]
OTHERS = [
    "  ",
    "a: ",
    "- ",
    "{",
    "}",
    "\r\n",
    "playbook:",
    "ignore-file[",
    "\t",
    "&x ",
    "*x",
    "---\n",
    "é😀",
    "\x85",
    ":",
]
PIECES = st.sampled_from([*SIGNS, *OTHERS])


@given(st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join))
def test_no_text_breaks_anything(text: str) -> None:
    list(directives_in(text))
    for ignore in ignores_in(SourceText("f", text)):
        start, end = ignore.whole
        assert 0 <= start <= ignore.directive.start <= ignore.directive.end <= max(end, ignore.directive.end)
        assert text[ignore.directive.start] == "#"
        assert end <= len(text)
