"""Dated schedules: many accounts and one, against the plan without dates, all paths one by one, and cases."""

from __future__ import annotations

from dataclasses import astuple, fields
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from test_relative_schedule import compiled, playbooks

from playbook.calendars.days import NOT_KNOWN, Days, date_of, day_number, days_of
from playbook.core.process import START
from playbook.schedule.dated import dated_schedule, plan_dates, step_rooms
from playbook.schedule.dated_times import Conflict, DatedSchedule, Link
from playbook.schedule.declared import Declared
from playbook.schedule.network import Network
from playbook.schedule.relative import relative_schedule
from playbook.schedule.working_calendars import calendar_of
from playbook.workspace import CompiledPlaybook
from subjects import shipped, subject_from, template

MONDAY = date(2026, 11, 30)


def day(text: str) -> date:
    return date.fromisoformat(text)


def known(schedule: DatedSchedule, step: str) -> tuple[str, str]:
    """When a step starts and is due."""
    found = schedule.by_step[step]
    return str(found.starts), str(found.due)


def playbook_of(stages: str, **anchors: str) -> CompiledPlaybook:
    """A playbook of one stage with steps."""
    written = "".join(f"  {id_}: {{{keys}}}\n" for id_, keys in anchors.items())
    return compiled(f"playbook: p\nanchors:\n{written}stages:\n{stages}")


# -- properties ----------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(playbooks(ways=False, exact=True), st.integers(0, 400))
def test_on_a_plain_calendar_the_dates_are_those_of_the_plan_without_dates(text: str, later: int) -> None:
    playbook = compiled(text)
    calendar = calendar_of(playbook)
    won = calendar.roll(day_number(MONDAY) + later)
    dates = plan_dates(playbook, {"won": np.array([won])}).steps
    for step in relative_schedule(playbook).steps:
        found = dates[step.step]
        assert int(calendar.working_days_between(won, found.due[0])) == step.ends.high
        if not playbook.steps[step.step].due:
            assert int(calendar.working_days_between(won, found.starts[0])) == step.starts.low
            assert found.starts[0] >= won


@settings(max_examples=60, deadline=None)
@given(playbooks())
def test_the_earliest_ends_are_the_longest_of_all_paths(text: str) -> None:
    playbook = compiled(text)
    calendar, network = calendar_of(playbook), Network(playbook, Declared(playbook))
    won = day_number(MONDAY)
    rooms = step_rooms(playbook, {"won": np.array([won])})

    def longest(node: str) -> float:
        """The longest of all ways from the start to the end of a node, each walked anew."""
        kind, _, id_ = node.partition(".")
        reached = [longest(flow.source) for flow in network.into(node)] if node != START else [0.0]
        stage = playbook.stages.get(id_) if kind == "exit" else None
        if stage is not None and stage.takes is not None:
            reached.append(longest(f"enter.{id_}") + (stage.takes.high or 0))
        task = network.process.tasks.get(node)
        takes = playbook.steps[task.step].takes if task else None
        return max(reached) + (takes.high or 0 if takes else 0)

    for node, task in network.process.tasks.items():
        assert int(calendar.working_days_between(won, rooms[task.step].earliest_end[0])) == longest(node)


ANCHORS = st.dictionaries(
    st.sampled_from(("closed_won", "go_live", "kick_off", "renewal")), st.integers(20_000, 21_000)
)


@settings(max_examples=25, deadline=None)
@given(st.lists(ANCHORS, min_size=1, max_size=6), st.data())
def test_many_accounts_at_once_are_each_alone(accounts: list[dict[str, int]], data: st.DataObject) -> None:
    playbook = data.draw(st.sampled_from(_dated_playbooks()))
    steps = list(playbook.steps)
    without = data.draw(st.sets(st.sampled_from(steps), max_size=4))
    masks = {
        step: np.array(data.draw(st.lists(st.booleans(), min_size=len(accounts), max_size=len(accounts))))
        for step in sorted(without)
    }
    names = ("closed_won", "go_live", "kick_off", "renewal")
    anchors = {name: np.array([each.get(name, NOT_KNOWN) for each in accounts]) for name in names}
    together = _flat(playbook, anchors, masks)
    for at in range(len(accounts)):
        alone = _flat(
            playbook,
            {name: days[at : at + 1] for name, days in anchors.items()},
            {step: mask[at : at + 1] for step, mask in masks.items()},
        )
        assert {id_: days[at] for id_, days in together.items()} == {id_: days[0] for id_, days in alone.items()}


