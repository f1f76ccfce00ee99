"""What trello, github-issues, rocketlane, onboard-io and guidecx have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from tests.targets.project_tools import files_of, plans, settings, templates
from tests.targets.samples import ADA, sample_plan, sample_template

from playbook.plans.account import Account
from playbook.plans.plan import Plan
from playbook.targets.losses import losses_of
from playbook.targets.registry import plan_files, target_of
from playbook.targets.target import Feature, Mode

PLANS = ("trello", "github-issues", "rocketlane")
TEMPLATES = ("onboard-io", "guidecx")
MODES: list[tuple[str, Mode]] = [*((name, "plan") for name in PLANS), *((name, "template") for name in TEMPLATES)]


@pytest.mark.parametrize(("name", "mode"), MODES)
def test_every_feature_is_declared_and_said_why(name: str, mode: Mode) -> None:
    target = target_of(name)
    assert target.modes == (mode,)
    assert set(get_args(Feature)) <= set(target.carries)
    assert all(carried.extent == "full" or carried.how for carried in target.carries.values())
    assert target.keys.keys() == {mode}
    assert not target.updates
    # What nobody has tried says so: there is no schema of these tools but Trello's.
    assert {each.sure for each in target.evidence} >= {"documented"}
    assert ("proven" in {each.sure for each in target.evidence}) == (name == "trello")


@pytest.mark.parametrize(("name", "mode"), [each for each in MODES if each[0] != "guidecx"])
def test_everything_is_written_twice_alike_with_every_key(name: str, mode: Mode) -> None:
    for told, template in templates().items():
        files = files_of(name, mode, template)
        assert files == files_of(name, mode, template), told
        text = b"".join(file.data for file in files).decode()
        wanted = [task.key for task in template.tasks]
        if mode == "plan":
            wanted = [planned.key for planned in plans()[told].tasks]
        assert all(key in text for key in wanted), told
        losses = losses_of(target_of(name), template, mode, settings(name))
        assert not any(loss.why.endswith(".") for loss in losses)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_has_no_dates_and_no_people(name: str) -> None:
    for template in (sample_template(), templates()["customer_onboarding"]):
        for file in files_of(name, "template", template):
            if not file.name.endswith(".xlsx"):
                text = file.data.decode()
                assert not re.search(r"\b20\d\d-\d\d-\d\d\b", text)
                assert ADA.name not in text


@pytest.mark.parametrize("name", PLANS)
def test_only_who_is_bound_is_assigned(name: str) -> None:
    text = b"".join(file.data for file in files_of(name, "plan", sample_template())).decode()
    assert "Responsible: Customer Success Manager" in text


@pytest.mark.parametrize("name", PLANS)
def test_nothing_and_nobody(name: str) -> None:
    """No accounts; an account without tasks, whose id is no name of a file and breaks references."""
    template = sample_template()
    assert list(plan_files(name, [], settings(name))) == []
    (file,) = plan_files(name, [Plan(template, Account("a/{b}", ""), {}, ())], settings(name))
    assert "/" not in file.name
    assert len(json.loads(file.data)["needs"]) <= 1


@pytest.mark.parametrize("name", PLANS)
def test_accounts_are_written_as_they_come(name: str) -> None:
    seen = []
    template = sample_template()

    def endless() -> Iterator[Plan]:
        for number in range(1_000):
            seen.append(number)
            yield sample_plan(template, f"a{number}", f"Account {number}")

    assert next(plan_files(name, endless(), settings(name))).data
    assert len(seen) < 10


@pytest.mark.parametrize("name", PLANS)
def test_what_is_waited_for_elsewhere_is_told_in_words(name: str) -> None:
    """An export of what is new has not the tasks that are there already."""
    plan = sample_plan(sample_template())
    part = replace(plan, tasks=plan.tasks[1:])
    text = b"".join(file.data for file in plan_files(name, [part], settings(name))).decode()
    assert text.count("After: Write the handover brief") == 1
