"""Council, reviews, backlog, decisions, goals, waivers, maturity and risks."""

from __future__ import annotations

import pytest
from lint_samples import EVERYTHING, TODAY, Samples, codes

from playbook.lint.engine import lint
from playbook.lint.examples import SAMPLE, example_files
from playbook.lint.registry import all_rules

COUNCIL = "members: [cs_leader, ae], cadence: monthly, quorum: 2, agenda: KPIs, decision_rights: {all: By vote}"


def governed(text: str) -> str:
    return f"governance: g\n{text}\n"


def only(samples: Samples, code: str, files: dict[str, str]) -> list[str]:
    workspace = samples.compile(files).workspace
    return [finding.message for finding in lint(workspace, {code: all_rules()[code]}, EVERYTHING, TODAY)]


# -- GOV103: the council -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("council", "messages"),
    [
        (COUNCIL, []),
        (
            COUNCIL.replace(", quorum: 2", ""),
            ["the council has no quorum"],
        ),
        (
            "title: Onboarding council",
            ["the council has no members, cadence, quorum, agenda or decision rights"],
        ),
        (COUNCIL.replace("2", "3"), ["the council's quorum is 3, but it has only 2 members"]),
        (COUNCIL.replace("quorum: 2", "quorum: 3, chair: csm"), []),
        (COUNCIL.replace("monthly", "quarterly"), []),
        (COUNCIL.replace("monthly", "year"), ["the council meets every year only"]),
        (
            COUNCIL.replace("ae", "csm"),
            ["sales takes part in onboarding, but has no seat on the council"],
        ),
        (COUNCIL.replace("ae", "csm") + ", chair: ae", []),
    ],
)
def test_what_makes_a_council_able_to_decide(council: str, messages: list[str], samples: Samples) -> None:
    assert samples.only("GOV103", governed(f"council: {{{council}}}")) == messages


def test_a_function_without_a_role_cannot_sit(samples: Samples) -> None:
    organization = SAMPLE["organization"] + "  pm: {title: Product manager, team: product}\n"
    files = example_files("")
    assert only(samples, "GOV103", files) == []
    assert only(samples, "GOV103", files | {"organization.yaml": organization}) == [
        "product takes part in onboarding, but has no seat on the council"
    ]


def test_no_council_at_all_is_one_finding(samples: Samples) -> None:
    files = example_files("")
    del files["governance.yaml"]
    assert only(samples, "GOV103", files) == ['there is no council that reviews "Sample onboarding" (sample)']
    files["other.yaml"] = files["playbook.yaml"].replace("playbook: sample", "playbook: other")
    assert only(samples, "GOV103", files) == ["there is no council that reviews 2 journeys"]
    files["governance.yaml"] = governed("narrative: One story")
    assert only(samples, "GOV103", files) == ["there is no council that reviews 2 journeys"]


@pytest.mark.parametrize("line", ["scope: part", "scope: programme", "status: retired"])
def test_only_journeys_in_use_need_a_council(line: str, samples: Samples) -> None:
    files = example_files(f"{line}\n")
    del files["governance.yaml"]
    assert only(samples, "GOV103", files) == []


def test_a_council_that_could_not_be_read_is_not_missing(samples: Samples) -> None:
    assert "GOV103" not in codes(samples.example(governed("council: [cs_leader]")))


# -- GOV104: reviews -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cadence", "last", "told"),
    [
        ("monthly", "2026-09-07", False),
        ("monthly", "2026-08-24", False),  # 38 days: a month and a week
        ("monthly", "2026-08-23", True),
        ("quarterly", "2026-07-01", False),
        ("quarterly", "2026-06-01", True),
        ("1..2w", "2026-09-15", False),
    ],
)
def test_the_last_review_and_the_cadence(cadence: str, last: str, told: bool, samples: Samples) -> None:
    reviews = f"reviews: [{{date: {last}}}, {{date: 2026-01-05}}]"
    text = governed(f"council: {{cadence: {cadence}}}\n{reviews}")
    assert bool(samples.only("GOV104", text)) is told