def _dated_playbooks() -> list[CompiledPlaybook]:
    return [template(kind).playbook for kind in ("enterprise", "mid_market")] + [
        shipped()["customer_onboarding"].playbook
    ]


def _flat(
    playbook: CompiledPlaybook, anchors: dict[str, Days], masks: dict[str, NDArray[np.bool_]] | None = None
) -> dict[str, list[int]]:
    """All that is worked out for accounts, each with a name and a value for each of them."""
    dates, rooms = plan_dates(playbook, anchors, masks), step_rooms(playbook, anchors, masks)
    flat: dict[str, list[int]] = {"outcome": dates.outcome.tolist()}
    for kind, found in (("step", dates.steps), ("room", rooms), ("stage", dates.stages)):
        flat |= {
            f"{kind}.{id_}.{field.name}": getattr(each, field.name).tolist()
            for id_, each in found.items()
            for field in fields(each)
        }
    return flat | {f"milestone.{id_}": days.tolist() for id_, days in dates.milestones.items()}


@settings(max_examples=25, deadline=None)
@given(playbooks(), st.integers(0, 6), st.integers(-100, 100))
def test_moving_all_anchors_by_weeks_moves_all_dates_by_weeks(text: str, later: int, weeks: int) -> None:
    playbook = compiled(text)
    won = day_number(MONDAY) + later
    before = _flat(playbook, {"won": np.array([won])})
    after = _flat(playbook, {"won": np.array([won + 7 * weeks])})
    for id_, (found,) in before.items():
        stays = id_.endswith(".slack") or found == NOT_KNOWN
        assert after[id_] == [found + (0 if stays else 7 * weeks)]


@settings(max_examples=80, deadline=None)
@given(playbooks(ways=False), st.integers(0, 6), st.sampled_from(("day_0", "day_1")))
def test_where_there_is_no_slack_there_is_a_conflict(text: str, later: int, counting: str) -> None:
    calendar = f"calendar: c\ncountry: US\ncounting: {counting}\n"
    playbook = subject_from({"p.yaml": text + "calendar: c\n", "c.yaml": calendar}).playbook
    schedule = dated_schedule(playbook, {"won": MONDAY + timedelta(days=later)})
    late = [step for step in schedule.steps if step.slack is not None and step.slack < 0]
    told = [each for each in (*schedule.conflicts, *schedule.tight) if each.kind != "too_close"]
    assert bool(late) == bool(told)
    for step in schedule.steps:
        if step.latest_end is not None and step.earliest_end is not None and step.slack is not None:
            assert (step.slack < 0) == (step.earliest_end > step.latest_end)
            between = calendar_of(playbook).working_days_between(
                day_number(step.earliest_end), day_number(step.latest_end)
            )
            assert int(between) == step.slack
    for conflict in told:
        assert conflict.due < conflict.earliest
        assert conflict.short == conflict.days - conflict.room > 0
        assert sum(link.days for link in conflict.chain) == conflict.days or conflict.due < conflict.since
        assert conflict.chain[-1].id == conflict.id


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(sorted(shipped())), st.integers(20_000, 21_000), st.integers(0, 120))
def test_what_is_planned_is_on_worked_days(name: str, first: int, apart: int) -> None:
    """No calendar of the project has the roll rule ``none``."""
    playbook = shipped()[name].playbook
    calendar = calendar_of(playbook)
    anchors = {id_: np.array([first + apart * at]) for at, id_ in enumerate(playbook.model.anchors)}
    dates, rooms = plan_dates(playbook, anchors), step_rooms(playbook, anchors)
    for step, found in dates.steps.items():
        for days in (*astuple(found), *astuple(rooms[step])[:4]):
            assert days[0] == NOT_KNOWN or calendar.is_worked(days)[0], step
        assert NOT_KNOWN in (found.starts[0], found.due[0]) or found.starts[0] <= found.due[0], step
    for stage in dates.stages.values():
        assert stage.ends[0] == NOT_KNOWN or calendar.is_worked(stage.ends)[0]


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_playbook_and_variant_has_dates(name: str) -> None:
    for playbook in (shipped()[name].playbook, *shipped()[name].playbook.variants):
        anchors = {id_: MONDAY + timedelta(days=60 * at) for at, id_ in enumerate(playbook.model.anchors)}
        schedule = dated_schedule(playbook, {"start": MONDAY, **anchors})
        assert len(schedule.steps) == len(playbook.process.tasks)
        for step in schedule.steps:
            assert step.due is not None or step.needs or playbook.steps[step.step].due is not None
        nothing = dated_schedule(playbook, {})
        assert all(step.due is None and step.needs for step in nothing.steps)


