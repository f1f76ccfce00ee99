"""A process for each of many items, with the answers in order and few items in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from playbook.checking import helpers
from playbook.checking.helpers import one_by_one


@pytest.fixture(autouse=True)
def _forked() -> None:
    if not helpers._can_fork():
        pytest.skip("processes are forked on Linux only")


@pytest.mark.parametrize("jobs", [1, 2, 3, 50])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_the_answers_come_in_order(jobs: int, count: int) -> None:
    assert list(one_by_one(range(count), lambda item: item * 2 + 1, jobs)) == [
        item * 2 + 1 for item in range(count)
    ]


def test_each_item_has_a_process_of_its_own() -> None:
    found = list(one_by_one(range(5), lambda _: os.getpid(), 2))
    assert len({*found, os.getpid()}) == 6


def test_few_items_are_taken_ahead() -> None:
    taken = []

    def items() -> Iterator[int]:
        for item in range(20):
            taken.append(item)
            yield item

    for answer in one_by_one(items(), lambda item: item + 1, 3):
        assert len(taken) <= answer + 3


@pytest.mark.parametrize("end", [lambda: os._exit(1), lambda: 1 / 0])
def test_what_a_process_fails_in_is_done_here(end: object) -> None:
    here = os.getpid()

    def work(item: int) -> tuple[int, int]:
        if item == 3 and os.getpid() != here:
            end()  # type: ignore[operator]
        return item, os.getpid()

    found = list(one_by_one(range(6), work, 2))
    assert [item for item, _ in found] == list(range(6))
    assert [item for item, process in found if process == here] == [3]


def test_a_fault_in_the_work_itself_is_raised_and_nothing_goes_on() -> None:
    before = _children()
    with pytest.raises(ZeroDivisionError):
        list(one_by_one(range(6), lambda item: 1 / (item - 2), 2))
    assert _children() == before


def test_whoever_stops_listening_leaves_no_process_behind() -> None:
    before = _children()
    answers = one_by_one(range(50), lambda item: item + 1, 3)
    assert next(answers) == 1
    answers.close()  # type: ignore[attr-defined]
    assert _children() == before


def _children() -> list[str]:
    path = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    try:
        with open(path, encoding="ascii") as file:  # noqa: PTH123
            return file.read().split()
    except OSError:
        return []
