"""When work counts as without a time, which clocks are settled, who hears of a breach, and what may wait."""

from __future__ import annotations

import pytest
from lint_samples import EVERYTHING, Samples, shown

from playbook.lint.examples import SAMPLE, example_files

GATES = "enter: deal.closed_won, exit: first_value.reached"


def stages(*stages: str, rest: str = "") -> str:
    return f"handoffs: null\n{rest}stages:\n" + "".join(f"  - {{{GATES}, {stage}}}\n" for stage in stages)


def step(id_: str, rest: str = "") -> str:
    return f"{{id: {id_}, do: Do {id_}, raci: {{A: cs_leader, R: csm}}{', ' + rest if rest else ''}}}"


def build(*steps: str, rest: str = "") -> str:
    return stages(f"id: build, steps: [{', '.join(steps)}]{', ' + rest if rest else ''}")


# -- SLA001 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "time",
    [
        "due: 3d after closed_won",
        "takes: 2bd",
        "sla: {breach: 2bd}",
        "approval: {by: csm, within: 2bd}",
        "approval: {by: csm, vote: {share: 0.5, within: 2bd}}",
        "automation: automated",
        "party: system",
        "repeat: {every: week, at_most: 3}",
        "run: sample",
        "need: optional",
        "need: forbidden",
    ],
)
def test_what_is_timed_or_needs_no_time(time: str, samples: Samples) -> None:
    assert samples.only("SLA001", build(step("a", time))) == []


@pytest.mark.parametrize("time", ["due: 3d after closed_won", "takes: 2w", "sla: {breach: 2bd}"])
def test_a_stage_has_a_time_for_its_steps(time: str, samples: Samples) -> None:
    assert samples.only("SLA001", build(step("a"), step("b"), rest=time)) == []


def test_a_milestone_with_a_date_is_the_time_of_its_stage(samples: Samples) -> None:
    goal = "milestones: {first_value: {event: account.first_report, raci: {A: csm}, stage: build%s}}\n"
    text = build(step("a"))
    assert len(samples.only("SLA001", goal % "" + text)) == 1
    assert samples.only("SLA001", goal % ", due: 30d after closed_won" + text) == []


def test_one_finding_if_most_work_has_no_time(samples: Samples) -> None:
    timed = step("c", "takes: 1bd")
    text = stages(f"id: one, steps: [{step('a')}, {step('b')}]", f"id: two, steps: [{timed}, {step('d')}]")
    assert samples.only("SLA001", text) == [
        "nothing says how long 3 of the 4 steps take or when they are due, and their stages have no time either: "
        "one and two"
    ]


def test_one_finding_a_stage_if_most_work_has_one(samples: Samples) -> None:
    timed = [step(name, "takes: 1bd") for name in "bcde"]
    text = stages(f"id: one, steps: [{step('a')}, {', '.join(timed)}]", f"id: two, steps: [{step('f')}]")
    assert samples.only("SLA001", text) == [
        'nothing says how long the step "Do a" (a) takes or when it is due, and the stage "one" has no time either',
        'nothing says how long the step "Do f" (f) takes or when it is due, and the stage "two" has no time either',
    ]


def test_a_time_that_could_not_be_read_is_not_called_missing(samples: Samples) -> None:
    findings = samples.example(build(step("a"), step("b"), rest="due: 5m after closed_won"))
    assert {"SLA001", "SCH007"} & {finding.code for finding in findings} == {"SCH007"}


def test_a_variant_is_asked_only_for_what_its_base_has(samples: Samples) -> None:
    added = "add: [{after: a, step: {id: b, do: Do b, raci: {A: csm, R: csm}}}]"
    variants = (
        f"segments: {{small: {{otherwise: true}}}}\nvariants:\n  v: {{for: small, set: {{a.do: Do it}}, {added}}}\n"
    )
    (base, variant) = samples.only("SLA001", build(step("a")) + variants)
    assert '"Do a" (a)' in base
    assert '"Do b" (b)' in variant


# -- SLA004 --------------------------------------------------------------------------------------

SLA = "sla: {breach: 5bd, escalate: cs_leader"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (build(step("a", f"party: customer, {SLA}}}")), True),
        (build(step("a", f"party: joint, {SLA}}}")), True),
        (build(step("a", f"{SLA}}}")), False),
        (build(step("a", f"party: system, {SLA}}}")), False),
        (build(step("a", f"party: customer, need: optional, {SLA}}}")), False),
        (build(step("a", f"party: customer, {SLA}, pause_while: account.use_case}}")), False),
        (build(step("a", f"party: customer, {SLA}}}"), rest="statuses: [{status: x, clock: stopped}]"), False),
        (build(step("a", f"party: customer, {SLA}}}"), rest="statuses: [{status: x}]"), True),
        (build(step("a", "party: customer"), rest=f"{SLA}}}"), True),
        (build(step("a"), rest=f"{SLA}}}"), False),
    ],
)
def test_a_clock_pauses_while_others_act(text: str, found: bool, samples: Samples) -> None:
    assert bool(samples.only("SLA004", text)) == found


