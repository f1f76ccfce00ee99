"""SARIF: against the standard's schema, and as its readers count and apply."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from report_samples import CLEAN, KEY, SAMPLE, SOURCES, UNKNOWN, hostile, many

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.report import github_sarif
from playbook.report.registry import FORMATS
from playbook.results import Results
from playbook.text.spans import SourceText

ORACLES = Path(__file__).parent.parent / "oracles" / "node_modules"
SCHEMA = Path(os.environ.get("SARIF_SCHEMA", ORACLES / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"))
"""``SARIF_SCHEMA=sarif-schema-2.1.0.json`` takes the schema that OASIS publishes."""


def run_of(results: Results, form: str = "sarif") -> Any:
    """The only run of a report."""
    (run,) = json.loads(FORMATS[form].write(results))["runs"]
    return run


def only(finding: Diagnostic, **more: Any) -> Any:
    """The only result of one finding."""
    (result,) = run_of(Results((finding,), 1, sources=more.pop("sources", SOURCES), **more))["results"]
    return result


@pytest.mark.skipif(not SCHEMA.is_file(), reason="the npm packages of tests/oracles are not installed")
@pytest.mark.parametrize("form", ["sarif", "github-sarif"])
@pytest.mark.parametrize("results", [SAMPLE, CLEAN, hostile("]](\n{0} \x1b 🙂"), hostile("/abs/ö:x.yaml")])
def test_the_schema_of_the_standard_holds(results: Results, form: str) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    problems = list(Draft4Validator(schema).iter_errors(json.loads(FORMATS[form].write(results))))
    assert [f"{list(problem.absolute_path)}: {problem.message}" for problem in problems] == []


def test_columns_are_in_utf_16() -> None:
    """The line has an emoji before the place: one code point, two units."""
    line = SOURCES[UNKNOWN.place.file].line(5)
    region = only(UNKNOWN)["locations"][0]["physicalLocation"]["region"]
    units = line.encode("utf-16-le")
    taken = units[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)].decode("utf-16-le")
    assert taken == "activaton.reached"
    assert region["startColumn"] == UNKNOWN.place.span.start.column + 1


def test_without_the_text_no_column_is_claimed() -> None:
    assert only(UNKNOWN, sources={})["locations"][0]["physicalLocation"]["region"] == {"startLine": 5, "endLine": 5}
    assert "fixes" not in only(UNKNOWN, sources={})


@pytest.mark.parametrize("finding", [UNKNOWN, KEY], ids=["emoji", "crlf"])
def test_fixes_do_what_they_say(finding: Diagnostic) -> None:
    source = SOURCES[finding.place.file]
    lines = source.text.split("\n")
    for fix, told in zip(finding.fixes, only(finding)["fixes"], strict=True):
        (edit,) = fix.edits
        (change,) = told["artifactChanges"]
        (replacement,) = change["replacements"]
        region = replacement["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        number = region["startLine"] - 1
        units = lines[number].encode("utf-16-le")
        before, after = units[: 2 * (region["startColumn"] - 1)], units[2 * (region["endColumn"] - 1) :]
        text = replacement.get("insertedContent", {"text": ""})["text"]
        changed = [*lines]
        changed[number] = before.decode("utf-16-le") + text + after.decode("utf-16-le")
        assert "\n".join(changed) == source.text[: edit.start] + edit.text + source.text[edit.end :]
        assert told["properties"]["safe"] is fix.safe


@pytest.mark.parametrize(
    ("file", "uri", "is_relative"),
    [
        ("playbooks/a.yaml", "playbooks/a.yaml", True),
        ("../sales & co/ä #1?.yaml", "../sales%20%26%20co/%C3%A4%20%231%3F.yaml", True),
        ("a:b.yaml", "a%3Ab.yaml", True),
        ("100%.yaml", "100%25.yaml", True),
        ("<stdin>", "%3Cstdin%3E", True),
        ("/srv/a b.yaml", "/srv/a%20b.yaml", False),
        ("C:/journeys/a.yaml", "/C:/journeys/a.yaml", False),
    ],
)
def test_files_are_addresses(file: str, uri: str, is_relative: bool) -> None:
    finding = Diagnostic("SCH001", Severity.ERROR, "m", Place(file))
    location = only(finding)["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == ({"uri": uri, "uriBaseId": "SRCROOT"} if is_relative else {"uri": f"file://{uri}"})


def test_rules_are_found_by_their_index() -> None:
    run = run_of(SAMPLE)
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert [rule["id"] for rule in rules] == sorted({*SAMPLE.rules, "SCH003"})
    applied = run_of(replace(SAMPLE, findings=(), suppressed=(), applied=frozenset({"RCI002"})))
    assert [rule["id"] for rule in applied["tool"]["driver"]["rules"]] == ["RCI002"]


def test_suppressed_results_are_marked() -> None:
    results = run_of(SAMPLE)["results"]
    kept = [result for result in results if "suppressions" in result]
    assert [
        (item["kind"], item["status"], item.get("justification"), result["baselineState"])
        for result in kept
        for item in result["suppressions"]
    ] == [
        ("inSource", "accepted", "a term of the house, until 2027-03-31", "new"),
        ("external", "accepted", None, "unchanged"),
        ("external", "accepted", "the merger | see #12, @anna, until 2027-06-30", "new"),
    ]
    assert len(results) == len(SAMPLE.findings) + len(kept)


def test_without_a_baseline_nothing_is_new() -> None:
    results = run_of(replace(SAMPLE, suppressed=SAMPLE.suppressed[:1], mended=0))["results"]
    assert all("baselineState" not in result for result in results)


def test_github_gets_no_suppressed_result() -> None:
    results = run_of(SAMPLE, "github-sarif")["results"]
    assert len(results) == len(SAMPLE.findings)
    assert all("suppressions" not in result for result in results)


def test_of_too_many_github_gets_the_gravest(monkeypatch: pytest.MonkeyPatch) -> None:
    assert github_sarif.MOST_RESULTS == 25_000
    monkeypatch.setattr(github_sarif, "MOST_RESULTS", 250)
    results = many(300)
    run = run_of(results, "github-sarif")
    levels = [result["level"] for result in run["results"]]
    assert (levels.count("error"), levels.count("warning"), levels.count("note")) == (100, 100, 50)
    lines = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in run["results"][:100]]
    assert lines == sorted(lines)
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"] == "50 findings left out: GitHub takes at most 250 in one file"
    assert len(run_of(results)["results"]) == 300


def test_a_carriage_return_ends_a_line() -> None:
    source = SourceText("a.yaml", "a: 1\rb: 2\r\nc: 3\n")
    finding = Diagnostic("SCH001", Severity.ERROR, "m", Place("a.yaml", source.span(11, 12)))
    region = only(finding, sources={"a.yaml": source})["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 1)
    assert run_of(CLEAN)["newlineSequences"] == ["\r\n", "\n", "\r"]
