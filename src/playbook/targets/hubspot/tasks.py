"""``hubspot-tasks``: the dated tasks of accounts as bodies of HubSpot's batch API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from playbook.plans.plan import Plan, PlannedTask
from playbook.plans.template import Template
from playbook.targets.hubspot.leftovers import undated, unlinked
from playbook.targets.hubspot.linking import links, record_id
from playbook.targets.hubspot.moments import (
    TIME_OPTION,
    ZONE_OPTION,
    DueTime,
    due_day,
    due_time,
    never_due,
    undated_row,
    wrong_times,
)
from playbook.targets.hubspot.naming import KEY_OPTION, wrong_key_property
from playbook.targets.hubspot.records import (
    API_OPTION,
    DATED_PATHS,
    LINK_TYPES,
    RECORD_OPTION,
    path,
)
from playbook.targets.hubspot.requests import Request, requests_file
from playbook.targets.hubspot.task_text import (
    NOTES_EVIDENCE,
    NOTES_LIMIT,
    TASK_VALUES,
    one_line,
    planned_body,
    priority,
    shortened,
    task_type,
)
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part
from playbook.targets.worked_out import WORKED_OUT

BATCH = 100

TARGET = Target(
    name="hubspot-tasks",
    title="HubSpot tasks",
    tool="HubSpot",
    what="CRM tasks of accounts with due dates, owners and links to their records, as bodies of the batch API.",
    form="JSON",
    group="CRM",
    modes=("plan",),
    carries={
        **WORKED_OUT,
        "stages": part("named in the notes"),
        "start_dates": none("a task of HubSpot has no start"),
        "durations": none("a task of HubSpot has no duration"),
        "people": part("by `hubspot_owner` of the organization; whoever has none is named in the notes"),
        "raci": part("in the notes"),
        "dependencies": none("tasks of HubSpot do not wait for each other"),
        "checklists": part("as lines of the notes"),
        "descriptions": FULL,
        "means": part("in the notes"),
        "custom_fields": part("named in the notes; hubspot-properties makes them"),
        "approvals": part("in the notes"),
        "repeats": part("a task for each occurrence up to the horizon"),
        "slas": part("in the notes"),
        "milestones": none("HubSpot has no milestones beside tasks"),
        "handoffs": none("HubSpot has no handoffs"),
        "routines": none("only steps become tasks"),
        "keys": FULL,
    },
    updates=False,
    dated_only=True,
    how=(
        "Make the task property for the stable key once (hubspot-properties does), or set key_property to nothing.",
        "Send each batch as a POST to the address in tasks.requests.json, with a token that has its scopes.",
        "Status 207 means that some tasks of a batch were refused: its answer lists them under errors.",
        "Do not send a batch twice, which makes its tasks twice: look tasks up before by a search for their key.",
        "unlinked.csv, if there is one, lists the accounts whose id is no record id of HubSpot.",
        "undated.csv, if there is one, lists the tasks that are left out since the date they hang on is not known.",
    ),
    limits=(
        Limit("inputs of a batch", BATCH, "tasks", "recalled", "HubSpot's guides to batches, from memory"),
        NOTES_LIMIT,
    ),
    evidence=(
        Evidence(
            "Bodies of batch/create and batch/upsert, with a due date in hs_timestamp and associations",
            "proven",
            "HubSpot's OpenAPI document of tasks (v3, rollout 424), held against every batch in the tests",
        ),
        TASK_VALUES,
        LINK_TYPES,
        NOTES_EVIDENCE,
        DATED_PATHS,
        Evidence(
            "batch/upsert updates the tasks whose unique property has a known value, and makes all others",
            "documented",
            "developers.hubspot.com, API reference: Create or update tasks in batch",
        ),
        Evidence(
            "Whether an account lets you make a property with unique values for tasks, which upsert needs",
            "recalled",
            "found in no source: try one task before write=upsert is relied on",
        ),
    ),
    options=(
        RECORD_OPTION,
        Option("record_id", "The field of an account that holds the id of its record; empty for its own id."),
        TIME_OPTION,
        ZONE_OPTION,
        KEY_OPTION,
        Option(
            "write",
            "How tasks are written: create makes them; upsert finds them by a key property with unique values "
            "(hubspot-properties makes it with unique_key=yes).",
            "create",
            ("create", "upsert"),
        ),
        API_OPTION,
    ),
    keys={"plan": "the key property, and the last line of the notes"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Batches of 100 tasks over all accounts, the list of requests, and lists of what is left out."""
    due, batch, number = due_time(settings), list[str](), 0
    accounts, tasks = unlinked(), undated()
    for each in plans:
        record = record_id(each, settings)
        if record is None:
            accounts.add((each.account.id, each.account.name))
        for planned in each.tasks:
            task = _input(each, planned, record, due, settings)
            if task is None:
                tasks.add(undated_row(each, planned))
                continue
            batch.append(json.dumps(task, ensure_ascii=False))
            if len(batch) == BATCH:
                number += 1
                yield _batch(number, batch)
                batch = []
        yield from accounts.full()
        yield from tasks.full()
    if batch:
        yield _batch(number + 1, batch)
    yield _requests(settings)
    yield from accounts.rest()
    yield from tasks.rest()


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Choices that cannot be used, tasks without a date, and what an upsert cannot say."""
    yield from wrong_times(settings)
    yield from wrong_key_property(settings)
    if settings["write"] == "upsert":
        if not settings["key_property"]:
            yield Loss("matching by key", "upsert needs key_property", ("key_property",), refused=True)
        why = "an upsert has no associations: link the tasks afterwards, by the ids in its answer"
        yield Loss("links from tasks to their records", why, ("write",))
    yield from never_due(template)
    yield from shortened(template)


def _input(
    plan: Plan, planned: PlannedTask, record: str | None, due: DueTime, settings: Settings
) -> dict[str, Any] | None:
    """One task of a batch; ``None`` if its date is not known."""
    day, note = due_day(plan, planned)
    if day is None:
        return None
    account = planned.account
    title = one_line(planned.title if record else f"{planned.title} ({account.name})")
    properties = {
        "hs_timestamp": due.moment(day),
        "hs_task_subject": title,
        "hs_task_body": planned_body(plan.template, planned, f"{note}Account: {account.name} ({account.id})\n"),
        "hs_task_status": "NOT_STARTED",
        "hs_task_priority": priority(planned.task),
        "hs_task_type": task_type(planned.task),
    }
    if planned.owner and (owner := planned.owner.ids.get("hubspot_owner")):
        properties["hubspot_owner_id"] = owner
    if key := settings["key_property"]:
        properties[key] = planned.key
    if settings["write"] == "upsert":
        return {"id": planned.key, "idProperty": key, "properties": properties}
    return {"properties": properties, "associations": links(record, settings)}


def _batch(number: int, tasks: list[str]) -> File:
    """A task a line, so that two exports can be compared."""
    lines = ",\n".join(tasks)
    return File(
        f"tasks.batch-{number:04}.json", f'{{"inputs": [\n{lines}\n]}}\n'.encode("utf-8", "backslashreplace")
    )


def _requests(settings: Settings) -> File:
    where = path(settings["api"], "objects", "tasks", "batch", settings["write"])
    success = 200 if settings["write"] == "upsert" else 201
    # HubSpot's guide to the tasks API names the scopes of contacts for tasks.
    scopes = ("crm.objects.contacts.read", "crm.objects.contacts.write")
    return requests_file(scopes, [Request(where, "tasks.batch-*.json", success, partial=207)], "tasks")
