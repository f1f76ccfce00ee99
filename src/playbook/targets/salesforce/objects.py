"""``salesforce-objects``: the objects, fields and permissions that onboardings need, as source-format metadata."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from playbook.plans.template import Template
from playbook.plans.templating import template_of
from playbook.targets.files.short_text import shortened
from playbook.targets.files.xml_text import Element, element
from playbook.targets.salesforce.access import permission_set
from playbook.targets.salesforce.captured import captured_fields, field_losses
from playbook.targets.salesforce.carried import KEY_ON_ACTIVITY
from playbook.targets.salesforce.fields import (
    ACTIVITY_FIELDS,
    KEY,
    ONBOARDING,
    ONBOARDING_TASK,
    TASK_FIELDS,
    CustomField,
    onboarding_fields,
)
from playbook.targets.salesforce.metadata import API_VERSION, FOLDER, document, project
from playbook.targets.salesforce.names import MOST_IN_LABEL, MOST_IN_NAME, one_line
from playbook.targets.salesforce.records import TASKS
from playbook.targets.target import Evidence, File, Limit, Loss, Option, Settings, Target, part
from playbook.workspace import Workspace

_MOST_IN_VALUE = 255
_MOST_IN_GUIDANCE = 1_000
_PERMISSIONS = "Playbook_Onboarding"
_PATH = "Onboarding_Path"

PATH = Option(
    "path",
    "The id of the playbook whose stages become the path on top of an onboarding, with their goals as guidance. "
    "Path must be enabled in Setup.",
)

TARGET = Target(
    name="salesforce-objects",
    title="Salesforce objects and fields",
    tool="Salesforce",
    what="What an org needs before it takes onboardings: objects, fields, picklist values, permissions.",
    form="XML",
    group="CRM",
    modes=("workspace",),
    carries={
        "stages": part("as values of a picklist"),
        "custom_fields": part("with their types; a duration becomes a text, and a list without values a long text"),
        "keys": part("as the external id by which the data files match their records"),
    },
    updates=True,
    how=(
        "Try it in a sandbox first.",
        "Remove the fields that your org already has under another name.",
        "Run `sf project deploy start --source-dir force-app`, or deploy manifest/objects.xml.",
        f"Assign the permission set: `sf org assign permset --name {_PERMISSIONS}`.",
        "A picklist value or a field that fell away from the playbooks is not deleted.",
    ),
    limits=(
        Limit("name or label of a field", MOST_IN_NAME, "characters", "documented", "Salesforce Help 000381913"),
        Limit("custom fields on activities", 100, "fields", "reported", "by others; depends on the edition"),
        Limit("value of a picklist", _MOST_IN_VALUE, "characters", "recalled", "no source found"),
    ),
    evidence=(
        Evidence(
            "objects, fields, path: tags and types", "proven", "schemas from the types of @salesforce/types 1.9"
        ),
        KEY_ON_ACTIVITY,
        Evidence("activities take no long texts", "reported", "by others"),
        Evidence(
            "a permission set names a field of activities twice, for tasks and for events",
            "reported",
            "public Salesforce projects",
        ),
        Evidence("fields must be permitted before data can be loaded into them", "recalled", "no source found"),
    ),
    options=(TASKS, PATH, API_VERSION),
    keys={"workspace": f"field {KEY}"},
)


def workspace(workspace: Workspace, settings: Settings) -> Iterator[File]:
    """A project of the ``sf`` command line with everything in it."""
    templates = _templates(workspace)
    objects = _objects(workspace, templates, settings)
    for object_, fields in objects.items():
        folder = f"{FOLDER}/objects/{object_}"
        if object_ in _LABELS:
            yield File(f"{folder}/{object_}.object-meta.xml", _object(object_))
        for field in fields:
            yield File(f"{folder}/fields/{field.name}.field-meta.xml", field.document())
    yield File(f"{FOLDER}/permissionsets/{_PERMISSIONS}.permissionset-meta.xml", permission_set(objects))
    path = next((each for each in templates if each.id == settings["path"] and not each.variant), None)
    if path is not None:
        yield File(f"{FOLDER}/pathAssistants/{_PATH}.pathAssistant-meta.xml", _path(path))
    members = {
        "CustomObject": [object_ for object_ in objects if object_ in _LABELS],
        "CustomField": [f"{object_}.{field.name}" for object_, fields in objects.items() for field in fields],
        "PermissionSet": [_PERMISSIONS],
        "PathAssistant": [_PATH] if path else [],
    }
    yield from project("objects", members, settings["api_version"])


def workspace_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]:
    """Fields that an onboarding does not take as they are, and a path of a playbook that is not there."""
    templates = _templates(workspace)
    yield from field_losses(workspace, _captured_names(templates))
    path = settings["path"]
    if path and path not in {template.id for template in templates}:
        yield Loss("the path", f"there is no playbook '{path}'", ("path",), refused=True)


def _templates(workspace: Workspace) -> list[Template]:
    """All playbooks, each followed by its variants."""
    return [template_of(each) for playbook in workspace.playbooks for each in (playbook, *playbook.variants)]


def _captured_names(templates: Iterable[Template]) -> list[str]:
    """The fields that steps fill, in the order of the files."""
    return list(dict.fromkeys(name for each in templates for task in each.tasks for name in task.captures))


_LABELS = {
    ONBOARDING: ("Onboarding", "Onboardings"),
    ONBOARDING_TASK: ("Onboarding Task", "Onboarding Tasks"),
}


def _objects(
    workspace: Workspace, templates: list[Template], settings: Settings
) -> dict[str, tuple[CustomField, ...]]:
    """The fields of each object."""
    stages = _values(templates, lambda each: (stage.title for stage in each.stages.values()))
    statuses = _values(templates, lambda each: (name for stage in each.stages.values() for name in stage.statuses))
    ends = _values(templates, lambda each: (title for title, _hoped in each.ends.values()))
    fixed = onboarding_fields(stages, statuses, ends)
    captured = captured_fields(workspace, _captured_names(templates), (field.name for field in fixed))
    extra = sorted(captured, key=lambda field: field.name)
    second = ("Activity", ACTIVITY_FIELDS) if settings["tasks"] == "activities" else (ONBOARDING_TASK, TASK_FIELDS)
    return {ONBOARDING: (*fixed, *extra), second[0]: second[1]}


def _values(templates: Iterable[Template], of: Callable[[Template], Iterable[str]]) -> tuple[str, ...]:
    """The values of a picklist, each once however it is capitalized."""
    values: dict[str, str] = {}
    for template in templates:
        for value in of(template):
            values.setdefault(_value(value).lower(), _value(value))
    return tuple(values.values())


def _value(title: str) -> str:
    return one_line(title, _MOST_IN_VALUE)


def _object(name: str) -> bytes:
    label, plural = _LABELS[name]
    return document(
        "CustomObject",
        (
            Element("deploymentStatus", "Deployed"),
            Element("description", "Made from the playbooks of customer onboarding."),
            Element("enableActivities", True),
            Element("enableReports", True),
            Element("enableSearch", True),
            Element("label", label),
            element("nameField", Element("label", f"{label} Name"), Element("type", "Text")),
            Element("pluralLabel", plural),
            Element("sharingModel", "ReadWrite"),
        ),
    )


def _path(template: Template) -> bytes:
    steps = (
        element(
            "pathAssistantSteps",
            Element("info", shortened(stage.goal, _MOST_IN_GUIDANCE)) if stage.goal else None,
            Element("picklistValueName", _value(stage.title)),
        )
        for stage in template.stages.values()
    )
    return document(
        "PathAssistant",
        (
            Element("active", True),
            Element("entityName", ONBOARDING),
            Element("fieldName", "Stage__c"),
            Element("masterLabel", one_line(template.title, MOST_IN_LABEL)),
            *steps,
            Element("recordTypeName", "__MASTER__"),
        ),
    )
