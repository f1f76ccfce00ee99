"""``salesforce-tree``: onboardings and their tasks as records that ``sf data import tree`` creates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.json_text import json_bytes
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
    PRIORITY,
    STATUS,
    TASKS,
    Record,
    onboarding_record,
    parent_field,
    task_object,
    task_records,
    title_length,
)
from playbook.targets.target import Evidence, File, Limit, Loss, Settings, Target

_MOST = 200

TARGET = Target(
    name="salesforce-tree",
    title="Salesforce records (sf data import tree)",
    tool="Salesforce",
    what="Onboardings and their tasks as linked records, for a sandbox or a handful of accounts.",
    form="JSON",
    group="CRM",
    modes=("plan",),
    carries=PLANNED,
    updates=False,
    how=(
        "Deploy what `playbook export salesforce-objects` writes, with the same `tasks`.",
        "Assign its permission set to the user who imports.",
        "Run `sf data import tree --plan onboarding-plan.json`.",
        "Do not run it twice: every run creates all records again. For updates, and for new tasks of an account "
        "that was imported before, take `salesforce-bulk`: a second onboarding with the same key is refused.",
    ),
    limits=(
        Limit("records in a file", _MOST, "records", "documented", "REST API guide, sObject Tree"),
        Limit("record types in a request", 5, "types", "documented", "REST API guide, sObject Tree"),
        *TEXT_LIMITS,
    ),
    evidence=(
        Evidence(
            "a plan is a list of objects with their files", "documented", "source of salesforcecli/plugin-data"
        ),
        Evidence(
            "a value `@<reference id>` becomes the id of a record of an earlier file",
            "documented",
            "source of salesforcecli/plugin-data",
        ),
        Evidence("a request creates all of its records or none", "documented", "REST API guide, sObject Tree"),
        KEY_ON_ACTIVITY,
        DATE_ONLY,
        PICKLISTS,
    ),
    options=(TASKS, PRIORITY, CRITICAL, STATUS, NOTES),
    keys={"plan": f"field {KEY}"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Files of at most 200 records, and the plan that names them behind all of them."""
    onboardings = _Records(ONBOARDING)
    tasks = _Records(task_object(settings))
    for each in plans:
        yield from onboardings.add(onboarding_record(each))
        parent = f"@{onboardings.last}"
        for record in task_records(each, settings):
            yield from tasks.add({**record, parent_field(settings): parent})
    yield from onboardings.rest()
    yield from tasks.rest()
    parts = (each for each in (onboardings, tasks) if each.files)
    yield File("onboarding-plan.json", json_bytes([{"sobject": each.type, "files": each.files} for each in parts]))


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Accounts that are not linked, and texts that are too long."""
    yield from unlinked_accounts(template)
    yield from shortened_texts(template, title_length(settings))


class _Records:
    """Records of one object on their way into files."""

    def __init__(self, type_: str) -> None:
        self.type = type_
        self.files: list[str] = []
        self._count = 0
        self._records: list[dict[str, Any]] = []

    @property
    def last(self) -> str:
        """The reference id of the last record: ``Onboarding__cRef1``, as ``sf`` itself names them."""
        return f"{self.type}Ref{self._count}"

    def add(self, record: Record) -> Iterator[File]:
        """Add a record, without the values that it does not have; a file when it is full."""
        self._count += 1
        attributes = {"type": self.type, "referenceId": self.last}
        values = {name: _plain(value) for name, value in record.items() if value is not None}
        self._records.append({"attributes": attributes, **values})
        if len(self._records) == _MOST:
            yield from self.rest()

    def rest(self) -> Iterator[File]:
        """What was added since the last file."""
        if self._records:
            self.files.append(f"{self.type}-{len(self.files) + 1}.json")
            yield File(self.files[-1], json_bytes({"records": self._records}))
            self._records = []


def _plain(value: str | date) -> str:
    return value.isoformat() if isinstance(value, date) else value
