"""``hubspot-workflow``: a playbook as workflows that make its tasks for every enrolled record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from playbook.plans.template import Template
from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.owners import outside_owners
from playbook.targets.hubspot.actions import TOKEN
from playbook.targets.hubspot.due import is_before, whole_days_of
from playbook.targets.hubspot.flows import flows
from playbook.targets.hubspot.moments import TIME_OPTION, wrong_times
from playbook.targets.hubspot.naming import NAME_LIMIT, PREFIX_OPTION, date_name, owner_name, owner_roles
from playbook.targets.hubspot.records import LINK_TYPES, RECORD_OPTION
from playbook.targets.hubspot.requests import Request, requests_file
from playbook.targets.hubspot.task_text import NOTES_EVIDENCE, NOTES_LIMIT, shortened, template_body
from playbook.targets.target import FULL, Evidence, File, Loss, Option, Settings, Target, none, part

_REFERENCE = "developers.hubspot.com, workflow action reference (beta)"
_SCRIPTS = "several public scripts and provider sources that send or read such actions"

BEFORE_OPTION = Option(
    "before",
    "Steps that are due before an anchor: delay waits until a date property of the record, leave_out drops them.",
    "delay",
    ("delay", "leave_out"),
)

TARGET = Target(
    name="hubspot-workflow",
    title="HubSpot workflows",
    tool="HubSpot",
    what="A workflow for each anchor, turned off, that makes the tasks of the playbook for every enrolled record, "
    "with due dates counted from the enrolment and owners from properties of the record.",
    form="JSON",
    group="CRM",
    modes=("template",),
    carries={
        "stages": part("named in the notes"),
        "offsets": part("in whole days; a month is 30.4 days"),
        "business_days": part("the weekend is left out, public holidays and closures are not"),
        "start_dates": none("a task of HubSpot has no start"),
        "durations": none("a task of HubSpot has no duration"),
        "roles": part(
            "by an owner property of the record, for roles of one's own company; others are in the notes"
        ),
        "raci": part("in the notes"),
        "dependencies": part("tasks are made in the order of their due dates; none waits for another"),
        "conditions": part("in the notes: the task is made in any case"),
        "checklists": part("as lines of the notes"),
        "descriptions": FULL,
        "means": part("in the notes"),
        "custom_fields": part("named in the notes; hubspot-properties makes them"),
        "approvals": part("in the notes"),
        "for_each": part("in the notes: one task is made"),
        "repeats": part("in the notes: one task is made"),
        "slas": part("in the notes"),
        "milestones": none("HubSpot has no milestones beside tasks"),
        "handoffs": none("HubSpot has no handoffs"),
        "routines": none("only steps become tasks"),
        "variants": part("in the name of the workflow"),
        "keys": part("as the last line of the notes; the action takes no property of one's own"),
    },
    updates=False,
    how=(
        "Make the properties that they read once (hubspot-properties does), and fill the owners and dates.",
        "Send each flow as a POST to the address in ….flow.requests.json, with a token of the scope automation.",
        "In HubSpot, open each workflow and say what enrolls a record: the day of its anchor, or, for one that is "
        "named before an anchor, that the date property is known.",
        "Look through its actions, try it with one record, and turn it on: it comes turned off.",
        "Keep the id of each workflow: to change it later, send the file as a PUT with that id and its revisionId.",
    ),
    limits=(NAME_LIMIT, NOTES_LIMIT),
    evidence=(
        Evidence(
            "Fields of the actions: create task (due_time, owner_assignment, associations), delay until a date",
            "reported",
            _SCRIPTS,
        ),
        Evidence("That daysOfWeek counts business days", "reported", _SCRIPTS),
        Evidence(
            "The delay until a date takes a negative number of minutes for a time before it",
            "reported",
            "one public collection of actions; others show days",
        ),
        Evidence(
            "Action type ids (0-3 create task, 0-35 delay until a date property), how actions are connected, "
            "isEnabled and the address; the API is in beta and can change",
            "documented",
            _REFERENCE,
        ),
        Evidence("Workflows need a Professional or Enterprise subscription", "recalled", "HubSpot's prices"),
        LINK_TYPES,
        NOTES_EVIDENCE,
    ),
    options=(RECORD_OPTION, TIME_OPTION, BEFORE_OPTION, PREFIX_OPTION),
    keys={"template": "the last line of the notes"},
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """A file for each workflow, and the list of requests."""
    names = []
    for flow in flows(template, settings):
        names.append(f"{flow.id}.flow.json")
        yield File(names[-1], json_bytes(flow.body))
    requests = [Request("/automation/v4/flows", name) for name in names]
    yield requests_file(("automation",), requests, f"{template.name}.flow")


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Steps before an anchor, times that are rounded, owners that nobody can be, and what would be a token."""
    yield from wrong_times({**settings, "time_zone": "UTC"})
    yield from _before(template, settings)
    dated = ((task.step, task.due) for task in template.tasks if task.due)
    rounded = tuple(step for step, due in dated if not whole_days_of(template, due).exact)
    if rounded:
        why = "due dates are counted in whole days; a month is 30.4 days, and hours are counted up to a day"
        yield Loss("exact due times", why, rounded, part=True)
    undated = tuple(task.step for task in template.tasks if task.due is None)
    if undated:
        yield Loss("when work without a date begins", "its task is made with the first ones", undated, part=True)
    yield from outside_owners(template, "HubSpot", "the task is assigned to nobody")
    yield from _same_names(template, settings["prefix"])
    tokens = tuple(task.step for task in template.tasks if TOKEN.search(task.title + template_body(template, task)))
    if tokens:
        why = "HubSpot would fill in what stands in double braces; a space keeps them apart"
        yield Loss("double braces", why, tokens, part=True)
    yield from shortened(template)


def _before(template: Template, settings: Settings) -> Iterator[Loss]:
    where = tuple(task.step for task in template.tasks if is_before(task))
    if where and settings["before"] == "leave_out":
        yield Loss("steps that are due before an anchor", "the option before leaves them out", where, whole=True)
    elif where:
        why = (
            "their workflow waits for a date property, in days of the calendar instead of business days, in a form "
            "that others report and HubSpot does not document, and due dates are counted from when the wait ends: "
            "enroll records before the first of these days, and look at the workflow before it is turned on"
        )
        yield Loss("due dates before an anchor", why, where, part=True)


def _same_names(template: Template, prefix: str) -> Iterator[Loss]:
    yield from _alike("roles", {role: owner_name(prefix, role) for role in owner_roles([template])})
    yield from _alike("anchors", {anchor: date_name(prefix, anchor) for anchor in template.anchors})


def _alike(what: str, names: Mapping[str, str]) -> Iterator[Loss]:
    counts = Counter(names.values())
    if alike := tuple(id_ for id_, name in names.items() if counts[name] > 1):
        yield Loss(what, "their properties would have the same internal name", alike, refused=True)
