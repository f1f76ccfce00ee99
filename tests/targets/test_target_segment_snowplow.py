from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import yaml
from jsonschema import Draft4Validator, Draft7Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4
from tests.targets.standard_plans import check_golden, settings
from tests.targets.tracked_workspaces import contract, workspaces, written

from playbook.targets.instrumentation import rudderstack, segment, snowplow
from playbook.targets.instrumentation.events import event_plans

GOOD = {
    "account_id": "a",
    "seats": 5,
    "share": 0.5,
    "plan": "yes",
    "levels": 2,
    "mixed": "x",
    "tags": ["a"],
    "live": True,
    "due": "2026-12-01",
    "account.seen": "2026-12-01T08:00:00Z",
    "twice": 1,
    "the value": None,
}
"""The properties of plan.agreed in the hard workspace."""

BAD = {
    "seats": 0,
    "share": "half",
    "plan": "maybe",
    "levels": 4,
    "mixed": 2,
    "tags": ["c"],
    "live": "yes",
    "account_id": 7,
}


def rules(name: str, **said: str) -> list[Any]:
    return [
        rule
        for data in written("segment", workspaces()[name], **said).values()
        for rule in json.loads(data)["rules"]
    ]


def schemas(name: str, **said: str) -> dict[str, Any]:
    return {path: json.loads(data) for path, data in written("snowplow", workspaces()[name], **said).items()}


def test_rules_of_segment_have_what_the_call_takes() -> None:
    for name, workspace in workspaces().items():
        told = rules(name)
        assert [rule["key"] for rule in told] == [
            event.name for plan in event_plans(workspace) for event in plan.events
        ]
        for rule in told:
            assert set(rule) == {"key", "type", "version", "jsonSchema"}
            assert (rule["type"], rule["version"]) == ("TRACK", 1)
            assert rule["jsonSchema"]["$schema"] == "http://json-schema.org/draft-07/schema#"
            Draft7Validator.check_schema(rule["jsonSchema"])
            assert set(rule["jsonSchema"]["properties"]) == {"context", "traits", "properties"}


def test_rules_of_segment_judge_events() -> None:
    validator = Draft7Validator(rules("hard")[0]["jsonSchema"])
    assert validator.is_valid({"properties": GOOD})
    assert not validator.is_valid({})
    for key, value in BAD.items():
        assert not validator.is_valid({"properties": GOOD | {key: value}}), key
    for key in GOOD:
        assert not validator.is_valid({"properties": {name: value for name, value in GOOD.items() if name != key}})


@pytest.mark.parametrize("unplanned", ["allow", "refuse"])
def test_more_properties_are_allowed_or_refused(unplanned: str) -> None:
    more = GOOD | {"more": 1}
    validator = Draft7Validator(rules("hard", unplanned=unplanned)[0]["jsonSchema"])
    assert validator.is_valid({"properties": more}) == (unplanned == "allow")
    schema = next(iter(schemas("hard", unplanned=unplanned).values()))
    plain = {key: value for key, value in schema.items() if key not in ("$schema", "self")}
    assert Draft4Validator(plain).is_valid(more) == (unplanned == "allow")


def test_schemas_of_snowplow_are_self_describing() -> None:
    path = contract("snowplow", "self-desc.schema.1-0-0.json")
    if not path.is_file():
        pytest.skip("needs the meta-schema of iglu-central in ../shared/contracts")
    draft4 = Resource(contents=Draft4Validator.META_SCHEMA, specification=DRAFT4)
    registry: Any = Registry().with_resource("http://json-schema.org/draft-04/schema", draft4)
    # Its own dialect is draft 4 with a name of its own.
    meta = json.loads(path.read_text(encoding="utf-8")) | {"$schema": "http://json-schema.org/draft-04/schema#"}
    validator = Draft4Validator(meta, registry=registry)
    count = 0
    for name in workspaces():
        for place, schema in schemas(name, vendor="com.acme", version="1-2-0").items():
            validator.validate(schema)
            described = schema["self"]
            assert place == f"schemas/com.acme/{described['name']}/jsonschema/1-2-0"
            assert (described["vendor"], described["version"]) == ("com.acme", "1-2-0")
            count += 1
    assert count > 30
    broken = next(iter(schemas("hard").values())) | {"self": {"vendor": "a b"}}
    assert not validator.is_valid(broken)


