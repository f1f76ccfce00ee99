"""The records of HubSpot that work hangs on, and the paths of its API."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.targets.target import Evidence, Option

SERVER = "https://api.hubapi.com"

TASK_TYPE = "0-27"
"""The object type id of tasks (HubSpot's guide "Using object APIs")."""


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of record: its name in paths, its object type id, and the type of a link from a task to it."""

    plural: str
    object_type: str
    from_task: int


RECORDS = {
    "company": Record("companies", "0-2", 192),
    "deal": Record("deals", "0-3", 216),
    "ticket": Record("tickets", "0-5", 230),
    "contact": Record("contacts", "0-1", 204),
}
"""By the name that the option ``record`` gives them."""

RECORD_OPTION = Option("record", "The kind of record that stands for an account.", "company", tuple(RECORDS))

API_OPTION = Option(
    "api", "The version of HubSpot's API that the paths are for.", "v3", ("v3", "2025-09", "2026-03", "2026-09")
)

LINK_TYPES = Evidence(
    "Type ids of the links from a task: company 192, contact 204, deal 216, ticket 230",
    "reported",
    "HubSpot's own Python client 12.0.0, hubspot/crm/association_type.py",
)

DATED_PATHS = Evidence(
    "Paths with a date as version: /crm/objects/2026-03/…, /crm/properties/2025-09/…, /crm/imports/2026-03",
    "documented",
    "developers.hubspot.com, API reference; those of pipelines follow by analogy",
)


def path(api: str, area: str, *rest: str) -> str:
    """The path of an area of the CRM API (``objects``, ``properties`` …) in a version of it."""
    head = f"/crm/v3/{area}" if api == "v3" else f"/crm/{area}/{api}"
    return "/".join((head, *rest))
