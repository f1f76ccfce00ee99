"""The calls of asana-api, held against Asana's OpenAPI document and carried out by a service made for it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.targets.project_contracts import carried_out, needs_contracts, problem, writable
from tests.targets.project_tools import files_of, is_golden, plans, sample, settings, templates
from tests.targets.samples import sample_template

from playbook.plans.plan import Plan
from playbook.targets.registry import own_losses


class Asana:
    """A workspace: whatever is created gets a gid, and what is referred to has to exist."""

    def __init__(self) -> None:
        self.projects: dict[str, Any] = {}
        self.sections: dict[str, tuple[str, list[str]]] = {}
        self.tasks: dict[str, dict[str, Any]] = {}
        self.parents: dict[str, str] = {}
        self.ahead: dict[str, set[str]] = {}
        self.calls = Counter[str]()

    def __call__(self, path: str, body: Any) -> Any:
        found = problem("asana", path, body)
        assert not found, f"{path}: {found}"
        data, gid = body["data"], f"1{sum(self.calls.values()):05}"
        self.calls[path.rpartition("/")[2]] += 1
        match path.split("/")[1:]:
            case ["projects"]:
                self.projects[gid] = self._fields(data, "ProjectRequest")
            case ["projects", project, "sections"]:
                assert project in self.projects
                self.sections[gid] = (data["name"], [])
            case ["tasks"]:
                assert data["projects"] == list(self.projects)
                self._task(gid, data)
            case ["tasks", parent, "subtasks"]:
                assert parent in self.tasks
                self._task(gid, data)
                self.parents[gid] = parent
            case ["sections", section, "addTask"]:
                listed = self.sections[section][1]
                listed.insert(listed.index(data["insert_after"]) + 1 if "insert_after" in data else 0, data["task"])
            case ["tasks", task, "addDependencies"]:
                assert set(data["dependencies"]) <= set(self.tasks)
                self.ahead[task] = set(data["dependencies"])
            case ["memberships"]:
                assert data["parent"] in self.projects
            case _:
                raise AssertionError(path)
        return {"data": {"gid": gid}}

    def _task(self, gid: str, data: dict[str, Any]) -> None:
        self._fields(data, "TaskCreateRequest")
        assert "start_on" not in data or date.fromisoformat(data["start_on"]) < date.fromisoformat(data["due_on"])
        assert not (data.get("resource_subtype") == "milestone" and "start_on" in data)
        assert data["name"].strip()
        self.tasks[gid] = data

    @staticmethod
    def _fields(data: dict[str, Any], schema: str) -> dict[str, Any]:
        unknown = set(data) - set(writable("asana", schema))
        assert not unknown
        return data


def made(plan: Plan, **chosen: str) -> Asana:
    (file,) = files_of("asana-api", "plan", plan.template, **chosen)
    service = Asana()
    carried_out(json.loads(file.data), service)
    return service


def key_of(task: dict[str, Any]) -> str:
    return str(task["notes"].splitlines()[-1].removeprefix("Key: "))


@needs_contracts
@pytest.mark.parametrize("name", templates())
def test_a_plan_is_built(name: str) -> None:
    plan = plans()[name]
    service = made(plan)
    gids = {key_of(task): gid for gid, task in service.tasks.items()}
    section_of = {task: title for title, tasks in service.sections.values() for task in tasks}
    for planned in plan.tasks:
        gid = gids[planned.key]
        task = service.tasks[gid]
        assert task["due_on"] == planned.due.isoformat()  # type: ignore[union-attr]
        assert task.get("assignee") == (planned.owner.ids["asana_user"] if planned.owner else None)
        assert service.ahead.get(gid, set()) == {gids[key] for key in planned.after}
        assert section_of[gid] == " ".join(plan.template.stages[planned.task.stage].title.split())
    lines = sum(len(planned.task.checklist) for planned in plan.tasks)
    assert len(service.parents) == lines
    assert len(service.tasks) == len(plan.tasks) + lines + len(plan.template.milestones)
    # Ids rise, so that sorted ids are the order in which tasks were created.
    assert all(tasks == sorted(tasks) for _, tasks in service.sections.values())


@needs_contracts
def test_options() -> None:
    plan = plans()["customer_onboarding"]
    service = made(plan, checklists="description", external="yes", workspace="77", team="88")
    assert not service.parents
    assert service.calls["memberships"] == 1
    assert {project["workspace"] for project in service.projects.values()} == {"77"}
    assert all(task["external"]["gid"] == key_of(task) for task in service.tasks.values())


@needs_contracts
def test_the_document_refuses_what_is_wrong() -> None:
    """So that a body that passes says something."""
    assert problem("asana", "/tasks", {"data": {"name": "a", "due_on": "10/05/2026"}})
    assert problem("asana", "/projects/1/sections", {"data": {}})
    assert problem("asana", "/tasks/1/addDependencies", {"data": {"dependencies": "1"}})


def test_more_than_thirty_links_are_told() -> None:
    plain = sample_template()
    first, *others = plain.tasks
    many = [replace(others[0], step=f"s{at}", key=f"p/s{at}", after=(first.step,)) for at in range(31)]
    template = replace(plain, tasks=(first, *many), _by_step={})
    (loss,) = [loss for loss in own_losses("asana-api", template, settings("asana-api")) if loss.refused]
    assert loss.where == (first.step,)
    for shipped in templates().values():
        assert not [each for each in own_losses("asana-api", shipped, settings("asana-api")) if each.refused]


def test_what_is_needed_is_named() -> None:
    (file,) = files_of("asana-api", "plan", sample_template())
    assert json.loads(file.data)["needs"] == ["workspace"]
    (file,) = files_of("asana-api", "plan", sample_template(), workspace="77")
    assert json.loads(file.data)["needs"] == []


def test_golden() -> None:
    is_golden("asana-api.plan.json", files_of("asana-api", "plan", sample()))
