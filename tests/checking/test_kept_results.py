"""What is kept from run to run: the results are those of a check from scratch, whatever was edited meanwhile."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from checking_samples import EDITS, SETTINGS, TODAY, Edit, told, write_workspace
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from playbook.checking.check import check
from playbook.checking.session import Session
from playbook.checking.settings import Settings

_STEPS = st.lists(st.tuples(EDITS, SETTINGS), min_size=1, max_size=6)


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS)
def test_kept_results_are_those_of_a_check_from_scratch(steps: list[tuple[Edit, Settings]]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "work"
        write_workspace(root)
        check([root], root, cache=Path(folder) / "cache")
        for edit, asked in steps:
            edit.make(root)
            settings = _at(asked, root)
            fresh = told(check([root], root, settings, cache=None))
            assert told(check([root], root, settings, cache=Path(folder) / "cache")) == fresh
            assert told(check([root], root, settings, cache=Path(folder) / "cache")) == fresh


@hypothesis_settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(_STEPS, st.lists(st.sampled_from(["playbook.yaml", "playbook_2.yaml", "organization.yaml"]), max_size=3))
def test_single_files_are_seen_with_their_workspace(steps: list[tuple[Edit, Settings]], names: list[str]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder) / "work"
        write_workspace(root)
        for edit, asked in steps:
            edit.make(root)
            settings = _at(asked, root)
            for paths in ([root / name for name in names if (root / name).exists()], [root]):
                fresh = told(check(paths, root, settings, cache=None))
                assert told(check(paths, root, settings, cache=Path(folder) / "cache")) == fresh


@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EDITS, min_size=1, max_size=6))
def test_a_session_tells_what_a_check_tells(edits: list[Edit]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_workspace(root)
        settings = _at(Settings(as_of=TODAY), root)
        session = Session(root, settings)
        first = root / "playbook.yaml"
        session.update(first, None)
        session.results()
        for edit in edits:
            before = _contents(root)
            edit.make(root)
            after = _contents(root)
            for path in sorted({*before, *after}):
                if before.get(path) != after.get(path):
                    session.update(path, None)
            assert told(session.results([root])) == told(check([root], root, settings, cache=None))


def _contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.iterdir() if path.is_file()}


def _at(settings: Settings, root: Path) -> Settings:
    return Settings(settings.select, settings.ignore, settings.as_of, home=root)


@pytest.mark.parametrize("text", ["", "   \n", "playbook: fresh\n", "services: {}\n", "\x00", "a: [\n"])
def test_a_session_sees_texts_that_are_not_on_disk(tmp_path: Path, text: str) -> None:
    write_workspace(tmp_path)
    session = Session(tmp_path, Settings(as_of=TODAY, home=tmp_path))
    session.update(tmp_path / "playbook.yaml", text)
    written = session.results()
    assert (tmp_path / "playbook.yaml").read_text(encoding="utf-8") != text
    session.update(tmp_path / "playbook.yaml", None)
    assert told(session.results()) == told(check([tmp_path], tmp_path, Settings(as_of=TODAY, home=tmp_path)))
    assert told(session.results()) != told(written)
