"""``rudderstack``: the events of a workspace as a project for Rudder CLI (``rudder/v1``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from playbook.targets.files.short_text import in_one_line, shortened
from playbook.targets.files.yaml_text import yaml_bytes
from playbook.targets.instrumentation.carried import UNPLANNED, event_losses
from playbook.targets.instrumentation.events import Event, EventPlan, Property, event_plans, whole
from playbook.targets.instrumentation.naming import tool_ids
from playbook.targets.target import Evidence, File, Limit, Loss, Option, Settings, Target
from playbook.workspace import Workspace

_RULES = "github.com/rudderlabs/rudder-iac, validation rules of the data catalog (dfdfe26)"
_MOST_NAME, _MOST_EVENT, _MOST_DESCRIPTION = 65, 64, 2000
_VERSION = "rudder/v1"

TARGET = Target(
    name="rudderstack",
    title="RudderStack tracking plan",
    tool="RudderStack",
    what="Properties, events and tracking plans as code for Rudder CLI.",
    form="YAML",
    group="Instrumentation",
    modes=("workspace",),
    carries={},
    updates=True,
    how=(
        "Put the files into the folder of your Rudder CLI project.",
        "Run `rudder-cli validate -l FOLDER`, then `rudder-cli apply --dry-run -l FOLDER`, and apply when it says "
        "what you expect.",
        "Connect the tracking plan with its sources in RudderStack.",
    ),
    limits=(
        Limit("the name of an event", _MOST_EVENT, "characters", "documented", _RULES),
        Limit("the name of a property", _MOST_NAME, "characters", "documented", _RULES),
        Limit("a description", _MOST_DESCRIPTION, "characters", "documented", _RULES),
    ),
    options=(
        Option("names", "By what events are called in code.", "id", ("id", "title")),
        UNPLANNED,
    ),
    evidence=(
        Evidence(
            "Kinds, keys, types, patterns of names and references",
            "proven",
            "checked by the rules of rudder-iac, rewritten for the tests and tried on its own examples",
        ),
        Evidence("A file holds one YAML document", "documented", "rudderstack.com/docs/rudder-cli"),
        Evidence(
            "`validate` and `apply --dry-run` take the folder by -l", "documented", "rudder-iac, its commands"
        ),
    ),
    keys={"workspace": "`id`: the dotted name of the event with `-` in place of the dot"},
)


def workspace(workspace: Workspace, settings: Settings) -> Iterator[File]:
    """Properties and events in a file each, and a file for each tracking plan."""
    plans = event_plans(workspace)
    events = [event for plan in plans for event in plan.events]
    properties = {each.name: each for event in events for each in event.properties}
    names = event_names(events, settings)
    event_ids, property_ids = tool_ids(event.name for event in events), tool_ids(properties)
    if properties:
        spec = [_property(property_ids[name], each) for name, each in properties.items()]
        yield _file("properties", "properties", {"properties": spec})
    if events:
        told = [_event(event_ids[event.name], names[event.name], event) for event in events]
        yield _file("events", "events", {"events": told})
    for plan in plans:
        yield _file(
            f"tracking-plan-{plan.id}",
            "tracking-plan",
            _plan(plan, event_ids, property_ids, closed=settings["unplanned"] == "refuse"),
            metadata=plan.id,
        )


def workspace_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]:
    """What is too long, and what no tracking plan of events has."""
    events = [event for plan in event_plans(workspace) for event in plan.events]
    names = event_names(events, settings)
    wanted = {event.name: event.title if settings["names"] == "title" else event.name for event in events}
    changed = tuple(name for name, said in wanted.items() if names[name] != " ".join(said.split()))
    if changed:
        why = f"they hold {_MOST_EVENT} characters and differ from each other"
        yield Loss("names of events", why, changed, part=True)
    long = tuple(
        dict.fromkeys(each.name for event in events for each in event.properties if len(each.name) > _MOST_NAME)
    )
    if long:
        yield Loss("names of properties", f"they hold {_MOST_NAME} characters", long, part=True)
    items = tuple(
        dict.fromkeys(
            each.name for event in events for each in event.properties if each.kind == "array" and each.values
        )
    )
    if items:
        yield Loss("allowed values of lists", "the items of an array have a type and no values", items, part=True)
    titles = tuple(plan.id for plan in event_plans(workspace) if _display_name(plan) != plan.title)
    if titles:
        why = "a display name has 3 to 65 letters, digits and the characters _ , . - and begins with a letter"
        yield Loss("titles of tracking plans", why, titles, part=True)
    yield from event_losses(workspace)


def event_names(events: Iterable[Event], settings: Settings) -> dict[str, str]:
    """What each event is called in code: never too long, and no two alike."""
    found: dict[str, str] = {}
    for event in events:
        name = _short(event.title if settings["names"] == "title" else event.name, _MOST_EVENT)
        if name in found.values():
            name = _short(f"{_short(name, 40)} ({event.name})", _MOST_EVENT)
        found[event.name] = name
    return found


def _file(name: str, kind: str, spec: dict[str, Any], metadata: str = "") -> File:
    content = {
        "version": _VERSION,
        "kind": kind,
        "metadata": {"name": metadata or f"playbook-{name}"},
        "spec": spec,
    }
    return File(f"{name}.yaml", yaml_bytes(content))


def _property(id_: str, each: Property) -> dict[str, Any]:
    found: dict[str, Any] = {"id": id_, "name": _short(each.name, _MOST_NAME)}
    if len(each.description) >= 3:
        found["description"] = _short(each.description, _MOST_DESCRIPTION)
    if each.kind:
        found["type"] = each.kind
    if each.kind == "array" and each.values and all(isinstance(value, str) for value in each.values):
        found["item_type"] = "string"
    config: dict[str, Any] = {}
    if each.values and each.kind != "array":
        config["enum"] = list(each.values)
    if each.form:
        config["format"] = each.form
    if each.kind in ("number", "integer"):
        limits = (("minimum", each.at_least), ("maximum", each.at_most))
        config |= {name: whole(limit) for name, limit in limits if limit is not None and _fits(each, limit)}
    return found | ({"config": config} if config else {})


def _fits(each: Property, limit: float) -> bool:
    """The limit of a whole number is one itself."""
    return each.kind == "number" or float(limit).is_integer()


def _event(id_: str, name: str, event: Event) -> dict[str, Any]:
    return {"id": id_, "name": name, "event_type": "track", "description": _description(event.description)}


def _plan(
    plan: EventPlan, event_ids: dict[str, str], property_ids: dict[str, str], *, closed: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {"id": plan.id, "display_name": _display_name(plan)}
    if plan.description:
        found["description"] = _description(plan.description)
    rules = []
    for event in plan.events:
        rule: dict[str, Any] = {
            "type": "event_rule",
            "id": f"{event_ids[event.name]}-rule",
            "event": f"#event:{event_ids[event.name]}",
            "additional_properties": not closed,
        }
        if event.properties:
            rule["properties"] = [
                {"property": f"#property:{property_ids[each.name]}", "required": each.name in event.required}
                for each in event.properties
            ]
        rules.append(rule)
    return found | {"rules": rules}


def _description(text: str) -> str:
    """One that begins with a letter, as it has to."""
    return _short(text if re.match("[A-Za-z]", text) else f"About: {text}", _MOST_DESCRIPTION)


def _display_name(plan: EventPlan) -> str:
    """The title in the characters that a display name may have; the id where too little remains."""
    text = re.sub(r"[^A-Za-z0-9_ ,.-]+", " ", plan.title)
    text = " ".join(text.split())[:65].rstrip()
    return text if re.fullmatch(r"[A-Z_a-z][ \w,.-]{1,63}[\w,.-]", text, re.ASCII) else f"plan_{plan.id}"[:65]


def _short(text: str, most: int) -> str:
    return shortened(in_one_line(text), most)
