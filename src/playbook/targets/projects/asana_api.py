"""``asana-api``: the calls that build a project in Asana, with sections, tasks, sub-tasks and dependencies.

Source: Asana's own OpenAPI document (Asana/openapi on GitHub), against which the tests hold every body.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from playbook.plans.keys import key_part
from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.notes import checklist_line
from playbook.targets.files.owners import colleagues
from playbook.targets.projects.calls import Call, call_file, post
from playbook.targets.projects.carried import IN_WORDS, circles, guests
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work, links, plan_work, unlinked
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

MOST_LINKS = 30
_SPEC = "Asana's OpenAPI document, github.com/Asana/openapi"
_GID = "/data/gid"

TARGET = Target(
    name="asana-api",
    title="Asana, API calls",
    tool="Asana",
    what="The calls that build a project for an account, in order, for a program of your own to carry out.",
    form="JSON",
    group="Project tools",
    modes=("plan",),
    carries={
        **IN_WORDS,
        "stages": FULL,
        "offsets": FULL,
        "business_days": FULL,
        "start_dates": part("where the task is due on a later day"),
        "durations": part("as start and due dates"),
        "roles": part("in words in the description"),
        "people": FULL,
        "raci": part("colleagues become followers; the letters are in the description"),
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
        "Send the calls in order; put what a response gives in place of ${name} in later paths and bodies.",
        "Give what 'needs' names, such as ${workspace}, the gid of your workspace; or --set workspace=GID.",
        "Of an export of what is new, ${project} is the gid of the account's project: leave out the sections that "
        "are there, and put their gids in their place.",
        "With --set external=yes (an OAuth app), each task can be found again as external:<key>.",
    ),
    limits=(Limit("dependencies and dependents of a task", MOST_LINKS, "tasks", "documented", _SPEC),),
    evidence=(
        Evidence("paths, bodies, dates as 2026-12-01, assignee and followers by e-mail", "proven", _SPEC),
        Evidence("external.gid needs OAuth and finds a task as external:<gid>", "documented", _SPEC),
        Evidence("a task goes to the top of a section unless insert_after is given", "documented", _SPEC),
    ),
    options=(
        Option("workspace", "gid of the workspace"),
        Option("team", "gid of the team that gets the project"),
        Option("checklists", "where checklists go", "subtasks", ("subtasks", "description")),
        Option("external", "keep the key in external.gid, which needs OAuth", "no", ("no", "yes")),
    ),
    keys={"plan": "last line of notes; external.gid on request"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A file of calls for each account."""
    return (call_file("Asana", plan, _calls(plan, settings)) for plan in plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """More links than a task may have, and circles."""
    del settings
    yield from guests(template, "Asana")
    yield from circles(template, "the link that would close it is left out")
    count = Counter(step for task in template.tasks for step in (*task.after, *(task.step for _ in task.after)))
    where = tuple(step for step, found in count.items() if found > MOST_LINKS)
    if where:
        why = f"Asana takes at most {MOST_LINKS} for a task, both directions together"
        yield Loss("dependencies", why, where, refused=True)


def _calls(plan: Plan, settings: Settings) -> Iterator[Call]:
    works = plan_work(plan, milestones=True)
    yield from _project(plan, settings)
    sections = {stage: f"section:{at}" for at, stage in enumerate(dict.fromkeys(work.stage for work in works), 1)}
    for stage, name in sections.items():
        yield post("/projects/${project}/sections", {"data": {"name": stage}}, {name: _GID})
    last: dict[str, str] = {}
    unlinked_to = unlinked(plan.template, works)
    for work in works:
        named = f"task:{work.key}"
        yield post("/tasks", {"data": _task(plan, work, unlinked_to[work.key], settings)}, {named: _GID})
        place = {"insert_after": last[work.stage]} if work.stage in last else {}
        last[work.stage] = f"${{{named}}}"
        yield post(f"/sections/${{{sections[work.stage]}}}/addTask", {"data": {"task": last[work.stage], **place}})
        if settings["checklists"] == "subtasks":
            yield from _subtasks(work)
    for work, above in links(works):
        if above:
            ahead = {"data": {"dependencies": [f"${{task:{key}}}" for key in above]}}
            yield post(f"/tasks/${{task:{work.key}}}/addDependencies", ahead)


def _project(plan: Plan, settings: Settings) -> Iterator[Call]:
    if plan.continued:
        return
    project: dict[str, Any] = {
        "name": f"{plan.account.name}: {plan.template.title}",
        "notes": f"Key: {plan.template.id}/{key_part(plan.account.id)}",
        "default_view": "list",
        "workspace": settings["workspace"] or "${workspace}",
    }
    yield post("/projects", {"data": project}, {"project": _GID})
    if settings["team"]:
        share = {"parent": "${project}", "member": settings["team"], "access_level": "editor"}
        yield post("/memberships", {"data": share})


def _task(plan: Plan, work: Work, after: tuple[str, ...], settings: Settings) -> dict[str, Any]:
    lines = settings["checklists"] == "description"
    followers = colleagues(plan.template, work.people)
    task: dict[str, Any] = {
        "name": work.name,
        "resource_subtype": "default_task" if work.task else "milestone",
        "notes": description(plan.template, work, checklist=lines, after=after),
        "projects": ["${project}"],
    }
    if work.owner and (user := work.owner.ids.get("asana_user") or work.owner.email):
        task["assignee"] = user
    if work.due:
        task["due_on"] = work.due.isoformat()
        if work.starts and work.starts < work.due:
            task["start_on"] = work.starts.isoformat()
    if followers:
        task["followers"] = followers
    if settings["external"] == "yes":
        task["external"] = {"gid": work.key}
    return task


def _subtasks(work: Work) -> Iterator[Call]:
    lines = work.task.checklist if work.task else ()
    for number, line in enumerate(lines, 1):
        name = checklist_line(line)
        data = {"name": name or "Line", "notes": f"Key: {work.key}/checklist/{number}"}
        yield post(f"/tasks/${{task:{work.key}}}/subtasks", {"data": data})
