"""An action plan as the metadata of its template."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.files.notes import notes_within, template_notes
from playbook.targets.files.short_text import shortened
from playbook.targets.files.xml_text import Element, element
from playbook.targets.salesforce.metadata import document
from playbook.targets.salesforce.names import (
    MOST_IN_COMMENTS,
    MOST_IN_TEXT,
    api_name,
    api_names,
    one_line,
)
from playbook.targets.salesforce.plan_parts import Item, Part
from playbook.targets.target import Settings
from playbook.text.digests import digest

TYPE = "ActionPlanTemplate"
MOST_IN_UNIQUE_NAME = 80


def unique_name(template: Template, each: Part, settings: Settings) -> str:
    """The name that a template is deployed by: another one for each version, since what is published stays."""
    version = f"v{template.version}" if template.version else digest(_elements_text(template, each, settings))[:8]
    return api_name(f"{template.name}_{each.anchor or ''}_{version}", MOST_IN_UNIQUE_NAME)


def _elements_text(template: Template, each: Part, settings: Settings) -> bytes:
    return document(TYPE, elements_of(template, each, "", settings))


def elements_of(template: Template, each: Part, name: str, settings: Settings) -> Iterator[Element]:
    """What the template of an action plan has in it; the items of a dependency are repeated whole."""
    yield Element("actionPlanType", "Industries")
    names = api_names((f"{name}_{item.task.step}" for item in each.items), MOST_IN_UNIQUE_NAME)
    items = {
        item.task.step: _item(template, item, number, names[f"{name}_{item.task.step}"], settings)
        for number, item in enumerate(each.items, 1)
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


def _item(template: Template, item: Item, number: int, name: str, settings: Settings) -> tuple[Element, ...]:
    task = item.task
    priority = (settings["critical_priority"] if task.critical else "") or settings["priority"]
    stage = template.stages[task.stage].title
    values = {
        "Subject": one_line(task.title, MOST_IN_TEXT),
        "Priority": priority,
        "Description": notes_within(template_notes(template, task), MOST_IN_COMMENTS),
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
        Element("uniqueName", name),
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
