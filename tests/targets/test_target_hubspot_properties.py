from __future__ import annotations

import json
from typing import Any

import pytest
from tests.subjects import subject_from
from tests.targets.hubspot_contract import (
    NAME,
    needs_contracts,
    of_workspace,
    problem,
    sent,
    settings,
    workspaces,
)
from tests.targets.standard_plans import check_golden

from playbook.targets.hubspot.naming import internal_name
from playbook.targets.registry import losses_of_workspace
from playbook.workspace import Workspace

EDITORS = {
    "string": {"text", "textarea"},
    "number": {"number"},
    "bool": {"booleancheckbox"},
    "date": {"date"},
    "datetime": {"date"},
    "enumeration": {"select", "checkbox"},
}
"""The field types that HubSpot's guide to properties allows each type, as far as they are written."""

TRACKING = """
    tracking: t
    fields:
      account.size: {type: integer, unit: people, at_least: 1, system: crm}
      plan.tool_set: {title: Set}
      plan_tool.set: {title: Set}
      contact.mail: {personal: true}
      deal.amount: {type: money, unit: EUR}
      ticket.open: {type: boolean}
      plan.length: {type: duration}
      plan.since: {type: datetime}
      plan.kind: {type: choice, values: [fast, slow; steady, 3]}
      plan.goals: {type: list}
      plan.tools: {type: list, values: [crm, erp]}
      plan.unused: {type: date}
"""
PLAYBOOK = """
    playbook: p
    anchors: {go_live: {title: Go-live}}
    stages:
      - id: build
        steps:
          - id: build_it
            do: Build it
            due: 5bd before go_live
            captures: [account.size, plan.tool_set, plan_tool.set, contact.mail, deal.amount, ticket.open,
                       plan.length, plan.since, plan.kind, plan.goals, plan.tools]
            raci: {A: csm, R: csm}
          - id: sign_it
            do: Sign it
            raci: {A: sponsor, R: sponsor}
"""
ORGANIZATION = """
    organization: o
    teams: {cs: {}, customer: {party: customer}}
    roles: {csm: {title: CSM, team: cs}, sponsor: {team: customer}}
    systems: {crm: {}}
"""


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    found = subject_from({"t.yaml": TRACKING, "p.yaml": PLAYBOOK, "o.yaml": ORGANIZATION}).workspace
    assert not [each for each in found.diagnostics if each.code.startswith(("SCH", "REF"))]
    return found


def made_by(files: dict[str, bytes]) -> dict[str, dict[str, dict[str, Any]]]:
    """The bodies of properties by object and name."""
    made: dict[str, dict[str, dict[str, Any]]] = {}
    for name, data in files.items():
        if ".properties-" in name:
            bodies = {each["name"]: each for each in json.loads(data)["inputs"]}
            assert len(bodies) == len(json.loads(data)["inputs"])
            made.setdefault(name.partition(".")[0], {}).update(bodies)
    return made


def check_property(body: dict[str, Any]) -> None:
    """What HubSpot wants of a property, beyond what its OpenAPI document says."""
    assert NAME.match(body["name"])
    assert body["label"].strip()
    assert body["fieldType"] in EDITORS[body["type"]]
    assert body["groupName"] == "playbook"
    options = body.get("options", [])
    assert len({each["value"] for each in options}) == len({each["label"] for each in options}) == len(options)
    owner = body.get("referencedObjectType") == "OWNER"
    assert body.get("externalOptions", False) is owner
    assert bool(options) is (body["type"] in ("enumeration", "bool") and not owner)


@needs_contracts
def test_every_property_is_as_the_openapi_document_wants_it() -> None:
    for every in workspaces():
        files = of_workspace("hubspot-properties", every, fields="all")
        assert sent("properties", files) == len(files) - 1
    wrong = {"inputs": [{"name": "x", "label": "X", "type": "money", "fieldType": "text", "groupName": "g"}]}
    assert "money" in problem("properties", "/crm/v3/properties/deals/batch/create", wrong)


def test_every_property_is_as_hubspot_wants_it() -> None:
    for every in workspaces():
        for bodies in made_by(of_workspace("hubspot-properties", every, fields="all")).values():
            assert len({body["label"] for body in bodies.values()}) == len(bodies)
            for body in bodies.values():
                check_property(body)


def test_types_follow_from_the_tracking_plan(workspace: Workspace) -> None:
    made = made_by(of_workspace("hubspot-properties", workspace))
    types = {
        name: (object_, body["type"], body["fieldType"])
        for object_, bodies in made.items()
        for name, body in bodies.items()
    }
    assert types == {
        "playbook_key": ("tasks", "string", "text"),
        "playbook_owner_csm": ("companies", "enumeration", "select"),
        "playbook_date_go_live": ("companies", "date", "date"),
        "playbook_account_size": ("companies", "number", "number"),
        "playbook_plan_tool_set": ("companies", "string", "text"),
        "playbook_plan_tool_set_2": ("companies", "string", "text"),
        "playbook_contact_mail": ("contacts", "string", "text"),
        "playbook_deal_amount": ("deals", "number", "number"),
        "playbook_ticket_open": ("tickets", "bool", "booleancheckbox"),
        "playbook_plan_length": ("companies", "string", "text"),
        "playbook_plan_since": ("companies", "datetime", "date"),
        "playbook_plan_kind": ("companies", "enumeration", "select"),
        "playbook_plan_goals": ("companies", "string", "textarea"),
        "playbook_plan_tools": ("companies", "enumeration", "checkbox"),
    }
    companies = made["companies"]
    told = companies["playbook_account_size"]["description"]
    assert told == "In people. At least 1. System of record: crm."
    assert made["contacts"]["playbook_contact_mail"]["description"] == "Personal data."
    kinds = [(each["label"], each["value"]) for each in companies["playbook_plan_kind"]["options"]]
    assert kinds == [("fast", "fast"), ("slow; steady", "slow, steady"), ("3", "3")]
    labels = [body["label"] for body in companies.values()]
    assert {"Set", "Set (plan_tool.set)"} < set(labels)


