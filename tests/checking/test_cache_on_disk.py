"""The folder of what is kept: damage, hostile files, two processes, and what may not be written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from checking_samples import TODAY, told, write_workspace
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from playbook.checking import inputs, work
from playbook.checking.check import check
from playbook.checking.settings import Settings
from playbook.checking.stamp import _states
from playbook.checking.store import FOLDER, VARIABLE, Store
from playbook.compiler import assembly
from playbook.compiler.opening import Opening
from playbook.compiler.part import Part
from playbook.compiler.surroundings import Surroundings
from playbook.results import Results


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_workspace(tmp_path / "work")
    return tmp_path / "work"


def _check(root: Path, cache: Path | None) -> Results:
    return check([root], root, Settings(as_of=TODAY, home=root), cache=cache)


def _files(cache: Path) -> list[Path]:
    return sorted(path for path in cache.iterdir() if path.suffix == ".json")


# -- where it is ------------------------------------------------------------------------------------


def test_the_usual_folder_keeps_itself_out_of_version_control(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    check([root], root, Settings(as_of=TODAY))
    folder = root / FOLDER
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert (
        (folder / "CACHEDIR.TAG")
        .read_text(encoding="utf-8")
        .startswith("Signature: 8a477f597d28d172789f06886806bc55")
    )
    assert [path.name.partition("-")[0] for path in _files(folder)] == ["documents", "results", "values"]


def test_the_second_run_knows_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder that the first one has made changes nothing."""
    monkeypatch.delenv(VARIABLE, raising=False)
    check([root], root, Settings(as_of=TODAY))
    monkeypatch.setattr("playbook.checking.check._Work.results", None)
    check([root], root, Settings(as_of=TODAY))


def test_an_environment_variable_names_another_folder(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "elsewhere"))
    check([root], root, Settings(as_of=TODAY))
    assert _files(tmp_path / "elsewhere")
    assert not (root / FOLDER).exists()


def test_without_a_cache_nothing_is_written(root: Path) -> None:
    before = sorted(root.rglob("*"))
    _check(root, None)
    assert sorted(root.rglob("*")) == before


