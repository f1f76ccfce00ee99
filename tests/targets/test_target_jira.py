"""Jira's CSV, read back by the rules of Atlassian's guides: levels, parents, links by Issue Id."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from tests.targets.project_tools import cells, files_of, is_golden, plans, sample, settings, templates, unguarded
from tests.targets.samples import sample_plan, sample_template

from playbook.targets.registry import own_losses, plan_files

LEVELS = ("Epic", "Task", "Sub-task")


def read(data: bytes) -> dict[str, dict[str, Any]]:
    """The work items by their key (the first label), as the importer makes them; columns may be repeated."""
    header, *rows = cells(data)
    assert "Summary" in header
    # Punctuation in the header may keep the importer from working.
    assert all(name.replace(" ", "").isalnum() for name in header)
    items, highest = {}, 0
    for row in rows:
        item: dict[str, Any] = {"links": [], "labels": []}
        for name, cell in zip(header, row, strict=True):
            if name in ("Link blocks", "Labels"):
                item["links" if name == "Link blocks" else "labels"] += [cell] if cell else []
            else:
                item[name] = cell
        level = LEVELS.index(item["Issue Type"])
        assert level >= highest, "a higher level below a lower one"
        highest = level
        assert 0 < len(item["Summary"]) <= 255
        assert item["Summary"] == " ".join(item["Summary"].split())
        assert not any(" " in label for label in item["labels"])
        assert not item["Due Date"] or date.fromisoformat(item["Due Date"])
        items[item["Issue Id"]] = item
    assert len(items) == len(rows)
    for item in items.values():
        level = LEVELS.index(item["Issue Type"])
        assert (item["Parent"] == "") == (level == 0)
        assert level == 0 or items[item["Parent"]]["Issue Type"] == LEVELS[level - 1]
        item["blocks"] = {items[id_]["labels"][0] for id_ in item["links"]}
    return {item["labels"][0]: item for item in items.values()}


@pytest.mark.parametrize("name", templates())
def test_a_plan_is_read_back(name: str) -> None:
    plan = plans()[name]
    (file,) = files_of("jira", "plan", plan.template)
    items = read(file.data)
    for planned in plan.tasks:
        item = items[planned.key]
        assert item["Due Date"] == planned.due.isoformat()  # type: ignore[union-attr]
        assert unguarded(item["Assignee"]) == (planned.owner.key if planned.owner else "")
        assert all(planned.key in items[key]["blocks"] for key in planned.after)
        assert item["Description"].endswith(f"Key: {planned.key}")
    wanted = sum(len(planned.after) for planned in plan.tasks)
    assert sum(len(item["blocks"]) for item in items.values()) == wanted
    kinds = Counter(item["Issue Type"] for item in items.values())
    assert kinds["Epic"] == 1
    assert kinds["Sub-task"] == sum(len(planned.task.checklist) for planned in plan.tasks)


def test_accounts_share_files_but_are_never_split() -> None:
    template = sample_template()
    made = [sample_plan(template, f"account {number}") for number in range(50)]
    files = list(plan_files("jira", made, settings("jira")))
    read_back = [read(file.data) for file in files]
    assert [file.name for file in files] == ["jira.csv", "jira-2.csv", "jira-3.csv"]
    assert max(map(len, read_back)) <= 250
    accounts = [{key.split("/")[-1] for key, item in items.items() if item["Parent"] == ""} for items in read_back]
    assert sum(map(len, accounts)) == 50
    assert not accounts[0] & accounts[1]


def test_an_account_that_is_too_large_is_told() -> None:
    template = templates()["customer_onboarding"]
    assert not [loss for loss in own_losses("jira", template, settings("jira")) if loss.refused]
    tasks = template.tasks * 4
    large = type(template)(**{**_fields(template), "tasks": tasks})
    told = [loss for loss in own_losses("jira", large, settings("jira")) if loss.refused]
    assert [loss.what for loss in told] == ["rows of an account"]
    assert not [loss for loss in own_losses("jira", large, settings("jira", rows="1000")) if loss.refused]


def test_checklists_can_stay_text() -> None:
    template = templates()["customer_onboarding"]
    (file,) = files_of("jira", "plan", template, checklists="description")
    items = read(file.data)
    assert not [item for item in items.values() if item["Issue Type"] == "Sub-task"]
    assert any("☐" in item["Description"] for item in items.values())


def test_golden() -> None:
    is_golden("jira.plan.csv", files_of("jira", "plan", sample()))


def _fields(template: object) -> dict[str, Any]:
    return {name: getattr(template, name) for name in template.__dataclass_fields__ if not name.startswith("_")}  # type: ignore[attr-defined]
