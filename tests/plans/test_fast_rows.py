"""Rows of many accounts at once: the bytes and notes that each plan by itself would give, for whatever accounts."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.plan_samples import ORGANIZATION, PLAYBOOK, TRACKING, sample
from tests.subjects import shipped, subject_from

from playbook.plans.account import Account
from playbook.plans.plan import Plan
from playbook.plans.planning import Plans
from playbook.plans.rota import Rota
from playbook.plans.situation import rota_of, situation_of, take_turns
from playbook.targets.files import row_pattern
from playbook.targets.files.rows import Row, Sheet, sheet_files
from playbook.targets.standards.task_csv import SHEET
from playbook.workspace import CompiledPlaybook

HOSTILE = (
    *("Acme", "Acme, Inc.", '"Acme" Ltd', "=1+1", "@x", "-3", "＝1", "Müller\nSöhne", "a\rb", "😀", "\ud800"),
    *("%s %d %%", "a;b", "\0", "", " ", "{name}", "\ue000name\ue001", "\ue000", "\ue001", "\ue000=id\ue001"),
)
_START = date(2026, 1, 1)


@lru_cache(maxsize=1)
def lasting() -> CompiledPlaybook:
    """The sample with people who hold their roles for ever; else who does a step depends on the day."""
    organization = ORGANIZATION.replace(", until: 2026-12-31", "").replace(", since: 2030-01-01", "")
    return subject_from({"a.yaml": organization, "b.yaml": TRACKING, "c.yaml": PLAYBOOK}).playbook


def _both(
    sheet: Sheet, playbook: CompiledPlaybook, accounts: list[Account], chunk: int = 2_000
) -> tuple[tuple[object, Counter[object]], tuple[object, Counter[object]]]:
    """What the fast way gives, and what the slow one does: files and notes."""
    found = []
    for each in (replace(sheet, fast=True), replace(sheet, fast=False)):
        plans = Plans(playbook, accounts, chunk=chunk)
        found.append((list(sheet_files(each, plans)), Counter[object](plans.notes)))
    return found[0], found[1]


def _various(playbook: CompiledPlaybook, count: int, seed: str, *, hostile: bool) -> list[Account]:
    """Accounts with all that can differ between them."""
    chance = random.Random(seed)
    names = HOSTILE if hostile else ("Acme", "Acme, Inc.", "Müller & Söhne")
    collections = {step.for_each.of for step in playbook.steps.values() if step.for_each}
    roles = list(playbook.workspace_symbols["role"])[:3]

    def account(number: int) -> Account:
        anchors = {
            id_: _START + timedelta(days=chance.randrange(400))
            for id_ in playbook.model.anchors
            if chance.random() < 0.9
        }
        items = {
            each: tuple({"name": chance.choice((*names, "Ann"))} for _ in range(chance.randrange(3)))
            for each in collections
            if chance.random() < 0.7
        }
        people = {
            role: chance.choice(("ada@acme.example", "Zoe, X", "=cmd")) for role in roles if chance.random() < 0.2
        }
        fields = {"account.arr": chance.choice((1, 10_000, 200_000, None))}
        id_ = f"{chance.choice(('a', 'b c', '=x', 'ü', '')) if hostile else 'a'}{number}"
        return Account(id_, chance.choice(names), anchors, fields, people, items)

    return [account(number) for number in range(count)]


@pytest.mark.parametrize("name", list(shipped()))
@pytest.mark.parametrize("hostile", [False, True])
def test_the_fast_way_gives_the_same_for_every_playbook(name: str, hostile: bool) -> None:
    playbook = shipped()[name].playbook
    fast, slow = _both(SHEET, playbook, _various(playbook, 30, name, hostile=hostile), chunk=20)
    assert fast == slow


_ACCOUNTS = st.lists(
    st.builds(
        Account,
        id=st.one_of(st.text(max_size=8), st.sampled_from(HOSTILE), st.from_regex(r"[a-c][0-9]", fullmatch=True)),
        name=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)),
        anchors=st.dictionaries(
            st.sampled_from(["won", "live"]), st.dates(date(2025, 12, 1), date(2027, 12, 31)), max_size=2
        ),
        fields=st.fixed_dictionaries(
            {},
            optional={
                "account.arr": st.sampled_from([10, 5000]),
                "account.sso": st.booleans(),
                "account.seats": st.sampled_from([1, 1000]),
            },
        ),
        roles=st.dictionaries(
            st.sampled_from(["csm", "writer"]), st.sampled_from(["ada@acme.example", "X, Y"]), max_size=1
        ),
        collections=st.fixed_dictionaries(
            {},
            optional={
                "contacts": st.lists(
                    st.fixed_dictionaries(
                        {"name": st.sampled_from(("Ann", "Bob", *HOSTILE))},
                        optional={"contact.role": st.sampled_from(["admin", "user"])},
                    ),
                    max_size=3,
                ).map(tuple)
            },
        ),
    ),
    max_size=8,
)


@pytest.mark.parametrize("is_lasting", [True, False])
@given(_ACCOUNTS, st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_the_fast_way_gives_the_same_for_whatever_accounts(
    is_lasting: bool, accounts: list[Account], chunk: int
) -> None:
    # Each twice and thrice, so that patterns are made and used.
    several = [replace(each, id=f"{each.id}{at}") for each in accounts for at in range(3)]
    fast, slow = _both(SHEET, lasting() if is_lasting else sample(), several, chunk)
    assert fast == slow


@pytest.mark.parametrize(("most_rows", "most_bytes"), [(7, None), (3, None), (1, None), (None, 3_000), (9, 2_000)])
def test_files_are_split_at_the_same_places(most_rows: int | None, most_bytes: int | None) -> None:
    accounts = _various(lasting(), 30, "split", hostile=False)
    sheet = replace(SHEET, most_rows=most_rows, most_bytes=most_bytes)
    fast, slow = _both(sheet, lasting(), accounts)
    assert fast == slow
    files = list(sheet_files(replace(sheet, fast=True), Plans(lasting(), accounts)))
    assert len(files) > 1
    tables = [list(csv.reader(io.StringIO(file.data.decode(), newline=""))) for file in files]
    assert all(table[0] == list(SHEET.columns) for table in tables)
    assert most_rows is None or all(len(table) - 1 <= most_rows for table in tables)


@pytest.mark.parametrize("is_lasting", [True, False])
def test_most_accounts_are_filled_in(is_lasting: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tests above would compare the slow way with itself. People who leave later do not matter."""
    filled = Counter[str]()
    original = row_pattern.RowPattern.filled

    def counted(self: row_pattern.RowPattern, values: list[bytes]) -> bytes:
        filled["accounts"] += 1
        return original(self, values)

    monkeypatch.setattr(row_pattern.RowPattern, "filled", counted)
    start = date(2026, 2, 2)
    contacts = ({"name": "Ann", "contact.role": "admin"},)
    accounts = [
        Account(f"a{number}", f"Acme, No. {number}", {"won": start + timedelta(days=number % 90)}, collections={})
        if number % 2
        else Account(f"a{number}", "Acme", {"won": start}, collections={"contacts": contacts})
        for number in range(200)
    ]
    list(sheet_files(SHEET, Plans(lasting() if is_lasting else sample(), accounts)))
    assert filled["accounts"] > 180


