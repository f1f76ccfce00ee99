"""Standard input, pipes, terminals, locales: what stands around a run."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from pathlib import Path

import pytest
from running import COMMAND, MINIMAL, ORGANIZATION, TIMEOUT, environment, run, write

BAD = MINIMAL.replace("A: csm", "A: cms")


def on_a_terminal(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run with standard output on a terminal; the exit code and what came to it."""
    ours, theirs = pty.openpty()
    settings = environment({"TERM": "xterm-256color", **(env or {})})
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=cwd, stdin=theirs, stdout=theirs, stderr=theirs, env=settings
    ) as process:
        os.close(theirs)
        read = b""
        while select.select([ours], [], [], TIMEOUT)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            read += piece
        os.close(ours)
        return process.wait(TIMEOUT), read.decode()


# -- standard input ------------------------------------------------------------------------------


def test_standard_input_alone(tmp_path: Path) -> None:
    result = run("check", "-", cwd=tmp_path, stdin=b"playbook: x\nstages: [\n", code=1, fresh=True)
    assert result.out.startswith('<stdin>:2:9: error SCH001: "[" is never closed\n    2 | stages: [\n')


def test_standard_input_sees_its_workspace_and_hides_the_file(tmp_path: Path) -> None:
    write(tmp_path, {"playbook.toml": "", "sub/p.yaml": BAD, "sub/o.yaml": ORGANIZATION})
    run("check", cwd=tmp_path, code=1)
    good = run("check", "-", "--stdin-filename", "sub/p.yaml", cwd=tmp_path, stdin=MINIMAL.encode(), code=0)
    assert good.out == "1 document checked, no findings (profile basic)\n"
    bad = run("check", "-", "--stdin-filename", "sub/p.yaml", cwd=tmp_path, stdin=BAD.encode(), code=1)
    assert bad.out.startswith('sub/p.yaml:9:15: error REF002: unknown role or team "cms"')


def test_the_name_of_standard_input_may_be_written_in_any_way(tmp_path: Path) -> None:
    write(tmp_path, {"playbook.toml": "", "sub/p.yaml": MINIMAL, "sub/o.yaml": ORGANIZATION})
    for name in (tmp_path / "sub" / "p.yaml", "./sub/p.yaml", "sub/../sub/p.yaml"):
        result = run("check", "-", "--stdin-filename", name, cwd=tmp_path, stdin=BAD.encode(), code=1)
        assert result.out.startswith("sub/p.yaml:9:15: error REF002")


def test_standard_input_under_a_name_that_does_not_exist(tmp_path: Path) -> None:
    write(tmp_path, {"o.yaml": ORGANIZATION})
    run("check", "-", "--stdin-filename", "new.yaml", cwd=tmp_path, stdin=MINIMAL.encode(), code=0)


def test_only_findings_of_standard_input_are_told(tmp_path: Path) -> None:
    write(tmp_path, {"playbook.toml": "", "o.yaml": ORGANIZATION, "other.yaml": "playbook: [\n"})
    run("check", "-", cwd=tmp_path, stdin=MINIMAL.encode(), code=0)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "UTF-16"),
        (b"playbook: x\x00", "U+0000"),
        (b"#" * 6_000_000, "too large"),
        (b"services: {}\n", 'unknown kind of document "services"'),
    ],
)
def test_bad_standard_input(data: bytes, message: str, tmp_path: Path) -> None:
    result = run("check", "-", cwd=tmp_path, stdin=data, code=1)
    assert result.out.startswith("<stdin>:1:")
    assert message in result.out


def test_standard_input_beside_other_paths(tmp_path: Path) -> None:
    assert "cannot be combined" in run("check", "-", "x.yaml", cwd=tmp_path, code=2).err


def test_closed_streams(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    for closing, code in (("<&-", 1), (">&-", 1), ("2>&-", 1)):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {closing}', "sh", *COMMAND, "check", "-"],
            cwd=tmp_path,
            input=BAD.encode() if "<" not in closing else None,
            capture_output=True,
            env=environment(),
            timeout=TIMEOUT,
            check=False,
        )
        assert done.returncode == code, (closing, done)
        assert b"fault" not in done.stderr


