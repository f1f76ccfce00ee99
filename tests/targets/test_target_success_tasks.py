"""Bodies for Planhat, Vitally and Gainsight: against schemas made by hand from the vendors' pages."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from tests.targets.samples import (
    ADA,
    hostile_template,
    owned_by_ada,
    sample_plan,
    sample_template,
    shipped_templates,
)

from playbook.plans.plan import Plan
from playbook.targets.registry import own_losses, plan_files, target_of
from playbook.targets.settings import settings_of
from playbook.targets.success.batches import Batches
from playbook.targets.success.rich_text import as_html

GOLDEN = Path(__file__).parent / "golden"
NAMES = ("planhat-tasks", "vitally-tasks", "gainsight-cta")

_TEXT = {"type": "string", "minLength": 1}
_DATE = {"type": "string", "format": "date"}


def _closed(required: tuple[str, ...], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


PLANHAT = {
    "type": "array",
    "maxItems": 5_000,
    "items": _closed(
        ("mainType", "companyId", "action", "sourceId"),
        mainType={"const": "task"},
        companyId=_TEXT,
        action=_TEXT,
        sourceId=_TEXT,
        description={"type": "string"},
        startTime=_DATE,
        endTime=_DATE,
        ownerId=_TEXT,
    ),
}
"""By the page "Task" of Planhat's developers' pages."""
VITALLY = {
    "type": "array",
    "items": _closed(
        ("name", "accountId", "externalId"),
        name=_TEXT,
        accountId=_TEXT,
        externalId=_TEXT,
        description={"type": "string"},
        dueDate=_DATE,
        assignedToId=_TEXT,
        tags={"type": "array", "items": _TEXT},
    ),
}
"""By the page "REST API: Tasks" of Vitally's documentation."""
_RECORD = _closed(
    ("referenceId", "Name", "CompanyId", "type", "reason", "status", "priority"),
    **dict.fromkeys(("referenceId", "Name", "CompanyId", "type", "reason", "status", "priority"), _TEXT),
    OwnerEmail={"type": "string", "format": "email"},
    DueDate=_DATE,
    Comments={"type": "string"},
)
GAINSIGHT = _closed(
    ("requests",),
    requests={"type": "array", "maxItems": 50, "items": _closed(("record",), record=_RECORD)},
)
"""By what others write of the Call To Action API: its own page was not read that far."""
GAINSIGHT_TASKS = {
    "type": "array",
    "items": _closed(
        ("cta", "record"),
        cta=_TEXT,
        record=_closed(
            ("Name", "priority"),
            Name=_TEXT,
            priority=_TEXT,
            OwnerEmail={"type": "string", "format": "email"},
            DueDate=_DATE,
            Description={"type": "string"},
        ),
    ),
}
SCHEMAS = {
    "planhat-tasks": PLANHAT,
    "vitally-tasks": VITALLY,
    "gainsight-ctas": GAINSIGHT,
    "gainsight-tasks": GAINSIGHT_TASKS,
}


def _written(name: str, plans: Iterable[Plan], **chosen: str) -> dict[str, Any]:
    settings, wrong = settings_of(target_of(name), chosen)
    assert not wrong
    return {file.name: json.loads(file.data) for file in plan_files(name, plans, settings)}


def _validate(written: dict[str, Any]) -> None:
    for name, data in written.items():
        stem = name.removesuffix(".json").rstrip("0123456789").removesuffix("-")
        Draft202012Validator(SCHEMAS[stem], format_checker=FormatChecker()).validate(data)


def _titled(plan: Plan) -> Plan:
    """The plan with titles that are never empty: a playbook cannot have such a step."""
    return replace(plan, tasks=tuple(replace(each, title=each.title or "?") for each in plan.tasks))


@pytest.mark.parametrize("name", NAMES)
def test_bodies_of_all_playbooks_follow_the_schemas(name: str) -> None:
    _validate(_written(name, (_titled(sample_plan(each)) for each in shipped_templates().values())))
    _validate(_written(name, [_titled(sample_plan(hostile_template()))]))


@pytest.mark.parametrize("name", NAMES)
def test_every_task_is_there_with_its_key_and_date(name: str) -> None:
    plans = [sample_plan(sample_template(), account) for account in ("acme", "globex")]
    written = _written(name, plans)
    text = json.dumps(written)
    for plan in plans:
        for planned in plan.tasks:
            assert text.count(f"Key: {planned.key}<") == 1
            assert str(planned.due) in text


