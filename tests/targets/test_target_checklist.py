from __future__ import annotations

import io
from typing import Any

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from tests.targets.samples import hostile_template, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden, settings, working_plan

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.registry import plan_files, template_files

MARKDOWN = MarkdownIt("commonmark")


def of_plan(plan: Plan, form: str) -> bytes:
    (file,) = plan_files("checklist", [plan], settings("checklist", format=form))
    return file.data


def of_template(template: Template, form: str) -> bytes:
    (file,) = template_files("checklist", template, settings("checklist", format=form))
    return file.data


def rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of the list by the titles of the columns."""
    sheet = load_workbook(io.BytesIO(data))["Checklist"]
    head, *found = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


@pytest.fixture(scope="module")
def templates() -> dict[str, Template]:
    return shipped_templates() | {"hostile": hostile_template()}


# Writing a workbook takes a while, so that of all playbooks only some have one here.
SOME = ("customer_onboarding", "enterprise_onboarding", "self_serve_onboarding", "hostile")


def test_a_workbook_has_every_task_with_who_and_when(templates: dict[str, Template]) -> None:
    for name in SOME:
        plan = working_plan(templates[name])
        found = {row["Key"]: row for row in rows(of_plan(plan, "xlsx")) if "/checklist/" not in row["Key"]}
        milestones = [f"{plan.template.id}/{id_}/acme" for id_ in plan.milestones]
        assert sorted(found) == sorted([*(task.key for task in plan.tasks), *milestones])
        for task in plan.tasks:
            row = found[task.key]
            assert (row["Starts"], row["Due"]) == (str(task.starts), str(task.due))
            assert row["Done"] == "[ ]"
            if task.owner:
                assert row["Who"] == task.owner.name
            elif task.task.owner:
                assert row["Who"].endswith("(not assigned)")


def test_lines_to_tick_off_have_rows_of_their_own(templates: dict[str, Template]) -> None:
    template = templates["customer_onboarding"]
    found = {row["Key"]: row["Task"].strip() for row in rows(of_template(template, "xlsx"))}
    lines = {key: text for key, text in found.items() if "/checklist/" in key}
    assert lines == {
        f"{task.key}/checklist/{number}": f"– {line.do}"
        for task in template.tasks
        for number, line in enumerate(task.checklist, 1)
    }


def test_nothing_in_a_workbook_is_a_formula(templates: dict[str, Template]) -> None:
    for data in (of_plan(working_plan(templates["hostile"]), "xlsx"), of_template(templates["hostile"], "xlsx")):
        for sheet in load_workbook(io.BytesIO(data)):
            assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
            assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_markdown_has_a_box_for_every_task_and_line(templates: dict[str, Template]) -> None:
    for template in templates.values():
        lines = sum(len(task.checklist) for task in template.tasks)
        for page, milestones in (
            (of_template(template, "markdown"), len(template.milestones)),
            (of_plan(working_plan(template), "markdown"), len(template.milestones)),
        ):
            text = page.decode()
            boxes = [line for line in text.splitlines() if line.lstrip().startswith("- [ ] ")]
            assert len(boxes) == len(template.tasks) + lines + milestones
            keys = [line for line in boxes if line.endswith("-->")]
            assert len(keys) == len(set(keys)) == len(template.tasks) + milestones


def test_hostile_texts_are_no_markup(templates: dict[str, Template]) -> None:
    text = of_plan(working_plan(templates["hostile"]), "markdown").decode()
    tokens = MARKDOWN.parse(text)
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"image", "link_open", "code_inline", "em_open"}
    html = {child.content for token in tokens for child in token.children or () if child.type == "html_inline"}
    assert all(each == "<br>" or each.startswith("<!-- ") for each in html)
    assert not any(token.type == "html_block" for token in tokens)


def test_a_template_tells_times_in_words_and_no_people(templates: dict[str, Template]) -> None:
    found = rows(of_template(templates["enterprise_onboarding"], "xlsx"))
    assert found[0]["Due"] == "1 business day after Closed won"
    assert "Starts" not in found[0]
    assert not any("2026" in str(value) or "2027" in str(value) for row in found for value in row.values())


def test_the_files_that_are_asked_for() -> None:
    plan = working_plan(sample_template())
    name = "enterprise_onboarding.acme.checklist"
    for form, names in (("both", [f"{name}.xlsx", f"{name}.md"]), ("markdown", [f"{name}.md"])):
        assert [file.name for file in plan_files("checklist", [plan], settings("checklist", format=form))] == names


def test_the_same_bytes_again() -> None:
    plan = working_plan(sample_template())
    assert of_plan(plan, "xlsx") == of_plan(plan, "xlsx")


def test_golden() -> None:
    check_golden("enterprise_onboarding.acme.checklist.md", of_plan(working_plan(sample_template()), "markdown"))
    check_golden("enterprise_onboarding.checklist.md", of_template(sample_template(), "markdown"))
