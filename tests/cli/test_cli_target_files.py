"""Files of an export never take each other's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import run, write

from playbook.cli.target_files import write_files
from playbook.targets.target import File

PLAYBOOK = """\
    playbook: same
    anchors: {won: {start: true}}
    stages:
      - id: one
        steps:
          - {id: work, do: Work, due: 1d after won}
    """


def test_playbooks_of_one_id_have_a_folder_each(tmp_path: Path) -> None:
    write(tmp_path, {f"{part}/{name}": text for part in "ab" for name, text in _workspace().items()})
    run("export", "task-csv", "-C", "a", "-C", "b", "-o", "out/", cwd=tmp_path, code=0)
    written = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "out").rglob("*.csv"))
    assert written == ["out/same-2/same.tasks.csv", "out/same/same.tasks.csv"]


def _workspace() -> dict[str, str]:
    return {"playbook.toml": "", "p.yaml": PLAYBOOK}


def test_files_of_one_name_are_a_mistake_of_ours(tmp_path: Path) -> None:
    """Even where only some systems take them for one: nothing is written then."""
    files = [("", File("Acme.csv", b"1")), ("", File("other.csv", b"2")), ("", File("acme.csv", b"3"))]
    with pytest.raises(RuntimeError, match=r"several files of one name: .*acme\.csv"):
        write_files(files, f"{tmp_path}/out/")
    assert not (tmp_path / "out").exists()


def test_a_horizon_ahead_of_the_plan_is_refused(tmp_path: Path) -> None:
    write(tmp_path, _workspace())
    given = ("schedule", "--anchor", "won=2026-12-01", "--horizon")
    told = run(*given, "2026-11-30", cwd=tmp_path, code=2)
    assert "--horizon: 2026-11-30 is before 2026-12-01, the first date of the plan" in told.err
    run(*given, "2026-12-01", cwd=tmp_path, code=0)
    given = ("export", "task-csv", "--id", "acme", "--anchor", "won=2026-12-01", "--horizon")
    told = run(*given, "2006-12-31", cwd=tmp_path, code=2)
    assert "--horizon: 2006-12-31 is before 2026-12-01, the first date that is given" in told.err
    run(*given, "2026-12-31", cwd=tmp_path, code=0)
