"""Reading expressions: what is one, what is refused, and at which characters."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.expressions.parse import LONGEST, parse_expression

GOOD = {
    "deal.closed_won": ["deal.closed_won"],
    "a.b and c.d or not e.f": ["a.b", "c.d", "e.f"],
    "account.arr >= 10_000 and account.arr < 100_000": ["account.arr", "account.arr"],
    "0 < account.seats <= 5": ["account.seats"],
    'contact.role == "admin"': ["contact.role"],
    'account.segment in ["smb", "enterprise"]': ["account.segment"],
    'account.segment not in ("smb",)': ["account.segment"],
    "account.active / account.seats * 2 + 1 - x.y >= 0.6": ["account.active", "account.seats", "x.y"],
    "-account.balance > 0": ["account.balance"],
    "count(contacts.trained) >= 3": ["contacts.trained"],
    "days_since(kickoff.completed, deal.closed_won) < 5": ["kickoff.completed", "deal.closed_won"],
    "True": [],
    "a.b == True and c.d != False": ["a.b", "c.d"],
    "a.b.c.d": ["a.b.c.d"],
    "name": ["name"],
    "  a.b  ": ["a.b"],
    "a.b\n  and c.d": ["a.b", "c.d"],
    "a.b\tand\tc.d": ["a.b", "c.d"],
    "(\n  a.b\n  or c.d\n)": ["a.b", "c.d"],
    'konto.größe == "groß" and a.b': ["konto.größe", "a.b"],
    '"🙂" == a.b and "日本" != c.d': ["a.b", "c.d"],
}


@pytest.mark.parametrize("text", GOOD)
def test_good(text: str) -> None:
    parsed = parse_expression(text)
    assert parsed.mistakes == ()
    assert parsed.tree is not None
    assert [use.name for use in parsed.names] == GOOD[text]
    for use in parsed.names:
        assert text[use.start : use.end] == use.name


BAD = [
    # text, the characters that are underlined, a part of the message, suggestion
    ("a.b && c.d", "&&", "'&&' is not an operator", "and"),
    ("a.b || c.d", "||", "'||' is not an operator", "or"),
    ("a.b <> 1", "<>", "'<>' is not an operator", "!="),
    ("a.b => 1", "=>", "'=>' is not an operator", ">="),
    ("a.b =< 1", "=<", "'=<' is not an operator", "<="),
    ("a.b = 1", "=", "'=' compares nothing", "=="),
    ("größe.x = 1", "=", "'=' compares nothing", "=="),
    ("!a.b", "!", "'!' is not an operator", "not"),
    ("not a.b && c.d", "&&", "'&&' is not an operator", "and"),
    ("a.b AND c.d", "AND", "'AND' is not an operator", "and"),
    ("a.b === 1", "===", "'===' is not an operator", "=="),
    ("a.b ≥ 1", "≥", "'≥' is not an operator", ">="),
    ("a.b == true", "true", "'true' is not a literal", "True"),
    ("a.b != false", "false", "'false' is not a literal", "False"),
    ("a.b # why\n and c.d", "# why\n and c.d", "a comment cannot stand", None),
    ("a.b is True", "a.b is True", "'is' is not part", "=="),
    ("a.b is not None", "a.b is not None", "'is' is not part", "!="),
    ("a.b if c.d else e.f", "a.b if c.d else e.f", "a conditional", None),
    ("a.b[0]", "a.b[0]", "an index", None),
    ("lambda: a.b", "lambda: a.b", "a function", None),
    ('f"{a.b}"', 'f"{a.b}"', "a formatted text", None),
    ("{a.b: 1}", "{a.b: 1}", "a mapping", None),
    ("{a.b}", "{a.b}", "a set", None),
    ("(a := 1)", "a := 1", "an assignment", None),
    ("a.b ** 2", "a.b ** 2", "**", None),
    ("a.b % 2", "a.b % 2", "%", None),
    ("a.b // 2", "a.b // 2", "//", None),
    ("+a.b", "+a.b", "a leading +", None),
    ("~a.b", "~a.b", "not part of the language", None),
    ("a.b | c.d", "a.b | c.d", "not part of the language", None),
    ("a.b @ c.d", "a.b @ c.d", "not part of the language", None),
    ("[x for x in a.b]", "[x for x in a.b]", "not part of the language", None),
    ("None", "None", "the literal None", None),
    ("a.b == None", "None", "the literal None", None),
    ("b'x'", "b'x'", "the literal", None),
    ("1j", "1j", "the literal", None),
    ("...", "...", "the literal", None),
    ("a.b.c(1)", "a.b.c(1)", "only named functions", None),
    ("count(of=a.b)", "count(of=a.b)", "only named functions", None),
    ("count(*a.b)", "*a.b", "not part of the language", None),
    ('"x".lower', '"x".lower', "only a name may stand before a dot", None),
    ("a.b and (c.d)[0]", "(c.d)[0]", "an index", None),
    ("größe.x and a.b[0]", "a.b[0]", "an index", None),
    ('"🙂" == a.b[0]', "a.b[0]", "an index", None),
    ("  a.b[0]", "a.b[0]", "an index", None),
    ("x.y and\n  a.b[0]", "a.b[0]", "an index", None),
    ("x.y\tand\ta.b[0]", "a.b[0]", "an index", None),
]


@pytest.mark.parametrize(("text", "wrong", "message", "suggestion"), BAD)
def test_bad(text: str, wrong: str, message: str, suggestion: str | None) -> None:
    parsed = parse_expression(text)
    assert parsed.tree is None
    first = parsed.mistakes[0]
    assert message in first.message
    assert text[first.start : first.end] == wrong
    assert first.suggestion == suggestion


UNREADABLE = [
    # text, where the mistake starts (Python's versions differ by a word), a part of the message
    ("a.b and", {6}, "ends too early"),
    ("account.use-case and ", {19}, "ends too early"),
    ("größe.x >", {8}, "ends too early"),
    (" ", {0}, "ends too early"),
    ("a.b and and c.d", {8}, "cannot be read here"),
    ("a.b c.d", {0, 4}, "cannot be read here"),
    ("(a.b", {0}, "cannot be read here"),
    ("a.b)", {3}, "cannot be read here"),
    ("größe.x and and c.d", {12}, "cannot be read here"),
    ('"🙂" == a.b and and c.d', {15}, "cannot be read here"),
    ("   a.b and and c.d", {11}, "cannot be read here"),
    ("5 days", {0, 2}, "cannot be read here"),
    ("a..b", {2}, "cannot be read here"),
    ("1abc", {0}, "cannot be read here"),
    ("'open", {0}, "cannot be read here"),
]


@pytest.mark.parametrize(("text", "starts", "message"), UNREADABLE)
def test_what_cannot_be_read_has_a_place(text: str, starts: set[int], message: str) -> None:
    (mistake,) = parse_expression(text).mistakes
    assert message in mistake.message
    assert mistake.start in starts
    assert mistake.start < mistake.end <= len(text)


def test_all_mistakes_are_told_not_only_the_first() -> None:
    text = "a.b[0] and c.d ** 2 == 4 and x.y is True"
    parsed = parse_expression(text)
    wrong = [text[mistake.start : mistake.end] for mistake in parsed.mistakes]
    assert wrong == ["a.b[0]", "c.d ** 2", "x.y is True"]
    assert [use.name for use in parsed.names] == ["c.d", "x.y"]


def test_operators_inside_texts_are_no_operators() -> None:
    assert parse_expression('a.b == "x && y = z"').mistakes == ()
    (mistake,) = parse_expression('a.b == "x = y" and and').mistakes
    assert mistake.message == "the expression cannot be read here"
    (mistake,) = parse_expression('a.b == "x && y" || c.d').mistakes
    assert mistake.suggestion == "or"


PIECES = [
    *("a.b", "account.x", "größe", "🙂", "1", "1_0", "0x", "1e999", "true", '"x"', "'", '"', 'f"{x}"', "\\", "#"),
    *("and", "or", "not", "in", "is", "lambda", "if", "else", "for", "yield", "await", "None"),
    *("(", ")", "[", "]", "{", "}", "=", "==", "!", "!=", "<", ">", "<=", "=>", "&&", "||", "+", "-", "*", "/"),
    *("**", "%", ",", ".", ":", ":=", ";", "\x00", "\n", "\t", "\r", "\x0c"),
]
snippets = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12)


@given(snippets.map(" ".join) | snippets.map("".join) | st.text(max_size=60))
def test_any_text_is_answered_with_places_inside_it(text: str) -> None:
    parsed = parse_expression(text)
    assert (parsed.tree is None) == bool(parsed.mistakes)
    for mistake in parsed.mistakes:
        assert 0 <= mistake.start <= mistake.end <= max(len(text), 1)
        assert "\n" not in mistake.message
    for use in parsed.names:
        assert 0 <= use.start < use.end <= len(text)
    assert [use.start for use in parsed.names] == sorted(use.start for use in parsed.names)


names = st.from_regex(r"[a-zä][a-z0-9_é]{0,5}(\.[a-z][a-z0-9_]{0,5}){0,2}", fullmatch=True).filter(
    lambda name: not {"and", "or", "not", "in", "is", "if", "as", "for", "def", "del", "try"} & set(name.split("."))
)
spaces = st.sampled_from([" ", "  ", "\n", "\n  ", "\t", " \r\n "])


@given(st.lists(names, min_size=1, max_size=5), spaces, spaces, st.sampled_from(["", '"🙂é" == x.y and ']))
def test_places_of_names_slice_to_the_names(listed: list[str], lead: str, space: str, before: str) -> None:
    text = lead + before + f"{space}and{space}".join(listed)
    parsed = parse_expression(text)
    assert parsed.mistakes == ()
    found = [use.name for use in parsed.names]
    assert found == ([*(["x.y"] if before else []), *listed])
    for use in parsed.names:
        assert text[use.start : use.end] == use.name


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1_900,
        "(" * 900 + "a.b" + ")" * 900,
        "not " * 490 + "a.b",
        "-" * 1_900 + "1",
        "a" + ".b" * 900,
        "a.b and " * 240 + "c.d",
        "a + " * 490 + "b",
        "[" * 190 + "]" * 190,
        "f(" * 190 + ")" * 190,
        "9" * 1_990,
        "9" * 5_000,
        "(" * 1_000_000,
    ],
)
def test_deep_and_long_expressions_are_answered_quickly(text: str) -> None:
    start = time.perf_counter()
    parsed = parse_expression(text)
    assert time.perf_counter() - start < 2
    assert (parsed.tree is None) == bool(parsed.mistakes)


def test_a_too_long_expression_says_so() -> None:
    (mistake,) = parse_expression("a" * (LONGEST + 1)).mistakes
    assert "at most 2,000" in mistake.message


def test_warnings_of_the_python_parser_stay_away(recwarn: pytest.WarningsRecorder) -> None:
    parse_expression('1 is 1 and "\\d" == 1if a.b else 0')
    parse_expression('"\\d" == a.b')
    assert [str(warning.message) for warning in recwarn] == []