@pytest.mark.parametrize("reviews", ["[]", "[{date: 2026-12-01}]"])
def test_without_a_record_of_reviews_nothing_is_known(reviews: str, samples: Samples) -> None:
    assert samples.only("GOV104", governed(f"council: {{cadence: monthly}}\nreviews: {reviews}")) == []


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("review: {next: 2026-10-01}", []),
        ("review: {every: quarter}", []),
        ("status: retired\nreview: {next: 2020-10-01}", []),
        (
            "review: {next: 2026-09-30}",
            [
                'the playbook "Sample onboarding" (sample) was to be looked at again by 2026-09-30, 1 day ago',
            ],
        ),
        (
            "governance: g\ndecisions: {d: {date: 2026-01-01, decided: So be it, revisit: 2026-09-01}}",
            ['the decision "d" was to be looked at again by 2026-09-01, 30 days ago'],
        ),
    ],
)
def test_what_was_to_be_looked_at_again(text: str, messages: list[str], samples: Samples) -> None:
    assert samples.only("GOV104", f"{text}\n") == messages


# -- GOV105: the backlog -------------------------------------------------------------------------

RANKED = "reach: 1, impact: 1, confidence: 1, effort: 1"


@pytest.mark.parametrize(
    ("items", "messages"),
    [
        (f"a: {{{RANKED}, owner: csm, kpi: k}}", []),
        (f"a: {{{RANKED}, owner: csm, playbook: sample}}", []),
        ("a: {status: done}, b: {status: dropped}", []),
        (f"a: {{{RANKED}, kpi: k}}", ['the backlog item "a" has no owner']),
        (
            "a: {owner: csm, kpi: k}, b: {reach: 1, kpi: k}",
            [
                "none of the 2 items of the backlog has an impact, a confidence or an effort",
                'the backlog item "a" has no reach',
                'the backlog item "b" has no owner',
            ],
        ),
    ],
)
def test_what_makes_a_backlog_item_rankable(items: str, messages: list[str], samples: Samples) -> None:
    assert samples.only("GOV105", governed(f"backlog: {{{items}}}")) == messages


# -- GOV106: escalations -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("sla: {breach: 1d, escalate: cco}", True),
        ("approval: {by: cco, on_silence: escalate}", True),
        ("sla: {breach: 1d}", False),
        ("approval: {by: cco, on_silence: wait}", False),
    ],
)
def test_escalations_need_a_limit(step: str, told: bool, samples: Samples) -> None:
    stage = (
        f"stages: [{{id: a, raci: {{A: csm, R: csm}}, steps: [{{id: s, do: Do it, {step}}}]}}]\nhandoffs: null\n"
    )
    text = f"{governed('narrative: One story')}---\n{stage}"
    assert bool(samples.only("GOV106", text)) is told
    assert samples.only("GOV106", f"{governed('escalate_within: 2bd')}---\n{stage}") == []


# -- GOV107: the decision that settled it --------------------------------------------------------

LOG = "decisions: {sits_with_cs: {date: 2026-01-01, decided: So be it}}"


@pytest.mark.parametrize(
    ("ownership", "messages"),
    [
        ("{accountable: csm}", []),
        ("{model: other, decision: sits_with_cs}", []),
        ("{model: other, decision: Minutes of the board}", []),
        (
            "{model: other}",
            [
                '"Sample onboarding" (sample) is owned as "other", but no decision says who settled that, when and '
                "why"
            ],
        ),
        (
            "{model: other, decision: sits_with_sales}",
            [
                'the decision "sits_with_sales" that settled who owns "Sample onboarding" (sample) is not in the '
                "decision log"
            ],
        ),
    ],
)
def test_where_onboarding_sits_is_on_record(ownership: str, messages: list[str], samples: Samples) -> None:
    text = f"{governed(LOG)}---\nownership: {ownership}\n"
    assert samples.only("GOV107", text) == messages
    assert samples.only("GOV107", f"{governed(LOG)}---\nscope: part\nownership: {ownership}\n") == []


def test_several_playbooks_without_a_decision_share_one_cause(samples: Samples) -> None:
    files = example_files("ownership: {model: other, accountable: csm}\n")
    files["other.yaml"] = files["playbook.yaml"].replace("playbook: sample", "playbook: other")
    assert only(samples, "GOV107", files) == [
        "none of the 2 playbooks that say who owns onboarding names the decision that settled it"
    ]
    files["other.yaml"] = files["other.yaml"].replace("model: other", "model: other, decision: The board's")
    assert len(only(samples, "GOV107", files)) == 1


# -- GOV108: goals -------------------------------------------------------------------------------

