"""Which record of HubSpot the tasks of an account hang on."""

from __future__ import annotations

from typing import Any

from playbook.plans.plan import Plan
from playbook.targets.hubspot.records import RECORDS
from playbook.targets.target import Settings


def record_id(plan: Plan, settings: Settings) -> str | None:
    """The id of an account's record; ``None`` unless it is a number, as HubSpot's ids are."""
    field = settings["record_id"]
    value = plan.account.fields.get(field) if field else plan.account.id
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    id_ = str(value).strip() if value is not None else ""
    return id_ if id_.isascii() and id_.isdigit() else None


def links(record: str | None, settings: Settings) -> list[dict[str, Any]]:
    """The associations of a task, which HubSpot wants even where there are none."""
    if record is None:
        return []
    kind = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": RECORDS[settings["record"]].from_task}
    return [{"to": {"id": record}, "types": [kind]}]
