"""What targets share about their files: names, the encoding of JSON, limits that are reached and not passed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from tests.targets.hubspot_contract import of_plans
from tests.targets.samples import sample_plan, sample_template

from playbook.calendars.days import NOT_KNOWN, day_number
from playbook.targets.files.day_texts import DayTexts
from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.notes import planned_notes
from playbook.targets.files.stable import file_stem
from playbook.targets.hubspot import task_import
from playbook.targets.registry import plan_files


@pytest.mark.parametrize(
    ("id_", "begins"),
    [
        ("acme", "acme"),
        ("Acme & Co.", "acme-co-"),
        ("ü", "account-"),
        ("", "account-"),
        ("../x", "x-"),
        ("a.b", "a.b-"),
    ],
)
def test_the_name_of_a_file_shows_the_id(id_: str, begins: str) -> None:
    stem = file_stem(id_)
    assert stem.startswith(begins)
    assert stem == id_ or len(stem) == len(begins) + 8, "eight digits tell such ids apart"


def test_ids_that_differ_in_their_case_alone_have_different_names() -> None:
    names = [file_stem(id_) for id_ in ("acme", "Acme", "ACME", "acme ", "x" * 80, "x" * 81, "x" * 82)]
    assert len({name.casefold() for name in names}) == len(names)
    assert max(map(len, names)) <= 80


def test_json_keeps_characters_and_refuses_what_is_no_json() -> None:
    assert json_bytes({"b": "Müller 😀", "a": [1]}) == '{\n  "b": "Müller 😀",\n  "a": [\n    1\n  ]\n}\n'.encode()
    assert json.loads(json_bytes({"half": "\ud83d"}).decode("ascii")) == {"half": "\ud83d"}
    with pytest.raises(ValueError, match="JSON"):
        json_bytes(float("nan"))


def test_the_header_counts_among_the_rows_of_hubspot(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = sample_plan(sample_template())
    count = len(plan.tasks)
    for most, sizes in ((count + 1, [count + 1]), (count, [count, 2])):
        monkeypatch.setattr(task_import, "_MOST_ROWS", most)
        files = of_plans("hubspot-task-import", [plan])
        tables = [io.StringIO(data.decode(), newline="") for name, data in files.items() if name.endswith(".csv")]
        assert [len(list(csv.reader(table))) for table in tables] == sizes


def test_files_for_vitally_have_1000_tasks() -> None:
    plan = sample_plan(sample_template())
    tasks = tuple(replace(plan.tasks[0], key=f"a/{number}") for number in range(1_001))
    files = plan_files("vitally-tasks", [replace(plan, tasks=tasks)], {})
    assert [len(json.loads(file.data)) for file in files] == [1_000, 1]


@pytest.mark.parametrize(("step", "count"), [(1, 900), (-1, 900), (400, 30)])
def test_days_are_written_however_far_the_next_accounts_go(step: int, count: int) -> None:
    texts = DayTexts(lambda day: str(day).encode())
    assert texts.rows(np.array([[NOT_KNOWN]])) == [[b"None"]]
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(days=number * step)
        known = day_number(day)
        assert texts.rows(np.array([[known, NOT_KNOWN]])) == [[str(day).encode(), b"None"]]


@pytest.mark.parametrize(
    ("starts", "due", "is_told"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_notes_say_when_something_is_due_only_where_no_date_does(starts: bool, due: bool, is_told: bool) -> None:
    plan = sample_plan(sample_template())
    planned = plan.tasks[0]
    assert planned_notes(plan.template, planned).count("Due: ") == 0
    dated = replace(planned, starts=planned.starts if starts else None, due=planned.due if due else None)
    assert ("Due: " in planned_notes(plan.template, dated)) is is_told
