"""``churnzero``: a build sheet for a journey of ChurnZero: milestones with tasks and achievements."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.plans.template import Template
from playbook.targets.files.build_sheet import COUNT, BuildSheet, Field, build_sheet_files, build_sheet_losses
from playbook.targets.success import fields
from playbook.targets.success.carried import SHEET
from playbook.targets.target import Evidence, File, Loss, Settings, Target, none, part

TARGET = Target(
    name="churnzero",
    title="ChurnZero journey (build sheet)",
    tool="ChurnZero",
    what="What an administrator types in to build the journey: stages as milestones, steps as tasks.",
    form="XLSX and Markdown",
    group="Customer success",
    modes=("template",),
    carries={
        **SHEET,
        "offsets": part("as days from the begin of the milestone (stage), which is how a journey counts"),
        "business_days": part(
            "turned into calendar days (5 of them are 7), unless count=working is set; Follow "
            "Active Hours moves what falls outside of working hours"
        ),
        "conditions": part("in words, to be built as a conditional step"),
        "dependencies": part("between milestones only: within one, steps have no order of their own"),
        "start_dates": none("a step of a milestone has a due date only"),
        "durations": none("a step of a milestone has a due date only"),
    },
    updates=False,
    how=(
        "Create what the first lists name: account roles, fields (custom attributes), segments.",
        "Open Journeys > Drafts > Create New Journey and fill in the first screen.",
        "On the Milestone tab, add a milestone for each stage.",
        "Open each milestone and add its steps: Add Task with Subject, Assign To, Due Date and Comment. Copy the "
        "comment as it is: its last line is the key.",
        "Add the milestones of the playbook as achievements; give each the segment that proves it.",
        "Automated e-mails and in-app messages are plays: build them under Playbooks, one step "
        "for each line with that channel.",
    ),
    evidence=(
        Evidence(
            "journeys begin by hand, by a segment or after another journey; milestones begin with the journey or "
            "after another milestone",
            "documented",
            "ChurnZero support: Setting Up Your Journeys; Setting Up Your Milestones",
        ),
        Evidence(
            "tasks have Subject, For, Status, Priority, Assign To (a user or an account role) and Due Date in days "
            "from the begin of the milestone; Required says whether the milestone waits for it",
            "documented",
            "ChurnZero support: Creating Milestone Steps (Achievements and Tasks)",
        ),
        Evidence(
            "tasks of plays may be due in active hours only",
            "documented",
            "ChurnZero support: Play Step: Create Task",
        ),
        Evidence(
            "tasks and journeys have no import", "reported", "ChurnZero support lists four kinds of CSV import"
        ),
    ),
    options=(COUNT,),
    keys={"template": "the last line of the comment of each step"},
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
        (
            "Journey Begins When",
            f"Segment Criteria Is Met: enters a segment of accounts for which {fields.trigger(template)} is set",
        ),
        ("Allow Re-Entry", "No"),
    )


def _title(template: Template, stage: str, before: str) -> str:
    del before
    return template.stages[stage].title


def _goal(template: Template, stage: str, before: str) -> str:
    del before
    return template.stages[stage].goal


def _begins(template: Template, stage: str, before: str) -> str:
    del stage
    return f"Previous Milestone Completes: {template.stages[before].title}" if before else "When Journey Begins"


_SHEET = BuildSheet(
    made="journey",
    group="Milestone",
    steps="Tasks of the milestones",
    settings=_settings,
    elsewhere="milestones count from the day on which they begin: they hold if the stage begins as planned; "
    "check the dates as soon as {anchor} is known",
    text="Comment",
    groups=(
        ("Name", _title),
        ("Description", _goal),
        ("Milestone Begins When", _begins),
        ("In the playbook", fields.begins_words),
    ),
    fields=(
        Field("Subject", fields.name),
        Field("Assign To (account role)", fields.owner_role),
        Field("Due Date (days)", fields.days_in_group, "right"),
        Field("Required", fields.required),
        Field("Channel", fields.channel),
        Field("Only if", fields.condition),
        Field("In the playbook", fields.due_words),
    ),
)
