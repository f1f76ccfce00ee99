"""``salesforce-objects``: the schemas of Salesforce's own types read it, and it keeps to its stricter rules."""

from __future__ import annotations

import json
import re
from functools import lru_cache

import pytest
from tests.subjects import shipped, subject_from
from tests.targets.salesforce_metadata import children, read, text, violations

from playbook.targets.registry import losses_of_workspace
from playbook.targets.salesforce import objects
from playbook.targets.target import File, Settings
from playbook.workspace import Workspace

PLAIN = {option.name: option.default for option in objects.TARGET.options}
NAME = re.compile(r"(?=.{1,43}\Z)[A-Za-z](?:_?[A-Za-z0-9])*__c\Z")


@lru_cache
def workspaces() -> dict[str, Workspace]:
    return {subject.workspace.root + name: subject.workspace for name, subject in shipped().items()}


def written(workspace: Workspace, **chosen: str) -> list[File]:
    return list(objects.workspace(workspace, PLAIN | chosen))


def onboarding(**chosen: str) -> list[File]:
    return written(shipped()["customer_onboarding"].workspace, **chosen)


def fields(files: list[File], object_: str) -> dict[str, File]:
    folder = f"/objects/{object_}/fields/"
    return {
        file.name.rpartition("/")[2].removesuffix(".field-meta.xml"): file for file in files if folder in file.name
    }


@pytest.mark.parametrize("tasks", ["activities", "records"])
def test_the_schemas_take_every_workspace(tasks: str) -> None:
    for workspace in {id(each): each for each in workspaces().values()}.values():
        path = workspace.playbooks[0].id
        files = written(workspace, tasks=tasks, path=path)
        assert violations(files) == []
        assert any(file.name.endswith("pathAssistant-meta.xml") for file in files)


@pytest.mark.parametrize("tasks", ["activities", "records"])
def test_fields_keep_to_the_rules_of_their_types(tasks: str) -> None:
    for workspace in {id(each): each for each in workspaces().values()}.values():
        files = written(workspace, tasks=tasks)
        for object_ in ("Onboarding__c", "Onboarding_Task__c", "Activity"):
            found = fields(files, object_)
            assert len({name.lower() for name in found}) == len(found)
            for name, file in found.items():
                follows_the_rules(name, file, object_)


def follows_the_rules(name: str, file: File, object_: str) -> None:
    field = read(file)
    type_ = text(field, "type")
    assert text(field, "fullName") == name
    assert NAME.match(name), name
    assert len(text(field, "label") or "") in range(1, 41), name
    assert len(text(field, "inlineHelpText") or "") <= 510
    assert (text(field, "length") is not None) == (type_ in ("Text", "LongTextArea"))
    assert (text(field, "precision") is not None) == (type_ in ("Number", "Currency"))
    assert (text(field, "visibleLines") is not None) == (type_ in ("LongTextArea", "MultiselectPicklist"))
    assert (text(field, "relationshipName") is not None) == (type_ == "Lookup")
    assert (text(field, "defaultValue") is not None) == (type_ == "Checkbox")
    if type_ == "Text":
        assert int(text(field, "length") or 0) <= 255
    if object_ == "Activity":
        assert type_ in ("Text", "Date")
        assert text(field, "unique") is None
    sets = children(field, "valueSet")
    assert bool(sets) == (type_ in ("Picklist", "MultiselectPicklist"))
    for definition in (each for one in sets for each in children(one, "valueSetDefinition")):
        values = [text(value, "fullName") or "" for value in children(definition, "value")]
        assert all(0 < len(value) <= 255 for value in values)
        assert len({value.lower() for value in values}) == len(values)


def test_the_schemas_refuse_what_is_wrong() -> None:
    field = fields(onboarding(), "Onboarding__c")["Start_Date__c"]
    for good, bad in (("label>", "title>"), (">false<", ">no<"), (">Date<", ">Day<")):
        wrong = File(field.name, field.data.replace(good.encode(), bad.encode()))
        assert wrong.data != field.data
        assert violations([wrong]), bad


def test_the_manifest_names_what_is_there() -> None:
    for tasks in ("activities", "records"):
        files = onboarding(tasks=tasks, path="customer_onboarding")
        manifest = next(file for file in files if file.name == "manifest/objects.xml")
        named = {
            f"{text(types, 'name')} {member.text}"
            for types in children(read(manifest), "types")
            for member in children(types, "members")
        }
        there = set()
        for file in files:
            parts = file.name.split("/")
            if file.name.endswith(".field-meta.xml"):
                there.add(f"CustomField {parts[-3]}.{parts[-1].removesuffix('.field-meta.xml')}")
            elif parts[-1].endswith("-meta.xml"):
                name, kind = parts[-1].removesuffix("-meta.xml").split(".")
                types = {
                    "object": "CustomObject",
                    "permissionset": "PermissionSet",
                    "pathAssistant": "PathAssistant",
                }
                there.add(f"{types[kind]} {name}")
        assert named == there
        project = json.loads(next(file.data for file in files if file.name == "sfdx-project.json"))
        assert project["sourceApiVersion"] == text(read(manifest), "version") == "64.0"
        assert all(file.name.startswith(("force-app/", "manifest/", "sfdx-project")) for file in files)


