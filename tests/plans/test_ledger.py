"""What was handed over before: only what is new goes out again, and the rest is told."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.targets.samples import sample_plan, sample_template

from playbook.plans.ledger import Changes, Entry, LedgerError, entry_of, ledger_bytes, read_ledger
from playbook.plans.plan import Plan

PLAN = sample_plan(sample_template())


def _ledger(plan: Plan) -> dict[str, Entry]:
    return read_ledger(ledger_bytes(map(entry_of, plan.tasks)))


def test_the_first_time_all_is_new() -> None:
    changes = Changes({})
    assert list(changes.only_new([PLAN])) == [PLAN]
    assert len(changes.new) == len(changes.handed_over) == len(PLAN.tasks)
    assert not changes.changed
    assert not changes.gone


def test_the_second_time_nothing_is() -> None:
    changes = Changes(_ledger(PLAN))
    assert list(changes.only_new([PLAN])) == []
    assert (changes.new, changes.changed, changes.gone) == ([], [], [])


def test_what_is_new_changed_and_gone_is_told_apart() -> None:
    first, second, third, *rest = PLAN.tasks
    before = replace(PLAN, tasks=(first, second, *rest))
    assert second.due is not None
    after = replace(PLAN, tasks=(replace(second, due=second.due + timedelta(days=7)), third, *rest))
    changes = Changes(_ledger(before))
    assert [plan.tasks for plan in changes.only_new([after])] == [(third,)]
    assert [entry.key for entry in changes.gone] == [first.key]
    ((entry, differences),) = changes.changed
    assert entry.key == second.key
    assert differences == (f"due {second.due} → {second.due + timedelta(days=7)}",)


def test_accounts_that_are_not_planned_again_are_left_alone() -> None:
    other = sample_plan(sample_template(), "globex", "Globex")
    changes = Changes({**_ledger(PLAN), **_ledger(other)})
    assert list(changes.only_new([PLAN])) == []
    assert changes.gone == []


def test_a_renamed_task_is_not_new() -> None:
    """``was:`` tells the key that the tool has; a person puts the new one in its place."""
    first, *rest = PLAN.tasks
    renamed = replace(first, key="enterprise_onboarding/hand_over/acme", former=(first.key,))
    changes = Changes(_ledger(PLAN))
    assert list(changes.only_new([replace(PLAN, tasks=(renamed, *rest))])) == []
    assert (changes.new, changes.gone) == ([], [])
    ((entry, differences),) = changes.changed
    assert entry.key == renamed.key
    assert differences == (f"key {first.key} → {renamed.key}",)
    assert {entry.key for entry in changes.after} == {renamed.key, *(task.key for task in rest)}


def test_the_next_ledger_keeps_accounts_that_are_not_planned_again() -> None:
    other = sample_plan(sample_template(), "globex", "Globex")
    changes = Changes({**_ledger(PLAN), **_ledger(other)})
    assert list(changes.only_new([replace(PLAN, tasks=PLAN.tasks[1:])])) == []
    assert {entry.key for entry in changes.after} == {task.key for task in (*PLAN.tasks[1:], *other.tasks)}


def test_what_a_tool_cannot_take_is_not_handed_over() -> None:
    first, *rest = PLAN.tasks
    undated = replace(PLAN, tasks=(replace(first, due=None), *rest))
    changes = Changes({}, dated_only=True)
    assert list(changes.only_new([undated])) == [undated]
    assert first.key not in changes.handed_over


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@given(st.lists(st.builds(Entry, *[TEXT] * 8), max_size=5, unique_by=lambda entry: entry.key))
def test_a_ledger_is_read_as_it_was_written(entries: list[Entry]) -> None:
    assert list(read_ledger(ledger_bytes(entries)).values()) == entries


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\xff\xfe", "it is not UTF-8"),
        (b"name,due\n", "line 1 is not key,account,stage,title,starts,due,owner,content"),
        (b"key,account,stage,title,starts,due,owner,content\na,b\n", "line 2 has 2 cells in the place of 8"),
        (b'key,account,stage,title,starts,due,owner,content\n"a', "line 2: unexpected end of data"),
    ],
)
def test_what_is_no_ledger_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(LedgerError, match=reason):
        read_ledger(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_ledger_or_refused(data: bytes) -> None:
    with contextlib.suppress(LedgerError):
        read_ledger(b"key,account,stage,title,starts,due,owner,content\n" + data)
