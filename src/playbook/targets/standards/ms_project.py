"""``ms-project``: a project for Microsoft Project and all that read its XML (MSPDI)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.stable import account_file
from playbook.targets.files.xml_text import xml_bytes
from playbook.targets.standards.project_parts import MOST
from playbook.targets.standards.project_plan import planned_project
from playbook.targets.standards.project_template import template_project
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

_KEYS = "field Key (Text1) of a task; its GUID is made from it"

TARGET = Target(
    name="ms-project",
    title="Microsoft Project XML",
    tool="Microsoft Project and others that read its XML",
    what="A project with stages as summary tasks, links, resources and stable ids.",
    form="XML",
    group="Standards",
    modes=("template", "plan"),
    carries={
        "stages": FULL,
        "offsets": part("as links with a lag from a milestone for each anchor, whose date you set"),
        "business_days": part("on the week of the file's calendar; holidays are to be added in Project"),
        "start_dates": part(
            "as the constraint Start No Earlier Than; in a template work starts as early as it can"
        ),
        "durations": FULL,
        "roles": part("as generic resources"),
        "people": FULL,
        "raci": part("who is responsible is assigned, the other letters are in the note"),
        "dependencies": FULL,
        "lags": part("what lies between two tasks in the plan, where `dates` is `linked`"),
        "conditions": part("as text in the field `Only if`"),
        "checklists": part("as lines of the note"),
        "descriptions": FULL,
        "means": part("in the note"),
        "custom_fields": part("the fields that a step fills are named in the note"),
        "approvals": part("in the note"),
        "slas": part("in the note"),
        "milestones": FULL,
        "handoffs": none("a project has no place for them"),
        "routines": none("they have no date of their own"),
        "for_each": part("in the note, once"),
        "repeats": part("in a plan a task for each occurrence up to the horizon, in a template in the note"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "In Microsoft Project choose File, Open, the file type XML, and the file.",
        "A template: set the dates of the milestones below `Dates to set`, then put people in place of the roles.",
        "Opening a file again makes another project, so later take over changes only.",
    ),
    limits=(
        Limit(
            "the name of a task", MOST, "characters", "documented", "learn.microsoft.com: Task.MAX_TASK_NAME_LEN"
        ),
        Limit("a text field of a task", MOST, "characters", "recalled", "no source"),
    ),
    options=(
        Option(
            "dates",
            "Whether tasks keep their dates by a constraint, or follow what is ahead of them at the distance that "
            "the plan has, so that they move along.",
            "kept",
            ("kept", "linked"),
        ),
    ),
    evidence=(
        Evidence(
            "Tasks, outline, dates, links with type and lag, resources, calendar, ids and fields",
            "proven",
            "read back by MPXJ in the tests",
        ),
        Evidence(
            "The elements stand in the order of the schema",
            "proven",
            "compared with the order in the classes that MPXJ has generated from the schema",
        ),
        Evidence(
            "LinkLag is in tenths of a minute; the types of links are FF 0, FS 1, SF 2, SS 3",
            "documented",
            "learn.microsoft.com: PredecessorLink Element; PjTaskLinkType enumeration",
        ),
        Evidence("Microsoft Project itself opens the files", "recalled", "not tried: the program is not open"),
    ),
    keys={"template": _KEYS, "plan": _KEYS},
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """One project without dates: what hangs on an anchor is linked to a milestone for it."""
    del settings
    yield File(f"{template.name}.project.xml", xml_bytes(template_project(template)))


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A project for each account."""
    for each in plans:
        project = planned_project(each, linked=settings["dates"] == "linked")
        yield File(account_file(each, ".project.xml"), xml_bytes(project))


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Texts that are too long, and times that depend on the length of a month."""
    del settings
    long = tuple(task.step for task in template.tasks if max(len(task.title), len(task.condition)) > MOST)
    if long:
        why = f"a task's name and a text field hold {MOST} characters; a condition is whole in the note"
        yield Loss("long titles and conditions", why, long, part=True)
    months = tuple(task.step for task in template.tasks if task.due and task.due.unit == "mo")
    if months:
        yield Loss("months", "Project counts a month of a lag as 30 days", months, part=True, mode="template")
