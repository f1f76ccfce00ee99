"""Each frequent mistake: its place, its words, the mending it suggests, the other place it names."""

from __future__ import annotations

import pytest

from playbook.diagnostics import Severity
from playbook.reader import read_positions, read_values
from playbook.text.spans import SourceText

# Text; place; what is underlined; message; suggestion; related places; whether the value is lost.
CASES = [
    ("a: 1\nb:2\nc: 3\n", "2:2", ":", 'missing space after ":"', "b: 2", [], True),
    ("a:b\nc: d\n", "1:2", ":", 'missing space after ":"', "a: b", [], True),
    ("raci: {A: csm, R:se}\n", "1:17", ":", 'missing space after ":"', "R: se", [], False),
    (
        "do: Call: the customer\n",
        "1:9",
        ":",
        'an unquoted value cannot contain ": "',
        'quote it: "Call: the customer"',
        [],
        True,
    ),
    (
        "a: http://x: y\n",
        "1:12",
        ":",
        'an unquoted value cannot contain ": "',
        'quote it: "http://x: y"',
        [],
        True,
    ),
    ('a: "b": c\n', "1:7", ":", 'unexpected ":" behind a quoted value', "quote it: '\"b\": c'", [], True),
    ('a: "x\nb: 1\n', "1:4", '"', "this quote is never closed", None, [], True),
    (
        "a: 'x\n",
        "1:4",
        "'",
        "this quote is never closed",
        "close it, or write the apostrophe inside double quotes",
        [],
        True,
    ),
    (
        'a: "b\nc: d\ne: "f"\n',
        "1:4",
        '"',
        "this quote is closed only on line 3",
        None,
        ["3:4 closed here"],
        True,
    ),
    ("a: 'don't'\n", "1:9", "t'", "unexpected text behind the closing quote", 'quote it: "don\'t"', [], True),
    ('"a\n b": c\n', "1:1", '"a', "a key must stand on one line", None, [], True),
    ("x: [a, b\ny: 1\n", "1:4", "[", '"[" is never closed', None, [], True),
    ("x: {a: b\ny: 1\n", "1:4", "{", '"{" is never closed', None, [], True),
    ("x: [a, b", "1:4", "[", '"[" is never closed', None, [], True),
    ("{", "1:1", "{", '"{" is never closed', None, [], True),
    ("a: [1, 2}\n", "1:9", "}", 'expected "," or "]" before "}"', None, ["1:4 the list starts here"], True),
    ("a: [1, 2]]\n", "1:10", "]", 'unexpected text behind the closing "]"', 'quote it: "[1, 2]]"', [], True),
    ("a: ]\n", "1:4", "]", '"]" closes nothing', None, [], True),
    ("a: b\n}\n", "2:1", "}", '"}" closes nothing', None, [], True),
    ("a: [b, , c]\n", "1:8", ",", 'expected a value, found ","', None, [], True),
    (
        "a: 1\n b: 2\n",
        "2:2",
        "b",
        'wrong indentation: "b" is deeper than "a", which has a value',
        None,
        ["1:4 its value is here"],
        True,
    ),
    (
        "a:\n   b: 1\n  c: 2\n",
        "3:3",
        "c",
        "wrong indentation: column 3 fits no line above",
        None,
        ["1:1 the mapping starts here"],
        True,
    ),
    (
        "stages:\n  - id: a\n   do: b\n",
        "3:4",
        "do",
        "wrong indentation: column 4 fits no line above",
        None,
        ["2:3 the list starts here"],
        True,
    ),
    (
        "stages:\n  - id: a\n    do: b\n  id: c\n",
        "4:3",
        "id",
        'a key where a list item ("- ") is expected',
        None,
        ["2:3 the list starts here"],
        True,
    ),
    (
        "- a\nb: c\n",
        "2:1",
        "b",
        'a key where a list item ("- ") is expected',
        None,
        ["1:1 the list starts here"],
        True,
    ),
    (
        "a: 1\n- b\n",
        "2:1",
        "- b",
        "a list item where a key is expected",
        None,
        ["1:1 the mapping starts here"],
        True,
    ),
    (
        "a: - b\n",
        "1:4",
        "-",
        "a list cannot begin on the line of its key",
        'put "- b" on the next line, or quote it',
        [],
        True,
    ),
    ("a: 1\nb\nc: 3\n", "2:1", "b", 'expected ":" after "b"', None, [], True),
    ("key\nother: 1\n", "1:1", "key", 'expected ":" after "key"', None, [], True),
    ("a: @x # why\n", "1:4", "@", 'an unquoted value cannot begin with "@"', 'quote it: "@x"', [], True),
    ("a: `x`\n", "1:4", "`", 'an unquoted value cannot begin with "`"', 'quote it: "`x`"', [], True),
    ("a: %5\n", "1:4", "%", 'an unquoted value cannot begin with "%"', 'quote it: "%5"', [], True),
    ("a: [@x, b]\n", "1:5", "@", 'an unquoted value cannot begin with "@"', 'quote it: "@x"', [], True),
    ("a: *\n", "1:4", "*", 'an unquoted value cannot begin with "*"', 'quote it: "*"', [], True),
    (
        "a: *bold* text\n",
        "1:4",
        "*",
        'an unquoted value cannot begin with "*"',
        'quote it: "*bold* text"',
        [],
        True,
    ),
    ("a: & b\n", "1:4", "&", 'an unquoted value cannot begin with "&"', 'quote it: "& b"', [], True),
    ("a: !!\n", "1:4", "!", 'an unquoted value cannot begin with "!"', 'quote it: "!!"', [], True),
    ("a: !e!x y\n", "1:4", "!", 'an unquoted value cannot begin with "!"', 'quote it: "!e!x y"', [], True),
    (
        "target: >= 45d\n",
        "1:9",
        ">",
        'an unquoted value cannot begin with ">"',
        'quote it: ">= 45d"',
        [],
        True,
    ),
    ("a: | b\n", "1:4", "|", 'an unquoted value cannot begin with "|"', 'quote it: "| b"', [], True),
    (
        "a: {{ name }}\n",
        "1:4",
        "{{",
        'an unquoted value cannot begin with "{{"',
        'quote it: "{{ name }}"',
        [],
        False,
    ),
    (
        "a: {{ name }} there\n",
        "1:4",
        "{{",
        'an unquoted value cannot begin with "{{"',
        'quote it: "{{ name }} there"',
        [],
        True,
    ),
    ("a: ? b\n", "1:4", "?", 'an unquoted value cannot begin with "?"', 'quote it: "? b"', [], True),
    ("%a: b\n", "1:1", "%", 'a line cannot begin with "%"', None, [], True),
    (
        'a: "b\\d"\n',
        "1:6",
        "\\d",
        'unknown escape "\\d" in double quotes',
        "write \\\\ or use single quotes",
        [],
        True,
    ),
    ('a: "\\x4"\n', "1:5", "\\x4", 'escape "\\x4" is no character', "write the character itself", [], True),
    (
        'a: "\\ud83d\\ude00"\n',
        "1:5",
        "\\ud83d",
        'escape "\\ud83d" is no character',
        "write the character itself",
        [],
        True,
    ),
    ("a:\n\tb: 1\n", "2:1", "\t", "tab used for indentation; use spaces", None, [], True),
    ("a: 1\n\t\tb: 2\n", "2:1", "\t\t", "tab used for indentation; use spaces", None, [], True),
    ("a: |\n\tx\n", "2:1", "\t", "tab used for indentation; use spaces", None, [], True),
    ("- a\n-\tb\n", "2:2", "\t", "tab used for indentation; use spaces", None, [], True),
    ("a: 1\na: 2\n", "2:1", "a", 'duplicate key "a"', None, ["1:1 first defined here"], False),
    ('a: 1\n"a": 2\n', "2:1", '"a"', 'duplicate key "a"', None, ["1:1 first defined here"], False),
    ("~: 1\n", "1:1", "~", '"~" is no key: it means no value', 'quote it: "~"', [], False),
    ("[a]: 1\n", "1:1", "[a]", "a list cannot be a key", None, [], False),
    ("{a: b}: c\n", "1:1", "{a: b}", "a mapping cannot be a key", None, [], False),
    (
        "a: *y\n",
        "1:4",
        "*y",
        'alias "*y" has no anchor "&y" before it',
        'if it is a text, quote it: "*y"',
        [],
        True,
    ),
    (
        "a: &x [*x]\n",
        "1:8",
        "*x",
        'alias "*x" stands inside its own anchor "&x"',
        "an alias can only repeat something that is complete",
        [],
        True,
    ),
    (
        "a: &x {<<: *x}\n",
        "1:12",
        "*x",
        'alias "*x" stands inside its own anchor "&x"',
        "an alias can only repeat something that is complete",
        [],
        True,
    ),
    ("a: {<<: 3}\n", "1:9", "3", '"<<" can only merge mappings', None, [], False),
    (
        "a: &x {b: 1}\nc: {<<: *x, <<: *x}\n",
        "2:13",
        "<<",
        'duplicate key "<<"',
        "<<: [*first, *second]",
        ["2:5 first defined here"],
        False,
    ),
    (
        "a: !!int 12\n",
        "1:4",
        "!!int",
        'tag "!!int" has no meaning in a playbook',
        'delete it; where the text itself begins with "!", quote the text',
        [],
        False,
    ),
    (
        "a: !foo b\n",
        "1:4",
        "!foo",
        'tag "!foo" has no meaning in a playbook',
        'delete it; where the text itself begins with "!", quote the text',
        [],
        False,
    ),
    (
        "a: !!python/object:x {}\n",
        "1:4",
        "!!python/object:x",
        'tag "!!python/object:x" has no meaning in a playbook',
        'delete it; where the text itself begins with "!", quote the text',
        [],
        False,
    ),
    (
        "a: b\n---\nc: d\n",
        "2:1",
        "---",
        "a second document begins here; one document per file",
        "move it into a file of its own",
        [],
        False,
    ),
    ("a\n...\nb\n", "3:1", "b", "the document ends before this text", None, [], True),
    ("{a: 1}\nb: 2\n", "2:1", "b", "the document ends before this text", None, [], True),
    ("...\n", "1:1", ".", 'expected a value, found "."', None, [], True),
]


