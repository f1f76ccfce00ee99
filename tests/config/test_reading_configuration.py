"""Reading ``playbook.toml`` never waits, and never takes more than it should."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from playbook.config import FILE_NAME, Config, read_config


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_only_passes_for_a_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link may lead to a file of the system that is a pipe in disguise, such as the log of the kernel."""
    os.mkfifo(tmp_path / FILE_NAME)
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    monkeypatch.delattr(Path, "read_bytes")  # it would wait
    assert read_config(tmp_path, FILE_NAME) == (Config(), ())


def test_of_a_long_file_no_more_is_read_than_shows_that_it_is_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE_NAME).write_text("#" * 1_000_000, encoding="utf-8")
    monkeypatch.delattr(Path, "read_bytes")  # it would take all
    config, (finding,) = read_config(tmp_path, FILE_NAME)
    assert config == Config()
    assert "the file has 1,000,000 bytes; at most 100,000 are read" in finding.message
