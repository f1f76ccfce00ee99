"""The same input gives the same bytes, whatever the hash seed, the locale and the time zone."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import everything_below, run, template, write
from workspaces import CLEAN, MISTAKES

MACHINES = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0", "COLUMNS": "40"},
    {
        "PYTHONHASHSEED": "2",
        "TZ": "America/Los_Angeles",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "250",
        "LANG": "tr_TR.UTF-8",
    },
]

# Roles, stages and names that meet in sets, and cycles that a graph library may tell in any order.
KNOTS = (
    "playbook: knots\nscope: part\nends: {done: {success: true}}\nstages:\n"
    "  - id: a\n    enter: [deal.closed_won, x.y]\n    exit: one.completed and two.done and three.four\n"
    "    raci: {A: nobody, R: [zoe, adam, mia, bob], C: [u, v, w, x, y, z], I: [p, q, r]}\n    steps:\n"
    + "".join(
        f"      - {{id: s{n}, after: [s{(n + 1) % 6}, s{(n + 3) % 6}], captures: [f.x{n}]}}\n" for n in range(6)
    )
)
FILES = {
    "mistakes": MISTAKES,
    "knots": {**CLEAN, "knots.yaml": KNOTS},
    "enterprise": template("enterprise"),
}
COMMANDS = [["check", "--format", "json"], ["show"]]


@pytest.mark.parametrize("name", FILES)
def test_reports_are_the_same_on_any_machine(name: str, tmp_path: Path) -> None:
    write(tmp_path, FILES[name])
    for command in COMMANDS:
        one, two = (run(*command, cwd=tmp_path, env=machine) for machine in MACHINES)
        assert one == two
        assert one.raw_out


def test_exports_are_the_same_on_any_machine(tmp_path: Path) -> None:
    write(tmp_path, {**CLEAN, **{f"e/{name}": text for name, text in template("enterprise").items()}})
    write(tmp_path, {"e/playbook.toml": ""})
    for number, machine in enumerate(MACHINES):
        run(
            "export",
            "--all",
            "-o",
            tmp_path.parent / f"{tmp_path.name}_{number}",
            cwd=tmp_path,
            env=machine,
            code=0,
        )
    one, two = (everything_below(tmp_path.parent / f"{tmp_path.name}_{number}") for number in range(2))
    assert len(one) > 10
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_the_order_of_arguments_and_files_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, MISTAKES)
    names = [name for name in MISTAKES if name.endswith(".yaml")]
    one = run("check", "--quiet", *names, cwd=tmp_path, code=1)
    assert run("check", "--quiet", *reversed(names), cwd=tmp_path, code=1) == one
