"""What a KPI needs to be worked out, what spoils it, and what the tracking plan must say."""

from __future__ import annotations

import pytest
from lint_samples import Samples

from playbook.lint.examples import SAMPLE


def kpi(text: str, id_: str = "k") -> str:
    return f"metrics: m\nkpis:\n  {id_}: {{{text}, owner: cs_leader}}\n"


def plan(fields: str = "", events: str = "") -> str:
    """The sample's tracking plan with more in it."""
    text = SAMPLE["tracking"]
    return text.replace("events:\n", f"{fields}events:\n") + events


# -- KPI001 --------------------------------------------------------------------------------------

RATE = "kind: rate, numerator: a, denominator: b, window: 30d, matured: window"
RATIO = "kind: ratio, numerator: a, denominator: b, unit: points"


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("kind: duration, from: closed_won, to: first_value", None),
        ("kind: duration, from: closed_won", "to"),
        ("kind: duration", "from or to"),
        (f"{RATE}, cohort: deal.closed_won, direction: up", None),
        (f"{RATE}, cohort: deal.closed_won, target: '>= 80%'", None),  # the target says which way is better
        (f"{RATE}, from: closed_won, to: first_value, direction: up", None),
        (f"{RATE}, direction: up", "cohort"),
        ("kind: rate, from: closed_won, to: first_value, window: 9d, direction: up", None),
        (f"{RATIO}, direction: down", None),
        ("kind: ratio", "numerator, denominator, unit or direction"),
        ("kind: sum, numerator: a, window: 30d, unit: calls, direction: up", None),
        ("kind: correlation, direction: up", "numerator"),
        ("kind: composite, unit: points, direction: up", "parts"),
    ],
)
def test_what_a_kind_of_kpi_needs(text: str, lacking: str | None, samples: Samples) -> None:
    wanted = f'the KPI "k" has no {lacking}, and cannot be worked out the same way twice'
    assert samples.only("KPI001", kpi(text)) == ([wanted] if lacking else [])


def test_a_direction_alone_is_told_in_its_own_words(samples: Samples) -> None:
    assert samples.only("KPI001", kpi(f"{RATIO}, target: 90%")) == ['the KPI "k" does not say which way is better']


@pytest.mark.parametrize(
    ("weights", "total"), [("0.5 0.5", None), ("0.1 0.2 0.7", None), ("0.5 0.4", "0.9"), ("1 1", "2")]
)
def test_weights_add_up(weights: str, total: str | None, samples: Samples) -> None:
    parts = ", ".join(f"p{number}: {{weight: {weight}}}" for number, weight in enumerate(weights.split()))
    found = samples.only("KPI001", kpi(f"kind: composite, unit: points, direction: up, parts: {{{parts}}}"))
    count = len(weights.split())
    assert found == ([f'the weights of the {count} parts of the KPI "k" add up to {total}'] if total else [])


def test_the_owner_is_left_to_another_rule(samples: Samples) -> None:
    text = "metrics: m\nkpis: {k: {kind: duration, from: closed_won, to: first_value}}\n"
    assert samples.only("KPI001", text) == []
    assert len(samples.only("RCI001", text)) == 1


def test_what_could_not_be_read_is_not_called_missing(samples: Samples) -> None:
    text = kpi("kind: rate, numerator: a, denominator: b, window: 5m, cohort: deal.closed_won, direction: up")
    codes = {finding.code for finding in samples.example(text)}
    assert "SCH007" in codes
    assert not {"KPI001", "KPI002"} & codes


