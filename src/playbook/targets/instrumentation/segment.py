"""``segment``: the events of a workspace as the rules of Segment's tracking plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playbook.targets.files.json_text import json_bytes
from playbook.targets.instrumentation.carried import UNPLANNED, event_losses
from playbook.targets.instrumentation.events import Event, event_plans
from playbook.targets.target import Evidence, File, Limit, Loss, Option, Settings, Target
from playbook.workspace import Workspace

_MOST = 200
_DRAFT = "http://json-schema.org/draft-07/schema#"

TARGET = Target(
    name="segment",
    title="Segment tracking plan rules",
    tool="Segment",
    what="The body of the call that replaces or updates the rules of a tracking plan.",
    form="JSON",
    group="Instrumentation",
    modes=("workspace",),
    carries={},
    updates=True,
    how=(
        "Make a tracking plan in Segment (Protocols) and take its id from the address of its page.",
        "Send the file as the body of PATCH /tracking-plans/{id}/rules (Public API): it adds and changes rules.",
        "PUT to the same address replaces all rules of the plan: only if nobody else adds any, and it is one file.",
    ),
    limits=(Limit("rules in a call", _MOST, "rules", "documented", "Segment's documentation, segment-docs #7138"),),
    options=(
        Option("names", "By what events are called in code.", "id", ("id", "title")),
        Option("version", "The version of the rules, a whole number.", "1"),
        UNPLANNED,
    ),
    evidence=(
        Evidence(
            "The schemas inside of the rules are of draft 7 and judge events as the tracking plan does",
            "proven",
            "jsonschema in the tests",
        ),
        Evidence(
            "A rule has type, key, version and jsonSchema; the calls",
            "documented",
            "Segment's Public API SDKs and Terraform provider (segmentio)",
        ),
        Evidence(
            "A schema describes the whole call, with `properties` of the event below `properties`",
            "documented",
            "segmentio/terraform-provider-segment, examples",
        ),
    ),
    keys={"workspace": "`key` of a rule, with its version"},
)


def workspace(workspace: Workspace, settings: Settings) -> Iterator[File]:
    """A file for each tracking plan, several where one call does not take all of its rules."""
    for plan in event_plans(workspace):
        rules = [_rule(event, settings) for event in plan.events]
        for number, at in enumerate(range(0, len(rules), _MOST), 1):
            name = f"{plan.id}.segment.rules{f'-{number}' if number > 1 else ''}.json"
            yield File(name, json_bytes({"rules": rules[at : at + _MOST]}))


def workspace_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]:
    """What no tracking plan of events has, titles that two events share, and a version that is none."""
    if not settings["version"].isdecimal():
        yield Loss("the option version", f"{settings['version']!r} is not a whole number", refused=True)
    if settings["names"] == "title":
        events = [event for plan in event_plans(workspace) for event in plan.events]
        titles = [event.title for event in events]
        twice = tuple(event.name for event in events if titles.count(event.title) > 1)
        if twice:
            yield Loss(
                "events of one title",
                "a rule is found by its key, so that they need names of their own",
                twice,
                refused=True,
            )
    yield from event_losses(workspace)


def _rule(event: Event, settings: Settings) -> dict[str, Any]:
    return {
        "key": event.title if settings["names"] == "title" else event.name,
        "type": "TRACK",
        "version": int(settings["version"]) if settings["version"].isdecimal() else 1,
        "jsonSchema": {
            "$schema": _DRAFT,
            "type": "object",
            "description": event.description,
            "properties": {
                "context": {},
                "traits": {},
                "properties": event.schema(closed=settings["unplanned"] == "refuse"),
            },
            **({"required": ["properties"]} if event.required else {}),
        },
    }
