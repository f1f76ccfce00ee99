"""Measures the export of plans for very many accounts, beside DuckDB writing the same rows in the same run.

    python benchmarks/plans.py            # 100,000 accounts x 50 steps; writes docs/performance.md
    python benchmarks/plans.py --quick    # 10,000 accounts; prints only

Both write one CSV row for each step of each account, with dates, people and keys, accounts in the order of their
file and steps in that of the playbook. Ours is a whole process of `playbook export task-csv`, from the start of
Python over reading the playbook and the accounts file, to files that are safe on the disk. DuckDB has the
accounts, the steps and a list of working days in its memory already; only its COPY is timed: as a cross join put
in order, as the fastest way we found to write the same order, and without keeping an order. At the end the rows of
both are compared.
"""

from __future__ import annotations

import argparse
import csv
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from generate import playbook, write_workspace
from page import write_part

ACCOUNTS = 100_000
STEPS = 50
RUNS = 3
GOAL = 1.0
"""Times DuckDB."""
MEMORY = 300
"""Megabytes of all processes together."""
FIRST, DAYS = date(2026, 1, 5), 250
"""Accounts start on the working days from then on."""
CSMS = 20

LAST_STEP = """\
      - id: thank_everybody
        do: Thank everybody who took part
        raci: {R: csm}
        due: 60bd after closed_won
"""

OWN = {
    "Account id": "a.id",
    "Account": "a.name",
    "Key": "s.prefix || a.id",
    "Assigned to": "case when s.in_turn then a.csm else s.owner end",
    "Starts": "days[a.n + s.starts]",
    "Due": "days[a.n + s.due]",
    "After": "case when s.after1 is null then null when s.after2 is null then s.after1 || a.id "
    "else s.after1 || a.id || '; ' || s.after2 || a.id end",
}
"""What is not the same for all accounts; all other columns are texts of the step."""
EVERY = "(select list(e order by pos) as every from steps e)"
UNNESTED = f"(select p.*, unnest(every) as s from accounts p, {EVERY}) a, worked"
QUERIES = {
    "cross join, put in order": ("true", "accounts a cross join steps s, worked order by a.pos, s.pos"),
    "the same order, by unnesting the steps": ("true", UNNESTED),
    "cross join in any order": ("false", "accounts a cross join steps s, worked"),
}
COMPARED = "the same order, by unnesting the steps"


# -- what is exported ------------------------------------------------------------------------------


def write_sample(folder: Path, count: int) -> None:
    """A workspace of one playbook of 50 steps with people, and a file of so many accounts."""
    write_workspace(folder, 1)
    text = playbook(1).replace("\n\nhandoffs:\n", f"\n{LAST_STEP}\nhandoffs:\n", 1)
    (folder / "playbooks" / "0001.yaml").write_text(text, encoding="utf-8")
    organization = folder / "organization.yaml"
    text = organization.read_text(encoding="utf-8").replace("  csm: {", "  csm: {pool: round_robin, ", 1)
    text += "\npeople:\n"
    text += "".join(f"  csm{number}@acme.example: {{name: CSM {number}, roles: csm}}\n" for number in range(CSMS))
    for role in ("ae", "sales_leader", "se", "cs_leader", "impl_engineer", "impl_leader", "lifecycle"):
        text += f"  {role}@acme.example: {{name: The {role}, roles: {role}}}\n"
    organization.write_text(text, encoding="utf-8")
    with (folder / "accounts.csv").open("w", encoding="utf-8") as out:
        out.write("account,name,closed_won,account.arr,account.sso_required\n")
        for id_, name, day, _ in accounts(folder, count):
            out.write(f"{id_},{name},{day},{20_000 + len(id_) + int(id_[1:]) % 100 * 1_000},true\n")