# -- KPI002, KPI003 and KPI004 -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind: rate, window: 30d, cohort: deal.closed_won", True),
        ("kind: rate, window: 30d, from: closed_won", True),
        ("kind: rate, window: 30d, cohort: deal.closed_won, matured: window", False),
        ("kind: rate, window: 30d, cohort: deal.closed_won, matured: none", False),  # thought of
        ("kind: rate, window: 30d", False),  # what it lacks is another rule's
        ("kind: rate, cohort: deal.closed_won", False),
        ("kind: ratio, window: 30d, cohort: deal.closed_won", True),
        ("kind: ratio, window: 30d", False),  # of a period
        ("kind: duration, window: 365d, cohort: deal.closed_won", False),
    ],
)
def test_young_accounts(text: str, found: bool, samples: Samples) -> None:
    assert bool(samples.only("KPI002", kpi(text))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kind: duration, statistic: mean", "is a mean"),
        ("kind: duration, statistic: p90", None),
        ("kind: duration", None),
        ("kind: ratio, statistic: mean", None),
        ("kind: duration, where: first_value.reached", "with first_value.reached"),
        ("kind: duration, where: onboarding.completed and account.active_seats > 1", "with onboarding.completed"),
        ("kind: duration, where: account.first_report", "with account.first_report"),
        ("kind: duration, where: not first_value.reached", None),
        ("kind: duration, where: account.active_seats > 1", None),
    ],
)
def test_times_of_those_who_have_arrived(text: str, found: str | None, samples: Samples) -> None:
    messages = samples.only("KPI003", kpi(f"{text}, from: closed_won, to: first_value"))
    assert [found in message for message in messages] == ([True] if found else [])  # type: ignore[operator]


MILESTONES = """\
milestones:
  first_value: {event: account.first_report, value: true, raci: {A: csm}}
  go_live: {title: In production, event: account.first_report, raci: {A: csm}}
  launched_well: {title: Launched, event: account.first_report, value: true, raci: {A: csm}}
  report_shared: {event: account.first_report, raci: {A: csm}}
"""


@pytest.mark.parametrize(
    ("id_", "to", "found"),
    [
        ("time_to_value", "onboarding.completed", True),
        ("ttv", "go_live", True),
        ("time_to_value", "first_value", False),
        ("time_to_value", "launched_well", False),  # it says of itself that it is value
        ("time_to_value", "report_shared", False),  # it may be
        ("time_to_value", "account.first_report", False),
        ("time_to_live", "go_live", False),
        ("time_to_onboard", "onboarding.completed", False),
    ],
)
def test_a_time_to_value_ends_with_value(id_: str, to: str, found: bool, samples: Samples) -> None:
    text = kpi(f"kind: duration, from: closed_won, to: {to}", id_) + "---\n" + MILESTONES
    messages = samples.only("KPI004", text)
    assert bool(messages) == found


def test_milestones_of_value_are_named(samples: Samples) -> None:
    text = kpi("kind: duration, from: closed_won, to: go_live", "ttv") + "---\n" + MILESTONES
    (finding,) = [each for each in samples.example(text) if each.code == "KPI004"]
    assert finding.expected == "a milestone or event of realized value, such as first_value or launched_well"


# -- KPI006 to KPI010 ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "baseline", "found"),
    [
        ("<= 45d", "62d", None),
        ("<= 45d", "40d", "had reached its target"),
        ("<= 45d", "45d", "had reached its target"),
        ("< 45d", "45d", None),
        (">= 80%", "85 %", "had reached its target"),
        (">= 80%", "60 %", None),
        ("<= 45d", "6w", None),  # another unit
        (">= 1,5", "1,7", None),  # of thousands, or a part
        ("90%", "95%", None),  # which way is better is not said
        ("as fast as can be", "slow", None),
        ("<= 45d", None, "and no baseline"),
    ],
)
def test_a_target_is_ahead_of_its_baseline(
    target: str, baseline: str | None, found: str | None, samples: Samples
) -> None:
    stood = f", baseline: '{baseline}'" if baseline else ""
    messages = samples.only("KPI006", kpi(f"kind: duration, target: '{target}'{stood}"))
    assert [found in message for message in messages] == ([True] if found else [])  # type: ignore[operator]


