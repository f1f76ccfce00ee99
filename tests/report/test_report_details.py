"""What single formats promise: JSON's schema, GitHub's limits, GitLab's fields, JUnit's cases, the text's heads."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator
from report_samples import CLEAN, NO_VERB, SAMPLE, SOURCES, UNIT, UNKNOWN, hostile, many

from playbook.diagnostics import Diagnostic, Edit, Fix, Place, Severity
from playbook.report import text
from playbook.report.registry import FORMATS
from playbook.results import Results, Suppressed, at_most


@pytest.mark.parametrize("results", [SAMPLE, CLEAN, many(3), at_most(SAMPLE, 2), hostile("🙂 x")])
def test_json_keeps_to_its_schema(results: Results) -> None:
    schema = json.loads(files("playbook.report").joinpath("report.v1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(FORMATS["json"].write(results)))


def test_json_has_a_finding_on_each_line() -> None:
    lines = [line for line in FORMATS["json"].write(SAMPLE).splitlines() if line.startswith('    {"code"')]
    assert [json.loads(line.rstrip(","))["code"] for line in lines] == [each.code for each in SAMPLE.findings]


def test_json_edits_are_places_of_the_file() -> None:
    (finding,) = json.loads(FORMATS["json"].write(Results((UNKNOWN,), 1, sources=SOURCES)))["findings"]
    (edit,) = finding["fixes"][0]["edits"]
    source = SOURCES[edit["file"]]
    assert source.text[edit["start"]["offset"] : edit["end"]["offset"]] == "activaton.reached"
    assert (edit["start"]["line"], edit["start"]["column"]) == (
        finding["start"]["line"],
        finding["start"]["column"],
    )
    blind = json.loads(FORMATS["json"].write(Results((UNKNOWN,), 1)))["findings"][0]
    assert set(blind["fixes"][0]["edits"][0]["start"]) == {"offset"}


def test_what_is_left_out_is_counted() -> None:
    cut = at_most(SAMPLE, 2)
    report = json.loads(FORMATS["json"].write(cut))
    assert (len(report["findings"]), report["summary"]["error"], report["summary"]["left_out"]) == (2, 5, 7)
    assert "… and 7 more (3 errors, 2 warnings, 2 info)\n5 errors, 2 warnings, 2 info in 4 files" in text.write(cut)
    assert FORMATS["concise"].write(cut).endswith("\n… and 7 more (3 errors, 2 warnings, 2 info)\n")
    assert "7 more findings" in FORMATS["markdown"].write(cut)


@pytest.mark.parametrize(
    ("counts", "shown", "note"),
    [
        ((10, 0, 0), 10, ""),
        ((11, 0, 0), 10, "… and 1 more error: see the log"),
        ((2, 34, 0), 12, "… and 24 more warnings"),
    ],
)
def test_github_is_told_what_it_does_not_show(counts: tuple[int, int, int], shown: int, note: str) -> None:
    findings = tuple(
        Diagnostic("X", severity, f"m{at}", Place("##[error]a.yaml"))
        for severity, count in zip(Severity, counts, strict=True)
        for at in range(count)
    )
    lines = FORMATS["github"].write(Results(findings, 1)).splitlines()
    commands = [line for line in lines if line.startswith(("::error", "::warning", "::notice"))]
    assert len(commands) == shown
    noted = [command for command in commands if "…" in command]
    if not note:
        assert len(lines) == shown
        assert noted == []
        return
    # The note is in the last one of its severity.
    (only,) = noted
    assert note in only
    assert only == [command for command in commands if command.split()[0] == only.split()[0]][-1]
    rest = lines[shown:]
    assert rest[0].startswith("::group::")
    assert rest[-1] == "::endgroup::"
    assert len(rest) - 2 == sum(counts) - shown
    assert all(line.startswith("- ## [error]a.yaml:1:1: ") for line in rest[1:-1])


def test_github_takes_columns_within_one_line_only() -> None:
    block = next(finding for finding in SAMPLE.findings if finding.message == "the step train says little")
    (line,) = FORMATS["github"].write(Results((block,), 1)).splitlines()
    assert (
        line == "::notice file=playbooks/onboarding.yaml,line=8,endLine=9,title=NAM001::the step train says little"
    )


def test_gitlab_knows_severities() -> None:
    issues = json.loads(FORMATS["gitlab"].write(SAMPLE))
    assert {(issue["check_name"], issue["severity"]) for issue in issues} >= {
        ("REF002", "major"),
        ("SCH007", "minor"),
        ("NAM001", "info"),
    }
    assert json.loads(FORMATS["gitlab"].write(CLEAN)) == []


def test_junit_counts_its_cases() -> None:
    root = ET.fromstring(FORMATS["junit"].write(SAMPLE))
    assert [suite.get("name") for suite in root] == sorted(SAMPLE.files)
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for kind, plural in (("failure", "failures"), ("skipped", "skipped")):
            assert suite.get(plural) == str(sum(case.find(kind) is not None for case in cases))
    assert root.get("tests") == str(len(list(root.iter("testcase"))))
    assert root.get("failures") == str(len(list(root.iter("failure")))) == "7"


def test_junit_is_never_empty() -> None:
    (suite,) = ET.fromstring(FORMATS["junit"].write(Results((), 3, "profile team")))
    (case,) = suite
    assert case.get("name") == "no findings: 3 documents checked (profile team)"
    assert list(case) == []


def test_heads_tell_files_apart() -> None:
    def heads(*findings: Diagnostic) -> list[str]:
        written = text.write(Results(findings, 1, sources=SOURCES))
        return [line for line in written.splitlines() if line.startswith("──")]

    other = replace(NO_VERB, place=Place("z.yaml"))
    assert heads(UNKNOWN, UNIT) == []
    assert heads(UNKNOWN, other) == []
    assert heads(UNKNOWN, UNIT, other) == ["── playbooks/onboarding.yaml: 1 error, 1 warning", "── z.yaml: 1 info"]


@pytest.mark.parametrize(
    ("safe", "line"),
    [
        ([True], "[*] 1 can be mended with --fix"),
        ([True, True, False], "[*] 2 can be mended with --fix, 1 more with --unsafe-fixes"),
        ([False], "[*] 1 can be mended with --fix --unsafe-fixes"),
        ([], ""),
    ],
)
def test_the_closing_lines_say_what_can_be_mended(safe: list[bool], line: str) -> None:
    findings = tuple(replace(NO_VERB, fixes=(Fix("t", (Edit("a", 0, 0, "x"),), safe=is_safe),)) for is_safe in safe)
    assert text.closing(Results(findings, 1)).splitlines()[1:] == ([line] if line else [])


def test_the_closing_lines_say_what_is_suppressed() -> None:
    suppressed = [
        Suppressed(UNIT, "comment"),
        Suppressed(UNIT, "comment"),
        Suppressed(UNIT, "configuration"),
        Suppressed(UNIT, "baseline"),
    ]
    closing = text.closing(Results((), 1, "profile team", suppressed=tuple(suppressed), mended=2))
    assert closing == (
        "1 document checked, no findings (profile team)\n"
        "4 suppressed: 2 by comments, 1 by the baseline, 1 by the configuration\n"
        "2 entries of the baseline are mended: write it anew with --write-baseline\n"
    )


def test_quiet_leaves_the_closing_lines_out() -> None:
    assert text.write(SAMPLE) == text.write(SAMPLE, quiet=True) + text.closing(SAMPLE)
    assert text.write(CLEAN, quiet=True) == ""
