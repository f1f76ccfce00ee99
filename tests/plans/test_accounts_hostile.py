"""Accounts files that nobody meant to write: whatever the bytes are, nothing is raised."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plans.plan_samples import read, sample

from playbook.cli.accounts import accounts_from
from playbook.lint.told import TOLD
from playbook.plans.account import Account
from playbook.plans.accounts.problems import AccountProblem

_PIECES = st.sampled_from(
    [
        b"account",
        b"won",
        b"contacts",
        b"contact.role",
        b"role.csm",
        b"account.arr",
        b"2026-12-01",
        b"01/06/2026",
        b"admin;user",
        b"12",
        b"a",
        b",",
        b";",
        b"\t",
        b'"',
        b'""',
        b"\n",
        b"\r\n",
        b"\r",
        b"\0",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xe9",
        "ü".encode(),
        "\u202e".encode(),
        "\U0001f600".encode(),
        b" ",
        b"=1+1",
        b"99999999999999999999999",
    ]
)
_BYTES = st.one_of(st.binary(max_size=400), st.lists(_PIECES, max_size=60).map(b"".join))


def _is_told_well(found: list[Account | AccountProblem], size: int) -> None:
    ids = [each.id for each in found if isinstance(each, Account)]
    assert len(set(ids)) == len(ids)
    assert all(ids)
    fatal = [each for each in found if isinstance(each, AccountProblem) and each.is_fatal]
    assert len(fatal) <= 1
    assert not fatal or not ids
    for each in found:
        if isinstance(each, AccountProblem):
            assert each.findings
            for finding in each.findings:
                assert finding.code in TOLD or finding.code == "SCH001"
                start, end = finding.place.span.start, finding.place.span.end
                assert 1 <= start.line <= size + 2
                assert start.column >= 1
                assert start <= end
                assert finding.message


@given(data=_BYTES)
@settings(max_examples=300, deadline=None)
def test_any_bytes_as_a_table(data: bytes) -> None:
    _is_told_well(read(data), len(data))


@given(data=_BYTES)
@settings(max_examples=300, deadline=None)
def test_any_bytes_below_a_good_header(data: bytes) -> None:
    header = b"account,won,account.arr,role.csm,contacts,contact.role\n"
    _is_told_well(read(header + data), len(data))


@given(cells=st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=8))
@settings(max_examples=200, deadline=None)
def test_the_place_of_a_finding_shows_the_cell(cells: list[list[str]]) -> None:
    import csv
    import io

    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["account", "won", "account.arr"])
    writer.writerows(cells)
    text = written.getvalue()
    if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
        return
    for each in read(text):
        if isinstance(each, AccountProblem):
            for finding in each.findings:
                if finding.code in ("ACC007", "ACC008") and '"' not in each.row:
                    start, end = finding.place.span.start.offset, finding.place.span.end.offset
                    shown = " ".join(text[start:end].split())
                    assert shown[:70] in " ".join(finding.message.split())


_KEYS = st.sampled_from(
    ["account", "name", "won", "account.arr", "contacts", "role.csm", "contact.role", "id", "x"]
)
_DATA = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8), _KEYS),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEYS, inner, max_size=5)),
    max_leaves=12,
)


@given(data=_DATA)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_data_as_json(data: object, tmp_path: Path) -> None:
    path = tmp_path / "accounts.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    _is_told_well(list(accounts_from(path, sample())), len(path.read_text(encoding="utf-8")))


@given(data=st.binary(max_size=200))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("end", [".yaml", ".json"])
def test_any_bytes_as_data(data: bytes, end: str, tmp_path: Path) -> None:
    path = tmp_path / f"accounts{end}"
    path.write_bytes(data)
    found = list(accounts_from(path, sample()))
    assert all(isinstance(each, Account | AccountProblem) for each in found)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for size in (2_000, 20_000):
        path = tmp_path / f"{size}.csv"
        with path.open("w", encoding="utf-8") as stream:
            stream.write("account,name,won\n")
            stream.writelines(f"account-{number},{'A long name ' * 20},2026-12-01\n" for number in range(size))
        tracemalloc.start()
        assert sum(isinstance(each, Account) for each in accounts_from(path, sample())) == size
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # The digests of ids are kept, the 5 MB of names are not.
    assert peaks[1] - peaks[0] < 200 * 18_000