@pytest.mark.parametrize(
    ("kpis", "found"),
    [
        ("calls", True),
        ("[calls, mails]", True),
        ("[calls, value]", False),
        ("[calls, unknown]", False),
        ("[]", False),
    ],
)
def test_a_stage_is_measured_by_an_outcome(kpis: str, found: bool, samples: Samples) -> None:
    library = "metrics: m\nkpis:\n" + "".join(
        f"  {id_}: {{kind: sum, owner: csm, measures: {what}}}\n"
        for id_, what in (("calls", "activity"), ("mails", "activity"), ("value", "outcome"))
    )
    text = f"{library}---\nhandoffs: null\nstages: [{{id: s, steps: [{{id: a}}], kpis: {kpis}}}]\n"
    assert bool(samples.only("KPI007", text)) == found


def test_all_missing_kpis_are_one_finding(samples: Samples) -> None:
    library = "metrics: m\nkpis:\n" + "".join(
        f"  {id_}: {{kind: rate, title: {title}, owner: csm}}\n"
        for id_, title in (
            ("a", "Activated accounts"),
            ("b", "TTV in days"),
            ("c", "Onboarding NPS"),
            ("d", "Net dollar retention"),
            ("e", "Data coverage"),
        )
    )
    assert samples.only("KPI008", library) == [
        "5 of the 10 KPIs that an onboarding is judged by are not defined: completion rate, early churn, "
        "handoff quality, accountability and engagement with communications"
    ]


def test_a_workspace_without_kpis_is_not_asked_for_ten(samples: Samples) -> None:
    assert samples.only("KPI008", "") == []


@pytest.mark.parametrize(
    ("milestone", "found"),
    [
        ("event: account.first_report, raci: {A: cs_leader}", True),
        ("event: account.first_report, raci: {A: cs_leader, R: csm}", False),
        ("event: account.first_report, raci: {A: cs_leader, C: admin}", False),
        ("event: account.first_report, raci: {A: cs_leader, I: admin}", True),
        ("when: account.active_seats > 5, raci: {A: cs_leader}", False),
        ("event: account.measured, raci: {A: cs_leader}", False),
        ("event: account.first_report", False),
    ],
)
def test_four_eyes(milestone: str, found: bool, samples: Samples) -> None:
    organization = SAMPLE["organization"] + "systems:\n  product_app: {purpose: engage}\n"
    events = plan(events="  account.measured: {source: product_app}\n")
    text = "---\n".join(
        [
            kpi("kind: duration, from: closed_won, to: first_value"),
            organization,
            events,
            f"milestones: {{first_value: {{{milestone}}}}}\n",
        ]
    )
    assert bool(samples.only("KPI009", text)) == found


@pytest.mark.parametrize(
    ("per", "found"),
    [
        ("csm", True),
        ("[segment, giver_team]", True),
        ("account owner", True),
        ("sales", True),
        ("customer_team", False),
        ("[segment, cohort_month]", False),
        ("csm, minimum_sample: 20", False),
        ("csm, minimum_sample: 0", True),
    ],
)
def test_people_are_not_ranked_by_chance(per: str, found: bool, samples: Samples) -> None:
    assert bool(samples.only("KPI010", kpi(f"kind: rate, per: {per}"))) == found


# -- The tracking plan ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("account.activate", "account.activated"),
        ("account.activates", "account.activated"),
        ("account.activating", "account.activated"),
        ("welcome.send", "welcome.sent"),
        ("account.build_report", "account.report_built"),
        ("form.submit", "form.submitted"),
        ("trial.trial_verify", "trial.trial_verified"),
        ("account.activated", None),
        ("account.first_report", None),
        ("trial.trial_start", None),  # a noun
        ("account.onboarding", None),
        ("customer.will_not_renew", None),
        ("deal.contract_sent", None),
    ],
)
def test_events_have_happened(name: str, better: str | None, samples: Samples) -> None:
    text = plan(events=f"  {name}: {{properties: account_id}}\n")
    findings = [each for each in samples.example(text) if each.code == "TRK001"]
    assert [each.suggestion for each in findings] == ([f"{better}, with was: {name}"] if better else [])


