"""``github-issues``: the calls that build an account's issues in a repository of GitHub.

Source: GitHub's OpenAPI document, as the types of the npm package @octokit/openapi-types 29.0.1 tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from playbook.plans.keys import key_part
from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.short_text import one_line, shortened
from playbook.targets.projects.calls import Call, call_file, post
from playbook.targets.projects.carried import IN_WORDS, circles, long_names, long_texts
from playbook.targets.projects.github_text import BODY_LENGTH, LABEL_LENGTH, TITLE_LENGTH, body, label
from playbook.targets.projects.wording import distinct
from playbook.targets.projects.work import Work, links, plan_work, unlinked
from playbook.targets.target import FULL, Evidence, File, Limit, Loss, Option, Settings, Target, none, part

MOST_BLOCKERS = 50
MOST_SUB_ISSUES = 100
_SPEC = "GitHub's OpenAPI document, by npm @octokit/openapi-types 29.0.1"
_DATABASE_ID = f"{_SPEC}; that the number of an issue is refused is said by nine repositories that use it"

TARGET = Target(
    name="github-issues",
    title="GitHub issues, API calls",
    tool="GitHub",
    what="The calls that build an account's issues in a repository, for a program of your own to carry out.",
    form="JSON",
    group="Project tools",
    modes=("plan",),
    carries={
        **IN_WORDS,
        "stages": part("as a milestone of the repository for each account, due with its last task"),
        "offsets": part("the date is told in the issue, which has no due date; a stage's milestone has one"),
        "business_days": part("as above: worked out, and told in the issue"),
        "start_dates": part("in words in the issue, which has no start date"),
        "durations": none("it follows from the dates"),
        "roles": part("as a label, and in words in the issue"),
        "people": part("by the GitHub user name of a person (ids: github_user); else named in the issue"),
        "dependencies": FULL,
        "lags": none("a dependency has no waiting time"),
        "checklists": part("as a list of tasks in the issue"),
        "milestones": part("as an issue with the label 'milestone'"),
        "keys": FULL,
    },
    updates=False,
    how=(
        "Send the calls in order to https://api.github.com; put what a response gives in place of ${name} in later "
        "paths and bodies, numbers as numbers.",
        "Where 'accept' names a status, go on as if the call had succeeded: a label that is there gives 422.",
        "--set repository=OWNER/NAME names the repository; assignees must have access to it.",
        "GitHub slows programs down that create much at once: wait as long as a response says.",
        "Of an export of what is new, leave out the milestones that are there, and put their numbers and that of "
        "the account's issue in their place.",
        'Find an issue again with the search "<key>" in:body.',
    ),
    limits=(
        Limit("title", TITLE_LENGTH, "characters", "reported", "DavyJonesLocker/party_foul pull request 122"),
        Limit("body", BODY_LENGTH, "characters", "reported", "trstringer/manual-approval issue 89 and others"),
        Limit("name of a label", LABEL_LENGTH, "characters", "recalled", "no source found"),
        Limit("sub-issues of an issue", MOST_SUB_ISSUES, "issues", "reported", "orgs/community discussion 207865"),
        Limit("issues that an issue is blocked by", MOST_BLOCKERS, "issues", "recalled", "no source found"),
    ),
    evidence=(
        Evidence("paths and bodies of labels, milestones, issues, sub_issues, dependencies", "documented", _SPEC),
        Evidence("issue_id and sub_issue_id are ids, not numbers, and integers", "documented", _DATABASE_ID),
        Evidence("labels and assignees are dropped without push access", "documented", _SPEC),
        Evidence(
            "due_on is kept as a day in California; noon in UTC is that day",
            "reported",
            "wordpress-mobile/release-toolkit pull request 419, microsoft/PowerShellForGitHub pull request 133",
        ),
        Evidence("a milestone with a title that is there is refused with 422", "recalled", "no source"),
        Evidence(
            "a comment behind @ and # keeps a name from being told and a number from being linked",
            "recalled",
            "no source",
        ),
    ),
    options=(
        Option("repository", "owner and name of the repository, as in acme/onboarding"),
        Option("labels", "whether labels are created and put on issues", "yes", ("yes", "no")),
        Option("type", "name of the issue type of tasks, if the organization has issue types"),
    ),
    keys={"plan": "last line of the body"},
)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """A file of calls for each account."""
    return (call_file("GitHub", plan, _calls(plan, settings)) for plan in plans)


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Due dates, which are no field; long texts; more blockers than an issue may have; circles."""
    del settings
    dated = tuple(task.step for task in template.tasks if task.due)
    if dated:
        why = "an issue has no due date; it is told in the text, and a stage's milestone has that of its last task"
        yield Loss("due dates", why, dated, part=True)
    yield from long_names(template, TITLE_LENGTH, "GitHub")
    yield from long_texts(template, BODY_LENGTH, "GitHub", body)
    yield from circles(template, "the dependency that would close it is left out")
    many = tuple(task.step for task in template.tasks if len(task.after) > MOST_BLOCKERS)
    if many:
        yield Loss("dependencies", f"GitHub takes at most {MOST_BLOCKERS} for an issue", many, refused=True)


