"""A plan → records of Salesforce, each as values by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeAlias

from playbook.plans.plan import PersonBinding, Plan, PlannedTask
from playbook.plans.template import Template
from playbook.targets.files.notes import notes_within, planned_notes
from playbook.targets.files.short_text import shortened
from playbook.targets.salesforce.fields import KEY, ONBOARDING, ONBOARDING_TASK
from playbook.targets.salesforce.names import (
    MOST_IN_COMMENTS,
    MOST_IN_RECORD_NAME,
    MOST_IN_TEXT,
    key_text,
    one_line,
)
from playbook.targets.target import Option, Settings

Value: TypeAlias = str | date | None
Record: TypeAlias = dict[str, Value]

TASKS = Option(
    "tasks",
    "Where tasks go: the tasks that Salesforce has (activities), or records of an object of their own "
    "(Onboarding_Task__c).",
    "activities",
    ("activities", "records"),
)
PRIORITY = Option("priority", "The priority of a task, as your picklist has it; empty for your default.", "Normal")
CRITICAL = Option("critical_priority", "The priority of a task on the critical path.", "High")
STATUS = Option(
    "status",
    "The status of a task. Left empty, new tasks have your default, and a second import leaves statuses alone.",
)
NOTES = Option(
    "notes",
    "Whether the text of a task is written. With no, a second import leaves alone what people noted there.",
    "yes",
    ("yes", "no"),
)

OF_ACCOUNT = re.compile(r"001[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?\Z")
"""The id of an account in Salesforce."""

# Which field of which object takes what of a task.
_FIELDS: dict[str, dict[str, str]] = {
    "activities": {
        "title": "Subject",
        "due": "ActivityDate",
        "priority": "Priority",
        "status": "Status",
        "notes": "Description",
        "start": "Playbook_Start__c",
        "stage": "Playbook_Stage__c",
        "role": "Playbook_Role__c",
    },
    "records": {
        "title": "Title__c",
        "due": "Due_Date__c",
        "priority": "Priority__c",
        "status": "Status__c",
        "notes": "Notes__c",
        "start": "Start_Date__c",
        "stage": "Stage__c",
        "role": "Role__c",
    },
}


def task_object(settings: Settings) -> str:
    """The object that takes tasks."""
    return "Task" if settings["tasks"] == "activities" else ONBOARDING_TASK


def parent_field(settings: Settings) -> str:
    """The field of a task that holds its onboarding."""
    return "WhatId" if settings["tasks"] == "activities" else ONBOARDING


ONBOARDING_COLUMNS = (
    KEY,
    "Name",
    "Account__c",
    "Account_Key__c",
    "Playbook__c",
    "Playbook_Version__c",
    "Start_Date__c",
    "Dates__c",
)
"""The fields of the record of an onboarding."""


def task_columns(settings: Settings) -> tuple[str, ...]:
    """The fields of the record of a task, without the one that holds its onboarding."""
    fields = _FIELDS[settings["tasks"]]
    name = ("Name",) if settings["tasks"] == "records" else ()
    priority = (fields["priority"],) if settings["priority"] or settings["critical_priority"] else ()
    status = (fields["status"],) if settings["status"] else ()
    notes = (fields["notes"],) if settings["notes"] == "yes" else ()
    shared = (fields[each] for each in ("title", "due", "stage", "role", "start"))
    return (KEY, *name, *shared, "OwnerId", *priority, *status, *notes)


def title_length(settings: Settings) -> int:
    """How long a title may be: a record of an object of its own is also named by it."""
    return MOST_IN_TEXT if settings["tasks"] == "activities" else MOST_IN_RECORD_NAME


def onboarding_key(plan: Plan) -> str:
    """The stable key of the onboarding of an account."""
    return key_text(f"{plan.template.id}/{plan.account.id}")


def onboarding_record(plan: Plan) -> Record:
    """The record of an onboarding. Its stage and its status are the team's and are not written."""
    template = plan.template
    start = next((anchor.id for anchor in template.anchors.values() if anchor.start), None)
    account = plan.account.id
    return {
        KEY: onboarding_key(plan),
        "Name": one_line(f"{plan.account.name or account}: {template.title}", MOST_IN_RECORD_NAME),
        "Account__c": account if OF_ACCOUNT.match(account) else None,
        "Account_Key__c": shortened(account, MOST_IN_TEXT),
        "Playbook__c": shortened(template.name, MOST_IN_TEXT),
        "Playbook_Version__c": shortened(template.version, MOST_IN_TEXT) if template.version else None,
        "Start_Date__c": plan.anchors.get(start) if start else None,
        "Dates__c": shortened("\n".join(_dates(plan)), MOST_IN_COMMENTS) or None,
    }


def task_records(plan: Plan, settings: Settings) -> Iterator[Record]:
    """The records of the tasks of a plan, without the field that holds their onboarding."""
    titles = {planned.key: planned.title for planned in plan.tasks}
    fields, columns = _FIELDS[settings["tasks"]], task_columns(settings)
    for planned in plan.tasks:
        values = _values(plan.template, planned, fields, settings)
        if fields["notes"] in columns:
            values[fields["notes"]] = notes_within(_notes(plan.template, planned, titles), MOST_IN_COMMENTS)
        yield {name: values[name] for name in columns}


def _values(template: Template, planned: PlannedTask, fields: Mapping[str, str], settings: Settings) -> Record:
    task = planned.task
    critical = settings["critical_priority"] if task.critical else ""
    return {
        KEY: key_text(planned.key),
        "Name": one_line(planned.title, MOST_IN_RECORD_NAME),
        "OwnerId": _owner(planned.owner),
        fields["title"]: one_line(planned.title, MOST_IN_TEXT),
        fields["due"]: planned.due,
        fields["stage"]: shortened(template.stages[task.stage].title, MOST_IN_TEXT),
        fields["role"]: shortened(template.role_title(task.owner), MOST_IN_TEXT) or None,
        fields["start"]: planned.starts,
        fields["priority"]: critical or settings["priority"] or None,
        fields["status"]: settings["status"] or None,
    }


def _notes(template: Template, planned: PlannedTask, titles: dict[str, str]) -> str:
    after = "".join(f"After: {titles.get(key, key)}\n" for key in planned.after)
    return f"{after}{planned_notes(template, planned)}"


def _owner(owner: PersonBinding | None) -> str | None:
    """The id of the user or queue in Salesforce."""
    return (owner.ids.get("salesforce_user") or owner.ids.get("salesforce_queue")) if owner else None


def _dates(plan: Plan) -> Iterator[str]:
    template = plan.template
    for anchor, day in plan.anchors.items():
        title = template.anchors[anchor].title if anchor in template.anchors else anchor
        yield f"{day.isoformat()} {title}"
    for milestone in template.milestones:
        if milestone.id in plan.milestones:
            yield f"{plan.milestones[milestone.id].isoformat()} {milestone.title}"