@pytest.mark.parametrize(
    ("properties", "found"),
    [
        ("account_id", False),
        ("[Account ID, seats]", False),
        ("companyId", False),
        ("email", False),
        ("[seats]", True),
        ("valid", True),
    ],
)
def test_an_event_belongs_to_an_account(properties: str, found: bool, samples: Samples) -> None:
    text = SAMPLE["tracking"].replace("properties: account_id", f"properties: {properties}")
    assert bool(samples.only("TRK002", text)) == found


def test_events_of_programmes_belong_to_no_account(samples: Samples) -> None:
    text = SAMPLE["tracking"].replace(", properties: account_id", "")
    assert len(samples.only("TRK002", text)) == 1
    assert samples.only("TRK002", text + "---\nscope: programme\n") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("milestones: {first_value: {raci: {A: csm}}}\n", "milestone"),
        ("milestones: {first_value: {when: account.active_seats > 5, raci: {A: csm}}}\n", None),
        ("anchors: {closed_won: {event: deal.closed_won, start: true}, go_live: {moves: true}}\n", "anchor"),
        ("anchors: {closed_won: {field: account.use_case, start: true}}\n", None),
    ],
)
def test_something_says_when_it_is_reached(text: str, found: str | None, samples: Samples) -> None:
    messages = samples.only("TRK003", text)
    assert [message.startswith(f"nothing says when the {found}") for message in messages] == (
        [True] if found else []
    )


def test_what_a_kpi_hangs_on_is_told_once(samples: Samples) -> None:
    text = (
        kpi("kind: duration, from: closed_won, to: first_value")
        + "---\nmilestones: {first_value: {raci: {A: csm}}}\n"
    )
    assert samples.only("TRK003", text) == []
    assert len(samples.only("KPI005", text)) == 1


def captured_in(*systems: str) -> str:
    steps = ", ".join(
        f"{{id: s{number}, captures: account.use_case, system: {system}}}" for number, system in enumerate(systems)
    )
    return f"handoffs: null\nstages: [{{id: s, steps: [{steps}]}}]\n"


@pytest.mark.parametrize(
    ("declared", "system", "systems", "found"),
    [
        (True, "", ["crm", "tool"], ["steps fill it in crm and tool", "active_seats"]),
        (True, ", system: crm", ["crm", "tool"], ["active_seats"]),
        (True, "", ["crm"], ["2 fields of 2 have no system of record"]),
        (False, "", [], []),
    ],
)
def test_a_field_has_one_home(
    declared: bool, system: str, systems: list[str], found: list[str], samples: Samples
) -> None:
    organization = SAMPLE["organization"] + ("systems:\n  crm: {}\n  tool: {}\n" if declared else "")
    tracking = SAMPLE["tracking"].replace("title: Use case", f"title: Use case{system}")
    messages = samples.only("TRK004", "---\n".join([organization, tracking, captured_in(*systems)]))
    assert [part in message for part, message in zip(found, messages, strict=True)] == [True] * len(found)


@pytest.mark.parametrize(
    ("fields", "events", "found"),
    [
        ("  contact.email: {}\n", "", ["field"]),
        ("  contact.name: {}\n", "", ["field"]),
        ("  account.name: {}\n", "", []),
        ("  contact.email: {personal: true}\n", "", []),
        ("  contact.email: {personal: false}\n", "", []),  # an answer
        ("  contact.wants_email: {type: boolean}\n", "", []),
        ("  contact.date_of_birth: {type: date}\n", "", ["field"]),
        ("  account.email_domain: {}\n", "", []),
        ("", "  a.b: {properties: [account_id, userEmail]}\n", ["event"]),
        ("", "  a.b: {properties: [account_id, Phone number]}\n", ["event"]),
        ("", "  a.b: {properties: [account_id, user_email], personal: true}\n", []),
        ("", "  a.b: {properties: [account_id, plan_name]}\n", []),
        ("  contact.tag: {personal: true}\n", "  a.b: {properties: [account_id, contact.tag]}\n", ["event"]),
    ],
)
def test_personal_data_is_marked(fields: str, events: str, found: list[str], samples: Samples) -> None:
    messages = samples.only("TRK007", plan(fields, events))
    assert [message.split()[1] for message in messages] == found
