"""``rocketlane``: the calls that build an account's project in Rocketlane.

Sources: the pages of Rocketlane's own reference (developer.rocketlane.com) on projects, phases and tasks; for the
bodies of tasks and dependencies the code of others who use them, since the reference names their fields only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from playbook.plans.keys import key_part
from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.notes import checklist_line
from playbook.targets.files.owners import colleagues
from playbook.targets.files.short_text import one_line
from playbook.targets.projects.calls import Call, call_file, post
from playbook.targets.projects.carried import IN_WORDS, circles
from playbook.targets.projects.customer_text import shared_text, team_notes
from playbook.targets.projects.work import Work, links, plan_work, unlinked
from playbook.targets.success.rich_text import as_html
from playbook.targets.target import FULL, Evidence, File, Loss, Option, Settings, Target, none, part

_PROJECT = "developer.rocketlane.com/reference/create-project"
_PHASE = "developer.rocketlane.com/reference/phases"
_TASK = "developer.rocketlane.com, Tasks: the names of the fields"
_TRIED = "inba-2299/Plansync, agent/scripts/test-rl.ts, made to try these calls out"
_USED = "simstudioai/sim, tools/rocketlane"

IN_NOTES = {
    feature: replace(carried, how=carried.how.replace("description", "private note"))
    for feature, carried in IN_WORDS.items()
}
"""What has no field of its own is for the team alone."""

TARGET = Target(
    name="rocketlane",
    title="Rocketlane, API calls",
    tool="Rocketlane",
    what="The calls that build a project for an account, in order, for a program of your own to carry out.",
    form="JSON",
    group="Project tools",
    modes=("plan",),
    carries={
        **IN_NOTES,
        "stages": part("as a phase; one without any dated task has the dates of the whole project"),
        "offsets": FULL,
        "business_days": FULL,
        "start_dates": FULL,
        "durations": none("it follows from the dates"),
        "roles": part(
            "in the private note; placeholders for roles are made in Rocketlane's templates, not by a call"
        ),
        "people": part("by the e-mail address of a person; else named in the private note"),
        "raci": part(
            "people become followers, of hidden tasks only colleagues; the letters are in the private note"
        ),
        "dependencies": FULL,
        "lags": none("a dependency has no waiting time"),
        "checklists": part(
            "as sub-tasks, without their own levels; --set checklists=description for lines of text"
        ),
        "milestones": FULL,
        "keys": FULL,
    },
    updates=False,
    how=(
        "Send the calls in order to https://api.rocketlane.com/api/1.0 with the header api-key; put what a "
        "response gives in place of ${name} in later paths and bodies, numbers as numbers.",
        "--set owner=EMAIL names the owner of the projects, who must be a member of your team.",
        "Assignees must be members of the project, or people of the customer that it knows.",
        "The customer reads the description and checklist of a task; all else is in its private note.",
        "Find a task again by its externalReferenceId.",
        "Send the calls of a file once only: sent again, they make everything anew. Of an export of what is new, "
        "${project} is the account's project: leave out phases that are there and put their ids in their place.",
    ),
    evidence=(
        Evidence("POST /projects: projectName, owner, customer, startDate, dueDate", "documented", _PROJECT),
        Evidence("a phase needs a project, a start and a due date; dates as 2026-12-01", "documented", _PHASE),
        Evidence("taskName, startDate, dueDate not before it, assignees, dependencies", "documented", _TASK),
        Evidence("POST /phases and /tasks, parent, type MILESTONE, add-dependencies", "reported", _TRIED),
        Evidence("taskDescription and taskPrivateNote as HTML, the note for the team alone", "reported", _USED),
        Evidence("assignees and followers by emailId, private, autoCreateCompany", "reported", _USED),
        Evidence("externalReferenceId of projects and tasks", "reported", _USED),
        Evidence("placeholders are given to people only in projects made of a template", "reported", _USED),
    ),
    options=(
        Option("owner", "e-mail address of the owner of the projects"),
        Option("checklists", "where checklists go", "subtasks", ("subtasks", "description")),
        Option("internal", "whether the customer sees internal steps", "hidden", ("hidden", "shown")),
        Option("company", "whether a customer that is not there is created", "create", ("create", "exists")),
    ),
    keys={"plan": "externalReferenceId; last line of taskPrivateNote"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A file of calls for each account."""
    return (call_file("Rocketlane", plan, _calls(plan, settings)) for plan in plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Circles, and stages that have no dates of their own."""
    del settings
    yield from circles(template, "the dependency that would close it is left out")
    dated = {task.stage for task in template.tasks if task.due or task.start}
    bare = tuple(stage for stage in template.stages if stage not in dated and any(template.of_stage(stage)))
    if bare:
        yield Loss(
            "stages without dates",
            "a phase must have dates; these have those of the whole project",
            bare,
            part=True,
        )


def _calls(plan: Plan, settings: Settings) -> Iterator[Call]:
    works = plan_work(plan, milestones=True)
    if not plan.continued:
        yield post("/projects", _project(plan, works, settings), {"project": "/projectId"})
    phases: dict[str, str] = {}
    whole = _span(works)
    for stage in dict.fromkeys(work.stage for work in works):
        span = _span(work for work in works if work.stage == stage) or whole
        if span:
            phases[stage] = f"phase:{len(phases) + 1}"
            yield post("/phases", {"phaseName": stage, **_IN_PROJECT, **_days(*span)}, {phases[stage]: "/phaseId"})
    unlinked_to = unlinked(plan.template, works)
    for work in works:
        place = {**_IN_PROJECT, **({"phase": {"phaseId": f"${{{phases[work.stage]}}}"}} if phases else {})}
        task = {**place, **_task(plan, work, unlinked_to[work.key], settings)}
        yield post("/tasks", task, {f"task:{work.key}": "/taskId"})
        if settings["checklists"] == "subtasks":
            yield from _subtasks(work, place, task)
    for work, above in links(works):
        if above:
            ahead = {"dependencies": [{"taskId": f"${{task:{key}}}"} for key in above]}
            yield post(f"/tasks/${{task:{work.key}}}/add-dependencies", ahead)


_IN_PROJECT = {"project": {"projectId": "${project}"}}


def _project(plan: Plan, works: tuple[Work, ...], settings: Settings) -> dict[str, Any]:
    account = one_line(plan.account.name) or plan.account.id
    project: dict[str, Any] = {
        "projectName": one_line(f"{account}: {plan.template.title}"),
        "customer": {"companyName": account},
        "owner": {"emailId": settings["owner"] or "${owner}"},
        "externalReferenceId": f"{plan.template.id}/{key_part(plan.account.id)}",
    }
    if settings["company"] == "create":
        project["autoCreateCompany"] = True
    span = _span(works)
    return {**project, **_days(*span)} if span else project


def _task(plan: Plan, work: Work, after: tuple[str, ...], settings: Settings) -> dict[str, Any]:
    text = shared_text(work, checklist=settings["checklists"] == "description")
    task: dict[str, Any] = {
        "taskName": work.name,
        "type": "TASK" if work.task else "MILESTONE",
        "taskPrivateNote": as_html(team_notes(plan.template, work, after)),
        "externalReferenceId": work.key,
    }
    if text:
        task["taskDescription"] = as_html(text)
    if settings["internal"] == "hidden" and work.task and work.task.is_internal:
        task["private"] = True
    if work.starts:
        task["startDate"] = min(work.starts, work.due or work.starts).isoformat()
    if work.due:
        task["dueDate"] = work.due.isoformat()
    owner = work.owner.email if work.owner else None
    if owner:
        task["assignees"] = {"members": [{"emailId": owner}]}
    everybody = [each.email for each in work.people.values() if each.email]
    others = dict.fromkeys(colleagues(plan.template, work.people) if task.get("private") else everybody)
    others.pop(owner or "", None)
    if others:
        task["followers"] = {"members": [{"emailId": email} for email in others]}
    return task


def _subtasks(work: Work, place: dict[str, Any], task: dict[str, Any]) -> Iterator[Call]:
    hidden = {"private": True} if task.get("private") else {}
    for number, line in enumerate(work.task.checklist if work.task else (), 1):
        key = f"{work.key}/checklist/{number}"
        name = checklist_line(line) or "Line"
        body = {**place, "parent": {"taskId": f"${{task:{work.key}}}"}, "taskName": name, "type": "TASK", **hidden}
        yield post("/tasks", {**body, "taskPrivateNote": as_html(f"Key: {key}"), "externalReferenceId": key})


def _span(works: Iterable[Work]) -> tuple[date, date] | None:
    """From the first day of some tasks to the last one; ``None`` where no day is known."""
    days = [day for work in works for day in (work.starts, work.due) if day]
    return (min(days), max(days)) if days else None


def _days(first: date, last: date) -> dict[str, str]:
    return {"startDate": first.isoformat(), "dueDate": last.isoformat()}
