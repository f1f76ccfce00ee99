"""``vitally-tasks``: the tasks of accounts, as bodies of Vitally's REST API, one call a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from playbook.plans.plan import Plan, PlannedTask
from playbook.targets.files.notes import planned_notes
from playbook.targets.success.batches import Batches
from playbook.targets.success.rich_text import as_html
from playbook.targets.target import FULL, Evidence, File, Settings, Target, none, part
from playbook.targets.worked_out import WORKED_OUT

_MOST = 1_000
_NOTED = part("in the description")

TARGET = Target(
    name="vitally-tasks",
    title="Vitally tasks",
    tool="Vitally",
    what="The tasks of accounts with dates and owners, a body of the REST API each.",
    form="JSON",
    group="Customer success",
    modes=("plan",),
    carries={
        **WORKED_OUT,
        "stages": part("as a tag"),
        "people": part("only people whose id in Vitally the organization names (vitally_user)"),
        "raci": _NOTED,
        "checklists": _NOTED,
        "descriptions": FULL,
        "means": _NOTED,
        "approvals": _NOTED,
        "slas": _NOTED,
        "start_dates": none("a task has a due date only"),
        "durations": none("a task has a due date only"),
        "custom_fields": part("named in the description"),
        "dependencies": none("tasks have no order in the API"),
        "milestones": none("only steps become tasks"),
        "handoffs": none("only steps become tasks"),
        "routines": none("only steps become tasks"),
        "repeats": part("a task for each occurrence up to the horizon"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "Give the accounts file the ids that Vitally has for the accounts.",
        "Send each object of the list with POST to https://<your subdomain>.rest.vitally.io/resources/tasks.",
        "Send none twice unless you have tried it with one: others report that a task with a known externalId is "
        "updated, while Vitally's own page only says that it is set when a task is made.",
    ),
    evidence=(
        Evidence(
            "tasks have name and accountId (required), externalId, description (HTML), dueDate, assignedToId, tags",
            "documented",
            "Vitally docs: REST API: Tasks",
        ),
        Evidence(
            "POST with a known externalId updates the task",
            "reported",
            "a description of the call by others (withone.ai); the vendor's page lists externalId as set on create",
        ),
    ),
    keys={"plan": "externalId"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Lists of bodies, 1,000 a file so that each can be looked at; a call takes one body."""
    del settings
    tasks = (_task(plan, planned) for plan in plans for planned in plan.tasks)
    return Batches("vitally-tasks", _MOST).files(tasks)


def _task(plan: Plan, planned: PlannedTask) -> dict[str, Any]:
    task: dict[str, Any] = {
        "externalId": planned.key,
        "accountId": planned.account.id,
        "name": planned.title,
        "description": as_html(planned_notes(plan.template, planned)),
        "tags": [plan.template.stages[planned.task.stage].title],
    }
    if planned.due:
        task["dueDate"] = planned.due.isoformat()
    owner = planned.owner.ids.get("vitally_user") if planned.owner else None
    return task | ({"assignedToId": owner} if owner else {})
