"""``playbook schedule``: dates, what is wrong with them, what moves, and the formats."""

from __future__ import annotations

import csv
import io
import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from running import run, template, write

WON, LIVE = "closed_won=2026-12-01", "go_live=2027-01-18"
BOTH = ("--anchor", WON, "--anchor", LIVE)
SCHEMA = json.loads(
    resources.files("playbook.views.scheduling").joinpath("schedule.v1.schema.json").read_text(encoding="utf-8")
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write(tmp_path, template("enterprise"))


def values(workspace: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("schedule", *arguments, "--as", "json", cwd=workspace, code=code).out)
    jsonschema.validate(found, SCHEMA, format_checker=jsonschema.FormatChecker())
    return found


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the date of Closed won is missing, with which the journey starts: --anchor closed_won=DATE"),
        (["--anchor", "closed_won"], "'closed_won' is no anchor with its date, such as closed_won=2026-12-01"),
        (["--anchor", "=2026-12-01"], "'=2026-12-01' is no anchor with its date"),
        (
            ["--anchor", "closed_wn=2026-12-01"],
            "there is no anchor 'closed_wn' in enterprise_onboarding. Did",
        ),
        (["--anchor", "closed_won=2026-02-30"], "'2026-02-30' is no date: 2026-02 has 28 days"),
        (["--anchor", "closed_won=2026-13-01"], "there is no month 13"),
        (
            ["--anchor", "closed_won=01/06/2026"],
            "'01/06/2026' is no date: write year, month and day, as 2026",
        ),
        (["--anchor", "closed_won=2026-12-1"], "'2026-12-1' is no date"),
        (
            ["--anchor", "closed_won", "2026-12-01"],
            "the date 2026-12-01 belongs to an anchor: --anchor closed_won=",
        ),
        (["--anchor", WON, "--moved", WON], "--moved: closed_won is on 2026-12-01 already"),
        (["--anchor", "closed_won=٢٠٢٦-12-01"], "is no date"),
        (["--anchor", "closed_won=9999-12-01"], "'9999-12-01' is not between the years 1901 and 2199"),
        (["--anchor", WON, "--anchor", "closed_won=2026-12-02"], "is given twice: 2026-12-01 and 2026-12-02"),
        (["--anchor", WON, "--moved", "golive=2027-01-01"], "--moved: there is no anchor 'golive'"),
        (["--anchor", WON, "--from", "tomorrow"], "--from: 'tomorrow' is no date"),
        (["--anchor", WON, "--horizon", "soon"], "--horizon: 'soon' is neither a date nor a time such as 90d"),
        (["--anchor", WON, "--horizon", "99999d"], "is more than ten years behind the last date"),
        (["--anchor", WON, "--as", "bpmn"], "a schedule cannot be written as 'bpmn'"),
        (["--anchor", WON, "--as", "cvs"], "Did you mean csv?"),
        (["--anchor", WON, "-o", "plan.docx"], "the end of 'plan.docx' is that of no format"),
        (["--anchor", WON, "--id", "a"], "--id says which account of a file: add --account FILE"),
        (["--account", "none.csv"], "--account: there is no file 'none.csv'"),
        (["--anchor", WON, "--variant", "small"], "there is no variant 'small'"),
        (["enterprise", "--anchor", WON], "there is no playbook 'enterprise' here"),
    ],
)
def test_mistakes_are_wrong_use(workspace: Path, arguments: list[str], message: str) -> None:
    result = run("schedule", *arguments, cwd=workspace, code=2)
    assert message in " ".join(result.err.split())
    assert result.out == ""


def test_each_line_fits_its_terminal(workspace: Path) -> None:
    text = run("schedule", *BOTH, cwd=workspace, code=0).out
    assert max(map(len, text.splitlines())) <= 100
    assert "\x1b" not in text
    assert "10 steps from 2026-12-01 to 2027-03-01; no conflicts\n" in text


