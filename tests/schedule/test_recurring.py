"""What recurs in real plans: repeated steps, routines, and what ends them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from playbook.compiler.compile import compile_paths
from playbook.schedule.dated import dated_schedule
from playbook.schedule.moments import Moments
from playbook.schedule.recurring import Recurring, horizon_of, last_day, recurring_work
from playbook.schedule.working_calendars import calendar_of
from playbook.text.quantities import parse_timing
from playbook.workspace import CompiledPlaybook

ORGANIZATION = """\
organization: acme
teams:
  success: {title: Success}
roles:
  csm: {title: Customer Success Manager, team: success}
"""
PLAYBOOK = """\
playbook: small
scope: part
anchors:
  won: {title: Won, event: deal.closed_won, start: true}
  live: {title: Live, moves: true}
milestones:
  plan_agreed: {title: Plan agreed, event: plan.agreed, due: 10bd after won, stage: first}
ends:
  done: {success: true}
stages:
  - id: first
    raci: {A: csm, R: csm}
    steps:
      - {id: greet, do: Greet the customer, due: 2bd after won}
      - {id: train, do: Train the users, due: 5bd after won, repeat: {every: 1w, at_most: 3}}
      - {id: support, do: Support the users, due: 0d after live, repeat: {every: 1w}}
handoffs:
  over: {from: csm, to: csm, at: greet, accept: {within: 2bd}}
routines:
"""
ANCHORS = {"won": date(2026, 12, 1)}


def plan(tmp_path: Path, routines: str) -> CompiledPlaybook:
    (tmp_path / "o.yaml").write_text(ORGANIZATION, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(PLAYBOOK + routines, encoding="utf-8")
    (compiled,) = compile_paths([tmp_path], tmp_path)
    assert not [finding for finding in compiled.workspace.diagnostics if finding.code.startswith("SCH")]
    return compiled.playbooks[0]


def recurring(playbook: CompiledPlaybook, horizon: date, **anchors: date) -> dict[str, Recurring]:
    dated = dated_schedule(playbook, {**ANCHORS, **anchors})
    return {each.id: each for each in recurring_work(playbook, dated, calendar_of(playbook), horizon)}


def routine(tmp_path: Path, text: str, horizon: date = date(2027, 1, 31), **anchors: date) -> Recurring | None:
    playbook = plan(tmp_path, f"  it: {{do: Do it, raci: {{A: csm, R: csm}}, {text}}}\n")
    return recurring(playbook, horizon, **anchors).get("it")


def days(found: Recurring | None) -> list[str]:
    assert found is not None
    return [day.isoformat()[2:] for day in found.found.days]


def test_repeated_steps(tmp_path: Path) -> None:
    found = recurring(plan(tmp_path, "  {}\n"), date(2027, 1, 31))
    assert days(found["train"]) == ["26-12-08", "26-12-15", "26-12-22"]
    assert (days(found["support"]), found["support"].needs) == ([], ("live",))
    known = recurring(plan(tmp_path, "  {}\n"), date(2027, 1, 31), live=date(2027, 1, 18))
    assert days(known["support"]) == ["27-01-18", "27-01-25"]
    assert known["support"].found.goes_on


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # With the journey, from a timing, from what the plan knows the day of.
        ("every: 2w, until: plan_agreed.reached", "26-12-01 26-12-15"),
        ("every: 2w, from: 30d after won", "26-12-31 27-01-14 27-01-28"),
        ("every: 1w, from: 1bd after plan_agreed, until: over.accepted", ""),
        ("every: 1w, when: plan_agreed.reached", "26-12-15 26-12-22 26-12-29 27-01-05 27-01-12 27-01-19 27-01-26"),
        ("every: 1w, when: plan.agreed, from: 50d after won", "27-01-20 27-01-27"),
        ("every: month, during: first week, from: 0d after won", "26-12-01 27-01-01"),
        ("every: month, during: last working day, from: 0d after won", "26-12-31 27-01-29"),
        # Once, with what the plan knows the day of; forbidden and unknown events are no work.
        ("when: greet.completed", "26-12-03"),
        ("event: plan.agreed", "26-12-15"),
        ("event: survey.responded", None),
        ("every: 1w, need: forbidden", None),
    ],
)
def test_routines(tmp_path: Path, text: str, expected: str | None) -> None:
    found = routine(tmp_path, text)
    if expected is None:
        assert found is None
    else:
        assert days(found) == expected.split()


def test_what_is_not_known_is_said(tmp_path: Path) -> None:
    unless = routine(tmp_path, "every: 1w, when: account.segment == 'big'")
    assert unless is not None
    assert (unless.found.days, unless.unless) == ((), "account.segment == 'big'")
    needs = routine(tmp_path, "every: 1w, from: 3d after live")
    assert needs is not None
    assert (needs.found.days, needs.needs) == ((), ("live",))
    during = routine(tmp_path, "every: month, during: mid month")
    assert during is not None
    assert during.found.unread.startswith("during 'mid month' cannot be read: expected ")
    until = routine(tmp_path, "every: 1mo, until: account.segment == 'big'")
    assert until is not None
    assert until.found.until == ("account.segment == 'big'",)
    assert until.found.goes_on


def test_names_have_the_days_of_the_plan(tmp_path: Path) -> None:
    playbook = plan(tmp_path, "  {}\n")
    moments = Moments(playbook, dated_schedule(playbook, ANCHORS), calendar_of(playbook))
    known = {
        "won": "2026-12-01",
        "deal.closed_won": "2026-12-01",
        "greet": "2026-12-03",
        "greet.completed": "2026-12-03",
        "plan_agreed.reached": "2026-12-15",
        "over.submitted": "2026-12-03",
        "over.accepted": "2026-12-07",
    }
    assert {name: str(moments.named(name)) for name in known} == known
    assert moments.named("live") is None
    assert moments.named("nothing.at_all") is None
    assert str(moments.at(parse_timing("1..2w after won"))) == "2026-12-15"
    assert str(moments.at(parse_timing("5..7d before plan_agreed"))) == "2026-12-10"
    assert str(moments.at(parse_timing("50% between won and plan_agreed"))) == "2026-12-08"
    assert moments.at(parse_timing("50% between won and live")) is None
    assert moments.reached("plan_agreed.reached and account.segment == 'big'") is None


def test_the_horizon_is_90_days_behind_the_last_date(tmp_path: Path) -> None:
    playbook = plan(tmp_path, "  {}\n")
    dated = dated_schedule(playbook, ANCHORS)
    assert last_day(dated) == date(2026, 12, 15)
    assert horizon_of(dated) == date(2027, 3, 15)
    assert horizon_of(dated_schedule(playbook, {})) is None
