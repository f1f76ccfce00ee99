"""``export TARGET``: templates and plans for tools, losses, options, ledgers, and every way to ask wrongly."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from running import run, write

PILOT = {
    "o.yaml": """\
        organization: people
        teams:
          success: {title: Customer Success}
          buyer: {title: The customer, party: customer}
        roles:
          csm: {title: CSM, team: success}
          admin: {title: Administrator, team: buyer}
        people:
          ada@acme.example: {roles: csm, name: Ada}
        """,
    "p.yaml": """\
        playbook: pilot
        title: Pilot
        scope: part
        anchors:
          closed_won: {event: deal.closed_won, start: true}
        ends: {done: {title: Onboarded, success: true}}
        stages:
          - id: prepare
            raci: {A: csm, R: csm}
            steps:
              - {id: invite, do: Invite the customer, due: 1bd after closed_won}
              - {id: connect, do: Connect the data, party: customer, raci: {R: admin}, due: 5bd after closed_won}
        """,
}
MONDAY = "closed_won=2026-11-30"


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    write(tmp_path, PILOT)
    return tmp_path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_a_template_has_offsets_and_no_dates(pilot: Path) -> None:
    result = run("export", "task-csv", cwd=pilot)
    assert result.code == 0
    assert [(row["Key"], row["Due"], row["Unit"]) for row in rows(result.out)] == [
        ("pilot/invite", "1", "bd"),
        ("pilot/connect", "5", "bd"),
    ]


def test_a_plan_has_dates_people_and_keys(pilot: Path) -> None:
    result = run("export", "task-csv", "--id", "acme", "--anchor", MONDAY, cwd=pilot)
    assert result.code == 0
    assert [(row["Key"], row["Due"], row["Assigned to"]) for row in rows(result.out)] == [
        ("pilot/invite/acme", "2026-12-01", "ada@acme.example"),
        ("pilot/connect/acme", "2026-12-07", ""),
    ]


def test_accounts_of_a_file(pilot: Path) -> None:
    (pilot / "accounts.csv").write_text(
        "account,name,closed_won\nacme,Acme Ltd,2026-11-30\nglobex,Globex,\n", encoding="utf-8"
    )
    result = run("export", "task-csv", "--accounts", "accounts.csv", "--anchor", "closed_won=2026-12-07", cwd=pilot)
    assert result.code == 0
    assert [(row["Account"], row["Due"]) for row in rows(result.out)] == [
        ("Acme Ltd", "2026-12-01"),
        ("Acme Ltd", "2026-12-07"),
        ("Globex", "2026-12-08"),
        ("Globex", "2026-12-14"),
    ]
    one = run("export", "task-csv", "--accounts", "accounts.csv", "--id", "acme", cwd=pilot)
    assert {row["Account id"] for row in rows(one.out)} == {"acme"}


def test_repeated_work_is_listed_up_to_the_horizon(pilot: Path) -> None:
    text = (pilot / "p.yaml").read_text(encoding="utf-8")
    step = "      - {id: call, do: Call them, due: 5bd after closed_won, repeat: {every: 1w, at_most: 50}}\n"
    (pilot / "p.yaml").write_text(text + step, encoding="utf-8")
    asked = ("export", "task-csv", "--id", "acme", "--anchor", MONDAY, "--horizon")
    by_time, by_date = (run(*asked, horizon, cwd=pilot, code=0).out for horizon in ("2w", "2026-12-21"))
    calls = [row["Due"] for row in rows(by_time) if row["Task"].startswith("Call them")]
    assert calls == ["2026-12-07", "2026-12-14", "2026-12-21"]
    assert by_time == by_date
    assert "neither a date nor a time" in run(*asked, "soon", cwd=pilot, code=2).err


def test_losses_are_told_before_anything_is_written(pilot: Path) -> None:
    result = run("export", "hubspot-pipelines", "-o", "p", cwd=pilot)
    assert result.code == 0
    assert "pilot to HubSpot" in result.err
    assert "lost    " in result.err
    strict = run("export", "hubspot-pipelines", "--strict", "-o", "strict.json", cwd=pilot)
    assert strict.code == 1
    assert not (pilot / "strict.json").exists()
    assert "--strict" in strict.err


def test_options_come_from_the_configuration_and_the_command_line(pilot: Path) -> None:
    (pilot / "playbook.toml").write_text('[targets.hubspot-pipelines]\nobject = "deals"\n', encoding="utf-8")
    run("export", "hubspot-pipelines", "-o", "deals", cwd=pilot, code=0)
    run("export", "hubspot-pipelines", "--set", "object=tickets", "-o", "tickets", cwd=pilot, code=0)
    deals, tickets = (
        b"".join(path.read_bytes() for path in sorted((pilot / folder).rglob("*.json")))
        for folder in ("deals", "tickets")
    )
    assert b"probability" in deals
    assert b"ticketState" in tickets
    assert b"probability" not in tickets


def test_a_second_export_gives_only_what_is_new(pilot: Path) -> None:
    first = run("export", "asana", "--id", "acme", "--anchor", MONDAY, "-o", "a.csv", cwd=pilot)
    assert first.code == 0
    ledger = "a.csv.ledger.csv"
    assert f"--changes-since {ledger}" in first.err
    again = ("export", "asana", "--id", "acme", "--changes-since", ledger)
    same = run(*again, "--anchor", MONDAY, "-o", "b.csv", cwd=pilot)
    assert same.code == 0
    assert "nothing is new" in same.err
    assert not (pilot / "b.csv").exists()
    moved = run(*again, "--anchor", "closed_won=2026-12-01", "-o", "b.csv", cwd=pilot)
    assert "0 new, 2 changed, 0 gone" in moved.err
    assert not (pilot / "b.csv").exists()
    once = ("export", "asana", "--id", "acme", "--changes-since", "b.csv.ledger.csv")
    assert "change by hand" not in run(*once, "--anchor", "closed_won=2026-12-01", "-o", "d.csv", cwd=pilot).err
    text = (pilot / "p.yaml").read_text(encoding="utf-8")
    step = "      - {id: train, do: Train the users, due: 9bd after closed_won}\n"
    (pilot / "p.yaml").write_text(text + step, encoding="utf-8")
    more = run(*again, "--anchor", MONDAY, "-o", "c.csv", cwd=pilot)
    assert "1 new, 0 changed, 0 gone" in more.err
    assert [row["Name"] for row in rows((pilot / "c.csv").read_text(encoding="utf-8"))] == ["Train the users"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("export", "asanna"), "there is no view or target 'asanna'. Did you mean asana?"),
        (("export", "asana", "--as", "csv"), "--as is not for a target"),
        (("export", "journey", "--id", "acme", "--as", "svg"), "--id is not for a view"),
        (("export", "jira"), "a plan is that of an account"),
        (("export", "task-csv", "--anchor", MONDAY), "name it with --id"),
        (("export", "task-csv", "--id", "acme", "--anchor", "closd_won=2026-11-30"), "Did you mean closed_won?"),
        (("export", "task-csv", "--id", "acme", "--anchor", "closed_won=2026-02-30"), "2026-02 has 28 days"),
        (("export", "task-csv", "--accounts", "none.csv"), "there is no file 'none.csv'"),
        (("export", "hubspot-pipelines", "--set", "object=deal"), "one of"),
        (("export", "hubspot-pipelines", "--set", "objekt=deals"), "Did you mean object?"),
        (("export", "hubspot-pipelines", "--set", "object"), "--set name=value"),
        (("export", "hubspot-pipelines", "--id", "acme"), "takes no plan"),
        (("export", "asana", "--id", "acme", "--anchor", MONDAY, "--changes-since", "p.yaml"), "is no ledger"),
        (("targets", "asanna"), "Did you mean asana?"),
        (("targets", "ics"), "Did you mean icalendar?"),
        (("targets", "excel"), "Did you mean checklist?"),
        (("targets", "zzzzz"), "'playbook targets' lists them"),
        (("export", "zzzzz"), "'playbook targets' lists the targets"),
        (("export", "hubspot"), "Did you mean hubspot-tasks, "),
        (("export", "jira-ap", "--id", "acme"), "Did you mean jira-api?"),
        (("export", "asana", "--id", "acme", "--changes-since", "no.csv"), "there is no file 'no.csv'"),
        (("export", "checklist", "-o", "c.pdf"), "2 files would be written, and 'c.pdf' names one"),
        (("export", "asana", "-o", "a.xlsx"), "name it a.csv"),
    ],
)
def test_wrong_use_is_said(pilot: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments, cwd=pilot)
    assert result.code == 2, result.err
    assert said in result.err


def test_mistakes_of_the_accounts_file_are_all_told_and_nothing_is_written(pilot: Path) -> None:
    (pilot / "accounts.csv").write_text(
        "account,closed_won\nacme,2026-11-30\nglobex,01/06/2026\n,2026-11-30\n", encoding="utf-8"
    )
    arguments = ("export", "task-csv", "--accounts", "accounts.csv", "-o", "t.csv")
    result = run(*arguments, cwd=pilot)
    assert result.code == 1
    assert "accounts.csv:3:" in result.err
    assert "accounts.csv:4:" in result.err
    assert not (pilot / "t.csv").exists()
    kept = run(*arguments, "--keep-going", cwd=pilot)
    assert {row["Account id"] for row in rows((pilot / "t.csv").read_text(encoding="utf-8"))} == {"acme"}
    assert kept.code == 1, "accounts were left out"


def test_a_playbook_that_means_nothing_is_not_exported(pilot: Path) -> None:
    text = (pilot / "p.yaml").read_text(encoding="utf-8").replace("raci: {A: csm, R: csm}", "raci: {A: csn}")
    (pilot / "p.yaml").write_text(text, encoding="utf-8")
    result = run("export", "task-csv", cwd=pilot)
    assert result.code == 1
    assert "REF002" in result.err
    assert not result.out


def test_targets_as_json_has_every_target(tmp_path: Path) -> None:
    from playbook.targets.registry import MODULES

    listed = json.loads(run("targets", "--format", "json", cwd=tmp_path).out)
    assert [each["name"] for each in listed] == list(MODULES)
    text = run("targets", cwd=tmp_path).out
    assert all(name in text for name in MODULES)


def test_the_end_of_a_name_says_whether_it_is_a_folder_and_which_format(pilot: Path) -> None:
    folder = run("export", "asana", "-o", "build", cwd=pilot, code=0)
    assert folder.err.endswith("wrote build/pilot.asana.csv\n")
    run("export", "checklist", "-o", "list.md", cwd=pilot, code=0)
    assert (pilot / "list.md").read_text(encoding="utf-8").startswith("# ")
    both = run("export", "checklist", "-o", "both", cwd=pilot, code=0)
    assert both.err.endswith("wrote 2 files below both: pilot.checklist.xlsx, pilot.checklist.md\n")
    refused = run("export", "checklist", "--set", "format=both", "-o", "list.xlsx", cwd=pilot, code=2)
    assert "name a folder with -o, such as -o list/" in refused.err
    assert not (pilot / "list.xlsx").exists()


def test_a_second_export_into_a_folder_has_its_ledger_there(pilot: Path) -> None:
    once = ("export", "asana", "--id", "acme", "--anchor", MONDAY)
    run(*once, "-o", "first", cwd=pilot, code=0)
    again = run(*once, "--changes-since", "first/asana.ledger.csv", "-o", "second", cwd=pilot, code=0)
    assert "nothing is new" in again.err
    changed = ("--anchor", "closed_won=2026-12-01", "--changes-since", "first/asana.ledger.csv", "-o", "third")
    run("export", "asana", "--id", "acme", *changed, cwd=pilot, code=0)
    assert (pilot / "third" / "asana.ledger.csv").exists()
