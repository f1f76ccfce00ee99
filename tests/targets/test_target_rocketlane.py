"""The calls of rocketlane, carried out by a service with the fields and rules that are known of Rocketlane's."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import etree
from tests.targets.project_contracts import carried_out
from tests.targets.project_tools import files_of, is_golden, plans, sample, settings, templates
from tests.targets.samples import sample_plan, sample_template

from playbook.plans.plan import Plan
from playbook.targets.registry import own_losses, plan_files

FIELDS: dict[str, dict[str, type]] = {
    "projects": {
        "projectName": str,
        "customer": dict,
        "owner": dict,
        "startDate": str,
        "dueDate": str,
        "autoCreateCompany": bool,
        "externalReferenceId": str,
    },
    "phases": {"phaseName": str, "project": dict, "startDate": str, "dueDate": str},
    "tasks": {
        "taskName": str,
        "project": dict,
        "phase": dict,
        "parent": dict,
        "type": str,
        "taskDescription": str,
        "taskPrivateNote": str,
        "startDate": str,
        "dueDate": str,
        "assignees": dict,
        "followers": dict,
        "externalReferenceId": str,
        "private": bool,
    },
    "add-dependencies": {"dependencies": list},
}
REQUIRED = {
    "projects": {"projectName", "customer", "owner"},
    "phases": {"phaseName", "project", "startDate", "dueDate"},
    "tasks": {"taskName", "project"},
    "add-dependencies": {"dependencies"},
}


class Rocketlane:
    """An account: whatever is created gets a number, and what is referred to has to exist."""

    def __init__(self) -> None:
        self.projects: dict[int, dict[str, Any]] = {}
        self.phases: dict[int, dict[str, Any]] = {}
        self.tasks: dict[int, dict[str, Any]] = {}
        self.ahead: dict[int, set[int]] = {}
        self.made = 0

    def __call__(self, path: str, body: Any) -> Any:
        kind = path.rpartition("/")[2]
        assert REQUIRED[kind] <= set(body) <= set(FIELDS[kind])
        assert all(type(value) is FIELDS[kind][name] for name, value in body.items())
        days = [date.fromisoformat(body[name]) for name in ("startDate", "dueDate") if name in body]
        assert days == sorted(days)
        self.made += 1
        match path.split("/")[1:]:
            case ["projects"]:
                assert body["customer"]["companyName"].strip()
                assert "@" in body["owner"]["emailId"]
                self.projects[self.made] = body
                return {"projectId": self.made}
            case ["phases"]:
                assert body["project"]["projectId"] in self.projects
                self.phases[self.made] = body
                return {"phaseId": self.made}
            case ["tasks"]:
                self._task(body)
                return {"taskId": self.made}
            case ["tasks", task, "add-dependencies"]:
                found = {each["taskId"] for each in body["dependencies"]}
                assert found <= set(self.tasks) - {int(task)}
                assert int(task) in self.tasks
                self.ahead[int(task)] = found
                return {}
        raise AssertionError(path)

    def _task(self, body: dict[str, Any]) -> None:
        assert body["taskName"].strip()
        assert body["type"] in ("TASK", "MILESTONE")
        assert body["project"]["projectId"] in self.projects
        assert "phase" not in body or body["phase"]["phaseId"] in self.phases
        assert "parent" not in body or body["parent"]["taskId"] in self.tasks
        for text in ("taskDescription", "taskPrivateNote"):
            assert etree.fromstring(f"<x>{body.get(text, '').replace('<br>', '<br/>')}</x>") is not None
        for people in ("assignees", "followers"):
            assert all("@" in each["emailId"] for each in body.get(people, {}).get("members", ()))
        assert body["externalReferenceId"] not in {task["externalReferenceId"] for task in self.tasks.values()}
        self.tasks[self.made] = body


def built(plan: Plan, **chosen: str) -> Rocketlane:
    (file,) = plan_files("rocketlane", [plan], settings("rocketlane", **{"owner": "cs@acme.example", **chosen}))
    content = json.loads(file.data)
    assert content["needs"] == []
    service = Rocketlane()
    carried_out(content, service)
    return service


@pytest.mark.parametrize("name", templates())
def test_a_project_is_built(name: str) -> None:
    plan = plans()[name]
    service = built(plan)
    numbers = {task["externalReferenceId"]: number for number, task in service.tasks.items()}
    lines = sum(len(planned.task.checklist) for planned in plan.tasks)
    assert len(service.tasks) == len(plan.tasks) + lines + len(plan.template.milestones)
    for planned in plan.tasks:
        task = service.tasks[numbers[planned.key]]
        assert task["dueDate"] == str(planned.due)
        assert task["startDate"] == str(planned.starts)
        assert task.get("assignees") == ({"members": [{"emailId": "ada@acme.example"}]} if planned.owner else None)
        assert service.ahead.get(numbers[planned.key], set()) == {numbers[key] for key in planned.after}
        phase = service.phases[task["phase"]["phaseId"]]
        assert phase["phaseName"] == " ".join(plan.template.stages[planned.task.stage].title.split())
        assert phase["startDate"] <= task["startDate"]
        assert task["dueDate"] <= phase["dueDate"]
        assert task.get("private", False) == planned.task.is_internal
        assert task["taskPrivateNote"].endswith(f"Key: {planned.key}</p>")
    assert sum("parent" in task for task in service.tasks.values()) == lines
    assert sum(task["type"] == "MILESTONE" for task in service.tasks.values()) == len(plan.template.milestones)


def test_customers_read_nothing_that_is_for_the_team() -> None:
    for plan in plans().values():
        for checklists in ("subtasks", "description"):
            for task in built(plan, checklists=checklists).tasks.values():
                shared = task.get("taskDescription", "")
                assert not any(word in shared for word in ("Responsible: ", "Fills: ", "Promised: ", "Done in: "))
                assert task.get("private") or "Ada" not in shared


def test_options() -> None:
    plan = plans()["enterprise_onboarding"]
    shown = built(plan, internal="shown", company="exists", checklists="description")
    assert not any("private" in task or "parent" in task for task in shown.tasks.values())
    assert not any("autoCreateCompany" in project for project in shown.projects.values())
    assert any("☐ Metadata exchanged" in task.get("taskDescription", "") for task in shown.tasks.values())


def test_a_sub_task_of_what_is_hidden_is_hidden() -> None:
    for plan in plans().values():
        service = built(plan)
        for task in service.tasks.values():
            above = service.tasks[task["parent"]["taskId"]] if "parent" in task else task
            assert task.get("private") == above.get("private")


def test_stages_without_dates_have_those_of_the_project() -> None:
    template = sample_template()
    plan = sample_plan(template)
    stage = plan.tasks[0].task.stage
    bare = tuple(replace(task, starts=None, due=None) if task.task.stage == stage else task for task in plan.tasks)
    service = built(replace(plan, tasks=bare))
    (project,) = service.projects.values()
    phase = next(iter(service.phases.values()))
    assert (phase["startDate"], phase["dueDate"]) == (project["startDate"], project["dueDate"])
    nothing = tuple(replace(task, starts=None, due=None) for task in plan.tasks)
    service = built(replace(plan, tasks=nothing, milestones={}))
    assert not service.phases
    assert not any("phase" in task or "dueDate" in task for task in service.tasks.values())


def test_stages_without_dates_are_told() -> None:
    plain = sample_template()
    stage = next(iter(plain.stages))
    tasks = tuple(replace(task, start=None, due=None) if task.stage == stage else task for task in plain.tasks)
    template = replace(plain, tasks=tasks, _by_step={})
    (loss,) = own_losses("rocketlane", template, settings("rocketlane"))
    assert loss.where == (stage,)
    assert loss.part


def test_what_is_needed_is_named() -> None:
    (file,) = files_of("rocketlane", "plan", sample_template())
    assert json.loads(file.data)["needs"] == ["owner"]


def test_golden() -> None:
    is_golden("rocketlane.plan.json", files_of("rocketlane", "plan", sample()))
