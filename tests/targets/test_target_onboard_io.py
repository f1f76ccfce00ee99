"""The CSV of onboard-io, read back by the rules of Onboard.io's guide to imports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from tests.targets.project_tools import files_of, is_golden, records, sample, settings, templates, unguarded
from tests.targets.samples import sample_template, shipped_templates

from playbook.plans.template import Offset, Template
from playbook.targets.projects.onboard_io_days import estimate_of
from playbook.targets.registry import own_losses
from playbook.text.quantities import Duration

COLUMNS = {
    "name",
    "description",
    "is_internal",
    "is_optional",
    "is_section",
    "due_date_enabled",
    "due_date_type",
    "due_date_days",
    "estimated_time",
    "estimated_time_unit",
}
TYPES = {
    "before_target_launch_date",
    "after_target_launch_date",
    "before_created_date",
    "after_created_date",
    "days_after_previous_task_completed",
}


def rows(template: Template, **chosen: str) -> list[dict[str, str]]:
    (file,) = files_of("onboard-io", "template", template, **chosen)
    assert file.name == f"{template.name}.onboard-io.csv"
    return records(file.data)


def tasks(template: Template, **chosen: str) -> dict[str, dict[str, str]]:
    """The rows of tasks by the key in their description."""
    found = {}
    for row in rows(template, **chosen):
        if row["is_section"] == "FALSE":
            text = row["description"].removesuffix("</p>")
            found[text[text.rindex("Key: ") + 5 :]] = row
    return found


def due(row: dict[str, str]) -> tuple[str, str]:
    return row["due_date_type"], row["due_date_days"]


@pytest.mark.parametrize("name", templates())
@pytest.mark.parametrize("shared", ["text", "all"])
def test_every_row_keeps_the_rules_of_the_guide(name: str, shared: str) -> None:
    template = templates()[name]
    for row in rows(template, shared=shared):
        assert set(row) == COLUMNS
        assert 1 <= len(unguarded(row["name"]).strip()) <= 200
        for flag in ("is_internal", "is_optional", "is_section", "due_date_enabled"):
            assert row[flag] in ("TRUE", "FALSE")
        assert etree.fromstring(f"<x>{row['description'].replace('<br>', '<br/>')}</x>") is not None
        if row["due_date_enabled"] == "TRUE":
            assert row["due_date_type"] in TYPES
            assert int(row["due_date_days"]) > 0
        else:
            assert due(row) == ("", "")
        assert bool(row["estimated_time"]) == bool(row["estimated_time_unit"])
        if row["estimated_time"]:
            assert float(row["estimated_time"]) > 0
            assert row["estimated_time_unit"] in ("minutes", "hours", "days")


@pytest.mark.parametrize("name", templates())
def test_every_task_stands_in_its_section(name: str) -> None:
    template = templates()[name]
    assert set(tasks(template)) == {task.key for task in template.tasks}
    section, stages = "", {task.key: template.stages[task.stage].title for task in template.tasks}
    sections = []
    for row in rows(template):
        if row["is_section"] == "TRUE":
            section = unguarded(row["name"])
            sections.append(section)
            assert row["due_date_enabled"] == "FALSE"
            assert row["is_internal"] == "TRUE" or not row["description"]
        else:
            key = row["description"].removesuffix("</p>").rpartition("Key: ")[2]
            assert " ".join(stages[key].split())[:100] == section[:100]
    assert len(sections) == len({task.stage for task in template.tasks})


def test_due_dates_count_from_the_map_and_its_launch() -> None:
    found = tasks(sample_template())
    assert [due(row) for row in found.values()] == [
        ("after_created_date", "2"),
        ("after_created_date", "3"),
        ("after_created_date", "7"),
        ("after_created_date", "14"),
        ("before_target_launch_date", "14"),
        ("before_target_launch_date", "7"),
        ("before_target_launch_date", "5"),
        ("before_target_launch_date", "1"),
        ("after_target_launch_date", "28"),
        ("after_target_launch_date", "30"),
    ]
    worked = list(tasks(sample_template(), count="working").values())
    assert [row["due_date_days"] for row in worked][:5] == ["1", "2", "5", "10", "10"]
    nothing = list(tasks(sample_template(), launch="none").values())
    assert [row["due_date_enabled"] for row in nothing] == ["TRUE"] * 4 + ["FALSE"] * 6


def test_a_date_that_follows_from_the_order_counts_from_the_task_above() -> None:
    template = shipped_templates()["customer_onboarding"]
    assert due(tasks(template)["customer_onboarding/assign_team"]) == ("after_created_date", "6")
    above = ""
    counted = 0
    by_key = {task.key: task for task in template.tasks}
    for row in rows(template):
        key = row["description"].removesuffix("</p>").rpartition("Key: ")[2]
        if row["due_date_type"] == "days_after_previous_task_completed":
            assert by_key[key].after == (above.rpartition("/")[2],)
            assert by_key[key].work
            counted += 1
        above = key if row["is_section"] == "FALSE" else ""
    assert counted


def test_only_the_task_that_is_waited_for_is_counted_from() -> None:
    plain = sample_template("self_serve")
    first, second, third, *others = plain.tasks
    derived = replace(third, stage=second.stage, due=Offset("signed_up", 4, "d", stated=False), work=2.0)

    def told(**changed: Any) -> tuple[str, str]:
        tasks_ = (first, second, replace(derived, **changed), *others)
        return due(tasks(replace(plain, tasks=tasks_, _by_step={}))[third.key])

    assert told(after=(second.step,)) == ("days_after_previous_task_completed", "3")
    assert told(after=(first.step,)) == ("after_created_date", "4")
    assert told(after=(first.step, second.step)) == ("after_created_date", "4")
    assert told(after=(second.step,), work=None) == ("after_created_date", "4")
    assert told(after=(first.step,), due=Offset("signed_up", 0, "d", stated=False)) == ("", "")
    assert told(after=(second.step,), due=Offset("signed_up", -3, "d")) == ("before_created_date", "3")


def test_customers_read_what_is_theirs_alone() -> None:
    for template in shipped_templates().values():
        internal = {task.key: task.is_internal for task in template.tasks}
        for key, row in tasks(template).items():
            assert row["is_internal"] == ("TRUE" if internal[key] else "FALSE")
            assert internal[key] or "Informed: " not in row["description"]
            assert internal[key] or "Fills: " not in row["description"]
    assert all("Responsible: " in row["description"] for row in tasks(sample_template(), shared="all").values())


@pytest.mark.parametrize(
    ("takes", "work", "told"),
    [
        (Duration(1, 2, "bh"), 0.25, (2, "hours")),
        (Duration(30, 30, "min"), 0.06, (30, "minutes")),
        (Duration(2.5, 2.5, "bd"), 2.5, (2.5, "days")),
        (Duration(2, None, "d"), None, (2, "days")),
        (Duration(1, 2, "w"), 10, (10, "days")),
        (Duration(0, 0, "bd"), 0, (None, "")),
        (None, None, (None, "")),
    ],
)
def test_estimates(takes: Duration | None, work: float | None, told: tuple[float | None, str]) -> None:
    assert estimate_of(takes, work) == told


def test_what_a_map_cannot_count_is_told() -> None:
    told = {loss.what: loss for loss in own_losses("onboard-io", sample_template(), settings("onboard-io"))}
    assert told["due dates on the day itself"].where == ("launch_team",)
    told = {
        loss.what: loss
        for loss in own_losses("onboard-io", sample_template(), settings("onboard-io", launch="none"))
    }
    assert len(told["due dates counted from Go-live"].where) == 6
    plain = sample_template()
    long = replace(plain, tasks=(replace(plain.tasks[0], title="t" * 201), *plain.tasks[1:]), _by_step={})
    assert any(
        loss.what == "the end of long titles" for loss in own_losses("onboard-io", long, settings("onboard-io"))
    )


def test_golden() -> None:
    is_golden("onboard-io.template.csv", files_of("onboard-io", "template", sample()))
