"""``playbook site`` and ``playbook preview`` as commands."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from running import everything_below, run, template, write
from workspaces import CLEAN

LONG = 60
"""Seconds after which a test gives up; far more than it takes."""


def test_a_site_is_written_and_written_again(tmp_path: Path) -> None:
    write(tmp_path / "in", CLEAN)
    first = run("site", "-o", "site", "-C", "in", cwd=tmp_path, code=0)
    assert re.fullmatch(r"wrote \d+ files below site: open site/index.html\n", first.err)
    assert first.out == ""
    before = everything_below(tmp_path / "site")
    assert {"index.html", "workspace.html", "playbooks/onboarding.html"} <= set(before)
    run("site", "-o", "site", "-C", "in", cwd=tmp_path, code=0)
    assert everything_below(tmp_path / "site") == before
    (tmp_path / "in" / "onboarding.yaml").rename(tmp_path / "in" / "renamed.yaml")
    text = (tmp_path / "in" / "renamed.yaml").read_text().replace("playbook: onboarding", "playbook: renamed")
    (tmp_path / "in" / "renamed.yaml").write_text(text)
    again = run("site", "-o", "site", "-C", "in", cwd=tmp_path, code=0)
    assert "removed 1 that is no longer there" in again.err
    assert not (tmp_path / "site" / "playbooks" / "onboarding.html").exists()


def test_a_folder_with_other_files_is_refused_before_the_work(tmp_path: Path) -> None:
    write(tmp_path, {**CLEAN, "web/mine.txt": "mine"})
    refused = run("site", "-o", "web", cwd=tmp_path, code=2)
    assert "'web' is not empty" in refused.err
    assert everything_below(tmp_path / "web") == {"mine.txt": b"mine"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["site"], "Missing option"),
        (["site", "-o", ""], "names nothing"),
        (["site", "-o", "out", "-C", "nowhere"], "there is no file or folder 'nowhere'"),
        (["site", "-o", "out"], "there is no playbook here"),
        (["preview", "--port", "70000"], "70000"),
        (["preview", "-C", "nowhere"], "there is no file or folder 'nowhere'"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: list[str], words: str) -> None:
    result = run(*arguments, cwd=tmp_path, code=2)
    assert words in result.err
    assert not (tmp_path / "out").exists()


def test_playbooks_that_cannot_be_read_are_no_missing_ones(tmp_path: Path) -> None:
    write(tmp_path, {"in/broken.yaml": "playbook: broken\nstages: [\n"})
    result = run("site", "-o", "out", "-C", "in", cwd=tmp_path, code=2)
    assert "'playbook check' says why" in result.err
    assert not (tmp_path / "out").exists()


def test_the_site_for_customers_has_no_findings(tmp_path: Path) -> None:
    write(tmp_path, template("enterprise"))
    run("site", "-o", "site", "--audience", "customer", cwd=tmp_path, code=0)
    files = everything_below(tmp_path / "site")
    assert not {"workspace.html", "rules.html"} & set(files)
    assert b"inding" not in files["index.html"]


def test_a_port_in_use_is_told(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("preview", "--port", port, cwd=tmp_path, code=2)
    assert f"port {port} cannot be used" in result.err
    assert "--port" in result.err


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent by a signal")
def test_the_preview_follows_what_is_written(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    process = subprocess.Popen(
        [Path(sys.executable).with_name("playbook"), "preview", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline().split()[0]
        page = f"{address}playbooks/onboarding.html"
        assert b"Sales to Customer Success" in _read(page)
        text = CLEAN["onboarding.yaml"].replace("title: Sales to Customer Success", "title: Changed while you look")
        write(tmp_path, {"onboarding.yaml": text})
        ends = time.monotonic() + LONG
        while b"Changed while you look" not in _read(page):
            assert time.monotonic() < ends
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=LONG) == 0
        assert "Traceback" not in process.stderr.read()
    finally:
        process.kill()
        process.wait()


def _read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=LONG) as response:
        data: bytes = response.read()
    return data
