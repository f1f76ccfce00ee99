"""Findings for people: the head, the excerpt with its underline, the closing line, the statistics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.diagnostics import Diagnostic, Place, Related, Severity
from playbook.report.text import report, statistics, summary
from playbook.text.spans import SourceText
from playbook.text.terminal import width


def finding(text: str, start: int, end: int, **more: object) -> tuple[Diagnostic, dict[str, SourceText]]:
    source = SourceText("p.yaml", text)
    given_: dict[str, object] = {"code": "REF002", "severity": Severity.ERROR, "message": "unknown"}
    diagnostic = Diagnostic(**{**given_, "place": Place("p.yaml", source.span(start, end)), **more})  # type: ignore[arg-type]
    return diagnostic, {"p.yaml": source}


def excerpt(text: str, start: int, end: int) -> list[str]:
    """The lines below the head."""
    diagnostic, sources = finding(text, start, end)
    return report([diagnostic], sources).splitlines()[1:-1]


def test_a_whole_finding() -> None:
    diagnostic, sources = finding(
        "a: 1\nraci: {A: cms}\n",
        15,
        18,
        message='unknown role "cms"',
        expected="one of ae, csm",
        suggestion="csm",
        related=(Related("first used here", Place("p.yaml", SourceText("p.yaml", "a: 1\n").span(0, 1))),),
    )
    assert report([diagnostic], sources) == (
        'p.yaml:2:11: error REF002: unknown role "cms"\n'
        "    2 | raci: {A: cms}\n"
        "      |           ^^^\n"
        "   first used here: p.yaml:1:1\n"
        "    1 | a: 1\n"
        "      | ^\n"
        "   expected: one of ae, csm\n"
        "   did you mean csm?\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "line", "mark"),
    [
        ("key: value\n", 5, 10, "    1 | key: value", "      |      ^^^^^"),
        ("key:\tvalue\n", 5, 10, "    1 | key: value", "      |      ^^^^^"),
        ("日本: wert\n", 4, 8, "    1 | 日本: wert", "      |       ^^^^"),
        ("key: 日本\n", 5, 7, "    1 | key: 日本", "      |      ^^^^"),
        ("e\u0301: x\n", 4, 5, "    1 | e\u0301: x", "      |    ^"),
        ("🙂: x\n", 3, 4, "    1 | 🙂: x", "      |     ^"),
        ("key: x\n", 6, 6, "    1 | key: x", "      |       ^"),
        ("key: x", 6, 6, "    1 | key: x", "      |       ^"),
        ("key: x\n", 7, 7, "    2 |", "      | ^"),
        ("a\nb: |\n  one\n  two\nc", 5, 19, "    2 | b: |", "      |    ^"),
        ("a: [1,\n  2]\n", 3, 11, "    1 | a: [1,", "      |    ^^^"),
        ("a: b\r\nc: d\r\n", 9, 10, "    2 | c: d", "      |    ^"),
        ("x: \x1b[2J\n", 3, 4, "    1 | x: \\x1b[2J", "      |    ^^^^"),
    ],
)
def test_excerpts(text: str, start: int, end: int, line: str, mark: str) -> None:
    assert excerpt(text, start, end) == [line, mark]


@pytest.mark.parametrize("at", [0, 15, 300, 480, 489])
def test_of_a_long_line_the_part_around_the_place_is_shown(at: int) -> None:
    text = "".join(chr(97 + number % 26) for number in range(490)) + "\n"
    line, mark = excerpt(text, at, at + 1)
    assert len(line) < 130
    column = mark.index("^")
    assert line[column] == text[at]
    assert ("…" in line[:10]) == (at > 20)
    assert line.endswith("…") == (at < 400)


def test_a_long_mark_ends_with_what_is_shown() -> None:
    line, mark = excerpt("x: " + "y" * 5_000 + "\n", 3, 5_003)
    assert len(mark) <= len(line)
    assert mark.endswith("^^^")


texts = st.lists(
    st.sampled_from(["a", ": ", "\t", "\n", "\r\n", "日", "🙂", "e\u0301", "\x1b", "x" * 60]), max_size=12
).map("".join)


@given(texts, st.data())
def test_the_underline_stands_below_the_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if (start, end) == (0, 0):
        return
    source = SourceText("p.yaml", text)
    shown = excerpt(text, start, end)
    assert len(shown) == 2
    line, mark = shown
    before = source.line(source.position(start).line)[: source.position(start).column - 1]
    if len(source.line(source.position(start).line)) <= 110:
        from playbook.text.terminal import printable

        assert width(mark[: mark.index("^")]) == 8 + width(printable(before))
    assert "\x1b" not in line


def test_a_file_as_a_whole_has_no_excerpt() -> None:
    diagnostic = Diagnostic("SCH001", Severity.ERROR, "cannot read", Place("p.yaml"))
    assert (
        report([diagnostic], {"p.yaml": SourceText("p.yaml", "x")}) == "p.yaml:1:1: error SCH001: cannot read\n\n"
    )


def test_a_place_in_an_unknown_file_has_no_excerpt() -> None:
    diagnostic, _ = finding("a: b\n", 3, 4)
    assert report([diagnostic], {}) == "p.yaml:1:4: error REF002: unknown\n\n"


def test_a_secret_is_never_shown() -> None:
    diagnostic, sources = finding("token: hunter2\n", 7, 14, sensitive=True)
    assert "hunter2" not in report([diagnostic], sources)


def test_a_suggestion_of_several_words_is_an_edit() -> None:
    diagnostic, sources = finding("a: b\n", 3, 4, suggestion="save the file as UTF-8")
    assert "   try: save the file as UTF-8\n" in report([diagnostic], sources)


def test_control_characters_are_shown_as_escapes() -> None:
    evil = "\x1b[31m\n\u202e"
    diagnostic, sources = finding("a: b\n", 3, 4, message=evil, expected=evil, suggestion=evil)
    shown = report([diagnostic], sources)
    assert not {"\x1b", "\u202e"} & set(shown)
    assert shown.count("\\x1b[31m\\x0a\\u202e") == 3


def test_paint_gets_each_part_by_its_style() -> None:
    diagnostic, sources = finding("a: b\n", 3, 4, suggestion="c", expected="x")
    shown = report([diagnostic], sources, lambda style, text: f"<{style}>{text}</>")
    assert "<place>p.yaml:1:4</>: <error>error REF002</>: unknown" in shown
    assert "<error>^</>" in shown


def weighed(*severities: Severity) -> tuple[Diagnostic, ...]:
    return tuple(Diagnostic("X", severity, "m", Place(f"{at % 2}.yaml")) for at, severity in enumerate(severities))


@pytest.mark.parametrize(
    ("findings", "documents", "passed_over", "text"),
    [
        (weighed(), 1, 0, "1 document checked, no findings (profile basic)"),
        (weighed(), 0, 1, "0 documents checked, no findings (profile basic); 1 other YAML file passed over"),
        (
            weighed(),
            1_200,
            2_000,
            "1,200 documents checked, no findings (profile basic); 2,000 other YAML files passed over",
        ),
        (weighed(Severity.ERROR), 3, 0, "1 error in 1 file; 3 documents checked (profile basic)"),
        (
            weighed(Severity.ERROR, Severity.ERROR, Severity.WARNING),
            3,
            0,
            "2 errors, 1 warning in 2 files; 3 documents checked (profile basic)",
        ),
        (weighed(Severity.INFO, Severity.INFO), 2, 0, "2 info in 2 files; 2 documents checked (profile basic)"),
        (
            weighed(Severity.INFO, Severity.WARNING),
            2,
            0,
            "1 warning, 1 info in 2 files; 2 documents checked (profile basic)",
        ),
    ],
)
def test_the_closing_line(findings: tuple[Diagnostic, ...], documents: int, passed_over: int, text: str) -> None:
    assert summary(findings, documents, "profile basic", passed_over) == text


def test_statistics_put_the_most_frequent_first() -> None:
    findings = [Diagnostic(code, Severity.ERROR, "m", Place("p")) for code in ("B", "A", "B", "C", "A", "B")]
    assert statistics(findings, {"A": "What A finds."}) == (
        "     3  B  error\n     2  A  error    What A finds.\n     1  C  error\n"
    )
    assert statistics([], {}) == ""