def test_what_has_no_date_says_what_it_needs(workspace: Path) -> None:
    text = run("schedule", "--anchor", WON, cwd=workspace, code=0).out
    assert "No date: needs --anchor go_live=DATE\n  Connect single sign-on, " in text
    found = values(workspace, "--anchor", WON)
    needing = [line["id"] for line in found["work"] if line["needs_anchors"] == ["go_live"]]
    assert "connect_sso" in needing
    assert all(line["due"] is None for line in found["work"] if line["id"] in needing)
    assert {"id": "go_live", "title": "Go-live", "date": None, "start": False, "moves": True} in found["anchors"]


def test_dates_that_cannot_be_kept_are_findings(workspace: Path) -> None:
    arguments = ("schedule", "--anchor", WON, "--anchor", "go_live=2026-11-20")
    result = run(*arguments, cwd=workspace, code=1)
    assert "error PLN002: " in result.out
    assert "onboarding.yaml:" in result.out
    found = values(workspace, *arguments[1:], code=1)
    assert {conflict["code"] for conflict in found["conflicts"]} >= {"PLN002"}
    assert any(line["late"] for line in found["work"])
    # The table goes to standard output, the findings beside it.
    table = run(*arguments, "--as", "csv", cwd=workspace, code=1)
    assert "PLN002" in table.err
    assert "PLN002" not in table.out


def test_a_chain_that_is_too_long_is_told_once(tmp_path: Path) -> None:
    files = template("enterprise")
    files["onboarding.yaml"] = (
        files["onboarding.yaml"]
        .replace("takes: 5..10bd", "takes: 40bd")
        .replace("        when: account.data_to_migrate\n", "")
    )
    result = run("schedule", *BOTH, cwd=write(tmp_path, files), code=1)
    assert result.out.count("error PLN001") == 1
    assert "migrate_data 40" in result.out
    assert "expected: " in result.out
    found = values(tmp_path, *BOTH, code=1)
    (conflict,) = [each for each in found["conflicts"] if each["code"] == "PLN001"]
    assert conflict["chain"][-1] == conflict["id"]
    assert conflict["due"] < conflict["earliest"]
    assert conflict["short"] > 0


def test_a_chain_says_what_lies_between_its_work(workspace: Path) -> None:
    result = run("schedule", "--anchor", WON, "--anchor", "go_live=2026-12-21", cwd=workspace, code=0)
    assert "agree_plan 5 → migrate_data 10, and 3 between them (handoffs, waits); 2 more are tight" in result.out


def test_dates_of_two_anchors_that_stand_too_close_are_told(workspace: Path) -> None:
    dates = ("--anchor", WON, "--anchor", "go_live=2027-01-04")
    told = run("schedule", *dates, cwd=workspace).out
    assert (
        'info PLN005: "Migrate the data" is due on 2026-12-28, 7 days before Go-live, and is in time only if '
        '"Agree the project plan" is done before its own due date, 2026-12-15: else it may last until 2026-12-31'
        in told
    )
    assert re.search(r"what it waits for: \S+\.yaml:71:14\n", told)
    assert told.endswith("no conflicts, 1 just fits\n")
    (conflict,) = values(workspace, *dates)["conflicts"]
    assert (conflict["code"], conflict["kind"], conflict["short"]) == ("PLN005", "too_close", 3)
    assert conflict["chain"] == ["agree_plan", "migrate_data"]
    assert values(workspace, *BOTH)["conflicts"] == []


@pytest.mark.parametrize("code", ["PLN001", "PLN002", "PLN003", "PLN004", "PLN005"])
def test_the_codes_are_explained(tmp_path: Path, code: str) -> None:
    assert run("rule", code, cwd=tmp_path, code=0).out.startswith(f"{code} ")


def test_what_moves_with_an_anchor(workspace: Path) -> None:
    found = values(workspace, *BOTH, "--moved", "go_live=2027-02-01")["moved"]
    assert found["anchors"] == [{"id": "go_live", "was": "2027-01-18", "becomes": "2027-02-01", "by": 10}]
    moving = {move["id"]: move for move in found["moving"]}
    assert moving["connect_sso"] == {
        "kind": "step",
        "id": "connect_sso",
        "title": "Connect single sign-on",
        "was": "2027-01-04",
        "becomes": "2027-01-18",
        "by": 10,
        "why": None,
    }
    staying = {move["id"]: move["why"] for move in found["staying"]}
    assert staying["write_brief"] == "hangs on Closed won"
    assert not moving.keys() & staying.keys()
    text = run("schedule", *BOTH, "--moved", "go_live=2027-02-01", cwd=workspace, code=0).out
    assert text.startswith("Go-live moves from 2027-01-18 to 2027-02-01 (10 working days later)\n")
    assert "Not moved: hangs on Closed won\n" in text


