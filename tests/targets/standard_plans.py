"""Settings and plans that the tests of the standards share: such as come from a calendar, on working days."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from tests.targets.samples import sample_plan

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.registry import target_of

GOLDEN = Path(__file__).parent / "golden"
_DAY = timedelta(days=1)


def settings(name: str, **said: str) -> Mapping[str, str]:
    """The options of a target, those that are not said by their defaults."""
    return {option.name: option.default for option in target_of(name).options} | said


def working_plan(template: Template, account: str = "acme", name: str = "Acme Ltd") -> Plan:
    """A plan on working days only: tasks of one to four days, each some days after all that is ahead of it."""
    plan = sample_plan(template, account, name)
    ends: dict[str, date] = {}
    tasks = []
    for at, task in enumerate(plan.tasks):
        ahead = [ends[key] for key in task.after if key in ends]
        starts = _working(max(ahead, default=date(2026, 11, 30)) + (1 + at % 3) * _DAY)
        due = _working(starts + at % 4 * _DAY)
        ends[task.key] = due
        tasks.append(replace(task, starts=starts, due=due))
    milestones = {id_: _working(day) for id_, day in plan.milestones.items()}
    return replace(plan, tasks=tuple(tasks), milestones=milestones)


def _working(day: date) -> date:
    while day.weekday() > 4:
        day += _DAY
    return day


def check_golden(name: str, data: bytes) -> None:
    """Compare with a golden file; with ``UPDATE_GOLDEN`` it is written anew."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert data == path.read_bytes()
