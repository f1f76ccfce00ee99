"""``salesforce-tree`` and ``salesforce-bulk``: what ``sf`` and the Bulk API ask of records, checked as they do."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.subjects import shipped
from tests.targets.salesforce_metadata import read, text
from tests.targets.samples import hostile_template, sample_plan, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden, settings

from playbook.plans.account import Account
from playbook.plans.plan import PersonBinding, Plan
from playbook.targets.losses import losses_of
from playbook.targets.salesforce import bulk, objects, tree
from playbook.targets.target import File

STANDARD = {
    "Task": {"Subject", "ActivityDate", "Priority", "Status", "Description", "OwnerId", "WhatId"},
    "Onboarding__c": {"Name", "OwnerId"},
    "Onboarding_Task__c": {"Name", "OwnerId"},
}
BOTH = pytest.mark.parametrize("tasks", ["activities", "records"])


def made_fields(tasks: str) -> dict[str, dict[str, int | None]]:
    """The fields that ``salesforce-objects`` makes, by object, each with its length."""
    found: dict[str, dict[str, int | None]] = {name: dict.fromkeys(names) for name, names in STANDARD.items()}
    workspace = shipped()["customer_onboarding"].workspace
    for file in objects.workspace(workspace, settings("salesforce-objects", tasks=tasks)):
        if file.name.endswith(".field-meta.xml"):
            field, object_ = read(file), file.name.split("/")[-3].replace("Activity", "Task")
            length = text(field, "length")
            found[object_][text(field, "fullName") or ""] = int(length) if length else None
    return found


def imported(files: list[File]) -> list[dict[str, Any]]:
    """The records as ``sf data import tree --plan`` creates them: file by file, with references resolved."""
    by_name = {file.name: json.loads(file.data) for file in files}
    (plan,) = (name for name in by_name if name.endswith("plan.json"))
    ids: dict[str, str] = {}
    created = []
    for part in by_name.pop(plan):
        assert sorted(part) == ["files", "sobject"]
        for name in part["files"]:
            records = by_name.pop(name)["records"]
            assert 0 < len(records) <= 200
            made = {}
            for record in records:
                attributes = record.pop("attributes")
                assert attributes["type"] == part["sobject"]
                for field in {"WhatId", "Onboarding__c"} & record.keys():
                    record[field] = ids[record[field].removeprefix("@")]
                created.append({"type": part["sobject"], **record})
                assert attributes["referenceId"] not in ids.keys() | made.keys()
                made[attributes["referenceId"]] = f"id{len(created)}"
            ids |= made
    assert not by_name, "files that the plan does not name"
    return created


def rows(file: File) -> list[dict[str, str]]:
    """The rows of a CSV file, each with a value for every column."""
    assert b"\r" not in file.data
    found = list(csv.DictReader(io.StringIO(file.data.decode()), strict=True))
    assert all(None not in row and None not in row.values() for row in found)
    return found


def sheets(files: list[File]) -> dict[str, list[dict[str, str]]]:
    """The rows of each object."""
    found: dict[str, list[dict[str, str]]] = {}
    for file in files:
        if file.name.endswith(".csv"):
            stem = re.sub(r"(?<=s)-\d+", "", file.name.removesuffix(".csv"))
            found.setdefault(stem, []).extend(rows(file))
    return found


@BOTH
def test_records_of_every_playbook_fit_the_objects(tasks: str) -> None:
    made = made_fields(tasks)
    for name, template in shipped_templates().items():
        plan = sample_plan(template)
        created = imported(list(tree.plan([plan], settings("salesforce-tree", tasks=tasks))))
        assert len(created) == 1 + len(plan.tasks), name
        for record in created:
            fits(record, made[record.pop("type")])
            assert record["Playbook_Key__c"]
        parent, *rest = created
        field = "WhatId" if tasks == "activities" else "Onboarding__c"
        assert {record[field] for record in rest} <= {"id1"}
        assert parent["Playbook_Key__c"] == f"{template.id}/acme"
        assert [record["Playbook_Key__c"] for record in rest] == [planned.key for planned in plan.tasks]


def fits(record: dict[str, Any], fields: dict[str, int | None]) -> None:
    for field, value in record.items():
        assert field in fields, field
        assert value not in ("", None)
        length = fields[field] or {"Name": 80, "Subject": 255, "Description": 32_000, "Priority": 20}.get(field)
        assert length is None or len(value) <= length, field
        if ("Date" in field and field != "Dates__c") or field == "Playbook_Start__c":
            assert date.fromisoformat(value)


@BOTH
def test_the_columns_of_the_bulk_api_are_fields(tasks: str) -> None:
    made = made_fields(tasks)
    for template in shipped_templates().values():
        plan = sample_plan(template)
        files = list(bulk.plan([plan], settings("salesforce-bulk", tasks=tasks, status="Not Started")))
        jobs = {file.name.removesuffix(".job.json"): json.loads(file.data) for file in files if "job" in file.name}
        found = sheets(files)
        assert jobs.keys() == found.keys() == {"1-onboardings", "2-tasks"}
        for name, job in jobs.items():
            assert job["operation"] == "upsert"
            assert (job["lineEnding"], job["columnDelimiter"], job["contentType"]) == ("LF", "COMMA", "CSV")
            assert job["externalIdFieldName"] in made[job["object"]]
            for column in found[name][0]:
                assert column in made[job["object"]] or column.rpartition(":")[2] in (
                    "What.Playbook_Key__c",
                    "Onboarding__r.Playbook_Key__c",
                )
        (parent,) = found["1-onboardings"]
        relation = "Onboarding__c:What" if tasks == "activities" else "Onboarding__r"
        assert {row[f"{relation}.Playbook_Key__c"] for row in found["2-tasks"]} == {parent["Playbook_Key__c"]}
        assert [row["Playbook_Key__c"] for row in found["2-tasks"]] == [planned.key for planned in plan.tasks]


def test_people_are_users_or_queues_and_nobody_is_made_up() -> None:
    plan = sample_plan(sample_template())
    queue = PersonBinding("triage", "Triage", {"salesforce_queue": "00Gxx0000012345"})
    stranger = PersonBinding("bob@acme.example", "Bob", {"hubspot_owner": "7"})
    owners = [queue, stranger, None]
    tasks = tuple(replace(each, owner=owner) for each, owner in zip(plan.tasks, owners, strict=False))
    (_parent, *created) = imported(list(tree.plan([replace(plan, tasks=tasks)], settings("salesforce-tree"))))
    assert [record.get("OwnerId") for record in created] == ["00Gxx0000012345", None, None]
    assert all(record["Playbook_Role__c"] for record in created)
    found = sheets(list(bulk.plan([replace(plan, tasks=tasks)], settings("salesforce-bulk"))))["2-tasks"]
    assert [row["OwnerId"] for row in found] == ["00Gxx0000012345", "", ""]


def test_what_is_empty_is_emptied_and_what_is_the_teams_is_left_alone() -> None:
    plan = sample_plan(sample_template())
    undated = tuple(replace(each, due=None, starts=None) for each in plan.tasks)
    found = sheets(list(bulk.plan([replace(plan, tasks=undated)], settings("salesforce-bulk"))))
    assert {row["ActivityDate"] for row in found["2-tasks"]} == {"#N/A"}
    assert "Status" not in found["2-tasks"][0]
    assert not {"Stage__c", "Result__c", "Work_Status__c"} & found["1-onboardings"][0].keys()
    again = sheets(list(bulk.plan([plan], settings("salesforce-bulk", notes="no"))))["2-tasks"]
    assert "Description" not in again[0]


def test_accounts_are_linked_by_their_id_or_by_a_field_of_yours() -> None:
    template = sample_template()
    of_salesforce = sample_plan(template, "001xx000003DGb1AAG")
    other = sample_plan(template, "acme")
    by_id = sheets(list(bulk.plan([of_salesforce, other], settings("salesforce-bulk"))))["1-onboardings"]
    assert [row["Account__c"] for row in by_id] == ["001xx000003DGb1AAG", ""]
    chosen = settings("salesforce-bulk", account_field="Number__c")
    by_field = sheets(list(bulk.plan([other], chosen)))["1-onboardings"]
    assert by_field[0]["Account__r.Number__c"] == "acme"
    told = [loss.what for loss in losses_of(bulk.TARGET, template, "plan", settings("salesforce-bulk"))]
    assert "links to accounts" in told
    assert "links to accounts" not in [loss.what for loss in losses_of(bulk.TARGET, template, "plan", chosen)]
    created = imported(list(tree.plan([of_salesforce, other], settings("salesforce-tree"))))
    assert [record.get("Account__c") for record in created[:2]] == ["001xx000003DGb1AAG", None]


def test_many_accounts_come_in_files_of_200_records() -> None:
    template = sample_template()

    def plans() -> Iterator[Plan]:
        return (sample_plan(template, f"account{number}") for number in range(230))

    files = list(tree.plan(plans(), settings("salesforce-tree")))
    created = imported(files)
    assert len(created) == 230 * (1 + len(template.tasks))
    keys = {f"id{number}": record["Playbook_Key__c"] for number, record in enumerate(created, 1)}
    for record in created[230:]:
        assert record["Playbook_Key__c"].rpartition("/")[2] == keys[record["WhatId"]].rpartition("/")[2]


def test_large_files_are_split_between_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MOST_BYTES", 30_000)
    template = sample_template()
    files = list(
        bulk.plan((sample_plan(template, f"a{number}") for number in range(40)), settings("salesforce-bulk"))
    )
    tasks = [file for file in files if file.name.startswith("2-tasks") and file.name.endswith(".csv")]
    assert len(tasks) > 2
    assert all(len(file.data) <= 30_000 for file in tasks)
    accounts = [{row["Playbook_Key__c"].rpartition("/")[2] for row in rows(file)} for file in tasks]
    assert sum(len(each) for each in accounts) == 40
    assert len(set().union(*accounts)) == 40


@BOTH
def test_hostile_texts_come_through(tasks: str) -> None:
    template = hostile_template()
    plan = sample_plan(template, "=1+1", '+evil, "Ltd"\r\n')
    created = imported(list(tree.plan([plan], settings("salesforce-tree", tasks=tasks))))
    assert len(created) == 1 + len(plan.tasks)
    found = sheets(list(bulk.plan([plan], settings("salesforce-bulk", tasks=tasks))))
    title = "Subject" if tasks == "activities" else "Title__c"
    for row in found["2-tasks"]:
        assert row[title]
        assert all(not value.startswith(("=", "+", "-", "@")) for value in row.values())
    assert "\r" not in "".join(value for row in found["1-onboardings"] for value in row.values())


def test_long_texts_and_keys_are_cut_and_told() -> None:
    plain = sample_template()
    task = replace(plain.tasks[0], title="word " * 60, description="x" * 40_000)
    template = replace(plain, tasks=(task, *plain.tasks[1:]), _by_step={})
    plan = sample_plan(template, "a" * 300)
    _parent, first, *_others = imported(list(tree.plan([plan], settings("salesforce-tree"))))
    assert len(first["Subject"]) <= 255
    assert first["Subject"].endswith("…")
    assert len(first["Description"]) == 32_000
    assert first["Description"].endswith(f"…\nKey: {plan.tasks[0].key}")
    assert len(first["Playbook_Key__c"]) <= 255
    told = losses_of(tree.TARGET, template, "plan", settings("salesforce-tree"))
    assert any(loss.what == "the ends of long titles" and loss.where == (task.step,) for loss in told)


def test_a_case_of_a_key_is_kept_apart() -> None:
    template = sample_template()
    plans = [sample_plan(template, account) for account in ("001xx000003DGb1", "001xx000003DGB1")]
    found = sheets(list(bulk.plan(plans, settings("salesforce-bulk"))))["1-onboardings"]
    assert len({row["Playbook_Key__c"] for row in found}) == 2


def test_no_accounts_are_no_records() -> None:
    files = list(tree.plan([], settings("salesforce-tree")))
    assert [file.name for file in files] == ["onboarding-plan.json"]
    assert sheets(list(bulk.plan([], settings("salesforce-bulk")))) == {"1-onboardings": [], "2-tasks": []}


@pytest.mark.parametrize("target", [tree, bulk])
def test_golden(target: Any) -> None:
    template = sample_template("self_serve")
    account = Account("acme", "Acme Ltd")
    plan = replace(sample_plan(template), account=account)
    parts = [
        f"=== {file.name}\n".encode() + file.data for file in target.plan([plan], settings(target.TARGET.name))
    ]
    check_golden(f"{target.TARGET.name}.self_serve.txt", b"".join(parts))
