"""The dated schedule against one that is walked day by day: due dates, earliest dates, conflicts and slack."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest
from naive_schedule import DAY, WEEK, NaivePlan, NaiveStage, NaiveStep, Office, Takes, random_plan

from playbook.calendars.public_holidays import public_holidays
from playbook.schedule.dated import dated_schedule
from playbook.schedule.dated_times import Conflict, DatedSchedule
from subjects import subject_from

PLANS = 250


@lru_cache(maxsize=1)
def _american() -> frozenset[date]:
    return frozenset(day for day in public_holidays("US") if 2025 <= day.year <= 2028)


def dated(plan: NaivePlan) -> DatedSchedule:
    playbook = subject_from({"p.yaml": plan.written(), "c.yaml": plan.office.written()}).playbook
    return dated_schedule(playbook, dict(plan.anchors))


def _ids(conflicts: tuple[Conflict, ...]) -> set[str]:
    return {id_ for conflict in conflicts for id_ in (conflict.id, *conflict.others)}


@lru_cache(maxsize=1)
def _plans() -> list[tuple[NaivePlan, DatedSchedule]]:
    return [(plan, dated(plan)) for plan in (random_plan(seed, _american()) for seed in range(PLANS))]


def test_due_dates_are_those_that_are_walked_to() -> None:
    for plan, schedule in _plans():
        for step in plan.steps:
            if step.due is not None:
                assert schedule.by_step[step.id].due == plan.due(step), (step, plan.written())


def test_the_earliest_dates_are_those_that_are_walked_to() -> None:
    for plan, schedule in _plans():
        found = plan.earliest(long=True)
        for step in plan.steps:
            begins, ends = found[step.id]
            times, over = schedule.by_step[step.id], plan.over(ends)
            assert times.earliest_end == over, (step, plan.written())
            assert times.earliest_start == min(plan.starts(begins), over), (step, plan.written())


def test_no_plan_that_can_be_kept_is_called_impossible_and_no_impossible_one_is_missed() -> None:
    late = 0
    for plan, schedule in _plans():
        assert _ids(schedule.conflicts) == plan.late(long=False), plan.written()
        late += bool(schedule.conflicts)
    assert PLANS // 10 < late < PLANS, "there are both among the plans"


def test_what_only_just_fits_is_told_and_nothing_else() -> None:
    for plan, schedule in _plans():
        tight = tuple(conflict for conflict in schedule.tight if conflict.kind != "too_close")
        assert _ids(tight) == plan.late(long=True) - plan.late(long=False), plan.written()


def test_what_is_due_too_soon_behind_the_due_date_of_the_step_ahead_is_told() -> None:
    count = 0
    for plan, schedule in _plans():
        told = _ids(schedule.tight) | _ids(schedule.conflicts)
        for stage in plan.stages:
            steps = {step.id: step for step in stage.steps}
            for before, step in zip((None, *stage.steps), stage.steps, strict=False):
                ahead = [steps[id_] for id_ in step.after] or ([before] if before and not stage.parallel else [])
                if plan.follows_too_closely(step, ahead):
                    count += 1
                    assert step.id in told, (step, plan.written())
    assert count > PLANS // 20


def test_what_is_told_to_stand_too_close_is_late_if_nothing_is_done_before_it_is_due() -> None:
    for _, schedule in _plans():
        for conflict in schedule.tight:
            if conflict.kind == "too_close":
                ahead, late = (schedule.by_step[link.id] for link in conflict.chain)
                assert (ahead.due, late.due) == (conflict.since, conflict.due)
                assert conflict.earliest > conflict.due
                assert conflict.short > 0


def test_slack_is_what_a_step_can_be_late_before_something_else_is() -> None:
    for plan, schedule in _plans():
        # By day_1, what takes no time is over at either end of its day, so that slack is no walk of whole days.
        if plan.office.counting == "day_1":
            continue
        late = plan.late(long=True)
        for step in plan.steps:
            slack = schedule.by_step[step.id].slack
            if slack is None:
                assert plan.late(long=True, late=(step.id, 300)) == late
            elif slack < 0:
                assert late
            else:
                assert plan.late(long=True, late=(step.id, slack)) == late, (step, slack, plan.written())
                # What is late already is no later thing that this makes late.
                worse = plan.late(long=True, late=(step.id, slack + 1)) != late
                assert worse or late or slack > 250, (step, slack, plan.written())


def test_nothing_starts_after_it_is_due_and_slack_is_what_the_dates_show() -> None:
    for plan, schedule in _plans():
        for times in schedule.steps:
            for first, last in (
                (times.starts, times.due),
                (times.earliest_start, times.earliest_end),
                (times.latest_start, times.latest_end),
            ):
                assert first is None or last is None or first <= last, (times, plan.written())
            if times.slack is not None and times.earliest_end and times.latest_end and times.slack >= 0:
                days = (times.latest_end - times.earliest_end).days
                walked = [times.earliest_end + n * DAY for n in range(1, days + 1)]
                assert times.slack <= len([day for day in walked if plan.office.is_worked(day)])


# -- cases that it found ----------------------------------------------------------------------------------


def _one(office: Office, won: date, takes: Takes | None, window: str = "") -> DatedSchedule:
    steps = (NaiveStep("a", takes, window=window), NaiveStep("b"))
    return dated(NaivePlan(office, (NaiveStage("one", steps),), {"won": won, "live": won}))


@pytest.mark.parametrize(("counting", "over"), [("day_0", date(2026, 11, 26)), ("day_1", date(2026, 11, 25))])
def test_calendar_days_of_work_are_counted_from_the_weekend_on_which_a_journey_starts(
    counting: str, over: date
) -> None:
    found = _one(Office(counting=counting), date(2026, 11, 21), (5, 5, "d")).by_step["a"]
    assert (found.starts, found.due) == (date(2026, 11, 23), over)


def test_by_day_1_work_that_ends_on_a_saturday_is_over_on_monday() -> None:
    found = _one(Office(counting="day_1"), date(2026, 11, 20), (2, 2, "d")).by_step["a"]
    assert (found.starts, found.due) == (date(2026, 11, 20), date(2026, 11, 23))


def test_a_step_of_a_journey_that_starts_on_a_weekend_is_over_in_its_window() -> None:
    found = _one(Office(week=WEEK[:5]), date(2026, 12, 5), None, window="deploy").by_step["a"]
    assert found.due == found.earliest_end == date(2026, 12, 8), "Tuesday"
    thursday = Office(closed=(date(2026, 12, 4), date(2026, 12, 6)))
    assert _one(thursday, date(2026, 12, 5), None, window="deploy").by_step["a"].earliest_end == date(2026, 12, 8)


def test_by_day_1_what_takes_no_time_starts_on_the_day_on_which_it_is_over() -> None:
    found = _one(Office(counting="day_1"), date(2026, 11, 20), (1, 1, "bd"))
    assert (found.by_step["b"].starts, found.by_step["b"].due) == (date(2026, 11, 20), date(2026, 11, 20))


def test_a_stage_that_starts_before_the_stage_ahead_is_due_is_too_close() -> None:
    first = NaiveStage("one", (NaiveStep("a", (2, 2, "bd"), (20, "bd", "after", "won")),))
    second = (NaiveStep("b", (1, 1, "bd")), NaiveStep("c", due=(0, "d", "after", "live")))
    stages = (first, NaiveStage("two", second, starts=(5, "bd", "before", "live")))
    plan = NaivePlan(Office(), stages, {"won": date(2026, 12, 1), "live": date(2026, 12, 15)})
    (found,) = dated(plan).tight
    assert (found.kind, [link.id for link in found.chain]) == ("too_close", ["a", "c"])
    assert (found.since, found.due, found.earliest) == (date(2026, 12, 29), date(2026, 12, 15), date(2026, 12, 30))
    assert found.short == 11