# -- pipes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["check"], ["check", "--format", "json"], ["show", "--tasks"]])
def test_a_reader_that_has_seen_enough(arguments: list[str], tmp_path: Path) -> None:
    many = "".join(f"      - {{id: s{n}, do: Do it, raci: {{A: nobody}}}}\n" for n in range(900))
    write(tmp_path, {"p.yaml": MINIMAL + many, "o.yaml": ORGANIZATION})
    with subprocess.Popen(
        [*COMMAND, *arguments], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        code = process.wait(TIMEOUT)
    assert errors == b""
    # The pipe changes nothing about the findings.
    assert code == (1 if arguments[0] == "check" else 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize(
    "arguments", [["check"], ["show"], ["rule"], ["--help"], ["export", "raci", "--as", "csv"]]
)
def test_a_full_disk_behind_standard_output(arguments: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=TIMEOUT,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"Error: cannot write to standard output: No space left on device\n"


# -- terminals -----------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["check"], ["show"], ["show", "--raci"], ["rule"], ["rule", "RCI001"]])
def test_colours_come_on_a_terminal_only(arguments: list[str], tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": BAD, "o.yaml": ORGANIZATION})
    assert b"\x1b" not in run(*arguments, cwd=tmp_path).raw_out
    assert "\x1b[" in on_a_terminal(*arguments, cwd=tmp_path)[1]


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_refused(setting: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": BAD, "o.yaml": ORGANIZATION})
    for command in ("check", "show"):
        assert "\x1b" not in on_a_terminal(command, cwd=tmp_path, env=setting)[1]


def test_no_colours_in_a_pipe_whatever_the_environment_says(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": BAD, "o.yaml": ORGANIZATION})
    settings = {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TERM": "xterm-256color", "COLUMNS": "20"}
    for command in ("check", "show"):
        plain = run(command, cwd=tmp_path)
        assert run(command, cwd=tmp_path, env=settings).raw_out == plain.raw_out
        assert b"\x1b" not in plain.raw_out


def test_a_text_and_its_findings_are_the_same_on_a_terminal(tmp_path: Path) -> None:
    import re

    write(tmp_path, {"p.yaml": BAD, "o.yaml": ORGANIZATION})
    code, text = on_a_terminal("check", cwd=tmp_path)
    plain = run("check", cwd=tmp_path, code=1).out
    assert code == 1
    assert re.sub(r"\x1b\[[0-9;]*m", "", text).replace("\r\n", "\n") == plain


EVIL = "\\x1b]0;owned\\x07\\x1b[2J\\x9b31m\\u202egpj"


def test_control_characters_never_reach_the_screen(tmp_path: Path) -> None:
    evil = MINIMAL.replace("do: Greet the customer", f'do: "Greet {EVIL}"\n        raci: {{A: "{EVIL}"}}').replace(
        "scope: part", f'scope: part\ntitle: "{EVIL}"\n"{EVIL}": 1'
    )
    write(tmp_path, {"p.yaml": evil, "o.yaml": ORGANIZATION})
    for arguments in (["check"], ["show"], ["show", "--raci"], ["show", "--tasks"]):
        result = run(*arguments, cwd=tmp_path)
        shown = result.out + result.err
        assert "owned" in shown or "gpj" in shown
        for char in "\x1b\x07\x9b\u202e":
            assert char not in shown, arguments
    run("check", "--format", "json", cwd=tmp_path, code=1)


# -- locales -------------------------------------------------------------------------------------

LOCALES = [
    {"LANG": "C", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "cp1252:strict"},
]


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: ",".join(f"{k}={v}" for k, v in locale.items()))
def test_output_is_utf_8_under_any_locale(locale: dict[str, str], tmp_path: Path) -> None:
    text = MINIMAL.replace("Greet the customer", "Begrüße 日本 🙂").replace("A: csm", "A: größe")
    write(tmp_path, {"p.yaml": text, "o.yaml": ORGANIZATION, "ö.yaml": "playbook: [\n"})
    for arguments in (["check"], ["show"], ["--help"]):
        usual = run(*arguments, cwd=tmp_path)
        result = run(*arguments, cwd=tmp_path, env=locale)
        assert result.raw_out == usual.raw_out
        assert result.code == usual.code
    assert 'unknown role or team "größe"' in run("check", cwd=tmp_path, env=locale).out
    assert "不明" in run("check", "不明", cwd=tmp_path, env=locale, code=2).err
