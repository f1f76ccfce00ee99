"""Every format: whole outputs (goldens), hostile texts read back, and what no report may show."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_samples import CLEAN, SAMPLE, hostile, many

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.report import registry
from playbook.report.registry import FORMATS
from playbook.results import Results, RuleSummary
from playbook.text.terminal import printable

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = {
    "text": "txt",
    "concise": "txt",
    "github": "txt",
    "junit": "xml",
    "markdown": "md",
    "github-summary": "md",
    "sarif": "sarif",
    "github-sarif": "sarif",
}
NO_FORMAT = {"__init__", "registry", "output"}
CONTROLS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]"
)


def test_the_list_of_formats_is_the_folder() -> None:
    modules = {path.stem for path in Path(registry.__file__).parent.glob("*.py")} - NO_FORMAT
    assert modules == {form.module for form in FORMATS.values()}


def test_the_list_imports_no_format() -> None:
    code = "import sys, playbook.report.registry; print(*[name for name in sys.modules if 'report' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert {name for name in done.stdout.split() if name.startswith("playbook.")} == {
        "playbook.report",
        "playbook.report.parts",
        "playbook.report.parts.paint",
        "playbook.report.registry",
    }


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("sample", ["sample", "clean"])
def test_golden(name: str, sample: str) -> None:
    written = FORMATS[name].write(SAMPLE if sample == "sample" else CLEAN)
    path = GOLDEN / f"{sample}.{name}.{SUFFIXES.get(name, 'json')}"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(written, encoding="utf-8", newline="\n")
    assert written == path.read_bytes().decode("utf-8")


def test_every_golden_file_is_compared() -> None:
    names = {f"{sample}.{name}.{SUFFIXES.get(name, 'json')}" for name in FORMATS for sample in ("sample", "clean")}
    assert {path.name for path in GOLDEN.iterdir()} == names


@pytest.mark.parametrize("name", FORMATS)
def test_a_secret_is_never_shown(name: str) -> None:
    """Not in its own finding, not beside a related place, not in a fix, not in the excerpt of another finding."""
    assert "hunter2" not in FORMATS[name].write(SAMPLE)


def test_the_same_text_on_any_machine() -> None:
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]);"
        "from report_samples import SAMPLE; from playbook.report.registry import FORMATS;"
        "print([hashlib.sha256(form.write(SAMPLE).encode()).hexdigest() for form in FORMATS.values()])"
    )
    answers = set()
    for seed, language, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Kolkata")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": language, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env=environment,
            capture_output=True,
            check=True,
        )
        answers.add(done.stdout)
    assert len(answers) == 1


texts = st.one_of(
    st.text(st.characters(codec=None), max_size=12),
    st.lists(
        st.sampled_from(
            [
                *("a", " ", "\t", "\n", "\r\n", "\x00", "\x1b[31m", "\x7f", "\x9b", "\u202e", "\u2028", "\ud800"),
                *(
                    "🙂",
                    "日",
                    "e\u0301",
                    "\ufffe",
                    "%",
                    "%0A",
                    ":",
                    ",",
                    "::error::",
                    "##[error]",
                    "::stop-commands::x",
                ),
                *(
                    '"',
                    "'",
                    "`",
                    "```",
                    "|",
                    "\\",
                    "*",
                    "_",
                    "<b>",
                    "</details>",
                    "<!--",
                    "&amp;",
                    "]]>",
                    "${{ x }}",
                ),
                *(
                    "@anna",
                    "#12",
                    "http://x.yz",
                    "www.x.yz",
                    "[a](b)",
                    "![a](b)",
                    "{0}",
                    "{",
                    "}",
                    "~~",
                    "$x$",
                    "../",
                ),
            ]
        ),
        max_size=8,
    ).map("".join),
)
quick = settings(max_examples=60)


@quick
@given(texts)
@example("::error::x\n::error::y")
def test_no_control_character_reaches_an_output(text: str) -> None:
    results = hostile(text)
    for form in FORMATS.values():
        written = form.write(results)
        assert not CONTROLS.search(written), form.name
        written.encode("utf-8")


@quick
@given(texts)
def test_json_says_what_was_said(text: str) -> None:
    report = json.loads(FORMATS["json"].write(hostile(text)))
    for finding in report["findings"]:
        assert finding["message"] == (text or "x")
        assert finding["suggestion"] == text
        assert finding["fixes"][0]["edits"][0]["text"] == text
    assert [item["reason"] for item in report["suppressed"]] == [text or None, None]


@quick
@given(texts)
def test_sarif_says_what_was_said(text: str) -> None:
    (run,) = json.loads(FORMATS["sarif"].write(hostile(text)))["runs"]
    for result in run["results"]:
        assert literal(result["message"]["text"]).startswith((text or "x").replace("](", "] ("))
        for location in result["locations"]:
            assert re.fullmatch(r"[A-Za-z0-9_.~/%:-]+", location["physicalLocation"]["artifactLocation"]["uri"])


def literal(text: str) -> str:
    """A message as a reader of SARIF shows it; a placeholder would fail, since there are no arguments."""
    assert not re.search(r"(?<!\{)\{(\{\{)*\d", text)
    return text.replace("{{", "{").replace("}}", "}")


@quick
@given(texts)
def test_gitlab_issues_are_told_apart(text: str) -> None:
    issues = json.loads(FORMATS["gitlab"].write(hostile(text)))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 3
    assert all(issue["description"].startswith(text) for issue in issues)


@quick
@given(texts)
def test_junit_is_xml(text: str) -> None:
    root = ET.fromstring(FORMATS["junit"].write(hostile(text)))
    failures = list(root.iter("failure"))
    shown = re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", printable(text or "x"))
    assert [failure.get("message") for failure in failures] == [shown, shown]
    assert root.get("failures") == "2"
    assert int(root.get("tests") or 0) == len(list(root.iter("testcase")))


@quick
@given(texts)
@example("100%0A::error::x, a=b:%2C")
def test_github_commands_are_read_back(text: str) -> None:
    lines = FORMATS["github"].write(hostile(text)).splitlines()
    assert lines[-1].startswith("… and 1 more")
    assert len(lines) == 4
    for line, name in zip(lines, ("error", "warning", "notice"), strict=False):
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match
        assert match[1] == name
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        assert unescaped(properties["file"]) == visible(text or "x.yaml")
        assert unescaped(properties["title"]) == f"SCH002 {visible(text)}"
        assert unescaped(match[3]).startswith(visible(text or "x"))


def visible(text: str) -> str:
    """A text without control characters and halves of characters."""
    return printable(text).encode("utf-8", "backslashreplace").decode()


def unescaped(text: str) -> str:
    """As the runner does it."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


