"""``planhat-tasks``: the tasks of accounts, as bodies of the bulk upsert of Planhat's API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from playbook.plans.plan import Plan, PlannedTask
from playbook.targets.files.notes import planned_notes
from playbook.targets.success.batches import Batches
from playbook.targets.success.rich_text import as_html
from playbook.targets.target import FULL, Evidence, File, Limit, Option, Settings, Target, none, part
from playbook.targets.worked_out import WORKED_OUT

_MOST, _MOST_BYTES = 5_000, 32_000_000
_NOTED = part("in the description")

TARGET = Target(
    name="planhat-tasks",
    title="Planhat tasks",
    tool="Planhat",
    what="The tasks of accounts with dates and owners, as bodies of the bulk upsert: a second call updates them.",
    form="JSON",
    group="Customer success",
    modes=("plan",),
    carries={
        **WORKED_OUT,
        "start_dates": FULL,
        "durations": none("a task has a start and an end"),
        "people": part("only people whose id in Planhat the organization names (planhat_user)"),
        "raci": _NOTED,
        "checklists": _NOTED,
        "descriptions": FULL,
        "means": _NOTED,
        "approvals": _NOTED,
        "slas": _NOTED,
        "custom_fields": part("named in the description"),
        "dependencies": none("tasks outside of a workflow have no order"),
        "stages": none("tasks outside of a workflow have no groups"),
        "milestones": none("only steps become tasks"),
        "handoffs": none("only steps become tasks"),
        "routines": none("only steps become tasks"),
        "repeats": part("a task for each occurrence up to the horizon"),
        "keys": FULL,
    },
    updates=True,
    how=(
        "Give the accounts file the ids that Planhat has for the companies, or set company=external.",
        "Send each file with PUT to https://api.planhat.com/tasks, with the token of a private app as bearer.",
        "Send the files one after the other. The answer says which tasks were created, updated or refused.",
    ),
    limits=(
        Limit("tasks in a file", _MOST, "tasks", "documented", "Planhat API: introduction, for all bulk upserts"),
        Limit("size of a file", _MOST_BYTES, "bytes", "documented", "Planhat API: introduction"),
    ),
    evidence=(
        Evidence(
            "tasks have mainType, companyId, action (title), description, startTime, endTime and ownerId; mainType "
            "and companyId are required",
            "documented",
            "Planhat developers: Task",
        ),
        Evidence(
            "a bulk upsert takes a list of objects, and matches each by _id, sourceId or externalId",
            "documented",
            "Planhat developers: Bulk Upsert",
        ),
        Evidence("tasks have sourceId", "documented", "the example of a response in Planhat developers: Task"),
        Evidence(
            "a task can be matched by externalId", "recalled", "not read for tasks: hence sourceId by default"
        ),
        Evidence("the description is HTML", "recalled", "the example of a response has it beside a plain snippet"),
        Evidence(
            "a company can be given as extid-<external id>",
            "documented",
            "Planhat help: Excel Import Templates; for the API it is recalled",
        ),
    ),
    options=(
        Option("key", "The field that holds the stable key.", "sourceId", ("sourceId", "externalId")),
        Option(
            "company",
            "What the ids in the accounts file are: Planhat's own, or external ids of companies.",
            "planhat",
            ("planhat", "external"),
        ),
    ),
    keys={"plan": "sourceId, or externalId with key=externalId"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Lists of tasks, 5,000 a file."""
    tasks = (_task(plan, planned, settings) for plan in plans for planned in plan.tasks)
    return Batches("planhat-tasks", _MOST, _MOST_BYTES).files(tasks)


def _task(plan: Plan, planned: PlannedTask, settings: Settings) -> dict[str, Any]:
    company = planned.account.id
    task: dict[str, Any] = {
        settings["key"]: planned.key,
        "mainType": "task",
        "companyId": f"extid-{company}" if settings["company"] == "external" else company,
        "action": planned.title,
        "description": as_html(planned_notes(plan.template, planned)),
    }
    if planned.starts:
        task["startTime"] = planned.starts.isoformat()
    if planned.due:
        task["endTime"] = planned.due.isoformat()
    owner = planned.owner.ids.get("planhat_user") if planned.owner else None
    return task | ({"ownerId": owner} if owner else {})
