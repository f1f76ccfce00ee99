"""``gainsight``: a build sheet for a playbook of Gainsight CS, which is made on screens only."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.files.build_sheet import COUNT, BuildSheet, Field, build_sheet_files, build_sheet_losses
from playbook.targets.success import fields
from playbook.targets.success.carried import KEY, SHEET
from playbook.targets.target import Evidence, File, Loss, Settings, Target, none

TARGET = Target(
    name="gainsight",
    title="Gainsight playbook (build sheet)",
    tool="Gainsight CS",
    what="What an administrator types in to build the playbook: roles, fields, every task with its relative date.",
    form="XLSX and Markdown",
    group="Customer success",
    modes=("template",),
    carries={
        **SHEET,
        "start_dates": none("a task of a playbook has one relative date"),
        "durations": none("a task of a playbook has one relative date"),
    },
    updates=False,
    how=(
        "Create what the first lists name: roles (fields of Company that hold a user), fields, rules.",
        "Open Administration > Playbooks and make a playbook at the level Company.",
        "Add the tasks in the order of the list. Copy the description as it is: its last line is the key.",
        "Apply the playbook to a call to action by hand, or by a rule on the date that the sheet names.",
    ),
    evidence=(
        Evidence(
            "playbooks are made at Administration > Playbooks, at the levels Global, Company and Relationship, of "
            "tasks with relative dates",
            "documented",
            "Gainsight support: How to Create Playbooks",
        ),
        Evidence(
            "a task has the fields Priority, Status and Description",
            "documented",
            "Gainsight support: Configure Cockpit Tasks",
        ),
        Evidence(
            "the API creates and updates tasks of a call to action, and only fetches playbooks",
            "documented",
            "Gainsight support: Task and Playbook API Documentation",
        ),
        Evidence("the names of the other fields of a task", "recalled", "no source"),
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
        ("Level", "Company"),
        ("Type", "Lifecycle, or the type of call to action that you use for onboarding"),
        ("Description", template.description or template.title),
        ("Applied on", fields.trigger(template)),
    )


_SHEET = BuildSheet(
    made="playbook",
    group="Stage",
    steps="Tasks",
    settings=_settings,
    elsewhere="tasks count from the day on which the playbook is applied; "
    "make a second one that is started on {anchor}, or set these dates by hand as soon as {anchor} is known",
    fields=(
        Field("Task name", fields.name),
        Field("Relative date (days)", fields.due_days, "right"),
        Field("Owner (role)", fields.owner_role),
        Field("After no.", fields.depends_on),
        Field("Only if", fields.condition),
        Field("In the playbook", fields.due_words),
    ),
)
