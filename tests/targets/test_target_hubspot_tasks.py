from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from tests.targets.hubspot_contract import (
    MOMENT,
    NAME,
    needs_contracts,
    of_plans,
    problem,
    sent,
    settings,
)
from tests.targets.samples import (
    ADA,
    START,
    hostile_template,
    sample_plan,
    sample_template,
    shipped_templates,
)
from tests.targets.standard_plans import check_golden

from playbook.plans.plan import Plan
from playbook.targets.hubspot import leftovers
from playbook.targets.hubspot.task_text import MOST_NOTES
from playbook.targets.losses import losses_of
from playbook.targets.registry import own_losses, target_of

CREATE = "/crm/v3/objects/tasks/batch/create"
LINKS = {"company": 192, "deal": 216, "ticket": 230, "contact": 204}


def inputs_of(files: dict[str, bytes]) -> list[dict[str, Any]]:
    return [each for name in files if name.startswith("tasks.batch-") for each in json.loads(files[name])["inputs"]]


def check_task(task: dict[str, Any]) -> None:
    """What HubSpot wants of a task, beyond what its OpenAPI document says."""
    assert task.keys() == {"properties", "associations"}
    properties = task["properties"]
    assert all(NAME.match(name) and isinstance(value, str) for name, value in properties.items())
    assert MOMENT.match(properties["hs_timestamp"])
    assert properties["hs_task_status"] == "NOT_STARTED"
    assert properties["hs_task_priority"] in ("LOW", "MEDIUM", "HIGH")
    assert properties["hs_task_type"] in ("CALL", "EMAIL", "TODO")
    assert "\n" not in properties["hs_task_subject"] + properties["hs_task_body"]
    assert len(properties["hs_task_body"]) <= MOST_NOTES
    assert properties["hs_task_body"].endswith(f"<br>Key: {properties['playbook_key']}")
    assert properties.get("hubspot_owner_id", "0").isdigit()
    for link in task["associations"]:
        assert link["to"]["id"].isdigit()
        assert [type_["associationTypeId"] for type_ in link["types"]] == [192]


@pytest.fixture(scope="module")
def plans() -> list[Plan]:
    every = [sample_plan(each, str(4711 + at)) for at, each in enumerate(shipped_templates().values())]
    return [*every, sample_plan(hostile_template(), "99"), sample_plan(sample_template(), "no number")]


@pytest.fixture(scope="module")
def files(plans: list[Plan]) -> dict[str, bytes]:
    return of_plans("hubspot-tasks", plans)


@needs_contracts
def test_every_batch_is_as_the_openapi_document_wants_it(files: dict[str, bytes]) -> None:
    assert sent("tasks", files) == sum(name.startswith("tasks.batch-") for name in files) > 5


@needs_contracts
def test_the_openapi_document_refuses_what_is_wrong() -> None:
    """The oracle itself can fail."""
    good = {"properties": {"hs_timestamp": "2026-12-01T09:00:00Z"}, "associations": []}
    assert problem("tasks", CREATE, {"inputs": [good]}) == ""
    assert "associations" in problem("tasks", CREATE, {"inputs": [{"properties": {}}]})
    assert "string" in problem("tasks", CREATE, {"inputs": [{**good, "properties": {"hs_timestamp": 1}}]})


@needs_contracts
def test_an_upsert_is_as_the_openapi_document_wants_it(plans: list[Plan]) -> None:
    files = of_plans("hubspot-tasks", plans[:3], write="upsert")
    assert sent("tasks", files) == 1
    for task in inputs_of(files):
        assert task["idProperty"] == "playbook_key"
        assert task["id"] == task["properties"]["playbook_key"]
    (request,) = json.loads(files["tasks.requests.json"])["requests"]
    assert (request["path"], request["success"]) == ("/crm/v3/objects/tasks/batch/upsert", 200)


def test_every_task_arrives_once_and_as_hubspot_wants_it(plans: list[Plan], files: dict[str, bytes]) -> None:
    tasks = inputs_of(files)
    for task in tasks:
        check_task(task)
    keys = [task["properties"]["playbook_key"] for task in tasks]
    assert keys == [planned.key for plan in plans for planned in plan.tasks]
    assert len(set(keys)) > 600


