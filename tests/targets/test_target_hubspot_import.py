from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from tests.targets.hubspot_contract import NAME, of_plans, settings
from tests.targets.samples import hostile_template, owned_by_ada, sample_plan, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden

from playbook.plans.plan import Plan
from playbook.targets.hubspot import task_import
from playbook.targets.hubspot.task_import import TARGET
from playbook.targets.losses import losses_of
from playbook.targets.registry import own_losses

COLUMNS = ["Task title", "Due date", "Task type", "Priority", "Task status", "Assigned to", "Task notes"]


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    every = [sample_plan(each, f"a{at}") for at, each in enumerate(shipped_templates().values())]
    return [*every, sample_plan(hostile_template(), "=hostile", "+Acme")]


def test_rows_are_as_the_importer_wants_them(plans: list[Plan]) -> None:
    files = of_plans("hubspot-task-import", plans)
    header, *rows = rows_of(files["hubspot-tasks.csv"])
    assert header == [*COLUMNS, "Playbook key"]
    assert [row[-1] for row in rows] == [planned.key for plan in plans for planned in plan.tasks]
    for row in rows:
        assert len(row) == len(header)
        title, due, kind, priority, status, owner, notes, key = row
        assert title
        assert "\n" not in title
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", due)
        assert kind in ("CALL", "EMAIL", "TODO")
        assert priority in ("LOW", "MEDIUM", "HIGH")
        assert status == "NOT_STARTED"
        assert owner in ("", "ada@acme.example")
        assert notes.endswith(f"<br>Key: {key}")
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


def test_the_request_maps_every_column_to_a_property(plans: list[Plan]) -> None:
    files = of_plans("hubspot-task-import", plans[:2])
    request = json.loads(files["hubspot-tasks.request.json"])
    assert request["importOperations"] == {"0-27": "CREATE"}
    assert request["dateFormat"] == "YEAR_MONTH_DAY"
    (file,) = request["files"]
    assert file["fileName"] in files
    mappings = file["fileImportPage"]["columnMappings"]
    assert [each["columnName"] for each in mappings] == rows_of(files["hubspot-tasks.csv"])[0]
    assert all(NAME.match(each["propertyName"]) and each["columnObjectTypeId"] == "0-27" for each in mappings)


def test_without_a_key_property_the_key_is_in_the_notes_alone(plans: list[Plan]) -> None:
    files = of_plans("hubspot-task-import", plans[:1], key_property="")
    header, row, *_ = rows_of(files["hubspot-tasks.csv"])
    assert header == COLUMNS
    assert row[-1].endswith(plans[0].tasks[0].key)
    assert "playbook_key" not in files["hubspot-tasks.request.json"].decode()


def test_files_keep_to_the_limits(plans: list[Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task_import, "_MOST_ROWS", 101)
    files = of_plans("hubspot-task-import", plans)
    sizes = [len(rows_of(data)) for name, data in files.items() if name.endswith(".csv")]
    assert len(sizes) > 5
    assert max(sizes) <= 101
    requests = [json.loads(data) for name, data in files.items() if name.endswith(".json")]
    assert [[each["fileName"] for each in request["files"]] for request in requests] == [
        [name] for name in files if name.endswith(".csv")
    ]
    assert len({request["name"] for request in requests}) == len(requests)
    monkeypatch.setitem(task_import._SIZES, "free", 60_000)
    files = of_plans("hubspot-task-import", plans, subscription="free")
    assert max(len(data) for name, data in files.items() if name.endswith(".csv")) <= 60_000


def test_losses_say_that_nothing_links_the_tasks() -> None:
    template = sample_template()
    links, owners = own_losses("hubspot-task-import", template, settings("hubspot-task-import"))
    assert links.what == "links from tasks to their records"
    assert owners.where == ("connect_sso",)
    assert all(loss.part and not loss.refused for loss in (links, owners))
    undated = replace(template, tasks=(replace(template.tasks[0], due=None), *template.tasks[1:]), _by_step={})
    assert len(list(own_losses("hubspot-task-import", undated, settings("hubspot-task-import")))) == 3


def test_only_colleagues_are_assigned_tasks() -> None:
    plan = owned_by_ada(sample_plan(sample_template()))
    _, *rows = rows_of(of_plans("hubspot-task-import", [plan])["hubspot-tasks.csv"])
    nobodys = [planned.task.step for planned, row in zip(plan.tasks, rows, strict=True) if not row[5]]
    assert nobodys == ["connect_sso"]


def test_a_property_that_cannot_be_one_is_refused() -> None:
    chosen = settings("hubspot-task-import", key_property="Playbook Key")
    refused = [loss for loss in own_losses("hubspot-task-import", sample_template(), chosen) if loss.refused]
    assert [loss.where for loss in refused] == [("key_property",)]


def test_texts_that_begin_like_a_formula_are_told() -> None:
    template = sample_template()
    tasks = (replace(template.tasks[0], title="=1+1"), *template.tasks[1:])
    told = losses_of(TARGET, replace(template, tasks=tasks, _by_step={}), "plan", settings("hubspot-task-import"))
    assert [loss.where for loss in told if "formula" in loss.what] == [("write_brief",)]


def test_golden_rows() -> None:
    files = of_plans("hubspot-task-import", [sample_plan(sample_template("self_serve"))])
    check_golden("hubspot.self_serve.tasks.csv", files["hubspot-tasks.csv"])
    check_golden("hubspot.self_serve.import-request.json", files["hubspot-tasks.request.json"])