def test_every_field_is_permitted() -> None:
    files = onboarding()
    permissions = read(next(file for file in files if file.name.endswith("permissionset-meta.xml")))
    permitted = {text(each, "field") for each in children(permissions, "fieldPermissions")}
    expected = {f"Onboarding__c.{name}" for name in fields(files, "Onboarding__c")}
    expected |= {f"{name}.{field}" for name in ("Task", "Event") for field in fields(files, "Activity")}
    assert permitted == expected


CAPTURING = {
    "pilot.yaml": """
        playbook: pilot
        stages:
          - id: go
            steps:
              - id: ask
                do: Ask the customer
                captures:
                  - account.seats
                  - account.arr
                  - account.sso
                  - account.plan
                  - account.uses
                  - account.day
                  - account.notes
                  - deal.x_y
                  - deal_x.y
                  - undeclared.thing
        """,
    "tracking.yaml": """
        tracking: fields
        fields:
          account.seats: {type: integer, title: Seats}
          account.arr: {type: money, unit: EUR}
          account.sso: {type: boolean}
          account.plan: {type: choice, values: [Free, Team]}
          account.uses: {type: list, values: [a, b]}
          account.day: {type: date}
          account.notes: {type: list, values: ["a; b", c]}
          deal.x_y: {type: duration}
          deal_x.y: {type: list}
        """,
}


def test_captured_fields_have_their_types() -> None:
    files = written(subject_from(CAPTURING).workspace)
    assert violations(files) == []
    found = fields(files, "Onboarding__c")
    types = {name: text(read(file), "type") for name, file in found.items()}
    assert types["Account_Seats__c"] == "Number"
    assert text(read(found["Account_Seats__c"]), "scale") == "0"
    assert types["Account_Arr__c"] == "Currency"
    assert "EUR" in (text(read(found["Account_Arr__c"]), "inlineHelpText") or "")
    assert types["Account_Sso__c"] == "Checkbox"
    assert types["Account_Plan__c"] == "Picklist"
    assert types["Account_Uses__c"] == "MultiselectPicklist"
    assert types["Account_Day__c"] == "Date"
    assert types["Account_Notes__c"] == "LongTextArea"
    assert types["Undeclared_Thing__c"] == "Text"
    # Two names that would become one are told apart.
    assert sorted(type_ for name, type_ in types.items() if name.startswith("Deal_X_Y_")) == [
        "LongTextArea",
        "Text",
    ]


def test_fields_of_contacts_are_told() -> None:
    workspace = shipped()["customer_onboarding"].workspace
    losses = {loss.what: loss for loss in losses_of_workspace("salesforce-objects", workspace, PLAIN)}
    told = losses["fields of others than the account"]
    assert "contact.role" in told.where
    assert not any(name.startswith("account.") for name in told.where)


def test_fields_that_change_their_type_and_a_path_of_nothing_are_told() -> None:
    tracking = """
    tracking: t
    fields:
      account.term: {type: duration}
      account.goals: {type: list}
      account.tools: {type: list, values: [crm, "a; b"]}
      account.kinds: {type: list, values: [crm, erp]}
    """
    playbook = """
    playbook: p
    stages:
      - id: s
        steps: [{id: a, do: Do it, captures: [account.term, account.goals, account.tools, account.kinds]}]
    """
    workspace = subject_from({"t.yaml": tracking, "p.yaml": playbook}).workspace
    losses = losses_of_workspace("salesforce-objects", workspace, PLAIN | {"path": "q"})
    assert {loss.what: (loss.where, loss.refused) for loss in losses} == {
        "durations": (("account.term",), False),
        "lists": (("account.goals", "account.tools"), False),
        "the path": (("path",), True),
    }


def test_stages_are_values_and_their_goals_guidance() -> None:
    subject = shipped()["customer_onboarding"]
    files = onboarding(path="customer_onboarding")
    path = read(next(file for file in files if file.name.endswith("pathAssistant-meta.xml")))
    stage = read(fields(files, "Onboarding__c")["Stage__c"])
    (definition,) = (each for one in children(stage, "valueSet") for each in children(one, "valueSetDefinition"))
    values = [text(value, "fullName") for value in children(definition, "value")]
    steps = [text(step, "picklistValueName") for step in children(path, "pathAssistantSteps")]
    assert steps == [each.label for each in subject.playbook.stages.values()]
    assert set(steps) <= set(values)


def test_the_same_bytes_every_time() -> None:
    chosen: Settings = {"path": "customer_onboarding"}
    assert onboarding(**chosen) == onboarding(**chosen)
