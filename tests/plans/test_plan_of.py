"""The plan of one account: its segment's variant, the steps that are done, their days, their keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from tests.plans.plan_samples import CONTACTS, sample
from tests.subjects import subject_from

from playbook.expressions.evaluate import Value
from playbook.plans.account import Account
from playbook.plans.plan import Plan
from playbook.plans.planning import plan_of

WON, LIVE = date(2026, 12, 1), date(2027, 2, 1)


def account(
    fields: Mapping[str, Value | None] | None = None,
    contacts: tuple[Mapping[str, str], ...] | None = CONTACTS,
    *,
    id_: str = "acme",
    won: date | None = WON,
) -> Account:
    anchors = {"live": LIVE} | ({"won": won} if won else {})
    return Account(id_, "Acme", anchors, fields or {}, {}, {} if contacts is None else {"contacts": contacts})


def plan(fields: Mapping[str, Value | None] | None = None, **more: object) -> Plan:
    return plan_of(sample(), account(fields, **more))  # type: ignore[arg-type]


def notes(of: Plan, kind: str) -> list[tuple[str, str]]:
    return [(note.about, note.text) for note in of.notes if note.kind == kind]


def steps(of: Plan) -> list[str]:
    return list(dict.fromkeys(task.task.step for task in of.tasks))


@pytest.mark.parametrize(
    ("fields", "segment", "variant"),
    [
        ({"account.arr": 10}, "small", None),
        ({"account.arr": 1000}, "large", "big"),
        ({"account.segment": "large", "account.arr": 10}, "large", "big"),
        ({}, None, None),
    ],
)
def test_the_variant_is_that_of_the_segment(
    fields: Mapping[str, Value], segment: str | None, variant: str | None
) -> None:
    found = plan(fields)
    assert (found.segment, found.template.variant) == (segment, variant)
    assert ("party" in steps(found)) is (variant == "big")
    assert found.tasks[0].key == "start/brief/acme"
    expected = [] if segment else [("", "its segment is not known: account.arr is missing")]
    assert notes(found, "segment") == expected


def test_a_condition_leaves_a_step_out_or_is_not_known() -> None:
    told = [("sso", "whether its condition holds is not known; it is planned")]
    assert "sso" in steps(plan({"account.sso": True}))
    assert not notes(plan({"account.sso": True}), "condition")
    assert "sso" in steps(plan())
    assert notes(plan(), "condition") == told
    without = plan({"account.sso": False})
    assert "sso" not in steps(without)
    assert without.left_out["sso"] == "its condition is not met"


def test_what_is_forbidden_is_no_task() -> None:
    assert "never" not in steps(plan())


def test_a_branch_that_is_known_leaves_out_the_other_way() -> None:
    assert plan({"account.seats": 5}).left_out == {"more": "the account takes another way"}
    assert "more" in steps(plan({"account.seats": 500}))
    assert "more" in steps(plan())


def test_dates_follow_from_the_anchors() -> None:
    days = {task.key: (task.starts, task.due) for task in plan({"account.sso": True}).tasks}
    assert days["start/brief/acme"] == (date(2026, 12, 1), date(2026, 12, 2))
    assert days["start/sso/acme"] == (date(2026, 12, 2), date(2026, 12, 3))
    assert days["start/launch/acme"][1] == date(2027, 1, 29)
    assert plan().milestones == {"value": date(2026, 12, 31)}


def test_without_the_start_what_hangs_on_it_has_no_date() -> None:
    found = plan(won=None)
    undated = {task.task.step for task in found.tasks if task.due is None}
    assert {"brief", "call"} <= undated
    assert "launch" not in undated
    assert notes(found, "anchor") == [("won", "its date is not known; what hangs on it has no date")]


def test_the_event_or_field_of_an_anchor_gives_its_date() -> None:
    found = plan_of(sample(), Account("a", "A", {}, {"deal.closed_won": WON, "account.live_on": LIVE}))
    assert found.anchors == {"won": WON, "live": LIVE}


@pytest.mark.parametrize(
    ("won", "text"),
    [
        (date(2025, 12, 31), "it starts before this version holds, which is from 2026-01-01 on"),
        (date(2026, 1, 1), None),
        (date(2027, 12, 31), None),
        (date(2028, 1, 1), "it starts when this version holds no longer, which is until 2027-12-31"),
    ],
)
def test_the_time_in_which_a_version_holds(won: date, text: str | None) -> None:
    assert notes(plan(won=won), "effective") == ([("", text)] if text else [])


# -- for each, again and again ---------------------------------------------------------------------


def test_a_task_for_each_item_that_it_is_for() -> None:
    found = [(task.key, task.title, task.item) for task in plan().tasks if task.task.step == "train"]
    assert found == [
        ("start/train/acme/Ann~Lee", "Train: Ann Lee", "Ann Lee"),
        ("start/train/acme/Zoe~~18b8f30bd8", "Train: Zoë", "Zoë"),
    ]


def test_items_wait_for_their_own() -> None:
    after = {task.key: task.after for task in plan({"account.sso": False}).tasks}
    assert after["start/train/acme/Ann~Lee"] == ("start/brief/acme",)
    assert after["start/test/acme/Ann~Lee"] == ("start/train/acme/Ann~Lee",)
    assert after["start/text/acme"] == ("start/test/acme/Ann~Lee", "start/test/acme/Zoe~~18b8f30bd8")


def test_an_unknown_collection_is_one_task() -> None:
    found = plan(contacts=None)
    assert [task.key for task in found.tasks if task.task.step == "train"] == ["start/train/acme"]
    told = "which contacts there are is not known; it is planned once, for all of them"
    assert notes(found, "items") == [("train", told), ("test", told)]


def test_a_number_of_items_and_what_is_not_known_of_them() -> None:
    found = plan(contacts=({}, {}))
    trained = [(task.key, task.title) for task in found.tasks if task.task.step == "train"]
    assert trained == [("start/train/acme/1", "Train: contact 1"), ("start/train/acme/2", "Train: contact 2")]
    assert [about for about, _ in notes(found, "items")] == ["train", "test"]


def test_too_few_items_are_told() -> None:
    found = plan(contacts=({"name": "Bea", "contact.role": "user"},))
    assert not {"train", "test"} & set(steps(found))
    told = "there must be at least 1 of the contacts that it is for; there are fewer"
    assert notes(found, "items") == [("train", told)]
    # What comes behind waits for what is ahead of the missing ones.
    assert next(task.after for task in found.tasks if task.task.step == "text") == ()


def test_a_repeated_task_is_a_chain_of_occurrences() -> None:
    calls = [task for task in plan().tasks if task.task.step == "call"]
    assert [(task.key, task.due, task.occurrence) for task in calls] == [
        ("start/call/acme/1", date(2026, 12, 15), 1),
        ("start/call/acme/2", date(2026, 12, 22), 2),
        ("start/call/acme/3", date(2026, 12, 29), 3),
    ]
    assert [task.title for task in calls] == ["Call", "Call (2)", "Call (3)"]
    assert calls[1].after == ("start/call/acme/1",)


def test_the_horizon_ends_what_is_repeated() -> None:
    found = plan_of(sample(), account(), horizon=date(2026, 12, 23))
    assert [task.due for task in found.tasks if task.task.step == "call"] == [
        date(2026, 12, 15),
        date(2026, 12, 22),
    ]


def test_former_names_give_former_keys() -> None:
    brief = plan().tasks[0]
    assert brief.former == ("start/old_brief/acme", "begin/brief/acme", "begin/old_brief/acme")


def test_conditions_are_asked_for_a_day() -> None:
    playbook = subject_from(
        {
            "p.yaml": """
            playbook: late
            anchors:
              won: {event: deal.closed_won, start: true}
            stages:
              - id: only
                steps:
                  - {id: early, do: Do it, when: days_since(deal.closed_won) < 10}
            """
        }
    ).playbook
    early, late = date(2026, 12, 5), date(2026, 12, 20)
    one = Account("a", "A", {"won": WON})
    assert plan_of(playbook, one).left_out == {}
    assert plan_of(playbook, one, today=early).left_out == {}
    assert plan_of(playbook, one, today=late).left_out == {"early": "its condition is not met"}
    # Before it has happened, nothing is known of it.
    assert [note.kind for note in plan_of(playbook, one, today=date(2026, 11, 1)).notes] == ["condition"]