# -- one account ---------------------------------------------------------------------------------------

STEPS = """\
  - id: build
    steps:
      - {id: write_brief, takes: 2bd, due: 3bd after closed_won}
      - {id: build_it, takes: 5bd}
      - {id: connect_sso, takes: 3bd, due: 14d before go_live}
      - {id: go, takes: 1bd}
"""
WON, LIVE = "event: deal.closed_won, start: true", "field: account.go_live_date, moves: true"


def sso() -> CompiledPlaybook:
    return playbook_of(STEPS, closed_won=WON, go_live=LIVE)


def test_forward_from_what_is_past_and_backward_from_what_is_planned() -> None:
    schedule = dated_schedule(sso(), {"closed_won": day("2026-12-01"), "go_live": day("2027-02-01")})
    assert known(schedule, "write_brief") == ("2026-12-02", "2026-12-04")
    assert known(schedule, "build_it") == ("2026-12-04", "2026-12-11")
    assert known(schedule, "connect_sso") == ("2027-01-13", "2027-01-18")
    assert known(schedule, "go") == ("2027-01-18", "2027-01-19")
    build = schedule.by_step["build_it"]
    assert (build.earliest_start, build.earliest_end) == (day("2026-12-03"), day("2026-12-10"))
    assert (build.latest_start, build.latest_end) == (day("2027-01-06"), day("2027-01-13"))
    assert build.slack == 24
    assert [step.anchor for step in schedule.steps] == ["closed_won", "closed_won", "go_live", "go_live"]
    assert [step.stated for step in schedule.steps] == [True, False, True, False]
    assert schedule.conflicts == schedule.tight == ()


def test_two_anchors_that_make_a_plan_impossible_name_the_chain_of_work() -> None:
    schedule = dated_schedule(sso(), {"closed_won": day("2026-12-01"), "go_live": day("2026-12-24")})
    assert schedule.conflicts == (
        Conflict(
            kind="too_long",
            what="step",
            id="connect_sso",
            due=day("2026-12-10"),
            earliest=day("2026-12-15"),
            start="closed_won",
            since=day("2026-12-01"),
            anchor="go_live",
            chain=(Link("step", "write_brief", 2), Link("step", "build_it", 5), Link("step", "connect_sso", 3)),
            days=10,
            room=7,
            short=3,
        ),
    )
    assert schedule.by_step["connect_sso"].slack == -3


def test_what_is_late_between_the_same_anchors_is_told_once() -> None:
    stages = STEPS.replace("{id: build_it, takes: 5bd}", "{id: build_it, takes: 5bd, due: 16d before go_live}")
    playbook = playbook_of(stages, closed_won=WON, go_live=LIVE)
    schedule = dated_schedule(playbook, {"closed_won": day("2026-12-01"), "go_live": day("2026-12-24")})
    (conflict,) = schedule.conflicts
    assert (conflict.id, conflict.short, conflict.others) == ("connect_sso", 3, ("build_it",))


