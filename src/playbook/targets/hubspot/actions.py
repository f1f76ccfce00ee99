"""The actions of HubSpot's workflows: tasks made for the enrolled record, and waiting for a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from playbook.plans.template import TaskTemplate, Template
from playbook.targets.files.owners import is_colleague
from playbook.targets.hubspot.due import week_of, whole_days_of
from playbook.targets.hubspot.naming import owner_name
from playbook.targets.hubspot.records import Record
from playbook.targets.hubspot.task_text import one_line, priority, task_type, template_body

TOKEN = re.compile(r"\{(?=[{%#])")
"""What begins a token or a tag, which HubSpot would fill in."""

_MINUTES_A_DAY = 1440


def create_task(template: Template, task: TaskTemplate, record: Record, prefix: str) -> dict[str, Any]:
    """The fields of the action that makes a task; when it is due is not among them."""
    target = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": record.from_task}
    fields: dict[str, Any] = {
        "task_type": task_type(task),
        "subject": untokened(one_line(task.title)),
        "body": untokened(template_body(template, task)),
        "associations": [{"target": target, "value": {"type": "ENROLLED_OBJECT"}}],
        "use_explicit_associations": "true",
        "priority": priority(task),
    }
    if task.owner and is_colleague(template, task.owner):
        value = {"type": "OBJECT_PROPERTY", "propertyName": owner_name(prefix, task.owner)}
        fields["owner_assignment"] = {"type": "CUSTOM", "value": value}
    return fields


def due_after(template: Template, task: TaskTemplate, at: time) -> dict[str, Any]:
    """When a task is due, counted from the enrolment; empty if nothing says when."""
    if task.due is None:
        return {}
    days = whole_days_of(template, task.due)
    return due_in(days.count, week_of(template) if days.business else (), at)


def due_in(days: int, week: Sequence[str], at: time) -> dict[str, Any]:
    """When a task is due: so many days from now, counted on those of a week (on all, if none are named)."""
    moment = {"hour": at.hour, "minute": at.minute}
    return {"due_time": {"delta": days, "timeUnit": "DAYS", "timeOfDay": moment, "daysOfWeek": list(week)}}


def delay_until(name: str, days: int, at: time) -> dict[str, Any]:
    """The fields of the action that waits until so many days after the date in a property, or before it."""
    return {
        "date": {"type": "OBJECT_PROPERTY", "propertyName": name},
        "delta": str(days * _MINUTES_A_DAY),
        "time_unit": "MINUTES",
        "time_of_day": {"hour": at.hour, "minute": at.minute},
    }


def chain(steps: Sequence[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Actions one after the other, from their type ids and fields."""
    actions = []
    for number, (type_id, fields) in enumerate(steps, 1):
        action: dict[str, Any] = {
            "actionId": str(number),
            "actionTypeId": type_id,
            "actionTypeVersion": 0,
            "type": "SINGLE_CONNECTION",
            "fields": fields,
        }
        if number < len(steps):
            action["connection"] = {"edgeType": "STANDARD", "nextActionId": str(number + 1)}
        actions.append(action)
    return actions


def untokened(text: str) -> str:
    """The text with a space in what would begin a token."""
    return TOKEN.sub("{ ", text)