def test_schemas_of_snowplow_judge_events() -> None:
    schema = next(iter(schemas("hard").values()))
    validator = Draft4Validator({key: value for key, value in schema.items() if key not in ("$schema", "self")})
    assert validator.is_valid(GOOD)
    for key, value in BAD.items():
        assert not validator.is_valid(GOOD | {key: value}), key
    for key in GOOD:
        assert not validator.is_valid({name: value for name, value in GOOD.items() if name != key})


def test_all_three_tools_have_the_same_properties_and_the_same_required_ones() -> None:
    for name, workspace in workspaces().items():
        events = {event.name: event for plan in event_plans(workspace) for event in plan.events}
        wanted = {key: ({each.name for each in one.properties}, set(one.required)) for key, one in events.items()}
        inner = {rule["key"]: rule["jsonSchema"]["properties"]["properties"] for rule in rules(name)}
        of_segment = {key: (set(one["properties"]), set(one.get("required", ()))) for key, one in inner.items()}
        of_snowplow = dict(
            zip(
                events,
                ((set(one["properties"]), set(one.get("required", ()))) for one in schemas(name).values()),
                strict=True,
            )
        )
        assert of_segment == of_snowplow == of_rudderstack(name) == wanted


def of_rudderstack(name: str) -> dict[str, tuple[set[str], set[str]]]:
    files = [yaml.safe_load(data) for data in written("rudderstack", workspaces()[name]).values()]
    named = {
        f"#{kind}:{each['id']}": each["name"]
        for file in files
        for kind, key in (("property", "properties"), ("event", "events"))
        for each in file["spec"].get(key, ())
    }
    found = {}
    for file in files:
        for rule in file["spec"].get("rules", ()):
            properties = rule.get("properties", ())
            every = {named[each["property"]] for each in properties}
            found[named[rule["event"]]] = (
                every,
                {named[each["property"]] for each in properties if each["required"]},
            )
    return found


@pytest.mark.parametrize(
    ("name", "value"), [("vendor", ".."), ("vendor", "a b"), ("version", "1.0"), ("version", "")]
)
def test_a_setting_that_a_registry_does_not_take_is_refused(name: str, value: str) -> None:
    workspace = workspaces()["hard"]
    refused = [
        loss for loss in snowplow.workspace_losses(workspace, settings("snowplow", **{name: value})) if loss.refused
    ]
    assert len(refused) == 1
    assert all(".." not in path for path in written("snowplow", workspace, **{name: value}))


def test_events_that_share_a_title_are_refused_where_titles_are_names() -> None:
    workspace = workspaces()["hard"]
    told = [
        loss for loss in segment.workspace_losses(workspace, settings("segment", names="title")) if loss.refused
    ]
    assert [loss.where for loss in told] == [("plan.agreed", "plan.agreed_again")]
    (loss,) = [
        loss for loss in segment.workspace_losses(workspace, settings("segment", version="x")) if loss.refused
    ]
    assert "version" in loss.what


@pytest.mark.parametrize("target", [segment, snowplow, rudderstack])
def test_a_workspace_without_events_is_refused(target: Any) -> None:
    name = target.TARGET.name
    for workspace in (*workspaces().values(), replace(workspaces()["hard"], documents=())):
        refused = [loss for loss in target.workspace_losses(workspace, settings(name)) if loss.refused]
        assert bool(refused) == (not written(name, workspace))


def test_no_file_has_more_rules_than_a_call_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "_MOST", 3)
    found = {name: json.loads(data)["rules"] for name, data in written("segment", workspaces()["hard"]).items()}
    assert {name: len(told) for name, told in found.items()} == {
        "hard.segment.rules.json": 3,
        "hard.segment.rules-2.json": 1,
    }


def test_golden() -> None:
    for name, data in written("segment", workspaces()["hard"]).items():
        check_golden(f"hard.{name}", data)
    check_golden("hard.snowplow.plan_agreed.json", next(iter(written("snowplow", workspaces()["hard"]).values())))
