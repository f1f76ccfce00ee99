"""``snowplow``: the events of a workspace as self-describing schemas for an Iglu registry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playbook.targets.files.json_text import json_bytes
from playbook.targets.instrumentation.carried import UNPLANNED, event_losses
from playbook.targets.instrumentation.events import Event, event_plans
from playbook.targets.instrumentation.naming import tool_ids
from playbook.targets.target import Evidence, File, Loss, Option, Settings, Target
from playbook.workspace import Workspace

_META = "http://iglucentral.com/schemas/com.snowplowanalytics.self-desc/schema/jsonschema/1-0-0#"
_VENDOR, _VERSION = r"[a-zA-Z0-9][a-zA-Z0-9-_.]*", r"[0-9]+-[0-9]+-[0-9]+"

TARGET = Target(
    name="snowplow",
    title="Snowplow schemas",
    tool="Snowplow and others with an Iglu registry",
    what="A self-describing JSON schema for each event, at its place in a registry.",
    form="JSON",
    group="Instrumentation",
    modes=("workspace",),
    carries={},
    updates=True,
    how=(
        "Set `vendor` to your own domain turned around, such as com.acme.",
        "Lint the folder and push it to your registry with igluctl, or put it into a static registry as it is.",
        "Raise `version` when events change: 1-0-1 adds what is optional, 1-1-0 may refuse old events, 2-0-0 does.",
    ),
    options=(
        Option("vendor", "Who the schemas are of: your domain turned around.", "com.example"),
        Option("version", "SchemaVer: model, revision, addition.", "1-0-0"),
        UNPLANNED,
    ),
    evidence=(
        Evidence(
            "The schemas are self-describing and of draft 4",
            "proven",
            "meta-schema of iglu-central (cbac22ed) and jsonschema in the tests",
        ),
        Evidence(
            "A registry holds a schema at vendor/name/jsonschema/version",
            "documented",
            "layout of snowplow/iglu-central",
        ),
        Evidence("igluctl lints and pushes a folder", "recalled", "no source"),
    ),
    keys={"workspace": "`self`: vendor, name and version; the name is the dotted name with _ in place of the dot"},
)


def workspace(workspace: Workspace, settings: Settings) -> Iterator[File]:
    """A file for each event."""
    events = [event for plan in event_plans(workspace) for event in plan.events]
    names = tool_ids((event.name for event in events), dot="_")
    vendor, version = _said(settings)
    for event in events:
        path = f"schemas/{vendor}/{names[event.name]}/jsonschema/{version}"
        yield File(path, json_bytes(_schema(event, names[event.name], vendor, version, settings)))


def workspace_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]:
    """What no schema of events has, and settings that a registry does not take."""
    for name, pattern, form in (("vendor", _VENDOR, "a domain turned around"), ("version", _VERSION, "like 1-0-0")):
        if not re.fullmatch(pattern, settings[name]):
            yield Loss(f"the option {name}", f"{settings[name]!r} is not {form}", refused=True)
    yield from event_losses(workspace)


def _said(settings: Settings) -> tuple[str, str]:
    """The vendor and the version; the defaults where they could not stand in the name of a file."""
    vendor, version = settings["vendor"], settings["version"]
    return (
        vendor if re.fullmatch(_VENDOR, vendor) else "com.example",
        version if re.fullmatch(_VERSION, version) else "1-0-0",
    )


def _schema(event: Event, name: str, vendor: str, version: str, settings: Settings) -> dict[str, Any]:
    return {
        "$schema": _META,
        "description": event.description,
        "self": {"vendor": vendor, "name": name, "format": "jsonschema", "version": version},
        **event.schema(closed=settings["unplanned"] == "refuse"),
    }
