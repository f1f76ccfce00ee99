"""``check --watch`` with real files and a real process."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import write

LONG = 60
"""Seconds after which a test gives up; far more than it takes."""


class Watching:
    """A running ``check --watch`` and the reports that it has written."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._process = subprocess.Popen(
            [Path(sys.executable).with_name("playbook"), "check", "--watch", "--format", "concise", *options],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._checked = threading.Semaphore(0)
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._count, daemon=True).start()

    def next_report(self) -> str:
        """What stands in the next report, once it is complete."""
        assert self._checked.acquire(timeout=LONG), "no report came"
        time.sleep(0.2)  # the two streams are read by two threads
        lines = []
        while not self._lines.empty():
            lines.append(self._lines.get())
        return "".join(lines)

    def stop(self) -> int:
        """End it as Ctrl-C does; the exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(timeout=LONG)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)

    def _count(self) -> None:
        assert self._process.stderr
        for line in self._process.stderr:
            if "Waiting for changes" in line:
                self._checked.release()


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    write(tmp_path, {"playbook.toml": "", "organization.yaml": "organization: acme\nteem: {}\n"})
    process = Watching(tmp_path)
    yield process
    process.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent by a signal")
def test_each_change_is_checked(watching: Watching, tmp_path: Path) -> None:
    assert "teem" in watching.next_report()
    write(tmp_path, {"organization.yaml": "organization: acme\nteams: {}\n"})
    assert "teem" not in watching.next_report()
    write(tmp_path, {"new.yaml": "tracking: t\nfeelds: {}\n"})
    assert "feelds" in watching.next_report()
    write(tmp_path, {"playbook.toml": 'ignore = ["SCH002"]\n'})
    assert "feelds" not in watching.next_report()
    (tmp_path / "playbook.toml").unlink()
    assert "feelds" in watching.next_report()
    (tmp_path / "new.yaml").unlink()
    assert "feelds" not in watching.next_report()
    assert watching.stop() == 0


def test_a_change_of_the_baseline_is_checked(watching: Watching, tmp_path: Path) -> None:
    watching.next_report()
    write(tmp_path, {"playbook.toml": 'baseline = "known.json"\n'})
    assert "there is no baseline" in watching.next_report()
    write(tmp_path, {"known.json": '{"version": 1, "findings": []}\n'})
    report = watching.next_report()
    assert "teem" in report
    assert "known.json" not in report