def _calls(plan: Plan, settings: Settings) -> Iterator[Call]:
    top = f"/repos/{settings['repository'] or '${repository}'}"
    works = plan_work(plan, milestones=True)
    labels = _labels(plan.template, works) if settings["labels"] == "yes" else {}
    for name in dict.fromkeys(each for found in labels.values() for each in found):
        yield {**post(f"{top}/labels", {"name": name}), "accept": [422]}
    stages = {stage: f"stage:{at}" for at, stage in enumerate(dict.fromkeys(work.stage for work in works), 1)}
    for stage, title in zip(stages, _titles(plan, stages), strict=True):
        yield post(f"{top}/milestones", _milestone(plan, works, stage, title), {stages[stage]: "/number"})
    parents = _parents(plan, works)
    for parent, title in () if plan.continued else parents.items():
        text = f"{plan.template.title}\n\nKey: `{parent}`"
        yield post(f"{top}/issues", {"title": title, "body": text}, _ids(parent))
    unlinked_to = unlinked(plan.template, works)
    for work in works:
        issue = _issue(plan, work, labels.get(work.key, ()), unlinked_to[work.key], settings)
        yield post(f"{top}/issues", {**issue, "milestone": f"${{{stages[work.stage]}}}"}, _ids(work.key))
    for at, work in enumerate(works):
        parent = list(parents)[at // MOST_SUB_ISSUES]
        yield post(f"{top}/issues/${{number:{parent}}}/sub_issues", {"sub_issue_id": f"${{id:{work.key}}}"})
    for work, above in links(works):
        for key in above:
            path = f"{top}/issues/${{number:{work.key}}}/dependencies/blocked_by"
            yield post(path, {"issue_id": f"${{id:{key}}}"})


def _ids(key: str) -> dict[str, str]:
    """What is needed of an issue: its number for paths, its id for links to it."""
    return {f"number:{key}": "/number", f"id:{key}": "/id"}


def _titles(plan: Plan, stages: Iterable[str]) -> Iterator[str]:
    """Titles of milestones: unique in a repository that has those of other accounts too."""
    account = (
        plan.account.name if plan.account.name == plan.account.id else f"{plan.account.name} ({plan.account.id})"
    )
    return distinct((one_line(f"{account} · {plan.template.title} · {stage}") for stage in stages), TITLE_LENGTH)


def _milestone(plan: Plan, works: tuple[Work, ...], stage: str, title: str) -> dict[str, Any]:
    days = [work.due for work in works if work.stage == stage and work.due]
    milestone: dict[str, Any] = {
        "title": title,
        "description": f"Key: {plan.template.id}/{key_part(plan.account.id)}",
    }
    if days:
        milestone["due_on"] = f"{max(days).isoformat()}T12:00:00Z"
    return milestone


def _parents(plan: Plan, works: tuple[Work, ...]) -> dict[str, str]:
    """The issue of the account by its key; several where it would have more sub-issues than one may have."""
    key, title = (
        f"{plan.template.id}/{key_part(plan.account.id)}",
        one_line(f"{plan.account.name}: {plan.template.title}"),
    )
    found = {key: shortened(title, TITLE_LENGTH)}
    for number in range(2, -(-len(works) // MOST_SUB_ISSUES) + 1):
        end = f" ({number})"
        found[f"{key}/part/{number}"] = f"{shortened(title, TITLE_LENGTH - len(end))}{end}"
    return found


def _labels(template: Template, works: Iterable[Work]) -> dict[str, tuple[str, ...]]:
    """The labels of each issue: the playbook, and the role that owns it; or that it is a milestone."""
    found = {}
    for work in works:
        role = template.role_title(work.task.owner) if work.task else ""
        kind = f"role: {role}" if role else "" if work.task else "milestone"
        names = (label(template.id), label(kind))
        found[work.key] = tuple(dict.fromkeys(filter(None, names)))
    return found


def _issue(
    plan: Plan, work: Work, labels: tuple[str, ...], after: tuple[str, ...], settings: Settings
) -> dict[str, Any]:
    issue: dict[str, Any] = {
        "title": shortened(work.name, TITLE_LENGTH),
        "body": body(plan.template, work, after, BODY_LENGTH),
    }
    if labels:
        issue["labels"] = list(labels)
    if work.owner and (user := work.owner.ids.get("github_user")):
        issue["assignees"] = [user]
    if settings["type"] and work.task:
        issue["type"] = settings["type"]
    return issue
