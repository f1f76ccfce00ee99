"""The build sheet of guidecx: every step with its side, its duration and what it depends on."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from tests.targets.project_tools import files_of, is_golden, settings, templates
from tests.targets.samples import hostile_template, sample_template

from playbook.plans.template import Template
from playbook.shapes.table import Table
from playbook.targets.files.build_sheet import document_of
from playbook.targets.losses import losses_of
from playbook.targets.projects.guidecx import _SHEET, TARGET
from playbook.targets.registry import own_losses


def tables(template: Template) -> dict[str, Table]:
    document = document_of(TARGET, _SHEET, template, settings("guidecx"))
    parts = [part for section in document.sections for part in section.parts]
    return {part.name: part for part in parts if isinstance(part, Table)}


def steps(template: Template, **chosen: str) -> list[dict[str, Any]]:
    """The list of steps in the workbook, by the titles of its columns."""
    (file,) = [file for file in files_of("guidecx", "template", template, **chosen) if file.name.endswith(".xlsx")]
    sheet = openpyxl.load_workbook(io.BytesIO(file.data))["Tasks"]
    head, *rows = [row for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.mark.parametrize("name", templates())
def test_every_step_is_in_the_sheet_with_its_key(name: str) -> None:
    template = templates()[name]
    found = tables(template)
    assert [row[3] for row in found["steps"].rows] == [task.position for task in template.tasks]
    keys = [str(row[3]).splitlines()[-1] for row in found["texts"].rows]
    assert keys == [f"Key: {task.key}" for task in template.tasks]
    assert len(found["lost"].rows) == len(losses_of(TARGET, template, "template", settings("guidecx")))


def test_sides_durations_and_dependencies() -> None:
    found = steps(sample_template())
    assert {row["Responsibility"] for row in found} == {"Internal", "Customer"}
    assert [row["Depends on no."] for row in found][:3] == [None, "1", "2"]
    assert [row["Duration (days)"] for row in found][:4] == [1, 1, 3, 5]
    assert [row["Duration (days)"] for row in steps(sample_template(), count="calendar")][:4] == [2, 1, 4, 7]


def test_a_joint_step_is_of_the_side_that_owns_it() -> None:
    plain = sample_template("self_serve")
    by_party = {role.party: role.id for role in plain.roles.values()}
    joint = tuple(
        replace(task, party="joint", owner=by_party["customer" if at else "internal"])
        for at, task in enumerate(plain.tasks)
    )
    template = replace(plain, tasks=joint, _by_step={})
    assert [row["Responsibility"] for row in steps(template)][:2] == ["Internal", "Customer"]
    told = {loss.what: loss.where for loss in own_losses("guidecx", template, settings("guidecx"))}
    assert told["steps of both sides"] == tuple(task.step for task in template.tasks)


def test_dates_that_count_back_are_told() -> None:
    template = sample_template()
    told = {loss.what: loss.where for loss in own_losses("guidecx", template, settings("guidecx"))}
    assert told["due dates before a planned day"] == ("connect_sso", "migrate_data", "train_admins")


def test_hostile_texts_are_no_formulas() -> None:
    for file in files_of("guidecx", "template", hostile_template()):
        if file.name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(file.data))
            cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
            assert all(cell.data_type != "f" for cell in cells)


def test_golden() -> None:
    written = files_of("guidecx", "template", sample_template("self_serve"))
    is_golden("guidecx.md", [file for file in written if file.name.endswith(".md")])
