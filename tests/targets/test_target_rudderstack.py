from __future__ import annotations

from typing import Any

import pytest
import yaml
from tests.targets.rudder_rules import RULES, problems
from tests.targets.standard_plans import check_golden, settings
from tests.targets.tracked_workspaces import contract, workspaces, written

from playbook.targets.instrumentation.events import event_plans
from playbook.targets.instrumentation.rudderstack import workspace_losses

KINDS = ("properties", "events", "categories", "tracking-plan", "*")


def documents() -> list[Any]:
    folder = contract("rudderstack")
    if not folder.is_dir():
        return []
    found = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.docs.yaml"))]
    return [each for each in found if each["rule_id"] in RULES]


def examples(document: Any) -> list[Any]:
    return [
        part
        for part in document["match_behavior"]
        if any(one["version"] in ("rudder/v1", "*") and one["kind"] in KINDS for one in part["applies_to"])
    ]


def files(example: Any) -> list[Any]:
    return [yaml.safe_load(text) for text in example["files"].values()]


def test_the_rules_agree_with_the_examples_of_the_vendor() -> None:
    found = documents()
    if not found:
        pytest.skip("needs the rule documents of rudder-iac in ../shared/contracts")
    assert {each["rule_id"] for each in found} == set(RULES) - {"references"}
    checked = 0
    for document in found:
        _, rule = RULES[document["rule_id"]]
        for part in examples(document):
            valid = [file for example in part["valid"] for file in files(example)]
            for example in part["valid"]:
                for file in files(example):
                    assert not list(rule(file, [file])), example["example_id"]
            for example in part["invalid"]:
                (file,) = files(example)
                # A duplicate is one of what stands in the other files of the project.
                graph = [*valid, file] if "semantic" in document["rule_id"] else [file]
                told = list(rule(file, graph))
                for expected in example["expected_diagnostics"]:
                    words = expected["message_contains"]
                    assert any(place == expected["reference"] and words in message for place, message in told), (
                        example["example_id"],
                        told,
                    )
                    checked += 1
    assert checked >= 9


def project(data: dict[str, bytes]) -> list[Any]:
    return [yaml.safe_load(text) for text in data.values()]


@pytest.mark.parametrize("names", ["id", "title"])
@pytest.mark.parametrize("unplanned", ["allow", "refuse"])
def test_every_project_keeps_the_rules(names: str, unplanned: str) -> None:
    for name, workspace in workspaces().items():
        graph = project(written("rudderstack", workspace, names=names, unplanned=unplanned))
        assert problems(graph) == [], name
        assert bool(graph) == bool(event_plans(workspace))
        rules = [rule for file in graph if file["kind"] == "tracking-plan" for rule in file["spec"]["rules"]]
        assert {rule["additional_properties"] for rule in rules} <= {unplanned == "allow"}


def test_the_rules_find_what_is_broken() -> None:
    graph = project(written("rudderstack", workspaces()["hard"]))
    properties, events, plan = graph
    properties["spec"]["properties"][0]["config"] = {"minimum": 1}
    del events["spec"]["events"][0]["event_type"]
    plan["spec"]["rules"][0]["event"] = "#event:unknown"
    assert len(problems(graph)) == 3


def test_the_values_of_a_choice_are_read_as_text_by_a_reader_of_yaml_1_1() -> None:
    properties, *_ = project(written("rudderstack", workspaces()["hard"]))
    by_name = {each["name"]: each for each in properties["spec"]["properties"]}
    assert by_name["plan"]["config"]["enum"] == ["yes", "no", "on"]
    assert by_name["levels"]["config"]["enum"] == [1, 2, 3]
    assert "type" not in by_name["twice"]


def test_what_is_not_carried_is_told() -> None:
    told = {
        loss.what: loss for loss in workspace_losses(workspaces()["hard"], settings("rudderstack", names="title"))
    }
    assert told["names of events"].where == ("plan.agreed_again",)
    assert told["titles of tracking plans"].where == ("hard",)
    assert told["allowed values of lists"].where == ("tags",)
    assert set(told["types of properties"].where) == {"twice", "the value", "価値", "the_value"}
    assert "account.seats" in told["fields"].where


def test_golden() -> None:
    for name, data in written("rudderstack", workspaces()["hard"]).items():
        check_golden(f"hard.rudderstack.{name}", data)
