"""Todoist's CSV, read back by the rules of its help."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.targets.project_tools import cells, files_of, is_golden, plans, sample, settings, templates
from tests.targets.samples import ADA, sample_plan, sample_template

from playbook.plans.plan import PersonBinding
from playbook.plans.template import ChecklistLine, Offset, Template
from playbook.targets.registry import own_losses, plan_files

FIRST = ["TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "AUTHOR", "RESPONSIBLE", "DATE", "DATE_LANG"]
DATE = re.compile(r"\d{4}-\d\d-\d\d|today|[1-9]\d* (?:day|days|month|months)|")


def read(data: bytes) -> list[dict[str, str]]:
    """The tasks with their section, as the help says: sections, then tasks with levels that rise by one at most."""
    assert b"\n" not in data.replace(b"\r\n", b"").replace(_inside_quotes(data), b"")
    header, meta, *rows = cells(data)
    assert header[: len(FIRST)] == FIRST
    assert meta[:2] == ["meta", "view_style=list"]
    section, level, tasks = "", 0, []
    for row in rows:
        record = dict(zip(header, row, strict=True))
        assert record["TYPE"] in ("section", "task")
        assert record["CONTENT"]
        if record["TYPE"] == "section":
            section, level = record["CONTENT"], 0
            continue
        assert record["PRIORITY"] in "1234"
        assert "@" not in record["CONTENT"]
        assert len(record["CONTENT"]) <= 501
        assert len(record["DESCRIPTION"]) <= 16_384
        assert DATE.fullmatch(record["DATE"])
        assert (record["DATE_LANG"] == "en") == bool(record["DATE"])
        assert int(record["INDENT"]) <= level + 1
        level = int(record["INDENT"])
        assert level <= 4
        tasks.append({**record, "SECTION": section})
    return tasks


def _inside_quotes(data: bytes) -> bytes:
    return b"\n" if b'"' in data else b""


@pytest.mark.parametrize("name", templates())
def test_a_plan_is_read_back(name: str) -> None:
    plan = plans()[name]
    (file,) = files_of("todoist", "plan", plan.template)
    tasks = {task["DESCRIPTION"].splitlines()[-1].removeprefix("Key: "): task for task in read(file.data)}
    for planned in plan.tasks:
        task = tasks[planned.key]
        assert task["DATE"] == planned.due.isoformat()  # type: ignore[union-attr]
        assert task["INDENT"] == "1"
        # Todoist knows nobody by an e-mail address.
        assert task["RESPONSIBLE"] == ""
        assert task["SECTION"].lstrip("'") == plan.template.stages[planned.task.stage].title
    lines = sum(len(planned.task.checklist) for planned in plan.tasks)
    assert len(tasks) == len(plan.tasks) + lines


def test_who_has_an_id_is_responsible() -> None:
    ada = PersonBinding(ADA.key, ADA.name, {"todoist_user": "14781400"})
    plan = sample_plan(sample_template())
    tasks = tuple(replace(planned, owner=ada) for planned in plan.tasks)
    (file,) = plan_files("todoist", [replace(plan, tasks=tasks)], settings("todoist"))
    assert {task["RESPONSIBLE"] for task in read(file.data)} - {""} == {"Ada Lovelace (14781400)"}


def test_a_template_counts_from_the_start() -> None:
    template = _due(
        Offset("closed_won", 5, "bd"), Offset("closed_won", 0, "bd"), Offset("closed_won", 2, "mo"),
        Offset("closed_won", -2, "bd"), Offset("go_live", 3, "d"), Offset("closed_won", 2, "w"),
        Offset("closed_won", 1, "bd"), Offset("closed_won", 4, "bh"), Offset("closed_won", 30, "min"),
    )  # fmt: skip
    (file,) = files_of("todoist", "template", template)
    dates = {task["DESCRIPTION"].splitlines()[-1].split("/")[-1]: task["DATE"] for task in read(file.data)}
    told = [dates[task.step] for task in template.tasks[:9]]
    assert told == ["7 days", "today", "2 months", "", "", "14 days", "2 days", "1 day", "today"]
    (loss,) = [loss for loss in own_losses("todoist", template, settings("todoist")) if "counted" in loss.what]
    assert loss.where[:2] == (template.tasks[3].step, template.tasks[4].step)


def test_what_todoist_refuses_is_told() -> None:
    plain = sample_template()
    lines = tuple(ChecklistLine(f"line {number}", 0, "required") for number in range(300))
    task = replace(plain.tasks[0], checklist=lines, title="Mail @ada")
    asked = replace(plain.tasks[1], checklist=(ChecklistLine("Ask @ada", 0, "required"),))
    template = replace(plain, tasks=(task, asked, *plain.tasks[2:]), _by_step={})
    losses = list(own_losses("todoist", template, settings("todoist")))
    assert [loss.what for loss in losses if loss.refused] == ["tasks"]
    assert [loss.where for loss in losses if loss.what == "@ in titles"] == [("write_brief", "review_brief")]
    as_text = own_losses("todoist", template, settings("todoist", checklists="description"))
    assert not [loss for loss in as_text if loss.refused]


def test_a_long_line_of_a_checklist_is_whole_in_its_description() -> None:
    plain = sample_template()
    task = replace(plain.tasks[0], checklist=(ChecklistLine("x" * 600, 0, "required"),))
    (file,) = files_of("todoist", "template", replace(plain, tasks=(task, *plain.tasks[1:]), _by_step={}))
    (line,) = [row for row in read(file.data) if row["INDENT"] == "2" and row["CONTENT"].startswith("x")]
    assert len(line["CONTENT"]) == 500
    assert line["DESCRIPTION"].splitlines() == ["x" * 600, "Key: enterprise_onboarding/write_brief/checklist/1"]


@pytest.mark.parametrize("mode", ["template", "plan"])
def test_golden(mode: str) -> None:
    is_golden(f"todoist.{mode}.csv", files_of("todoist", mode, sample()))  # type: ignore[arg-type]


def _due(*offsets: Offset) -> Template:
    plain = sample_template()
    changed = (replace(task, due=due) for task, due in zip(plain.tasks, offsets, strict=False))
    return replace(plain, tasks=(*changed, *plain.tasks[len(offsets) :]), _by_step={})
