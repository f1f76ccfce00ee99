"""Tables of accounts: what their columns say, and what is told of each mistake."""

from __future__ import annotations

from datetime import date

import pytest
from tests.plans.plan_samples import accounts_of, codes_of, read, the_problem

from playbook.lint.told import TOLD
from playbook.plans.account import Account
from playbook.plans.accounts.problems import AccountProblem
from playbook.text.quantities import parse_duration

HEADER = (
    "account,name,won,account.arr,account.sso,account.tier,account.tags,account.notice,"
    "role.csm,contacts,contact.role\n"
)


def test_every_kind_of_column() -> None:
    row = 'acme,"Acme, Inc.",2026-12-01,12000.50,TRUE,3,a;b,14d,ada@acme.example,Ann;Bea,admin;\n'
    (account,) = read(HEADER + row)
    assert account == Account(
        "acme",
        "Acme, Inc.",
        {"won": date(2026, 12, 1)},
        {
            "account.arr": 12000.5,
            "account.sso": True,
            "account.tier": 3,
            "account.tags": frozenset({"a", "b"}),
            "account.notice": parse_duration("14d"),
        },
        {"csm": "ada@acme.example"},
        {"contacts": ({"name": "Ann", "contact.role": "admin"}, {"name": "Bea"})},
        2,
    )


def test_an_empty_cell_says_nothing() -> None:
    (account,) = read(HEADER + "acme,,,,,,,,,,\n")
    assert account == Account("acme", "acme", line=2)


def test_a_number_stands_for_items_without_names() -> None:
    (account,) = accounts_of(read("account,won,contacts\nacme,,3\n"))
    assert account.collections == {"contacts": ({}, {}, {})}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_ways_in_which_programs_write_tables(delimiter: str, end: str, mark: bytes) -> None:
    lines = [["account", "name", "won"], ["a", '"A ""x"""', "2026-12-01"], ["b", '"two\nlines"', "2026-12-02"]]
    text = end.join(delimiter.join(line) for line in lines)
    first, second = accounts_of(read(mark + text.encode()))
    assert (first.name, second.name) == ('A "x"', "two\nlines")
    assert (first.line, second.line) == (2, 3)
    assert second.anchors == {"won": date(2026, 12, 2)}


def test_a_date_may_stand_under_its_event_or_field_and_have_a_time() -> None:
    text = (
        "account,deal.closed_won,account.live_on,anchor.live\na,2026-12-01 14:05,2027-01-01,2027-02-01T00:00:00Z\n"
    )
    (account,) = read(text)
    assert isinstance(account, Account)
    assert account.fields == {"deal.closed_won": date(2026, 12, 1), "account.live_on": date(2027, 1, 1)}
    assert account.anchors == {"live": date(2027, 2, 1)}


@pytest.mark.parametrize(
    ("written", "message", "suggestion"),
    [
        ("01/06/2026", "can be read in two ways", "2026-06-01 or 2026-01-06"),
        ("31.12.2026", "is no date", "2026-12-31"),
        ("06/06/2026", "is no date", "2026-06-06"),
        ("2026/6/1", "is no date", "2026-06-01"),
        ("2026-02-30", "is no day that there is", None),
        ("2027-02-29", "is no day that there is", None),
        ("46357", "is the number that a spreadsheet has for a day", "2026-12-01"),
        ("tomorrow", "is no date", None),
        ("1812-01-01", "is too far away", None),
        ("９９９９-01-01", "is no date", None),
    ],
)
def test_what_is_no_clear_date_is_refused(written: str, message: str, suggestion: str | None) -> None:
    problem = the_problem(read(f"account,won\nacme,{written}\n"))
    (finding,) = problem.findings
    assert (problem.reach, finding.code) == ("account", "ACC007")
    assert finding.message == f"won: '{written}' {message}"
    assert finding.suggestion == suggestion
    start, end = finding.place.span.start, finding.place.span.end
    assert (start.line, start.column, end.column) == (2, 6, 6 + len(written))
    assert problem.row == f"acme,{written}\n"


