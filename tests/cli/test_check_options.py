"""The options of ``check`` as the command line takes them: what goes together and what it does."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from running import run, write

from playbook.cli.check import FORMATS as CHOICES
from playbook.report.registry import FORMATS

WRONG = "organization: acme\nteem: {}\nteams: {sales: {titel: Sales}}\n"
WARNINGS_ONLY = "organization: acme\nteams: {sales: {title: Sales}}  # playbook: ignore[RCI001]\n"


def test_the_formats_are_those_that_there_are() -> None:
    assert list(CHOICES) == list(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_comes_out(form: str, tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": WRONG})
    out = run("check", "--format", form, cwd=tmp_path, code=1).out
    assert "SCH002" in out


def test_several_reports_at_once(tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": WRONG})
    out = run(
        "check", "--format", "concise", "--output", "a.json", "-o", "sarif=deep/b.txt", cwd=tmp_path, code=1
    ).out
    assert len(out.splitlines()) >= 2
    assert len(json.loads((tmp_path / "a.json").read_text())["findings"]) == 2
    assert json.loads((tmp_path / "deep" / "b.txt").read_text())["version"] == "2.1.0"


def test_files_are_complete_when_the_screen_is_cut(tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": WRONG})
    out = run("check", "--max-findings", "1", "-o", "a.json", cwd=tmp_path, code=1).out
    assert out.count("SCH002") == 1
    assert "… and 1 more" in out
    assert len(json.loads((tmp_path / "a.json").read_text())["findings"]) == 2
    assert "2  SCH002" in run("check", "--statistics", "--max-findings", "1", cwd=tmp_path, code=1).out


def test_what_fails(tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": WRONG})
    run("check", "--fail-on", "never", cwd=tmp_path, code=0)
    run("check", "--fail-on", "error", cwd=tmp_path, code=1)
    run("check", "--max-findings", "0", cwd=tmp_path, code=1)


def test_warnings_alone_fail_unless_only_errors_are_to(tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": WARNINGS_ONLY})
    assert " warning" in run("check", cwd=tmp_path, code=1).out
    assert " warning" in run("check", "--fail-on", "error", cwd=tmp_path, code=0).out
    run("check", "--fail-on", "info", cwd=tmp_path, code=1)


def test_mending_and_what_would_be_mended(tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": WRONG})
    shown = run("check", "--diff", cwd=tmp_path, code=1)
    assert "+teams: {sales: {title: Sales}}" in shown.out
    assert (tmp_path / "organization.yaml").read_text() == WRONG
    mended = run("check", "--fix", cwd=tmp_path)
    assert "mended in 1 file" in mended.err
    assert (tmp_path / "organization.yaml").read_text() == WRONG.replace("titel", "title")


def test_standard_input_comes_out_mended(tmp_path: Path) -> None:
    text = "organization: acme\nteams: {sales: {titel: Sales}}\n"
    result = run("check", "--fix", "-", cwd=tmp_path, stdin=text.encode())
    assert result.out == text.replace("titel", "title")


@pytest.mark.parametrize("name", ["p.yaml", "../w/p.yaml", "new.yaml", "{}/w/p.yaml", "{}/w/new.yaml"])
def test_standard_input_is_mended_whatever_its_name(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    write(folder, {"p.yaml": "organization: other\n"})
    text = "organization: acme\nteams: {sales: {titel: Sales}}\n"
    options = ("--stdin-filename", name.format(tmp_path), "-")
    assert run("check", "--fix", *options, cwd=folder, stdin=text.encode()).out == text.replace("titel", "title")
    assert "+teams: {sales: {title" in run("check", "--diff", *options, cwd=folder, stdin=text.encode(), code=1).out
    assert (folder / "p.yaml").read_text() == "organization: other\n"


def test_standard_input_stands_in_for_the_same_document_while_it_is_mended(tmp_path: Path) -> None:
    text = "organization: acme\nteams: {sales: {titel: Sales}}\n"
    write(tmp_path, {"1.yaml": text})
    assert "REF001" not in run("check", "--fix", "-", cwd=tmp_path, stdin=text.encode()).err


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_standard_output_holds_no_report_of_an_unreadable_text(option: str, tmp_path: Path) -> None:
    result = run("check", option, "-", cwd=tmp_path, stdin=b"playbook: \xff\n", code=1)
    assert result.raw_out == b""
    assert "SCH001" in result.err


def test_a_link_to_a_file_of_the_workspace_is_mended_with_it(tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": WRONG})
    (tmp_path / "same.yaml").symlink_to("organization.yaml")
    assert "cannot write" not in run("check", "--fix", cwd=tmp_path).err
    assert (tmp_path / "organization.yaml").read_text() == WRONG.replace("titel", "title")


def test_a_baseline_from_the_command_line(tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": WRONG})
    assert (
        "2 findings written to known.json"
        in run("check", "--write-baseline", "known.json", cwd=tmp_path, code=0).err
    )
    run("check", "--baseline", "known.json", cwd=tmp_path, code=0)
    write(tmp_path, {"organization.yaml": WRONG.replace("teams:", "rolls: {}\nteams:")})
    out = run("check", "--baseline", "known.json", cwd=tmp_path, code=1).out
    assert "rolls" in out
    assert "teem" not in out


CONTRADICTIONS = [
    ("--unsafe-fixes",),
    ("--watch", "--fix"),
    ("--watch", "-"),
    ("--write-baseline", "a.json", "--fix"),
    ("--baseline", "a.json", "--no-baseline"),
    ("--baseline", ""),
    ("--write-baseline", ""),
    ("--write-baseline", "a.json", "-"),
    ("--write-baseline", os.devnull),
    ("--diff", "--output", "a.json"),
    ("--diff", "--format", "json"),
    ("--diff", "--format", "text"),
    ("--diff", "--statistics"),
    ("--diff", "--max-findings", "1"),
    ("--diff", "--fail-on", "error"),
    ("--no-cache", "--cache-dir", "x"),
    ("--stdin-filename", ".", "-"),
    ("--statistics", "--format", "sarif"),
    ("--output", "x"),
    ("--output", "sarf=x"),
    ("--output", "a.json", "--output", "json=a.json"),
]


@pytest.mark.parametrize("options", CONTRADICTIONS, ids=" ".join)
def test_options_that_make_no_sense(options: tuple[str, ...], tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": "organization: acme\n"})
    result = run("check", *options, cwd=tmp_path, code=2)
    assert result.out == ""
    assert "Error" in result.err


def test_the_next_profile_can_be_tried(tmp_path: Path) -> None:
    write(tmp_path, {"playbook.toml": 'profile = "basic"\n', "organization.yaml": "organization: acme\n"})
    assert "(profile basic)" in run("check", cwd=tmp_path, code=0).out
    assert "(profile governed)" in run("check", "--profile", "governed", cwd=tmp_path).out
    assert "(profile basic)" in run("check", cwd=tmp_path, code=0).out
    shown = run("config", "--profile", "governed", cwd=tmp_path, code=0).out
    assert "governed" in shown
    assert "command line" in shown
