"""``planhat``: a build sheet for a workflow template of Planhat (a project)."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.files.build_sheet import COUNT, BuildSheet, Field, build_sheet_files, build_sheet_losses
from playbook.targets.success import fields
from playbook.targets.success.carried import KEY, SHEET
from playbook.targets.target import FULL, Evidence, File, Loss, Settings, Target, part

TARGET = Target(
    name="planhat",
    title="Planhat workflow template (build sheet)",
    tool="Planhat",
    what="What a builder types in to make the workflow template: groups, steps with timing and dependencies.",
    form="XLSX and Markdown",
    group="Customer success",
    modes=("template",),
    carries={
        **SHEET,
        "start_dates": FULL,
        "durations": part("as a number of days; a day where the playbook says nothing"),
        "dependencies": FULL,
        "conditions": part("in words, to be built as a condition of the step"),
    },
    updates=False,
    how=(
        "Create what the first lists name: fields of Company that hold the people of each role, other fields.",
        "In the Workflows module make a workflow template of the type Project for the model Company.",
        "Add a group for each stage, and in it the steps as task steps.",
        "Open each step for its details: owner (the field of the role), start and duration in days, condition. "
        "Copy the description as it is: its last line is the key.",
        "Set the column Depends On as the list says: Finish to Start.",
        "Activate the template. It counts from the day on which it is applied to a company (day 0).",
    ),
    evidence=(
        Evidence(
            "workflow templates are projects or sequences, and have groups, steps and step details",
            "documented",
            "Planhat help: Workflow structure: groups, steps, and step details",
        ),
        Evidence(
            "a task step starts so many days after the template is applied, and has a duration",
            "documented",
            "Planhat help: Workflow step timings",
        ),
        Evidence(
            "Depends On knows four types, Finish to Start by default, also between groups",
            "documented",
            "Planhat help: Workflows, task step dependencies, overview",
        ),
        Evidence(
            "steps may have conditions on the company, the workflow or the step ahead",
            "documented",
            "Planhat help: Workflow step conditions",
        ),
        Evidence("no call writes workflow templates", "recalled", "none is in the list of the API's models"),
    ),
    options=(COUNT,),
    keys=KEY,
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The sheet as a workbook and as Markdown."""
    return build_sheet_files(TARGET, _SHEET, template, settings)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Owners and dates that the template does not take as they are."""
    del settings
    return build_sheet_losses(TARGET, _SHEET, template)


def _settings(template: Template) -> tuple[tuple[str, str], ...]:
    return (
        ("Name", template.title),
        ("Type", "Project"),
        ("Model", "Company"),
        ("Description", template.description or template.title),
        ("Applied on", fields.trigger(template)),
    )


_SHEET = BuildSheet(
    made="workflow template",
    group="Group",
    steps="Steps",
    settings=_settings,
    elsewhere="steps count from the day on which the workflow is applied; "
    "make a second one that is started on {anchor}, or set these dates by hand as soon as {anchor} is known",
    fields=(
        Field("Step", fields.name),
        Field("Owner (role)", fields.owner_role),
        Field("Start (days)", fields.start_days, "right"),
        Field("Duration (days)", fields.duration_days, "right"),
        Field("Depends On (no.)", fields.depends_on),
        Field("Condition", fields.condition),
        Field("In the playbook", fields.due_words),
    ),
)