@pytest.mark.parametrize(
    ("column", "written", "message", "suggestion"),
    [
        ("account.arr", "12k", "'12k' is no number", None),
        ("account.arr", '"12,000"', "'12,000' is no number", "12000"),
        ("account.arr", "-5", "'-5' is too small", None),
        ("account.arr", "nan", "'nan' is no number", None),
        ("account.arr", "1e999", "'1e999' is too large a number", None),
        ("account.seats", "1.5", "'1.5' is no whole number", None),
        ("account.sso", "yes", "'yes' is neither true nor false", "true"),
        ("account.tier", "Gold", "'Gold' is no value of it", "gold"),
        ("account.notice", "5m", "'5m' is no duration", None),
        ("account.segment", "larg", "'larg' is no value of it", "large"),
        ("deal.closed_won", "maybe", "'maybe' does not say when it happened", None),
    ],
)
def test_a_value_must_fit_its_field(column: str, written: str, message: str, suggestion: str | None) -> None:
    (finding,) = the_problem(read(f"account,won,{column}\nacme,,{written}\n")).findings
    assert (finding.code, finding.message) == ("ACC008", f"{column}: {message}")
    assert finding.suggestion == suggestion
    assert finding.expected


def test_all_mistakes_of_a_row_are_told_at_once_and_the_next_row_is_read() -> None:
    found = read("account,won,account.arr\na,1.1.26,x\nb,2026-12-01,5\n")
    assert codes_of(found) == ["ACC007", "ACC008"]
    assert [account.id for account in accounts_of(found)] == ["b"]


def test_an_account_is_listed_once() -> None:
    rows = "".join(f"a{number},2026-12-01\n" for number in range(500))
    found = read(f"account,won\n{rows}a7,2026-12-02\n")
    problem = found[-1]
    assert isinstance(problem, AccountProblem)
    (finding,) = problem.findings
    assert finding.message == 'the account "a7" is listed twice, first in line 9'
    assert finding.place.span.start.line == 502
    assert len(accounts_of(found)) == 500


@pytest.mark.parametrize(
    ("header", "message", "suggestion"),
    [
        ("name,won", 'the header has no column "account", the id of each account', None),
        (
            "Account,won",
            'the header has no column "account", the id of each account',
            "name the column 'Account' \"account\"",
        ),
        (
            "Record ID,won",
            'the header has no column "account", the id of each account',
            "name the column 'Record ID' \"account\"",
        ),
        ("account,won,won", "the column 'won' is there twice", None),
        ("account,,won", "column 2 has no name", None),
        ("account,won,role.csm,people.csm", "the columns 'role.csm' and 'people.csm' say the same", None),
        (
            "account,won,contact.role",
            "'contact.role' is said of each of contacts, but there is no such column",
            None,
        ),
    ],
)
def test_a_header_that_nothing_can_be_read_by(header: str, message: str, suggestion: str | None) -> None:
    problem = the_problem(read(f"{header}\na,2026-12-01,,,\n"))
    finding = problem.findings[0]
    assert (problem.is_fatal, finding.code, finding.message) == (True, "ACC002", message)
    assert finding.suggestion == suggestion


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        ("wonn", "won"),
        ("account.ar", "account.arr"),
        ("csm", "role.csm"),
        ("Contacts", "contacts"),
        ("qwertz", None),
    ],
)
def test_an_unknown_column_is_told_once_and_passed_over(column: str, meant: str | None) -> None:
    found = read(f"account,won,{column}\na,2026-12-01,x\nb,2026-12-01,y\n")
    problem = the_problem(found)
    (finding,) = problem.findings
    assert (problem.reach, finding.code) == ("note", "ACC003")
    assert finding.suggestion == meant
    assert len(accounts_of(found)) == 2