def test_a_move_that_makes_the_plan_impossible(workspace: Path) -> None:
    result = run("schedule", *BOTH, "--moved", "go_live=2026-11-20", cwd=workspace, code=1)
    assert "error PLN002" in result.out
    found = values(workspace, *BOTH, "--moved", "go_live=2026-11-20", code=1)["moved"]
    assert [conflict["code"] for conflict in found["arising"]]
    back = values(workspace, "--anchor", WON, "--anchor", "go_live=2026-11-20", "--moved", LIVE)["moved"]
    assert back["settled"] == found["arising"]


def test_an_anchor_that_is_given_by_moving(workspace: Path) -> None:
    found = values(workspace, "--anchor", WON, "--moved", LIVE)["moved"]
    assert found["anchors"] == [{"id": "go_live", "was": None, "becomes": "2027-01-18", "by": None}]
    assert {"connect_sso", "launch_team"} <= {move["id"] for move in found["moving"]}


def test_recurring_work_up_to_the_horizon(workspace: Path) -> None:
    found = {each["id"]: each for each in values(workspace, *BOTH)["recurring"]}
    assert found["watch_usage"]["rhythm"] == "every week for 2 weeks, then every 2 weeks, at most 3 times"
    assert found["watch_usage"]["dates"] == ["2027-02-15", "2027-02-22", "2027-03-01", "2027-03-15", "2027-03-29"]
    assert found["weekly_note"]["goes_on"]
    short = values(workspace, *BOTH, "--horizon", "2027-03-05")
    assert short["horizon"] == "2027-03-05"
    assert {each["id"]: each["dates"][-1] for each in short["recurring"]} == {
        "watch_usage": "2027-03-01",
        "weekly_note": "2027-03-02",
    }
    assert values(workspace, *BOTH, "--horizon", "1w")["horizon"] == "2027-03-08"


def test_only_what_comes(workspace: Path) -> None:
    found = values(workspace, *BOTH, "--from", "2027-01-18")
    assert "write_brief" not in {line["id"] for line in found["work"]}
    assert min(day for each in found["recurring"] for day in each["dates"]) >= "2027-01-18"


def test_tables_and_pictures(workspace: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("schedule", *BOTH, "--as", "csv", cwd=workspace, code=0).out)))
    by_id = {row["Id"]: row for row in rows if row["Kind"] == "step"}
    assert by_id["connect_sso"]["Due"] == "2027-01-04"
    again = [row["Due"] for row in rows if row["Kind"] == "repeated step"]
    assert again == ["2027-02-22", "2027-03-01", "2027-03-15", "2027-03-29"]
    svg = run("schedule", *BOTH, "--as", "svg", cwd=workspace, code=0).out
    assert "14 Dec" in svg
    assert "Working days from" not in svg
    for name in ("plan.xlsx", "plan.pdf", "plan.html", "plan.pptx", "plan.md", "plan.txt", "plan.json", "plan.png"):
        result = run("schedule", *BOTH, "-o", name, cwd=workspace, code=0)
        assert result.err == f"wrote {name}\n"
        assert (workspace / name).stat().st_size > 1000


def test_the_same_bytes_each_time(workspace: Path) -> None:
    for form in ("text", "json", "csv", "svg"):
        outputs = {
            run("schedule", *BOTH, "--as", form, cwd=workspace, env={"TZ": zone, "COLUMNS": width}).raw_out
            for zone, width in (("Pacific/Auckland", "60"), ("America/Los_Angeles", "200"))
        }
        assert len(outputs) == 1, form