@pytest.mark.parametrize(
    ("starts", "behind"),
    [
        ("first", None),
        ("second", "that step itself"),
        ("third", 'the step "Do third" (third), which comes only behind it'),
        ("deal.closed_won", None),
        ("unknown_step", None),
    ],
)
def test_a_clock_starts_ahead_of_its_work(starts: str, behind: str | None, samples: Samples) -> None:
    text = build(step("first"), step("second", f"{SLA}, starts: {starts}}}"), step("third"))
    wanted = (
        f'the SLA of the step "Do second" (second) is counted from {behind}: its clock starts when the work is done'
    )
    assert samples.only("SLA004", text) == ([wanted] if behind else [])


# -- SLA005 --------------------------------------------------------------------------------------


def test_only_business_time_needs_a_calendar(samples: Samples) -> None:
    timed = build(step("a", "due: 3d after closed_won, takes: 2h"))
    assert samples.only("SLA005", f"calendar: null\n{timed}") == []
    (message,) = samples.only("SLA005", "calendar: null\n" + timed.replace("2h", "2bh"))
    assert message.startswith("2bh is counted in business hours, but the playbook names no calendar")


@pytest.mark.parametrize(
    ("calendar", "missing"),
    [
        ("time_zone: Europe/Berlin\nworking_hours: 09:00-17:00", None),
        ("time_zone: Europe/Berlin", "no working hours, though business hours are used"),
        ("working_hours: 09:00-17:00", "no time zone"),
        ("country: DE", "no time zone and no working hours, though business hours are used"),
    ],
)
def test_a_calendar_says_when_the_day_begins(calendar: str, missing: str | None, samples: Samples) -> None:
    text = "calendar: office\n" + build(step("a", "takes: 2bh")) + f"---\ncalendar: office\n{calendar}\n"
    messages = samples.only("SLA005", text)
    wanted = f'the calendar "office" has {missing}: nothing says at which moment a promise is broken'
    assert messages == ([wanted] if missing else [])


@pytest.mark.parametrize("takes", ["2bd", "2d"])
def test_business_time_of_base_or_variant_is_told_once(takes: str, samples: Samples) -> None:
    variant = "{v: {for: everybody, set: {a.takes: 3bd}, add: [{before: a, step: {id: b, takes: 1bd}}]}}"
    variants = f"segments: {{everybody: {{otherwise: true}}}}\nvariants: {variant}\n"
    text = "calendar: null\n" + build(step("a", f"takes: {takes}")) + variants
    assert len(samples.only("SLA005", text)) == 1


def test_working_hours_are_asked_for_only_where_hours_are_counted(samples: Samples) -> None:
    text = (
        "calendar: office\n" + build(step("a", "takes: 2bd")) + "---\ncalendar: office\ntime_zone: Europe/Berlin\n"
    )
    assert samples.only("SLA005", text) == []


def test_a_calendar_that_nobody_uses_is_left_alone(samples: Samples) -> None:
    assert samples.only("SLA005", "calendar: other\n---\ncalendar: office\n") == []


# -- SLA006 and SLA007 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("cs_leader", False),  # answers for it, and does not do it
        ("csm", True),
        ("[csm, cco]", False),
        ("customer_success", False),
    ],
)
def test_somebody_else_hears_of_a_breach(told: str, found: bool, samples: Samples) -> None:
    assert bool(samples.only("SLA006", build(step("a", f"sla: {{breach: 2bd, escalate: {told}}}")))) == found


def test_who_answers_for_it_is_suggested(samples: Samples) -> None:
    findings = samples.example(build(step("a", "sla: {breach: 2bd, escalate: csm}")))
    assert [finding.suggestion for finding in findings if finding.code == "SLA006"] == ["escalate: cs_leader"]


def test_of_several_who_may_do_it_another_one_may_be_told(samples: Samples) -> None:
    text = build("{id: a, do: Do a, raci: {R: {any_of: [csm, cco]}}, sla: {breach: 2bd, escalate: cco}}")
    assert samples.only("SLA006", text) == []


def test_one_finding_if_no_sla_escalates(samples: Samples) -> None:
    text = build(step("a", "sla: {breach: 2bd}"), step("b", "sla: {breach: 3bd}"))
    assert samples.only("SLA006", text) == ["none of the 2 SLAs says who hears of it when it is broken"]
    text = build(step("a", "sla: {breach: 2bd}"), step("b", "sla: {breach: 3bd, escalate: cs_leader}"))
    assert samples.only("SLA006", text) == [
        'nobody hears of it when the SLA of the step "Do a" (a) (2bd) is broken',
    ]


