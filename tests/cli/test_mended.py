"""Mistakes that the program once made, each by what a user saw."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from running import MINIMAL, ORGANIZATION, run, write


@pytest.mark.parametrize("key", ["<x>", "[key]", "<list>", "<choice>"])
@pytest.mark.parametrize("where", ["", "  "])
def test_a_key_that_looks_like_a_tag_is_an_unknown_key(key: str, where: str, tmp_path: Path) -> None:
    text = MINIMAL.replace("ends:\n", f'ends:\n  "{key}": {{}}\n') if where else f'{MINIMAL}"{key}": 1\n'
    write(tmp_path, {"p.yaml": text, "o.yaml": ORGANIZATION})
    (finding,) = [line for line in run("check", cwd=tmp_path, code=1).out.splitlines() if line.startswith("p.yaml")]
    assert key in finding
    assert f":{text[: text.index(key)].count(chr(10)) + 1}:" in finding


def test_export_writes_into_a_pipe_and_leaves_it_one(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    run("export", "raci", "--as", "csv", "-o", "pipe", cwd=tmp_path, code=0)
    reader.join(10)
    assert pipe.is_fifo()
    assert read[0].startswith(b"Stage,Step,")


def test_standard_input_with_a_name_is_one_file_among_the_others(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": MINIMAL, "b.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    from_disk = run("check", "b.yaml", cwd=tmp_path, code=1)
    from_input = run("check", "--stdin-filename", "b.yaml", "-", cwd=tmp_path, code=1, stdin=MINIMAL.encode())
    assert 'REF001: duplicate playbook id "minimal"' in from_disk.out
    assert from_input.out == from_disk.out


def test_a_broken_configuration_blocks_exports(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION, "playbook.toml": "profile = \n"})
    result = run("export", "tasks", "--as", "csv", cwd=tmp_path, code=1)
    assert "playbook.toml:1:11: error CFG001" in result.err
    assert "    1 | profile =" in result.err
    assert result.out == ""


def test_a_mistake_in_the_configuration_is_placed_at_its_own_key(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "playbook.toml": 'profiles = "x"\nprofile = "bad"\n'})
    out = run("check", cwd=tmp_path, code=1).out
    assert 'playbook.toml:1:1: error CFG001: unknown key "profiles"' in out
    assert 'playbook.toml:2:12: error CFG001: "bad" is not a profile' in out


def test_patterns_may_begin_with_the_folder_itself(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION, "playbook.toml": 'include = ["./*.yaml"]\n'})
    assert run("check", cwd=tmp_path, code=0).out.startswith("2 documents checked")


def test_of_two_stages_with_one_id_all_views_show_the_first(tmp_path: Path) -> None:
    second = (
        "  - id: only\n    title: Second\n    enter: deal.closed_won\n    exit: greet.completed\n    steps: []\n"
    )
    write(tmp_path, {"p.yaml": MINIMAL + second, "o.yaml": ORGANIZATION})
    assert "Second" not in run("show", "minimal", cwd=tmp_path).out
    assert "Greet the customer" in run("show", "minimal", cwd=tmp_path).out


def test_letters_of_interrupts_are_in_the_matrix(tmp_path: Path) -> None:
    interrupt = (
        "interrupts: {cancelled: {title: Cancelled, event: subscription.churned, end: done, raci: {A: csm}}}\n"
    )
    write(tmp_path, {"p.yaml": MINIMAL + interrupt, "o.yaml": ORGANIZATION})
    assert "Interrupts,Cancelled,A" in run("export", "raci", "--as", "csv", cwd=tmp_path, code=0).out


def test_a_step_in_two_choices_is_told(tmp_path: Path) -> None:
    text = MINIMAL + (
        "      - {id: b, do: Do it}\n      - {id: c, do: Do that}\n"
        "    choose: [{one_of: [greet, b]}, {one_of: [b, c]}]\n"
    )
    write(tmp_path, {"p.yaml": text, "o.yaml": ORGANIZATION})
    assert 'REF001: the step "b" stands in two choices' in run("check", cwd=tmp_path, code=1).out


def test_a_week_is_no_date(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL + "review: {next: 2026-W01-1}\n", "o.yaml": ORGANIZATION})
    assert "expected a date such as 2026-10-01, found '2026-W01-1'" in run("check", cwd=tmp_path, code=1).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "--raci"),
        ("show", "p.yaml", "-C", "."),
        ("check", "--stdin-filename", "p.yaml", "p.yaml"),
        ("check", "--statistics", "--format", "junit"),
    ],
)
def test_options_that_would_be_ignored_are_refused(arguments: tuple[str, ...], tmp_path: Path) -> None:
    other = MINIMAL.replace("minimal", "other")
    write(tmp_path, {"p.yaml": MINIMAL, "q.yaml": other, "o.yaml": ORGANIZATION})
    assert "Error: " in run(*arguments, cwd=tmp_path, code=2).err


def test_each_reason_for_a_refusal_is_told_once(tmp_path: Path) -> None:
    text = (
        MINIMAL.replace("do: Greet", "dos: Greet")
        + "  - {id: empty, enter: greet.completed, exit: greet.completed}\n"
    )
    write(tmp_path, {"p.yaml": text, "o.yaml": ORGANIZATION})
    error = run("export", "--all", "-o", "build", cwd=tmp_path, code=1).err
    assert error.count("SCH002") == 1
    assert error.count("GRF011") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION, "sub/x.yaml": MINIMAL})
    (tmp_path / "sub").chmod(0)
    try:
        assert "sub:1:1: error SCH001: the folder cannot be read" in run("check", cwd=tmp_path, code=1).out
    finally:
        (tmp_path / "sub").chmod(0o755)
