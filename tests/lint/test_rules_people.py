"""Who has too many letters, two for one thing, or nobody to step in; and the numbers behind that."""

from __future__ import annotations

import pytest
from lint_samples import EVERYTHING, TODAY, Samples, codes

from playbook.lint.engine import lint
from playbook.lint.examples import SAMPLE, example_files
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context
from playbook.raci_analysis import raci_analysis
from playbook.workspace import CompiledPlaybook

GATES = "enter: deal.closed_won, exit: first_value.reached"
CHAIN = (
    SAMPLE["organization"]
    .replace("Manager, team: customer_success}", "Manager, team: customer_success, reports_to: cs_leader}")
    .replace("VP Customer Success, team: customer_success}", "VP CS, team: customer_success, reports_to: cco}")
    + "---\n"
)


def stages(*stages: str) -> str:
    return "handoffs: null\nstages:\n" + "".join(f"  - {{{GATES}, {stage}}}\n" for stage in stages)


def steps(count: int, rest: str = "", first: int = 0) -> str:
    each = (f"{{id: s{number}, do: Do it{', ' + rest if rest else ''}}}" for number in range(first, first + count))
    return ", ".join(each)


# -- RCI006: redundant letters -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raci", "message", "suggestion"),
    [
        ("{A: csm, R: ae, C: ae}", "ae has both R and C on", "no C"),
        ("{A: csm, R: ae, I: [csm, ae, cco]}", "csm has both A and I and ae has both R and I on", "I: cco"),
        ("{A: csm, R: csm, I: {any_of: [csm, ae, cco]}}", "csm has both A and I on", "I: [ae, cco]"),
    ],
)
def test_a_second_letter_is_redundant(raci: str, message: str, suggestion: str, samples: Samples) -> None:
    findings = samples.example(stages(f"id: build, steps: [{{id: a, do: Do it, raci: {raci}}}]"))
    (found,) = [finding for finding in findings if finding.code == "RCI006"]
    assert found.message == f'{message} the step "Do it" (a)'
    assert found.suggestion == suggestion


@pytest.mark.parametrize(
    "raci",
    [
        "{A: csm, R: csm}",
        "{A: csm, R: {any_of: [ae, admin]}, I: [ae, admin]}",  # who does not act is told
        "{A: csm, R: ae, I: customer_success}",  # the others of the team are told
        "{A: csm, C: ae, I: ae}",
    ],
)
def test_letters_that_say_something(raci: str, samples: Samples) -> None:
    assert samples.only("RCI006", stages(f"id: build, steps: [{{id: a, do: Do it, raci: {raci}}}]")) == []


def test_what_a_stage_informs_of_may_be_meant_for_steps_with_other_doers(samples: Samples) -> None:
    stage = "id: build, raci: {A: cs_leader, R: csm, I: csm}, steps: [{id: a, do: Do it}, {id: b, do: Do it%s}]"
    assert samples.only("RCI006", stages(stage % "")) == ['csm has both R and I on each step of the stage "build"']
    assert samples.only("RCI006", stages(stage % ", raci: {R: ae}")) == []


def test_inherited_letters_are_the_stages_matter(samples: Samples) -> None:
    stage = "id: build, raci: {A: cs_leader, I: csm}, steps: [{id: a, do: Do it, raci: {R: csm}}]"
    assert samples.only("RCI006", stages(stage)) == []


def test_letters_of_kpis_and_routines(samples: Samples) -> None:
    assert samples.only("RCI006", "metrics: m\nkpis: {k: {kind: rate, raci: {A: csm, I: csm}}}\n") == [
        'csm has both A and I on the KPI "k"'
    ]
    assert samples.only("RCI006", "routines: {r: {do: Send it, every: month, raci: {A: csm, C: csm}}}\n") == [
        'csm has both A and C on the routine "Send it" (r)'
    ]


# -- RCI007: how many are too many ---------------------------------------------------------------


def test_how_many_are_too_many_can_be_set(samples: Samples) -> None:
    text = stages("id: build, raci: {A: csm, R: csm, I: [ae, cco, admin]}, steps: [{id: a, do: Do it}]")
    assert samples.only("RCI007", text) == []
    assert with_options(samples, "RCI007", text, at_most=2) == [
        '3 are informed of each step of the stage "build": ae, cco and admin'
    ]


def with_options(samples: Samples, code: str, text: str, **options: float) -> list[str]:
    workspace = samples.compile(example_files(text)).workspace
    context = Context(TODAY.as_of, options={code: options})
    return [finding.message for finding in lint(workspace, {code: all_rules()[code]}, EVERYTHING, context)]