def test_batches_have_at_most_a_hundred_tasks(files: dict[str, bytes]) -> None:
    sizes = [len(json.loads(data)["inputs"]) for name, data in files.items() if name.startswith("tasks.batch-")]
    assert sizes[:-1] == [100] * (len(sizes) - 1)
    assert 0 < sizes[-1] <= 100
    assert next(iter(files)) == "tasks.batch-0001.json"


def test_tasks_say_in_words_what_hubspot_has_no_field_for(plans: list[Plan]) -> None:
    template = sample_template()
    (task,) = [
        each
        for each in inputs_of(of_plans("hubspot-tasks", [sample_plan(template, "1")]))
        if each["properties"]["playbook_key"].endswith("/connect_sso/1")
    ]
    lines = unescape(task["properties"]["hs_task_body"]).split("<br>")
    assert lines[0] == "Account: Acme Ltd (1)"
    assert "Stage: Technical build" in lines
    assert "☐ Metadata exchanged" in lines
    assert 'Only if: "Single sign-on is required" is true' in lines
    assert "hubspot_owner_id" not in task["properties"]


@pytest.mark.parametrize("record", LINKS)
def test_tasks_hang_on_the_record_of_their_account(record: str) -> None:
    (task, *_) = inputs_of(of_plans("hubspot-tasks", [sample_plan(sample_template(), "8812")], record=record))
    (link,) = task["associations"]
    assert link["to"] == {"id": "8812"}
    assert link["types"] == [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": LINKS[record]}]


def test_the_id_of_a_record_can_stand_in_a_field() -> None:
    plan = sample_plan(sample_template(), "acme")
    account = replace(plan.account, fields={"account.hubspot_id": 8812.0})
    plan = replace(plan, account=account)
    files = of_plans("hubspot-tasks", [plan], record_id="account.hubspot_id")
    assert inputs_of(files)[0]["associations"][0]["to"] == {"id": "8812"}
    assert "unlinked.csv" not in files


def test_accounts_without_a_record_are_listed_and_named_by_their_tasks(files: dict[str, bytes]) -> None:
    rows = list(csv.reader(io.StringIO(files["unlinked.csv"].decode())))
    assert rows == [["Account id", "Account"], ["no number", "Acme Ltd"]]
    unlinked = [task for task in inputs_of(files) if not task["associations"]]
    assert {task["properties"]["playbook_key"].rpartition("/")[2] for task in unlinked} == {"no number"}
    assert all(task["properties"]["hs_task_subject"].endswith(" (Acme Ltd)") for task in unlinked)


def test_due_dates_are_the_chosen_time_in_utc() -> None:
    plan = sample_plan(sample_template(), "1")
    summer = replace(plan, tasks=(replace(plan.tasks[0], due=date(2027, 7, 1)), plan.tasks[1]))
    files = of_plans("hubspot-tasks", [summer], time="17:30", time_zone="Europe/Berlin")
    moments = [task["properties"]["hs_timestamp"] for task in inputs_of(files)]
    assert moments == ["2027-07-01T15:30:00Z", "2026-12-04T16:30:00Z"]


def test_a_task_that_is_never_due_says_so() -> None:
    plan = sample_plan(sample_template(), "1")
    never = replace(plan.tasks[1], task=replace(plan.tasks[1].task, due=None), due=None, starts=None)
    tasks = (replace(plan.tasks[0], due=None), never)
    dated = inputs_of(of_plans("hubspot-tasks", [replace(plan, tasks=tasks)]))
    assert [task["properties"]["hs_timestamp"][:10] for task in dated] == ["2026-12-01", str(START)]
    assert all(task["properties"]["hs_task_body"].startswith("No due date: ") for task in dated)


@pytest.mark.parametrize("name", ["hubspot-tasks", "hubspot-task-import"])
def test_tasks_whose_date_is_not_known_are_left_out_and_listed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = sample_plan(sample_template(), "1")
    tasks = tuple(replace(each, due=None, starts=None) for each in plan.tasks[:3]) + plan.tasks[3:]
    plans = [replace(plan, tasks=tasks)] * 3
    rows = list(csv.reader(io.StringIO(of_plans(name, plans)["undated.csv"].decode())))
    assert rows[0] == ["Playbook key", "Task", "Account", "Due"]
    assert rows[1][:2] == [tasks[0].key, "Write the handover brief"]
    assert rows[1][3] == "1 business day after Closed won"
    assert len(rows) == 1 + 9
    files = of_plans(name, plans)
    written = b"".join(data for file, data in files.items() if file.startswith(("tasks", "hubspot-tasks")))
    assert tasks[0].key.encode() not in written
    assert tasks[3].key.encode() in written
    monkeypatch.setattr(leftovers, "MOST", 3)
    assert sum(file.startswith("undated") for file in of_plans(name, plans)) == (
        3 if name == "hubspot-tasks" else 1
    )


def test_owners_are_assigned_by_their_id_in_hubspot() -> None:
    plan = sample_plan(sample_template(), "1")
    stranger = replace(ADA, ids={})
    tasks = (plan.tasks[0], replace(plan.tasks[0], key="x", owner=stranger))
    bound, unbound = inputs_of(of_plans("hubspot-tasks", [replace(plan, tasks=tasks)]))
    assert bound["properties"]["hubspot_owner_id"] == "1234"
    assert "hubspot_owner_id" not in unbound["properties"]
    assert "Ada Lovelace" in unbound["properties"]["hs_task_body"]


def test_the_key_property_can_be_another_one_or_none() -> None:
    plan = sample_plan(sample_template(), "1")
    (task, *_) = inputs_of(of_plans("hubspot-tasks", [plan], key_property="onboarding_key"))
    assert task["properties"]["onboarding_key"] == plan.tasks[0].key
    (task, *_) = inputs_of(of_plans("hubspot-tasks", [plan], key_property=""))
    assert plan.tasks[0].key not in task["properties"].values()
    assert task["properties"]["hs_task_body"].endswith(f"Key: {plan.tasks[0].key}")


def test_long_notes_are_cut_before_the_key_and_told() -> None:
    plain = sample_template()
    long = replace(
        plain, tasks=(replace(plain.tasks[0], description="<&> " * 50_000), *plain.tasks[1:]), _by_step={}
    )
    (task, *_) = inputs_of(of_plans("hubspot-tasks", [sample_plan(long, "1")]))
    check_task(task)
    assert "…<br>" in task["properties"]["hs_task_body"]
    (loss,) = own_losses("hubspot-tasks", long, settings("hubspot-tasks"))
    assert loss.where == ("write_brief",)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"time": "9 o'clock"}, "the time of day"),
        ({"time_zone": "Mars/Olympus"}, "the time zone"),
        ({"time_zone": "../../etc/passwd"}, "the time zone"),
        ({"key_property": "Playbook Key"}, "the key property"),
        ({"key_property": "", "write": "upsert"}, "matching by key"),
    ],
)
def test_choices_that_cannot_be_used_are_refused(said: dict[str, str], what: str) -> None:
    chosen = settings("hubspot-tasks", **said)
    refused = [loss.what for loss in own_losses("hubspot-tasks", sample_template(), chosen) if loss.refused]
    assert refused == [what]
    assert inputs_of(of_plans("hubspot-tasks", [sample_plan(sample_template(), "1")], **said))


