"""Whole outputs, kept in ``golden/``. ``UPDATE_GOLDEN=1`` writes them anew, to be read before they are kept."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from running import run, write
from workspaces import CLEAN, MISTAKES

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"

CASES = {
    "check.txt": (MISTAKES, ["check"], 1),
    "check.json": (MISTAKES, ["check", "--format", "json"], 1),
    "check_statistics.txt": (MISTAKES, ["check", "--statistics"], 1),
    "show_mistakes.txt": (MISTAKES, ["show"], 0),
    "show.txt": (CLEAN, ["show"], 0),
    "show_raci.txt": (CLEAN, ["show", "--raci"], 0),
    "show_tasks.txt": (CLEAN, ["show", "--tasks"], 0),
    "export_tasks.json": (CLEAN, ["export", "tasks", "--as", "json"], 0),
    "export_raci.md": (CLEAN, ["export", "raci", "--as", "markdown"], 0),
    "export_journey.mmd": (CLEAN, ["export", "journey", "--as", "mermaid"], 0),
    "rules.txt": (CLEAN, ["rule"], 0),
}


@pytest.mark.parametrize("name", CASES)
def test_whole_outputs(name: str, tmp_path: Path) -> None:
    files, arguments, code = CASES[name]
    write(tmp_path, files)
    shown = run(*arguments, cwd=tmp_path, code=code).out
    path = GOLDEN / name
    if UPDATE:
        path.write_text(shown, encoding="utf-8", newline="\n")
    assert shown == path.read_bytes().decode("utf-8")
    assert str(tmp_path) not in shown


def test_every_golden_file_is_compared() -> None:
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted(CASES)


def test_the_clean_workspace_is_clean(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    assert run("check", cwd=tmp_path, code=0).out == "2 documents checked, no findings (profile basic)\n"


@pytest.mark.parametrize("files", [MISTAKES, CLEAN])
def test_json_keeps_its_promise(files: dict[str, str], tmp_path: Path) -> None:
    schema = json.loads(Path(__file__).with_name("check_json_v1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    write(tmp_path, files)
    report = json.loads(run("check", "--format", "json", cwd=tmp_path).out)
    Draft202012Validator(schema).validate(report)
    findings = report["findings"]
    assert report["summary"]["error"] == len([each for each in findings if each["severity"] == "error"])
    keys = [(each["file"], each["start"]["line"], each["start"]["column"], each["code"]) for each in findings]
    assert keys == sorted(keys)


def test_json_places_are_those_of_the_files(tmp_path: Path) -> None:
    write(tmp_path, MISTAKES)
    for finding in json.loads(run("check", "--format", "json", cwd=tmp_path, code=1).out)["findings"]:
        text = MISTAKES[finding["file"]]
        for end in ("start", "end"):
            place = finding[end]
            before = text[: place["offset"]].split("\n")
            assert (place["line"], place["column"]) == (len(before), len(before[-1]) + 1)
