"""What tracking plans have in common as targets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.language.tracking import Tracking
from playbook.targets.instrumentation.events import event_plans
from playbook.targets.target import Loss, Option
from playbook.views.parts.shared_names import documents_of
from playbook.workspace import Workspace

UNPLANNED = Option(
    "unplanned",
    "Whether events may come with more than the properties that are named.",
    "allow",
    ("allow", "refuse"),
)


def event_losses(workspace: Workspace) -> Iterator[Loss]:
    """What a tracking plan of events leaves out: fields, and the types that nobody says; all, where no event is."""
    if not event_plans(workspace):
        yield Loss("events", "no tracking document here declares any", refused=True)
        return
    fields = tuple(
        name for _, model in documents_of(workspace, "tracking") for name in cast(Tracking, model).fields
    )
    if fields:
        yield Loss("fields", "they are kept in systems of record; no event is sent for them", fields)
    untyped = dict.fromkeys(
        each.name
        for plan in event_plans(workspace)
        for event in plan.events
        for each in event.properties
        if each.kind is None and not each.values
    )
    if untyped:
        why = "no field of that name says what it is, so that any value is allowed"
        yield Loss("types of properties", why, tuple(untyped), part=True)