# -- RCI008: overload ----------------------------------------------------------------------------


def test_accountable_for_most_of_a_journey(samples: Samples) -> None:
    text = stages(
        f"id: build, raci: {{A: cs_leader, R: csm}}, steps: [{steps(7)}]",
        f"id: adopt, raci: {{A: ae, R: ae}}, steps: [{steps(5, first=7)}]",
    )
    findings = [finding for finding in samples.example(text) if finding.code == "RCI008"]
    assert [finding.message for finding in findings] == ["cs_leader is accountable for 7 of 12 steps (58%)"]
    assert findings[0].suggestion == "A: csm on the 7 steps that it does"
    assert with_options(samples, "RCI008", text, share=0.6) == []
    assert with_options(samples, "RCI008", text, at_least=13) == []
    assert samples.only("RCI008", "scope: part\n" + text) == []


def test_half_is_not_more_than_half(samples: Samples) -> None:
    text = stages(
        f"id: build, raci: {{A: csm, R: csm}}, steps: [{steps(6)}]",
        f"id: adopt, raci: {{A: ae, R: ae}}, steps: [{steps(6, first=6)}]",
    )
    assert samples.only("RCI008", text) == []


@pytest.mark.parametrize(
    ("raci", "rest", "told"),
    [
        ("R: csm", "", True),
        ("R: [csm, ae]", "", True),
        ("R: {any_of: [csm, ae]}", "", False),
        ("R: customer_success", "", False),  # a team shares the work out
        ("R: admin", "", False),  # the customer's people are not ours to judge
        ("R: csm", "need: optional", False),
        ("R: csm", "when: account.active_seats > 5", False),
        ("R: csm", "after: first_value", False),
    ],
)
def test_too_many_steps_at_once(raci: str, rest: str, told: bool, samples: Samples) -> None:
    text = stages(f"id: build, parallel: true, raci: {{A: cs_leader, {raci}}}, steps: [{steps(6, rest)}]")
    assert bool(samples.only("RCI008", text)) is told
    assert samples.only("RCI008", text.replace("parallel: true, ", "")) == []


def test_steps_that_follow_each_other_are_not_at_once(samples: Samples) -> None:
    chain = ", ".join(f"{{id: s{number}, do: Do it, after: s{number - 1}}}" for number in range(1, 7))
    stage = f"id: build, parallel: true, raci: {{A: cs_leader, R: csm}}, steps: [{steps(1)}, {chain}]"
    assert samples.only("RCI008", stages(stage)) == []


def test_steps_in_a_circle_are_another_rules_matter(samples: Samples) -> None:
    circle = ", ".join(f"{{id: s{number}, do: Do it, after: s{(number + 1) % 7}}}" for number in range(7))
    text = f"id: build, parallel: true, raci: {{A: cs_leader, R: csm}}, steps: [{circle}]"
    assert samples.only("RCI008", stages(text)) == []


# -- RCI010: teams that do not talk --------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("raci: {A: csm, R: ae}, steps: [{id: a, do: Do it}, {id: b, do: Do it}]", True),
        ("raci: {A: csm, R: admin}, steps: [{id: a, do: Do it}, {id: b, do: Do it}]", False),
        ("raci: {A: csm, R: ae}, steps: [{id: a, do: Do it}]", False),
        ("raci: {A: csm, R: ae}, steps: [{id: a, do: Do it}, {id: b, do: Do it, raci: {I: cco}}]", False),
        ("raci: {A: csm, R: cs_leader}, steps: [{id: a, do: Do it}, {id: b, do: Do it}]", False),
    ],
)
def test_teams_that_share_a_stage_in_silence(stage: str, told: bool, samples: Samples) -> None:
    assert bool(samples.only("RCI010", stages(f"id: build, {stage}"))) is told


def test_a_function_left_out_is_the_cause(samples: Samples) -> None:
    text = stages("id: build, raci: {A: csm, R: ae}, steps: [{id: a, do: Do it}, {id: b, do: Do it}]")
    found = codes(samples.example(text))
    assert "RCI009" in found
    assert "RCI010" not in found