def test_a_date_before_the_journey_starts_is_told_as_such() -> None:
    schedule = dated_schedule(sso(), {"closed_won": day("2026-12-01"), "go_live": day("2026-12-10")})
    (conflict,) = schedule.conflicts
    assert (conflict.kind, conflict.due, conflict.since) == ("before_start", day("2026-11-26"), day("2026-12-01"))


def test_work_that_may_take_longer_than_there_is_time_is_tight_and_no_conflict() -> None:
    playbook = playbook_of(
        STEPS.replace("{id: build_it, takes: 5bd}", "{id: build_it, takes: 1..9bd}"),
        closed_won=WON,
        go_live=LIVE,
    )
    schedule = dated_schedule(playbook, {"closed_won": day("2026-12-01"), "go_live": day("2026-12-24")})
    assert schedule.conflicts == ()
    assert [(each.id, each.short) for each in schedule.tight] == [("connect_sso", 7)]


def test_what_is_left_out_takes_no_time_and_has_no_date() -> None:
    anchors = {"closed_won": day("2026-12-01"), "go_live": day("2026-12-24")}
    schedule = dated_schedule(sso(), anchors, {"build_it"})
    assert schedule.conflicts == ()
    left = schedule.by_step["build_it"]
    assert (left.left_out, left.starts, left.due, left.slack, left.needs) == (True, None, None, None, ())
    assert schedule.by_step["connect_sso"].earliest_start == day("2026-12-03")
    without = dated_schedule(sso(), anchors, {"connect_sso"})
    assert known(without, "go") == ("2026-12-11", "2026-12-14"), "it follows what is ahead of what is left out"


def test_without_a_date_nothing_is_planned_by_it() -> None:
    schedule = dated_schedule(sso(), {"closed_won": day("2026-12-01")})
    assert known(schedule, "build_it") == ("2026-12-04", "2026-12-11")
    found = schedule.by_step["connect_sso"]
    assert (found.starts, found.due, found.needs) == (None, None, ("go_live",))
    assert found.earliest_end == day("2026-12-15"), "it can be said when it can be over, though not when it is due"
    assert schedule.by_step["go"].needs == ("go_live",)


def test_a_step_waits_for_all_that_is_ahead_of_it_whatever_that_hangs_on() -> None:
    playbook = playbook_of(
        """\
  - id: build
    parallel: true
    steps:
      - {id: a, takes: 1bd, due: 20bd after closed_won}
      - {id: b, takes: 1bd, due: 5bd before go_live}
      - {id: c, takes: 1bd, after: [a, b]}
""",
        closed_won=WON,
        go_live=LIVE,
    )
    late = dated_schedule(playbook, {"closed_won": MONDAY, "go_live": day("2027-03-01")})
    assert known(late, "c") == ("2027-02-22", "2027-02-23")
    soon = dated_schedule(playbook, {"closed_won": MONDAY, "go_live": day("2026-12-14")})
    assert known(soon, "c") == ("2026-12-28", "2026-12-29"), "not before the step that is due later"


def test_stages_milestones_and_the_outcome_have_dates() -> None:
    schedule = dated_schedule(template("enterprise").playbook, {"closed_won": MONDAY, "go_live": day("2027-03-01")})
    assert [stage.stage for stage in schedule.stages][:1] == ["handover"]
    assert schedule.stages[0].starts == MONDAY
    assert all(stage.starts and stage.ends and stage.starts <= stage.ends for stage in schedule.stages)
    assert schedule.outcome is not None


