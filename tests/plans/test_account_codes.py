"""The codes of accounts files: their examples are true, and ``playbook rule`` explains them."""

from __future__ import annotations

from functools import lru_cache

import pytest
from click.testing import CliRunner
from tests.plans.plan_samples import codes_of, read
from tests.subjects import subject_from

from playbook.cli.rule import command
from playbook.lint.registry import CODES
from playbook.lint.told import TOLD, Told
from playbook.workspace import CompiledPlaybook

_ACCOUNTS = [told for told in TOLD.values() if told.code.startswith("ACC")]


@lru_cache(maxsize=1)
def _playbook() -> CompiledPlaybook:
    return subject_from(
        {
            "tracking.yaml": """
            tracking: plan
            entities:
              contact: {plural: contacts}
            fields:
              account.arr: {type: money, unit: EUR}
              contact.role: {type: choice, values: [admin, user]}
            """,
            "playbook.yaml": """
            playbook: sample
            anchors:
              closed_won: {event: deal.closed_won, start: true}
            stages:
              - id: one
                steps:
                  - {id: train, do: Train, for_each: {of: contacts, where: contact.role == "admin"}}
            """,
        }
    ).playbook


@pytest.mark.parametrize("told", [told for told in _ACCOUNTS if told.bad], ids=lambda told: told.code)
def test_the_bad_example_gives_the_code_and_the_good_one_nothing(told: Told) -> None:
    assert told.code in codes_of(read(told.bad, _playbook()))
    assert set(codes_of(read(told.good, _playbook()))) <= {"ACC011"} - {told.code}


@pytest.mark.parametrize("told", TOLD.values(), ids=lambda told: told.code)
def test_every_code_is_explained(told: Told) -> None:
    result = CliRunner().invoke(command, [told.code.lower()])
    assert result.exit_code == 0
    for text in (told.name, told.code, told.bad and "Bad", told.good and "Good"):
        assert text in result.output
    assert max(map(len, result.output.splitlines())) <= 140


def test_a_code_is_told_once() -> None:
    assert not set(TOLD) & set(CODES)
    assert len(_ACCOUNTS) == 11
