"""ClickUp's spreadsheet, read back by the rules of its help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.targets.project_tools import files_of, is_golden, plans, records, sample, settings, templates, unguarded
from tests.targets.samples import sample_plan, sample_template

from playbook.plans.template import ChecklistLine
from playbook.targets.registry import own_losses, plan_files


@pytest.mark.parametrize("name", templates())
def test_a_plan_is_read_back(name: str) -> None:
    plan = plans()[name]
    (file,) = files_of("clickup", "plan", plan.template)
    rows = {row["Playbook key"]: row for row in records(file.data)}
    assert len(rows) == len(plan.tasks)
    for planned in plan.tasks:
        row = rows[planned.key]
        assert row["Task Name"].strip()
        assert (date.fromisoformat(row["Start Date"]), date.fromisoformat(row["Due Date"])) == (
            planned.starts,
            planned.due,
        )
        assert unguarded(row["Assignees"]) == (planned.owner.key if planned.owner else "")
        lines = unguarded(row["Checklist"]).split("|") if row["Checklist"] else []
        assert len(lines) == len(planned.task.checklist)
        # The separator has to stand without spaces around it.
        assert all(line == line.strip() for line in lines)
        for key in planned.after:
            assert rows[key]["Task Name"].lstrip("'") in row["Description"]


def test_ten_thousand_rows_a_file() -> None:
    template = sample_template()
    made = (sample_plan(template, f"a{number}") for number in range(1_001))
    sizes = [len(records(file.data)) for file in plan_files("clickup", made, settings("clickup"))]
    assert sizes == [10_000, 10]


def test_a_line_with_the_separator_is_told() -> None:
    plain = sample_template()
    task = replace(plain.tasks[0], checklist=(ChecklistLine("this | that", 0, "required"),))
    template = replace(plain, tasks=(task, *plain.tasks[1:]), _by_step={})
    (file,) = files_of("clickup", "plan", template)
    assert records(file.data)[0]["Checklist"] == "this / that"
    assert ("write_brief",) in [loss.where for loss in own_losses("clickup", template, settings("clickup"))]


@pytest.mark.parametrize("mode", ["template", "plan"])
def test_golden(mode: str) -> None:
    is_golden(f"clickup.{mode}.csv", files_of("clickup", mode, sample()))  # type: ignore[arg-type]
