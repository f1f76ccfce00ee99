"""What ``export`` is asked for: formats by the end of a name, audiences, roles, stages, whole workspaces."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run, write

FILES = {
    "o.yaml": """\
        organization: people
        teams:
          success: {title: Customer Success}
          buyer: {title: The customer, party: customer}
        roles:
          csm: {title: CSM, team: success}
          ops: {title: Operations, team: success}
          admin: {title: Administrator, team: buyer}
        """,
    "p.yaml": """\
        playbook: pilot
        title: Pilot
        scope: part
        ends: {done: {title: Onboarded, success: true}}
        stages:
          - id: prepare
            raci: {A: csm, R: csm}
            steps:
              - {id: budget, do: Guess the margin, raci: {R: ops}}
              - {id: invite, do: Invite the customer, touch: {kind: email, audience: admin}}
          - id: set_up
            raci: {A: csm, R: csm}
            steps:
              - {id: connect, do: Connect the data, party: customer, raci: {R: admin}}
        """,
}
COUNCIL = """\
governance: onboarding
council: {title: Onboarding council, members: [csm, ops], chair: csm, cadence: monthly}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    import textwrap

    write(tmp_path, {name: textwrap.dedent(text) for name, text in FILES.items()})
    return tmp_path


def test_the_end_of_the_name_says_the_format(workspace: Path) -> None:
    named = run("export", "raci", "-o", "raci.csv", cwd=workspace, code=0)
    assert named.err == "wrote raci.csv\n"
    said = run("export", "raci", "--as", "csv", cwd=workspace, code=0)
    assert (workspace / "raci.csv").read_bytes() == said.raw_out
    # What is said counts more than the name.
    run("export", "raci", "--as", "json", "-o", "raci.csv", cwd=workspace, code=0)
    assert (workspace / "raci.csv").read_text().startswith("{")
    run("export", "raci", "-o", "RACI.CSV", cwd=workspace, code=0)
    assert (workspace / "RACI.CSV").read_bytes() == said.raw_out
    error = run("export", "raci", "-o", "raci.gif", cwd=workspace, code=2).err
    assert "the end of 'raci.gif' is that of no format, and --as is missing: one of " in error
    error = run("export", "raci", "-o", "raci.svg", cwd=workspace, code=2).err
    assert "raci cannot be written as 'svg': one of " in error
    assert "As svg there is: " in error
    assert "--as is missing: one of " in run("export", "raci", cwd=workspace, code=2).err


def test_a_format_of_another_view_says_which_views_have_it(workspace: Path) -> None:
    error = run("export", "journey", "--as", "csv", cwd=workspace, code=2).err
    assert "journey cannot be written as 'csv'" in error
    assert "As csv there is: " in error
    assert "raci" in error.partition("As csv there is: ")[2]
    assert "Views are: " in run("export", "zzz", "--as", "csv", cwd=workspace, code=2).err


def test_customers_get_what_is_theirs_under_a_name_of_its_own(workspace: Path) -> None:
    run("export", "tasks", "--as", "csv", "--audience", "customer", "-o", "out/", cwd=workspace, code=0)
    text = (workspace / "out" / "pilot" / "tasks.customer.csv").read_text()
    assert "Connect the data" in text
    assert "Invite the customer" in text
    assert "margin" not in text


def test_what_is_internal_as_a_whole_is_not_for_customers(workspace: Path) -> None:
    write(workspace, {"g.yaml": COUNCIL})
    error = run("export", "governance", "--as", "csv", "--audience", "customer", cwd=workspace, code=2).err
    assert "governance is internal as a whole" in error
    run("export", "--all", "--audience", "customer", "-o", "out", cwd=workspace, code=0)
    names = {path.name.split(".")[0] for path in (workspace / "out").rglob("*") if path.is_file()}
    assert "tasks" in names
    assert "governance" not in names