def accounts(folder: Path, count: int) -> Iterator[tuple[str, str, date, str]]:
    """Id, name, start and success manager of each account. They start on working days."""
    starts = [day for day in worked_days(folder) if FIRST <= day < FIRST + timedelta(days=DAYS)]
    for number in range(count):
        day = starts[number * 7919 % len(starts)]
        yield f"a{number:06d}", f"Account number {number}", day, f"csm{number % CSMS}@acme.example"


def worked_days(folder: Path) -> list[date]:
    """The working days of the playbook's calendar, from half a year before the first account on."""
    import numpy as np

    from playbook.calendars.days import date_of, day_number
    from playbook.compiler.compile import compile_paths
    from playbook.schedule.working_calendars import calendar_of

    if folder not in _WORKED:
        (compiled,) = compile_paths([folder], folder)
        first = day_number(FIRST) - 180
        days = np.arange(first, first + 1_000)
        worked = days[calendar_of(compiled.playbooks[0]).is_worked(days)]
        _WORKED[folder] = [day for number in worked if (day := date_of(int(number))) is not None]
    return _WORKED[folder]


_WORKED: dict[Path, list[date]] = {}


# -- ours ------------------------------------------------------------------------------------------


def export(folder: Path, out: Path) -> tuple[float, int]:
    """A whole process; its seconds, and the most megabytes that it and its helpers have had together."""
    accounts_file = folder / "accounts.csv"
    command = ["export", "task-csv", "-C", folder, "--accounts", accounts_file, "-o", out]
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "playbook", *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    most = 0
    while process.poll() is None:
        most = max(most, sum(map(memory, [process.pid, *children(process.pid)])))
        time.sleep(0.05)
    seconds = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(process.stderr.read().decode() if process.stderr else "the export failed")
    return seconds, most // 1000


