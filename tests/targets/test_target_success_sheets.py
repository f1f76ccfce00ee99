"""Build sheets for customer success platforms: nothing is left out, both forms say the same, no formulas."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from markdown_it import MarkdownIt
from tests.targets.samples import hostile_template, sample_template, shipped_templates

from playbook.plans.template import Offset, Template
from playbook.shapes.table import Table
from playbook.targets.files.build_sheet import document_of
from playbook.targets.losses import losses_of
from playbook.targets.registry import target_of, template_files
from playbook.targets.settings import settings_of
from playbook.targets.success.fields import stage_begins

GOLDEN = Path(__file__).parent / "golden"
NAMES = ("gainsight", "churnzero", "totango", "planhat", "vitally")
TEXTS = {"churnzero": "Comment texts"}


def _files(name: str, subject: Template, **chosen: str) -> dict[str, bytes]:
    settings, wrong = settings_of(target_of(name), chosen)
    assert not wrong
    return {file.name: file.data for file in template_files(name, subject, settings)}


def _book(name: str, subject: Template, **chosen: str) -> Any:
    data = _files(name, subject, **chosen)[f"{subject.name}.{name}.xlsx"]
    return openpyxl.load_workbook(io.BytesIO(data))


def _sheet(name: str) -> Any:
    return import_module(f"playbook.targets.success.{name}")._SHEET


def _rows(sheet: Any) -> list[tuple[Any, ...]]:
    return [row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]


def _steps(book: Any, name: str) -> list[dict[str, Any]]:
    titles = {"churnzero": "Tasks of the milestones", "totango": "Tasks of the SuccessPlays", "planhat": "Steps"}
    head, *rows = _rows(book[titles.get(name, "Tasks")])
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", NAMES)
def test_every_step_is_in_the_workbook_with_its_key(name: str) -> None:
    for subject in (sample_template(), shipped_templates()["customer_onboarding"]):
        book = _book(name, subject)
        assert [step["No."] for step in _steps(book, name)] == [task.position for task in subject.tasks]
        texts = _rows(book[TEXTS.get(name, "Description texts")])[1:]
        assert [row[3].splitlines()[-1] for row in texts] == [f"Key: {task.key}" for task in subject.tasks]


@pytest.mark.parametrize("name", NAMES)
def test_every_step_of_all_playbooks_is_in_the_sheet(name: str) -> None:
    settings, _ = settings_of(target_of(name), {})
    for subject in shipped_templates().values():
        document = document_of(target_of(name), _sheet(name), subject, settings)
        tables = [part for section in document.sections for part in section.parts if isinstance(part, Table)]
        steps, texts = (next(table for table in tables if table.name == part) for part in ("steps", "texts"))
        assert [(row[3], row[1]) for row in steps.rows] == [(row[1], row[2]) for row in texts.rows]
        assert [str(row[3]).splitlines()[-1] for row in texts.rows] == [
            f"Key: {task.key}" for task in subject.tasks
        ]
        assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


@pytest.mark.parametrize("name", NAMES)
def test_all_losses_are_told_in_the_sheet(name: str) -> None:
    target = target_of(name)
    settings, _ = settings_of(target, {})
    for subject in shipped_templates().values():
        document = document_of(target, _sheet(name), subject, settings)
        [lost] = [section for section in document.sections if section.title.startswith("What ")] or [None]
        told = len(lost.parts[0].rows) if lost else 0  # type: ignore[union-attr]
        assert told == len(losses_of(target, subject, "template", settings))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_no_dates(name: str) -> None:
    written = _files(name, sample_template())[f"enterprise_onboarding.{name}.md"].decode()
    assert not re.search(r"\b20\d\d-\d\d-\d\d\b", written)


@pytest.mark.parametrize("name", NAMES)
def test_markdown_has_the_tables_of_the_workbook(name: str) -> None:
    subject = sample_template()
    markdown = _files(name, subject)[f"{subject.name}.{name}.md"].decode()
    tables = [token for token in MarkdownIt().enable("table").parse(markdown) if token.type == "table_open"]
    assert len(tables) == len(_book(name, subject).sheetnames) - 1


@pytest.mark.parametrize("name", NAMES)
def test_hostile_texts_are_no_formulas(name: str) -> None:
    subject = hostile_template()
    book = _book(name, subject)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    assert len(_steps(book, name)) == len(subject.tasks)


def test_days_are_counted_as_the_tool_does() -> None:
    subject = sample_template()
    assert [step["Relative date (days)"] for step in _steps(_book("gainsight", subject), "gainsight")][:6] == [
        2, 3, 7, 14, "-14 from Go-live", "-7 from Go-live",
    ]  # fmt: skip
    worked = _steps(_book("gainsight", subject, count="working"), "gainsight")
    assert [step["Relative date (days)"] for step in worked][:6] == [
        1,
        2,
        5,
        10,
        "-10 from Go-live",
        "-5 from Go-live",
    ]
    planhat = _steps(_book("planhat", subject), "planhat")
    assert [(step["Start (days)"], step["Duration (days)"]) for step in planhat][:4] == [
        (0, 2),
        (2, 1),
        (3, 4),
        (7, 7),
    ]
    assert [step["Depends On (no.)"] for step in planhat][:3] == [None, "1", "2"]
    churnzero = _steps(_book("churnzero", subject), "churnzero")
    assert [step["Due Date (days)"] for step in churnzero][:4] == [2, 3, 5, 12]


def test_steps_that_count_from_another_date_are_a_loss() -> None:
    subject = sample_template()
    settings, _ = settings_of(target_of("gainsight"), {})
    [told] = [
        loss for loss in losses_of(target_of("gainsight"), subject, "template", settings) if "Go-live" in loss.what
    ]
    assert told.part
    assert told.where == tuple(task.step for task in subject.tasks if task.due and task.due.anchor == "go_live")


@pytest.mark.parametrize("name", NAMES)
def test_owners_outside_the_company_are_a_loss(name: str) -> None:
    settings, _ = settings_of(target_of(name), {})
    told = losses_of(target_of(name), sample_template(), "template", settings)
    assert [loss.where for loss in told if "outside" in loss.what] == [("connect_sso",)]


def test_fields_to_create_are_called_as_the_tracking_plan_does() -> None:
    head, first, *_ = _rows(_book("gainsight", sample_template())["First Fields to create"])
    assert head == ("Done", "Field", "Id in the playbook", "Filled by")
    assert first == ("[ ]", "Main use case", "account.use_case", "Write the handover brief")


def _starting(subject: Template, stage: str, *starts: Offset) -> Template:
    """The template with these starts of the first steps of a stage; the others of it have none."""
    left = iter(starts)
    tasks = tuple(replace(task, start=next(left, None)) if task.stage == stage else task for task in subject.tasks)
    return replace(subject, tasks=tasks, _by_step={})


def test_a_stage_begins_by_the_date_that_most_of_its_steps_count_from() -> None:
    won, live = partial(Offset, "closed_won"), partial(Offset, "go_live")
    subject = sample_template()
    # -30 is the smaller number, and the later day.
    assert stage_begins(_starting(subject, "build", live(-30), won(10), won(8)), "build") == won(8)
    assert stage_begins(_starting(subject, "build", won(10), live(-30)), "build") == won(10)
    assert stage_begins(_starting(subject, "build", live(-9), won(10), won(8), live(-30)), "build") == live(-30)
    assert stage_begins(_starting(subject, "build"), "build") is None


@pytest.mark.parametrize(("name", "sheet"), [("churnzero", "Milestones"), ("totango", "SuccessPlays")])
def test_stages_say_when_they_begin_as_planned(name: str, sheet: str) -> None:
    head, *rows = _rows(_book(name, sample_template())[sheet])
    begins = [row[head.index("In the playbook")] for row in rows]
    assert begins[0] == "on the day of Closed won"
    assert begins[2] == "15 business days before Go-live"


def test_the_same_bytes_twice() -> None:
    for name in NAMES:
        assert _files(name, sample_template()) == _files(name, sample_template())


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    written = _files(name, sample_template("self_serve"))[f"self_serve_onboarding.{name}.md"]
    golden = GOLDEN / f"{name}.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(written)
    assert written == golden.read_bytes()