def test_columns_that_nobody_meant_for_the_playbook_are_told_together() -> None:
    names = ",".join(f"Some column {number}" for number in range(30))
    found = read(f"account,won,{names},wonn\na,2026-12-01\n".replace("\na,2026-12-01", "\na,2026-12-01" + "," * 31))
    first, second = the_problem(found).findings
    assert (first.suggestion, second.suggestion) == ("won", None)
    assert second.message == (
        "the columns 'Some column 0', 'Some column 1', 'Some column 2', 'Some column 3', 'Some column 4' "
        "and 25 more are nothing that this playbook reads; they are passed over"
    )
    assert len(accounts_of(found)) == 1


def test_very_wide_tables() -> None:
    names = ",".join(f"column {number}" for number in range(1_900))
    assert codes_of(read(f"account,won,{names}\na,2026-12-01{',' * 1_900}\n")) == ["ACC003"]
    finding = the_problem(read(f"account,won{',x' * 3_000}\n")).findings[0]
    assert finding.message == "the header has 3,002 columns"


def test_the_date_of_the_start_is_missed() -> None:
    assert codes_of(read("account,live\na,2026-12-01\n")) == ["ACC011"]
    assert codes_of(read("account,wonn\na,2026-12-01\n")) == ["ACC003"]


def test_people_are_told_once_if_nobody_knows_them() -> None:
    rows = "a,2026-12-01,ada@acme.exmple\nb,2026-12-01,ada@acme.exmple\nc,2026-12-01,Bob Byte\n"
    found = read(f"account,won,role.csm\n{rows}")
    (finding,) = the_problem(found).findings
    assert (finding.code, finding.suggestion) == ("ACC009", "ada@acme.example")
    assert [account.roles["csm"] for account in accounts_of(found)][-1] == "Bob Byte"
    assert len(accounts_of(found)) == 3


def test_colleagues_are_not_taken_for_each_other() -> None:
    (finding,) = the_problem(read("account,won,role.csm\na,2026-12-01,zoe@acme.example\n")).findings
    assert (finding.code, finding.suggestion) == ("ACC009", None)


def test_people_of_the_customer_are_in_no_organization_of_ours() -> None:
    found = read("account,won,role.buyer\na,2026-12-01,ann@customer.example\n")
    assert [account.roles["buyer"] for account in accounts_of(found)] == ["ann@customer.example"]
    assert codes_of(found) == []