@pytest.mark.parametrize(("text", "place", "written", "message", "suggestion", "related", "failed"), CASES)
def test_mistake(
    text: str,
    place: str,
    written: str,
    message: str,
    suggestion: str | None,
    related: list[str],
    failed: bool,
) -> None:
    source = SourceText("f.yaml", text)
    values = read_values(source)
    (found,) = values.diagnostics
    assert (found.code, found.severity, found.place.file) == ("SCH001", Severity.ERROR, "f.yaml")
    start = found.place.span.start
    assert f"{start.line}:{start.column}" == place
    assert source.slice(found.place.span) == written
    assert (found.message, found.suggestion) == (message, suggestion)
    shown = [
        f"{each.place.span.start.line}:{each.place.span.start.column} {each.message}" for each in found.related
    ]
    assert shown == related
    assert values.failed is failed
    read_positions(source).span(("a",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n   b: 1\n  c: 2\n", "column 1 or 4"),
        ("stages:\n  - id: a\n   do: b\n", "column 3 or 5"),
        ("a: 1\n b: 2\n", "column 1, or quotes around the value"),
        ("a:\n\tb: 1\n", "spaces"),
        ("a: [1\nb: 2", 'a closing "]"'),
        ("a: @x", "quotes around the value"),
    ],
)
def test_what_would_be_right(text: str, expected: str) -> None:
    (found,) = read_values(SourceText("f.yaml", text)).diagnostics
    assert found.expected == expected


