"""``jira``: the CSV of Jira Cloud's importer: an epic for each account, its tasks, sub-tasks for checklists, links.

Sources: "Import data from a CSV file" (support.atlassian.com) for the header row, quoting and repeated columns;
"CSV import Parent-child mapping" (Atlassian's knowledge base) for Issue ID, Parent and the order of levels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.projects.carried import IN_WORDS, NO_DATES, circles, guests, long_names, long_texts, too_many
from playbook.targets.projects.jira_rows import (
    DESCRIPTION_LENGTH,
    LABEL_LENGTH,
    SUMMARY_LENGTH,
    Batch,
    count_of,
    fill,
    written,
)
from playbook.targets.projects.work import plan_work
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

_GUIDE = "support.atlassian.com/jira-cloud-administration/docs/import-data-from-a-csv-file"
_LEVELS = "Atlassian's knowledge base, CSV import Parent-child mapping"
_OTHERS = "importcsv.com/blog/jira-csv-import"

TARGET = Target(
    name="jira",
    title="Jira, CSV import",
    tool="Jira Cloud",
    what="An epic for each account with a task for each step, sub-tasks for checklists, and links 'blocks'.",
    form="CSV",
    group="Project tools",
    modes=("plan",),
    carries={
        **IN_WORDS,
        **NO_DATES,
        "offsets": FULL,
        "business_days": FULL,
        "stages": part("as a label, the id of the stage"),
        "durations": part("as start and due dates"),
        "raci": part("the owner is assigned; the others are named in the description"),
        "start_dates": part("in the column Start Date, to be mapped to the field of that name"),
        "checklists": part("as sub-tasks of one level; --set checklists=description for lines of text"),
        "dependencies": FULL,
        "lags": none("a link has no waiting time"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "In Jira: Filters, View all work items, Import work items from CSV; or, as an administrator, External "
        "system import, CSV, which takes larger files (--set rows=1000).",
        "Set the date format to yyyy-MM-dd.",
        "Map Issue Id, Parent and Labels to the fields of these names, and each column Link blocks to the link "
        "'blocks'.",
        "Import a file once only: each import makes all work items anew. The key of a task is its label.",
        "In an export of what is new, tasks of an account that has its epic have no parent: put them below it.",
    ),
    limits=(
        Limit("work items in a file, for who is no administrator", 250, "rows", "reported", _OTHERS),
        Limit("work items in a file, for administrators, as a rule", 10_000, "rows", "documented", _GUIDE),
        Limit("summary", SUMMARY_LENGTH, "characters", "recalled", "no source found"),
        Limit("description", DESCRIPTION_LENGTH, "characters", "recalled", "no source found"),
        Limit("label", LABEL_LENGTH, "characters", "recalled", "no source found"),
    ),
    evidence=(
        Evidence(
            "a header without punctuation, with Summary; the same number of cells in each row", "documented", _GUIDE
        ),
        Evidence(
            "the highest level first, sub-tasks last; Parent is the Issue Id of the parent", "documented", _LEVELS
        ),
        Evidence("a column for each label", "documented", _GUIDE),
        Evidence("Assignee as an e-mail address", "documented", _GUIDE),
        Evidence("descriptions are shown as Jira's markup", "recalled", "no source found"),
        Evidence("a repeated column of links with the Issue Ids that are blocked", "reported", "guides on GitHub"),
    ),
    options=(
        Option("rows", "most rows of a file; an account is never split", "250", ("250", "1000", "10000")),
        Option("checklists", "where checklists go", "subtasks", ("subtasks", "description")),
        Option("epic_type", "name of the type of the parent", "Epic"),
        Option("task_type", "name of the type of a step", "Task"),
        Option("subtask_type", "name of the type of a line of a checklist", "Sub-task"),
    ),
    keys={"plan": "first Labels, and last line of Description"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """Files of whole accounts, of about so many rows as the importer takes."""
    batch, number, most = Batch(), 0, int(settings["rows"])
    for each in plans:
        works = plan_work(each)
        if batch.ids and len(batch.ids) + count_of(works, settings) > most:
            number += 1
            yield written(batch, number)
            batch = Batch()
        fill(batch, each, works, settings)
    if batch.ids or not number:
        yield written(batch, number + 1)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Too many rows, long titles and circles."""
    rows = 1 + len(template.tasks)
    if settings["checklists"] == "subtasks":
        rows += sum(len(task.checklist) for task in template.tasks)
    yield from too_many(template, rows, int(settings["rows"]), "rows of an account", "a file")
    yield from long_names(template, SUMMARY_LENGTH, "Jira")
    yield from long_texts(template, DESCRIPTION_LENGTH, "Jira")
    yield from guests(template, "Jira")
    yield from circles(template, "the link that would close it is left out")
