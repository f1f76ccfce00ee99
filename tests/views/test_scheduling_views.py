"""The dated schedule in words and pictures: findings, moves, tables, bars against the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from playbook.compiler.compile import compile_paths
from playbook.diagnostics import Severity
from playbook.formats.registry import FORMATS
from playbook.schedule.dated import dated_schedule
from playbook.schedule.dated_times import Conflict, Link
from playbook.schedule.moving import moved
from playbook.schedule.recurring import horizon_of, recurring_work
from playbook.schedule.working_calendars import calendar_of
from playbook.shapes.agenda import Agenda
from playbook.views.scheduling.agenda import AgendaOf, agenda_of
from playbook.views.scheduling.findings import chain_in_words, conflict_finding
from playbook.views.scheduling.moves import moves_of
from playbook.views.scheduling.tables import agenda_table, moves_table
from playbook.views.scheduling.timelines import agenda_timeline
from playbook.workspace import CompiledPlaybook

ROOT = Path(__file__).resolve().parent.parent.parent
WON, LIVE = date(2026, 12, 1), date(2027, 1, 18)
LATE = Conflict(
    kind="too_long",
    what="step",
    id="connect_sso",
    due=date(2027, 1, 4),
    earliest=date(2027, 1, 12),
    start="closed_won",
    since=WON,
    anchor="go_live",
    chain=(Link("step", "agree_plan", 12), Link("step", "review_brief", 0.1), Link("step", "connect_sso", 0)),
    days=30,
    room=24,
    short=6,
)


@pytest.fixture(scope="module")
def playbook() -> CompiledPlaybook:
    (compiled,) = compile_paths([ROOT / "src" / "playbook" / "templates" / "enterprise"], ROOT)
    return compiled.playbooks[0]


def agenda(playbook: CompiledPlaybook, **anchors: date) -> Agenda:
    dated = dated_schedule(playbook, anchors)
    horizon = horizon_of(dated)
    recurring = recurring_work(playbook, dated, calendar_of(playbook), horizon) if horizon else ()
    return agenda_of(AgendaOf(playbook, dated, recurring, horizon))


def test_a_chain_that_is_too_long(playbook: CompiledPlaybook) -> None:
    finding = conflict_finding(playbook, LATE)
    assert (finding.code, finding.severity) == ("PLN001", Severity.ERROR)
    assert finding.message == (
        '"Connect single sign-on" is due on 2027-01-04, 14 days before Go-live, but cannot be done before '
        "2027-01-12: the work from Closed won (2026-12-01) needs 30 working days, and there are 24: "
        "agree_plan 12 → connect_sso 0, and 18 between them (handoffs, waits)"
    )
    assert finding.expected == "6 more working days: Go-live later, less work on the way, or steps side by side"
    assert finding.place.file.endswith("enterprise/onboarding.yaml")
    (related,) = finding.related
    assert related.message == "the longest part of it, 12 working days"


def test_other_conflicts(playbook: CompiledPlaybook) -> None:
    early = replace(LATE, kind="before_start", due=date(2026, 11, 20), chain=(), others=("migrate_data",))
    finding = conflict_finding(playbook, early)
    assert finding.code == "PLN002"
    assert finding.message.endswith(
        "that is before Closed won on 2026-12-01; 1 more is late for the same reason (migrate_data)"
    )
    window = conflict_finding(playbook, replace(LATE, kind="window", window="release_days"))
    assert window.code == "PLN003"
    assert 'the change window "release_days" has no day until then: the next one is 2027-01-12' in window.message
    tight = conflict_finding(playbook, LATE, tight=True)
    assert (tight.code, tight.severity) == ("PLN004", Severity.INFO)
    outcome = conflict_finding(playbook, replace(LATE, what="outcome", id="outcome", others=("a", "b", "c", "d")))
    assert outcome.message.startswith("The outcome is due on 2027-01-04, 90 days after Closed won, but")
    assert outcome.message.endswith("4 more are late for the same reason (a, b, c, …)")
    stage = conflict_finding(playbook, replace(LATE, what="stage", id="build"))
    assert stage.message.startswith('Stage "Technical build" is due on')


def test_a_long_chain_is_shortened() -> None:
    chain = tuple(Link("step", f"s{number}", number / 2) for number in range(1, 13))
    assert chain_in_words(chain) == "s1 0.5 → s2 1 → s3 1.5 → 5 more → s9 4.5 → s10 5 → s11 5.5 → s12 6"


def test_nothing_moves_where_nothing_has_moved(playbook: CompiledPlaybook) -> None:
    before = dated_schedule(playbook, {"closed_won": WON, "go_live": LIVE})
    same = moved(before, before, calendar_of(playbook))
    assert not [move for move in same.moves if move.moves]
    assert (same.anchors, same.arising, same.settled) == ({}, (), ())


@pytest.mark.parametrize("weeks", [-3, 1, 26])
def test_all_that_hangs_on_an_anchor_moves_by_as_many_weeks(playbook: CompiledPlaybook, weeks: int) -> None:
    calendar = calendar_of(playbook)
    before = dated_schedule(playbook, {"closed_won": WON, "go_live": LIVE})
    far = dated_schedule(playbook, {"closed_won": WON, "go_live": LIVE + timedelta(weeks=weeks)})
    found = moves_of(
        playbook, agenda(playbook, closed_won=WON, go_live=LIVE), moved(before, far, calendar), calendar
    )
    assert {move.by for move in found.moving} == {5 * weeks}
    assert {"connect_sso", "launch_team"} <= {move.id for move in found.moving}
    assert {"write_brief", "outcome"} <= {move.id for move in found.staying}
    table = moves_table(found)
    assert len(table.rows) == len(found.moving) + len(found.staying)


def test_rows_have_all_lines_and_times(playbook: CompiledPlaybook) -> None:
    found = agenda(playbook, closed_won=WON)
    table = agenda_table(found)
    assert all(len(row) == len(table.columns) for row in table.rows)
    notes = [row[-1] for row in table.rows if row[2] == "connect_sso"]
    assert notes == ["no date: needs --anchor go_live=DATE"]
    again = sum(len(each.days) - (each.kind == "step") for each in found.recurring if each.days)
    assert len(table.rows) == len(found.lines) + again


@pytest.mark.parametrize("kind", ["enterprise", "mid_market", "self_serve"])
def test_bars_stand_on_their_dates(kind: str) -> None:
    (compiled,) = compile_paths([ROOT / "src" / "playbook" / "templates" / kind], ROOT)
    anchors = {id_: WON + timedelta(days=40 * at) for at, id_ in enumerate(compiled.playbooks[0].model.anchors)}
    found = agenda(compiled.playbooks[0], **anchors)
    (panel,) = agenda_timeline(found).panels
    assert panel.first_day is not None
    assert panel.first_day.weekday() == 0
    bars = {bar.id: bar for bar in panel.bars}
    for line in found.lines:
        if line.kind == "step" and line.due is not None:
            bar = bars[f"step.{line.id}"]
            assert panel.first_day + timedelta(days=bar.ends_latest - 1) == line.due
            assert bar.starts < bar.ends_latest
    drawn = FORMATS["svg"].write(agenda_timeline(found)).decode()
    assert "year" in drawn
    assert "2026" in drawn


def test_without_any_date_there_is_an_empty_picture(playbook: CompiledPlaybook) -> None:
    nothing = agenda(playbook)
    assert nothing.starts is None
    timeline = agenda_timeline(nothing)
    assert timeline.panels == ()
    assert b"<svg" in FORMATS["svg"].write(timeline)
