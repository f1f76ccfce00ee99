"""Who is given the tasks: bindings, their time, pools, backups, and what the accounts file says."""

from __future__ import annotations

from datetime import date

from tests.plans.plan_samples import sample

from playbook.plans.account import Account
from playbook.plans.plan import PersonBinding, Plan
from playbook.plans.planning import plan_of, plans_of


def accounts(count: int, won: date = date(2026, 12, 1), **roles: str) -> list[Account]:
    return [Account(f"a{number}", "A", {"won": won}, {}, roles) for number in range(count)]


def owner(plan: Plan, step: str) -> str | None:
    found = next(task.owner for task in plan.tasks if task.task.step == step)
    return found.key if found else None


def why(plan: Plan, role: str) -> str | None:
    return next((note.text for note in plan.notes if note.kind == "owner" and note.about == role), None)


def test_round_robin_goes_through_the_holders_in_the_order_of_the_file() -> None:
    owners = [owner(plan, "brief") for plan in plans_of(sample(), accounts(5))]
    ada, bob, cyd = "ada@acme.example", "bob@acme.example", "cyd@acme.example"
    assert owners == [ada, bob, cyd, ada, bob]


def test_an_account_that_names_its_person_takes_no_turn() -> None:
    named = Account("x", "X", {"won": date(2026, 12, 1)}, {}, {"csm": "Bob Byte"})
    first, second = accounts(2)
    owners = [owner(plan, "brief") for plan in plans_of(sample(), [named, first, named, second])]
    assert owners == ["bob@acme.example", "ada@acme.example", "bob@acme.example", "bob@acme.example"]


def test_somebody_who_is_not_in_the_organization_is_taken_as_named() -> None:
    plan = plan_of(sample(), accounts(1, csm="new@acme.example")[0])
    assert plan.tasks[0].owner == PersonBinding("new@acme.example", "new@acme.example")


def test_who_holds_a_role_no_longer_is_passed_over() -> None:
    plans = list(plans_of(sample(), accounts(3, won=date(2026, 12, 28))))
    assert owner(plans[2], "brief") == "cyd@acme.example"
    # The call is due when the binding is over: the next one of the round has it.
    later = [task for task in plans[2].tasks if task.task.step == "call" and (task.starts or date.min).year == 2027]
    assert later
    assert {task.owner.key for task in later if task.owner} == {"ada@acme.example"}
    fourth = list(plans_of(sample(), accounts(3, won=date(2027, 6, 1))))
    assert [owner(plan, "brief") for plan in fourth] == ["ada@acme.example", "bob@acme.example", "ada@acme.example"]


def test_other_pools_are_left_to_the_tool() -> None:
    plan = plan_of(sample(), accounts(1)[0])
    assert owner(plan, "sso") is None
    assert why(plan, "engineer") == "pool: least_loaded, the tool knows who has the least to do"


def test_of_a_pool_with_one_left_it_is_that_one() -> None:
    plan = plan_of(sample(), accounts(1, won=date(2027, 6, 1))[0])
    assert owner(plan, "sso") == "bob@acme.example"


def test_a_backup_steps_in_until_somebody_is_bound() -> None:
    plan = plan_of(sample(), accounts(1)[0])
    assert owner(plan, "train") == "lea@acme.example"
    assert [(note.about, note.text) for note in plan.notes if note.kind == "backup"] == [
        ("trainer", "Lead steps in")
    ]
    assert owner(plan_of(sample(), accounts(1, won=date(2030, 6, 3))[0]), "train") == "tim@acme.example"


def test_nobody_is_bound() -> None:
    plan = plan_of(sample(), accounts(1)[0])
    assert owner(plan, "text") is None
    assert why(plan, "writer") == "nobody is bound to it"


def test_everybody_with_a_letter_is_named() -> None:
    call = next(task for task in plan_of(sample(), accounts(1)[0]).tasks if task.task.step == "call")
    assert {role: person.name for role, person in call.people.items()} == {
        "csm": "Ada Lovelace",
        "lead": "Lea Lead",
    }
    assert call.people["csm"].ids == {"hubspot_owner": "1"}