class _Shown(HTMLParser):
    """The tags of a page, the text of its cells, and what of it is no code: there, servers make links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.prose = ""
        self.is_code = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        self.is_code = tag == "code"
        self.prose += " "
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        self.is_code = False

    def handle_data(self, data: str) -> None:
        if self.cells:
            self.cells[-1] += data
        if not self.is_code:
            self.prose += data


TAGS = {
    "h3",
    "p",
    "ul",
    "li",
    "details",
    "summary",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "strong",
    "br",
}


@quick
@given(texts)
@example("| a\\| `b` **c** <img src=x> @anna #12 http://evil.yz GH-1 !3")
def test_markdown_shows_texts_as_they_are(text: str) -> None:
    for name in ("markdown", "github-summary"):
        page = _Shown()
        markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        written = FORMATS[name].write(hostile(text))
        page.feed(markdown.render(written))
        assert page.tags <= TAGS
        assert sum(words(cell).startswith(words(text or "x")) for cell in page.cells) >= 3
        assert not re.search(r"[@#!]\w|://\w|www\.\w", page.prose)
        # GitHub makes links of addresses in code too, where the code is HTML.
        assert not any(re.search(r"://|www\.", code) for code in re.findall(r"<code>(.*?)</code>", written))


def words(text: str) -> str:
    """A text without white space, and without what parts a name from its ``@``."""
    shown = re.sub("[\ud800-\udfff]", "\ufffd", printable(text))
    return re.sub(r"\s", "", shown.replace("\u200b", ""))


def test_statistics_tell_which_rules_can_be_mended() -> None:
    from playbook.report import json_v1, text

    names = {code: rule.what for code, rule in SAMPLE.rules.items()}
    assert text.statistics(SAMPLE.findings, names) == (
        "     2  NAM001      info     A label does not say what is done.\n"
        "     1  RCI002      error    A step has several Accountables.\n"
        "     1  REF002  [*] error    A name is declared nowhere.\n"
        "     1  SCH002  [*] error    A key is not part of the language.\n"
        "     1  SCH002      warning  A key is not part of the language.\n"
        "     1  SCH003      error\n"
        "     1  SCH007      warning  A duration has no {unit}.\n"
        "     1  SEC001  [*] error    A value looks like a secret.\n"
    )
    told = json.loads(json_v1.statistics(SAMPLE))
    assert told["statistics"][0] == {
        "code": "NAM001",
        "name": "no-verb",
        "severity": "info",
        "count": 2,
        "fixable": 0,
    }
    assert sum(row["count"] for row in told["statistics"]) == len(SAMPLE.findings)
    assert told["summary"]["fixable"] == sum(row["fixable"] for row in told["statistics"]) == 3


@pytest.mark.parametrize(("count", "size"), [(30, 65_536), (3_000, 65_536), (3_000, 1 << 20), (20_000, 1 << 20)])
def test_a_long_list_is_cut_to_what_a_page_takes(count: int, size: int) -> None:
    results = many(count)
    written = FORMATS["markdown" if size == 65_536 else "github-summary"].write(results)
    assert len(written) < size
    assert len(written.encode()) < 1_048_576
    shown = len(re.findall(r"^\| \d+:\d+ \|", written, re.MULTILINE))
    left = re.search(r"… and ([\d,]+) more findings? that this list leaves out", written)
    assert shown + (int(left[1].replace(",", "")) if left else 0) == count
    assert (left is not None) == (shown < count)
    # The gravest come first: where some are left out, no light one takes the room of a grave one.
    if written.count("**error**") < sum(each.severity is Severity.ERROR for each in results.findings):
        assert "| info |" not in written
    # It is cut between rows.
    assert written.count("<details") == written.count("</details>")


def test_a_summary_has_room_for_rules_with_long_texts() -> None:
    long = {f"T{at:03}": RuleSummary(f"T{at:03}", "n", Severity.ERROR, "wörter " * 1000, "w") for at in range(300)}
    findings = tuple(Diagnostic(code, Severity.ERROR, "m", Place("a.yaml")) for code in long)
    written = FORMATS["github-summary"].write(Results(findings, 1, rules=long))
    assert len(written.encode()) < 1_048_576
    assert written.count("**error**") == 300
    assert "more rules" in written


def test_colours_go_to_formats_for_the_terminal_only() -> None:
    painted = {
        name
        for name, form in FORMATS.items()
        if "<" + "error>" in form.write(CLEAN, _paint) + form.write(SAMPLE, _paint)
    }
    assert painted == {"text", "concise"} == {name for name, form in FORMATS.items() if form.painted}


def _paint(style: str, text: str) -> str:
    return f"<{style}>{text}"