@pytest.mark.parametrize(
    ("row", "code", "message"),
    [
        ("a,b,c,d\n", "ACC004", "the row has 4 cells, the header 3"),
        ("a,b\n", "ACC004", "the row has 2 cells, the header 3"),
        ('a,"b" c,\n', "ACC004", "there is something between a closing quotation mark and the next cell"),
        ('a,"b,\n', "ACC004", "a quotation mark is opened and never closed"),
        ("a,b\0,\n", "ACC004", "the row has a NUL character"),
        (",b,\n", "ACC005", "the account has no id"),
        ("a\u200b,b,\n", "ACC005", "account: the id 'a\u200b' has characters that nobody sees"),
        (f"{'a' * 201},b,\n", "ACC005", f"account: the id '{'a' * 77}...' is too long"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out(row: str, code: str, message: str) -> None:
    found = read(f"account,name,won\n{row}z,Last,2026-12-01\n")
    (finding,) = the_problem(found).findings
    assert (finding.code, finding.message, finding.place.span.start.line) == (code, message, 2)
    assert [account.id for account in accounts_of(found)] == ["z"]


def test_a_byte_that_is_no_utf_8_costs_one_row() -> None:
    found = read(b"account,name,won\na,Caf\xe9,2026-12-01\nb,Caf\xc3\xa9,2026-12-01\n")
    (finding,) = the_problem(found).findings
    assert finding.message == 'byte 0xE9 is not valid UTF-8 (in Windows-1252 it is "é")'
    assert [account.name for account in accounts_of(found)] == ["Café"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it has no header"),
        (b"\n\n", "it has no header"),
        ("account,won\na,2026-12-01\n".encode("utf-16"), "it is encoded in UTF-16, not in UTF-8"),
        ("account,won\na,2026-12-01\n".encode("utf-16-le"), "it is encoded in UTF-16, not in UTF-8"),
        ("account,won\n".encode("utf-32"), "it is encoded in UTF-32, not in UTF-8"),
        (b"PK\x03\x04 workbook", "it is a workbook or another packed file, no table in text"),
        (b"\x1f\x8b\x08 packed", "it is a packed file, no table in text"),
        (b"ab\0\x01\x02account", "it has NUL bytes, which no text has"),
    ],
)
def test_a_file_that_is_no_table(data: bytes, reason: str) -> None:
    problem = the_problem(read(data))
    assert problem.is_fatal
    assert problem.findings[0].message == f"cannot read the accounts file accounts.csv: {reason}"


def test_blank_rows_are_passed_over() -> None:
    found = read("account,won\n\na,2026-12-01\n,\n ,  \nb,2026-12-01,,\n")
    assert [(each.id, each.line) for each in found if isinstance(each, Account)] == [("a", 3), ("b", 6)]


@pytest.mark.parametrize("ahead", ["\n", "\n,,\n \t\n", "sep=,\n", '"sep=;"\r\n\n'])
def test_what_spreadsheets_write_ahead_of_a_header_is_passed_over(ahead: str) -> None:
    account, problem = read(f"{ahead}account,won\na,2026-12-01\nb,2026-13-01\n")
    lines = ahead.count("\n")
    assert isinstance(account, Account)
    assert account.line == lines + 2
    assert isinstance(problem, AccountProblem)
    begins = problem.findings[0].place.span.start
    assert (begins.line, begins.column) == (lines + 3, 3)


def test_a_quotation_mark_left_open_costs_one_row() -> None:
    rows = "".join(f"a{number},Name,2026-12-01\n" for number in range(20_000))
    found = read(f'account,name,won\nx,"Open,2026-12-01\n{rows}')
    assert codes_of(found) == ["ACC004"]
    assert len(accounts_of(found)) == 20_000
    assert accounts_of(found)[0].line == 3


def test_a_line_of_a_hundred_megabytes_costs_one_row() -> None:
    found = read(b"account,won\na,2026-12-01\n" + b"x" * 20_000_000 + b"\nb,2026-12-01\n")
    (finding,) = the_problem(found).findings
    assert finding.message in (
        "the line has more than 1,000,000 characters",
        "a cell of this row is longer than 131,072 characters",
    )
    assert [(account.id, account.line) for account in accounts_of(found)] == [("a", 2), ("b", 4)]
    assert len(the_problem(found).row) <= 1_000_000


def test_a_report_shows_the_row() -> None:
    from playbook.report.text import report

    problem = the_problem(read('account,name,won\na,Good,2026-12-01\nb,"two\nlines",1.12.2026\n'))
    assert report(problem.findings, problem.sources) == (
        "accounts.csv:4:8: error ACC007: won: '1.12.2026' can be read in two ways\n"
        '    4 | lines",1.12.2026\n'
        "      |        ^^^^^^^^^\n"
        "   expected: a date such as 2026-12-31\n"
        "   try: 2026-12-01 or 2026-01-12\n\n"
    )


def test_a_file_that_is_not_there_is_told(tmp_path: object) -> None:
    from pathlib import Path

    from tests.plans.plan_samples import sample

    from playbook.plans.accounts.table import read_accounts

    for path in (Path(str(tmp_path)) / "no.csv", Path(str(tmp_path)), Path("a\0b")):
        (problem,) = read_accounts(path, sample())
        assert isinstance(problem, AccountProblem)
        assert (problem.is_fatal, problem.findings[0].code) == (True, "ACC001")


def test_every_code_is_explained() -> None:
    assert {f"ACC{number:03}" for number in range(1, 12)} <= TOLD.keys()
