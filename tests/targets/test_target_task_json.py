from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from importlib.resources import files
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from jsonschema import Draft202012Validator
from tests.targets.samples import hostile_template, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden, settings, working_plan

from playbook.plans.account import Account
from playbook.plans.plan import PersonBinding, Plan, PlannedTask, PlanNote
from playbook.plans.template import (
    AnchorTemplate,
    ChecklistLine,
    HandoffTemplate,
    MilestoneTemplate,
    Offset,
    RoleTemplate,
    RoutineTemplate,
    StageTemplate,
    TaskTemplate,
    Template,
)
from playbook.targets.registry import plan_files, template_files
from playbook.targets.standards import task_json
from playbook.text.quantities import Duration, parse_duration

SCHEMA = json.loads(
    files("playbook.targets.standards").joinpath("tasks.v1.schema.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)


def template_object(template: Template) -> dict[str, Any]:
    (file,) = template_files("task-json", template, settings("task-json"))
    found: dict[str, Any] = json.loads(file.data)
    return found


def plan_object(plan: Plan) -> dict[str, Any]:
    *_, file = plan_files("task-json", [plan], settings("task-json"))
    found: dict[str, Any] = json.loads(file.data)
    return found


def built(kind: Any, data: Any) -> Any:
    """Data as a value of a type: the way back, by the types of the fields alone."""
    origin = get_origin(kind)
    if origin in (UnionType, Union):
        return (
            None if data is None else built(next(each for each in get_args(kind) if each is not type(None)), data)
        )
    if origin is Literal:
        return data
    if origin is tuple:
        return tuple(built(get_args(kind)[0], each) for each in data)
    if origin in (dict, Mapping) or (isinstance(origin, type) and issubclass(origin, Mapping)):
        return {key: built(get_args(kind)[1], value) for key, value in data.items()}
    if kind is date:
        return date.fromisoformat(data)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(
            **{each.name: built(hints[each.name], data[each.name]) for each in fields(kind) if each.name in data}
        )  # type: ignore[operator]
    return data


def template_from(data: dict[str, Any]) -> Template:
    ends = {id_: (end["title"], end["success"]) for id_, end in data["ends"].items()}
    read = built(Template, data | {"ends": {}, "version": data["playbook_version"]})
    template: Template = replace(read, ends=ends, _by_step={})
    return template


def value_from(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(map(value_from, data))
    if isinstance(data, dict):
        ((kind, value),) = data.items()
        read = {
            "date": date.fromisoformat,
            "seconds": lambda seconds: timedelta(seconds=seconds),
            "duration": lambda duration: built(Duration, duration),
            "set": lambda values: frozenset(map(value_from, values)),
            "number": float,
        }
        return read[kind](value)  # type: ignore[operator]
    return data


def plan_from(data: dict[str, Any], template: Template) -> Plan:
    told = data["account"]
    account = replace(
        built(Account, told | {"fields": {}, "collections": {}}),
        fields={name: value_from(value) for name, value in told["fields"].items()},
        collections={
            name: tuple({key: value_from(value) for key, value in item.items()} for item in items)
            for name, items in told["collections"].items()
        },
    )
    tasks = []
    hints = get_type_hints(PlannedTask)
    for each in data["tasks"]:
        rest = {name: built(hints[name], value) for name, value in each.items() if name in hints}
        tasks.append(PlannedTask(**rest | {"task": template.task(each["step"]), "account": account}))
    return Plan(
        template=template,
        account=account,
        anchors=built(Mapping[str, date], data["anchors"]),
        tasks=tuple(tasks),
        milestones=built(Mapping[str, date], data["milestones"]),
        notes=built(tuple[PlanNote, ...], data["notes"]),
        left_out=data["left_out"],
        segment=data["segment"],
    )


@pytest.fixture(scope="module")
def templates() -> dict[str, Template]:
    return shipped_templates() | {"hostile": hostile_template()}


def test_every_template_is_read_back_as_it_was(templates: dict[str, Template]) -> None:
    for template in templates.values():
        data = template_object(template)
        VALIDATOR.validate(data)
        assert template_from(data) == template


def test_every_plan_is_read_back_as_it_was(templates: dict[str, Template]) -> None:
    for template in templates.values():
        plan = working_plan(template)
        data = plan_object(plan)
        VALIDATOR.validate(data)
        assert plan_from(data, template) == plan


def test_a_plan_with_all_that_one_can_have() -> None:
    plan = working_plan(sample_template())
    account = replace(
        plan.account,
        fields={
            "account.arr": 12.5,
            "account.go_live": date(2027, 1, 4),
            "account.text": "2027-01-04",
            "account.sso": True,
            "account.none": None,
            "account.tags": frozenset({"b", "a"}),
            "account.list": ("x", date(2027, 1, 4)),
            "account.wait": parse_duration("1..2bd"),
            "account.span": timedelta(days=2),
            "account.most": float("inf"),
        },
        roles={"ae": "ada@acme.example"},
        collections={"contacts": ({"contact.role": "admin", "name": "Bo"}, {})},
    )
    ada = PersonBinding("ada@acme.example", "Ada", {"asana_user": "1"})
    first = replace(
        plan.tasks[0], account=account, owner=ada, people={"ae": ada}, item="Bo", occurrence=2, former=("a/b/c",)
    )
    tasks = (first, replace(plan.tasks[1], account=account, starts=None, due=None))
    plan = replace(
        plan,
        account=account,
        tasks=tasks,
        notes=(PlanNote("owner", "csm", "nobody is given"),),
        left_out={"connect_sso": "not wanted"},
        segment="enterprise",
    )
    data = plan_object(plan)
    VALIDATOR.validate(data)
    assert plan_from(data, plan.template) == plan


PARTS = {
    "task": TaskTemplate,
    "stage": StageTemplate,
    "milestone": MilestoneTemplate,
    "anchor": AnchorTemplate,
    "role": RoleTemplate,
    "handoff": HandoffTemplate,
    "routine": RoutineTemplate,
    "checklist_line": ChecklistLine,
    "offset": Offset,
    "duration": Duration,
    "person": PersonBinding,
    "note": PlanNote,
}


@pytest.mark.parametrize("name", PARTS)
def test_the_schema_has_every_field(name: str) -> None:
    assert set(SCHEMA["$defs"][name]["properties"]) == {field.name for field in fields(PARTS[name])}


def test_the_schema_has_every_field_of_templates_plans_and_planned_tasks() -> None:
    known = {
        name: set(SCHEMA["$defs"][name]["properties"]) for name in ("template", "plan", "planned_task", "account")
    }
    named = {
        name: {field.name for field in fields(kind) if not field.name.startswith("_")}
        for name, kind in (
            ("template", Template),
            ("plan", Plan),
            ("planned_task", PlannedTask),
            ("account", Account),
        )
    }
    assert known["template"] == named["template"] | {"kind", "name", "playbook_version"}
    assert known["plan"] == named["plan"] | {"version", "kind", "playbook_version"}
    assert known["planned_task"] == named["planned_task"] - {"task", "account"} | {"step", "stage", "role"}
    # Where an account stands in its file is nobody's business later.
    assert known["account"] == named["account"] - {"line"}


def test_the_schema_is_sound_and_refuses() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    good = plan_object(working_plan(sample_template()))
    for wrong in (
        good | {"version": 2},
        good | {"kind": "template"},
        {key: value for key, value in good.items() if key != "account"},
        good | {"anchors": {"closed_won": "1.12.2026"}},
        good | {"tasks": [good["tasks"][0] | {"due": 5}]},
    ):
        assert not VALIDATOR.is_valid(wrong)
    assert VALIDATOR.is_valid(good | {"added_later": 1})


def test_lines_are_the_same_plans_in_files_of_a_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    template = sample_template("self_serve")
    plans = [working_plan(template, f"a{number}", f"A {number}") for number in range(5)]
    single = [plan_object(plan) for plan in plans]
    monkeypatch.setattr(task_json, "_MOST_BYTES", len(json.dumps(single[:2])))
    written = list(plan_files("task-json", iter(plans), settings("task-json", files="lines")))
    names = [file.name for file in written]
    assert sorted(names) == sorted([f"{template.name}.template.json", *names[1:]])
    assert names.count("plans.jsonl") == names.count("plans-2.jsonl") == 1
    lines = [json.loads(line) for file in written[1:] for line in file.data.splitlines()]
    assert lines == single


def test_the_template_is_written_once() -> None:
    plans = [working_plan(sample_template(), account) for account in ("a", "b")]
    names = [file.name for file in plan_files("task-json", iter(plans), settings("task-json"))]
    name = "enterprise_onboarding"
    assert names == [f"{name}.template.json", f"{name}.a.plan.json", f"{name}.b.plan.json"]


def test_golden() -> None:
    template = sample_template("self_serve")
    for file in plan_files("task-json", [working_plan(template)], settings("task-json")):
        check_golden(file.name, file.data)
