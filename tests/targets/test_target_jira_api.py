"""The calls of jira-api, held against Atlassian's OpenAPI document and carried out by a service made for it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from tests.targets.project_contracts import carried_out, needs_contracts, problem, writable
from tests.targets.project_tools import files_of, is_golden, plans, sample, templates
from tests.targets.samples import sample_template

from playbook.plans.plan import Plan
from playbook.targets.projects.jira_document import document

LEVELS = ("Epic", "Task", "Sub-task")


class Jira:
    """A project: work items get keys, and parents and links have to exist."""

    def __init__(self) -> None:
        self.items: dict[str, dict[str, Any]] = {}
        self.blocks: set[tuple[str, str]] = set()

    def __call__(self, path: str, body: Any) -> Any:
        # The document at hand is of version 2; 3 differs in descriptions only.
        found = problem("jira", path.replace("/api/3/", "/api/2/"), body)
        assert not found, f"{path}: {found}"
        if path.endswith("/issue/bulk"):
            return {"issues": [{"key": self._created(issue, path)} for issue in body["issueUpdates"]], "errors": []}
        assert body["type"] == {"name": "Blocks"}
        link = (body["inwardIssue"]["key"], body["outwardIssue"]["key"])
        assert set(link) <= set(self.items)
        self.blocks.add(link)
        return None

    def _created(self, issue: dict[str, Any], path: str) -> str:
        assert set(issue) <= set(writable("jira", "IssueUpdateDetails"))
        fields = issue["fields"]
        level = LEVELS.index(fields["issuetype"]["name"])
        assert ("parent" in fields) == (level > 0)
        if level:
            parent = self.items[fields["parent"]["key"]]
            assert parent["fields"]["issuetype"]["name"] == LEVELS[level - 1]
        assert 0 < len(fields["summary"]) <= 255
        assert fields["summary"] == " ".join(fields["summary"].split())
        assert not [label for label in fields["labels"] if not label or " " in label]
        assert "duedate" not in fields or date.fromisoformat(fields["duedate"])
        if "/api/3/" in path:
            _is_document(fields["description"])
        else:
            assert isinstance(fields["description"], str)
        self.items[f"P-{len(self.items) + 1}"] = issue
        return f"P-{len(self.items)}"


def _is_document(value: Any) -> None:
    """Atlassian's format, as far as it is used: paragraphs of texts, none of them empty."""
    assert set(value) == {"type", "version", "content"}
    assert (value["type"], value["version"]) == ("doc", 1)
    for block in value["content"]:
        assert block["type"] == "paragraph"
        for node in block["content"]:
            assert set(node) == {"type", "text"}
            assert node["type"] == "text"
            assert node["text"]
            assert "\n" not in node["text"]


def made(plan: Plan, **chosen: str) -> Jira:
    (file,) = files_of("jira-api", "plan", plan.template, **chosen)
    content = json.loads(file.data)
    assert max(len(call["body"].get("issueUpdates", ())) for call in content["calls"]) <= 50
    service = Jira()
    carried_out(content, service)
    return service


def by_key(service: Jira) -> dict[str, str]:
    return {issue["properties"][0]["value"]["key"]: key for key, issue in service.items.items()}


@needs_contracts
@pytest.mark.parametrize("api", ["2", "3"])
@pytest.mark.parametrize("name", templates())
def test_a_plan_is_built(name: str, api: str) -> None:
    plan = plans()[name]
    service = made(plan, api=api)
    keys = by_key(service)
    assert len(keys) == len(service.items)
    for planned in plan.tasks:
        fields = service.items[keys[planned.key]]["fields"]
        assert fields["duedate"] == planned.due.isoformat()  # type: ignore[union-attr]
        assert fields.get("assignee") == ({"id": planned.owner.ids["jira_account"]} if planned.owner else None)
        assert fields["labels"][0] == "_".join(planned.key.split())
    links = {(keys[key], keys[planned.key]) for planned in plan.tasks for key in planned.after}
    assert service.blocks == links
    lines = sum(len(planned.task.checklist) for planned in plan.tasks)
    assert len(service.items) == 1 + len(plan.tasks) + lines


@needs_contracts
def test_options() -> None:
    plan = plans()["customer_onboarding"]
    service = made(plan, checklists="description", project="ONB", start_field="customfield_10015", task_type="Task")
    assert len(service.items) == 1 + len(plan.tasks)
    assert {issue["fields"]["project"]["key"] for issue in service.items.values()} == {"ONB"}
    starts = {issue["fields"].get("customfield_10015") for issue in service.items.values()}
    assert plan.tasks[0].starts
    assert plan.tasks[0].starts.isoformat() in starts


@needs_contracts
def test_the_document_refuses_what_is_wrong() -> None:
    assert problem("jira", "/rest/api/2/issueLink", {"type": {"name": "Blocks"}, "inwardIssue": {"key": "P-1"}})
    assert problem("jira", "/rest/api/2/issue/bulk", {"issueUpdates": [{"properties": [{"k": 1}]}]})


def test_documents() -> None:
    assert document("one\n\n two\0") == {
        "type": "doc",
        "version": 1,
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "one"}]},
            {"type": "paragraph", "content": [{"type": "text", "text": " two\ufffd"}]},
        ],
    }


def test_what_is_needed_is_named() -> None:
    (file,) = files_of("jira-api", "plan", sample_template())
    assert json.loads(file.data)["needs"] == ["project"]


def test_golden() -> None:
    is_golden("jira-api.plan.json", files_of("jira-api", "plan", sample()))
