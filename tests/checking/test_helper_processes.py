"""Other processes that take a share of the work."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from checking_samples import TODAY, told, write_workspace

from playbook.checking import helpers
from playbook.checking.check import check
from playbook.checking.helpers import shared_out
from playbook.checking.settings import Settings

_NAMES = [f"name {number}" for number in range(50)]


@pytest.fixture
def _always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helpers, "WORTH", 1)
    if not helpers._can_fork():
        pytest.skip("processes are forked on Linux only")


@pytest.mark.usefixtures("_always")
@pytest.mark.parametrize("jobs", [1, 2, 3, 7, 1000])
def test_the_work_is_shared_out_and_the_order_kept(jobs: int) -> None:
    found = shared_out(_NAMES, lambda name: (name, os.getpid()), jobs)
    assert list(found) == _NAMES
    assert [name for name, _ in found.values()] == _NAMES
    assert len({process for _, process in found.values()}) == min(jobs, 50)


@pytest.mark.usefixtures("_always")
@pytest.mark.parametrize("end", [lambda: os._exit(1), lambda: 1 / 0, lambda: (_ for _ in ()).throw(SystemExit)])
def test_a_helper_that_fails_is_done_without(end: object) -> None:
    here = os.getpid()

    def work(name: str) -> str:
        if os.getpid() != here:
            end()  # type: ignore[operator]
        return name.upper()

    assert shared_out(_NAMES, work, 3) == {name: name.upper() for name in _NAMES}


@pytest.mark.usefixtures("_always")
def test_nobody_need_be_let_start_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("no more processes")

    before = len(list(Path("/proc/self/fd").iterdir()))
    monkeypatch.setattr(os, "fork", refused)
    assert shared_out(_NAMES, str.upper, 3) == {name: name.upper() for name in _NAMES}
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.usefixtures("_always")
def test_a_fault_in_the_work_itself_is_raised() -> None:
    before = _children()
    with pytest.raises(ZeroDivisionError):
        shared_out(_NAMES, lambda name: 1 / (name != "name 7"), 2)
    assert _children() == before, "nobody is left behind"


def _children() -> str:
    """The processes that this one has started; other tests may keep some."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")


def test_little_work_is_done_here() -> None:
    found = shared_out(_NAMES[:10], lambda _: os.getpid(), 0)
    assert set(found.values()) == {os.getpid()}


@pytest.mark.usefixtures("_always")
def test_the_results_are_the_same(tmp_path: Path) -> None:
    write_workspace(tmp_path)
    (tmp_path / "playbook.yaml").write_text(
        (tmp_path / "playbook.yaml").read_text(encoding="utf-8").replace("at: handover", "at: handovre"),
        encoding="utf-8",
    )
    settings = Settings(as_of=TODAY, home=tmp_path)
    alone = told(check([tmp_path], tmp_path, settings, cache=None, jobs=1))
    assert told(check([tmp_path], tmp_path, settings, cache=None, jobs=3)) == alone
    assert told(check([tmp_path], tmp_path, settings, cache=tmp_path.parent / "cache", jobs=3)) == alone
    assert told(check([tmp_path], tmp_path, settings, cache=tmp_path.parent / "cache", jobs=3)) == alone