def test_losses_name_what_does_not_arrive() -> None:
    chosen = settings("hubspot-tasks", write="upsert")
    template = sample_template()
    undated = replace(template, tasks=(replace(template.tasks[0], due=None), *template.tasks[1:]), _by_step={})
    losses = {loss.what: loss for loss in losses_of(target_of("hubspot-tasks"), undated, "plan", chosen)}
    assert losses["links from tasks to their records"].where == ("write",)
    assert losses["that nothing is due"].where == ("write_brief",)
    assert not losses["what waits for what"].part
    assert losses["checklists"].part
    assert not any(loss.refused for loss in losses.values())


def test_the_version_of_the_api_is_a_choice() -> None:
    files = of_plans("hubspot-tasks", [sample_plan(sample_template(), "1")], api="2026-03")
    (request,) = json.loads(files["tasks.requests.json"])["requests"]
    assert request["path"] == "/crm/objects/2026-03/tasks/batch/create"


def test_the_same_plan_gives_the_same_bytes(plans: list[Plan], files: dict[str, bytes]) -> None:
    assert of_plans("hubspot-tasks", plans) == files
    moved = [
        replace(plan, tasks=tuple(replace(each, due=each.due and each.due + timedelta(1)) for each in plan.tasks))
        for plan in plans
    ]
    assert of_plans("hubspot-tasks", moved) != files


def test_golden_batch() -> None:
    files = of_plans("hubspot-tasks", [sample_plan(sample_template("self_serve"), "8812")])
    check_golden("hubspot.self_serve.tasks.json", files["tasks.batch-0001.json"])
