"""Asana's CSV, read back by the rules that Asana's help and its resellers give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.targets.project_tools import files_of, is_golden, plans, records, sample, settings, templates, unguarded
from tests.targets.samples import sample_plan, sample_template

from playbook.plans.template import Template
from playbook.targets.registry import own_losses, plan_files

FIRST = ["Name", "Description", "Section", "Assignee", "Collaborators", "Start Date", "Due Date"]


class Read:
    """An Asana project as the importer makes it: names find tasks above, dates are month/day/year."""

    def __init__(self, data: bytes) -> None:
        rows = records(data)
        assert list(rows[0])[:7] == FIRST
        self.tasks: dict[str, dict[str, str]] = {}
        self.waits: dict[str, list[str]] = {}
        for row in rows:
            name = row["Name"]
            assert name
            assert name not in self.tasks, "two tasks of one name"
            ahead = row["Dependencies"].split(",") if row["Dependencies"] else []
            assert all(each in self.tasks for each in ahead), "a dependency that stands below"
            assert "," not in name
            assert row["Type"] in ("", "Milestone")
            assert " " not in row["Collaborators"]
            start, due = self.day(row["Start Date"]), self.day(row["Due Date"])
            assert not start or (due and start < due)
            self.tasks[name], self.waits[name] = row, ahead

    @staticmethod
    def day(text: str) -> date | None:
        return datetime.strptime(text, "%m/%d/%Y").date() if text else None


@pytest.mark.parametrize("name", templates())
def test_a_plan_is_read_back(name: str) -> None:
    plan = plans()[name]
    (file,) = files_of("asana", "plan", plan.template)
    read = Read(file.data)
    keys = {row["Playbook key"]: told for told, row in read.tasks.items()}
    for planned in plan.tasks:
        row = read.tasks[keys[planned.key]]
        assert [Read.day(row[column]) for column in ("Start Date", "Due Date")] == [planned.starts, planned.due]
        assert unguarded(row["Assignee"]) == (planned.owner.key if planned.owner else "")
        assert {keys[key] for key in planned.after} == set(read.waits[keys[planned.key]])
        assert unguarded(row["Section"]) == plan.template.stages[planned.task.stage].title
        assert row["Description"].endswith(f"Key: {planned.key}")
    assert sum(row["Type"] == "Milestone" for row in read.tasks.values()) == len(plan.template.milestones)


@pytest.mark.parametrize("name", templates())
def test_a_template_is_read_back(name: str) -> None:
    template = templates()[name]
    (file,) = files_of("asana", "template", template)
    read = Read(file.data)
    assert all(not row["Due Date"] and not row["Assignee"] for row in read.tasks.values())
    assert sum(map(len, read.waits.values())) == sum(len(task.after) for task in template.tasks)


def test_names_that_are_not_unique_get_numbers_and_commas_go() -> None:
    plain = sample_template()
    tasks = tuple(replace(task, title="Call, then write") for task in plain.tasks)
    template = replace(plain, tasks=tasks, _by_step={})
    (file,) = files_of("asana", "plan", template)
    names = list(Read(file.data).tasks)
    assert names[:2] == ["Call; then write", "Call; then write (2)"]
    told = {loss.what for loss in own_losses("asana", template, settings("asana"))}
    assert {"commas in titles", "titles that are not unique"} <= told


def test_a_circle_is_told() -> None:
    template = _with_circle(sample_template())
    told = [loss for loss in own_losses("asana", template, settings("asana")) if "circle" in loss.what]
    assert [loss.where for loss in told] == [("write_brief",)]
    (file,) = files_of("asana", "plan", template)
    Read(file.data)


def test_an_account_is_a_file() -> None:
    template = sample_template()
    made = [sample_plan(template, account) for account in ("one", "Two & Co", "two & co")]
    names = [file.name for file in plan_files("asana", made, settings("asana"))]
    assert names[0] == "enterprise_onboarding.one.asana.csv"
    assert len({name.casefold() for name in names}) == 3


@pytest.mark.parametrize("mode", ["template", "plan"])
def test_golden(mode: str) -> None:
    is_golden(f"asana.{mode}.csv", files_of("asana", mode, sample()))  # type: ignore[arg-type]


def _with_circle(template: Template) -> Template:
    first, second, *others = template.tasks
    assert first.step in second.after
    return replace(template, tasks=(replace(first, after=(second.step,)), second, *others), _by_step={})
