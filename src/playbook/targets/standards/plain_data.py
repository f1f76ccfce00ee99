"""Templates and plans as plain data, with nothing left out: what ``tasks.v1.schema.json`` describes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any

from playbook.plans.plan import Plan, PlannedTask
from playbook.plans.template import Template
from playbook.text.quantities import Duration

VERSION = 1


def template_data(template: Template) -> dict[str, Any]:
    """A template as an object whose keys are the names of its fields."""
    content: dict[str, Any] = _plain(template)
    content["ends"] = {id_: {"title": title, "success": success} for id_, (title, success) in template.ends.items()}
    del content["version"]
    head = {"version": VERSION, "kind": "template", "name": template.name, "playbook_version": template.version}
    return head | content


def plan_data(plan: Plan) -> dict[str, Any]:
    """A plan as an object; its tasks name their steps, of which the template of that name says the rest."""
    account = {name: value for name, value in _plain(plan.account).items() if name != "line"}
    account["fields"] = {name: _value(value) for name, value in plan.account.fields.items()}
    account["collections"] = {
        name: [{key: _value(value) for key, value in item.items()} for item in items]
        for name, items in plan.account.collections.items()
    }
    return {
        "version": VERSION,
        "kind": "plan",
        "template": plan.template.name,
        "playbook_version": plan.template.version,
        "account": account,
        "segment": plan.segment,
        "continued": plan.continued,
        "anchors": _plain(plan.anchors),
        "tasks": [_task(task) for task in plan.tasks],
        "milestones": _plain(plan.milestones),
        "left_out": _plain(plan.left_out),
        "notes": _plain(plan.notes),
    }


def _task(planned: PlannedTask) -> dict[str, Any]:
    """The step and its stage in place of the task's template, and not the account once more."""
    head = {"key": planned.key, "step": planned.task.step, "stage": planned.task.stage, "role": planned.task.owner}
    rest = {
        field.name: _plain(getattr(planned, field.name))
        for field in fields(planned)
        if field.name not in ("key", "task", "account")
    }
    return head | rest


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name))
            for field in fields(value)
            if not field.name.startswith("_")
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _value(value: Any) -> Any:
    """A value of a field. What JSON has no type for is an object that names its type."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, timedelta):
        return {"seconds": value.total_seconds()}
    if isinstance(value, Duration):
        return {"duration": _plain(value)}
    if isinstance(value, frozenset):
        return {"set": [_value(each) for each in sorted(value, key=repr)]}
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": str(value)}
    return value
