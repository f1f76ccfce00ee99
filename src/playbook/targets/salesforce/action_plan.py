"""``salesforce-action-plan``: templates of action plans, for orgs that have the licence for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playbook.plans.template import Template
from playbook.targets.files.xml_text import Element, element
from playbook.targets.salesforce.metadata import API_VERSION, FOLDER, document, project
from playbook.targets.salesforce.names import MOST_IN_COMMENTS, MOST_IN_TEXT, api_name, one_line, shortened
from playbook.targets.salesforce.plan_limits import LIMITS, limits_exceeded
from playbook.targets.salesforce.plan_parts import Days, Item, Part, in_days, parts_of
from playbook.targets.salesforce.records import CRITICAL, PRIORITY
from playbook.targets.standards.notes import template_notes
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part
from playbook.text.digests import digest

_MOST_IN_UNIQUE_NAME = 80
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
        "custom_fields": none("`salesforce-objects` makes the fields; an item does not name them"),
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
        "If a template arrives as read-only rather than as a draft, give its API version as 64.0 or later.",
        "Choose on its page whom each item is assigned to; the role stands in the comments.",
        "Publish it. A published template is never changed: raise the version of the playbook and deploy again.",
        "Start a plan on the day that the description of the template names.",
    ),
    limits=(
        *LIMITS,
        Limit("name of a template or item", MOST_IN_TEXT, "characters", "documented", _FIELDS),
        Limit("unique name", _MOST_IN_UNIQUE_NAME, "characters", "documented", _FIELDS),
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
        names.append(_unique_name(template, each, settings))
        data = document("ActionPlanTemplate", _elements(template, each, names[-1], settings))
        yield File(f"{FOLDER}/actionPlanTemplates/{names[-1]}.apt-meta.xml", data)
    yield from project({"ActionPlanTemplate": names}, settings["api_version"])


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Limits, and what becomes of steps that count from another date or in other days."""
    days, dependencies = _days(settings), settings["dependencies"] == "yes"
    yield from limits_exceeded(template, days, dependencies)
    yield from _split(template, parts_of(template, days), dependencies)
    dated = [(task.step, task.due) for task in template.tasks if task.due]
    counted = tuple(step for step, due in dated if not in_days(due, days, template.working_days)[1])
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


def _unique_name(template: Template, each: Part, settings: Settings) -> str:
    """The name that a template is deployed by: another one for each version, since what is published stays."""
    version = f"v{template.version}" if template.version else digest(_elements_text(template, each, settings))[:8]
    return api_name(f"{template.name}_{each.anchor or ''}_{version}", _MOST_IN_UNIQUE_NAME)


def _elements_text(template: Template, each: Part, settings: Settings) -> bytes:
    return document("ActionPlanTemplate", _elements(template, each, "", settings))


def _elements(template: Template, each: Part, name: str, settings: Settings) -> Iterator[Element]:
    yield Element("actionPlanType", "Industries")
    items = {
        item.task.step: _item(template, item, number, name, settings) for number, item in enumerate(each.items, 1)
    }
    yield from (Element("actionPlanTemplateItem", children) for children in items.values())
    if settings["dependencies"] == "yes":
        for item in each.items:
            for ahead in item.after:
                yield _dependency(template, item.task.step, ahead, items)
    yield Element("description", shortened(_start_of(template, each, settings), MOST_IN_TEXT))
    if longest := max((item.days or 0 for item in each.items), default=0):
        yield Element("estimatedCompletionDays", longest)
    yield Element("isAdHocItemCreationEnabled", settings["ad_hoc"] == "yes")
    yield Element("name", one_line(_title(template, each), MOST_IN_TEXT))
    yield Element("status", "Draft")
    yield Element("targetEntityType", settings["object"])
    yield Element("uniqueName", name)


def _title(template: Template, each: Part) -> str:
    version = f" {template.version}" if template.version else ""
    anchor = template.anchors[each.anchor].title if each.anchor else ""
    return f"{template.title}{version}{f': {anchor}' if anchor else ''}"


def _start_of(template: Template, each: Part, settings: Settings) -> str:
    """When a plan is to be started, in English."""
    anchor = template.anchors[each.anchor].title if each.anchor else "the first day"
    skip = "with" if settings["days"] == "working" else "without"
    unit = "day" if each.before == 1 else "days"
    start = f"{each.before} {settings['days']} {unit} before {anchor}" if each.before else f"on the day of {anchor}"
    return f"Start it {start}, {skip} Skip Nonwork Days."


def _item(template: Template, item: Item, number: int, plan: str, settings: Settings) -> tuple[Element, ...]:
    task = item.task
    priority = (settings["critical_priority"] if task.critical else "") or settings["priority"]
    stage = template.stages[task.stage].title
    values = {
        "Subject": one_line(task.title, MOST_IN_TEXT),
        "Priority": priority,
        "Description": shortened(template_notes(template, task), MOST_IN_COMMENTS),
    }
    literals = [_value(name, "valueLiteral", value) for name, value in values.items() if value]
    if item.days is not None:
        literals.append(_value("ActivityDate", "valueFormula", f"StartDate + {item.days}"))
    return (
        *literals,
        Element("displayOrder", number),
        Element("isRequired", task.need == "required"),
        Element("itemEntityType", "Task"),
        Element("name", one_line(f"{stage}: {task.title}", MOST_IN_TEXT)),
        Element("uniqueName", api_name(f"{plan}_{task.step}", _MOST_IN_UNIQUE_NAME)),
    )


def _value(name: str, kind: str, value: str) -> Element:
    return element(
        "actionPlanTemplateItemValue",
        Element("itemEntityType", "Task"),
        Element("name", name),
        Element(kind, value),
    )


def _dependency(template: Template, step: str, ahead: str, items: dict[str, tuple[Element, ...]]) -> Element:
    name = f"{template.task(step).title} after {template.task(ahead).title}"
    return element(
        "actionPlanTemplateItemDependencies",
        Element("creationType", "OnPreviousItemCompleted"),
        Element("name", one_line(name, MOST_IN_TEXT)),
        Element("previousTemplateItem", items[ahead]),
        Element("templateItem", items[step]),
    )