def test_a_handoff_is_accepted_before_what_follows_is_planned() -> None:
    playbook = compiled("""\
playbook: p
anchors: {won: {event: deal.closed_won, start: true}}
stages:
  - id: one
    steps:
      - {id: a, takes: 2bd}
  - id: two
    steps:
      - {id: b, takes: 1bd}
handoffs:
  sales_to_cs: {from: ae, to: csm, at: one, accept: {within: 3bd}}
""")
    schedule = dated_schedule(playbook, {"won": MONDAY})
    assert known(schedule, "a") == ("2026-11-30", "2026-12-02")
    assert schedule.by_step["b"].earliest_start == day("2026-12-07")
    assert schedule.by_step["b"].due == day("2026-12-08")


def test_an_approval_takes_what_the_approvers_have() -> None:
    playbook = playbook_of(
        "  - id: one\n    steps:\n      - {id: a, approval: {by: csm, within: 2bd}}\n      - {id: b, takes: 1bd}\n",
        won=WON,
    )
    schedule = dated_schedule(playbook, {"won": MONDAY})
    assert known(schedule, "a") == ("2026-11-30", "2026-12-02")
    assert known(schedule, "b") == ("2026-11-30", "2026-12-03"), (
        "if it is approved at once, and if it takes two days"
    )


def test_calendar_days_of_work_go_through_weekends() -> None:
    playbook = playbook_of(
        "  - id: one\n    steps:\n      - {id: a, takes: 5d}\n      - {id: b, takes: 1bd}\n", won=WON
    )
    schedule = dated_schedule(playbook, {"won": day("2026-12-01")})
    assert known(schedule, "a") == ("2026-12-01", "2026-12-07"), "five days end on Sunday, so on Monday"
    assert known(schedule, "b") == ("2026-12-07", "2026-12-08")


def test_hours_are_parts_of_a_working_day() -> None:
    steps = "".join(f"      - {{id: {id_}, takes: 4bh}}\n" for id_ in "abc")
    schedule = dated_schedule(playbook_of(f"  - id: one\n    steps:\n{steps}", won=WON), {"won": MONDAY})
    assert [known(schedule, id_) for id_ in "abc"] == [
        ("2026-11-30", "2026-11-30"),
        ("2026-11-30", "2026-12-01"),
        ("2026-12-01", "2026-12-01"),
    ]


def test_a_journey_that_starts_on_a_weekend_is_worked_on_from_monday() -> None:
    playbook = playbook_of(
        "  - id: one\n    steps:\n      - {id: a, takes: 1bd, due: 1bd after won}\n      - {id: b, takes: 1bd}\n",
        won=WON,
    )
    schedule = dated_schedule(playbook, {"won": day("2026-11-28")})
    assert known(schedule, "a") == ("2026-11-30", "2026-11-30")
    assert known(schedule, "b") == ("2026-11-30", "2026-12-01")
    assert schedule.conflicts == ()


CALENDAR = """\
calendar: office
country: US
windows: {deploy: [tue, thu]}
"""


def with_calendar(steps: str, keys: str = "") -> CompiledPlaybook:
    text = f"playbook: p\ncalendar: office\nanchors: {{won: {{{WON}}}, go_live: {{{LIVE}}}}}\nstages:\n{steps}"
    return subject_from({"p.yaml": text, "c.yaml": CALENDAR + keys}).playbook


def test_a_change_window_moves_a_step_to_a_day_on_which_it_is_open() -> None:
    playbook = with_calendar("""\
  - id: one
    steps:
      - {id: a, takes: 2bd, window: deploy}
      - {id: b, window: deploy, due: 1bd before go_live}
      - {id: c, window: deploy, due: 3bd after won}
""")
    schedule = dated_schedule(playbook, {"won": day("2026-11-23"), "go_live": day("2026-12-21")})
    assert known(schedule, "a") == ("2026-11-23", "2026-12-01"), "Thursday is Thanksgiving"
    assert schedule.by_step["b"].due == day("2026-12-17"), "counted back, to the window ahead"
    assert schedule.by_step["c"].due == day("2026-12-01"), "counted on, to the next window"


