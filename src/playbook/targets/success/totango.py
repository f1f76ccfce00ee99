"""``totango``: a build sheet for a SuccessBLOC of Totango, with a SuccessPlay for each stage."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.files.build_sheet import COUNT, BuildSheet, Field, build_sheet_files, build_sheet_losses
from playbook.targets.success import fields
from playbook.targets.success.carried import KEY, SHEET
from playbook.targets.target import Evidence, File, Loss, Settings, Target, none, part

TARGET = Target(
    name="totango",
    title="Totango SuccessBLOC (build sheet)",
    tool="Totango",
    what="What an administrator types in to build the SuccessBLOC: a SuccessPlay for each stage, with its tasks.",
    form="XLSX and Markdown",
    group="Customer success",
    modes=("template",),
    carries={
        **SHEET,
        "conditions": part("in words, to be built as the criteria of a SuccessPlay"),
        "start_dates": none("a task of a SuccessPlay has a due date only"),
        "durations": none("a task of a SuccessPlay has a due date only"),
    },
    updates=False,
    how=(
        "Create what the first lists name: account assignment roles, attributes, segments.",
        "Make a SuccessBLOC, or open the one for onboarding.",
        "On its tab SuccessPlays choose + Create SuccessPlay, one for each stage, triggered by hand or by the "
        "event that the list names.",
        "Add the tasks of the stage: assign each by Role. Copy the description as it is: its last line is the key.",
        "Enable each SuccessPlay when it is complete.",
    ),
    evidence=(
        Evidence(
            "a SuccessPlay has a name, a description and a trigger (event-based or manual), and is made on the tab "
            "SuccessPlays of a SuccessBLOC",
            "documented",
            "Totango support: Create SuccessPlays",
        ),
        Evidence(
            "tasks are assigned by role, by team pool or to a team member",
            "documented",
            "Totango support: Manage dynamic task assignment",
        ),
        Evidence(
            "a task needs a title and a description",
            "documented",
            "Totango support: Create and manage tasks",
        ),
        Evidence("due dates of tasks in days from the trigger", "recalled", "no source"),
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
        ("SuccessBLOC", template.title),
        ("Description", template.description or template.title),
        ("SuccessPlays", "one for each stage"),
    )


def _name(template: Template, stage: str, before: str) -> str:
    del before
    return f"{template.title}: {template.stages[stage].title}"


def _description(template: Template, stage: str, before: str) -> str:
    """Both the name and the description are required."""
    del before
    return template.stages[stage].goal or f"Stage {template.stages[stage].position} of {template.title}"


def _trigger(template: Template, stage: str, before: str) -> str:
    del stage
    if before:
        return f"Event Based: the account has left the stage {template.stages[before].title}"
    return f"Event Based: {fields.trigger(template)} is set"


_SHEET = BuildSheet(
    made="SuccessBLOC",
    group="SuccessPlay",
    steps="Tasks of the SuccessPlays",
    settings=_settings,
    elsewhere="tasks count from the day on which their SuccessPlay runs: they hold if the stage begins as planned; "
    "check the dates as soon as {anchor} is known",
    groups=(
        ("Name", _name),
        ("Description", _description),
        ("Trigger", _trigger),
        ("In the playbook", fields.begins_words),
    ),
    fields=(
        Field("Task title", fields.name),
        Field("Assign to (role)", fields.owner_role),
        Field("Due (days)", fields.days_in_group, "right"),
        Field("After no.", fields.depends_on),
        Field("Only if", fields.condition),
        Field("In the playbook", fields.due_words),
    ),
)
