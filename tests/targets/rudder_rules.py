"""The rules of RudderStack's ``rudder-iac`` for ``rudder/v1``, written anew from its rule documents and sources.

They are tried on the valid and invalid examples of those documents first, then on what we write. A problem is the
place in the spec and a message that has the words of theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

Problem = tuple[str, str]
Graph = list[dict[str, Any]]
"""All files of a project."""

KINDS = ("properties", "events", "categories", "tracking-plan", "custom-types")
TYPES = ("string", "number", "integer", "boolean", "null", "array", "object")
FORMATS = ("date-time", "date", "time", "email", "uuid", "hostname", "ipv4", "ipv6")
EVENT_TYPES = ("track", "screen", "identify", "group", "page")
DISPLAY_NAME = re.compile(r"[A-Z_a-z][ \w,.-]{1,63}[\w,.-]", re.ASCII)
NUMBERS = {"enum", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "multiple_of"}
CONFIG = {
    "string": {"enum", "min_length", "max_length", "pattern", "format"},
    "number": NUMBERS,
    "integer": NUMBERS,
    "boolean": {"enum"},
    "array": {"min_items", "max_items", "unique_items"},
}


def kind_version(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    if file["kind"] in KINDS and file["version"] != "rudder/v1":
        yield "/kind", f"kind {file['kind']} is not supported with version {file['version']}"


def properties_syntax(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    for at, each in enumerate(file["spec"]["properties"]):
        place = f"/properties/{at}"
        yield from required(place, each, "id", "name")
        yield from known(
            place, each, "id", "name", "description", "type", "types", "item_type", "item_types", "config"
        )
        name = each.get("name", "x")
        if not 1 <= len(name) <= 65 or name.strip() != name:
            yield f"{place}/name", "'name' must be of 1 to 65 characters without whitespace around it"
        yield from description(place, each)
        for key in ("type", "item_type"):
            if each.get(key) and each[key] not in TYPES and not is_ref(each[key], "custom-type"):
                yield f"{place}/{key}", f"'{key}' is invalid"
            if each.get(key) and each.get(f"{key}s"):
                yield f"{place}/{key}", "excluded"


def properties_config(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    for at, each in enumerate(file["spec"]["properties"]):
        # Their own reports have the older name of the key here.
        place = f"/properties/{at}/propConfig"
        types = [each["type"]] if each.get("type") else list(TYPES)
        config = each.get("config") or {}
        for key, value in config.items():
            if not any(key in CONFIG.get(kind, ()) for kind in types):
                yield f"{place}/{key}", f"'{key}' is not applicable for type(s)"
            elif key == "format" and value not in FORMATS:
                yield f"{place}/format", f"'{value}' must be one of: {FORMATS}"
            elif key == "enum" and (not isinstance(value, list) or len({repr(one) for one in value}) < len(value)):
                yield f"{place}/enum", "duplicate value"
            elif key in NUMBERS - {"enum"} and types == ["integer"] and value != int(value):
                yield f"{place}/{key}", f"'{key}' must be an integer"
        if config.get("minimum", 0) > config.get("maximum", float("inf")):
            yield place, "minimum cannot be greater than maximum"


def properties_semantic(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    def key(each: dict[str, Any]) -> tuple[Any, ...]:
        return each.get("name"), each.get("type"), each.get("item_type"), str(each.get("item_types"))

    count = Counter(map(key, resources(graph, "properties")))
    for at, each in enumerate(file["spec"]["properties"]):
        if count[key(each)] > 1:
            yield (
                f"/properties/{at}",
                f"duplicate name, type and itemTypes: '{each['name']}' within kind 'properties'",
            )


def events_syntax(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    for at, each in enumerate(file["spec"]["events"]):
        place = f"/events/{at}"
        yield from required(place, each, "id", "event_type")
        yield from known(place, each, "id", "name", "event_type", "description", "category")
        yield from description(place, each, letter=True)
        kind = each.get("event_type")
        if kind is not None and kind not in EVENT_TYPES:
            yield f"{place}/event_type", "'event_type' must be oneof"
        if kind == "track" and not 1 <= len(each.get("name", "")) <= 64:
            yield f"{place}/name", "name must be between 1 and 64 characters for track events"
        if kind in EVENT_TYPES[1:] and each.get("name"):
            yield f"{place}/name", "name should be empty for non-track events"


def events_semantic(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    count = Counter((each.get("name"), each.get("event_type")) for each in resources(graph, "events"))
    for at, each in enumerate(file["spec"]["events"]):
        if count[each.get("name"), each.get("event_type")] > 1:
            yield f"/events/{at}", f"duplicate name '{each.get('name')}' within kind 'events'"


def categories_syntax(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    for at, each in enumerate(file["spec"]["categories"]):
        place = f"/spec/categories/{at}"
        yield from required(place, each, "id", "name")
        if each.get("name") and not DISPLAY_NAME.fullmatch(each["name"]):
            yield f"{place}/name", "must start with a letter"


def categories_semantic(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    count = Counter(each["name"] for each in resources(graph, "categories"))
    for at, each in enumerate(file["spec"]["categories"]):
        if count[each["name"]] > 1:
            yield f"/categories/{at}/name", f"duplicate name '{each['name']}' within kind 'categories'"


def plans_syntax(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    spec = file["spec"]
    yield from required("", spec, "id", "display_name")
    yield from known("", spec, "id", "display_name", "description", "rules")
    yield from description("", spec, letter=True)
    if not DISPLAY_NAME.fullmatch(spec.get("display_name", "xyz")):
        yield "/display_name", "must start with a letter or underscore"
    ids = Counter(rule.get("id") for rule in spec.get("rules", ()))
    for at, rule in enumerate(spec.get("rules", ())):
        place = f"/rules/{at}"
        yield from required(place, rule, "type", "id", "event")
        yield from known(
            place,
            rule,
            "type",
            "id",
            "event",
            "identity_section",
            "additional_properties",
            "properties",
            "variants",
        )
        if rule.get("type") != "event_rule":
            yield f"{place}/type", "must be event_rule"
        if ids[rule.get("id")] > 1:
            yield f"{place}/id", "duplicate rule id in tracking plan rules"
        if rule.get("event") and not is_ref(rule["event"], "event"):
            yield f"{place}/event", "must be of pattern #event:<id>"
        for number, each in enumerate(rule.get("properties", ())):
            yield from required(f"{place}/properties/{number}", each, "property")
            if not is_ref(each.get("property", ""), "property"):
                yield f"{place}/properties/{number}/property", "must be of pattern #property:<id>"


def plans_semantic(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    spec = file["spec"]
    names = Counter(each["spec"].get("display_name") for each in graph if each["kind"] == "tracking-plan")
    if names[spec["display_name"]] > 1:
        yield "/display_name", f"duplicate display_name '{spec['display_name']}' within kind 'tracking-plan'"
    events = Counter(rule["event"] for rule in spec.get("rules", ()))
    for at, rule in enumerate(spec.get("rules", ())):
        if events[rule["event"]] > 1:
            yield f"/rules/{at}/event", "duplicate event reference in tracking plan rules"
        named = Counter(each["property"] for each in rule.get("properties", ()))
        for number, each in enumerate(rule.get("properties", ())):
            if named[each["property"]] > 1:
                yield f"/rules/{at}/properties/{number}/property", "duplicate property reference"


def references(file: dict[str, Any], graph: Graph) -> Iterator[Problem]:
    """What a tracking plan refers to is there. Their examples leave it to other files, so it has no example."""
    there = {f"#event:{each['id']}" for each in resources(graph, "events")}
    there |= {f"#property:{each['id']}" for each in resources(graph, "properties")}
    for at, rule in enumerate(file["spec"].get("rules", ())):
        for ref in (rule["event"], *(each["property"] for each in rule.get("properties", ()))):
            if ref not in there:
                yield f"/rules/{at}", f"{ref} not found in resource graph"


Rule = Callable[[dict[str, Any], Graph], Iterator[Problem]]

RULES: dict[str, tuple[str, Rule]] = {
    "project/resource-kind-version-valid": ("*", kind_version),
    "datacatalog/properties/spec-syntax-valid": ("properties", properties_syntax),
    "datacatalog/properties/config-valid": ("properties", properties_config),
    "datacatalog/properties/semantic-valid": ("properties", properties_semantic),
    "datacatalog/events/spec-syntax-valid": ("events", events_syntax),
    "datacatalog/events/semantic-valid": ("events", events_semantic),
    "datacatalog/categories/spec-syntax-valid": ("categories", categories_syntax),
    "datacatalog/categories/semantic-valid": ("categories", categories_semantic),
    "datacatalog/tracking-plans/spec-syntax-valid": ("tracking-plan", plans_syntax),
    "datacatalog/tracking-plans/semantic-valid": ("tracking-plan", plans_semantic),
    "references": ("tracking-plan", references),
}
"""Each rule by the id that it has with them, and the kind of file that it is for."""


def problems(graph: Graph) -> list[Problem]:
    """Everything that any rule has to say of the files of a project."""
    found = [
        problem
        for file in graph
        for kind, rule in RULES.values()
        if kind in ("*", file["kind"])
        for problem in rule(file, graph)
    ]
    for file in graph:
        if set(file) != {"version", "kind", "metadata", "spec"} or not file["metadata"].get("name"):
            found.append(("/metadata", "'name' is required"))
    for kind in ("properties", "events"):
        ids = Counter(each["id"] for each in resources(graph, kind))
        found += [(f"/{kind}", f"duplicate id {id_}") for id_, times in ids.items() if times > 1]
    return found


def resources(graph: Graph, kind: str) -> list[dict[str, Any]]:
    return [each for file in graph if file["kind"] == kind for each in file["spec"][kind]]


def required(place: str, each: dict[str, Any], *keys: str) -> Iterator[Problem]:
    for key in keys:
        if not each.get(key):
            yield f"{place}/{key}", f"'{key}' is required"


def known(place: str, each: dict[str, Any], *keys: str) -> Iterator[Problem]:
    """Their reader refuses keys that it does not know."""
    yield from ((f"{place}/{key}", f"unknown field {key}") for key in each if key not in keys)


def description(place: str, each: dict[str, Any], *, letter: bool = False) -> Iterator[Problem]:
    text = each.get("description")
    if text and not 3 <= len(text) <= 2000:
        yield f"{place}/description", "'description' must be of 3 to 2000 characters"
    if text and letter and not re.match("[a-zA-Z]", text):
        yield f"{place}/description", "must start with a letter [a-zA-Z]"


def is_ref(text: str, kind: str) -> bool:
    return bool(re.fullmatch(rf"#{kind}:[a-zA-Z0-9_-]+", text))