def test_an_account(workspace: Path) -> None:
    table = (
        "account,name,closed_won,go_live,account.sso_required,account.data_to_migrate,role.csm\n"
        "acme,Acme Ltd,2026-12-01,2027-01-18,false,true,\n"
        "nord,=Nordwind,2026-12-01,2027-02-15,true,false,\n"
    )
    write(workspace, {"accounts.csv": table})
    several = run("schedule", "--account", "accounts.csv", cwd=workspace, code=2)
    assert "accounts.csv has 2 accounts: name one with --id" in several.err
    wrong = run("schedule", "--account", "accounts.csv", "--id", "acm", cwd=workspace, code=2)
    assert "there is no account 'acm' in accounts.csv. Did you mean acme?" in wrong.err
    acme = values(workspace, "--account", "accounts.csv", "--id", "acme")
    assert acme["account"] == "Acme Ltd"
    assert [each["id"] for each in acme["left_out"]] == ["connect_sso"]
    assert "connect_sso" not in {line["id"] for line in acme["work"]}
    nord = values(workspace, "--account", "accounts.csv", "--id", "nord")
    assert [each["id"] for each in nord["left_out"]] == ["migrate_data"]
    # A date of the command line goes before that of the file.
    moved = values(workspace, "--account", "accounts.csv", "--id", "nord", "--anchor", LIVE)
    assert {anchor["id"]: anchor["date"] for anchor in moved["anchors"]}["go_live"] == "2027-01-18"


def test_people_of_an_account_are_named(workspace: Path) -> None:
    text = "account: acme\nname: Acme Ltd\nclosed_won: 2026-12-01\nrole.csm: ann@acme.example\n"
    write(workspace, {"acme.yaml": text})
    result = run("schedule", "--account", "acme.yaml", cwd=workspace, code=0)
    assert "for Acme Ltd\n" in result.out
    (line,) = [line for line in result.out.splitlines() if "Review the handover brief" in line]
    assert "ann@acme.example" in line
    notes = values(workspace, "--account", "acme.yaml")["notes"]
    assert notes == ["connect_sso, migrate_data: whether its condition holds is not known; it is planned"]


def test_a_bad_row_is_told_and_the_others_are_read(workspace: Path) -> None:
    write(workspace, {"a.csv": "account,closed_won\nacme,2026-12-01\nbad,01/06/2026\n"})
    result = run("schedule", "--account", "a.csv", cwd=workspace, code=0)
    assert "ACC007" in result.err
    assert "for acme\n" in result.out


def test_a_playbook_with_grave_mistakes_has_no_dates(workspace: Path) -> None:
    text = (workspace / "onboarding.yaml").read_text(encoding="utf-8")
    write(workspace, {"onboarding.yaml": text.replace("after: [connect_sso,", "after: [conect_sso,")})
    result = run("schedule", *BOTH, cwd=workspace, code=1)
    assert "REF002" in result.err
    assert "enterprise_onboarding has no dates: these findings make them meaningless." in result.err
    assert result.out == ""


def test_hostile_words_come_through(workspace: Path) -> None:
    text = (workspace / "onboarding.yaml").read_text(encoding="utf-8")
    hostile = '"=1+1 \\u202e <b>&amp; \\e[31m 🎉 [bold]x"'
    write(workspace, {"onboarding.yaml": text.replace("do: Write the handover brief", f"do: {hostile}")})
    shown = run("schedule", *BOTH, cwd=workspace, code=0).out
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]x" in shown
    table = run("schedule", *BOTH, "--as", "csv", cwd=workspace, code=0).out
    assert "\n=1+1" not in table
    assert ",=1+1" not in table
    run("schedule", *BOTH, "-o", "plan.xlsx", cwd=workspace, code=0)
    run("schedule", *BOTH, "--as", "svg", cwd=workspace, code=0)


def test_several_playbooks_ask_for_one(workspace: Path) -> None:
    text = (workspace / "onboarding.yaml").read_text(encoding="utf-8")
    write(workspace, {"second.yaml": text.replace("enterprise_onboarding", "second_onboarding")})
    result = run("schedule", *BOTH, cwd=workspace, code=2)
    assert "name one of enterprise_onboarding, second_onboarding" in result.err
    run("schedule", "second_onboarding", *BOTH, cwd=workspace, code=0)
