"""The plans of many accounts: keys are unique and stable, and each is as if it were alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.plan_samples import sample
from tests.subjects import shipped

from playbook.expressions.evaluate import Value
from playbook.plans.account import Account
from playbook.plans.accounts.meanings import meanings_of
from playbook.plans.keys import item_keys, key_part
from playbook.plans.plan import Plan
from playbook.plans.planning import plan_of, plans_of
from playbook.workspace import CompiledPlaybook

_DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
_NAMES = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() == text)
_ITEMS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"name": _NAMES, "contact.role": st.sampled_from(["admin", "user"]), "id": st.just("1")}
    ),
    max_size=4,
).map(tuple)


@st.composite
def _accounts(draw: st.DrawFn) -> list[Account]:
    ids = draw(
        st.lists(st.one_of(_NAMES, st.sampled_from(["a", "A", "a b", "a-b", "a~b"])), unique=True, max_size=7)
    )
    found = []
    for id_ in ids:
        fields: dict[str, Value | None] = {}
        if draw(st.booleans()):
            fields["account.arr"] = draw(st.sampled_from([10, 5000]))
        if draw(st.booleans()):
            fields["account.sso"] = draw(st.booleans())
        if draw(st.booleans()):
            fields["account.seats"] = draw(st.sampled_from([5, 500]))
        anchors = {name: draw(_DAYS) for name in ("won", "live") if draw(st.booleans())}
        collections = {"contacts": draw(_ITEMS)} if draw(st.booleans()) else {}
        # Named, so that people do not depend on turns.
        found.append(Account(id_, id_, anchors, fields, {"csm": "ada@acme.example"}, collections))
    return found


def _by_account(playbook: CompiledPlaybook, accounts: list[Account], chunk: int = 3) -> dict[str, Plan]:
    plans = plans_of(playbook, accounts, chunk=chunk)
    return {account.id: plan for account, plan in zip(accounts, plans, strict=True)}


@given(accounts=_accounts(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_plan_does_not_depend_on_the_others(accounts: list[Account], data: st.DataObject) -> None:
    together = _by_account(sample(), accounts)
    assert together == {account.id: plan_of(sample(), account) for account in accounts}
    shuffled = data.draw(st.permutations(accounts))
    assert _by_account(sample(), shuffled, chunk=data.draw(st.integers(1, 9))) == together


@given(accounts=_accounts())
@settings(max_examples=100, deadline=None)
def test_keys_are_unique_and_safe_and_dependencies_exist(accounts: list[Account]) -> None:
    keys: list[str] = []
    for plan in plans_of(sample(), accounts):
        own = [task.key for task in plan.tasks]
        keys += own
        for task in plan.tasks:
            assert set(task.after) <= set(own)
            assert task.key not in task.after
            assert task.key.isascii()
            assert not set(task.key) & set(" \"'\\<>&?#%+,;\n")
            assert task.key.startswith(f"start/{task.task.step}/{key_part(plan.account.id)}")
    assert len(set(keys)) == len(keys)


@given(texts=st.lists(st.text(max_size=30), unique=True, max_size=30))
def test_two_texts_never_have_one_key(texts: list[str]) -> None:
    assert len({key_part(text) for text in texts}) == len(texts)


@given(items=_ITEMS, data=st.data())
def test_the_keys_of_named_items_do_not_depend_on_their_order(
    items: tuple[dict[str, str], ...], data: st.DataObject
) -> None:
    named = [item for item in items if item.get("name") or item.get("id")]
    unique = list({str(sorted(item.items())): item for item in named}.values())
    before = dict(zip(map(str, unique), item_keys(unique, "contact"), strict=True))
    shuffled = data.draw(st.permutations(unique))
    assert dict(zip(map(str, shuffled), item_keys(shuffled, "contact"), strict=True)) == before
    assert len(set(item_keys(items, "contact"))) == len(items)


def _generated(playbook: CompiledPlaybook, known: bool) -> Account:
    """An account with a date for every anchor, and items for every collection."""
    meanings = meanings_of(playbook)
    start = date(2026, 12, 1)
    anchors = {anchor: start + timedelta(days=45 * at) for at, anchor in enumerate(sorted(meanings.anchors))}
    items = tuple({"name": f"Item {number}"} for number in range(1, 4))
    collections = dict.fromkeys(meanings.collections, items)
    return Account("acme", "Acme", anchors if known else {}, {}, {}, collections if known else {})


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_playbook_has_a_plan(name: str) -> None:
    base = shipped()[name].playbook
    for playbook in (base, *base.variants):
        for known in (True, False):
            plan = plan_of(playbook, _generated(base, known))
            tasks = {task.task.step for task in plan.tasks}
            left_out = set(plan.left_out)
            assert tasks | left_out == {task.step for task in plan.template.tasks}
            assert not tasks & left_out
            keys = [task.key for task in plan.tasks]
            assert len(set(keys)) == len(keys)
            for task in plan.tasks:
                assert task.starts is None or task.due is None or task.starts <= task.due
            if known:
                assert any(task.due for task in plan.tasks) or not plan.tasks or not playbook.model.anchors


def test_a_year_of_accounts_gives_as_many_plans_in_order() -> None:
    first = Account("a", "A", {"won": date(2026, 12, 1)}, {"account.arr": 10}, {"csm": "Bob Byte"})
    accounts = [
        replace(
            first,
            id=f"a{number}",
            fields={"account.arr": number * 10},
            anchors={"won": date(2026, 1 + number % 12, 5)},
        )
        for number in range(2_500)
    ]
    plans = list(plans_of(sample(), iter(accounts)))
    assert [plan.account.id for plan in plans] == [account.id for account in accounts]
    assert sum(plan.template.variant == "big" for plan in plans) == 2_400
