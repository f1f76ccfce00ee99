"""Campaigns for Eloqua: against Oracle's OpenAPI document, our own stricter rules, and as graphs."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from tests.subjects import ROOT
from tests.targets.samples import hostile_template, sample_template, shipped_templates

from playbook.plans.template import Offset, Template
from playbook.targets.eloqua.campaign import TARGET, losses, template
from playbook.targets.eloqua.canvas import _length
from playbook.targets.eloqua.steps import sent_steps
from playbook.targets.losses import losses_of
from playbook.targets.settings import settings_of

CONTRACT = ROOT.parent / "shared" / "contracts" / "eloqua" / "eloqua.openapi.yaml"
GOLDEN = Path(__file__).parent / "golden" / "eloqua-campaign.json"
SETTINGS, _ = settings_of(TARGET, {})
ALL = {**SETTINGS, "mails": "all"}

_TEXT = {"type": "string", "minLength": 1}
_NEGATIVE = {"type": "string", "pattern": "^-[1-9][0-9]*$"}
_NUMBER = {"type": "string", "pattern": "^[0-9]+$"}
_TRUTH = {"enum": ["true", "false"]}
_ELEMENT = {
    "type": _TEXT,
    "id": _NEGATIVE,
    "name": {"type": "string", "minLength": 1, "maxLength": 100},
    "description": {"type": "string"},
    "position": {
        "type": "object",
        "properties": {"type": {"const": "Position"}, "x": _NUMBER, "y": _NUMBER},
        "required": ["type", "x", "y"],
        "additionalProperties": False,
    },
    "outputTerminals": {
        "type": "array",
        "maxItems": 1,
        "items": {
            "type": "object",
            "properties": {
                "type": {"const": "CampaignOutputTerminal"},
                "id": _NEGATIVE,
                "terminalType": {"const": "out"},
                "connectedId": _NEGATIVE,
                "connectedType": {"enum": ["CampaignWaitAction", "CampaignEmail"]},
            },
            "required": ["type", "id", "terminalType", "connectedId", "connectedType"],
            "additionalProperties": False,
        },
    },
}
_OWN: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "CampaignSegment": (
        {"segmentId": _NUMBER, "isRecurring": _TRUTH, "isFinished": _TRUTH, "reEvaluationFrequency": _NUMBER},
        ("isRecurring", "isFinished", "reEvaluationFrequency"),
    ),
    "CampaignWaitAction": ({"waitFor": {"type": "string", "pattern": "^[1-9][0-9]*$"}}, ("waitFor",)),
    "CampaignEmail": (
        {
            "emailId": _NUMBER,
            "sendTimePeriod": {"const": "sendAllEmailAtOnce"},
            "includeListUnsubscribeHeader": _TRUTH,
            "isAllowingResend": _TRUTH,
            "isAllowingSentToMasterExclude": {"const": "false"},
            "isAllowingSentToUnsubscribe": {"const": "false"},
        },
        ("sendTimePeriod", "isAllowingSentToMasterExclude", "isAllowingSentToUnsubscribe"),
    ),
}
"""Our own schema of the elements that we write, by Oracle's page "Campaign element reference"."""


def _schema(type_: str) -> dict[str, Any]:
    own, required = _OWN[type_]
    return {
        "type": "object",
        "properties": {**_ELEMENT, **own},
        "required": [*_ELEMENT, *required],
        "additionalProperties": False,
    }


@pytest.fixture(scope="session")
def contract() -> dict[str, Any]:
    """The schema of a campaign in Oracle's document, cut out of it: the whole has two megabytes."""
    if not CONTRACT.exists():
        pytest.skip("Oracle's OpenAPI document is not there")
    text = CONTRACT.read_text(encoding="utf-8")
    wanted, found = ["CampaignRest20"], dict[str, Any]()
    while wanted:
        name = wanted.pop()
        block = re.search(rf"^    {name}:\n((?:      .*\n)+)", text, re.MULTILINE)
        assert block, name
        found[name] = YAML(typ="safe", pure=True).load(block[1])
        wanted += set(re.findall(r"#/components/schemas/(\w+)", block[1])) - found.keys() - set(wanted)
    defs = json.loads(json.dumps(found).replace("#/components/schemas/", "#/$defs/"))
    return {"$defs": defs, "$ref": "#/$defs/CampaignRest20"}


def _campaigns(subject: Template, settings: dict[str, str]) -> dict[str, dict[str, Any]]:
    return {file.name: json.loads(file.data) for file in template(subject, settings)}


def _check(campaign: dict[str, Any]) -> None:
    elements = campaign["elements"]
    for element in elements:
        Draft202012Validator(_schema(element["type"])).validate(element)
    by_id = {element["id"]: element for element in elements}
    terminals = [terminal for element in elements for terminal in element["outputTerminals"]]
    ids = [*by_id, *(terminal["id"] for terminal in terminals)]
    assert len(ids) == len(set(ids)) == len(elements) + len(terminals)
    for terminal in terminals:
        assert by_id[terminal["connectedId"]]["type"] == terminal["connectedType"]
    assert [element["type"] for element in elements].count("CampaignSegment") == 1
    reached, at = set(), elements[0]
    while at["id"] not in reached:
        reached.add(at["id"])
        if at["outputTerminals"]:
            at = by_id[at["outputTerminals"][0]["connectedId"]]
    beside = [element for element in elements if element["id"] not in reached]
    assert all(element["type"] == "CampaignEmail" for element in beside)
    assert all("Only if: " in element["description"] for element in beside)
    assert not any(
        "Only if: " in by_id[id_]["description"] for id_ in reached if by_id[id_]["type"] != "CampaignWaitAction"
    )
    places = [(element["position"]["x"], element["position"]["y"]) for element in elements]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("settings", [SETTINGS, ALL], ids=["automated", "all"])
