"""``hubspot-properties``: the properties that playbooks need in HubSpot, as bodies of its API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playbook.targets.files.json_text import json_bytes
from playbook.targets.hubspot.fields import GROUP, GROUP_LABEL, UNIQUE_KEY, field_losses, properties
from playbook.targets.hubspot.naming import NAME_LIMIT, PREFIX_OPTION
from playbook.targets.hubspot.records import API_OPTION, DATED_PATHS, RECORD_OPTION, path
from playbook.targets.hubspot.requests import Request, requests_file
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, part
from playbook.workspace import Workspace

_BATCH = 100
_GUIDE = "developers.hubspot.com, guide to the properties API"

FIELDS_OPTION = Option(
    "fields", "Which fields of the tracking plan: those that playbooks use, or all.", "used", ("used", "all")
)

TARGET = Target(
    name="hubspot-properties",
    title="HubSpot properties",
    tool="HubSpot",
    what="A group of properties: the fields that playbooks use, an owner for each role, a date for each anchor, "
    "and the stable key of tasks.",
    form="JSON",
    group="CRM",
    modes=("workspace",),
    carries={
        "custom_fields": part("durations, and lists without fixed values, become text"),
        "roles": part("an owner property for each role of one's own company that is assigned tasks"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "Take out of the files what HubSpot has already: a property is never changed by making it again.",
        "Send the files as POST requests to the addresses in properties.requests.json, in order: groups first.",
        "Status 207 means that some properties were refused: the answer lists them under errors.",
    ),
    limits=(
        NAME_LIMIT,
        Limit("inputs of a batch", _BATCH, "properties", "recalled", "HubSpot's guides to batches, from memory"),
    ),
    evidence=(
        Evidence(
            "Bodies that make groups and properties",
            "proven",
            "HubSpot's OpenAPI document of properties (v3), held against those of every workspace in the tests",
        ),
        Evidence("Types of properties, and the field types that each can have", "documented", _GUIDE),
        Evidence(
            "A property for a user of HubSpot: an enumeration with externalOptions and referencedObjectType OWNER",
            "documented",
            "HubSpot's OpenAPI document of properties (v3); public scripts make them so",
        ),
        Evidence(
            "That tasks take properties of one's own",
            "recalled",
            "the guide lists activities among the objects with properties; try it before tasks are sent with a key",
        ),
        DATED_PATHS,
    ),
    options=(
        Option(
            RECORD_OPTION.name,
            "The kind of record that has owners, dates, and fields of entities HubSpot does not know.",
            RECORD_OPTION.default,
            RECORD_OPTION.choices,
        ),
        FIELDS_OPTION,
        PREFIX_OPTION,
        UNIQUE_KEY,
        API_OPTION,
    ),
    keys={"workspace": "the task property playbook_key"},
)


def workspace(workspace: Workspace, settings: Settings) -> Iterator[File]:
    """A group and batches of properties for each object, and the list of requests."""
    by_object: dict[str, list[dict[str, Any]]] = {}
    for each in properties(workspace, settings):
        by_object.setdefault(each.object, []).append(each.body)
    groups, batches = [], []
    for object_, bodies in by_object.items():
        base = path(settings["api"], "properties", object_)
        group = f"{object_}.group.json"
        yield File(group, json_bytes({"name": GROUP, "label": GROUP_LABEL, "displayOrder": -1}))
        groups.append(Request(f"{base}/groups", group))
        for number, at in enumerate(range(0, len(bodies), _BATCH), 1):
            batch = f"{object_}.properties-{number:02}.json"
            yield File(batch, json_bytes({"inputs": bodies[at : at + _BATCH]}))
            batches.append(Request(f"{base}/batch/create", batch, partial=207))
    scopes = dict.fromkeys(_scope(object_) for object_ in by_object)
    yield requests_file(scopes, [*groups, *batches], "properties")


def workspace_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]:
    """Fields that do not become properties as they are."""
    return field_losses(workspace, settings)


def _scope(object_: str) -> str:
    """The scope that lets a token write the properties of an object; those of tasks are the contacts'."""
    return f"crm.schemas.{'contacts' if object_ == 'tasks' else object_}.write"
