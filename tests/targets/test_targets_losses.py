"""Losses that several targets tell alike: circles of steps, steps that are refused, notes that are cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.targets.project_tools import settings
from tests.targets.samples import sample_template

from playbook.plans.template import Template
from playbook.targets.losses import losses_of
from playbook.targets.registry import own_losses, target_of

LINKING = ("asana", "asana-api", "jira", "jira-api", "smartsheet", "github-issues", "rocketlane")


def with_first(template: Template, **changed: object) -> Template:
    """The template with another first task."""
    first, *others = template.tasks
    return replace(template, tasks=(replace(first, **changed), *others), _by_step={})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", LINKING)
def test_what_closes_a_circle_is_told(name: str) -> None:
    template = sample_template()
    first, second = template.tasks[:2]
    assert first.step in second.after
    around = with_first(template, after=(second.step,))
    told = [loss for loss in own_losses(name, around, settings(name)) if "circle" in loss.what]
    assert [(loss.where, loss.part) for loss in told] == [((first.step,), False)]
    assert not [loss for loss in own_losses(name, template, settings(name)) if "circle" in loss.what]


def test_of_steps_that_are_not_taken_at_all_nothing_more_is_told() -> None:
    template = sample_template()
    told = losses_of(target_of("eloqua-campaign"), template, "template", settings("eloqua-campaign"))
    refused = {step for loss in told if loss.whole for step in loss.where}
    steps = {task.step for task in template.tasks}
    assert refused & steps
    others = [(loss.what, step) for loss in told if not loss.whole for step in loss.where]
    assert not [each for each in others if each[1] in refused]


@pytest.mark.parametrize("name", ["hubspot-tasks", "hubspot-task-import"])
def test_of_long_notes_a_part_is_lost(name: str) -> None:
    long = with_first(sample_template(), description="word " * 20_000)
    told = [loss for loss in own_losses(name, long, settings(name)) if "long notes" in loss.what]
    assert [(loss.where, loss.part) for loss in told] == [((long.tasks[0].step,), True)]


@pytest.mark.parametrize("name", ["salesforce-tree", "salesforce-bulk"])
def test_accounts_that_salesforce_may_not_know_are_told(name: str) -> None:
    template = sample_template()
    told = [loss for loss in own_losses(name, template, settings(name)) if "account" in loss.what]
    assert [loss.where for loss in told] == [(template.id,)]
    assert not any(loss.refused for loss in told)
