"""Single rules of the schedule, each in the smallest playbook that shows it."""

from __future__ import annotations

import textwrap

import pytest

from playbook.schedule.ranges import Range
from playbook.schedule.relative import Schedule, StepTimes, relative_schedule
from subjects import subject_from

START = "signed: {event: deal.closed_won, start: true}"
ANCHORS = f"anchors: {{{START}, go_live: {{field: account.go_live}}}}"


def scheduled(stages: str, head: str = ANCHORS) -> Schedule:
    text = f"playbook: p\n{head}\nends: {{done: {{success: true}}}}\nstages:\n{textwrap.dedent(stages)}\n"
    return relative_schedule(subject_from({"p.yaml": text}).playbook)


def times(schedule: Schedule) -> dict[str, StepTimes]:
    return {step.step: step for step in schedule.steps}


def in_one_stage(*steps: str, more: str = "", head: str = ANCHORS) -> dict[str, StepTimes]:
    return times(scheduled(f"- {{id: a, {more}steps: [{', '.join(steps)}]}}", head))


def test_a_stage_is_critical_if_it_usually_takes_longer_than_its_steps() -> None:
    found = scheduled("- {id: a, takes: 2..10bd, steps: [{id: one, takes: 3..5bd}]}").critical
    assert found is not None
    assert (found.nodes, found.length) == (("exit.a",), Range(2, 10))


def test_of_steps_to_choose_from_the_shortest_is_critical_and_the_plan_counts_with_each() -> None:
    steps = "{id: class, takes: 5bd}, {id: course, takes: 2bd}, {id: exam, takes: 1bd}"
    schedule = scheduled(f"- {{id: a, choose: {{one_of: [class, course]}}, steps: [{steps}]}}")
    assert schedule.critical is not None
    assert (schedule.critical.nodes, schedule.critical.length) == (("step.course", "step.exam"), Range(3, 3))
    assert times(schedule)["exam"].starts == Range(2, 5)


@pytest.mark.parametrize(
    ("timer", "day"),
    [("build.entered", 7), ("build", 22), ("call.started", 4), ("call", 7), ("call.completed", 7)],
)
def test_a_timer_hangs_on_the_start_or_the_end_of_a_step_or_stage(timer: str, day: float) -> None:
    schedule = scheduled(
        f"""\
        - id: build
          starts: 5bd after signed
          due: 20bd after signed
          parallel: true
          steps:
            - {{id: call, due: 5bd after signed, takes: 3bd}}
            - {{id: note, due: 2bd after {timer}}}
        """
    )
    assert times(schedule)["note"].due == Range(day, day)


def test_of_two_handoffs_at_one_place_the_longer_acceptance_is_waited_for() -> None:
    handoffs = "\n".join(
        f"  {id_}: {{from: csm, to: se, at: plan, accept: {{within: {days}bd}}}}"
        for id_, days in (("first", 3), ("second", 1))
    )
    stages = "- {id: plan, steps: [{id: one, takes: 1bd}]}\n- {id: build, steps: [{id: two, takes: 1bd}]}"
    plan = times(scheduled(stages, f"{ANCHORS}\nhandoffs:\n{handoffs}"))
    assert plan["two"].starts == Range(1, 4)


def test_a_timer_may_hang_on_a_step_that_stands_below_it() -> None:
    plan = in_one_stage("{id: note, due: 2bd after slow}", "{id: slow, takes: 4bd}", more="parallel: true, ")
    assert plan["note"].due == Range(6, 6)


def test_an_overlap_that_holds_only_sometimes_plans_nothing() -> None:
    stages = """\
        - {id: a, steps: [{id: one, takes: 9bd}]}
        - {id: b, overlaps: {stage: a, starts: 1bd after signed%s}, steps: [{id: two, takes: 1bd}]}
        """
    always, sometimes = (times(scheduled(stages % when))["two"] for when in ("", ", when: account.big"))
    assert always.starts == Range(1, 1)
    assert sometimes.starts != always.starts


def test_a_stage_is_over_when_its_time_and_its_steps_are() -> None:
    stages = "- {id: a, takes: %s, steps: [{id: one, takes: 5bd}]}\n- {id: b, steps: [{id: two, takes: 1bd}]}"
    short, long = (times(scheduled(stages % takes))["two"] for takes in ("2bd", "8bd"))
    assert (short.starts, long.starts) == (Range(5, 5), Range(8, 8))


def test_a_step_without_a_time_may_be_done_until_what_is_behind_it_must_begin() -> None:
    plan = in_one_stage("{id: look}", "{id: load, takes: 1..3bd, due: 10bd after signed}")
    assert plan["look"].starts == plan["look"].ends == Range(0, 9)


def test_what_waits_for_several_anchors_hangs_on_the_last() -> None:
    steps = ("{id: one, due: 5bd after signed}", "{id: two, due: 2bd before go_live}")
    plan = in_one_stage(*steps, "{id: both, takes: 1bd, after: [one, two]}", more="parallel: true, ")
    assert (plan["both"].anchor, plan["both"].starts) == ("go_live", Range(-2, -2))


def test_without_a_start_what_is_ahead_of_several_anchors_hangs_on_the_first() -> None:
    plan = in_one_stage(
        "{id: ahead, takes: 1bd}",
        "{id: late, after: ahead, due: 5bd after second}",
        "{id: soon, after: ahead, due: 5bd after first}",
        more="parallel: true, ",
        head="anchors: {first: {event: deal.closed_won}, second: {field: account.go_live}}",
    )
    assert (plan["ahead"].anchor, plan["ahead"].ends) == ("first", Range(5, 5))


def test_a_share_of_the_way_from_an_accepted_handoff_counts_from_the_acceptance() -> None:
    stages = """\
        - {id: plan, steps: [{id: one, takes: 1bd}]}
        - id: build
          parallel: true
          steps:
            - {id: load, due: 10bd before go_live, takes: 10bd}
            - {id: look, due: 50%% between %s and go_live}
        """
    handoffs = "handoffs: {over: {from: csm, to: se, at: plan, accept: {within: 4bd}}}"
    accepted, left = (
        times(scheduled(stages % name, f"{ANCHORS}\n{handoffs}"))["look"].ends for name in ("over.accepted", "plan")
    )
    assert (accepted, left) == (Range(-10, -10), Range(-12, -10))


def test_of_several_anchors_the_one_that_leaves_least_says_the_slack() -> None:
    plan = in_one_stage(
        "{id: one, takes: 1bd, due: 10bd after signed}",
        "{id: two, takes: 1bd, due: 20bd after go_live}",
        more="starts: 2bd after go_live, ",
    )
    assert plan["one"].slack == Range(9, 9)
    assert (plan["one"].latest["go_live"], plan["one"].earliest["go_live"]) == (Range(19, 19), Range(3, 3))


@pytest.mark.parametrize(("hours", "day"), [("08:30-12:00", 2), ("22:00-06:00", 0.875), ("09:00-17:00", 0.875)])
def test_a_working_day_is_as_long_as_the_calendar_says(hours: str, day: float) -> None:
    playbook = (
        f"playbook: p\ncalendar: c\nanchors: {{{START}}}\nstages: [{{id: a, steps: [{{id: one, takes: 7bh}}]}}]\n"
    )
    subject = subject_from({"p.yaml": playbook, "c.yaml": f'calendar: c\nworking_hours: "{hours}"\n'})
    (step,) = relative_schedule(subject.playbook).steps
    assert step.work == Range(day, day)