KPIS = (
    "metrics: m\nkpis: {a: {kind: rate, direction: up, target: '>= 1', owner: csm}, b: {kind: rate, owner: csm}}\n"
)


@pytest.mark.parametrize(
    ("governance", "messages"),
    [
        ("narrative: One story", ["no team has a goal on any of the 2 KPIs"]),
        ("goals: {g: {team: sales, kpi: a}}", []),
        ("goals: {g: {team: sales, kpi: b}}", ["no team has a goal on a, which has a target"]),
        ("goals: {g: {team: sales, kpi: b}}\nincentives: {i: {role: ae, kpi: a}}", []),
        (
            "goals: {g: {team: sales, kpi: a, target: '>= 2'}, h: {team: product, kpi: a, target: '<= 1'}}",
            [
                'product is to reach <= 1 on "a", for which more is better',
                "sales and product have opposing goals on a: >= 2 and <= 1",
            ],
        ),
        ("goals: {g: {team: sales, kpi: a, target: '>= 2'}, h: {team: product, kpi: a, target: as good}}", []),
        (
            "goals: {g: {team: sales, kpi: a}, h: {team: sales, kpi: b, target: '< 2'}, "
            "i: {team: sales, kpi: b, target: '> 1'}}",
            [],  # a range that one team is to keep
        ),
    ],
)
def test_goals_on_kpis(governance: str, messages: list[str], samples: Samples) -> None:
    assert samples.only("GOV108", f"{KPIS}---\n{governed(governance)}") == messages


def test_the_objectives_of_a_dedicated_team_are_goals(samples: Samples) -> None:
    text = f"{KPIS}---\n{governed('goals: {g: {team: sales, kpi: b}}')}---\n"
    assert samples.only("GOV108", text + "ownership: {dedicated: {objectives: a}}\n") == []


# -- GOV109, GOV110: waivers, dedicated teams ----------------------------------------------------


@pytest.mark.parametrize(
    ("waiver", "messages"),
    [
        ("reason: The CCO starts soon, until: 2026-10-01", []),
        (
            "reason: The CCO starts soon, until: 2026-09-30",
            ['the waiver "w" of GOV101 ran out on 2026-09-30, 1 day ago'],
        ),
        ("reason: n/a, until: 2027-01-01", ['the waiver "w" of GOV101 has no reason but "n/a"']),
        ('reason: "-", until: 2027-01-01', ['the waiver "w" of GOV101 has no reason but "-"']),
    ],
)
def test_waivers_end_and_say_why(waiver: str, messages: list[str], samples: Samples) -> None:
    assert samples.only("GOV109", governed(f"waivers: {{w: {{rule: GOV101, {waiver}}}}}")) == messages


@pytest.mark.parametrize(
    ("ownership", "missing"),
    [
        ("{model: customer_success}", None),
        ("{model: dedicated}", "leader, budget or objectives"),
        ("{model: dedicated, dedicated: {leader: csm, budget: 5 people}}", "objectives"),
        ("{model: dedicated, dedicated: {leader: csm, budget: 5 people, objectives: a}}", None),
    ],
)
def test_a_dedicated_team_needs_means(ownership: str, missing: str | None, samples: Samples) -> None:
    text = f"{KPIS}---\nownership: {ownership}\n"
    what = '"Sample onboarding" (sample) is owned by a dedicated team that has no'
    assert samples.only("GOV110", text) == ([f"{what} {missing}"] if missing else [])
    assert samples.only("GOV110", f"{KPIS}---\nscope: part\nownership: {ownership}\n") == []


# -- maturity ------------------------------------------------------------------------------------


def matrix(*rows: str) -> str:
    each = (f"d{number}: {{from: a, to: b, {row}}}" for number, row in enumerate(rows))
    return f"maturity: m\ndimensions: {{{', '.join(each)}}}\n"


@pytest.mark.parametrize(
    ("row", "messages"),
    [
        ("owner: csm", []),
        ("claimed: 0", []),
        ("claimed: 2, evidence: The report", []),
        ("claimed: 2", ['level 2 is claimed for "d0", without evidence']),
        ("claimed: 2, levels: {2: {title: Now}}", ['level 2 (Now) is claimed for "d0", without evidence']),
        ("claimed: 5, evidence: The report", ['level 5 is claimed for "d0", but its highest level is 4']),
        ("claimed: 3, levels: {1: {}, 2: {}}", ['level 3 is claimed for "d0", but its highest level is 2']),
    ],
)
def test_claims(row: str, messages: list[str], samples: Samples) -> None:
    assert samples.only("MAT001", matrix(row)) == messages


