"""monday.com's table, read back by the limits that its developers' pages state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.targets.project_tools import files_of, is_golden, plans, records, sample, settings, templates, unguarded
from tests.targets.samples import sample_template

from playbook.targets.registry import own_losses


@pytest.mark.parametrize("name", templates())
def test_a_plan_is_read_back(name: str) -> None:
    plan = plans()[name]
    (file,) = files_of("monday", "plan", plan.template)
    rows = records(file.data)
    assert next(iter(rows[0])) == "Name"
    by_key = {row["Playbook key"]: row for row in rows}
    assert len(by_key) == len(plan.tasks)
    for planned in plan.tasks:
        row = by_key[planned.key]
        # The apostrophe of the guard may stand before the longest texts.
        assert 0 < len(row["Name"]) <= 256
        assert len(row["Description"]) <= 2_001
        assert date.fromisoformat(row["Due"]) == planned.due
        assert unguarded(row["Owner"]) == (planned.owner.key if planned.owner else "")
        assert row["Account id"] == "acme"


def test_long_texts_are_shortened_before_the_key_and_told() -> None:
    plain = sample_template()
    task = replace(plain.tasks[0], title="t" * 300, description="word " * 500)
    template = replace(plain, tasks=(task, *plain.tasks[1:]), _by_step={})
    (file,) = files_of("monday", "plan", template)
    row = records(file.data)[0]
    assert len(row["Name"]) == 255
    assert row["Name"].endswith("…")
    assert len(row["Description"]) <= 2_000
    assert row["Description"].endswith("…\nKey: enterprise_onboarding/write_brief/acme")
    told = [loss for loss in own_losses("monday", template, settings("monday")) if "end of" in loss.what]
    assert [(loss.where, loss.part) for loss in told] == [(("write_brief",), True)] * 2


@pytest.mark.parametrize("mode", ["template", "plan"])
def test_golden(mode: str) -> None:
    is_golden(f"monday.{mode}.csv", files_of("monday", mode, sample()))  # type: ignore[arg-type]
