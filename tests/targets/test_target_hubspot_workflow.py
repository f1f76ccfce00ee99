from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.subjects import shipped
from tests.targets.hubspot_contract import NAME, of_template, of_workspace, settings
from tests.targets.samples import hostile_template, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden

from playbook.plans.template import Offset, TaskTemplate, Template
from playbook.plans.templating import template_of
from playbook.targets.hubspot.due import Days, week_of, whole_days_of
from playbook.targets.registry import own_losses

REQUIRED = {
    "actions",
    "blockedDates",
    "canEnrollFromSalesforce",
    "customProperties",
    "dataSources",
    "flowType",
    "isEnabled",
    "objectTypeId",
    "suppressionListIds",
    "timeWindows",
    "type",
}
"""What HubSpot's OpenAPI document of the automation API (v4) requires of a new workflow."""

LINKS = {"0-1": 204, "0-2": 192, "0-3": 216, "0-5": 230}
DATE = re.compile(r"\b20\d\d-\d\d-\d\d\b")


@pytest.fixture(scope="module")
def templates() -> Mapping[str, Template]:
    return {**shipped_templates(), "hostile": hostile_template()}


def flows_of(template: Template, **said: str) -> dict[str, dict[str, Any]]:
    files = of_template("hubspot-workflow", template, **said)
    flows = {name: json.loads(data) for name, data in files.items() if name.endswith(".flow.json")}
    requests = json.loads(files[f"{template.name}.flow.requests.json"])
    assert requests["scopes"] == ["automation"]
    assert [each["body"] for each in requests["requests"]] == list(flows)
    return flows


def check_flow(flow: dict[str, Any]) -> None:
    """What the reference of actions wants: actions in a chain, all values of the kinds that it shows."""
    assert flow.keys() >= REQUIRED
    assert flow["isEnabled"] is False
    assert flow["flowType"] == "WORKFLOW"
    assert flow["type"] == ("CONTACT_FLOW" if flow["objectTypeId"] == "0-1" else "PLATFORM_FLOW")
    assert "enrollmentCriteria" not in flow
    ids = [action["actionId"] for action in flow["actions"]]
    assert ids == [str(number) for number in range(1, len(ids) + 1)]
    assert (flow["startActionId"], flow["nextAvailableActionId"]) == ("1", str(len(ids) + 1))
    for action, after in zip(flow["actions"], [*ids[1:], None], strict=True):
        assert action["actionTypeVersion"] == 0
        assert action["type"] == "SINGLE_CONNECTION"
        assert action.get("connection") == (after and {"edgeType": "STANDARD", "nextActionId": after})
        check = {"0-3": check_task, "0-35": check_delay}[action["actionTypeId"]]
        check(action["fields"], flow["objectTypeId"])