def test_a_window_that_makes_a_step_late_is_named() -> None:
    playbook = with_calendar("""\
  - id: one
    steps:
      - {id: a, takes: 2bd}
      - {id: b, window: deploy, due: 1bd before go_live}
""")
    schedule = dated_schedule(playbook, {"won": day("2026-11-30"), "go_live": day("2026-12-03")})
    (conflict,) = schedule.conflicts
    assert (conflict.kind, conflict.window) == ("window", "deploy")
    assert (conflict.due, conflict.earliest) == (day("2026-12-01"), day("2026-12-03"))


def test_the_rule_day_1_counts_the_first_day_of_timers_and_of_work() -> None:
    playbook = with_calendar(
        """\
  - id: one
    steps:
      - {id: a, takes: 1bd, due: 1bd after won}
      - {id: b, takes: 2bd}
      - {id: c}
""",
        "counting: day_1\n",
    )
    schedule = dated_schedule(playbook, {"won": day("2026-11-30")})
    assert known(schedule, "a") == ("2026-11-30", "2026-11-30")
    assert known(schedule, "b") == ("2026-12-01", "2026-12-02")
    assert schedule.conflicts == ()
    tomorrow = with_calendar(
        "  - id: one\n    steps:\n      - {id: a, takes: 2bd, due: 1bd after won}\n", "counting: day_1\n"
    )
    (conflict,) = dated_schedule(tomorrow, {"won": day("2026-11-30")}).conflicts
    assert (conflict.short, conflict.earliest) == (1, day("2026-12-01"))


def test_a_part_of_the_way_between_two_dates() -> None:
    playbook = playbook_of(
        "  - id: one\n    steps:\n      - {id: a, due: 50% between closed_won and go_live}\n",
        closed_won=WON,
        go_live=LIVE,
    )
    schedule = dated_schedule(playbook, {"closed_won": MONDAY, "go_live": day("2026-12-14")})
    assert schedule.by_step["a"].due == day("2026-12-07")


def test_the_outcome_is_a_deadline() -> None:
    playbook = compiled("""\
playbook: p
anchors: {won: {event: deal.closed_won, start: true}}
outcome: {achieved: account.live, within: 5d after won}
ends: {done: {success: true}}
stages:
  - id: one
    steps:
      - {id: a, takes: 10bd}
""")
    (conflict,) = dated_schedule(playbook, {"won": MONDAY}).conflicts
    assert (conflict.what, conflict.due, conflict.short) == ("outcome", day("2026-12-07"), 5)


def test_dates_out_of_all_years_are_not_known_and_raise_nothing() -> None:
    for far in (date(1, 1, 1), date(1900, 1, 1), date(2200, 12, 31), date(9999, 12, 31)):
        schedule = dated_schedule(sso(), {"closed_won": far, "go_live": far})
        assert len(schedule.steps) == 4
    huge = playbook_of(
        "  - id: one\n    steps:\n      - {id: a, takes: 999999mo, due: 999999mo after won}\n", won=WON
    )
    assert dated_schedule(huge, {"won": MONDAY}).by_step["a"].due is None


def test_accounts_are_counted_by_what_is_given() -> None:
    playbook = sso()
    days = days_of([MONDAY, None])
    found = plan_dates(playbook, {"closed_won": days}).steps["build_it"].due
    assert [date_of(int(each)) for each in found] == [day("2026-12-10"), None]
    masks: dict[str, NDArray[np.bool_]] = {"build_it": np.array([False, True, True])}
    assert len(plan_dates(playbook, {}, masks).steps["go"].due) == 3


def test_a_part_of_the_way_needs_both_dates() -> None:
    playbook = playbook_of(
        "  - id: one\n    steps:\n      - {id: a, due: 50% between closed_won and go_live}\n",
        closed_won=WON,
        go_live=LIVE,
    )
    assert dated_schedule(playbook, {"go_live": MONDAY}).by_step["a"].needs == ("closed_won",)
    assert dated_schedule(playbook, {}).by_step["a"].needs == ("closed_won", "go_live")


