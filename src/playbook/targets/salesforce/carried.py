"""What the data files of Salesforce carry of a plan, and the facts that they rely on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.plans.template import Template
from playbook.targets.files.notes import template_notes
from playbook.targets.salesforce.names import MOST_IN_COMMENTS, MOST_IN_RECORD_NAME, MOST_IN_TEXT
from playbook.targets.target import FULL, Carried, Evidence, Feature, Limit, Loss, none, part
from playbook.targets.worked_out import WORKED_OUT

_IN_NOTES = "in the text of the task"

PLANNED: Mapping[Feature, Carried] = {
    **WORKED_OUT,
    "keys": FULL,
    "stages": part("as text in a field of the task"),
    "start_dates": FULL,
    "durations": none("tasks have a start and a due date, and no duration"),
    "people": part(
        "by `salesforce_user` or `salesforce_queue` of the organization; a task whose role nobody holds belongs to "
        "whoever imports it, and the role stands in a field"
    ),
    "raci": part(_IN_NOTES),
    "dependencies": part(f"{_IN_NOTES}, by name; no task waits for another"),
    "checklists": part(f"{_IN_NOTES}, a line each"),
    "descriptions": FULL,
    "means": part(_IN_NOTES),
    "custom_fields": part("named in the text of the task; `salesforce-objects` makes the fields"),
    "approvals": part(f"{_IN_NOTES}; nobody is asked by the tool"),
    "milestones": part("those that have a date, as a line of a text of the onboarding"),
    "handoffs": none("a handoff is no task"),
    "routines": none("what has no day is no task"),
    "repeats": part("a task for each time up to the horizon"),
    "slas": part(_IN_NOTES),
}

KEY_ON_ACTIVITY = Evidence(
    "fields of tasks are made on Activity, and may be external ids",
    "reported",
    "public Salesforce projects; deploying them below Task fails there",
)

DATE_ONLY = Evidence(
    "ActivityDate is a date; Task can be upserted; OwnerId is a user or a queue",
    "documented",
    "Object Reference, Task",
)

PICKLISTS = Evidence(
    "Normal and High are priorities of a task; an org may have others",
    "recalled",
    "standard values; Normal is in a sample of the Metadata API guide",
)

TEXT_LIMITS = (
    Limit("subject of a task", MOST_IN_TEXT, "characters", "documented", "Salesforce Field Reference, Task"),
    Limit("comments of a task", MOST_IN_COMMENTS, "characters", "documented", "Salesforce Field Reference, Task"),
    Limit("name of a record", MOST_IN_RECORD_NAME, "characters", "recalled", "no source found"),
)


def unlinked_accounts(template: Template, field: str = "") -> Iterator[Loss]:
    """That an account is linked by its id alone, unless a ``field`` is chosen that finds it."""
    if not field:
        why = "an account whose id is not the one of Salesforce is named in Account_Key__c and linked to nothing"
        yield Loss("links to accounts", why, (template.id,), part=True)


def shortened_texts(template: Template, most_in_title: int = MOST_IN_TEXT) -> Iterator[Loss]:
    """Titles and texts that are cut, since they are longer than Salesforce takes."""
    if long := tuple(task.step for task in template.tasks if len(task.title) > most_in_title):
        yield Loss("the ends of long titles", f"a title has at most {most_in_title} characters", long, part=True)
    texts = ((task.step, len(template_notes(template, task))) for task in template.tasks)
    if long := tuple(step for step, length in texts if length > MOST_IN_COMMENTS):
        yield Loss("the ends of long texts", f"a text has at most {MOST_IN_COMMENTS:,} characters", long, part=True)
