"""What is kept from run to run: the results are those of a check from scratch, whatever was edited meanwhile."""

from __future__ import annotations

import subprocess
import sys
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
from playbook.compiler.compile import NAMELESS
from playbook.text.spans import SourceText

_STEPS = st.lists(st.tuples(EDITS, SETTINGS), min_size=1, max_size=6)


@hypothesis_settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
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


@hypothesis_settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
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


@hypothesis_settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
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


@pytest.mark.parametrize("name", ["playbook.yaml", "new.yaml", NAMELESS])
@pytest.mark.parametrize("old", ["", "csm", "playbook: rescue"])
def test_a_text_from_standard_input(tmp_path: Path, name: str, old: str) -> None:
    root, cache = tmp_path / "work", tmp_path / "cache"
    write_workspace(root)
    settings = Settings(as_of=TODAY, home=root)
    check([root], root, settings, cache=cache)
    before = _contents(cache)
    content = (root / "playbook.yaml").read_text(encoding="utf-8")
    text = SourceText(name, content.replace(old, "somebody") if old else content)
    paths = [root / name]
    kept = check(paths, root, settings, overlay=text, cache=cache)
    assert told(kept) == told(check(paths, root, settings, overlay=text, cache=None))
    assert _contents(cache) == before


def test_a_check_reads_no_file_that_does_not_count(tmp_path: Path) -> None:
    """Results are kept for the files that are looked at before; a check that reads others would be stale."""
    write_workspace(tmp_path)
    (tmp_path / "playbook.toml").write_text('baseline = "known.json"\n', encoding="utf-8")
    (tmp_path / "known.json").write_text('{"version": 1, "findings": []}', encoding="utf-8")
    program = """
import sys
import subprocess
import sys
from pathlib import Path
root = Path(sys.argv[1])
opened = set()
def note(event, arguments):
    if event == "open" and isinstance(arguments[0], str) and arguments[0].startswith(str(root)):
        opened.add(arguments[0])
sys.addaudithook(note)
from playbook.checking.check import check
from playbook.checking.inputs import read_inputs
from playbook.compiler.discover import discover
check([root], root, cache=None)
every = [read_inputs(files) for files in discover([root], root)]
known = {str(path) for each in every for path in each.files.files.values()}
known |= {str(path) for each in every for path in each.files.config.files(each.files.root)}
known |= {str(each.files.root / "playbook.toml") for each in every}
print(len(opened), sorted(opened - known))
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    count, _, others = done.stdout.strip().partition(" ")
    assert int(count) >= 8
    assert others == "[]"


def test_a_session_tells_what_a_check_of_single_files_tells(tmp_path: Path) -> None:
    write_workspace(tmp_path)
    (tmp_path / "playbook.toml").write_text('exclude = ["playbook_2.yaml"]\n', encoding="utf-8")
    settings = Settings(as_of=TODAY, home=tmp_path)
    session = Session(tmp_path, settings)
    for names in (["playbook.yaml"], ["compose.yaml"], ["playbook_2.yaml", "tracking.yaml"], ["."]):
        paths = [Path(name) for name in names]
        alone = Session(tmp_path, settings)
        expected = told(check([tmp_path / path for path in paths], tmp_path, settings, cache=None))
        assert told(alone.results(paths)) == expected
    session.update(tmp_path / "playbook_2.yaml", None)
    assert told(session.results([Path()])) == told(check([tmp_path], tmp_path, settings, cache=None))
