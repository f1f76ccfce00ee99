"""``salesforce-action-plan``: templates of action plans, for orgs that have the licence for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playbook.plans.template import Template
from playbook.targets.salesforce.carried import shortened_texts
from playbook.targets.salesforce.metadata import API_VERSION, FOLDER, document, project
from playbook.targets.salesforce.names import MOST_IN_COMMENTS, MOST_IN_TEXT
from playbook.targets.salesforce.plan_document import MOST_IN_UNIQUE_NAME, TYPE, elements_of, unique_name
from playbook.targets.salesforce.plan_limits import LIMITS, limits_exceeded
from playbook.targets.salesforce.plan_parts import Days, Part, in_days, parts_of
from playbook.targets.salesforce.records import CRITICAL, PRIORITY
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

_GUIDE = "Metadata API guide, ActionPlanTemplate"
_FIELDS = "Salesforce Field Reference"
_HELP = "Salesforce Help, Considerations for Creating Action Plan Templates"

DAYS = Option(
    "days",
    "How plans will be started: with Skip Nonwork Days (working) or without (calendar).",
    "working",
    ("working", "calendar"),
)
DEPENDENCIES = Option(
    "dependencies",
    "Whether a task is created only when those before it are completed. With no, all are there from the start.",
    "yes",
    ("yes", "no"),
)
OBJECT = Option("object", "The object that plans hang on, with activities enabled.", "Account")
AD_HOC = Option("ad_hoc", "Whether people may add items to their plan.", "yes", ("yes", "no"))

_IN_COMMENTS = "in the comments of the task"

TARGET = Target(
    name="salesforce-action-plan",
    title="Salesforce action plan templates",
    tool="Salesforce industry clouds",
    what="Templates from which a plan of tasks is made for an account; needs the IndustriesActionPlans licence.",
    form="XML",
    group="CRM",
    modes=("template",),
    carries={
        "keys": part("in the unique name of the item, and as the last line of the comments"),
        "stages": part("in the name of the item"),
        "offsets": part("as StartDate + days; what counts from another date is in a plan of its own"),
        "business_days": part("if the plan is started with Skip Nonwork Days, which ignores recurring holidays"),
        "start_dates": none("an item has a due date only"),
        "durations": none("an item has a due date only"),
        "roles": part(f"{_IN_COMMENTS}; whom an item is assigned to is chosen on the page of the template"),
        "raci": part(_IN_COMMENTS),
        "dependencies": part(
            "a task is created when all before it are completed, so a conditional one must be closed by hand too"
        ),
        "conditions": part(f"{_IN_COMMENTS}; whoever starts the plan removes what does not apply"),
        "checklists": part(f"{_IN_COMMENTS}, a line each"),
        "descriptions": FULL,
        "means": part(_IN_COMMENTS),
        "custom_fields": part(f"named {_IN_COMMENTS}; `salesforce-objects` makes the fields"),
        "approvals": part(_IN_COMMENTS),
        "for_each": part(f"{_IN_COMMENTS}; the task is there once"),
        "repeats": part(f"{_IN_COMMENTS}; the task is there once"),
        "slas": part(_IN_COMMENTS),
        "milestones": none("an action plan has tasks only"),
        "handoffs": none("an action plan has tasks only"),
        "routines": none("what has no day is no item"),
        "variants": FULL,
    },
    updates=False,
    how=(
        "Check that your org has the licence, and try it in a sandbox.",
        "Run `sf project deploy start --source-dir force-app`.",
        "With an `api_version` below 64.0 it is refused, because older ones know no draft.",
        "Choose on its page whom each item is assigned to; the role stands in the comments.",
        "Publish it. A published template is never changed: raise the version of the playbook and deploy again.",
        "Start a plan on the day that the description of the template names.",
    ),
    limits=(
        *LIMITS,
        Limit("name of a template or item", MOST_IN_TEXT, "characters", "documented", _FIELDS),
        Limit("unique name", MOST_IN_UNIQUE_NAME, "characters", "documented", _FIELDS),
        Limit("text of an item", MOST_IN_COMMENTS, "characters", "documented", _FIELDS),
    ),
    evidence=(
        Evidence("tags and types", "proven", "schema from the types of @salesforce/types 1.9"),
        Evidence("StartDate + days; items repeated whole in dependencies", "documented", f"{_GUIDE}, sample"),
        Evidence("needs Customize Application and the IndustriesActionPlans licence", "documented", _GUIDE),
        Evidence("a published template cannot be changed or become a draft", "documented", _HELP),
        Evidence("templates deployed without a status arrive read-only", "reported", "public Salesforce projects"),
        Evidence("an item sets subject, priority, due date and comments", "documented", "Object Reference"),
        Evidence(
            "an item with prerequisites counts its days from the start of the plan too",
            "recalled",
            "no source found",
        ),
        Evidence(
            "how a file names the role that an item is assigned to is told nowhere", "recalled", "no source found"
        ),
    ),
    options=(DAYS, DEPENDENCIES, PRIORITY, CRITICAL, OBJECT, AD_HOC, API_VERSION),
    keys={"template": "uniqueName of the item"},
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """One file for each date that steps count from, and the project around them."""
    names = []
    for each in parts_of(template, _days(settings)):
        names.append(unique_name(template, each, settings))
        data = document(TYPE, elements_of(template, each, names[-1], settings))
        yield File(f"{FOLDER}/actionPlanTemplates/{names[-1]}.apt-meta.xml", data)
    yield from project(f"{template.name}.action-plans", {TYPE: names}, settings["api_version"])


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Limits, and what becomes of steps that count from another date or in other days."""
    days, dependencies = _days(settings), settings["dependencies"] == "yes"
    yield from limits_exceeded(template, days, dependencies)
    yield from shortened_texts(template)
    yield from _split(template, parts_of(template, days), dependencies)
    dated = [(task.step, task.due) for task in template.tasks if task.due]
    counted = tuple(step for step, due in dated if not in_days(template, due, days)[1])
    if counted:
        yield Loss("due dates in other units", f"they are counted in whole {days} days", counted, part=True)


def _split(template: Template, parts: Sequence[Part], dependencies: bool) -> Iterator[Loss]:
    where = {item.task.step: number for number, each in enumerate(parts) for item in each.items}
    if others := tuple(step for step, number in where.items() if number):
        why = f"steps count from {len(parts)} dates; each is a plan of its own, which somebody starts"
        yield Loss("one plan for all", why, others, part=True)
    across = tuple(
        task.step for task in template.tasks if any(where[task.step] != where.get(ahead) for ahead in task.after)
    )
    if across and dependencies:
        yield Loss("what waits for steps of another plan", "a plan knows only its own tasks", across)
    waiting = tuple(task.step for task in template.tasks if task.after)
    if waiting and not dependencies:
        yield Loss("what waits for what", "all tasks are created when a plan starts, as you chose", waiting)


def _days(settings: Settings) -> Days:
    return "calendar" if settings["days"] == "calendar" else "working"