def children(process: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def memory(process: int) -> int:
    """Kilobytes of a process; what several share is shared out among them (PSS). 0 where nothing says it."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


# -- DuckDB ----------------------------------------------------------------------------------------


def tables(folder: Path, count: int, out: Path) -> tuple[Any, str]:
    """A connection with the accounts, the working days, and the steps as the first account of ours has them; and
    the columns of ours."""
    import duckdb

    connection = duckdb.connect()
    days = worked_days(folder)
    place = {day: at for at, day in enumerate(days, 1)}
    connection.execute("create table accounts (pos int, id text, name text, n int, csm text)")
    rows = [(at, id_, name, place[day], csm) for at, (id_, name, day, csm) in enumerate(accounts(folder, count))]
    source = folder / "accounts.pos.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    connection.execute(f"copy accounts from '{source}'")
    connection.execute("create table worked as select ?::date[] as days", [days])
    header, lines = steps(out, place, rows[0])
    texts = [f"text{at}" for at in range(len(header))]
    connection.execute(
        "create table steps (pos int, prefix text, in_turn bool, owner text, starts int, due int, after1 text, "
        f"after2 text, {', '.join(f'{name} text' for name in texts)})"
    )
    connection.executemany(f"insert into steps values ({', '.join('?' * len(lines[0]))})", lines)
    columns = [f'{OWN.get(name, f"s.{text}")} as "{name}"' for name, text in zip(header, texts, strict=True)]
    return connection, ", ".join(columns)


def steps(
    out: Path, place: dict[date, int], account: tuple[int, str, str, int, str]
) -> tuple[list[str], list[list[object]]]:
    """The header, and the steps, read from the rows of the first account."""
    _, id_, _, begins, csm = account
    with min(out.rglob("tasks.csv")).open(newline="", encoding="utf-8") as file:
        header, *found = islice(csv.reader(file), STEPS + 1)
    lines: list[list[object]] = []
    for at, cells in enumerate(found):
        row = dict(zip(header, cells, strict=True))
        assert row["Account id"] == id_, "a step of the first account is left out"
        after = [key.removesuffix(id_) for key in row["After"].split("; ") if key]
        offsets = [place[date.fromisoformat(row[name])] - begins for name in ("Starts", "Due")]
        owner = row["Assigned to"]
        lines.append([at, row["Key"].removesuffix(id_), owner == csm, owner or None, *offsets])
        lines[-1] += [*after, None, None][:2] + [cell or None for cell in cells]
    return header, lines


def copied(connection: Any, columns: str, query: str, target: Path) -> float:
    """The seconds of one query of DuckDB."""
    keeps_order, source = QUERIES[query]
    connection.execute(f"set preserve_insertion_order = {keeps_order}")
    start = time.perf_counter()
    connection.execute(f"copy (select {columns} from {source}) to '{target}' (header)")
    return time.perf_counter() - start


def differing(out: Path, target: Path) -> int:
    """How many lines are not the same; ours end with CRLF, and each part has a header."""
    different = 0
    with target.open("rb") as theirs:
        next(theirs)
        for part in sorted(out.rglob("tasks.csv")):
            with part.open("rb") as ours:
                next(ours)
                for line in ours:
                    different += line.replace(b"\r\n", b"\n") != next(theirs, b"")
        return different + sum(1 for _ in theirs)


# -- the report ------------------------------------------------------------------------------------


def report(count: int) -> str:
    ours: list[float] = []
    theirs: dict[str, list[float]] = {query: [] for query in QUERIES}
    peaks = []
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build()) as name:
        folder, target = Path(name) / "workspace", Path(name) / "duckdb.csv"
        write_sample(folder, count)
        for run in range(RUNS):
            out = Path(name) / f"out{run}"
            seconds, peak = export(folder, out)
            ours.append(seconds)
            peaks.append(peak)
            size = sum(path.stat().st_size for path in out.rglob("tasks.csv"))
            connection, columns = tables(folder, count, out)
            for query in QUERIES:
                theirs[query].append(copied(connection, columns, query, target))
                if run == 0 and query == COMPARED:
                    different = differing(out, target)
                target.unlink()
            connection.close()
            for path in out.rglob("tasks.csv"):
                path.unlink()
    import duckdb

    middle = statistics.median(ours)
    rows = [f"| playbook export task-csv | {middle:,.1f} | {count * STEPS / middle / 1e6:.2f} | |"]
    for query, times in theirs.items():
        took = statistics.median(times)
        rate = count * STEPS / took / 1e6
        rows.append(f"| DuckDB {duckdb.__version__}, {query} | {took:,.1f} | {rate:.2f} | {middle / took:.2f} × |")
    best = min(statistics.median(times) for query, times in theirs.items() if QUERIES[query][0] == "true")
    in_order = statistics.median(theirs["cross join, put in order"])
    machine = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return "\n".join(
        [
            f"{machine}, {os.cpu_count()} processors; median of {RUNS} runs, seconds.",
            f"{count:,} accounts × {STEPS} steps: {size / 1e9:.2f} GB. "
            f"Lines that differ from DuckDB's: {different:,}.",
            "",
            "| | s | million rows/s | ours to it |",
            "|---|--:|--:|--:|",
            *rows,
            "",
            "| goal | measured | |",
            "|---|--:|---|",
            _goal(f"at most {GOAL:g} × a cross join of DuckDB in the same order", middle / in_order, GOAL, "×"),
            _goal(f"at most {GOAL:g} × the fastest way of DuckDB to the same order", middle / best, GOAL, "×"),
            _goal(f"memory of all processes together: at most {MEMORY} MB", max(peaks), MEMORY, "MB"),
        ]
    )


def _goal(words: str, measured: float, goal: float, unit: str) -> str:
    told = f"{measured:,.2f}" if unit == "×" else f"{measured:,.0f}"
    return f"| {words} | {told} {unit} | {'reached' if measured <= goal else 'not reached'} |"


def build() -> Path:
    folder = Path(__file__).resolve().parents[1] / "build"
    folder.mkdir(exist_ok=True)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10,000 accounts, printed only")
    quick = parser.parse_args().quick
    text = report(10_000 if quick else ACCOUNTS)
    print(text)
    if not quick:
        write_part("plans.py", "Plans of many accounts", text)


if __name__ == "__main__":
    main()