@pytest.mark.parametrize(
    ("levels", "told"),
    [
        ("1: {check: a.b >= 1}, 2: {check: a.b >= 2}", False),
        ("1: {check: a.b == 1}, 2: {check: a.b >= 2}", True),
        ("1: {check: a.b == 1}, 2: {title: In words}, 3: {check: a.b > 1}", True),
        ("1: {check: a.b == 1}, 2: {check: a.c >= 1}", False),
        ("1: {check: a.b}, 2: {check: not a.b}", True),
        ("1: {check: a.b <}, 2: {check: a.b >= 2}", False),
    ],
)
def test_levels_that_exclude_each_other(levels: str, told: bool, samples: Samples) -> None:
    messages = samples.only("MAT002", matrix(f"levels: {{{levels}}}, claimed: 4"))
    assert bool(messages) is told


@pytest.mark.parametrize("claimed", [2, 3])
def test_a_claim_of_such_a_level_is_named(claimed: int, samples: Samples) -> None:
    levels = "levels: {1: {check: a.b == 1}, 2: {check: a.b > 1}}"
    assert samples.only("MAT002", matrix(f"{levels}, claimed: {claimed}")) == [
        f'level {claimed} is claimed for "d0", and whoever meets level 2 fails level 1'
    ]


@pytest.mark.parametrize("claim", ["", ", claimed: 0", ", claimed: 1"])
def test_a_level_that_is_not_claimed_is_no_claim(claim: str, samples: Samples) -> None:
    levels = "levels: {1: {check: a.b == 1}, 2: {check: a.b > 1}}"
    assert samples.only("MAT002", matrix(levels + claim)) == []


def test_rows_have_an_owner_and_a_kpi(samples: Samples) -> None:
    whole = "owner: csm, kpi: a"
    assert samples.only("MAT003", f"{KPIS}---\n{matrix(whole, whole)}") == []
    assert samples.only("MAT003", f"{KPIS}---\n{matrix(whole, 'owner: csm')}") == [
        'the dimension "d1" has no primary KPI'
    ]
    assert samples.only("MAT003", f"{KPIS}---\n{matrix('kpi: a', 'kpi: a', 'claimed: 0')}") == [
        "none of the 3 dimensions has an owner",
        'the dimension "d2" has no primary KPI',
    ]


# -- risks ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("risks", "messages"),
    [
        ("a: {when: account.active_seats < 5, owner: csm, do: Call}", []),
        ("a: {when: account.active_seats < 5, owner: csm, run: sample}", []),
        ("a: {title: It}", ['the risk "It" (a) has no sign, owner or play']),
        (
            "a: {owner: csm, do: Call}, b: {owner: csm}",
            ["none of the 2 risks has a sign", 'the risk "b" has no play'],
        ),
        # What could not be read is not missing.
        ("a: {when: account.active_seats < 5, owner: [csm, ae], do: Call}", []),
    ],
)
def test_risks_are_watched(risks: str, messages: list[str], samples: Samples) -> None:
    assert samples.only("RSK001", f"risks: {{{risks}}}\n") == messages


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("account.active_seats < 5, do: Call", "account.active_seats < 2, do: Train", True),
        ("account.active_seats < 5, do: Call", "account.active_seats < 2, do: call", False),
        ("account.active_seats < 5, do: Call", "account.active_seats < 2, run: sample", True),
        ("account.active_seats < 5, run: sample", "account.active_seats < 2, run: sample", False),
        ("account.active_seats < 5, do: Call", "account.active_seats >= 5, do: Train", False),
        ("account.active_seats < 5, do: Call", 'account.use_case == "x", do: Train', False),
        ("account.active_seats < 5, do: Call", "account.active_seats <, do: Train", False),
        ("account.active_seats < 5, do: Call", "account.active_seats < 2, owner: csm", False),
    ],
)
def test_one_sign_with_two_plays(first: str, second: str, told: bool, samples: Samples) -> None:
    text = f"risks: {{a: {{when: {first}}}, b: {{when: {second}}}}}\n"
    assert bool(samples.only("RSK002", text)) is told