@pytest.mark.parametrize(
    ("ladder", "reason"),
    [
        ("[csm, cs_leader, cco]", None),
        ("[cs_leader, ae]", None),  # in no line with each other
        ("[cs_leader, csm]", "csm hears of it after cs_leader, to whom the role reports"),
        ("[cco, ae, csm]", "csm hears of it after cco, to whom the role reports"),
        ("[cs_leader, cs_leader]", "cs_leader is told twice"),
    ],
)
def test_a_ladder_leads_up(ladder: str, reason: str | None, samples: Samples) -> None:
    organization = SAMPLE["organization"]
    for role, above in (("Customer Success Manager", "cs_leader"), ("VP Customer Success", "cco")):
        organization = organization.replace(f"title: {role}", f"title: {role}, reports_to: {above}")
    text = organization + "---\n" + build(step("a", f"sla: {{breach: 2bd, escalate: {ladder}}}"))
    wanted = f'the escalation of the step "Do a" (a) does not lead up: {reason}'
    assert samples.only("SLA007", text) == ([wanted] if reason else [])


def test_reporting_lines_in_a_circle_end(samples: Samples) -> None:
    organization = SAMPLE["organization"]
    for role, above in (("Customer Success Manager", "cs_leader"), ("VP Customer Success", "csm")):
        organization = organization.replace(f"title: {role}", f"title: {role}, reports_to: {above}")
    text = organization + "---\n" + build(step("a", "sla: {breach: 2bd, escalate: [csm, cs_leader]}"))
    assert len(samples.only("SLA007", text)) == 1


# -- SLA009 --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ("approval: {by: cco}", 'the approval of the step "Do a" (a) may be waited for without end'),
        ("approval: {by: cco}, due: 3d after closed_won", None),
        ("approval: {by: cco}, sla: {breach: 2bd}", None),
        (
            "approval: {by: cco, within: 2bd}, due: 3d after closed_won",
            'the approvers of the step "Do a" (a) have 2 business days, and if they do not answer, nothing happens',
        ),
        ("approval: {by: cco, within: 2bd, on_silence: reject}", None),
        ("approval: {by: cco, within: 2bd}, sla: {breach: 2bd, escalate: cs_leader}", None),
        ("approval: {by: cco, vote: {share: 0.5, within: 2bd}, on_silence: approve}", None),
    ],
)
def test_an_approval_ends(rest: str, message: str | None, samples: Samples) -> None:
    assert samples.only("SLA009", build(step("a", rest))) == ([message] if message else [])


def test_one_finding_if_silence_means_nothing_anywhere(samples: Samples) -> None:
    approval = "approval: {by: cco, within: 2bd}"
    assert samples.only("SLA009", build(step("a", approval), step("b", approval))) == [
        "the approvers of 2 steps have a time limit, and if they do not answer, nothing happens: a and b"
    ]


@pytest.mark.parametrize(
    ("interrupt", "found"),
    [
        ("null", True),
        ("{quiet: {silent: {party: customer, for: 14d}, end: onboarded}}", False),
        ("{quiet: {silent: {party: customer, for: 14d}, stages: build, end: onboarded}}", False),
        ("{quiet: {silent: {party: customer, for: 14d}, stages: other, end: onboarded}}", True),
        ("{quiet: {silent: {party: partner, for: 14d}, end: onboarded}}", True),
        ("{churned: {event: subscription.churned, end: onboarded}}", True),
    ],
)
@pytest.mark.parametrize("form", ["[{0}]", "{{any_of: [{0}]}}"])
def test_a_stopped_clock_does_not_wait_for_ever(form: str, interrupt: str, found: bool, samples: Samples) -> None:
    status = form.format("{status: Waiting, clock: stopped, awaiting: customer}")
    text = stages(
        f"id: build, statuses: {status}, steps: [{step('a')}]",
        f"id: other, steps: [{step('b')}]",
        rest=f"interrupts: {interrupt}\n",
    )
    assert bool(samples.only("SLA009", text)) == found


def test_the_place_of_a_status_is_its_own(samples: Samples) -> None:
    files = example_files(
        build(step("a"), rest="statuses: [Busy, {status: Idle, clock: stopped, awaiting: customer}]")
    )
    (finding,) = [each for each in samples.check(files, EVERYTHING) if each.code == "SLA009"]
    line = files["playbook.yaml"].splitlines()[finding.place.span.start.line - 1]
    assert line[finding.place.span.start.column - 1 :].startswith("{status: Idle"), shown(finding)
