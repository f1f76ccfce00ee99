"""What holds for every project tool: each with a declaration that leaves nothing unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from tests.targets.project_tools import cells, files_of, plans, settings, templates
from tests.targets.samples import ADA, sample_plan, sample_template

from playbook.plans.account import Account
from playbook.plans.plan import Plan
from playbook.targets.losses import losses_of
from playbook.targets.projects.work import Work, in_order, links, plan_work
from playbook.targets.registry import MODULES, plan_files, target_of
from playbook.targets.target import Feature, Mode
from playbook.text.formulas import STARTS

NAMES = ("asana", "asana-api", "jira", "jira-api", "clickup", "monday", "linear", "smartsheet", "todoist")
MODES: list[tuple[str, Mode]] = [(name, mode) for name in NAMES for mode in target_of(name).modes]


def test_they_are_registered() -> None:
    assert set(NAMES) <= set(MODULES)


@pytest.mark.parametrize("name", NAMES)
def test_every_feature_is_declared_and_said_why(name: str) -> None:
    target = target_of(name)
    # Offsets and roles are no matter of a tool that takes plans only.
    assert set(get_args(Feature)) <= set(target.carries) | {"offsets", "business_days", "roles"}
    assert all(carried.extent == "full" or carried.how for carried in target.carries.values())
    assert target.how
    assert target.evidence
    assert target.keys.keys() == set(target.modes)
    assert not target.updates


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_everything_is_written_twice_alike_with_every_key(name: str, mode: Mode) -> None:
    for told, template in templates().items():
        files = files_of(name, mode, template)
        assert files == files_of(name, mode, template), told
        text = b"".join(file.data for file in files).decode("utf-8").replace("%5F", "_")
        wanted = [task.key for task in template.tasks]
        if mode == "plan":
            wanted = [planned.key for planned in plans()[told].tasks]
        assert all(key in text for key in wanted), told
        assert list(losses_of(target_of(name), template, mode, settings(name))) is not None


@pytest.mark.parametrize("name", [name for name, mode in MODES if mode == "template"])
def test_a_template_has_no_dates_and_no_people(name: str) -> None:
    for template in templates().values():
        for file in files_of(name, "template", template):
            text = file.data.decode()
            assert not re.search(r"\b20\d\d-\d\d-\d\d\b|\b\d\d/\d\d/20\d\d\b", text)
            assert ADA.name not in text
            assert ADA.key not in text


@pytest.mark.parametrize(("name", "mode"), [each for each in MODES if not each[0].endswith("-api")])
def test_no_cell_is_run_as_a_formula(name: str, mode: Mode) -> None:
    for file in files_of(name, mode, templates()["hostile"]):
        assert not [cell for row in cells(file.data) for cell in row if cell.startswith(STARTS)]
        assert b"\0" not in file.data


@pytest.mark.parametrize("name", NAMES)
def test_only_who_is_bound_is_assigned(name: str) -> None:
    """The first role is bound to Ada; the tasks of all others have no owner, and their roles are told in words."""
    template = sample_template()
    text = b"".join(file.data for file in files_of(name, "plan", template)).decode()
    assert "Responsible: Customer Success Manager" in text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_and_nobody(name: str) -> None:
    """No accounts; an account without tasks; tasks without dates."""
    template = sample_template()
    assert b"write_brief" not in b"".join(file.data for file in plan_files(name, [], settings(name)))
    empty = Plan(template, Account("a/b", "A"), {}, ())
    for file in plan_files(name, [empty], settings(name)):
        assert "/" not in file.name
    plan = sample_plan(template)
    undated = replace(plan, tasks=tuple(replace(each, starts=None, due=None) for each in plan.tasks), milestones={})
    text = b"".join(file.data for file in plan_files(name, [undated], settings(name))).decode()
    assert all(each.key in text.replace("%5F", "_") for each in plan.tasks)


@pytest.mark.parametrize("name", NAMES)
def test_accounts_are_written_as_they_come(name: str) -> None:
    """A target that waited for the last account would need room for all of them."""
    seen = []
    template = sample_template()

    def endless() -> Iterator[Plan]:
        for number in range(10_000):
            seen.append(number)
            yield sample_plan(template, f"a{number}", f"Account {number}")

    files = plan_files(name, endless(), settings(name))
    assert next(files).data
    assert len(seen) < 2_000


@pytest.mark.parametrize("name", NAMES)
def test_what_is_waited_for_elsewhere_is_told_in_words(name: str) -> None:
    """An export of what is new has not the tasks that are there already."""
    plan = sample_plan(sample_template())
    part = replace(plan, tasks=plan.tasks[1:])
    text = b"".join(file.data for file in plan_files(name, [part], settings(name))).decode()
    text = text.replace("\ufeff", "")
    assert text.count("After: Write the handover brief") == 1


def test_tasks_stand_below_those_that_they_wait_for() -> None:
    for plan in plans().values():
        place = {work.key: at for at, work in enumerate(plan_work(plan))}
        assert all(place[key] < place[work.key] for work in plan_work(plan) for key in work.after)


def test_order_is_kept_where_it_can_be_and_circles_are_cut() -> None:
    def work(key: str, *after: str) -> Work:
        return Work(key, key, "s", None, due=date(2026, 12, 1), after=after)

    moved = in_order([work("a", "c"), work("b"), work("c"), work("d", "a", "gone")])
    assert [each.key for each in moved] == ["b", "c", "a", "d"]
    assert [above for _, above in links(moved)] == [(), (), ("c",), ("a",)]
    circle = in_order([work("x", "y"), work("y", "x"), work("z", "y", "z")])
    assert [each.key for each in circle] == ["x", "y", "z"]
    assert [above for _, above in links(circle)] == [(), ("x",), ("y",)]
