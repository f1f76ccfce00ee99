"""SLA005: business time that no calendar counts."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Put, Remedy
from playbook.language.playbook import Playbook
from playbook.language.step import Sla
from playbook.lint.bases import base_of
from playbook.lint.kinds import calendar_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, listed, named
from playbook.text.paths import KeyPath
from playbook.text.quantities import Duration
from playbook.workspace import CompiledPlaybook, Workspace

_BUSINESS = ("bd", "bh")


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Business days and hours of a playbook that names no calendar: one finding, at the first of them."""
    del context
    if playbook.model.calendar is not None:
        return
    base = base_of(playbook)
    if base is not None and any(_business_times(base)):
        # That of the base has been told.
        return
    found = list(_business_times(playbook.model))
    if found:
        first, path = found[0]
        others = f", and {counted(len(found) - 1, 'more time')} like it" if len(found) > 1 else ""
        yield Finding(
            f"{first} is counted in business {'days' if first.unit == 'bd' else 'hours'}{others}, but the playbook "
            "names no calendar: nothing says which days are worked, where, and in which time zone",
            path,
            expected="calendar: the id of a calendar document, in the playbook",
            fix=_only_calendar(playbook),
        )


def _only_calendar(playbook: CompiledPlaybook) -> Remedy | None:
    calendars = list(playbook.workspace_symbols["calendar"])
    if len(calendars) != 1:
        return None
    return Remedy(f"count by the calendar {calendars[0]}", (Put(("calendar",), calendars[0]),))


def check_calendars(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Calendars on which the day has no place on the clock."""
    del context
    for document in workspace.documents:
        calendar = calendar_of(document)
        if calendar is None or (calendar.time_zone and calendar.working_hours):
            continue
        users = [playbook for playbook in workspace.playbooks if playbook.model.calendar == calendar.calendar]
        missing = [] if calendar.time_zone or not users else ["time_zone"]
        if not calendar.working_hours and any(
            time.unit == "bh" for user in users for time, _ in _business_times(user.model)
        ):
            missing.append("working_hours")
        if missing:
            names = {
                "time_zone": "no time zone",
                "working_hours": "no working hours, though business hours are used",
            }
            forms = {"time_zone": "time_zone: Europe/Berlin", "working_hours": "working_hours: 09:00-17:00"}
            yield Finding(
                f"the calendar {named(calendar.title, calendar.calendar)} has "
                f"{listed(names[key] for key in missing)}: nothing says at which moment a promise is broken",
                (missing[0],),
                expected=" and ".join(forms[key] for key in missing),
                document=document,
            )


def _business_times(model: Playbook) -> Iterator[tuple[Duration, KeyPath]]:
    for time, path in _times(model):
        if time is not None and time.unit in _BUSINESS:
            yield time, path


def _times(model: Playbook) -> Iterator[tuple[Duration | None, KeyPath]]:
    """The durations of stages, steps and handoffs, in the order of the document."""
    for index, stage in enumerate(model.stages):
        place: KeyPath = ("stages", index)
        yield stage.due.offset if stage.due else None, (*place, "due")
        yield stage.takes, (*place, "takes")
        if stage.sla is not None:
            yield from _of_sla(stage.sla, (*place, "sla"))
        for number, step in enumerate(stage.steps):
            if step.due is not None:
                yield step.due.offset, (*place, "steps", number, "due")
            if step.takes is not None:
                yield step.takes, (*place, "steps", number, "takes")
            if step.sla is not None:
                yield from _of_sla(step.sla, (*place, "steps", number, "sla"))
            if step.approval is not None:
                yield step.approval.within, (*place, "steps", number, "approval", "within")
    for id_, handoff in model.handoffs.items():
        if handoff.accept is not None:
            yield handoff.accept.within, ("handoffs", id_, "accept", "within")


def _of_sla(sla: Sla, path: KeyPath) -> Iterator[tuple[Duration | None, KeyPath]]:
    yield sla.warn, (*path, "warn")
    yield sla.breach, (*path, "breach")


RULE = Rule(
    code="SLA005",
    name="calendar-missing",
    severity=Severity.ERROR,
    profile="governed",
    what="A playbook counts business days or hours and names no calendar, or one without time zone or hours.",
    why="Two teams count the same promise on two calendars, and both are right until a customer asks.",
    bad="""\
calendar: null
""",
    good="""\
calendar: office
---
calendar: office
country: DE
time_zone: Europe/Berlin
working_hours: 09:00-17:00
""",
    fix="safe",
    fix_title="names the calendar, where the workspace has just one",
    playbook=check,
    workspace=check_calendars,
)
