"""The calls of github-issues, carried out by a service with the fields and rules of GitHub's OpenAPI document."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.targets.project_contracts import carried_out
from tests.targets.project_tools import files_of, is_golden, plans, sample, settings, templates
from tests.targets.samples import sample_plan, sample_template

from playbook.plans.plan import Plan
from playbook.targets.projects.github_text import body, quiet
from playbook.targets.projects.work import plan_work
from playbook.targets.registry import own_losses, plan_files

FIELDS: dict[str, dict[str, type]] = {
    "labels": {"name": str, "color": str, "description": str},
    "milestones": {"title": str, "state": str, "description": str, "due_on": str},
    "issues": {"title": str, "body": str, "milestone": int, "labels": list, "assignees": list, "type": str},
    "sub_issues": {"sub_issue_id": int, "replace_parent": bool},
    "blocked_by": {"issue_id": int},
}
REQUIRED = {
    "labels": "name",
    "milestones": "title",
    "issues": "title",
    "sub_issues": "sub_issue_id",
    "blocked_by": "issue_id",
}


class GitHub:
    """A repository. Ids and numbers are never alike, so that one in the place of the other is found."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.milestones: dict[int, dict[str, Any]] = {}
        self.issues: dict[int, dict[str, Any]] = {}
        self.parents: dict[int, int] = {}
        self.blocked: dict[int, set[int]] = {}

    def __call__(self, path: str, body: Any) -> Any:
        kind = path.rpartition("/")[2]
        assert set(body) <= set(FIELDS[kind])
        assert REQUIRED[kind] in body
        assert all(type(value) is FIELDS[kind][name] for name, value in body.items())
        root, *rest = path.split("/")[4:]
        match [root, *rest]:
            case ["labels"]:
                assert body["name"].lower() not in map(str.lower, self.labels)
                assert 1 <= len(body["name"]) <= 50
                self.labels.append(body["name"])
                return {"name": body["name"]}
            case ["milestones"]:
                return self._milestone(body)
            case ["issues"]:
                return self._issue(body)
            case ["issues", number, "sub_issues"]:
                self._sub_issue(int(number), body["sub_issue_id"])
            case ["issues", number, "dependencies", "blocked_by"]:
                found = self.blocked.setdefault(int(number), set())
                assert body["issue_id"] - 1_000_000 in self.issues
                assert body["issue_id"] - 1_000_000 != int(number)
                found.add(body["issue_id"] - 1_000_000)
                assert len(found) <= 50
            case _:
                raise AssertionError(path)
        return {}

    def _milestone(self, body: dict[str, Any]) -> dict[str, int]:
        assert body["title"] not in {each["title"] for each in self.milestones.values()}
        assert "due_on" not in body or re.fullmatch(r"20\d\d-\d\d-\d\dT12:00:00Z", body["due_on"])
        number = len(self.milestones) + 1
        self.milestones[number] = body
        return {"number": number, "id": 5_000_000 + number}

    def _issue(self, body: dict[str, Any]) -> dict[str, int]:
        assert 1 <= len(body["title"].strip()) <= 256
        assert "\n" not in body["title"]
        assert len(body["body"]) <= 65_536
        assert body.get("milestone", 1) in self.milestones
        assert set(body.get("labels", ())) <= set(self.labels)
        number = len(self.issues) + 1
        self.issues[number] = body
        return {"number": number, "id": 1_000_000 + number}

    def _sub_issue(self, parent: int, child: int) -> None:
        assert parent in self.issues
        assert child - 1_000_000 in self.issues
        assert child - 1_000_000 not in self.parents
        self.parents[child - 1_000_000] = parent
        assert list(self.parents.values()).count(parent) <= 100


def built(plan: Plan, service: GitHub | None = None, **chosen: str) -> GitHub:
    (file,) = plan_files(
        "github-issues", [plan], settings("github-issues", **{"repository": "acme/onboarding", **chosen})
    )
    content = json.loads(file.data)
    assert content["needs"] == []
    assert all(call["path"].startswith("/repos/acme/onboarding/") for call in content["calls"])
    service = service or GitHub()
    carried_out(content, service)
    return service


def key_of(issue: dict[str, Any]) -> str:
    found = re.fullmatch(r"Key: `(.+)`", issue["body"].splitlines()[-1])
    assert found
    return found[1]