def check_task(fields: dict[str, Any], object_type: str) -> None:
    assert fields["task_type"] in ("CALL", "EMAIL", "TODO")
    assert fields["priority"] in ("LOW", "MEDIUM", "HIGH")
    assert fields["use_explicit_associations"] == "true"
    (link,) = fields["associations"]
    assert link["target"]["associationTypeId"] == LINKS[object_type]
    assert not re.search(r"\{[{%#]", fields["subject"] + fields["body"])
    if "owner_assignment" in fields:
        assert NAME.match(fields["owner_assignment"]["value"]["propertyName"])
    if "due_time" in fields:
        due = fields["due_time"]
        assert isinstance(due["delta"], int)
        assert due["delta"] >= 0
        assert due["timeUnit"] == "DAYS"
        assert due["timeOfDay"] == {"hour": 9, "minute": 0}
        assert due["daysOfWeek"] in ([], ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"])


def check_delay(fields: dict[str, Any], object_type: str) -> None:
    del object_type
    assert fields["date"]["type"] == "OBJECT_PROPERTY"
    assert NAME.match(fields["date"]["propertyName"])
    assert re.fullmatch(r"-\d+", fields["delta"])
    assert int(fields["delta"]) % 1440 == 0
    assert fields["time_unit"] == "MINUTES"


def keys_of(flows: dict[str, dict[str, Any]]) -> list[str]:
    bodies = [action["fields"].get("body", "") for flow in flows.values() for action in flow["actions"]]
    return [body.rpartition("<br>Key: ")[2] for body in bodies if body]


def moved(template: Template, step: str, due: Offset | None, start: Offset | None = None) -> Template:
    tasks = tuple(replace(task, due=due, start=start) if task.step == step else task for task in template.tasks)
    return replace(template, tasks=tasks, _by_step={})


def losses_of(template: Template, **said: str) -> dict[str, tuple[str, ...]]:
    chosen = settings("hubspot-workflow", **said)
    return {loss.what: loss.where for loss in own_losses("hubspot-workflow", template, chosen)}


@pytest.mark.parametrize("record", ["company", "contact", "deal", "ticket"])
def test_every_step_is_a_task_of_one_workflow_turned_off(record: str, templates: Mapping[str, Template]) -> None:
    for template in templates.values():
        flows = flows_of(template, record=record)
        for flow in flows.values():
            check_flow(flow)
        assert sorted(keys_of(flows)) == sorted(task.key for task in template.tasks)


def test_a_template_has_no_dates_and_no_people(templates: Mapping[str, Template]) -> None:
    for name, template in templates.items():
        for data in of_template("hubspot-workflow", template).values():
            text = data.decode()
            said = DATE.findall(text)
            assert all(any(day in task.description for task in template.tasks) for day in said), name
            assert "ada@acme.example" not in text


def test_workflows_read_only_properties_that_are_made() -> None:
    for subject in shipped().values():
        files = of_workspace("hubspot-properties", subject.workspace)
        made = {each["name"]: each["type"] for each in json.loads(files["companies.properties-01.json"])["inputs"]}
        whole = (subject.playbook, *subject.playbook.variants)
        for flow in (flow for each in whole for flow in flows_of(template_of(each)).values()):
            for action in flow["actions"]:
                fields = action["fields"]
                if "owner_assignment" in fields:
                    assert made[fields["owner_assignment"]["value"]["propertyName"]] == "enumeration"
                if "date" in fields:
                    assert made[fields["date"]["propertyName"]] == "date"


def test_due_dates_are_counted_from_the_enrolment_in_order() -> None:
    flow = flows_of(sample_template())["enterprise_onboarding_closed_won.flow.json"]
    due = [action["fields"]["due_time"]["delta"] for action in flow["actions"]]
    assert due == [1, 2, 5, 10]
    owners = [action["fields"]["owner_assignment"]["value"]["propertyName"] for action in flow["actions"]]
    assert owners == ["playbook_owner_ae", *["playbook_owner_csm"] * 3]


def test_what_is_due_before_an_anchor_waits_for_its_date() -> None:
    template = moved(sample_template(), "connect_sso", Offset("go_live", -10, "bd"), Offset("go_live", -15, "bd"))
    flow = flows_of(template)["enterprise_onboarding_go_live_before.flow.json"]
    waits = [int(each["fields"]["delta"]) // 1440 for each in flow["actions"] if each["actionTypeId"] == "0-35"]
    assert waits == sorted(waits)
    (sso,) = (each for each in flow["actions"] if "single sign-on" in each["fields"].get("subject", ""))
    wait = flow["actions"][int(sso["actionId"]) - 2]
    assert wait["fields"]["delta"] == str(-21 * 1440)
    # Ten business days before the anchor are 14 days of the calendar, and the work starts seven ahead of that.
    assert sso["fields"]["due_time"]["delta"] == 7
    assert "owner_assignment" not in sso["fields"]


def test_what_is_due_before_an_anchor_can_be_left_out() -> None:
    template = sample_template()
    before = ("migrate_data", "connect_sso", "train_admins")
    assert sorted(losses_of(template)["due dates before an anchor"]) == sorted(before)
    left = flows_of(template, before="leave_out")
    assert not any("before" in name for name in left)
    assert not any(key.endswith(step) for key in keys_of(left) for step in before)
    assert sorted(losses_of(template, before="leave_out")["steps that are due before an anchor"]) == sorted(before)


@pytest.mark.parametrize(
    ("offset", "days"),
    [
        (Offset("a", 5, "bd"), Days(5, True, True)),
        (Offset("a", 2, "w"), Days(14, False, True)),
        (Offset("a", 1, "mo"), Days(31, False, False)),
        (Offset("a", 4, "bh"), Days(1, True, False)),
        (Offset("a", 48, "h"), Days(2, False, True)),
        (Offset("a", 90, "min"), Days(1, False, False)),
        (Offset("a", 0, "d"), Days(0, False, True)),
        (Offset("a", -1.5, "bd"), Days(-2, True, False)),
    ],
)
def test_offsets_in_whole_days(offset: Offset, days: Days) -> None:
    assert whole_days_of(sample_template(), offset) == days
    told = losses_of(moved(sample_template(), "write_brief", offset))
    assert ("exact due times" in told) is not days.exact


def test_a_task_without_a_date_comes_with_the_first_ones() -> None:
    template = moved(sample_template(), "connect_sso", None)
    flow = flows_of(template)["enterprise_onboarding_closed_won.flow.json"]
    (sso,) = (each for each in flow["actions"] if "single sign-on" in each["fields"]["subject"])
    assert "due_time" not in sso["fields"]
    assert losses_of(template)["when work without a date begins"] == ("connect_sso",)


def test_losses_name_owners_outside_and_tokens() -> None:
    template = sample_template()
    first: TaskTemplate = replace(template.tasks[0], title="Greet {{ contact.firstname }}")
    template = replace(template, tasks=(first, *template.tasks[1:]), _by_step={})
    told = losses_of(template)
    assert told["double braces"] == ("write_brief",)
    assert "connect_sso" in told["owners outside one's own company"]
    flow = flows_of(template)["enterprise_onboarding_closed_won.flow.json"]
    assert flow["actions"][0]["fields"]["subject"] == "Greet { { contact.firstname }}"


def test_roles_with_one_property_name_are_refused() -> None:
    template = sample_template()
    task = template.tasks[0]
    roles = {
        **template.roles,
        "a_e": replace(template.roles["ae"], id="a_e"),
        "a__e": replace(template.roles["ae"], id="a__e"),
    }
    tasks = (replace(task, owner="a_e"), replace(template.tasks[1], owner="a__e"), *template.tasks[2:])
    alike = replace(template, roles=roles, tasks=tasks, _by_step={})
    assert losses_of(alike)["roles"] == ("a_e", "a__e")


def test_anchors_with_one_property_name_are_refused() -> None:
    template = sample_template()
    anchors = {**template.anchors, "go__live": replace(template.anchors["go_live"], id="go__live")}
    assert losses_of(replace(template, anchors=anchors, _by_step={}))["anchors"] == ("go_live", "go__live")
    assert "anchors" not in losses_of(template)


def test_a_workflow_before_an_anchor_has_a_name_of_its_own() -> None:
    template = sample_template()
    before = replace(template.anchors["go_live"], id="go_live_before")
    template = replace(template, anchors={**template.anchors, before.id: before}, _by_step={})
    flows = flows_of(moved(template, "write_brief", Offset(before.id, 1)))
    assert sorted(keys_of(flows)) == sorted(task.key for task in template.tasks)


def test_variants_and_anchors_never_write_over_each_other(templates: Mapping[str, Template]) -> None:
    names = [
        name
        for template in templates.values()
        if template is not templates["hostile"]
        for name in flows_of(template)
    ]
    assert len(names) == len(set(names))
    template = sample_template()
    anchors = {f"go{dot}live": replace(template.anchors["go_live"], id=f"go{dot}live") for dot in "._"}
    tasks = tuple(
        replace(task, start=None, due=Offset(anchor, 1), key=f"{task.key}{anchor}")
        for anchor in anchors
        for task in template.tasks
    )
    assert len(flows_of(replace(template, anchors=anchors, tasks=tasks, _by_step={}))) == 2


def test_golden_workflow() -> None:
    files = of_template("hubspot-workflow", sample_template())
    check_golden("hubspot.enterprise.before.flow.json", files["enterprise_onboarding_go_live_before.flow.json"])


def test_business_days_are_the_days_and_hours_of_the_calendar() -> None:
    template = replace(sample_template(), week=("mon", "tue", "wed", "thu", "sun"), hours_a_day=4.0)
    assert week_of(template) == ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "SUNDAY"]
    assert whole_days_of(template, Offset("a", 8, "bh")) == Days(2, True, False)
    every_day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    assert week_of(replace(template, week=every_day)) == []
