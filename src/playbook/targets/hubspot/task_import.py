"""``hubspot-task-import``: the dated tasks of accounts as CSV for HubSpot's import, with its column mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan, PlannedTask
from playbook.plans.template import Template
from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.owners import colleague, outside_owners
from playbook.targets.files.rows import Row, Sheet, sheet_files
from playbook.targets.hubspot.leftovers import Leftovers, undated
from playbook.targets.hubspot.moments import due_day, never_due, undated_row
from playbook.targets.hubspot.naming import KEY_OPTION, wrong_key_property
from playbook.targets.hubspot.records import TASK_TYPE
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
from playbook.targets.hubspot.tasks import TARGET as TASKS
from playbook.targets.target import Evidence, File, Limit, Loss, Option, Settings, Target, part

_KNOWLEDGE = "knowledge.hubspot.com, Set up import files (2025-10)"
_MOST_ROWS = 1_048_576
_SIZES = {"paid": 512_000_000, "free": 20_000_000}
_MOST_BYTES = 50_000_000
"""Far below what may be imported, so that a file is never held in memory for long."""

TARGET = Target(
    name="hubspot-task-import",
    title="HubSpot task import",
    tool="HubSpot",
    what="CRM tasks of accounts as a spreadsheet for the import screen, or for the imports API.",
    form="CSV",
    group="CRM",
    modes=("plan",),
    carries={
        **TASKS.carries,
        "people": part("by e-mail address; whoever has none is named in the notes"),
    },
    updates=False,
    dated_only=True,
    how=(
        "Data management, Import: choose tasks alone, hubspot-tasks.csv, and map its columns (by name, as a rule).",
        "Choose YYYY-MM-DD as the form of its dates.",
        "Or send it to the imports API (POST /crm/v3/imports) with hubspot-tasks.request.json as importRequest. "
        "Further files (hubspot-tasks-2.csv …) are imports of their own, each with its request.",
        "Do not import it twice: HubSpot cannot update tasks by import and makes them anew.",
        "undated.csv, if there is one, lists the tasks that are left out since the date they hang on is not known.",
    ),
    limits=(
        Limit("rows of a file", _MOST_ROWS, "rows", "documented", _KNOWLEDGE),
        Limit("rows of a day", 10_000_000, "rows", "documented", f"{_KNOWLEDGE}; free accounts 500,000"),
        Limit("size of a file", _SIZES["paid"], "bytes", "documented", f"{_KNOWLEDGE}; free accounts 20 MB"),
        NOTES_LIMIT,
    ),
    evidence=(
        Evidence("Tasks can be imported on their own, and not be updated by an import", "documented", _KNOWLEDGE),
        Evidence(
            "The request of an import: importOperations, dateFormat YEAR_MONTH_DAY, columnMappings by object type",
            "documented",
            "developers.hubspot.com, guide to the imports API; object type 0-27 for tasks from its table of ids",
        ),
        TASK_VALUES,
        NOTES_EVIDENCE,
        Evidence(
            "Names of the columns, that owners are matched by e-mail address, and that no other column is required",
            "recalled",
            "found in no source: look at the mapping that the import shows",
        ),
    ),
    options=(
        Option(
            "subscription", "The account's subscription, which limits the size of a file.", "paid", tuple(_SIZES)
        ),
        KEY_OPTION,
    ),
    keys={"plan": "column Playbook key, and the last line of Task notes"},
)

_COLUMNS = {
    "Task title": "hs_task_subject",
    "Due date": "hs_timestamp",
    "Task type": "hs_task_type",
    "Priority": "hs_task_priority",
    "Task status": "hs_task_status",
    "Assigned to": "hubspot_owner_id",
    "Task notes": "hs_task_body",
}
"""The names of the columns, and the properties that they become."""
_NAME = "hubspot-tasks"


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """The spreadsheet, in several files if it is too large for one, and the request that imports them."""
    key, missing = settings["key_property"], undated()
    sheet = Sheet(
        _NAME,
        (*_COLUMNS, "Playbook key") if key else tuple(_COLUMNS),
        rows=lambda plan: _rows(plan, bool(key), missing),
        # The header counts as well.
        most_rows=_MOST_ROWS - 1,
        most_bytes=min(_SIZES[settings["subscription"]], _MOST_BYTES),
    )
    for file in sheet_files(sheet, plans):
        yield file
        yield File(_request_name(file.name), json_bytes(_request(file.name, key)))
        yield from missing.full()
    yield from missing.rest()


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Links to records, owners that are no users, tasks without a date, titles and notes that are changed."""
    yield from wrong_key_property(settings)
    why = "tasks are imported on their own; their titles name the account"
    yield Loss("links from tasks to their records", why, (template.id,), part=True)
    yield from outside_owners(template, "HubSpot", "the task is assigned to nobody")
    yield from never_due(template)
    yield from shortened(template)


def _rows(plan: Plan, keyed: bool, missing: Leftovers) -> Iterator[Row]:
    for planned in plan.tasks:
        row = _row(plan, planned)
        if row is None:
            missing.add(undated_row(plan, planned))
        else:
            yield row if keyed else row[:-1]


def _row(plan: Plan, planned: PlannedTask) -> Row | None:
    day, note = due_day(plan, planned)
    if day is None:
        return None
    account = planned.account
    return (
        # Nothing links a task to its account, so its title says whose it is.
        one_line(f"{planned.title} ({account.name})"),
        day,
        task_type(planned.task),
        priority(planned.task),
        "NOT_STARTED",
        (owner.email or "") if (owner := colleague(plan.template, planned)) else "",
        planned_body(plan.template, planned, f"{note}Account: {account.name} ({account.id})\n"),
        planned.key,
    )


def _request_name(name: str) -> str:
    """``hubspot-tasks-2.csv`` is imported by ``hubspot-tasks-2.request.json``."""
    return f"{name.removesuffix('.csv')}.request.json"


def _request(name: str, key: str) -> dict[str, object]:
    columns = {**_COLUMNS, "Playbook key": key} if key else _COLUMNS
    mappings = [
        {"columnObjectTypeId": TASK_TYPE, "columnName": column, "propertyName": name}
        for column, name in columns.items()
    ]
    page = {"hasHeader": True, "columnMappings": mappings}
    return {
        "name": f"Playbook tasks ({name})",
        "importOperations": {TASK_TYPE: "CREATE"},
        "dateFormat": "YEAR_MONTH_DAY",
        "files": [{"fileName": name, "fileFormat": "CSV", "fileImportPage": page}],
    }