def test_people_are_told_by_what_the_tool_knows_them_by() -> None:
    plan = sample_plan(sample_template())
    known = replace(ADA, ids={**ADA.ids, "planhat_user": "58e2", "vitally_user": "77aa"})
    plan = replace(plan, tasks=tuple(replace(each, owner=known if each.owner else None) for each in plan.tasks))
    owned = [planned.owner is not None for planned in plan.tasks]
    planhat = _written("planhat-tasks", [plan])["planhat-tasks.json"]
    assert [task.get("ownerId") == "58e2" for task in planhat] == owned
    vitally = _written("vitally-tasks", [plan])["vitally-tasks.json"]
    assert [task.get("assignedToId") == "77aa" for task in vitally] == owned
    gainsight = _written("gainsight-cta", [plan])["gainsight-tasks.json"]
    assert [each["record"].get("OwnerEmail") == "ada@acme.example" for each in gainsight] == owned


def test_a_role_without_a_person_is_named_in_the_text() -> None:
    plan = sample_plan(sample_template())
    second = _written("planhat-tasks", [plan])["planhat-tasks.json"][1]
    assert "ownerId" not in second
    assert "Responsible: Customer Success Manager" in second["description"]


def test_tasks_of_gainsight_name_a_call_to_action_that_is_there() -> None:
    written = _written("gainsight-cta", [sample_plan(sample_template(), account) for account in ("acme", "globex")])
    made = {each["record"]["referenceId"]: each["record"] for each in written["gainsight-ctas.json"]["requests"]}
    assert len(made) == 2 * len(sample_template().stages)
    for task in written["gainsight-tasks.json"]:
        assert task["record"]["DueDate"] <= made[task["cta"]]["DueDate"]


def test_companies_and_keys_as_the_user_chooses() -> None:
    plan = sample_plan(sample_template())
    task = _written("planhat-tasks", [plan], company="external", key="externalId")["planhat-tasks.json"][0]
    assert task["companyId"] == "extid-acme"
    assert task["externalId"] == plan.tasks[0].key
    record = _written("gainsight-cta", [plan], company="salesforce")["gainsight-ctas.json"]["requests"][0]["record"]
    assert record["SFDCID"] == "acme"
    assert "CompanyId" not in record


def test_files_are_split_at_5000_tasks() -> None:
    template = sample_template()
    plans = (sample_plan(template, f"account-{at}") for at in range(501))
    written = _written("planhat-tasks", plans)
    assert [(name, len(tasks)) for name, tasks in written.items()] == [
        ("planhat-tasks.json", 5_000),
        ("planhat-tasks-2.json", 10),
    ]


def test_files_are_split_at_their_size_too() -> None:
    records = [{"text": "ü" * 40} for _ in range(9)]
    files = list(Batches("b", 100, most_bytes=400).files(records))
    assert [json.loads(file.data) for file in files] == [records[:4], records[4:8], records[8:]]
    assert all(len(file.data) <= 400 for file in files)


def test_no_tasks_give_an_empty_list() -> None:
    assert _written("planhat-tasks", []) == {"planhat-tasks.json": []}
    assert _written("gainsight-cta", []) == {"gainsight-ctas.json": {"requests": []}, "gainsight-tasks.json": []}


def test_markup_is_shown_and_never_run() -> None:
    assert as_html("a & <script>\nb\n\n\nc\0") == "<p>a &amp; &lt;script&gt;<br>b</p><p>c\ufffd</p>"


def test_an_empty_name_that_gainsight_needs_is_refused() -> None:
    settings, _ = settings_of(target_of("gainsight-cta"), {"reason": " "})
    refused = [loss.what for loss in own_losses("gainsight-cta", sample_template(), settings) if loss.refused]
    assert refused == ["calls to action without a reason"]


def test_people_outside_the_company_are_no_owners_in_gainsight() -> None:
    plan = owned_by_ada(sample_plan(sample_template()))
    tasks = _written("gainsight-cta", [plan])["gainsight-tasks.json"]
    steps = [planned.task.step for planned in plan.tasks]
    owned = {step for step, task in zip(steps, tasks, strict=True) if "OwnerEmail" in task["record"]}
    assert set(steps) - owned == {"connect_sso"}
    settings, _ = settings_of(target_of("gainsight-cta"), {})
    [told] = own_losses("gainsight-cta", plan.template, settings)
    assert told.where == ("connect_sso",)


@pytest.mark.parametrize("name", NAMES)
def test_golden(name: str) -> None:
    settings, _ = settings_of(target_of(name), {})
    for file in plan_files(name, [sample_plan(sample_template("self_serve"))], settings):
        golden = GOLDEN / file.name
        if os.environ.get("UPDATE_GOLDEN"):
            golden.parent.mkdir(exist_ok=True)
            golden.write_bytes(file.data)
        assert file.data == golden.read_bytes()
