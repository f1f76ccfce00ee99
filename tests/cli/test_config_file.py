"""Mistakes in ``playbook.toml``: findings with their place, and the run goes on with what is right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import MINIMAL, ORGANIZATION, run, write

HOW = "playbook check --write-baseline old.json"

CASES = {
    "unknown key": ('profil = "team"\n', "1:1", 'unknown key "profil"', "profile"),
    "unknown table": ("[sevrity]\n", "1:2", 'unknown key "sevrity"', "severity"),
    "bad TOML": ('profile = "team"\nselect = [\n', "2:10", "is not valid TOML", None),
    "bad TOML, Windows": (b"# \xc3\xa9\r\nprofile = team\r\n", "2:11", "is not valid TOML", None),
    "bad TOML, unquoted": ("profile = team\n", "1:11", "is not valid TOML", None),
    "unknown profile": ('profile = "taem"\n', "1:12", '"taem" is not a profile', "team"),
    "profile of a wrong type": ("profile = 5\n", "1:11", '"5" is not a profile', None),
    "list of a wrong type": ('select = "RCI"\n', "1:11", '"select" is not a list of texts', None),
    "item of a wrong type": ("ignore = [1]\n", "1:11", '"ignore" is not a list of texts: "1" is none', None),
    "include of a wrong type": ("include = {}\n", "1:11", '"include" is not a list of texts', None),
    "severity of a wrong type": ('severity = "error"\n', "1:1", '"severity" is not a table', None),
    "unknown severity": ('[severity]\nRCI002 = "warn"\n', "2:11", '"warn" is not a severity', None),
    "severity off": ("[severity]\nRCI002 = false\n", "2:10", '"false" is not a severity', None),
    "unknown rule in select": (
        'select = ["RCI", "RCI0O1"]\n',
        "1:19",
        "no rule or family of rules 'RCI0O1'",
        "RCI001",
    ),
    "unknown rule in ignore": ('ignore = ["XYZ123"]\n', "1:12", "no rule or family of rules 'XYZ123'", None),
    "unknown rule in severity": ('[severity]\nRCI0O2 = "info"\n', "2:1", "no rule 'RCI0O2'", "RCI002"),
    "family in severity": ('[severity]\nRCI = "info"\n', "2:1", "no rule 'RCI'", None),
    "fail_on of no kind": ('fail_on = "warnings"\n', "1:12", '"warnings" is not a value', "warning"),
    "baseline of a wrong type": ("baseline = true\n", "1:12", '"baseline" is not a text', None),
    "baseline that is not there": ('baseline = "old.json"\n', "1:13", "there is no baseline 'old.json'", HOW),
    "per_file_ignores of a wrong type": ('per_file_ignores = ["a"]\n', "1:1", "is not a table", None),
    "pattern of a wrong type": (
        '[per_file_ignores]\n"a/**" = "RCI"\n',
        "2:11",
        '"a/**" is not a list of texts',
        None,
    ),
    "unknown rule in a pattern": (
        '[per_file_ignores]\n"p.yaml" = [\n  "HND",\n  "RCI0O2",\n]\n',
        "4:4",
        "no rule or family of rules 'RCI0O2'",
        "RCI002",
    ),
    "unknown rule in mandatory": ("mandatory = ['XYZ']\n", "1:15", "no rule or family of rules 'XYZ'", None),
    "unknown rule in extend_select": ('extend_select = ["GOV999"]\n', "1:19", "family of rules 'GOV999'", "GOV109"),
    "options of an unknown rule": ("[options.RCI0O7]\nat_most = 3\n", "1:10", "no rule 'RCI0O7'", "RCI007"),
    "options of a wrong type": ("[options]\nRCI007 = 3\n", "2:1", '"options.RCI007" is not a table', None),
    "unknown option": ("options.RCI007.at_mots = 3\n", "1:16", "RCI007 has no option 'at_mots'", "at_most"),
    "option of a rule without any": ("options.REF001.x = 3\n", "1:16", "REF001 has no option 'x'", None),
    "option of a wrong type": (
        '[options."RCI007"]\nat_most = "six"\n',
        "2:12",
        "'six' is not a whole number, 0 or more, which RCI007 needs for 'at_most'",
        None,
    ),
    "option that is a truth": ("[options.RCI007]\nat_most = true\n", "2:11", "'true' is not a whole number", None),
    "option below 0": ("[options.RCI007]\nat_most = -1\n", "2:11", "'-1' is not a whole number", None),
    "selected and ignored": (
        'select = ["RCI", "SCH"]\nignore = ["RCI"]\n',
        "2:12",
        '\'RCI\' stands in "select" and in "ignore"',
        None,
    ),
    "number of 5,000 digits": ("a = " + "9" * 5_000, "1:1", "cannot be read", None),
    "not UTF-8": (b'profile = "\xff"\n', "1:1", "is not UTF-8", None),
    "too large": ("#" * 200_000, "1:1", "at most 100,000 are read", None),
    "deep": ("a = " + "[" * 30_000, "1:1", "nested too deeply", None),
}


@pytest.mark.parametrize("what", CASES)
def test_mistakes_are_findings_with_their_place(what: str, tmp_path: Path) -> None:
    text, place, message, suggestion = CASES[what]
    write(tmp_path, {"playbook.toml": text, "p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    report = json.loads(run("check", "--format", "json", cwd=tmp_path, code=1).out)
    (finding,) = [finding for finding in report["findings"] if finding["code"] == "CFG001"]
    assert finding["file"] == "playbook.toml"
    assert f"{finding['start']['line']}:{finding['start']['column']}" == place
    assert message in finding["message"]
    assert finding["suggestion"] == suggestion
    assert report["summary"]["documents"] == 2


def test_a_pattern_of_no_file_is_only_noted(tmp_path: Path) -> None:
    toml = '[per_file_ignores]\n"x/**" = ["RCI"]\n'
    write(tmp_path, {"playbook.toml": toml, "p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    out = run("check", cwd=tmp_path, code=0).out
    assert "playbook.toml:2:2: info CFG001: the pattern 'x/**' matches no file" in out


def test_the_line_of_the_mistake_is_shown(tmp_path: Path) -> None:
    write(tmp_path, {"playbook.toml": 'profile = "taem"\n', "p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    head = 'playbook.toml:1:12: error CFG001: "taem" is not a profile\n'
    excerpt = '    1 | profile = "taem"\n      |            ^^^^\n'
    assert run("check", "p.yaml", cwd=tmp_path, code=1).out.startswith(head + excerpt)


def test_all_mistakes_are_told_and_what_is_right_holds(tmp_path: Path) -> None:
    config = 'profil = "team"\nexclude = ["bad/**"]\nselect = 5\nignore = ["NOPE", "REF003"]\n'
    write(
        tmp_path,
        {"playbook.toml": config, "p.yaml": MINIMAL, "o.yaml": ORGANIZATION, "bad/x.yaml": "playbook: [\n"},
    )
    out = run("check", cwd=tmp_path, code=1).out
    assert [line.split(" ")[0] for line in out.splitlines() if " CFG001" in line] == [
        "playbook.toml:1:1:",
        "playbook.toml:3:10:",
        "playbook.toml:4:12:",
    ]
    assert "bad/x.yaml" not in out


def test_rules_are_chosen_and_weighed(tmp_path: Path) -> None:
    bad = MINIMAL.replace("A: csm, R: csm", "R: csm")
    write(tmp_path, {"p.yaml": bad, "o.yaml": ORGANIZATION})
    assert "error RCI001" in run("check", cwd=tmp_path, code=1).out
    write(tmp_path, {"playbook.toml": 'ignore = ["RCI001"]\n'})
    run("check", cwd=tmp_path, code=0)
    assert "error RCI001" in run("check", "--select", "RCI", cwd=tmp_path, code=1).out
    write(tmp_path, {"playbook.toml": '[severity]\nRCI001 = "info"\n'})
    assert "info RCI001" in run("check", cwd=tmp_path, code=0).out
    write(tmp_path, {"playbook.toml": 'select = ["GRF"]\n'})
    run("check", cwd=tmp_path, code=0)


def test_an_empty_file_is_a_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"playbook.toml": "", "p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    run("check", cwd=tmp_path, code=0)


def test_a_folder_of_that_name_is_none(tmp_path: Path) -> None:
    write(tmp_path, {"playbook.toml/x": "", "p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    run("check", cwd=tmp_path, code=0)