def test_findings_before_a_syntax_error_are_kept_in_order() -> None:
    values = read_values(SourceText("f.yaml", "a: 1\na: 2\nb: !x 3\nc: @\n"))
    assert [(found.place.span.start.line, found.message) for found in values.diagnostics] == [
        (2, 'duplicate key "a"'),
        (3, 'tag "!x" has no meaning in a playbook'),
        (4, 'an unquoted value cannot begin with "@"'),
    ]
    assert values.failed
    assert values.value is None


def test_columns_count_characters_and_lines_break_as_editors_break_them() -> None:
    (found,) = read_values(SourceText("f.yaml", "a: 😀\u2028\x85é\r\nb: 😀😀: x\r\n")).diagnostics
    assert (found.place.span.start.line, found.place.span.start.column) == (2, 6)


@pytest.mark.parametrize("error", [ValueError("no parser error"), RuntimeError(), MemoryError(), KeyError("x")])
def test_any_exception_of_the_parser_is_a_finding(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __init__(self, text: str) -> None:
            pass

        def get_event(self) -> object:
            raise error

    monkeypatch.setattr("playbook.reader.events._CParser", Broken)
    values = read_values(SourceText("f.yaml", "a: 1"))
    (found,) = values.diagnostics
    assert found.message.startswith("this is not valid YAML: ")
    assert values.failed
    assert not read_positions(SourceText("f.yaml", "a: 1")).exists(())


def test_text_made_by_hand_with_characters_that_no_file_can_have() -> None:
    for text in ("a: b\x00c", "a: \ud800"):
        values = read_values(SourceText("f.yaml", text))
        assert values.failed
        assert [found.code for found in values.diagnostics] == ["SCH001"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case[0]))
def test_the_pure_parser_finds_the_same_mistakes(
    case: tuple[str, str, str, str, str | None, list[str], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playbook.reader.events._CParser", None)
    values = read_values(SourceText("f.yaml", case[0]))
    assert values.diagnostics
    assert {found.code for found in values.diagnostics} == {"SCH001"}
