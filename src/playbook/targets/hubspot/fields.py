"""Properties of HubSpot, from the fields of the tracking plan, the roles and the anchors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from playbook.language.tracking import TrackedField
from playbook.plans.template import Template
from playbook.plans.templating import template_of
from playbook.targets.hubspot.naming import date_name, internal_name, key_name, owner_name, owner_roles
from playbook.targets.hubspot.records import RECORDS
from playbook.targets.target import Loss, Option, Settings
from playbook.text.ids import words_of
from playbook.workspace import Workspace

GROUP = "playbook"
GROUP_LABEL = "Playbook"

_ENTITIES = {
    "account": "company",
    "company": "company",
    "customer": "company",
    "contact": "contact",
    "person": "contact",
    "deal": "deal",
    "opportunity": "deal",
    "ticket": "ticket",
    "case": "ticket",
}
"""The records that the usual entities of a tracking plan are in HubSpot."""

_TYPES = {
    "text": ("string", "text"),
    "number": ("number", "number"),
    "integer": ("number", "number"),
    "money": ("number", "number"),
    "boolean": ("bool", "booleancheckbox"),
    "date": ("date", "date"),
    "datetime": ("datetime", "date"),
    "duration": ("string", "text"),
    "choice": ("enumeration", "select"),
    "list": ("enumeration", "checkbox"),
}
"""The type and the field type of each type of the tracking plan."""


UNIQUE_KEY = Option(
    "unique_key",
    "Whether no two tasks can have the same key, which hubspot-tasks needs for write=upsert; chosen once for all.",
    "no",
    ("no", "yes"),
)


@dataclass(frozen=True, slots=True)
class Property:
    """A property to be made: the records that have it, the body that makes it, and the id of what it is from."""

    object: str
    body: dict[str, Any]
    name: str


def properties(workspace: Workspace, settings: Settings) -> Iterator[Property]:
    """All properties of a workspace: the key of tasks, owners, dates, then the fields of the tracking plan."""
    prefix, record = settings["prefix"], RECORDS[settings["record"]].plural
    templates = [template_of(each) for playbook in workspace.playbooks for each in (playbook, *playbook.variants)]
    key = _body(key_name(prefix), "Playbook key", "string", "text", "The stable key of the task.")
    if settings.get(UNIQUE_KEY.name) == "yes":
        key["hasUniqueValue"] = True
    yield from _different(
        (
            Property("tasks", key, "key"),
            *_owners(templates, record, prefix),
            *_dates(templates, record, prefix),
            *_fields(workspace, settings),
        )
    )


def field_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]:
    """Fields that do not become properties as they are."""
    fields = list(_used_fields(workspace, settings))
    durations = tuple(name for name, field in fields if field.type == "duration")
    if durations:
        yield Loss("durations", "HubSpot has no property for them: they become texts", durations, part=True)
    lists = tuple(name for name, field in fields if field.type in ("list", "choice") and not field.values)
    if lists:
        yield Loss("lists without values", "they become texts, a value a line", lists, part=True)
    divided = tuple(name for name, field in fields if any(";" in str(value) for value in field.values))
    if divided:
        yield Loss(
            "semicolons in values", "HubSpot puts them between values: commas take their place", divided, part=True
        )
    made = {each.name: each.body["name"] for each in properties(workspace, settings)}
    renamed = tuple(name for name, _ in fields if made[name] != internal_name(settings["prefix"], name))
    if renamed:
        yield Loss("names of fields", "another property has the same name: they get a number", renamed, part=True)


def _owners(templates: list[Template], record: str, prefix: str) -> Iterator[Property]:
    about = "Who has this role for the record: tasks of the playbook are assigned to this user."
    for id_, role in owner_roles(templates).items():
        body = _body(owner_name(prefix, id_), f"{role.title} (owner)", "enumeration", "select", about)
        users = {"options": [], "externalOptions": True, "referencedObjectType": "OWNER"}
        yield Property(record, body | users, id_)


def _dates(templates: list[Template], record: str, prefix: str) -> Iterator[Property]:
    about = "A date that due dates of the playbook are counted from."
    for id_, title in _anchors(templates).items():
        yield Property(record, _body(date_name(prefix, id_), f"{title} (date)", "date", "date", about), id_)


def _fields(workspace: Workspace, settings: Settings) -> Iterator[Property]:
    for name, field in _used_fields(workspace, settings):
        record = _ENTITIES.get(name.partition(".")[0], settings["record"])
        yield Property(RECORDS[record].plural, _field(name, field, settings["prefix"]), name)


def _used_fields(workspace: Workspace, settings: Settings) -> Iterator[tuple[str, TrackedField]]:
    for name, symbol in workspace.symbols["field"].items():
        used = ("field", name) in workspace.used or settings["fields"] == "all"
        if isinstance(symbol.value, TrackedField) and used:
            yield name, symbol.value


def _field(name: str, field: TrackedField, prefix: str) -> dict[str, Any]:
    type_, editor = _TYPES[field.type]
    if type_ == "enumeration" and not field.values:
        type_, editor = "string", "textarea"
    label = field.title or words_of(name.replace(".", "_"))
    body = _body(internal_name(prefix, name), label, type_, editor, _about(field, type_))
    if type_ == "enumeration":
        # HubSpot keeps several values with semicolons between them, so none can have one.
        values = [(str(value), str(value).replace(";", ",")) for value in field.values]
        body["options"] = [_option(label, value, at) for at, (label, value) in enumerate(values)]
    elif type_ == "bool":
        body["options"] = [_option("Yes", "true", 0), _option("No", "false", 1)]
    return body


def _about(field: TrackedField, type_: str) -> str:
    """The description of a property: what its type does not say is told there."""
    told = [
        field.description or "",
        f"In {field.unit}." if field.unit else "",
        f"At least {field.at_least:g}." if field.at_least is not None else "",
        f"At most {field.at_most:g}." if field.at_most is not None else "",
        "A duration, such as 5d." if field.type == "duration" else "",
        "A list, one value a line." if field.type == "list" and type_ == "string" else "",
        f"System of record: {field.system}." if field.system else "",
        "Personal data." if field.personal else "",
    ]
    return " ".join(each for each in told if each)


def _body(name: str, label: str, type_: str, editor: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "type": type_,
        "fieldType": editor,
        "groupName": GROUP,
        "description": description,
    }


def _option(label: str, value: str, order: int) -> dict[str, Any]:
    return {"label": label, "value": value, "displayOrder": order, "hidden": False}


def _anchors(templates: list[Template]) -> dict[str, str]:
    """The titles of the anchors of all playbooks, by id."""
    found: dict[str, str] = {}
    for template in templates:
        for id_, anchor in template.anchors.items():
            found.setdefault(id_, anchor.title)
    return found


def _different(listed: Iterable[Property]) -> Iterator[Property]:
    """The properties, of which no two of one object have the same name or the same label.

    Owners and dates come before fields, so that they keep the names by which the workflows find them.
    """
    names: set[tuple[str, str]] = set()
    labels: set[tuple[str, str]] = set()
    for each in listed:
        name, label, number = each.body["name"], each.body["label"], 2
        while (each.object, name) in names:
            name, number = f"{each.body['name'][:96]}_{number}", number + 1
        if (each.object, label) in labels:
            label = f"{label} ({each.name})"
        names.add((each.object, name))
        labels.add((each.object, label))
        yield Property(each.object, {**each.body, "name": name, "label": label}, each.name)