# -- RCI011: authority ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raci", "told"),
    [
        ("{A: csm, R: cs_leader}", True),
        ("{A: csm, R: cco}", True),
        ("{A: csm, R: [cs_leader, cco]}", True),
        ("{A: csm, R: [cs_leader, csm]}", False),
        ("{A: csm, R: [cs_leader, ae]}", False),
        ("{A: cs_leader, R: csm}", False),
        ("{A: csm, R: ae}", False),
        ("{A: csm, R: csm}", False),
    ],
)
def test_who_answers_reports_to_who_does_it(raci: str, told: bool, samples: Samples) -> None:
    text = CHAIN + stages(f"id: build, raci: {raci}, steps: [{steps(2)}]")
    assert bool(samples.only("RCI011", text)) is told
    text = CHAIN + f"decisions: {{d: {{raci: {raci}, rules: [{{otherwise: true, gives: 1}}]}}}}\n"
    assert bool(samples.only("RCI011", text)) is told


def test_an_executive_may_be_asked_to_do_a_step(samples: Samples) -> None:
    step = "{id: call, do: Call the sponsor, raci: {A: csm, R: cs_leader}}"
    assert samples.only("RCI011", CHAIN + stages(f"id: build, steps: [{step}]")) == []
    # So it is when the step has only its doer of its own.
    step = "{id: call, do: Call the sponsor, raci: {R: cs_leader}}"
    assert samples.only("RCI011", CHAIN + stages(f"id: build, raci: {{A: csm, R: csm}}, steps: [{step}]")) == []


def test_one_letter_of_a_stage_is_one_finding(samples: Samples) -> None:
    text = CHAIN + stages(f"id: build, raci: {{A: csm, R: cs_leader}}, steps: [{steps(3)}]")
    assert len(samples.only("RCI011", text)) == 1


@pytest.mark.parametrize(
    ("approver", "told"), [("csm", True), ("cco", False), ("ae", False), ("[csm, cco]", False)]
)
def test_an_approver_can_say_no(approver: str, told: bool, samples: Samples) -> None:
    step = f"{{id: a, do: Do it, raci: {{A: cs_leader, R: cs_leader}}, approval: {{by: {approver}}}}}"
    messages = samples.only("RCI011", CHAIN + stages(f"id: build, steps: [{step}]"))
    assert bool(messages) is told
    assert not told or messages == [
        "csm is to approve what cs_leader answers for, but reports to cs_leader (csm -> cs_leader)"
    ]


def test_reports_in_a_circle_end(samples: Samples) -> None:
    circle = CHAIN.replace("title: Chief Customer Officer", "reports_to: csm")
    assert samples.only("RCI011", circle + "milestones: {m: {raci: {A: csm, R: cco}}}\n") != []


# -- RCI012: backups -----------------------------------------------------------------------------

TIMED = """\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {A: ae, R: ae}
    steps: [{id: write_brief, do: Write it, takes: 2bd, produces: brief, captures: account.use_case}]
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: csm, R: csm}
    steps: [{id: run_kickoff, do: Run it}]
"""


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("team: sales", True),
        ("team: sales, backup: ae", True),
        ("team: sales, backup: csm", False),
        ("team: sales, pool: round_robin", False),
        ("team: sales, at_least: 2", False),
        ("team: customer", False),
    ],
)
def test_who_steps_in(role: str, told: bool, samples: Samples) -> None:
    organization = SAMPLE["organization"].replace("title: Account Executive, team: sales", role)
    messages = samples.only("RCI012", f"{organization}---\n{TIMED}")
    assert len(messages) == told
    assert not told or "1 step on the critical path of sample: write_brief" in messages[0]


@pytest.mark.parametrize(
    ("people", "told"),
    [
        ("{a: {roles: ae}, b: {roles: [ae, csm]}}", False),
        ("{a: {roles: ae}, b: {roles: [csm]}}", True),
        ("{a: {roles: ae}, b: {roles: ae, until: 2026-09-30}}", True),
        ("{a: {roles: ae}, b: {roles: ae, until: 2026-10-01}}", False),
    ],
)
def test_several_who_hold_a_role_today_step_in_for_each_other(people: str, told: bool, samples: Samples) -> None:
    text = f"{SAMPLE['organization']}people: {people}\n---\n{TIMED}"
    assert bool(samples.only("RCI012", text)) is told


def test_without_times_there_is_no_critical_path(samples: Samples) -> None:
    assert samples.only("RCI012", TIMED.replace("takes: 2bd, ", "")) == []


# -- RCI013: channels ----------------------------------------------------------------------------

ASKED = stages(f"id: build, raci: {{A: csm, R: csm, C: [product, ae, admin]}}, steps: [{steps(3)}]")


