"""The calls of trello, held against an OpenAPI document of Trello's API and carried out by a made-up service."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from tests.targets.project_contracts import carried_out, needs_contracts, problem, writable
from tests.targets.project_tools import files_of, is_golden, plans, sample, settings, templates
from tests.targets.samples import sample_plan, sample_template

from playbook.plans.plan import PersonBinding, Plan
from playbook.plans.template import ChecklistLine
from playbook.targets.losses import losses_of
from playbook.targets.registry import own_losses, plan_files, target_of

# Fields of Trello's reference that the document does not know.
KNOWN = {"boards": {"defaultLists"}, "cards": {"start"}}


class Trello:
    """A workspace: whatever is created gets an id, and what is referred to has to exist."""

    def __init__(self, board: str = "") -> None:
        self.boards: dict[str, Any] = {board: {}} if board else {}
        self.lists: dict[str, Any] = {}
        self.cards: dict[str, dict[str, Any]] = {}
        self.checklists: dict[str, tuple[str, list[str]]] = {}
        self.made = 0

    def __call__(self, path: str, body: Any) -> Any:
        found = problem("trello", path, body)
        assert not found, f"{path}: {found}"
        kind = path.rpartition("/")[2]
        schema = "checklists_checkItems" if kind == "checkItems" else kind
        assert set(body) <= set(writable("trello", schema)) | KNOWN.get(kind, set())
        assert 1 <= len(body["name"].strip()) <= 16_384
        self.made += 1
        named = f"{self.made:024x}"
        match path.split("/")[1:]:
            case ["boards"]:
                self.boards[named] = body
            case ["lists"]:
                assert body["idBoard"] in self.boards
                self.lists[named] = body
            case ["cards"]:
                self._card(named, body)
            case ["checklists"]:
                assert body["idCard"] in self.cards
                self.checklists[named] = (body["idCard"], [])
            case ["checklists", checklist, "checkItems"]:
                lines = self.checklists[checklist][1]
                lines.append(body["name"])
                assert len(lines) <= 200
            case _:
                raise AssertionError(path)
        return {"id": named}

    def _card(self, named: str, body: dict[str, Any]) -> None:
        assert body["idList"] in self.lists
        assert len(body["desc"]) <= 16_384
        for moment in ("due", "start"):
            assert moment not in body or re.fullmatch(r"20\d\d-\d\d-\d\dT12:00:00\.000Z", body[moment])
        for member in filter(None, body.get("idMembers", "").split(",")):
            assert re.fullmatch(r"[0-9a-f]{24}", member)
        self.cards[named] = body


def built(plan: Plan, **chosen: str) -> Trello:
    (file,) = plan_files("trello", [plan], settings("trello", **chosen))
    service = Trello(chosen.get("board", ""))
    carried_out(json.loads(file.data), service)
    return service


def with_members(plan: Plan) -> Plan:
    """The plan with a member of Trello for Ada."""
    ada = PersonBinding("ada@acme.example", "Ada Lovelace", {"trello_member": "5" * 24})
    tasks = tuple(
        replace(task, owner=ada if task.owner else None, people=dict.fromkeys(task.people, ada))
        for task in plan.tasks
    )
    return replace(plan, tasks=tasks)


@needs_contracts
@pytest.mark.parametrize("name", templates())
def test_a_board_is_built(name: str) -> None:
    plan = with_members(plans()[name])
    service = built(plan)
    cards = {card["desc"].splitlines()[-1].removeprefix("Key: "): card for card in service.cards.values()}
    lines = dict(service.checklists.values())
    ids = {card["desc"]: named for named, card in service.cards.items()}
    assert len(cards) == len(plan.tasks) + len(plan.template.milestones)
    for planned in plan.tasks:
        card = cards[planned.key]
        assert planned.due
        assert card["due"][:10] == planned.due.isoformat()
        assert card.get("idMembers") == ("5" * 24 if planned.owner else None)
        title = plan.template.stages[planned.task.stage].title
        assert service.lists[card["idList"]]["name"] == " ".join(title.split())
        assert len(lines.get(ids[card["desc"]], [])) == len(planned.task.checklist)
        assert ("After: " in card["desc"]) == bool(planned.after)
    (board,) = service.boards.values()
    assert board["defaultLists"] is False


@needs_contracts
def test_options() -> None:
    plan = with_members(plans()["enterprise_onboarding"])
    assert set(built(plan, board="4" * 24).boards) == {"4" * 24}
    (board,) = built(plan, organization="3" * 24).boards.values()
    assert board["idOrganization"] == "3" * 24
    owned = [card for card in built(plan).cards.values() if "idMembers" in card]
    joined = [card for card in built(plan, members="all").cards.values() if "idMembers" in card]
    assert len(owned) < len(joined)


@needs_contracts
def test_what_is_too_long_is_shortened_split_and_told() -> None:
    plain = sample_template("self_serve")
    line = ChecklistLine("Tick", 1, "required")
    long = replace(plain.tasks[0], title="t" * 17_000, description="d" * 17_000, checklist=(line,) * 450)
    template = replace(plain, tasks=(long, *plain.tasks[1:]), _by_step={})
    service = built(sample_plan(template))
    assert [len(lines) for _, lines in service.checklists.values()] == [200, 200, 50]
    assert service.checklists[next(iter(service.checklists))][1][0] == "– Tick"
    told = {loss.what for loss in own_losses("trello", template, settings("trello"))}
    assert told == {"the end of long titles", "the end of long descriptions", "long checklists"}
    card = next(iter(service.cards.values()))
    assert card["desc"].endswith(f"…\nKey: {long.key}/acme")


def test_nothing_of_what_is_shipped_is_refused() -> None:
    for template in templates().values():
        assert not [
            loss for loss in losses_of(target_of("trello"), template, "plan", settings("trello")) if loss.refused
        ]


@needs_contracts
def test_the_document_refuses_what_is_wrong() -> None:
    """So that a body that passes says something."""
    assert problem("trello", "/cards", {"name": 1})
    assert problem("trello", "/lists", {"pos": []})
    assert problem("trello", "/nothing", {})


def test_golden() -> None:
    is_golden("trello.plan.json", files_of("trello", "plan", sample()))
