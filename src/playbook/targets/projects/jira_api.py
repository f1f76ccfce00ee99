"""``jira-api``: the calls that build an account's work items in Jira Cloud, with links and the key as a property.

Source: Atlassian's OpenAPI document of the Jira Cloud platform, against which the tests hold every body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.notes import checklist_line
from playbook.targets.files.short_text import shortened
from playbook.targets.projects.calls import Call, call_file, post
from playbook.targets.projects.carried import IN_WORDS, circles, long_names, long_texts
from playbook.targets.projects.jira_document import document
from playbook.targets.projects.jira_rows import DESCRIPTION_LENGTH, LABEL_LENGTH, SUMMARY_LENGTH, label, top_of
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, links, plan_work, unlinked
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

MOST_AT_ONCE = 50
PROPERTY = "playbook"
_SPEC = "Atlassian's OpenAPI document of Jira Cloud, version 2"
_VERSION_3 = "the document of version 3, as mrrefactoring.github.io/jira.js tells it"
_LINKS = "mozilla/jira-bugzilla-integration pull request 1285, and others who tried it"

TARGET = Target(
    name="jira-api",
    title="Jira, API calls",
    tool="Jira Cloud",
    what="The calls that build an account's work items, in order, for a program of your own to carry out.",
    form="JSON",
    group="Project tools",
    modes=("plan",),
    carries={
        **IN_WORDS,
        "stages": part("as a label, the id of the stage"),
        "offsets": FULL,
        "business_days": FULL,
        "start_dates": part("in a field of its own if --set start_field names it, else in the property"),
        "durations": part("as start and due dates"),
        "roles": part("in words in the description"),
        "people": part("by the Jira account id of a person (ids: jira_account); else named in the description"),
        "checklists": part("as sub-tasks of one level; --set checklists=description for lines of text"),
        "dependencies": FULL,
        "lags": none("a link has no waiting time"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "Send the calls in order; put what a response gives in place of ${name} in later bodies.",
        "--set project=KEY names the project; the types of work items must exist in it.",
        "Of an export of what is new, put the key of the account's epic in place of ${issue:<its key>}.",
        "A work item is found again by its label, or by the property 'playbook' of it.",
    ),
    limits=(
        Limit("work items in a call", MOST_AT_ONCE, "work items", "reported", _VERSION_3),
        Limit("summary", SUMMARY_LENGTH, "characters", "recalled", "no source found"),
        Limit("description", DESCRIPTION_LENGTH, "characters", "recalled", "no source found"),
        Limit("label", LABEL_LENGTH, "characters", "recalled", "no source found"),
    ),
    evidence=(
        Evidence("paths and bodies of issue/bulk and issueLink, properties of a new work item", "proven", _SPEC),
        Evidence("descriptions as documents in version 3", "reported", _VERSION_3),
        Evidence("inwardIssue blocks outwardIssue", "reported", _LINKS),
    ),
    options=(
        Option("project", "key of the project"),
        Option("api", "version of the API: 3 takes documents, 2 plain text", "3", ("3", "2")),
        Option("checklists", "where checklists go", "subtasks", ("subtasks", "description")),
        Option("epic_type", "name of the type of the parent", "Epic"),
        Option("task_type", "name of the type of a step", "Task"),
        Option("subtask_type", "name of the type of a line of a checklist", "Sub-task"),
        Option("start_field", "id of the field for start dates, such as customfield_10015"),
    ),
    keys={"plan": "the property 'playbook', the first label, last line of the description"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A file of calls for each account."""
    return (call_file("Jira", plan, _calls(plan, settings)) for plan in plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Long titles and circles."""
    del settings
    yield from long_names(template, SUMMARY_LENGTH, "Jira")
    yield from long_texts(template, DESCRIPTION_LENGTH, "Jira")
    yield from circles(template, "the link that would close it is left out")


def _calls(plan: Plan, settings: Settings) -> Iterator[Call]:
    works = plan_work(plan)
    unlinked_to = unlinked(plan.template, works)
    if not plan.continued:
        yield from _created([_epic(plan, settings)], settings)
    yield from _created([_task(plan, work, unlinked_to[work.key], settings) for work in works], settings)
    if settings["checklists"] == "subtasks":
        yield from _created([line for work in works for line in _lines(work, settings)], settings)
    for work, above in links(works):
        for key in above:
            link = {
                "type": {"name": "Blocks"},
                # The one that blocks is the inward one, though the names suggest the contrary.
                "inwardIssue": {"key": _named(key)},
                "outwardIssue": {"key": _named(work.key)},
            }
            yield post(f"/rest/api/{settings['api']}/issueLink", link)


def _created(issues: list[tuple[str, dict[str, Any]]], settings: Settings) -> Iterator[Call]:
    """Calls that create work items, in the order in which their keys are in the response."""
    waiting = iter(issues)
    while some := list(islice(waiting, MOST_AT_ONCE)):
        body = {"issueUpdates": [issue for _, issue in some]}
        gives = {f"issue:{key}": f"/issues/{at}/key" for at, (key, _) in enumerate(some)}
        yield post(f"/rest/api/{settings['api']}/issue/bulk", body, gives)


def _epic(plan: Plan, settings: Settings) -> tuple[str, dict[str, Any]]:
    top = top_of(plan)
    title = f"{plan.account.name}: {plan.template.title}"
    return top, _issue(top, settings["epic_type"], title, f"Key: {top}", settings)


def _task(plan: Plan, work: Work, after: tuple[str, ...], settings: Settings) -> tuple[str, dict[str, Any]]:
    lines = settings["checklists"] == "description"
    text = description(plan.template, work, checklist=lines, after=after, most=DESCRIPTION_LENGTH)
    issue = _issue(work.key, settings["task_type"], work.name, text, settings)
    issue["fields"] |= {"parent": {"key": _named(top_of(plan))}, **_people(work)}
    if work.task:
        issue["fields"]["labels"].append(label(work.task.stage))
    if work.due:
        issue["fields"]["duedate"] = work.due.isoformat()
    if work.starts:
        issue["properties"][0]["value"]["starts"] = work.starts.isoformat()
        if settings["start_field"]:
            issue["fields"][settings["start_field"]] = work.starts.isoformat()
    return work.key, issue


def _lines(work: Work, settings: Settings) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(work.task.checklist if work.task else (), 1):
        key = f"{work.key}/checklist/{number}"
        told = checklist_line(line) or "Line"
        text = f"Key: {key}" if len(told) <= SUMMARY_LENGTH else f"{told}\nKey: {key}"
        issue = _issue(key, settings["subtask_type"], told, text, settings)
        issue["fields"] |= {"parent": {"key": _named(work.key)}, **_people(work)}
        yield key, issue


def _issue(key: str, kind: str, title: str, text: str, settings: Settings) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "project": {"key": settings["project"] or "${project}"},
        "issuetype": {"name": kind},
        "summary": shortened(title, SUMMARY_LENGTH),
        "description": document(text) if settings["api"] == "3" else text,
        "labels": [label(key)],
    }
    return {"fields": fields, "properties": [{"key": PROPERTY, "value": {"key": key}}]}


def _people(work: Work) -> dict[str, Any]:
    account = work.owner.ids.get("jira_account") if work.owner else None
    return {"assignee": {"id": account}} if account else {}


def _named(key: str) -> str:
    return f"${{issue:{key}}}"