def test_choices_change_objects_fields_and_names(workspace: Workspace) -> None:
    made = made_by(of_workspace("hubspot-properties", workspace, record="deal", fields="all", prefix="onb_"))
    assert "onb_plan_unused" in made["deals"]
    assert {"onb_owner_csm", "onb_date_go_live"} <= made["deals"].keys()
    assert list(made["tasks"]) == ["onb_key"]


def test_properties_of_one_object_differ_whatever_they_are_from() -> None:
    tracking = TRACKING + "      owner.csm: {title: CSM (owner)}\n"
    playbook = PLAYBOOK.replace("plan.tools]", "plan.tools, owner.csm]").replace("sign_it\n", "sign_it\n")
    playbook += "          - id: look_on\n            do: Look on\n            raci: {A: other, R: other}\n"
    organization = ORGANIZATION.replace("sponsor:", "other: {title: CSM, team: cs}, sponsor:")
    found = subject_from({"t.yaml": tracking, "p.yaml": playbook, "o.yaml": organization}).workspace
    companies = made_by(of_workspace("hubspot-properties", found))["companies"]
    assert {"playbook_owner_csm", "playbook_owner_other", "playbook_owner_csm_2"} < companies.keys()
    assert companies["playbook_owner_csm"]["referencedObjectType"] == "OWNER"
    assert len({body["label"] for body in companies.values()}) == len(companies)


def test_fields_that_change_are_told(workspace: Workspace) -> None:
    losses = losses_of_workspace("hubspot-properties", workspace, settings("hubspot-properties"))
    assert {loss.what: loss.where for loss in losses} == {
        "durations": ("plan.length",),
        "lists without values": ("plan.goals",),
        "semicolons in values": ("plan.kind",),
        "names of fields": ("plan_tool.set",),
    }
    (owners, *others) = losses_of_workspace("hubspot-terraform", workspace, settings("hubspot-terraform"))
    assert (owners.where, owners.part) == (("csm",), False)
    assert others == list(losses)


def test_the_key_has_unique_values_if_that_is_chosen(workspace: Workspace) -> None:
    keys = [
        made_by(of_workspace("hubspot-properties", workspace, unique_key=said))["tasks"]["playbook_key"]
        for said in ("no", "yes")
    ]
    assert [key.get("hasUniqueValue") for key in keys] == [None, True]


def test_groups_come_first_and_scopes_are_named(workspace: Workspace) -> None:
    plain = json.loads(of_workspace("hubspot-properties", workspace, api="2026-03")["properties.requests.json"])
    paths = [request["path"] for request in plain["requests"]]
    assert paths[0] == "/crm/properties/2026-03/tasks/groups"
    assert [path.endswith("/groups") for path in paths] == [True] * 5 + [False] * 5
    assert len(plain["scopes"]) == len(set(plain["scopes"])) == 4


def test_batches_have_at_most_a_hundred_properties() -> None:
    fields = "\n".join(f"      account.f{at}: {{}}" for at in range(205))
    tracking = f"    tracking: t\n    fields:\n{fields}\n"
    playbook = "    playbook: p\n    stages: [{id: s, steps: [{id: do_it, do: Do it}]}]\n"
    found = subject_from({"t.yaml": tracking, "p.yaml": playbook}).workspace
    files = of_workspace("hubspot-properties", found, fields="all")
    sizes = [len(json.loads(data)["inputs"]) for name, data in files.items() if name.startswith("companies.prop")]
    assert sum(sizes) >= 205
    assert max(sizes) == 100


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (("playbook_", "account.use_case"), "playbook_account_use_case"),
        (("", "2nd"), "p_2nd"),
        (("", "Straße 1"), "stra_e_1"),
    ],
)
def test_internal_names(said: tuple[str, ...], name: str) -> None:
    assert internal_name(*said) == name


def test_internal_names_are_valid_whatever_is_said() -> None:
    for said in ("", "客户", "x" * 300, "__", "é", "a" * 99 + "_b"):
        assert NAME.match(internal_name("", said))
    assert internal_name("x" * 300) != internal_name("x" * 301)
    assert internal_name("", "客户") != internal_name("", "客")


def test_golden_properties() -> None:
    (templates,) = (each for each in workspaces() if each.root.endswith("templates"))
    files = of_workspace("hubspot-properties", templates)
    check_golden("hubspot.templates.companies.json", files["companies.properties-01.json"])
    check_golden("hubspot.templates.requests.json", files["properties.requests.json"])