def test_a_folder_that_cannot_be_made_is_done_without(root: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert told(_check(root, tmp_path / "file")) == told(_check(root, None))
    assert told(_check(root, tmp_path / "file" / "below")) == told(_check(root, None))
    assert (tmp_path / "file").read_text(encoding="utf-8") == "in the way"


def test_a_link_is_not_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    assert told(_check(root, tmp_path / "link")) == told(_check(root, None))
    assert list((tmp_path / "target").iterdir()) == []


def test_only_so_much_is_kept(root: Path, tmp_path: Path) -> None:
    for day in range(1, 13):
        check([root], root, Settings(as_of=TODAY.replace(day=day)), cache=tmp_path / "cache")
    (tmp_path / "cache" / "results-0.json.123.tmp").write_bytes(b"half written")
    os.utime(tmp_path / "cache" / "results-0.json.123.tmp", (0, 0))
    _check(root, tmp_path / "cache")
    names = [path.name.partition("-")[0] for path in _files(tmp_path / "cache")]
    assert max(names.count(kind) for kind in names) <= 8
    assert not list((tmp_path / "cache").glob("*.tmp"))


def test_what_is_not_of_the_cache_is_left_alone(root: Path, tmp_path: Path) -> None:
    """Somebody may name a folder that has other things in it."""
    names = [
        "mine.tmp",
        "results-of-march.json",
        "documents-2026.tmp",
        *(f"results-x{day}.json" for day in range(20)),
    ]
    for name in names:
        (root / name).write_text("mine", encoding="utf-8")
        os.utime(root / name, (0, 0))
    _check(root, root)
    assert [name for name in names if not (root / name).exists()] == []
    assert not (root / ".gitignore").exists()


def test_a_long_baseline_counts_as_it_is_now(root: Path, tmp_path: Path) -> None:
    """It may be longer than any document."""
    baseline = tmp_path / "known.json"
    settings = Settings(as_of=TODAY, home=root, baseline=baseline)
    for text in ('{"version": 1, "findings": []}', '{"version": 2, "findings": []}'):
        baseline.write_text(text + " " * 6_000_000, encoding="utf-8")
        fresh = told(check([root], root, settings, cache=None))
        assert told(check([root], root, settings, cache=tmp_path / "cache")) == fresh


def test_a_baseline_is_named_from_the_home(root: Path, tmp_path: Path) -> None:
    settings = Settings(as_of=TODAY, home=root, baseline=Path("known.json"))
    for text in ('{"version": 1, "findings": []}', '{"version": 2, "findings": []}'):
        (root / "known.json").write_text(text, encoding="utf-8")
        fresh = told(check([root], root, settings, cache=None))
        assert told(check([root], root, settings, cache=tmp_path / "cache")) == fresh


def test_each_of_many_workspaces_is_kept(tmp_path: Path) -> None:
    for number in range(10):
        write_workspace(tmp_path / "many" / str(number))
    check([tmp_path / "many"], tmp_path, Settings(as_of=TODAY), cache=tmp_path / "cache")
    kept = [path.name.partition("-")[0] for path in _files(tmp_path / "cache")]
    assert kept.count("documents") == kept.count("values") == 10


def test_what_is_gone_is_not_kept(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    _check(root, cache)
    (root / "playbook_3.yaml").unlink()
    _check(root, cache)
    kept = next(path for path in _files(cache) if path.name.startswith("documents"))
    assert b"playbook_3.yaml" not in kept.read_bytes()


# -- damage -----------------------------------------------------------------------------------------


_DAMAGES: tuple[Callable[[bytes, int], bytes], ...] = (
    lambda content, at: content[:at],
    lambda content, at: content[at:] or b"?",
    lambda content, at: content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :],
    lambda content, at: content[:at] + content[at + 1 :],
    lambda content, at: content + content[at:] + b" ",
    lambda content, at: b"",
    lambda content, at: b"\xff" * at,
    lambda content, at: b"[" * 100_000 + content[at:],
)


@hypothesis_settings(max_examples=40)
@given(
    st.booleans(),
    st.sampled_from(["documents", "results", "values"]),
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(_DAMAGES),
)
def test_damage_is_passed_over(
    has_results: bool, kind: str, share: float, damage: Callable[[bytes, int], bytes]
) -> None:
    with TemporaryDirectory() as folder:
        root, cache = Path(folder) / "work", Path(folder) / "cache"
        write_workspace(root)
        fresh = told(_check(root, cache))
        path = next(path for path in _files(cache) if path.name.startswith(kind))
        content = path.read_bytes()
        path.write_bytes(damage(content, int(share * len(content))))
        if not has_results:
            # Without whole results, what is known of the documents is looked at.
            for results in cache.glob("results-*"):
                results.unlink()
        assert told(_check(root, cache)) == fresh
        assert told(_check(root, cache)) == fresh


def test_what_somebody_else_has_written_proves_nothing(root: Path, tmp_path: Path) -> None:
    """A cache that comes along with the files, by git or in an archive, says what its author likes."""
    cache = tmp_path / "cache"
    _check(root, cache)
    copied = tmp_path / "copied"
    copied.mkdir()
    for path in cache.iterdir():
        (copied / path.name).write_bytes(path.read_bytes())
    assert _read_all(Store(cache))
    assert not _read_all(Store(copied))
    assert told(_check(root, copied)) == told(_check(root, None))
    # From now on it is ours.
    assert _read_all(Store(copied))


def _read_all(store: Store) -> list[object]:
    folder = store._folder
    return [data for path in _files(folder) if (data := store.read(path.name)) is not None]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: [],
        lambda data: {**data, "results": []},
        lambda data: {**data, "sources": [1]},
        lambda data: {**data, "others": {"a": 1}},
        lambda data: {**data, "results": data["results"][:-1]},
        lambda data: {**data, "results": [[["x"] * 10], *data["results"][1:]]},
        lambda data: {"key": data["key"]},
    ],
)
def test_data_of_another_shape_is_passed_over(root: Path, tmp_path: Path, spoil: Callable[[dict], object]) -> None:
    """Even if it bears our own checksum."""
    cache = tmp_path / "cache"
    fresh = told(_check(root, cache))
    store = Store(cache)
    name = next(path.name for path in _files(cache) if path.name.startswith("results"))
    data = store.read(name)
    store.write(name, data)
    assert told(_check(root, cache)) == fresh
    store.write(name, spoil(data))
    assert told(_check(root, cache)) == fresh


