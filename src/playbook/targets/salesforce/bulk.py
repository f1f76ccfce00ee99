"""``salesforce-bulk``: onboardings and their tasks as CSV for Bulk API 2.0, matched by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.rows import Row, Sheet
from playbook.targets.salesforce.carried import (
    DATE_ONLY,
    KEY_ON_ACTIVITY,
    PICKLISTS,
    PLANNED,
    TEXT_LIMITS,
    shortened_texts,
    unlinked_accounts,
)
from playbook.targets.salesforce.fields import KEY, ONBOARDING
from playbook.targets.salesforce.records import (
    CRITICAL,
    NOTES,
    ONBOARDING_COLUMNS,
    PRIORITY,
    STATUS,
    TASKS,
    Value,
    onboarding_key,
    onboarding_record,
    task_columns,
    task_object,
    task_records,
    title_length,
)
from playbook.targets.target import Evidence, File, Limit, Loss, Option, Settings, Target

_MOST_BYTES = 50_000_000
"""Half of what may be uploaded, so that a file is never held in memory for long."""

_GUIDE = "Bulk API 2.0 guide"

ACCOUNT_FIELD = Option(
    "account_field",
    "The external id field of Account that holds the ids of your accounts file, such as Account_Number__c. "
    "Left empty, an account is linked where its id is the one of Salesforce.",
)

TARGET = Target(
    name="salesforce-bulk",
    title="Salesforce records (Bulk API 2.0)",
    tool="Salesforce",
    what="Onboardings and their tasks for any number of accounts; a second import updates the first.",
    form="CSV",
    group="CRM",
    modes=("plan",),
    carries=PLANNED,
    updates=True,
    how=(
        "Deploy what `playbook export salesforce-objects` writes, with the same `tasks`.",
        "Assign its permission set to the user who imports.",
        f"First `sf data upsert bulk --sobject {ONBOARDING} --external-id {KEY} --line-ending LF --wait 10 "
        "--file 1-onboardings.csv`, then the same for the tasks: their object is in 2-tasks.job.json. Files that "
        "were split are imported one after the other.",
        "Set `account_field` if the ids of your accounts are not those of Salesforce, so that accounts are found.",
        "Without `sf`, create a job from the .job.json, upload the CSV to it and set its state to UploadComplete.",
        "For a second import, set `notes=no` to keep what people wrote into the comments of their tasks.",
        "A step that fell away since is not deleted: look for keys that the new file does not have.",
    ),
    limits=(
        Limit("upload", 100_000_000, "bytes", "documented", f"{_GUIDE}, Prepare CSV Files"),
        Limit("a field", 32_000, "characters", "documented", f"{_GUIDE}, Limits"),
        Limit("a record", 400_000, "characters", "documented", f"{_GUIDE}, Limits"),
        Limit("records in 24 hours", 150_000_000, "records", "documented", f"{_GUIDE}, Limits"),
        *TEXT_LIMITS,
    ),
    evidence=(
        Evidence("UTF-8, LF, commas; an empty cell changes nothing, #N/A empties a field", "documented", _GUIDE),
        Evidence(
            f"{ONBOARDING}:What.{KEY} finds the onboarding of a task by its key, from API 57.0 on",
            "documented",
            f"{_GUIDE}, Relationship Fields in a Header Row",
        ),
        Evidence("flags of `sf data upsert bulk`", "documented", "source of salesforcecli/plugin-data"),
        KEY_ON_ACTIVITY,
        DATE_ONLY,
        PICKLISTS,
    ),
    options=(TASKS, PRIORITY, CRITICAL, STATUS, NOTES, ACCOUNT_FIELD),
    keys={"plan": f"column {KEY}"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """The job of each object, then its rows in as many files as they need; onboardings come before tasks."""
    onboardings, tasks = _onboardings(settings), _tasks(settings)
    yield _job("1-onboardings", ONBOARDING)
    yield _job("2-tasks", task_object(settings))
    for each in plans:
        yield from onboardings.add(each)
        yield from tasks.add(each)
    yield from onboardings.rest()
    yield from tasks.rest()


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Texts that are too long, and accounts that are not linked."""
    yield from unlinked_accounts(template, settings["account_field"])
    yield from shortened_texts(template, title_length(settings))


def _job(name: str, object_: str) -> File:
    job = {
        "object": object_,
        "operation": "upsert",
        "externalIdFieldName": KEY,
        "contentType": "CSV",
        "columnDelimiter": "COMMA",
        "lineEnding": "LF",
    }
    return File(f"{name}.job.json", json_bytes(job))


def _onboardings(settings: Settings) -> _Growing:
    by = settings["account_field"]
    names = [name for name in ONBOARDING_COLUMNS if name != "Account__c"]

    def rows(plan: Plan) -> Iterator[Row]:
        record = onboarding_record(plan)
        account = plan.account.id if by else record["Account__c"]
        yield (*(_cell(name, record[name]) for name in names), _cell("Account__c", account))

    return _Growing(_sheet("1-onboardings", (*names, f"Account__r.{by}" if by else "Account__c"), rows))


def _tasks(settings: Settings) -> _Growing:
    names = task_columns(settings)
    parent = "What" if settings["tasks"] == "activities" else "Onboarding__r"
    # Only a relationship that may lead to several objects is told which one is meant.
    header = f"{ONBOARDING}:{parent}.{KEY}" if parent == "What" else f"{parent}.{KEY}"

    def rows(plan: Plan) -> Iterator[Row]:
        above = onboarding_key(plan)
        for record in task_records(plan, settings):
            yield (*(_cell(name, record[name]) for name in names), above)

    return _Growing(_sheet("2-tasks", (*names, header), rows))


def _sheet(name: str, columns: tuple[str, ...], rows: Callable[[Plan], Iterable[Row]]) -> Sheet:
    return Sheet(name, columns, rows, line_end="\n")


_LEFT_ALONE = frozenset({"OwnerId", "Priority", "Priority__c", "Account__c"})
"""Fields that a second import leaves as they are where the playbook has nothing to say."""


def _cell(name: str, value: Value) -> Value:
    if value is None:
        return "" if name in _LEFT_ALONE else "#N/A"
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


class _Growing:
    """A sheet on its way into files, each of which is given as soon as it is full."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._files = 0
        self._parts: list[bytes] = []
        self._size = len(sheet.head)

    def add(self, plan: Plan) -> Iterator[File]:
        """The rows of a plan, which stay together; before them a file, if they no longer go into it."""
        data = self._sheet.written(self._sheet.rows(plan))
        if self._parts and self._size + len(data) > _MOST_BYTES:
            yield from self.rest()
        if data:
            self._parts.append(data)
            self._size += len(data)

    def rest(self) -> Iterator[File]:
        """What was added since the last file."""
        if self._parts or not self._files:
            self._files += 1
            number = f"-{self._files}" if self._files > 1 else ""
            yield File(f"{self._sheet.name}{number}.csv", self._sheet.head + b"".join(self._parts))
            self._parts, self._size = [], len(self._sheet.head)