@pytest.mark.parametrize(
    ("interfaces", "told"),
    [
        ("{}", ["customer_success consults product on 3 steps", "customer_success consults sales on 3 steps"]),
        (
            "{a: {between: [product, customer_success], channel: Board}}",
            ["customer_success consults sales on 3 steps"],
        ),
        ("{a: {between: [sales, product, customer_success], channel: Board}}", []),
        (
            "{a: {between: [sales, product, customer_success]}}",
            ["customer_success consults product on 3 steps", "customer_success consults sales on 3 steps"],
        ),
    ],
)
def test_who_is_asked_again_and_again_by_which_channel(interfaces: str, told: list[str], samples: Samples) -> None:
    wanted = [f"no interface says by which channel: {' and '.join(told)}"] if told else []
    assert samples.only("RCI013", f"{ASKED}interfaces: {interfaces}\n") == wanted


def test_who_is_asked_now_and_then_needs_no_channel(samples: Samples) -> None:
    assert samples.only("RCI013", ASKED.replace(steps(3), steps(2))) == []
    assert len(with_options(samples, "RCI013", ASKED.replace(steps(3), steps(2)), at_least=2)) == 1


# -- RCI014: letters by default ------------------------------------------------------------------

HANDOFF = "handoffs: {sales_to_cs: {from: ae, to: csm, at: handover, payload: brief%s}}\n"
LED = TIMED.replace("raci: {A: ae, R: ae}", "raci: {A: %s, R: ae}")


@pytest.mark.parametrize(
    ("stage", "handoff", "told"),
    [("cs_leader", "", True), ("ae", "", False), ("cs_leader", ", raci: {A: ae}", False)],
)
def test_a_giver_by_default(stage: str, handoff: str, told: bool, samples: Samples) -> None:
    assert bool(samples.only("RCI014", LED % stage + HANDOFF % handoff)) is told


@pytest.mark.parametrize(("raci", "told"), [("", True), (", raci: {A: csm}", False)])
def test_the_leader_of_a_playbook_that_is_run(raci: str, told: bool, samples: Samples) -> None:
    files = example_files(stages(f"id: build, raci: {{A: csm, R: csm}}, steps: [{{id: a, run: other{raci}}}]"))
    files["other.yaml"] = SAMPLE["playbook"].replace("playbook: sample", "playbook: other\nscope: part")
    workspace = samples.compile(files).workspace
    found = lint(workspace, {"RCI014": all_rules()["RCI014"]}, EVERYTHING, TODAY)
    assert [finding.message for finding in found] == (
        [
            'csm is accountable for the step "a" by default; for the playbook "Sample onboarding" (other) that it '
            "runs, cs_leader is"
        ]
        if told
        else []
    )


# -- the numbers ---------------------------------------------------------------------------------


def analysed(text: str, samples: Samples) -> CompiledPlaybook:
    return samples.compile(example_files(text)).workspace.playbooks[0]


def test_the_columns_of_the_sample(samples: Samples) -> None:
    analysis = raci_analysis(analysed("", samples))
    assert analysis.steps == 3
    assert {
        owner: (column.responsible, column.accountable, column.consulted, column.informed, column.steps)
        for owner, column in analysis.columns.items()
    } == {
        "ae": (1, 1, 0, 0, 1),
        "csm": (1, 1, 0, 1, 3),
        "cs_leader": (0, 1, 0, 0, 1),
        "admin": (1, 0, 0, 0, 1),
        "sales": (0, 0, 0, 2, 2),
        "marketing": (0, 0, 3, 0, 3),
        "product": (0, 0, 3, 0, 3),
        "revops": (0, 0, 0, 3, 3),
    }
    assert analysis.columns["csm"].by_stage == {"handover": 1, "adoption": 2}
    assert analysis.columns["csm"].busiest == "adoption"
    assert analysis.empty == ("cco",)
    assert analysis.share("ae") == pytest.approx(1 / 3)
    assert analysis.overloaded(0.3) == ["ae", "cs_leader", "csm"]
    assert analysis.without_backup == ("ae", "cs_leader", "csm")
    assert analysis.holders["handover"] == {"ae", "csm", "revops", "marketing", "product"}


def test_a_playbook_without_letters_has_no_columns(samples: Samples) -> None:
    analysis = raci_analysis(analysed(stages(f"id: build, steps: [{steps(2)}]"), samples))
    assert analysis.columns == {}
    assert analysis.overloaded(0.5) == []
    assert analysis.share("csm") == 0
    assert "csm" in analysis.empty


def test_a_holder_named_twice_counts_once(samples: Samples) -> None:
    analysis = raci_analysis(
        analysed(stages(f"id: build, raci: {{A: csm, R: [ae, ae]}}, steps: [{steps(2)}]"), samples)
    )
    assert analysis.columns["ae"].responsible == 2
