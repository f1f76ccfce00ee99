"""``vitally``: a build sheet for a project template of Vitally."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.files.build_sheet import COUNT, BuildSheet, Field, build_sheet_files, build_sheet_losses
from playbook.targets.success import fields
from playbook.targets.success.carried import KEY, SHEET
from playbook.targets.target import Evidence, File, Loss, Settings, Target, none

TARGET = Target(
    name="vitally",
    title="Vitally project template (build sheet)",
    tool="Vitally",
    what="What an administrator types in to build the project template: stages as milestones, steps as tasks.",
    form="XLSX and Markdown",
    group="Customer success",
    modes=("template",),
    carries={
        **SHEET,
        "start_dates": none("a task of a project template has a due date only"),
        "durations": none("a task of a project template has a due date only"),
    },
    updates=False,
    how=(
        "Create what the first lists name: roles, traits, segments.",
        "Open Settings > Projects and make a project template.",
        "Add a milestone for each stage, and below it the tasks.",
        "Copy the description of each as it is: its last line is the key.",
        "Make a playbook that creates the project from the template for the accounts that the sheet names.",
    ),
    evidence=(
        Evidence(
            "projects have templates, with tasks grouped into milestones, used by hand or by a playbook",
            "documented",
            "Vitally docs: Projects",
        ),
        Evidence("the fields of a task in a template", "recalled", "no source"),
        Evidence("no call writes project templates", "recalled", "no source"),
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
        ("Description", template.description or template.title),
        ("Created on", fields.trigger(template)),
    )


_SHEET = BuildSheet(
    made="project template",
    group="Milestone",
    steps="Tasks",
    settings=_settings,
    elsewhere="tasks count from the day on which the project is created; "
    "make a second one that is started on {anchor}, or set these dates by hand as soon as {anchor} is known",
    fields=(
        Field("Task", fields.name),
        Field("Assigned to (role)", fields.owner_role),
        Field("Due (days)", fields.due_days, "right"),
        Field("After no.", fields.depends_on),
        Field("Only if", fields.condition),
        Field("In the playbook", fields.due_words),
    ),
)