def _with_lengths(plan: Plan) -> Iterator[Row]:
    return ((planned.key, len(plan.account.name), planned.account.name.upper()) for planned in plan.tasks)


def _of_days(plan: Plan) -> Iterator[Row]:
    return ((planned.key, planned.due.isoformat() if planned.due else "") for planned in plan.tasks)


@pytest.mark.parametrize("rows", [_with_lengths, _of_days])
def test_a_sheet_that_promises_too_much_is_found_out(rows: object) -> None:
    """What depends on the name's length or on the day itself cannot be filled in; it is written all the same."""
    sheet = Sheet("promises", ("Key", "More"), rows=rows, fast=True)  # type: ignore[arg-type]
    accounts = _various(lasting(), 40, "promises", hostile=False)
    fast, slow = _both(sheet, lasting(), accounts)
    assert fast == slow


@pytest.mark.parametrize("name", [*list(shipped()), "sample"])
def test_taking_turns_alone_leaves_the_rota_where_planning_does(name: str) -> None:
    playbook = sample() if name == "sample" else shipped()[name].playbook
    one, other = rota_of(playbook), rota_of(playbook)
    for account in _various(playbook, 25, name, hostile=False):
        situation_of(playbook, account, one)
        take_turns(playbook, account, other)
        assert _next(playbook, one) == _next(playbook, other)


def _next(playbook: CompiledPlaybook, rota: Rota) -> object:
    """Whose turn it is, without taking it."""
    return situation_of(playbook, Account("next", "Next", {"won": _START}), rota.copy()).held


def test_plans_are_counted_however_they_are_read() -> None:
    def plans() -> Iterable[Account]:
        return iter(_various(lasting(), 20, "count", hostile=False))

    one, other = Plans(lasting(), plans()), Plans(lasting(), plans(), chunk=3)
    assert [plan.tasks for plan in one] == [plan.tasks for plan in other]
    assert one.notes == other.notes