def test_campaigns_of_all_playbooks_are_sound(contract: dict[str, Any], settings: dict[str, str]) -> None:
    validator = Draft202012Validator(contract)
    written = 0
    for subject in shipped_templates().values():
        for campaign in _campaigns(subject, settings).values():
            validator.validate(campaign)
            _check(campaign)
            written += 1
    assert written >= 8


def test_the_schemas_can_fail(contract: dict[str, Any]) -> None:
    campaign = next(iter(_campaigns(sample_template("self_serve"), SETTINGS).values()))
    campaign["elements"][0]["position"]["x"] = 200
    assert not Draft202012Validator(contract).is_valid(campaign)
    campaign["elements"][0]["waitFor"] = "1"
    assert not Draft202012Validator(_schema("CampaignSegment")).is_valid(campaign["elements"][0])


def test_every_step_is_sent_or_told_to_be_lost() -> None:
    for subject in shipped_templates().values():
        sent = {
            line.removeprefix("Key: ").rpartition("/")[2]
            for campaign in _campaigns(subject, SETTINGS).values()
            for element in campaign["elements"]
            for line in element["description"].splitlines()
            if line.startswith("Key: ")
        }
        lost = {step for loss in losses(subject, SETTINGS) if loss.what == "steps" for step in loss.where}
        assert sent | lost == {task.step for task in subject.tasks}
        assert not sent & lost


def test_a_playbook_without_mails_is_refused() -> None:
    subject = sample_template("enterprise")
    assert not _campaigns(subject, SETTINGS)
    assert any(loss.refused for loss in losses(subject, SETTINGS))


def test_mails_before_a_date_begin_before_it_and_waits_add_up() -> None:
    subject = shipped_templates()["customer_onboarding"]
    campaigns = _campaigns(subject, SETTINGS)
    launch = campaigns["customer_onboarding.go_live.campaign.json"]["elements"]
    assert launch[0]["name"] == "Contacts of accounts: 3 days before Planned go-live"
    waits = [int(element["waitFor"]) for element in launch if "waitFor" in element]
    assert sum(waits) == (3 + 21) * 86_400


def test_waits_are_named_by_their_whole_length() -> None:
    lengths = {60: "1 minute", 7_200: "2 hours", 86_400: "1 day", 183_660: "2 days and 3 hours and 1 minute"}
    assert {seconds: _length(seconds) for seconds in lengths} == lengths


def test_ids_are_taken_from_the_options_by_step_or_content() -> None:
    chosen = {**SETTINGS, "emails": "welcome_series=98, start_adoption_track=99", "segments": "closed_won=38"}
    campaign = _campaigns(shipped_templates()["customer_onboarding"], chosen)
    elements = campaign["customer_onboarding.closed_won.campaign.json"]["elements"]
    assert elements[0]["segmentId"] == "38"
    assert [each["emailId"] for each in elements if each["type"] == "CampaignEmail"] == ["98", "99"]


def test_options_without_meaning_are_told() -> None:
    wrong = {**SETTINGS, "emails": "welcome=abc", "leave_out": "nothing_like_it"}
    told = [loss for loss in losses(sample_template("self_serve"), wrong) if loss.what.startswith("a part of")]
    assert [(loss.where, loss.refused) for loss in told] == [
        (("welcome=abc",), True),
        (("nothing_like_it",), False),
    ]


def test_a_conditional_mail_reaches_nobody_until_it_is_connected() -> None:
    plain = sample_template("self_serve")
    tasks = tuple(
        replace(task, condition="it rains", due=Offset("signed_up", 30, "min")) if task.touch == "email" else task
        for task in plain.tasks
    )
    campaign = _campaigns(replace(plain, tasks=tasks, _by_step={}), SETTINGS)[
        "self_serve_onboarding.signed_up.campaign.json"
    ]
    _check(campaign)
    segment, email = campaign["elements"][0], campaign["elements"][-1]
    assert campaign["elements"][1]["waitFor"] == "1800"
    assert segment["outputTerminals"][0]["connectedId"] == "-2"
    assert not email["outputTerminals"]
    assert email["position"]["x"] != segment["position"]["x"]


def test_hostile_texts_survive(contract: dict[str, Any]) -> None:
    for campaign in _campaigns(hostile_template("self_serve"), ALL).values():
        Draft202012Validator(contract).validate(campaign)
        _check(campaign)


def test_golden() -> None:
    [file] = template(sample_template("self_serve"), SETTINGS)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_bytes(file.data)
    assert file.data == GOLDEN.read_bytes()


def test_of_steps_that_are_not_sent_nothing_else_is_told() -> None:
    subject = shipped_templates()["customer_onboarding"]
    sent = {task.step for tasks in sent_steps(subject, SETTINGS).values() for task in tasks}
    told = [loss for loss in losses_of(TARGET, subject, "template", SETTINGS) if loss.part]
    steps = {task.step for task in subject.tasks}
    assert told
    assert all({step for step in loss.where if step in steps} <= sent for loss in told)


def test_mails_that_follow_other_work_are_told() -> None:
    subject = shipped_templates()["customer_onboarding"]
    told = {loss.what: loss.where for loss in losses(subject, SETTINGS)}
    assert told["e-mails that follow other work"] == ("start_adoption_track",)