@pytest.mark.parametrize("kind", ["documents", "values"])
@pytest.mark.parametrize("content", [None, [], {"playbook.yaml": []}, {"playbook.yaml": ["", "{}"]}, 1])
def test_documents_of_another_shape_are_passed_over(root: Path, tmp_path: Path, kind: str, content: object) -> None:
    cache = tmp_path / "cache"
    _check(root, cache)
    store = Store(cache)
    names = [path.name for path in _files(cache)]
    store.write(next(name for name in names if name.startswith(kind)), content)
    (cache / next(name for name in names if name.startswith("results"))).unlink()
    assert told(_check(root, cache)) == told(_check(root, None))


@pytest.mark.parametrize("text", ["{", "{}", "[]", '{"playbook": 12}', '{"": "playbook"}', '{"playbook": "other"}'])
def test_values_that_are_no_document(root: Path, tmp_path: Path, text: str) -> None:
    cache = tmp_path / "cache"
    _check(root, cache)
    store = Store(cache)
    name = next(path.name for path in _files(cache) if path.name.startswith("values"))
    values = store.read(name)
    store.write(name, {file: [digest, text] for file, (digest, _) in values.items() if "organization" in file})
    next(cache.glob("results-*")).unlink()
    found = _check(root, cache)
    if "other" not in text:
        assert told(found) == told(_check(root, None))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are there only on POSIX")
def test_a_pipe_in_the_cache_does_not_hang(root: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    fresh = told(_check(root, cache))
    for path in _files(cache):
        path.unlink()
        os.mkfifo(path)
    assert told(_check(root, cache)) == fresh


# -- two at once ------------------------------------------------------------------------------------

_PROGRAM = """
import datetime, sys
from pathlib import Path
from playbook.checking.check import check
from playbook.checking.settings import Settings
root, cache, turns = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
told = set()
for turn in range(turns):
    settings = Settings(as_of=datetime.date(2026, 10, 1 + turn % 3))
    told.add(len(check([root], root, settings, cache=cache).findings))
print(sorted(told))
"""


def test_two_processes_at_once(root: Path, tmp_path: Path) -> None:
    (root / "playbook.toml").write_text('profile = "basic"\n', encoding="utf-8")
    expected = f"[{len(_check(root, None).findings)}]"
    command = [sys.executable, "-c", _PROGRAM, str(root), str(tmp_path / "cache"), "30"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as second,
    ):
        told_by = [process.communicate(timeout=120)[0].strip() for process in (first, second)]
    assert told_by == [expected, expected]
    assert not list((tmp_path / "cache").glob("*.tmp"))


def test_unchanged_files_load_no_library(root: Path, tmp_path: Path) -> None:
    program = (
        "import sys, json; from pathlib import Path; from playbook.checking.check import check\n"
        f"results = check([Path({str(root)!r})], Path({str(root)!r}), cache=Path({str(tmp_path / 'cache')!r}))\n"
        "heavy = "
        "('pydantic', 'networkx', 'rich', 'ruamel', 'playbook.language', 'playbook.core', 'playbook.lint')\n"
        "print(json.dumps(sorted(name for name in heavy if name in sys.modules)))"
    )
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout)
        for _ in range(2)
    ]
    assert "pydantic" in runs[0]
    assert runs[1] == []


def test_a_file_that_changes_within_one_tick_of_the_clock(root: Path, tmp_path: Path) -> None:
    """Content counts, not time and size."""
    path = root / "playbook.yaml"
    _check(root, tmp_path / "cache")
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"at: handover", b"at: handovre"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    assert told(_check(root, tmp_path / "cache")) == told(_check(root, None))


def test_another_state_of_the_program_starts_anew(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever works on a rule sees at once what it says."""
    cache = tmp_path / "cache"
    _check(root, cache)
    compiled: list[str] = []
    original = assembly.compile_part

    def noted(opening: Opening, surroundings: Surroundings) -> Part:
        compiled.append(opening.document.name)
        return original(opening, surroundings)

    monkeypatch.setattr(assembly, "compile_part", noted)
    _check(root, cache)
    assert compiled == []
    for module in (inputs, work):
        monkeypatch.setattr(module, "stamp", lambda: "another program")
    _check(root, cache)
    assert {"playbook.yaml", "playbook_2.yaml", "playbook_3.yaml"} <= set(compiled)


def test_the_stamp_sees_every_source_file(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "one.py").write_text("A = 1", encoding="utf-8")
    before = _states(str(tmp_path))
    (tmp_path / "rules" / "one.py").write_text("A = 12", encoding="utf-8")
    edited = _states(str(tmp_path))
    (tmp_path / "rules" / "two.py").write_text("", encoding="utf-8")
    assert len({repr(state) for state in (before, edited, _states(str(tmp_path)))}) == 3