@pytest.mark.parametrize("name", templates())
def test_issues_are_built(name: str) -> None:
    plan = plans()[name]
    service = built(plan)
    numbers = {key_of(issue): number for number, issue in service.issues.items()}
    top = numbers[f"{plan.template.id}/acme"]
    assert len(service.issues) == 1 + len(plan.tasks) + len(plan.template.milestones)
    for planned in plan.tasks:
        number = numbers[planned.key]
        issue = service.issues[number]
        assert f"Due: {planned.due}" in issue["body"].splitlines()
        assert f"Starts: {planned.starts}" in issue["body"].splitlines()
        assert issue.get("assignees") == (["ada"] if planned.owner else None)
        assert service.blocked.get(number, set()) == {numbers[key] for key in planned.after}
        assert service.parents[number] == top
        title = " ".join(plan.template.stages[planned.task.stage].title.split())
        assert service.milestones[issue["milestone"]]["title"].endswith(title) or len(title) > 150
        assert issue["body"].count("- [ ] ") >= len(planned.task.checklist)
    assert top not in service.parents


def test_a_milestone_is_due_with_its_last_task() -> None:
    plan = plans()["enterprise_onboarding"]
    service = built(plan)
    for number, milestone in service.milestones.items():
        days = [
            re.search(r"^Due: (.+)$", issue["body"], re.MULTILINE)
            for issue in service.issues.values()
            if issue.get("milestone") == number
        ]
        assert milestone["due_on"][:10] == max(day[1] for day in days if day)


def test_two_accounts_go_into_one_repository() -> None:
    template = sample_template()
    service = built(sample_plan(template, "acme", "Acme"))
    # Labels that are there are refused, which this service cannot say.
    built(sample_plan(template, "acme-2", "Acme"), service, labels="no")
    assert len({milestone["title"] for milestone in service.milestones.values()}) == len(service.milestones)


def test_labels_that_are_there_are_no_reason_to_stop() -> None:
    (file,) = files_of("github-issues", "plan", sample_template())
    calls = json.loads(file.data)["calls"]
    assert all(call.get("accept") == ([422] if call["path"].endswith("/labels") else None) for call in calls)
    (file,) = files_of("github-issues", "plan", sample_template(), labels="no")
    calls = json.loads(file.data)["calls"]
    assert not [call for call in calls if call["path"].endswith("/labels") or "labels" in call["body"]]


def test_more_than_a_hundred_tasks_have_several_parents() -> None:
    plain = sample_template("self_serve")
    first = plain.tasks[0]
    tasks = tuple(replace(first, step=f"s{at}", key=f"p/s{at}", position=at + 1, after=()) for at in range(230))
    service = built(sample_plan(replace(plain, tasks=tasks, milestones=(), _by_step={})))
    counted = [list(service.parents.values()).count(parent) for parent in sorted(set(service.parents.values()))]
    assert counted == [100, 100, 30]
    assert [service.issues[parent]["title"][-4:] for parent in (2, 3)] == [" (2)", " (3)"]


def test_nobody_is_told_and_nothing_is_linked_by_chance() -> None:
    text = "Ask @ada or @acme/team, see #12; mail ada@acme.example, https://x.example/@ada/#3 and owner/repo #4"
    told = quiet(text)
    assert told == (
        "Ask @<!-- -->ada or @<!-- -->acme/team, see #<!-- -->12; mail ada@acme.example, "
        "https://x.example/@ada/#3 and owner/repo #<!-- -->4"
    )
    assert told.replace("<!-- -->", "") == text


def test_long_texts_keep_their_key() -> None:
    plain = sample_template("self_serve")
    long = replace(plain.tasks[0], title="t" * 300, description="d" * 70_000)
    template = replace(plain, tasks=(long, *plain.tasks[1:]), _by_step={})
    work = plan_work(sample_plan(template))[0]
    text = body(template, work, most=65_536)
    assert len(text) == 65_536
    assert text.endswith(f"…\n\nKey: `{long.key}/acme`")
    built(sample_plan(template))
    told = [loss.what for loss in own_losses("github-issues", template, settings("github-issues"))]
    assert told == ["due dates", "the end of long titles", "the end of long descriptions"]


def test_more_blockers_than_an_issue_may_have_are_refused() -> None:
    plain = sample_template("self_serve")
    first, *_ = plain.tasks
    many = [replace(first, step=f"s{at}", key=f"p/s{at}", after=()) for at in range(51)]
    last = replace(first, step="last", key="p/last", after=tuple(task.step for task in many))
    template = replace(plain, tasks=(*many, last), _by_step={})
    (loss,) = [loss for loss in own_losses("github-issues", template, settings("github-issues")) if loss.refused]
    assert loss.where == ("last",)
    for shipped in templates().values():
        assert not [
            each for each in own_losses("github-issues", shipped, settings("github-issues")) if each.refused
        ]


def test_what_is_needed_is_named() -> None:
    (file,) = files_of("github-issues", "plan", sample_template())
    assert json.loads(file.data)["needs"] == ["repository"]


def test_golden() -> None:
    is_golden("github-issues.plan.json", files_of("github-issues", "plan", sample()))
