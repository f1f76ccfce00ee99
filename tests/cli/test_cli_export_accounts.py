"""``export TARGET --accounts``: in parts, stopped and gone on with, rows with mistakes, memory that stays flat."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from running import COMMAND, environment, run, write

from playbook.cli.journal import NAME, journal_in

WORKSPACE = {
    "o.yaml": """\
        organization: people
        teams:
          success: {title: Customer Success}
          buyer: {title: The customer, party: customer}
        roles:
          csm: {title: CSM, team: success, pool: round_robin}
          admin: {title: Administrator, team: buyer}
        people:
          ada@acme.example: {roles: csm, name: Ada}
          bob@acme.example: {roles: csm, name: Bob}
          cyd@acme.example: {roles: csm, name: Cyd}
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
              - {id: call, do: Call, due: 6bd after closed_won, when: account.arr > 5000}
        """,
}


def accounts(count: int) -> str:
    rows = ["account,name,closed_won,account.arr"]
    for number in range(count):
        day = date(2026, 1, 5) + timedelta(days=number * 7 % 300)
        rows.append(f'a{number:05d},"Account {number}, Inc.",{day},{number * 100 % 9000}')
    return "\n".join(rows) + "\n"


@pytest.fixture
def pilot(tmp_path: Path) -> Path:
    # The accounts are no part of what is checked, and the playbook says nothing of their fields.
    write(tmp_path, {**WORKSPACE, "accounts.csv": accounts(23)})
    return tmp_path


def export(cwd: Path, *more: str | Path, target: str = "task-csv", out: str = "out/", code: int | None = 0) -> str:
    return run("export", target, "--accounts", "accounts.csv", "-o", out, *more, cwd=cwd, code=code).err


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def rows(folder: Path) -> list[list[str]]:
    """The rows of all parts, in the order of their names."""
    found = []
    for path in sorted(folder.rglob("tasks.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            found += list(csv.reader(file))[1:]
    return found


def test_the_rows_do_not_depend_on_the_parts(pilot: Path) -> None:
    export(pilot, out="whole/")
    assert list(files(pilot / "whole")) == ["tasks.csv"]
    whole = rows(pilot / "whole")
    assert len({row[0] for row in whole}) == 23
    assert [row[0] for row in whole] == sorted(row[0] for row in whole)
    for size in (5, 22):
        err = export(pilot, "--split", str(size), out=f"split{size}/")
        assert f"{-(-23 // size)} parts" in err
        assert rows(pilot / f"split{size}") == whole


def test_people_take_turns_across_parts(pilot: Path) -> None:
    export(pilot, "--split", "2")
    assigned = [row[9] for row in rows(pilot / "out") if row[2].startswith("pilot/invite/")]
    assert assigned == [("ada", "bob", "cyd")[number % 3] + "@acme.example" for number in range(23)]


def test_what_was_written_stays_and_the_rest_is_written(pilot: Path) -> None:
    export(pilot, "--split", "5")
    before = files(pilot / "out")
    times = {name: (pilot / "out" / name).stat().st_mtime_ns for name in before}
    journal = pilot / "out" / NAME
    lines = journal.read_bytes().splitlines(keepends=True)
    # As if it had been killed while the third part was written: a line cut off, a file that is not as it was.
    journal.write_bytes(b"".join(lines[:3]) + lines[3][:20])
    (pilot / "out" / "0002" / "tasks.csv").write_bytes(b"torn")
    (pilot / "out" / "0004" / "tasks.csv").unlink()
    err = export(pilot, "--split", "5", "--resume")
    assert "1 part is there already" in err
    assert files(pilot / "out") == before
    changed = {name for name, moment in times.items() if (pilot / "out" / name).stat().st_mtime_ns != moment}
    assert changed == {f"000{number}/tasks.csv" for number in (2, 3, 4, 5)}
    assert journal_in(pilot / "out").is_finished  # type: ignore[union-attr]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes cannot be killed here")
def test_a_killed_export_goes_on(pilot: Path) -> None:
    write(pilot, {"accounts.csv": accounts(800)})
    export(pilot, "--split", "50", out="whole/")
    command = ["export", "task-csv", "--accounts", "accounts.csv", "-o", "out/", "--split", "50"]
    process = subprocess.Popen(
        [*COMMAND, *command], cwd=pilot, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    journal, waited = pilot / "out" / NAME, 0
    while process.poll() is None and waited < 2_000:
        if journal.exists() and journal.read_bytes().count(b'"part"') >= 5:
            process.kill()
            break
        time.sleep(0.005)
        waited += 1
    process.wait(30)
    assert 5 <= journal.read_bytes().count(b'"part"') <= 16
    export(pilot, "--split", "50", "--resume")
    assert files(pilot / "out") == files(pilot / "whole")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("accounts", "the accounts file"),
        ("playbook", "the playbook"),
        ("size", "the size of the parts"),
        ("dates", "the dates"),
    ],
)
def test_it_goes_on_only_with_the_same(pilot: Path, change: str, what: str) -> None:
    export(pilot, "--split", "5")
    before = files(pilot / "out")
    more: tuple[str, ...] = ("--split", "5")
    if change == "accounts":
        write(pilot, {"accounts.csv": accounts(24)})
    elif change == "playbook":
        write(pilot, {"p.yaml": WORKSPACE["p.yaml"].replace("Invite the customer", "Invite them")})
    elif change == "size":
        more = ("--split", "6")
    else:
        more = (*more, "--horizon", "2030-01-01")
    err = export(pilot, *more, "--resume", code=2)
    assert f"{what} is not the same" in err or f"{what} are not the same" in err
    assert files(pilot / "out") == before


def test_files_of_an_earlier_export_go(pilot: Path) -> None:
    export(pilot, "--split", "2")
    (pilot / "out" / "0009" / "mine.txt").write_text("kept", encoding="utf-8")
    err = export(pilot, "--split", "10")
    assert "was stopped" not in err
    assert list(files(pilot / "out")) == [*(f"000{number}/tasks.csv" for number in (1, 2, 3)), "0009/mine.txt"]
    export(pilot)
    assert list(files(pilot / "out")) == ["0009/mine.txt", "tasks.csv"]
    assert not (pilot / "out" / NAME).exists()


def test_a_stopped_export_is_told_and_started_anew(pilot: Path) -> None:
    export(pilot, "--split", "5")
    journal = pilot / "out" / NAME
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(keepends=True)[:2]))
    assert "was stopped; this one starts anew, --resume would have gone on" in export(pilot, "--split", "5")


def test_a_journal_does_not_lead_out_of_its_folder(pilot: Path) -> None:
    export(pilot, "--split", "5")
    (pilot / "precious.txt").write_text("kept", encoding="utf-8")
    journal = pilot / "out" / NAME
    first, *rest = journal.read_text(encoding="utf-8").splitlines()
    entry = json.loads(first)
    entry["earlier"] = ["../precious.txt", str(pilot / "precious.txt")]
    journal.write_text("\n".join([json.dumps(entry), *rest, ""]), encoding="utf-8")
    export(pilot, "--split", "6")
    assert (pilot / "precious.txt").exists()


@pytest.mark.parametrize(
    "damage", [b"", b"\n", b"{}\n", b"[1]\n", b"\xff\xfe\n", b'{"subject": 1, "earlier": []}\n']
)
def test_a_damaged_journal_is_none(pilot: Path, damage: bytes) -> None:
    export(pilot, "--split", "5")
    (pilot / "out" / NAME).write_bytes(damage)
    assert "starts from the beginning" in export(pilot, "--split", "5", "--resume")


# -- rows with mistakes ----------------------------------------------------------------------------

MISTAKES = """\
account;name;closed_won;account.arr
a1;Acme;2026-01-05;100
a2;Bad date;2026-02-30;100
a3;Bäd "number";2026-01-05;much
a1;Twice;2026-01-06;1
a5;Last;2026-01-07;200
"""


def test_nothing_is_written_if_a_row_has_a_mistake(pilot: Path) -> None:
    write(pilot, {"accounts.csv": MISTAKES})
    err = export(pilot, code=1)
    assert "accounts.csv:3:" in err
    assert "accounts.csv:4:" in err
    assert "accounts.csv:5:" in err
    assert "--keep-going exports the others" in err
    assert not (pilot / "out").exists()


@pytest.mark.parametrize("split", [(), ("--split", "1"), ("--split", "1", "no slash")])
def test_rows_with_mistakes_are_kept_to_be_mended(pilot: Path, split: tuple[str, ...]) -> None:
    write(pilot, {"accounts.csv": MISTAKES})
    err = export(pilot, "--keep-going", *split[:2], out="out" if len(split) > 2 else "out/", code=1)
    assert "3 accounts were left out" in err
    assert sorted({row[0] for row in rows(pilot / "out")}) == ["a1", "a5"]
    rejects = (pilot / "out" / "rejects.csv").read_text(encoding="utf-8").splitlines()
    given = MISTAKES.splitlines()
    assert rejects == [given[0], *given[2:5]]


def test_mended_rows_can_be_exported_by_themselves(pilot: Path) -> None:
    write(pilot, {"accounts.csv": MISTAKES})
    export(pilot, "--keep-going", code=1)
    path = pilot / "out" / "rejects.csv"
    text = path.read_text(encoding="utf-8").replace("02-30", "02-28").replace("much", "5").replace("a1;", "a4;")
    write(pilot, {"accounts.csv": text})
    export(pilot, out="rest/")
    assert sorted({row[0] for row in rows(pilot / "rest")}) == ["a2", "a3", "a4"]


def test_rows_with_mistakes_are_not_written_over(pilot: Path) -> None:
    write(pilot, {"out/rejects.csv": MISTAKES})
    result = run(
        "export", "task-csv", "--accounts", "out/rejects.csv", "-o", "out/", "--keep-going", cwd=pilot, code=2
    )
    assert "would be written over" in result.err
    assert (pilot / "out" / "rejects.csv").read_text(encoding="utf-8") == MISTAKES


def test_very_many_mistakes_are_counted(pilot: Path) -> None:
    write(pilot, {"accounts.csv": "account,closed_won\n" + "".join(f"a{at},soon\n" for at in range(500))})
    err = export(pilot, code=1)
    assert err.count("accounts.csv:") <= 220
    assert "300 more problems" in err


# -- what goes together ------------------------------------------------------------------------------


def test_a_ledger_is_joined_of_all_parts(pilot: Path) -> None:
    export(pilot, target="clickup", out="whole/")
    export(pilot, "--split", "4", target="clickup", out="parts/")
    name = "clickup.ledger.csv"
    assert (pilot / "parts" / name).read_bytes() == (pilot / "whole" / name).read_bytes()
    assert not [path for path in (pilot / "parts").rglob(".*") if path.name != NAME]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--accounts", "accounts.csv", "--split", "0", "-o", "out/"), "--split"),
        (("--id", "a", "--anchor", "closed_won=2026-01-05", "--split", "5"), "--split is for many accounts"),
        (("--id", "a", "--anchor", "closed_won=2026-01-05", "--resume"), "--resume is for many accounts"),
        (("--accounts", "accounts.csv", "--split", "5"), "name a folder with -o"),
        (("--accounts", "accounts.csv", "--split", "5", "-o", "accounts.csv"), "name a folder with -o"),
        (
            ("--accounts", "accounts.csv", "--split", "5", "-o", "out/", "--changes-since", "x.csv"),
            "does not go with --changes-since",
        ),
    ],
)
def test_what_cannot_be_asked_together(pilot: Path, arguments: tuple[str, ...], told: str) -> None:
    assert told in run("export", "task-csv", *arguments, cwd=pilot, code=2).err


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals")
def test_on_a_terminal_a_bar_says_how_far_it_is(pilot: Path) -> None:
    ours, theirs = os.openpty()
    command = ["export", "task-csv", "--accounts", "accounts.csv", "-o", "out/", "--split", "10"]
    process = subprocess.Popen(
        [*COMMAND, *command],
        cwd=pilot,
        env=environment({"TERM": "xterm"}),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    told = b""
    with contextlib.suppress(OSError):  # the end of a terminal
        while block := os.read(ours, 4096):
            told += block
    os.close(ours)
    assert process.wait(30) == 0
    assert b"23/23" in told
    assert b"23/23" not in export(pilot, "--split", "10").encode()


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is told in kilobytes on Linux only")
def test_memory_does_not_grow_with_the_accounts(pilot: Path) -> None:
    peaks = {}
    for count in (2_000, 20_000):
        write(pilot, {"accounts.csv": accounts(count)})
        command = ["export", "task-csv", "--accounts", "accounts.csv", "-o", f"out{count}/", "--split", "1000"]
        process = subprocess.Popen(
            [*COMMAND, *command], cwd=pilot, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0
        peaks[count] = usage.ru_maxrss
    # The ids of 18,000 accounts, which must be unique, take 3 MB; the accounts themselves would take 16.
    assert peaks[20_000] < peaks[2_000] + 9_000