def test_of_what_has_nothing_for_customers_they_see_not_even_the_title(workspace: Path) -> None:
    files = {
        "q.yaml": "playbook: doubts\ntitle: Doubts about them\nscope: part\n"
        "stages: [{id: s, steps: [{id: talk, raci: {A: csm}}]}]\n",
        "r.yaml": "playbook: change\ntitle: Who owns it\nscope: programme\n"
        "stages: [{id: s, steps: [{id: ask, party: joint, raci: {A: csm}}]}]\n",
    }
    write(workspace, files)
    run("export", "--all", "--audience", "customer", "-o", "out", cwd=workspace, code=0)
    assert [folder.name for folder in (workspace / "out").iterdir()] == ["pilot"]
    for asked in (["-p", "doubts"], ["-p", "change"], ["--stage", "prepare", "--role", "ops"]):
        command = ("export", "tasks", "--as", "csv", "--audience", "customer", *asked)
        said = run(*command, cwd=workspace, code=2)
        assert "there is nothing for customers in what is asked for" in said.err
        assert said.out == ""
    # Where a role has no part there is nothing to show either.
    error = run("export", "tasks", "--as", "csv", "--role", "ops", "-p", "doubts", cwd=workspace, code=2).err
    assert "there is nothing for 'ops' in what is asked for" in error


def test_the_work_of_a_role_and_a_stage(workspace: Path) -> None:
    out = run("export", "tasks", "--as", "csv", "--role", "ops", cwd=workspace, code=0).out
    assert "Guess the margin" in out
    assert "Connect the data" not in out
    run("export", "tasks", "--as", "csv", "--stage", "set_up", "--role", "csm", "-o", "x/", cwd=workspace, code=0)
    assert "Connect the data" in (workspace / "x" / "pilot" / "tasks.csm.set_up.csv").read_text()


def test_of_a_part_there_are_no_views_of_the_whole_workspace(workspace: Path) -> None:
    write(workspace, {"g.yaml": COUNCIL})
    run("export", "--all", "--stage", "set_up", "-o", "out", cwd=workspace, code=0)
    assert [path.name for path in (workspace / "out").iterdir()] == ["pilot"]


def test_unknown_roles_and_stages(workspace: Path) -> None:
    error = run("export", "tasks", "--as", "csv", "--role", "cms", cwd=workspace, code=2).err
    assert "there is no role or team 'cms' here. Did you mean csm? Known are: csm, ops, admin, success" in error
    error = run("export", "tasks", "--as", "csv", "--stage", "setup", cwd=workspace, code=2).err
    assert "there is no stage 'setup' here. Did you mean set_up? Known are: prepare, set_up." in error


def test_views_of_a_whole_workspace_are_written_once(workspace: Path) -> None:
    error = run("export", "governance", "--as", "csv", cwd=workspace, code=2).err
    assert "there is no governance document here, which governance shows" in error
    write(workspace, {"g.yaml": COUNCIL, "q.yaml": "playbook: other\nscope: part\nstages: [{id: a}]\n"})
    assert "Onboarding council" in run("export", "governance", "--as", "markdown", cwd=workspace, code=0).out
    run("export", "--all", "-p", "pilot", "-o", "out", cwd=workspace, code=0)
    assert (workspace / "out" / "governance.md").is_file()
    assert not (workspace / "out" / "pilot" / "governance.md").exists()
    assert not (workspace / "out" / "other").exists()


def test_several_files_make_no_folder_with_the_name_of_a_file(workspace: Path) -> None:
    write(workspace, {"q.yaml": "playbook: other\nscope: part\nstages: [{id: a}]\n"})
    error = run("export", "raci", "-o", "raci.csv", cwd=workspace, code=2).err
    assert "several files would be written: name a folder with -o, or one of pilot, other with -p" in error
    assert not (workspace / "raci.csv").exists()
    run("export", "raci", "-o", "raci.csv", "-p", "pilot", cwd=workspace, code=0)
    assert (workspace / "raci.csv").is_file()
    # A folder is what the slash says it is.
    run("export", "raci", "--as", "csv", "-o", "sheets.csv/", cwd=workspace, code=0)
    assert (workspace / "sheets.csv" / "other" / "raci.csv").is_file()