def test_what_is_planned_alone_is_counted_back() -> None:
    schedule = dated_schedule(sso(), {"go_live": day("2027-02-01")})
    assert known(schedule, "connect_sso") == ("2027-01-13", "2027-01-18")
    assert schedule.by_step["build_it"].latest_end == day("2027-01-13")
    assert schedule.by_step["build_it"].needs == ("closed_won",)
    assert schedule.conflicts == ()


def test_a_playbook_without_a_start_is_dated_from_where_it_is_said_to_start() -> None:
    playbook = compiled("playbook: p\nstages:\n  - id: one\n    steps:\n      - {id: a, takes: 2bd}\n")
    assert dated_schedule(playbook, {}).by_step["a"].needs == ("start",)
    assert known(dated_schedule(playbook, {"start": MONDAY}), "a") == ("2026-11-30", "2026-12-02")


def test_a_step_is_done_in_time_for_the_stage_that_it_belongs_to() -> None:
    playbook = compiled("""\
playbook: p
anchors: {won: {event: deal.closed_won, start: true}, live: {field: account.live, moves: true}}
stages:
  - id: build
    due: 5bd before live
    steps:
      - {id: a, takes: 2bd}
      - {id: b, takes: 3bd}
""")
    schedule = dated_schedule(playbook, {"won": MONDAY, "live": day("2027-01-29")})
    assert known(schedule, "a") == ("2027-01-15", "2027-01-19")
    assert known(schedule, "b") == ("2027-01-19", "2027-01-22")
    assert schedule.stages[0].ends == schedule.stages[0].due == day("2027-01-22")
    (conflict,) = dated_schedule(playbook, {"won": MONDAY, "live": day("2026-12-08")}).conflicts
    assert (conflict.what, conflict.id, conflict.short) == ("stage", "build", 4)
    assert [link.id for link in conflict.chain] == ["a", "b"]


def test_a_stage_that_takes_longer_than_its_steps_is_a_link_of_the_chain() -> None:
    playbook = compiled("""\
playbook: p
anchors: {won: {event: deal.closed_won, start: true}}
stages:
  - id: build
    takes: 10bd
    steps:
      - {id: a, takes: 2bd}
  - id: launch
    steps:
      - {id: b, takes: 1bd, due: 5bd after won}
""")
    (conflict,) = dated_schedule(playbook, {"won": MONDAY}).conflicts
    assert conflict.chain == (Link("stage", "build", 10), Link("step", "b", 1))
    assert conflict.short == 6


def test_timers_hang_on_milestones_steps_and_accepted_handoffs() -> None:
    playbook = compiled("""\
playbook: p
anchors: {won: {event: deal.closed_won, start: true}}
milestones:
  value: {due: 10bd after won, stage: one}
stages:
  - id: one
    steps:
      - {id: a, due: 2bd after won}
      - {id: b, due: 1bd after a}
      - {id: c, due: 1w after value}
      - {id: d, due: 1bd after given.accepted}
      - {id: e, takes: 4bd, after: a}
      - {id: f, due: 1bd after e}
handoffs:
  given: {from: ae, to: csm, at: a, accept: {within: 2bd}}
""")
    schedule = dated_schedule(playbook, {"won": MONDAY})
    assert {step.step: str(step.due) for step in schedule.steps} == {
        "a": "2026-12-02",
        "b": "2026-12-03",
        "c": "2026-12-21",
        "d": "2026-12-07",
        "e": "2026-12-10",
        "f": "2026-12-11",
    }
    assert schedule.milestones == {"value": day("2026-12-14")}


def test_a_loop_is_run_once() -> None:
    playbook = playbook_of(
        """\
  - id: one
    steps:
      - {id: a, takes: 1bd}
      - {id: b, takes: 1bd, approval: {by: csm, on_reject: {back_to: a, at_most: 2}}}
      - {id: c, takes: 1bd}
""",
        won=WON,
    )
    assert known(dated_schedule(playbook, {"won": MONDAY}), "c") == ("2026-12-02", "2026-12-03")
