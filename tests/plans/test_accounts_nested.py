"""Accounts as YAML and JSON: the same keys as columns, with lists inside."""

from __future__ import annotations

import json
import textwrap
from datetime import date
from pathlib import Path

import pytest
from tests.plans.plan_samples import accounts_of, codes_of, sample, the_problem

from playbook.cli.accounts import accounts_from
from playbook.plans.account import Account
from playbook.plans.accounts.problems import AccountProblem

YAML = """\
account: acme
name: Acme Ltd
won: 2026-12-01
account.arr: 12000
account.tags: [a, b]
role.csm: ada@acme.example
contacts:
  - {name: Ann, contact.role: admin}
  - {name: Bea, id: "7", contact.role: user}
  - Cleo
"""

ACME = Account(
    "acme",
    "Acme Ltd",
    {"won": date(2026, 12, 1)},
    {"account.arr": 12000, "account.tags": frozenset({"a", "b"})},
    {"csm": "ada@acme.example"},
    {
        "contacts": (
            {"name": "Ann", "contact.role": "admin"},
            {"name": "Bea", "id": "7", "contact.role": "user"},
            {"name": "Cleo"},
        )
    },
    1,
)


def found_in(folder: Path, text: str, end: str = ".yaml") -> list[Account | AccountProblem]:
    path = folder / f"account{end}"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return list(accounts_from(path, sample()))


def test_yaml(tmp_path: Path) -> None:
    assert found_in(tmp_path, YAML) == [ACME]


def test_json_says_the_same(tmp_path: Path) -> None:
    data = {
        "account": "acme",
        "name": "Acme Ltd",
        "won": "2026-12-01",
        "account.arr": 12000,
        "account.tags": ["a", "b"],
        "role.csm": "ada@acme.example",
        "contacts": [
            {"name": "Ann", "contact.role": "admin"},
            {"name": "Bea", "id": "7", "contact.role": "user"},
            "Cleo",
        ],
        "account.sso": None,
    }
    assert found_in(tmp_path, json.dumps(data), ".json") == [ACME]


def test_several_accounts_are_a_list(tmp_path: Path) -> None:
    found = found_in(tmp_path, "- {account: a, won: 2026-12-01}\n- {account: b, contacts: 2}\n- {account: a}\n")
    assert [account.id for account in accounts_of(found)] == ["a", "b"]
    (finding,) = the_problem(found).findings
    assert (finding.code, finding.place.span.start.line) == ("ACC006", 3)
    assert finding.related[0].place.span.start.line == 1
    assert accounts_of(found)[1].collections == {"contacts": ({}, {})}


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "message"),
    [
        ("account: a\nwon: 2026-02-30\n", "ACC007", 2, 6, "won: '2026-02-30' is no day that there is"),
        ("account: a\nwon: [2026-12-01, 2]\n", "ACC007", 2, 6, None),
        ("account: a\nwon: {x: 1}\n", "ACC008", 2, 6, "won: this is no single value"),
        ("name: A\n", "ACC005", 1, 1, "the account has no id"),
        (
            "account: a\nwon: 2026-12-01\nanchor.won: 2026-12-02\n",
            "ACC010",
            3,
            13,
            "anchor.won: this is said twice",
        ),
        ("account: a\ncontacts: {x: 1}\n", "ACC010", 2, 11, "contacts: this is no list"),
        ("account: a\ncontacts: [[1]]\n", "ACC010", 2, 12, "this is no item"),
        ("account: a\ncontacts:\n - {contact.role: boss}\n", "ACC008", 3, 19, None),
        ("- 5\n", "ACC010", 1, 3, "this is no account"),
    ],
)
def test_mistakes_have_their_place(
    text: str, code: str, line: int, column: int, message: str | None, tmp_path: Path
) -> None:
    (finding,) = the_problem(found_in(tmp_path, text)).findings
    start = finding.place.span.start
    assert (finding.code, start.line, start.column) == (code, line, column)
    assert message is None or finding.message == message


def test_unknown_keys_are_told_and_passed_over(tmp_path: Path) -> None:
    found = found_in(tmp_path, "account: a\nwonn: 2026-12-01\ncontacts: [{nam: Ann, name: A}]\n")
    assert codes_of(found) == ["ACC003", "ACC003"]
    assert [finding.suggestion for finding in the_problem(found).findings] == ["won", "name"]
    assert [account.collections for account in accounts_of(found)] == [{"contacts": ({"name": "A"},)}]


@pytest.mark.parametrize("text", ["", "just text\n", "[]\n", "5\n"])
def test_what_holds_no_account(text: str, tmp_path: Path) -> None:
    problem = the_problem(found_in(tmp_path, text))
    assert (problem.is_fatal, problem.findings[0].code) == (True, "ACC001")


def test_what_is_no_yaml(tmp_path: Path) -> None:
    problem = the_problem(found_in(tmp_path, "account: a: b\n"))
    assert (problem.is_fatal, problem.findings[0].code) == (True, "SCH001")
