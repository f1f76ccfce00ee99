"""``gainsight-cta``: calls to action of accounts for Gainsight CS, a stage each, and the tasks below them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from playbook.plans.plan import PersonBinding, Plan, PlannedTask
from playbook.plans.template import StageTemplate, Template
from playbook.targets.files.notes import planned_notes
from playbook.targets.files.owners import colleague, outside_owners
from playbook.targets.success.batches import Batches
from playbook.targets.success.rich_text import as_html
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part
from playbook.targets.worked_out import WORKED_OUT

_MOST, _MOST_TASKS = 50, 1_000
_NOTED = part("in the description")

TARGET = Target(
    name="gainsight-cta",
    title="Gainsight calls to action",
    tool="Gainsight CS",
    what="A call to action for each stage of an account, as a body of the API, and the tasks to be made below it.",
    form="JSON",
    group="Customer success",
    modes=("plan",),
    carries={
        **WORKED_OUT,
        "stages": part("a call to action each, due with its last task"),
        "people": part("by e-mail address; the owner of a call to action is who owns most of its tasks"),
        "raci": _NOTED,
        "checklists": _NOTED,
        "descriptions": FULL,
        "means": _NOTED,
        "approvals": _NOTED,
        "slas": _NOTED,
        "start_dates": none("calls to action and tasks have a due date only"),
        "durations": none("calls to action and tasks have a due date only"),
        "custom_fields": part("named in the description"),
        "dependencies": none("tasks of a call to action have no order in the API"),
        "milestones": none("calls to action and tasks are made of stages and steps alone"),
        "handoffs": none("calls to action and tasks are made of stages and steps alone"),
        "routines": none("only steps become tasks"),
        "repeats": part("a task for each occurrence up to the horizon"),
        "keys": part("in the comments and descriptions: nothing is matched by it"),
    },
    updates=False,
    how=(
        "Give the accounts file the ids that Gainsight has for the companies, or set company=salesforce.",
        "Set type, reason, status and priority to names that your Gainsight has.",
        "Send each file of calls to action with POST to https://<your domain>.gainsightcloud.com/v2/cockpit/cta, "
        "with the header accesskey. The answer names each by its referenceId.",
        "Make the tasks with the Create Task API: cta in the file of tasks is the referenceId of their call to "
        "action. Look up the names of the fields in Gainsight's page first: they are recalled.",
        "Do not send a file twice: it would make everything again. After --changes-since, a stage with new tasks "
        "is in the file again: make its tasks below the call to action that is there, and do not send it anew.",
    ),
    limits=(
        Limit(
            "calls to action in a file", _MOST, "records", "recalled", "Gainsight's limit for a call was not found"
        ),
    ),
    evidence=(
        Evidence(
            "POST /v2/cockpit/cta takes requests, each with a record: Name, CompanyId, OwnerId or OwnerEmail, "
            "DueDate, Comments, referenceId, and type, reason, status and priority by name",
            "reported",
            "Paragon docs: Gainsight; a public script of a Gainsight user",
        ),
        Evidence(
            "the API creates calls to action, and tasks for those that exist",
            "documented",
            "Gainsight support: Call To Action (CTA) API; Task and Playbook API",
        ),
        Evidence("rich text has to be free of harmful markup", "documented", "Gainsight support: CTA API"),
        Evidence("the names of the fields of a task", "recalled", "no source"),
    ),
    options=(
        Option("type", "The type of the calls to action, by its name in Gainsight.", "Lifecycle"),
        Option("reason", "The reason of the calls to action, by its name in Gainsight.", "Onboarding"),
        Option("status", "The status in which they begin, by its name in Gainsight.", "New"),
        Option("priority", "Their priority, by its name in Gainsight.", "Medium"),
        Option(
            "company",
            "What the ids in the accounts file are: Gainsight's own, or those of accounts in Salesforce.",
            "gainsight",
            ("gainsight", "salesforce"),
        ),
    ),
    keys={"plan": "referenceId of a call to action, and the last line of its comments or of a task's description"},
)

_COMPANY = {"gainsight": "CompanyId", "salesforce": "SFDCID"}
"""The field that holds the id of the company, by the option ``company``."""


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Files of calls to action, and beside them files of their tasks."""
    ctas = Batches("gainsight-ctas", _MOST, head='{"requests": [', tail="]}")
    tasks = Batches("gainsight-tasks", _MOST_TASKS)
    for plan in plans:
        for stage, planned in _stages(plan):
            yield from ctas.add({"record": _cta(plan, stage, planned, settings)})
            for each in planned:
                yield from tasks.add({"cta": _reference(plan, stage), "record": _task(plan, each, settings)})
    yield from ctas.rest()
    yield from tasks.rest()


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Names that Gainsight needs and that are empty, and owners that are no users of it."""
    for name in ("type", "reason", "status", "priority"):
        if not settings[name].strip():
            yield Loss(
                f"calls to action without a {name}", "Gainsight needs one: set it", (template.id,), refused=True
            )
    yield from outside_owners(template, "Gainsight", "the task is assigned to nobody")


def _stages(plan: Plan) -> Iterator[tuple[StageTemplate, tuple[PlannedTask, ...]]]:
    """The stages that have tasks."""
    for stage in plan.template.stages.values():
        if planned := tuple(plan.of_stage(stage.id)):
            yield stage, planned


def _reference(plan: Plan, stage: StageTemplate) -> str:
    return f"{plan.template.id}/{stage.id}/{plan.account.id}"


def _cta(plan: Plan, stage: StageTemplate, planned: tuple[PlannedTask, ...], settings: Settings) -> dict[str, Any]:
    reference = _reference(plan, stage)
    owner = _owner_of_most(plan.template, planned)
    due = max((each.due for each in planned if each.due), default=None)
    return {
        "referenceId": reference,
        "Name": f"{plan.template.title}: {stage.title}",
        _COMPANY[settings["company"]]: plan.account.id,
        **_owned(owner),
        **_dated(due),
        **{name: settings[name] for name in ("type", "reason", "status", "priority")},
        "Comments": as_html(f"{stage.goal}\n\nKey: {reference}"),
    }


def _task(plan: Plan, planned: PlannedTask, settings: Settings) -> dict[str, Any]:
    return {
        "Name": planned.title,
        **_owned(colleague(plan.template, planned)),
        **_dated(planned.due),
        "priority": settings["priority"],
        "Description": as_html(planned_notes(plan.template, planned)),
    }


def _owner_of_most(template: Template, planned: tuple[PlannedTask, ...]) -> PersonBinding | None:
    """The colleague who owns most tasks, the first of several; only people with an e-mail address count."""
    found = [owner for each in planned if (owner := colleague(template, each)) and owner.email]
    counts = Counter(owner.email for owner in found)
    return max(found, key=lambda owner: counts[owner.email], default=None)


def _owned(owner: PersonBinding | None) -> dict[str, str]:
    return {"OwnerEmail": owner.email} if owner and owner.email else {}


def _dated(due: date | None) -> dict[str, str]:
    return {"DueDate": due.isoformat()} if due else {}
